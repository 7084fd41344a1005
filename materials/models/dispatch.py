"""What leaves: the dispatch with its frozen text, the numbered copies, the public page, and who receives."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Channel, Recipient
from materials.models.material import Material
from materials.models.paper_number import mac_of, new_paper_number, paper_mac
from papers.formats.names import PaperFormat
from safety.models import Clearance
from sealing import keys
from sealing.fields import (
    DerivedField,
    MarkField,
    SealedBytesField,
    SealedJSONField,
    SealedModel,
    SealedTextField,
)

PAGE_ADDRESS = "public page"


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    """Dispatches; seen through the rights on every case of their material."""

    def visible_to(self, user: Any) -> Self:
        """Return the dispatches of materials this person may know of."""
        return self.where(user, may="view_case")

    def where(self, user: Any, *, may: str) -> Self:
        """Return the dispatches on all of whose cases this person was given this right."""
        return self.filter(Exists(Material.objects.where(user, may=may).filter(pk=OuterRef("material_id"))))

    def to_review_after(self, user: Any) -> Self:
        """Return what was sent alone and waits for the eyes of this person, who signs on its cases and did not send it."""
        waiting = self.where(user, may="sign_review").filter(review_due_at__isnull=False, reviewed_after_at=None)
        return waiting.exclude(created_by=user).order_by("review_due_at")


class Dispatch(SealedModel, models.Model):
    """That one cleared revision goes out. Append-only; dispatched_at is set once, by the second gate."""

    class Kind(models.TextChoices):
        SENT = "sent", _("Copies for named recipients")
        PUBLISHED = "published", _("Published")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material = models.ForeignKey(Material, models.PROTECT, related_name="dispatches")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    audience = models.CharField(max_length=12)
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="+")
    title = SealedTextField(label="materials.dispatch.title", owner="material", owner_attr="material_id", null=True)
    body = SealedJSONField(label="materials.dispatch.body", owner="material", owner_attr="material_id", null=True)
    language = models.CharField(max_length=10)
    mac = models.BinaryField(max_length=32)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    dispatched_at = models.DateTimeField(null=True)
    review_due_at = models.DateTimeField(null=True)
    reviewed_after_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_after_at = models.DateTimeField(null=True)
    mark = MarkField(
        covers=(
            "material",
            "revision",
            "kind",
            "audience",
            "clearance",
            "created_by",
            "review_due_at",
            "reviewed_after_by",
            "reviewed_after_at",
            "language",
            "created_at",
        )
    )

    objects = DispatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["review_due_at"],
                name="dispatches_to_look_back_at",
                condition=Q(review_due_at__isnull=False, reviewed_after_at=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(name="a_revision_is_dispatched_once", fields=["material", "revision", "kind"]),
            models.CheckConstraint(
                name="only_public_audiences_are_published",
                condition=Q(kind="published", audience__in=["AU_PUBLIC", "AU_SUPPORT"]) | Q(kind="sent"),
            ),
            models.CheckConstraint(
                name="reviewing_after_needs_another_person",
                condition=Q(reviewed_after_by=None, reviewed_after_at=None)
                | (Q(reviewed_after_at__isnull=False) & ~Q(reviewed_after_by=F("created_by"))),
            ),
        ]


class CopyQuerySet(models.QuerySet["Copy"]):
    """Copies; seen through the rights on every case of their material."""

    def visible_to(self, user: Any) -> Self:
        """Return the copies of materials this person may know of."""
        return self.where(user, may="view_case")

    def where(self, user: Any, *, may: str) -> Self:
        """Return the copies on all of whose cases this person was given this right."""
        return self.filter(Exists(Material.objects.where(user, may=may).filter(pk=OuterRef("material_id"))))

    def numbered(self, paper_number: str) -> Self:
        """Return the copy whose paper carries this number; without the key the table does not say which one that is."""
        return self.filter(paper_mac=mac_of(paper_number))

    def held(self, *, case: Any = None, entry: Any = None) -> Self:
        """Return the copies that are made, newest first: somebody holds them, or is about to. Of one case, of one entry."""
        found = self.filter(dispatched_at__isnull=False)
        if case is not None:
            found = found.filter(material__in=Material.objects.filter(cases=case))
        if entry is not None:
            found = found.filter(sent_to__entry=entry)
        return found.order_by("-dispatched_at", "-id")


class Copy(SealedModel, models.Model):
    """One numbered copy for one recipient, checked like a dispatch at its own time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material = models.ForeignKey(Material, models.PROTECT, related_name="copies")
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="copies")
    revision = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    paper_number = SealedTextField(
        label="materials.copy.paper_number",
        owner="material",
        owner_attr="material_id",
        max_length=16,
        default=new_paper_number,
    )
    paper_mac = DerivedField(sources=("paper_number",), make=paper_mac, null=False, unique=True)
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, models.PROTECT, null=True, related_name="copies")
    sent_to = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="copies")
    recipient_name = SealedTextField(
        _("recipient"), label="materials.copy.recipient_name", owner="material", owner_attr="material_id", null=True
    )
    channel = SealedTextField(
        _("channel"), label="materials.copy.channel", owner="material", owner_attr="material_id", null=True, blank=True
    )
    mac = models.BinaryField(max_length=32)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    dispatched_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stale_at = models.DateTimeField(null=True)
    format = models.CharField(_("format"), max_length=4, choices=PaperFormat, default=PaperFormat.PDF)
    file = SealedBytesField(label="materials.copy.file", owner="material", owner_attr="material_id", null=True)
    file_mac = models.BinaryField(
        max_length=32, null=True
    )  # no bare fingerprint: whoever finds the file could look it up

    objects = CopyQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="copies_of_a_material_are_numbered", fields=["material", "number"]),
            models.CheckConstraint(name="a_copy_names_its_recipient", condition=Q(recipient_name__isnull=False)),
            models.CheckConstraint(name="a_copy_has_a_known_format", condition=Q(format__in=PaperFormat.values)),
            models.CheckConstraint(name="a_copy_goes_to_one_recipient", condition=Q(recipient=None) | Q(sent_to=None)),
            models.CheckConstraint(
                name="a_copy_is_made_before_it_is_handed_over",
                condition=Q(handed_over_at=None, handed_over_by=None)
                | Q(
                    dispatched_at__isnull=False,
                    handed_over_by__isnull=False,
                    handed_over_at__gte=F("dispatched_at"),
                ),
            ),
        ]


class PublicPageQuerySet(models.QuerySet["PublicPage"]):
    """Public pages; what was taken down waits for a second person."""

    def at(self, address: str) -> Self:
        """Return the page at this address; without the key the table does not say which one that is."""
        return self.filter(address_mac=keys.token_mac(PAGE_ADDRESS, address))

    def taken_down_unseen(self, user: Any) -> Self:
        """Return what one person took down and this one, who signs on every case of it, has to look at."""
        materials = Material.objects.where(user, may="sign_review").filter(pk=OuterRef("dispatch__material"))
        waiting = self.filter(Exists(materials), down_review_due_at__isnull=False, down_reviewed_at=None)
        return waiting.exclude(taken_down_by=user).order_by("down_review_due_at")


def address_mac(page: Any) -> bytes:
    """Return by what a page is found: whoever holds a copy of the database cannot go from its address to a case."""
    return keys.token_mac(PAGE_ADDRESS, page.address)


class PublicPage(SealedModel, models.Model):
    """Where a published dispatch may be read. It asks the gate at each request."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispatch = models.OneToOneField(Dispatch, models.PROTECT, related_name="page")
    address = SealedTextField(
        label="materials.publicpage.address", owner="material", owner_attr="material_id", max_length=32
    )
    address_mac = DerivedField(sources=("address",), make=address_mac, null=False, unique=True)
    published_at = models.DateTimeField(default=timezone.now)
    taken_down_at = models.DateTimeField(null=True)
    taken_down_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    down_review_due_at = models.DateTimeField(null=True)
    down_reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    down_reviewed_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    objects = PublicPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="taking_down_is_looked_at_by_another",
                condition=Q(down_reviewed_by=None, down_reviewed_at=None)
                | (
                    Q(down_reviewed_by__isnull=False, down_reviewed_at__isnull=False, taken_down_by__isnull=False)
                    & ~Q(down_reviewed_by=F("taken_down_by"))
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["down_review_due_at"],
                name="taken_down_and_not_looked_at",
                condition=Q(down_review_due_at__isnull=False, down_reviewed_at=None),
            ),
            models.Index(fields=["ends_at"], name="pages_that_run_out", condition=Q(taken_down_at=None)),
        ]

    @property
    def material_id(self) -> uuid.UUID:
        """The material whose key seals the address."""
        return self.dispatch.material_id
