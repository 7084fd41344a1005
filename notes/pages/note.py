"""One note: its words, what was answered, and what its reader may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from casework.access import may
from casework.models import Case
from notes.actions.notes import may_close
from notes.forms.notes import NoteAnswerForm
from notes.models import Note, NoteAnswer, NoteMention
from notes.pages.lines import about_url, about_words


@dataclass(frozen=True)
class AskedPerson:
    """Somebody whom a note asks, and whether they answered."""

    name: str
    has_answered: bool


@dataclass(frozen=True)
class NotePage:
    """One note with its answers (notes/note.html). `form` is None where it is done, unless words came for it."""

    case: Case
    row: Note
    about: str
    about_url: str
    asked: Sequence[AskedPerson]
    answers: Sequence[NoteAnswer]
    form: NoteAnswerForm | None
    may_close: bool
    may_change: bool
    back_url: str
    tab: str = "tasks"


def note_page(case: Case, note: Note, user: User, form: NoteAnswerForm | None) -> NotePage:
    """Return one note for somebody who reads the notes of the case. Its claim or step must be loaded."""
    asked = list(NoteMention.objects.filter(note=note, ended_at=None).select_related("user").order_by("asked_at"))
    answers = list(NoteAnswer.objects.filter(note=note).select_related("written_by"))
    for answer in answers:
        answer.case = case
    keys = [row.user_id for row in asked]
    return NotePage(
        case=case,
        row=note,
        about=about_words(note),
        about_url=about_url(case, note),
        asked=[AskedPerson(row.user.get_full_name(), row.answered_at is not None) for row in asked],
        answers=answers,
        form=None if form is None or (note.done_at and not form.is_bound) else form,
        may_close=may_close(user, note, asked=keys, may_plan=False) or may(user, "plan", case),
        may_change=note.created_by_id == user.pk and not answers,
        back_url=reverse("notes:notes", args=[case.reference]),
    )
