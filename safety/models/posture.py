"""How visible the case is to be: silent, quiet, listed, reactive, public, or embargo until a date."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from casework.models.rows import CaseRowQuerySet
from sealing.constraints import is_known
from sealing.fields import MarkField, SealedModel, SealedTextField


class Posture(SealedModel, models.Model):
    """One decision about visibility, dated and reviewed. The latest of a case counts; none means silent."""

    class Kind(models.TextChoices):
        SILENT = "PO_SILENT", _("Silent")
        QUIET = "PO_QUIET", _("Quiet: officials only")
        LISTED = "PO_LIST", _("Listed only")
        REACTIVE = "PO_REACTIVE", _("Reactive line only")
        PUBLIC = "PO_PUBLIC", _("Public")
        EMBARGO = "PO_EMBARGO", _("Embargo until a date")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="postures", editable=False)
    number = models.PositiveIntegerField(editable=False)
    kind = models.CharField(_("posture"), max_length=12, choices=Kind)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    decided_at = models.DateTimeField(default=timezone.now, editable=False)
    review_on = models.DateField(_("look again on"))
    reason = SealedTextField(_("reason"), label="safety.posture.reason", multiline=True, null=True)
    mark = MarkField(covers=("case", "number", "kind", "embargo_until", "decided_by", "decided_at", "review_on"))

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="postures_are_numbered_in_their_case", fields=["case", "number"]),
            is_known(
                "posture_is_known", kind=["PO_SILENT", "PO_QUIET", "PO_LIST", "PO_REACTIVE", "PO_PUBLIC", "PO_EMBARGO"]
            ),
            models.CheckConstraint(
                name="embargo_has_its_date", condition=~Q(kind="PO_EMBARGO") | Q(embargo_until__isnull=False)
            ),
        ]
