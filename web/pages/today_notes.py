"""Notes of colleagues that wait for one person: until they answer, or somebody marks the note as done. No words of a note."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages.addresses import address_of
from accounts.roles import OfficeRole
from casework.models.permission_filter import HasRight
from casework.pages.rows import TaskRow
from directory.dates import relative_time
from notes.models import Note, NoteMention
from sealing.queries import PERSON, written_once

MOST = 8


def notes_for(user: User, *, now: dt.datetime) -> Sequence[TaskRow]:
    """Return the notes that wait for this person, the longest waiting first; at most eight and one more."""
    if OfficeRole.OUTSIDE_REVIEWER in user.current_roles:
        return ()
    return [_row(mention, now) for mention in _waiting(user=user)]


def _row(mention: NoteMention, now: dt.datetime) -> TaskRow:
    note = mention.note
    said = {
        "about": note.case,
        "name": note.created_by,
        "waits": relative_time.waits_words(mention.asked_at, now=now),
    }
    return TaskRow(
        label=_label(note),
        url=address_of("notes:note", note.case.reference, note.pk),
        note=_("%(about)s, by %(name)s. %(waits)s") % said,
    )


def _label(note: Note) -> str:
    if note.claim:
        return _("Note on claim %(number)s") % {"number": note.claim.number}
    return _("Note on a step of the plan") if note.milestone_id else _("Note on the case")


@written_once(user=PERSON)
def _waiting(*, user: User) -> QuerySet[NoteMention]:
    mine = NoteMention.objects.filter(HasRight(user, "view_case", case="case_id"), user=user)
    rows = mine.filter(answered_at=None, ended_at=None, note__done_at=None, note__removed_at=None)
    rows = rows.select_related("note__case", "note__claim", "note__created_by")
    shown = ("asked_at", "note__milestone_id", "note__case__reference", "note__case__codename", "note__claim__number")
    return rows.only(*shown, "note__created_by__name", "note__created_by__username").order_by("asked_at")[: MOST + 1]
