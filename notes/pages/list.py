"""Every note of a case: what is open first, then what is done; twenty-five at a time."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from notes.models import Note, NoteMention
from notes.pages.lines import NoteLine, note_lines, open_notes

PAGE = 25


@dataclass(frozen=True)
class NotesPage:
    """A page of notes (notes/list.html)."""

    case: Case
    open: Sequence[NoteLine]
    done: Sequence[NoteLine]
    number: int
    is_mine: bool
    add_url: str
    first_url: str = ""
    next_url: str = ""
    next_label: str = ""
    tab: str = "tasks"


def notes_page(case: Case, user: User, *, is_mine: bool, after: uuid.UUID | None = None) -> NotesPage:
    """Return a page of notes of a case for who reads them; Note.DoesNotExist where `after` is none of this case."""
    rows = Note.objects.present().filter(case=case)
    if is_mine:
        asked = NoteMention.objects.filter(note=OuterRef("pk"), user=user, ended_at=None)
        rows = rows.filter(Q(created_by=user) | Exists(asked))
    last = Note.objects.present().get(case=case, pk=after) if after else None
    found = _after(rows, last)
    lines = note_lines(case, found[:PAGE], user)
    address = reverse("notes:notes", args=[case.reference])
    mine = "&of=me" if is_mine else ""
    return NotesPage(
        case=case,
        open=[line for line in lines if not line.note.done_at],
        done=[line for line in lines if line.note.done_at],
        number=open_notes(case).number,
        is_mine=is_mine,
        add_url=reverse("notes:add", args=[case.reference]),
        first_url=f"{address}{mine.replace('&', '?')}" if last else "",
        next_url=f"?after={found[PAGE - 1].pk}{mine}" if len(found) > PAGE else "",
        next_label=_("Older notes"),
    )


def _after(rows: QuerySet[Note], last: Note | None) -> list[Note]:
    """Return a page and one more, after the note that stood last: open ones, then those that are done, newest first."""
    wanted = rows.select_related("created_by", "claim", "milestone", "done_by").order_by("-created_at", "-pk")
    if last:
        older = Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk)
    found: list[Note] = []
    if last is None or not last.done_at:
        found = list(wanted.filter(done_at=None).filter(older if last else Q())[: PAGE + 1])
    left = PAGE + 1 - len(found)
    if left:
        is_among_done = last is not None and bool(last.done_at)
        found += wanted.filter(done_at__isnull=False).filter(older if is_among_done else Q())[:left]
    return found
