"""The roles that a person may hold in the office. Roles on one case belong to casework."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeRole(models.TextChoices):
    """Roles of a person in the office; several may stand on one person."""

    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    REVIEWER = "reviewer", _("Reviewer")
    DIRECTOR = "director", _("Director")
    OUTSIDE_REVIEWER = "outside_reviewer", _("Outside reviewer")


SIGNING_ROLES = frozenset({OfficeRole.REVIEWER, OfficeRole.DIRECTOR, OfficeRole.OUTSIDE_REVIEWER})
