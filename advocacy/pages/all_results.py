"""Results of every case that one may see, by country and year, beside what is true of the others together.

Of cases that the reader may not see nothing stands here that fewer than five of them share: not in one country and year,
and so not in any sum, because sums are made of what stands there. That they are hidden does not depend on whether there
are any. Whoever sees all cases reads the whole in the first column.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import BooleanField, Case, Count, Prefetch, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OfficeRole, holds
from advocacy.models import OfficeTarget, OfficeTargetFigure, Outcome, Target
from advocacy.models.results import WORSE
from advocacy.pages.bars import BarLine, drawn
from advocacy.pages.results import State, target_bar
from advocacy.pages.rows import Figure
from directory.countries import name_of
from directory.dates import relative_time
from directory.vocabulary import label, terms

FEWEST = 5
"""Of fewer cases than this nothing is told to who does not see them, nor on paper."""


@dataclass(frozen=True)
class Cell:
    """One kind of change in one country and year."""

    country: str
    year: int
    what: str
    is_harm: bool


@dataclass(frozen=True)
class Counted:
    """How many outcomes, in how many cases, and how many of them with our part."""

    number: int = 0
    cases: int = 0
    ours: int = 0


@dataclass(frozen=True)
class KindRow:
    """One kind of change: in the cases that the reader sees, with our part, and elsewhere; as words where few share it."""

    label: str
    seen: int
    ours: int
    elsewhere: str


@dataclass(frozen=True)
class EarlierWanted:
    """What a target of the office wanted before, since when it does not, through whom, and why."""

    wanted: int
    on: str
    who: str
    reason: str


@dataclass(frozen=True)
class OfficeLine:
    """One target of the office, with what was reached of it at least."""

    label: str
    where: str
    year: int
    reached: int
    wanted: int
    state: State
    earlier: Sequence[EarlierWanted]
    track: str = ""
    adjust_url: str = ""


@dataclass(frozen=True)
class FilterChoice:
    """One answer of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class AllResultsPage:
    """The results of all cases that one may see (advocacy/results/all.html)."""

    countries: Sequence[FilterChoice]
    years: Sequence[FilterChoice]
    figures: Sequence[Figure]
    changes: Sequence[KindRow]
    harms: Sequence[KindRow]
    targets: Sequence[OfficeLine]
    bars: Sequence[BarLine]
    may_set: bool
    print_url: str


@dataclass(frozen=True)
class BoardRow:
    """One line of the half page: a kind of change or a target, a number or that there are few, and what was wanted."""

    label: str
    number: str
    wanted: str = ""


@dataclass(frozen=True)
class BoardPage:
    """Half a page for the board (advocacy/results/board.html): figures alone, none that fewer than five cases share."""

    where: str
    year: str
    targets: Sequence[BoardRow]
    changes: Sequence[BoardRow]
    harms: Sequence[BoardRow]


@dataclass(frozen=True)
class Selection:
    """What is counted for a reader, in one country and year or in all; made by `_selected`."""

    user: User
    country: str
    year: int | None
    all_seen: Mapping[Cell, Counted]
    all_elsewhere: Mapping[Cell, Counted]

    @property
    def seen(self) -> Mapping[Cell, Counted]:
        """Return what the reader sees of what is asked for."""
        return {cell: found for cell, found in self.all_seen.items() if self._takes(cell)}

    @property
    def elsewhere(self) -> Mapping[Cell, Counted]:
        """Return what five other cases share at the least, of what is asked for."""
        return {cell: found for cell, found in self.all_elsewhere.items() if self._takes(cell)}

    def kinds(self, *, is_harm: bool) -> Sequence[str]:
        """Return the kinds of change that are known here, in the order of the vocabulary."""
        found = {cell.what for cell in (*self.seen, *self.elsewhere) if cell.is_harm is is_harm}
        return [what for what in terms("outcome_type") if what in found]

    def _takes(self, cell: Cell) -> bool:
        return self.country in {"", cell.country} and self.year in {None, cell.year}


def all_results_page(user: User, country: str = "", year: str = "") -> AllResultsPage:
    """Return what this reader may know, of one country and year or of all; a fixed number of queries."""
    of = _selected(user, country, year)
    known = {*of.all_seen, *of.all_elsewhere}
    countries = sorted({cell.country for cell in known}, key=name_of)
    years = sorted({cell.year for cell in known}, reverse=True)
    may_set = holds(user, OfficeRole.DIRECTOR)
    targets = _office_lines(of, may_set=may_set)
    return AllResultsPage(
        countries=_choices(_("All countries"), [(code, name_of(code)) for code in countries], country),
        years=_choices(_("All years"), [(str(one), str(one)) for one in years], year),
        figures=_figures(of),
        changes=[_kind(of, what, is_harm=False) for what in of.kinds(is_harm=False)],
        harms=[_kind(of, what, is_harm=True) for what in of.kinds(is_harm=True)],
        targets=targets,
        bars=drawn([target_bar(line.label, line.track, line.reached, line.wanted) for line in targets]),
        may_set=may_set,
        print_url=reverse("advocacy:results_board") + f"?country={of.country}&year={of.year or ''}",
    )


def board_page(user: User, country: str = "", year: str = "") -> BoardPage:
    """Return the figures that may leave: of each, either five cases share it or it says that fewer do."""
    of = _selected(user, country, year)
    return BoardPage(
        where=name_of(of.country) if of.country else _("All countries"),
        year=str(of.year) if of.year else _("All years"),
        targets=[_board_target(of, row) for row in _office_targets(of)],
        changes=[_board_kind(of, what, is_harm=False) for what in of.kinds(is_harm=False)],
        harms=[_board_kind(of, what, is_harm=True) for what in of.kinds(is_harm=True)],
    )


def _selected(user: User, country: str, year: str) -> Selection:
    """Count what stands everywhere and what the reader sees: two queries, however many rows."""
    seen, everywhere = _counted(Outcome.objects.visible_to(user)), _counted(Outcome.objects.all())
    rest = {cell: _less(whole, seen.get(cell, Counted())) for cell, whole in everywhere.items()}
    known = {cell: found for cell, found in rest.items() if found.cases >= FEWEST}
    return Selection(user, country, int(year) if year.isdecimal() and len(year) == 4 else None, seen, known)


def _counted(rows: Any) -> Mapping[Cell, Counted]:
    """Return how many outcomes stand in each country and year, by kind; one query over what stands in clear."""
    is_harm = Case(When(effect__in=WORSE, then=Value(True)), default=Value(False), output_field=BooleanField())
    cells = rows.present().annotate(is_for_worse=is_harm).order_by()
    cells = cells.values_list("case__country", "year", "what", "is_for_worse")
    ours = Count("pk", filter=_is_ours())
    cells = cells.annotate(number=Count("pk"), cases=Count("case", distinct=True), ours=ours)
    return {
        Cell(country, year, what, bool(is_worse)): Counted(number, of_cases, of_ours)
        for country, year, what, is_worse, number, of_cases, of_ours in cells
    }


def _is_ours() -> Q:
    stands = Q(claim__isnull=False, claim__removed_at=None) | Q(source__isnull=False, source__removed_at=None)
    return stands & Q(part__in=Outcome.OURS)


def _less(whole: Counted, seen: Counted) -> Counted:
    return Counted(whole.number - seen.number, whole.cases - seen.cases, whole.ours - seen.ours)


def _kind(of: Selection, what: str, *, is_harm: bool) -> KindRow:
    seen = [found for cell, found in of.seen.items() if (cell.what, cell.is_harm) == (what, is_harm)]
    rest = sum(found.number for cell, found in of.elsewhere.items() if (cell.what, cell.is_harm) == (what, is_harm))
    number, ours = sum(found.number for found in seen), sum(found.ours for found in seen)
    return KindRow(label("outcome_type", what), number, ours, few_or_number(rest))


def few_or_number(number: int) -> str:
    """Return a number of what five cases share at least, or that there are fewer: none, too, is fewer than five."""
    return str(number) if number else _("fewer than five")


def _figures(of: Selection) -> Sequence[Figure]:
    changes = [found for cell, found in of.seen.items() if not cell.is_harm]
    harms = [found for cell, found in of.seen.items() if cell.is_harm]
    rows = Target.objects.visible_to(of.user)
    rows = rows.filter(case__country=of.country) if of.country else rows
    rows = rows.filter(counts_from__year=of.year) if of.year else rows
    targets = rows.aggregate(every=Count("pk"), reached=Count("pk", filter=Q(verdict=Target.Verdict.REACHED)))
    whole = _("of %(number)s")
    number, ours = sum(found.number for found in changes), sum(found.ours for found in changes)
    return [
        Figure(str(targets["reached"]), _("targets judged as reached"), whole % {"number": targets["every"]}),
        Figure(str(ours), _("outcomes with evidence of our part"), whole % {"number": number}),
        Figure(
            str(sum(found.ours for found in harms)),
            _("harms perhaps ours"),
            whole % {"number": sum(found.number for found in harms)},
        ),
    ]


def _choices(every: str, pairs: Iterable[tuple[str, str]], chosen: str) -> Sequence[FilterChoice]:
    return [FilterChoice(value, name, value == chosen) for value, name in [("", every), *pairs]]


def _office_targets(of: Selection) -> Sequence[OfficeTarget]:
    """Return the targets of this country and year; in one country, those of all countries stand elsewhere."""
    figures: QuerySet[OfficeTargetFigure] = OfficeTargetFigure.objects.select_related("said_by").order_by("number")
    rows = OfficeTarget.objects.prefetch_related(Prefetch("figures", figures))
    rows = rows.filter(country=of.country) if of.country else rows
    return list(rows.filter(year=of.year) if of.year else rows)


def _cells_of(of: Selection, row: OfficeTarget) -> Sequence[Cell]:
    """Return the cells that count for a target of the office; a harm is never what was hoped for."""
    cells = {*of.all_seen, *of.all_elsewhere}
    fitting = (cell for cell in cells if not cell.is_harm and (cell.what, cell.year) == (row.what, row.year))
    return [cell for cell in fitting if row.country in {"", cell.country}]


def _office_lines(of: Selection, *, may_set: bool) -> Sequence[OfficeLine]:
    counted = []
    for row in _office_targets(of):
        found = [one.get(cell, Counted()) for cell in _cells_of(of, row) for one in (of.all_seen, of.all_elsewhere)]
        counted.append((row, list(row.figures.all()), sum(one.number for one in found)))
    return [_office_line(row, figures, number, may_set=may_set) for row, figures, number in counted]


def _office_line(
    row: OfficeTarget, figures: Sequence[OfficeTargetFigure], reached: int, *, may_set: bool
) -> OfficeLine:
    wanted = figures[-1].wanted
    return OfficeLine(
        label=str(row.get_what_display()),
        where=name_of(row.country) if row.country else _("All countries"),
        year=row.year,
        reached=reached,
        wanted=wanted,
        state=State(_("Reached"), "ring-full", "ok") if reached >= wanted else State(_("Under way"), "ring-half"),
        earlier=[
            EarlierWanted(
                before.wanted, relative_time.full_day(after.said_at), after.said_by.get_full_name(), after.reason or ""
            )
            for before, after in pairwise(figures)
        ],
        track=f"{name_of(row.country)} {row.year}" if row.country else str(row.year),
        adjust_url=reverse("advocacy:office_target_adjust", args=[row.pk]) if may_set else "",
    )


def _least_cases(cells: Iterable[tuple[Cell, Counted]]) -> int:
    """Return how many cases share these cells at the least: one case may stand in several years, but in one country."""
    most: dict[str, int] = defaultdict(int)
    for cell, found in cells:
        most[cell.country] = max(most[cell.country], found.cases)
    return sum(most.values())


def _leaving(of: Selection, cells: Sequence[Cell]) -> str:
    """Return the number that may leave: of what five cases share at the least, else that fewer do."""
    seen = [(cell, of.all_seen[cell]) for cell in cells if cell in of.all_seen]
    rest = [(cell, of.all_elsewhere[cell]) for cell in cells if cell in of.all_elsewhere]
    number = sum(found.number for _cell, found in (*seen, *rest))
    return str(number) if _least_cases(seen) + _least_cases(rest) >= FEWEST else _("fewer than five")


def _board_kind(of: Selection, what: str, *, is_harm: bool) -> BoardRow:
    cells = {*of.seen, *of.elsewhere}
    return BoardRow(
        label("outcome_type", what),
        _leaving(of, [cell for cell in cells if (cell.what, cell.is_harm) == (what, is_harm)]),
    )


def _board_target(of: Selection, row: OfficeTarget) -> BoardRow:
    where = name_of(row.country) if row.country else _("All countries")
    name = f"{row.get_what_display()}, {where}, {row.year}"
    return BoardRow(name, _leaving(of, _cells_of(of, row)), str(list(row.figures.all())[-1].wanted))
