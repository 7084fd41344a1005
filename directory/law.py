"""Which treaties bound a State on the days of the facts, and which of their articles speak of a right.

reference/treaties.csv names the treaties, reference/treaty_status.csv says of each State how it stands to each, with
source, as-of date and confidence; both were read on 29 November 2026 and hold what was said there, unimproved. The
office corrects a row with a reason (`directory.models.TreatyCorrection`); the newest correction counts.

The rule, everywhere: no answer means no. A treaty binds where the State is a party by a source that is sure enough, and
was one on **every** day that the facts can have happened on. A hedged date is widened first. Where the source does not
say since when, the State counts as bound from the as-of date on and no day before. A party stays one until a withdrawal
is recorded.
"""

import csv
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from directory import dates
from directory.models import TreatyCorrection
from directory.vocabulary import REFERENCE, terms

READ_ON = dt.date(2026, 11, 29)
SURE_ENOUGH = ("high", "medium")
NAMED = re.compile(r"(?P<treaty>[A-Z]+) (?P<articles>\d.*)")
WIDER_BY = {"year": dt.timedelta(days=366), "closer": dt.timedelta(days=31)}
Status = TreatyCorrection.Status


class TreatyAnswer(TextChoices):
    """What is known of one treaty and one State on the days of the facts."""

    BINDS = "binds", _lazy("In force for the State on the date of the facts: cited")
    SIGNED = "signed", _lazy("Signed only: said so, never cited as binding")
    NOT_THEN = "not-then", _lazy("Not in force on every day that the facts can have happened on: not cited")
    NOT_PARTY = "not-party", _lazy("Not a party: not cited")
    UNKNOWN = "unknown", _lazy("Nobody knows for sure: not cited")


@dataclass(frozen=True)
class Days:
    """Every day on which the facts may have happened: from the first to the last."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class StateStanding:
    """How one State stands to one treaty, who says so, as of when and how surely. Days are EDTF text or empty."""

    country: str
    treaty: str
    status: str
    in_force_from: str
    ended_on: str
    as_of: str
    source: str
    confidence: str
    note: str = ""
    correction: TreatyCorrection | None = None

    @property
    def is_sure_enough(self) -> bool:
        """Say whether a paper may rest on it: what is written down from memory may not."""
        return self.correction is not None or self.confidence.startswith(SURE_ENOUGH)

    @property
    def known_on(self) -> dt.date | None:
        """Return the last day of its as-of date, and never a day after it was read."""
        day = dates.latest(self.as_of)
        return min(day, READ_ON) if day and self.correction is None else day

    def answer(self, days: Days | None) -> TreatyAnswer:
        """Say what a paper may tell of this treaty when the facts happened on these days; unknown days are no answer."""
        if not self.is_sure_enough or self.status == Status.UNCLEAR:
            return TreatyAnswer.UNKNOWN
        if self.status == Status.NOT_PARTY:
            return TreatyAnswer.NOT_PARTY
        if days is None:
            return TreatyAnswer.UNKNOWN
        if self.status == Status.SIGNED:
            return TreatyAnswer.SIGNED if self.known_on and days.first >= self.known_on else TreatyAnswer.UNKNOWN
        begins = self._begins()
        if begins is None:
            return TreatyAnswer.UNKNOWN
        ends = dates.earliest(self.ended_on)
        is_over = bool(self.ended_on) and (ends is None or days.last >= ends)
        return TreatyAnswer.NOT_THEN if days.first < begins or is_over else TreatyAnswer.BINDS

    def _begins(self) -> dt.date | None:
        """Return from which day on it surely bound the State; of one that has left, its as-of date says nothing."""
        if self.in_force_from:
            return dates.latest(self.in_force_from)
        return None if self.ended_on else self.known_on


@dataclass(frozen=True)
class Cited:
    """The articles of one treaty on one right, how the State stands to it, and what may be told of it."""

    treaty: str
    articles: str
    standing: StateStanding
    answer: TreatyAnswer


@dataclass(frozen=True)
class Law:
    """What is known of the treaties of one State on the days of the facts; `facts_on` is EDTF text, empty if unknown."""

    facts_on: str
    standings: dict[str, StateStanding]

    def on(self, right: str) -> list[Cited]:
        """Return every treaty that speaks of this right, in the order of the list, with what may be told of it."""
        days, articles = days_of(self.facts_on), articles_on(right)
        known = [self.standings[treaty] for treaty in treaties() if treaty in articles]
        return [Cited(row.treaty, articles[row.treaty], row, row.answer(days)) for row in known]


@cache
def treaties() -> dict[str, str]:
    """Return the treaties of which this site knows how States stand to them: their names in English, by code."""
    with (REFERENCE / "treaties.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def treaty_name(code: str) -> str:
    """Return the name of a treaty in the reader's language."""
    return _(treaties()[code])


@cache
def articles_on(right: str) -> dict[str, str]:
    """Return the articles on this right by treaty, of the treaties that are listed; an unknown right has none."""
    term = terms("right").get(right)
    if term is None:
        return {}
    told = [f"ICCPR {term.articles['ICCPR']}".replace("; ", ", ")] if "ICCPR" in term.articles else []
    told += term.articles.get("other", "").split("; ")
    named = [match for part in told if (match := NAMED.fullmatch(part.strip()))]
    return {match["treaty"]: match["articles"] for match in named if match["treaty"] in treaties()}


def law_of(country: str, facts_on: str) -> Law:
    """Return how this State stands to every treaty, corrections of the office first; one query."""
    return Law(facts_on, standings_of(country))


def standings_of(country: str) -> dict[str, StateStanding]:
    """Return how a State stands to each treaty, by code. One that nobody tells of is unclear."""
    found = {code: _reference().get((country, code), _untold(country, code)) for code in treaties()}
    for row in TreatyCorrection.objects.filter(country=country).select_related("made_by").order_by("made_at", "pk"):
        if row.carries_mark():  # what was put in past the program is not obeyed
            found[row.treaty] = corrected(row)
    return found


def days_of(text: str | None) -> Days | None:
    """Return every day that a date can mean, wider where it is hedged; None where a side is open or nothing is known."""
    try:
        told = dates.parse(text)
    except ValueError:
        return None
    if told is None or told.earliest is None or told.latest is None:
        return None
    if told.kind in {"earlier", "later"}:
        return None
    wider = max((_wider(part) for part in _parts(told)), default=dt.timedelta())
    return Days(told.earliest - wider, told.latest + wider)


def _parts(told: dates.ToldDate) -> list[dates.DatePart]:
    inner = [part for member in told.members for part in _parts(member)]
    return [*inner, *(part for part in (told.first, told.last) if part)]


def _wider(part: dates.DatePart) -> dt.timedelta:
    if not (part.is_about or part.is_doubted):
        return dt.timedelta()
    return WIDER_BY["closer" if part.month else "year"]


@cache
def _reference() -> dict[tuple[str, str], StateStanding]:
    with (REFERENCE / "treaty_status.csv").open(encoding="utf-8", newline="") as file:
        rows = [_read(row) for row in csv.DictReader(file)]
    return {(row.country, row.treaty): row for row in rows}


def _read(row: dict[str, str]) -> StateStanding:
    days, said = (row["in_force_from"], row["ended_on"], row["as_of"]), (row["source"], row["confidence"], row["note"])
    return StateStanding(row["country"], row["treaty"], row["status"], *days, *said)


def _untold(country: str, treaty: str) -> StateStanding:
    return StateStanding(country, treaty, Status.UNCLEAR, "", "", "", "", "")


def corrected(row: TreatyCorrection) -> StateStanding:
    """Return what the office said of a State and a treaty, in the form of the list."""
    begins, ends = (day.isoformat() if day else "" for day in (row.in_force_from, row.ended_on))
    as_of, source, reason = row.as_of.isoformat(), str(row.source), str(row.reason)
    return StateStanding(row.country, row.treaty, row.status, begins, ends, as_of, source, "", reason, row)
