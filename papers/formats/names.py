"""The formats a paper is taken in. What draws each stands in `papers.formats.registry`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperFormat(models.TextChoices):
    """Chosen when a copy is made, and never changed after."""

    PDF = "pdf", _("PDF, to print or to hand over")
    DOCX = "docx", _("DOCX, for a word processor")
    TEXT = "txt", _("Plain text, for an e-mail or a cable")
