"""Who is written to: an institution, an office in it, a person who holds one. Known to every case, holding data of none."""

import uuid
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.vocabulary import choices
from sealing.fields import HardenedTextField, MarkedModel, MarkField

LONGEST_LINE = 120  # what the line of a copy on its sheet can hold


class ActorQuerySet(models.QuerySet["Actor"]):
    """Entries of the directory."""

    def in_use(self) -> Self:
        """Return those that nobody ended."""
        return self.filter(ended_at=None)

    def with_places(self) -> Self:
        """Return them with the office and the institution that each stands in, in the same query."""
        return self.select_related("parent__parent")

    def tagged(self, tags: Iterable[bytes]) -> Self:
        """Return those whose name holds every one of these search tags."""
        found = self
        for tag in tags:
            found = found.filter(pk__in=ActorTag.objects.filter(tag=tag).values("entry"))
        return found


class Actor(MarkedModel, models.Model):
    """An institution, an office or a person of the directory; `parent` is what it stands in."""

    class Kind(models.TextChoices):
        INSTITUTION = "institution", _("Institution")
        OFFICE = "office", _("Office in an institution")
        PERSON = "person", _("Person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind of entry"), max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    actor_type = models.CharField(_("what it is"), max_length=12, choices=choices("actor_type"))
    country = models.CharField(_("State it serves"), max_length=3, blank=True, default="")
    name = HardenedTextField(_("name"), label="directory.actor.name")
    title = HardenedTextField(_("formal title"), label="directory.actor.title", blank=True, default="")
    salutation = HardenedTextField(_("salutation"), label="directory.actor.salutation", blank=True, default="")
    language = models.CharField(_("language it reads"), max_length=10, blank=True, default="")
    term_ends_on = models.DateField(_("last day of the term"), null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    mark = MarkField(
        covers=(
            "kind",
            "parent",
            "actor_type",
            "country",
            "name",
            "language",
            "term_ends_on",
            "entered_by",
            "entered_at",
            "ended_by",
            "ended_at",
        )
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-entered_at", "-id"], name="entries_newest_first")]
        constraints = [
            models.CheckConstraint(
                name="an_institution_stands_in_nothing_and_an_office_in_something",
                condition=Q(kind="institution", parent=None)
                | Q(kind="office", parent__isnull=False)
                | Q(kind="person"),
            ),
            models.CheckConstraint(name="nothing_stands_in_itself", condition=Q(parent=None) | ~Q(parent=F("id"))),
            models.CheckConstraint(name="a_term_is_of_a_person", condition=Q(term_ends_on=None) | Q(kind="person")),
            models.CheckConstraint(
                name="somebody_ended_an_ended_entry",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """Return the name with the office and the institution it stands in, as far as the line of a copy can hold them."""
        told, above = self.name or "", self.parent
        while above is not None and len(f"{told}, {above.name}") <= LONGEST_LINE:
            told, above = f"{told}, {above.name}", above.parent
        return told


class ActorTag(models.Model):
    """A search tag of an entry's name: shows equality and nothing else (the blind index)."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Actor, models.CASCADE, related_name="tags")
    tag = models.BinaryField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["tag", "entry"], name="entries_are_found_by_tag")]
