"""A note as a page shows it, and how many are open; in a fixed number of queries, however many there are."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from notes.models import Note, NoteAnswer, NoteMention
from sealing.queries import KEY, several, written_once

MOST_BESIDE = 5
MOST_COUNTED = 1000


@dataclass(frozen=True)
class NoteLine:
    """One note: its words, what it is about, whom it asks, and how many answered (notes/_line.html)."""

    note: Note
    url: str
    about: str
    about_url: str
    asked: Sequence[str]
    answers: int
    waits_for_me: bool


@dataclass(frozen=True)
class OpenNotes:
    """How many notes of a case are open: of the whole case, and by claim or step."""

    number: int
    of: Mapping[uuid.UUID, int]


@dataclass(frozen=True)
class NotesPanel:
    """The open notes of a case, or of one claim or step of it, beside other things (notes/_panel.html)."""

    case: Case
    lines: Sequence[NoteLine]
    number: int
    add_url: str
    all_url: str
    is_of_case: bool


def open_notes(case: Case) -> OpenNotes:
    """Return how many notes of a case are open, in one query."""
    rows = _counted(case=case.pk)
    return OpenNotes(len(rows), Counter(key for row in rows for key in row if key))


def notes_panel(case: Case, user: User, *, claim: uuid.UUID | None = None, step: uuid.UUID | None = None) -> NotesPanel:
    """Return the newest open notes of a case, or of one claim or step of it, for a reader who was found to read them."""
    if claim:
        found, address = _of_claim(claim=claim), reverse("notes:add_to_claim", args=[case.reference, claim])
    elif step:
        found, address = _of_step(step=step), reverse("notes:add_to_step", args=[case.reference, step])
    else:
        found, address = _of_case(case=case.pk), reverse("notes:add", args=[case.reference])
    counted = open_notes(case)
    about = claim or step
    return NotesPanel(
        case=case,
        lines=note_lines(case, found, user),
        number=counted.of.get(about, 0) if about else counted.number,
        add_url=address,
        all_url=reverse("notes:notes", args=[case.reference]),
        is_of_case=about is None,
    )


def note_lines(case: Case, notes: Sequence[Note], user: User) -> list[NoteLine]:
    """Return notes with whom they ask and how many answered, in two queries. Claims and steps must be loaded."""
    keys = [note.pk for note in notes]
    asked: dict[uuid.UUID, list[NoteMention]] = defaultdict(list)
    for row in _asked(notes=keys) if keys else ():
        asked[row.note_id].append(row)
    answers = Counter(_answers(notes=keys) if keys else ())
    return [_line(case, note, asked[note.pk], answers[note.pk], user) for note in notes]


def about_words(note: Note) -> str:
    """Return what a note is about, in words. The claim or step must be loaded."""
    if note.claim:
        words = _("Claim %(number)s, removed") if note.claim.removed_at else _("Claim %(number)s")
        return words % {"number": note.claim.number}
    if note.milestone:
        return _("Step “%(title)s”") % {"title": note.milestone.title}
    return _("The case")


def about_url(case: Case, note: Note) -> str:
    """Return where that stands; nothing for the whole case, and for a claim that was removed."""
    if note.claim and not note.claim.removed_at:
        return reverse("casework:claim", args=[case.reference, note.claim_id])
    if note.milestone:
        return reverse("advocacy:milestone", args=[case.reference, note.milestone_id])
    return ""


def _line(case: Case, note: Note, asked: Sequence[NoteMention], answers: int, user: User) -> NoteLine:
    note.case = case
    return NoteLine(
        note=note,
        url=reverse("notes:note", args=[case.reference, note.pk]),
        about=about_words(note),
        about_url=about_url(case, note),
        asked=[row.user.get_full_name() for row in asked],
        answers=answers,
        waits_for_me=not note.done_at and any(row.user_id == user.pk and not row.answered_at for row in asked),
    )


def _newest(rows: QuerySet[Note]) -> QuerySet[Note]:
    return rows.select_related("created_by", "claim", "milestone").order_by("-created_at", "-pk")[:MOST_BESIDE]


@written_once(case=KEY)
def _of_case(*, case: uuid.UUID) -> QuerySet[Note]:
    return _newest(Note.objects.open().filter(case=case))


@written_once(claim=KEY)
def _of_claim(*, claim: uuid.UUID) -> QuerySet[Note]:
    return _newest(Note.objects.open().filter(claim=claim))


@written_once(step=KEY)
def _of_step(*, step: uuid.UUID) -> QuerySet[Note]:
    return _newest(Note.objects.open().filter(milestone=step))


@written_once(case=KEY)
def _counted(*, case: uuid.UUID) -> QuerySet[Note, tuple[uuid.UUID | None, uuid.UUID | None]]:
    rows = Note.objects.open().filter(case=case).order_by()
    return rows.values_list("claim_id", "milestone_id")[:MOST_COUNTED]


@written_once(notes=several(KEY))
def _asked(*, notes: list[uuid.UUID]) -> QuerySet[NoteMention]:
    rows = NoteMention.objects.filter(note__in=notes, ended_at=None).select_related("user")
    return rows.order_by("asked_at", "user__name")


@written_once(notes=several(KEY))
def _answers(*, notes: list[uuid.UUID]) -> QuerySet[NoteAnswer, uuid.UUID]:
    return NoteAnswer.objects.filter(note__in=notes).order_by().values_list("note_id", flat=True)
