"""The four questions that are answered before a protective notice goes out (SECURITY.md 4)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from materials.models.material import Material
from sealing.fields import MarkField, SealedModel, SealedTextField


class EmergencyCheck(SealedModel, models.Model):
    """Of one revision. Known wish for silence? Could it expose a source or relative? Does the recipient pass the name on? Who can stop it?"""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material = models.ForeignKey(Material, models.PROTECT, related_name="emergency_checks")
    revision = models.PositiveIntegerField()
    is_silence_wished = models.BooleanField(_("a wish for silence is known"))
    may_expose_somebody = models.BooleanField(_("it could expose a source or a relative"))
    is_name_passed_on_known = models.BooleanField(_("we know of each recipient whether they pass the name on"))
    can_be_stopped = models.BooleanField(_("somebody can stop it"))
    note = SealedTextField(
        _("who can stop it, and what to know"),
        label="materials.emergencycheck.note",
        owner="material",
        owner_attr="material_id",
        null=True,
        blank=True,
    )
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)
    mark = MarkField(
        covers=(
            "material",
            "revision",
            "is_silence_wished",
            "may_expose_somebody",
            "is_name_passed_on_known",
            "can_be_stopped",
            "answered_by",
            "answered_at",
        )
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="the_four_questions_are_answered_once_a_revision", fields=["material", "revision"]
            ),
            models.CheckConstraint(
                name="an_emergency_goes_on_only_when_the_four_answers_allow_it",
                condition=Q(
                    is_silence_wished=False,
                    may_expose_somebody=False,
                    is_name_passed_on_known=True,
                    can_be_stopped=True,
                ),
            ),
        ]
