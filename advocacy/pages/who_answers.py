"""Who answers and how fast, of the cases that the reader may see: by kind of office, by entry, by the way taken."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from advocacy.models import Approach, Reply
from advocacy.models.approaches import Waited
from advocacy.pages.bars import BarLine, drawn
from advocacy.pages.rows import Figure
from advocacy.waiting import FEWEST, Waits, wait
from directory.countries import name_of
from directory.models import Actor
from directory.vocabulary import label

MONTHS = (3, 12, 36)
USUAL_MONTHS = 12
DAYS_A_MONTH = 30.5
WITHIN = (30, 60, 90)
MOST_ENTRIES = 40
REFUSALS = ("RS_REFUSED", "RS_DENIED", "RS_JUSTIFIED", "RS_COUNTER")


@dataclass(frozen=True)
class AnsweringLine:
    """Approaches taken together: how many, answered, still waiting, half of them within, and shares in words."""

    words: str
    url: str
    approaches: int
    answered: int
    waiting: int
    half: str
    within: Sequence[str]
    median: int | None
    longest: int


@dataclass(frozen=True)
class WayLine:
    """One way of approaching: what became of it."""

    words: str
    approaches: int
    answered: int
    helped: int
    refused: int


@dataclass(frozen=True)
class WhoAnswersPage:
    """The page of who answers (advocacy/answers/who_answers.html)."""

    months: int
    all_months: Sequence[int]
    since: dt.date
    state: str
    states: Sequence[tuple[str, str]]
    figures: Sequence[Figure]
    within: Sequence[int]
    within_of_entry: Sequence[int]
    by_kind: Sequence[AnsweringLine]
    by_entry: Sequence[AnsweringLine]
    left_off: int
    by_way: Sequence[WayLine]
    refusals: Sequence[tuple[str, int]]
    bars: Sequence[BarLine]
    fewest: int


def who_answers_page(user: User, *, months: str = "", state: str = "") -> WhoAnswersPage:
    """Return the figures of the last months, of one State or of all, in five queries however many approaches there are."""
    today = timezone.localdate()
    many = int(months) if months in {str(each) for each in MONTHS} else USUAL_MONTHS
    since = today - dt.timedelta(days=round(many * DAYS_A_MONTH))
    everything = list(Approach.objects.waits_for(user, since=since))
    states = sorted(
        {(row.country, name_of(row.country)) for row in everything if row.country}, key=lambda each: each[1]
    )
    state = state if state in dict(states) else ""
    rows = [row for row in everything if not state or row.country == state]
    kinds = _grouped(rows, lambda row: row.entry_kind)
    by_kind = [_line(_kind(code), "", found, today) for code, found in kinds]
    entries = _grouped([row for row in rows if row.entry], lambda row: row.entry)
    return WhoAnswersPage(
        months=many,
        all_months=MONTHS,
        since=since,
        state=state,
        states=states,
        figures=_figures(rows, Reply.objects.promises_for(user, since=since, state=state), today),
        within=WITHIN,
        within_of_entry=WITHIN[:1],
        by_kind=by_kind,
        by_entry=_of_entries(entries[:MOST_ENTRIES], today),
        left_off=max(len(entries) - MOST_ENTRIES, 0),
        by_way=_ways(rows),
        refusals=_refusals(rows),
        bars=drawn([_bar(line) for line in by_kind if line.approaches >= FEWEST]),
        fewest=FEWEST,
    )


def _grouped(rows: Iterable[Waited], key: Callable[[Waited], Any]) -> list[tuple[Any, list[Waited]]]:
    """Return the rows by a key, the most approached first."""
    found: dict[Any, list[Waited]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return sorted(found.items(), key=lambda each: (-len(each[1]), str(each[0])))


def _kind(code: str | None) -> str:
    return label("actor_type", code) if code else _("Not in the directory")


def _waits(rows: Iterable[Waited], today: dt.date) -> Waits:
    return Waits(wait(row.approached_on, row.answered_on, today) for row in rows)


def _line(
    words: str, url: str, rows: Sequence[Waited], today: dt.date, within: Sequence[int] = WITHIN
) -> AnsweringLine:
    waits = _waits(rows, today)
    median = waits.median()
    return AnsweringLine(
        words=words,
        url=url,
        approaches=len(waits),
        answered=waits.answered,
        waiting=waits.still_waiting,
        half=half_in_words(waits),
        within=[_share(waits, days) for days in within],
        median=median,
        longest=waits.longest,
    )


def half_in_words(waits: Waits) -> str:
    """Return within how many days half had answered, or why that cannot be said."""
    median = waits.median()
    if median is not None:
        return ngettext("%(days)s day", "%(days)s days", median) % {"days": median}
    return _("too few to say") if len(waits) < FEWEST else _("more than half are silent")


def _share(waits: Waits, days: int) -> str:
    share = waits.answered_within(days) if len(waits) >= FEWEST else None
    return "–" if share is None else _("%(number)s %%") % {"number": round(share * 100)}


def _of_entries(entries: Sequence[tuple[uuid.UUID, list[Waited]]], today: dt.date) -> list[AnsweringLine]:
    """Return a line for each entry; only the names that are shown are read."""
    known: Mapping[uuid.UUID, Actor] = Actor.objects.with_places().in_bulk([pk for pk, _rows in entries])
    return [
        _line(known[pk].line, reverse("directory:entry", args=[pk]), rows, today, within=WITHIN[:1])
        for pk, rows in entries
    ]


def _figures(rows: Sequence[Waited], promises: Mapping[str, int], today: dt.date) -> list[Figure]:
    waits = _waits(rows, today)
    base = _("of %(number)s") % {"number": len(waits)}
    given = sum(promises.values())
    return [
        Figure(half_in_words(waits), _("first reply, half of the approaches, waiting ones counted as waiting")),
        Figure(str(waits.answered), _("answered"), base),
        Figure(str(waits.still_waiting), _("still waiting"), base),
        Figure(str(promises["kept"]), _("promises kept"), _("of %(number)s") % {"number": given}),
    ]


def _ways(rows: Sequence[Waited]) -> list[WayLine]:
    words = {**dict(Approach.Kind.choices), "": _("Numbered copy")}
    return [
        WayLine(
            words=str(words[way]),
            approaches=len(found),
            answered=sum(row.answered_on is not None for row in found),
            helped=sum(row.effect == Reply.Effect.POSITIVE for row in found),
            refused=sum(row.reply in REFUSALS for row in found),
        )
        for way, found in _grouped(rows, lambda row: row.way)
    ]


def _refusals(rows: Sequence[Waited]) -> list[tuple[str, int]]:
    """Return how often each kind of refusal was the first that came back, the most frequent first."""
    counted = Counter(row.reply for row in rows if row.reply in REFUSALS)
    return [(label("response_type", code), many) for code, many in counted.most_common()]


def _bar(line: AnsweringLine) -> BarLine:
    if line.median is not None:
        return BarLine(line.words, line.half, filled=line.median)
    return BarLine(line.words, _("waits, %(days)s") % {"days": line.longest}, until=line.longest)
