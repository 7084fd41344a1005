"""What the page of demands, asks and rights shows, and the demands as the packet repeats them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casework.models import Ask, Case, Demand, RightImplicated
from directory.dates.told import shown
from directory.vocabulary import terms


@dataclass(frozen=True)
class AskRow:
    """One ask with its day in words."""

    ask: Ask
    by: str


@dataclass(frozen=True)
class DemandRow:
    """One demand with its asks."""

    demand: Demand
    asks: Sequence[AskRow]


@dataclass(frozen=True)
class RightRow:
    """One right put in question, with the articles that protect it."""

    row: RightImplicated
    label: str
    articles: str


@dataclass(frozen=True)
class AsksPage:
    """What must change, who is asked for it, and which rights are put in question (casework/asks/asks.html)."""

    case: Case
    demands: Sequence[DemandRow]
    rights: Sequence[RightRow]
    may_change: bool
    tab: str = "packet"


@dataclass(frozen=True)
class NoDemandPage:
    """There is no demand for an ask to serve (casework/asks/no_demand.html)."""

    case: Case
    tab: str = "packet"


def asks_page(case: Case, *, may_change: bool) -> AsksPage:
    """Return the demands of a case with their asks, and its rights."""
    return AsksPage(case, asks_panel(case), rights_panel(case), may_change)


def asks_panel(case: Case) -> list[DemandRow]:
    """Return the demands of a case, those that lead first, each with its asks; two queries."""
    asks = Ask.objects.filter(case=case).present().order_by("created_at")
    return shown_asks(Demand.objects.filter(case=case).present(), asks)


def shown_asks(demands: Iterable[Demand], asks: Iterable[Ask]) -> list[DemandRow]:
    """Return these demands as a list shows them, each with its own of these asks."""
    of_demand: dict[uuid.UUID, list[AskRow]] = {}
    for ask in asks:
        of_demand.setdefault(ask.demand_id, []).append(AskRow(ask, shown(ask.by) if ask.by else ""))
    return [DemandRow(row, of_demand.get(row.pk, [])) for row in demands]


def rights_panel(case: Case) -> list[RightRow]:
    """Return the rights put in question, in the order of the vocabulary, with the articles it names for each."""
    known = terms("right")
    rows = {row.right: row for row in RightImplicated.objects.filter(case=case).present()}
    return [RightRow(rows[code], term.label, _articles(term.articles)) for code, term in known.items() if code in rows]


def _articles(named: dict[str, str]) -> str:
    """Return the articles of a right in one line, such as UDHR 9; ICCPR 9; ECHR 5."""
    return "; ".join(words if instrument == "other" else f"{instrument} {words}" for instrument, words in named.items())
