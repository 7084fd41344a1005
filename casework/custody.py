"""Whether the person is held, since when, until when, for how long, where and by whom: asked here and nowhere else.

The answer comes from the dates of all present spells of detention and from the status. Where they leave it open, or
say two things, the answer is that nobody knows: a guess would print as a fact.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.dates import earliest, in_words, latest, sort_key
from casework.dates.durations import Duration, duration_words, how_long
from casework.models import Case, Detention, Place

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
DEAD = frozenset({"DS_DIED", "DS_EXECUTED"})
NOT_HELD = AT_LIBERTY | DEAD


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
    authority: str = ""

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
        return _("No, until %(day)s") % {"day": in_words(self.until)} if self.until else _("No")


def custody_of(
    case: Case,
    *,
    spells: Iterable[Detention] | None = None,
    places: Iterable[Place] | None = None,
    today: dt.date | None = None,
) -> Custody:
    """Return the custody of the person; a query for the spells and one for the places, or none where they are given."""
    day = today or timezone.localdate()
    rows = sorted(case.detentions.present() if spells is None else spells, key=lambda row: sort_key(row.started))
    spell = spell_that_counts(rows, today=day)
    is_held = _is_held(case.status, rows, day)
    if spell is None:
        return Custody(case.status, case.status_on, is_held)
    until = spell.ended or "" if is_held is False and is_over(spell.ended, day) else ""
    is_known = is_held or bool(until)
    held_in = places if places is not None else spell.places.present()
    return Custody(
        case.status,
        case.status_on,
        is_held,
        since=spell.started or "" if is_known else "",
        until=until,
        term_ends=(spell.term_ends or "") if is_held else "",
        lasted=how_long(spell.started, until or None, today=day) if is_known else None,
        place=_place_now(held_in, spell, day) if is_held else "",
        authority=(spell.authority or "") if is_held else "",
    )


def spell_that_counts(spells: Sequence[Detention], *, today: dt.date | None = None) -> Detention | None:
    """Return the latest spell that goes on, else the latest of all: the one that is shown as the present detention."""
    day = today or timezone.localdate()
    begun = [row for row in spells if not is_to_come(row.started, day)]
    going_on = [row for row in begun if not is_over(row.ended, day)]
    return max(going_on or begun, key=lambda row: sort_key(row.started), default=None)


def is_over(ended: str | None, today: dt.date) -> bool:
    """Say whether something has ended on this day: an end in the future is none, and no end is none."""
    return bool(ended) and not is_to_come(ended, today)


def is_to_come(text: str | None, today: dt.date | None = None) -> bool:
    """Say whether every day that the date can mean is still to come; no date is not."""
    first = earliest(text)
    return first is not None and first > (today or timezone.localdate())


def _is_held(status: str, spells: Sequence[Detention], day: dt.date) -> bool | None:
    """Say yes or no where dates and status agree or only one of them speaks, and None where they leave it open."""
    by_dates = _held_by_dates(spells, day) if spells else None
    by_status = True if status in HELD else False if status in NOT_HELD else None
    if not spells:
        return by_status
    if by_dates is None or by_status is None:
        return by_dates
    return by_dates if by_dates == by_status else None


def _held_by_dates(spells: Sequence[Detention], day: dt.date) -> bool | None:
    begun = [row for row in spells if not is_to_come(row.started, day)]
    if not begun or any(_may_be_over(row.ended, day) for row in begun):
        return None
    ended = [row for row in begun if row.ended and not is_to_come(row.ended, day)]
    going_on = [row for row in begun if row not in ended]
    if not going_on:
        return False
    newest = max(going_on, key=lambda row: sort_key(row.started))
    return True if all(_may_follow(newest, row) for row in ended) else None


def _may_follow(spell: Detention, earlier: Detention) -> bool:
    """Say whether the spell may have begun after the other one was over."""
    begins, over = latest(spell.started), earliest(earlier.ended)
    return begins is not None and over is not None and begins >= over


def _may_be_over(ended: str | None, day: dt.date) -> bool:
    """Say whether the end is written so that it may have come and may not: a span beyond today, or no date at all."""
    if not ended or is_to_come(ended, day):
        return False
    first, last = earliest(ended), latest(ended)
    if first is None and last is None:
        return True
    return "/" in ended and (last is None or last > day)


def _place_now(places: Iterable[Place], spell: Detention, day: dt.date) -> str:
    rows = [row for row in places if row.detention_id == spell.pk]
    newest = max(rows, key=lambda row: sort_key(row.since), default=None)
    return (newest.place or "") if newest and not is_over(newest.until, day) else ""
