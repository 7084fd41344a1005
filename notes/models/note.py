"""Notes of colleagues: on a case, or on one claim or one step of it; with answers, and with those who are asked."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import Milestone
from casework.models import Case, Claim
from casework.models.rows import CaseRow, CaseRowQuerySet
from sealing.fields import SealedModel, SealedTextField


class NoteQuerySet(CaseRowQuerySet):
    """Notes by what they still ask of somebody."""

    def open(self) -> Self:
        """Return those that were neither taken back nor marked as done."""
        return self.present().filter(done_at=None)


class Note(CaseRow):
    """Words for colleagues alone. Whoever wrote it may change it until somebody answered."""

    claim = models.ForeignKey(Claim, models.RESTRICT, null=True, related_name="notes", editable=False)
    milestone = models.ForeignKey(Milestone, models.RESTRICT, null=True, related_name="notes", editable=False)
    text = SealedTextField(_("note"), label="notes.note.text", multiline=True, max_length=4000, null=True)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = NoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-created_at", "-id"], name="notes_of_a_case"),
            models.Index(fields=["case"], name="open_notes_of_a_case", condition=Q(done_at=None, removed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_note_is_about_one_thing", condition=Q(claim__isnull=True) | Q(milestone__isnull=True)
            ),
            models.CheckConstraint(
                name="a_note_has_words_and_a_writer", condition=Q(text__isnull=False, created_by__isnull=False)
            ),
            models.CheckConstraint(
                name="a_note_is_done_by_somebody",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]


class NoteAnswer(SealedModel, models.Model):
    """What a colleague answered to a note. It never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", editable=False)
    note = models.ForeignKey(Note, models.CASCADE, related_name="answers", editable=False)
    text = SealedTextField(_("answer"), label="notes.noteanswer.text", multiline=True, max_length=4000, null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [models.CheckConstraint(name="an_answer_has_words", condition=Q(text__isnull=False))]


class NoteMention(models.Model):
    """A colleague whom a note asks. It waits for them until they answer, or until the note is done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", editable=False)
    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions", editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    """When a change of the note left them out: they are asked no more."""

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["user", "asked_at"],
                name="notes_that_wait_for_a_person",
                condition=Q(answered_at=None, ended_at=None),
            )
        ]
        constraints = [models.UniqueConstraint(name="a_note_asks_a_person_once", fields=["note", "user"])]
