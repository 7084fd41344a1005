"""Whether the person is held, since when, until when, for how long, where and by whom: asked here and nowhere else.

The answer comes from the dates of all present spells of detention and from the status. Where they leave it open, or
say two things, the answer is that nobody knows: a guess would print as a fact.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.case_keys import CASE_KEYS
from casework.models import Case, Detention, Place
from directory.dates import earliest, in_words, latest, precision, sort_key
from directory.dates.durations import Duration, duration_words, how_long
from sealing.queries import KEY, row_of, several, written_once

HELD = frozenset(
    {
        *("DS_INCOMM", "DS_POLICE", "DS_PRETRIAL", "DS_TRIAL", "DS_SENTENCED", "DS_APPEAL", "DS_DEATHROW"),
        *("DS_ADMIN", "DS_HOUSE", "DS_PSYCH", "DS_IMMIG", "DS_MILITARY"),
    }
)
AT_LIBERTY = frozenset(
    {
        *("DS_TRIALFREE", "DS_FURLOUGH", "DS_BAIL", "DS_CONDITIONAL", "DS_RELEASED", "DS_DEPORTED"),
        *("DS_EXCHANGED", "DS_ESCAPED"),
    }
)
FURLOUGH = "DS_FURLOUGH"
OF_A_SPELL = ("id", "case_id", "started", "ended", "term_ends", "authority", "created_at")
DEAD = frozenset({"DS_DIED", "DS_EXECUTED"})
NOT_HELD = AT_LIBERTY | DEAD


class Spell(Protocol):
    """A spell of detention, stored here or told by a file: from when, until when."""

    @property
    def started(self) -> str | None:
        """Return when it began, as EDTF text."""

    @property
    def ended(self) -> str | None:
        """Return when it ended, as EDTF text; nothing while it goes on."""


@dataclass(frozen=True)
class Custody:
    """What is known of the custody of one person on one day. `is_held` is None where nobody can tell.

    `since`, `until` and `term_ends` are EDTF text of the spell that counts; an end that is still to come is no
    `until`. Place and authority are those of somebody who is held, and empty for everybody else.
    """

    status: str
    status_on: dt.date
    is_held: bool | None
    since: str = ""
    until: str = ""
    term_ends: str = ""
    lasted: Duration | None = None
    place: str = ""
    place_since: str = ""
    authority: str = ""
    place_row: Place | None = None
    """The row of the packet that says where; its words may be translated."""

    @property
    def is_dead(self) -> bool:
        """Say whether the status says that the person died."""
        return self.status in DEAD

    @property
    def words(self) -> str:
        """Return "616 days" of somebody who is held, "No, until 8 December 1986" of somebody who was, else "Unknown"."""
        if self.is_held is None:
            return _("Unknown")
        if self.is_held:
            return duration_words(self.lasted) or _("Yes, since when is unknown")
        return _("No, until %(day)s") % {"day": day_words(self.until)} if self.until else _("No")


def custody_of(
    case: Case,
    *,
    spells: Iterable[Detention] | None = None,
    places: Iterable[Place] | None = None,
    today: dt.date | None = None,
) -> Custody:
    """Return the custody of the person; a query for the spells and one for the places, or none where they are given."""
    day = today or timezone.localdate()
    rows = list(_spells_of(case=case) if spells is None else spells)
    spell = spell_that_counts(rows, today=day)
    is_held = _is_held(case.status, rows, day)
    if spell is None:
        return Custody(case.status, case.status_on, is_held)
    until = spell.ended or "" if is_held is False and is_over(spell.ended, day) else ""
    is_known = is_held or bool(until)
    place = _place_now(spell.places.present() if places is None else places, spell, day) if is_held else None
    return Custody(
        case.status,
        case.status_on,
        is_held,
        since=spell.started or "" if is_known else "",
        until=until,
        term_ends=(spell.term_ends or "") if is_held else "",
        lasted=how_long(spell.started, until or None, today=day) if is_known else None,
        place=(place.place or "") if place else "",
        place_since=(place.since or "") if place else "",
        authority=(spell.authority or "") if is_held else "",
        place_row=place,
    )


def custodies_of(cases: Sequence[Case], *, today: dt.date | None = None) -> dict[uuid.UUID, Custody]:
    """Return the custody of each of these cases by its key, without the places: two queries for all of them."""
    of_case: dict[uuid.UUID, list[Detention]] = {case.pk: [] for case in cases}
    day = today or timezone.localdate()
    CASE_KEYS.open_many(of_case)
    for row in _spells(cases=list(of_case)):
        of_case[row.case_id].append(row)
    return {case.pk: custody_of(case, spells=of_case[case.pk], places=(), today=day) for case in cases}


@written_once(case=row_of(Case))
def _spells_of(*, case: Case) -> QuerySet[Detention]:
    return Detention.objects.filter(case=case).present()


@written_once(cases=several(KEY))
def _spells(*, cases: list[uuid.UUID]) -> QuerySet[Detention]:
    return Detention.objects.filter(case__in=cases).present().only(*OF_A_SPELL)


def day_words(text: str | None) -> str:
    """Return a day of custody in words; of one that is only known to have come it says "28 November 2026 at the latest"."""
    last = latest(text)
    if last and earliest(text) is None:
        return _("%(day)s at the latest") % {"day": in_words(last.isoformat())}
    return in_words(text)


def spell_that_counts(spells: Sequence[Detention], *, today: dt.date | None = None) -> Detention | None:
    """Return the latest spell that goes on, else the latest of all: the one that is shown as the present detention."""
    day = today or timezone.localdate()
    begun = [row for row in spells if not is_to_come(row.started, day)]
    if len(begun) < 2:
        return begun[0] if begun else None
    going_on = [row for row in begun if not is_over(row.ended, day)]
    return max(going_on or begun, key=lambda row: (_in_time(row), row.created_at), default=None)


def held_by_dates(spells: Sequence[Spell], day: dt.date) -> bool | None:
    """Say what the dates alone tell: held when a spell goes on that may have begun after every other one ended."""
    begun = [row for row in spells if not is_to_come(row.started, day)]
    if not begun or any(_may_be_over(row.ended, day) for row in begun):
        return None
    ended = [row for row in begun if row.ended and not is_to_come(row.ended, day)]
    going_on = [row for row in begun if not row.ended or is_to_come(row.ended, day)]
    if not going_on:
        return False
    newest = max(going_on, key=_in_time)
    return True if all(_may_follow(newest, row) for row in ended) else None


def is_over(ended: str | None, today: dt.date) -> bool:
    """Say whether something has ended on this day: an end in the future is none, and no end is none."""
    return bool(ended) and not is_to_come(ended, today)


def is_to_come(text: str | None, today: dt.date | None = None) -> bool:
    """Say whether every day that the date can mean is still to come; no date is not."""
    first = earliest(text)
    return first is not None and first > (today or timezone.localdate())


def says_held(status: str) -> bool | None:
    """Say whether a status tells of somebody who is held, of somebody who is not, or of neither."""
    return True if status in HELD else False if status in NOT_HELD else None


def disagree(status: str, spells: Sequence[Spell], *, today: dt.date | None = None) -> bool:
    """Say whether status and dates tell two things. A furlough interrupts a spell and does not end it."""
    return _tells_two_things(status, held_by_dates(spells, today or timezone.localdate()))


def _tells_two_things(status: str, by_dates: bool | None) -> bool:
    return status != FURLOUGH and {says_held(status), by_dates} == {True, False}


def _is_held(status: str, spells: Sequence[Spell], day: dt.date) -> bool | None:
    """Say yes or no where dates and status agree or only one of them speaks, and None where they leave it open."""
    if status == FURLOUGH or not spells:
        return says_held(status)
    by_dates = held_by_dates(spells, day)
    return None if _tells_two_things(status, by_dates) else by_dates


def _in_time(spell: Spell) -> tuple[tuple[dt.date, dt.date], tuple[dt.date, dt.date]]:
    """Return what puts spells in order: by when they began, then by when they ended."""
    return sort_key(spell.started), sort_key(spell.ended)


def _may_follow(spell: Spell, earlier: Spell) -> bool:
    """Say whether the spell may have begun after the other one was over."""
    begins, over = latest(spell.started), earliest(earlier.ended) or earliest(earlier.started)
    return begins is not None and (over is None or begins >= over)


def _may_be_over(ended: str | None, day: dt.date) -> bool:
    """Say whether the end is written so that it may have come and may not: a span beyond today, or no date at all."""
    if not ended or is_to_come(ended, day):
        return False
    first, last = earliest(ended), latest(ended)
    if first is None and last is None:
        return True
    return precision(ended) == "between" and (last is None or last > day)


def _place_now(places: Iterable[Place], spell: Detention, day: dt.date) -> Place | None:
    rows = [row for row in places if row.detention_id == spell.pk]
    newest = max(rows, key=lambda row: sort_key(row.since), default=None)
    return newest if newest and not is_over(newest.until, day) else None
