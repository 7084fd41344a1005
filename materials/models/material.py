"""A material: words written to leave, about one or more cases, composed from the packet and edited by people."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.consent_codes import FULL_AUDIENCES, INSIDE_AUDIENCES, STOP
from casework.models import Case, Claim
from casework.models.permission_filter import HasRight
from directory.vocabulary import choices
from materials.material_mac import material_mac
from papers.kind_labels import kind_choices
from papers.printed_as import PrintedAs
from sealing.constraints import is_known
from sealing.fields import (
    DerivedField,
    HardenedTextField,
    MarkField,
    RevisionField,
    SealedJSONField,
    SealedModel,
    SealedTextField,
)
from sealing.queries import is_nobody

OUTSIDE = Q(level="disclosure") & ~Q(audience__in=[*FULL_AUDIENCES, *INSIDE_AUDIENCES, "AU_TRUSTED"])
A_STOP = Q(level=STOP, kind="WITHDRAWAL") & ~Q(audience__in=[*INSIDE_AUDIENCES, "AU_TRUSTED"])


class MaterialQuerySet(models.QuerySet["Material"]):
    """Materials; seen only by those who may see every case they are about."""

    def visible_to(self, user: Any) -> Self:
        """Return the materials this person may know of."""
        return self.where(user, may="view_case")

    def where(self, user: Any, *, may: str) -> Self:
        """Return the materials on all of whose cases this person was given this right."""
        if is_nobody(user):
            return self.none()
        cases = MaterialCase.objects.filter(material=OuterRef("pk"))
        others = cases.exclude(HasRight(user, may, case="case_id"))
        return self.filter(Exists(cases)).exclude(Exists(others))

    def waiting_for_review(self) -> Self:
        """Return the materials that an author has sent to review."""
        return self.filter(status="in_review")


class Material(SealedModel, models.Model):
    """Anything written to leave. Its revision is counted by the database; any change of its words raises it."""

    NOTICE = "PROTECTIVE_NOTICE"

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        SENT_BACK = "sent_back", _("Sent back")
        CLEARED = "cleared", _("Cleared")
        SENT = "sent", _("Copies made")
        PUBLISHED = "published", _("Published")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=kind_choices)
    audience = models.CharField(_("audience"), max_length=12)
    level = models.CharField(
        max_length=10, choices=[(c, c) for c in ("none", "emergency", "disclosure", "stop", "full")], editable=False
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    title = SealedTextField(_("title"), label="materials.material.title", owner="material", owner_attr="id", null=True)
    body = SealedJSONField(label="materials.material.body", owner="material", owner_attr="id", null=True)
    withheld = SealedJSONField(label="materials.material.withheld", owner="material", owner_attr="id", null=True)
    uses_digest = models.CharField(max_length=64, blank=True, editable=False)
    revision = RevisionField(default=1)
    mac = DerivedField(sources=("title", "body", "language", "audience", "kind"), make=material_mac)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    last_editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_to_review_at = models.DateTimeField(null=True, editable=False)
    is_stale = models.BooleanField(default=False, editable=False)
    stop_on = models.DateField(_("stop date"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    cases = models.ManyToManyField(Case, through="materials.MaterialCase", related_name="materials")
    mark = MarkField(covers=("kind", "audience", "level", "author", "last_editor", "stop_on"))

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["-edited_at"]
        indexes = [models.Index(fields=["status", "sent_to_review_at"], name="materials_waiting_for_review")]
        constraints = [
            models.CheckConstraint(
                name="level_follows_kind_and_audience",
                condition=Q(level="full", audience__in=FULL_AUDIENCES)
                | Q(level="none", audience__in=INSIDE_AUDIENCES)
                | Q(level="emergency", kind="PROTECTIVE_NOTICE", audience="AU_TRUSTED")
                | OUTSIDE
                | A_STOP,
            ),
            is_known(
                "material_status_is_known", status=["draft", "in_review", "sent_back", "cleared", "sent", "published"]
            ),
        ]

    def get_audience_display(self) -> str:
        """Return the audience in words."""
        return dict(AUDIENCE_CHOICES()).get(self.audience, self.audience)


def AUDIENCE_CHOICES() -> list[tuple[str, str]]:
    """Return every audience with its words, the trusted recipients of a notice included."""
    return [*choices("consent_audience")(), ("AU_TRUSTED", _("Trusted recipients"))]  # type: ignore[list-item]


class MaterialKey(models.Model):
    """The data key of a material, wrapped by the master key; a material may be about several cases."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="keys")
    key_version = models.PositiveSmallIntegerField(default=1)
    dek = HardenedTextField(label="materials.materialkey.dek")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_data_key_per_material_and_version", fields=["material", "key_version"])
        ]


class MaterialCase(models.Model):
    """One of the cases a material is about."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="case_links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="material_links")

    class Meta:
        constraints = [models.UniqueConstraint(name="a_material_names_a_case_once", fields=["material", "case"])]


class MaterialClaim(models.Model):
    """A claim that one revision prints, as a fact or with its attribution. The list of a revision never changes."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="claim_uses")
    revision = models.PositiveIntegerField()
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="uses")
    printed_as = models.CharField(max_length=10, choices=PrintedAs, default=PrintedAs.FACT)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_revision_names_a_claim_once", fields=["material", "revision", "claim"])
        ]


class MaterialItem(models.Model):
    """A consent item of one case that one revision discloses, and whose information it is."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="item_uses")
    revision = models.PositiveIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    contact = models.ForeignKey("casework.Contact", models.PROTECT, null=True, related_name="+")
    item = models.CharField(max_length=12, choices=choices("consent_item"))

    class Meta:
        constraints = [
            # Two, because SQLite knows no NULL that equals another.
            models.UniqueConstraint(
                name="a_revision_names_an_item_of_the_person_once",
                fields=["material", "revision", "case", "item"],
                condition=Q(contact=None),
            ),
            models.UniqueConstraint(
                name="a_revision_names_an_item_of_a_contact_once",
                fields=["material", "revision", "case", "contact", "item"],
                condition=Q(contact__isnull=False),
            ),
        ]


class MaterialText(SealedModel, models.Model):
    """The words of one revision as they went to review, kept so that the next reader sees what changed since."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material = models.ForeignKey(Material, models.CASCADE, related_name="texts")
    revision = models.PositiveIntegerField()
    title = SealedTextField(label="materials.materialtext.title", owner="material", owner_attr="material_id", null=True)
    body = SealedJSONField(label="materials.materialtext.body", owner="material", owner_attr="material_id", null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(name="the_words_of_a_revision_are_kept_once", fields=["material", "revision"])
        ]
