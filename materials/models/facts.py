"""What the words of one revision rest on, as it was when they were written, and who ruled that they still hold."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from materials.models.material import Material
from sealing.constraints import is_known
from sealing.fields import MarkField, SealedModel, SealedTextField


class MaterialFact(SealedModel, models.Model):
    """One fact under one revision. Number 1 was written with the words; a higher one is the ruling "still right"."""

    class Kind(models.TextChoices):
        STATUS = "status", _("Status of the person")
        CASE = "case", _("Cover of the case")
        CLAIM = "claim", _("Claim")
        NAME = "name", _("Name")
        PERSON = "person", _("Description of the person")
        SPELL = "spell", _("Time in detention")
        SPELLS = "spells", _("Number of times in detention")
        PLACE = "place", _("Place of detention")
        CHARGE = "charge", _("Charge")
        ASK = "ask", _("Ask")
        SOURCE = "source", _("Source")
        DEMAND = "demand", _("Demand")
        ASKED = "asked", _("What the text asks still makes sense")
        NO_STATEMENT = "nothing", _("No statement by the authorities is known")
        TRANSLATION = "translated", _("Translation")
        LAW = "law", _("What the office corrected of the treaties of the State")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material = models.ForeignKey(Material, models.CASCADE, related_name="facts")
    revision = models.PositiveIntegerField()
    number = models.PositiveIntegerField(default=1)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    row_id = models.UUIDField(null=True)
    code = models.CharField(max_length=20, blank=True)
    row_mac = models.BinaryField(max_length=32, null=True)
    words = SealedTextField(label="materials.materialfact.words", owner="material", owner_attr="material_id", null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    needs_second = models.BooleanField(default=False)
    seconded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    mark = MarkField(
        covers=(
            "material",
            "revision",
            "number",
            "case",
            "kind",
            "row_id",
            "code",
            "row_mac",
            "made_by",
            "needs_second",
            "seconded_by",
            "seconded_at",
            "made_at",
        )
    )

    class Meta:
        indexes = [models.Index(fields=["material", "revision", "case"], name="facts_under_a_revision")]
        constraints = [
            models.CheckConstraint(
                name="still_right_is_ruled_by_two_people",
                condition=Q(seconded_by=None, seconded_at=None)
                | (Q(seconded_by__isnull=False, seconded_at__isnull=False) & ~Q(seconded_by=F("made_by"))),
            ),
            is_known(
                "fact_kind_is_known",
                kind=[
                    "status",
                    "case",
                    "claim",
                    "name",
                    "person",
                    "spell",
                    "spells",
                    "place",
                    "charge",
                    "ask",
                    "source",
                    "demand",
                    "asked",
                    "nothing",
                    "translated",
                    "law",
                ],
            ),
        ]
