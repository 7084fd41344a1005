"""How a text prints a claim: as fact, or with its attribution."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintedAs(models.TextChoices):
    """Chosen by the band of the claim and kept with each revision that prints it."""

    FACT = "fact", _("as fact")
    ATTRIBUTED = "attributed", _("attributed")
