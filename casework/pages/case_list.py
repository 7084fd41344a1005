"""The list of cases: filters, facets and pages by key. It opens nothing that is sealed; the column *Held* does."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OfficeRole
from casework.access import MANY, sees_many
from casework.access.kept_counts import KEPT, CaseCounts
from casework.models import Case
from casework.pages.nearby import Nearby, nearby_page
from casework.search import Findable, findable_by, found_condition, kept_words
from directory.countries import is_known_country, name_of
from directory.vocabulary import label, terms
from sealing.queries import FLAG, KEY, PERSON, TEXT, array_of, several, written_once

ROWS = 25
MOST_COUNTED = MANY
NARROWED = {
    "user": PERSON,
    "row_by_row": FLAG,
    "countries": several(TEXT),
    "statuses": several(TEXT),
    "is_mine": FLAG,
    "is_search": FLAG,
    "found": array_of(KEY),
    "found_countries": several(TEXT),
}
SHOWN = ("reference", "codename", "country", "status", "status_on", "group", "lead__name", "lead__username")


@dataclass(frozen=True)
class Wanted:
    """What the reader asked the list for, read from the address."""

    countries: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    is_mine: bool = False
    key: str = ""
    words: str = ""
    after: str = ""
    only: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything but the page narrows the list."""
        return bool(self.countries or self.statuses or self.is_mine or self.words)

    def address(self, **changes: Any) -> str:
        """Return the query of the address with these changes, from the first page on unless `after` is among them."""
        asked = {
            "country": self.countries,
            "status": self.statuses,
            "mine": "1" if self.is_mine else "",
            "words": self.key,
        }
        asked |= changes
        query = urlencode([(name, value) for name, values in asked.items() for value in _several(values) if value])
        return f"?{query}" if query else "?"


@dataclass(frozen=True)
class NarrowedBy:
    """What narrows the list in the database: the values of its queries."""

    user: User
    row_by_row: bool
    countries: Sequence[str]
    statuses: Sequence[str]
    is_mine: bool
    is_search: bool
    found: Sequence[uuid.UUID]
    found_countries: Sequence[str]


@dataclass(frozen=True)
class FacetOption:
    """One answer of a filter, with how many cases it would leave where that was counted."""

    value: str
    label: str
    count: int | None
    is_on: bool


@dataclass(frozen=True)
class Filter:
    """One filter with its options (a group of parts/filters.html)."""

    legend: str
    name: str
    options: Sequence[FacetOption]


@dataclass(frozen=True)
class AppliedFilter:
    """A filter that is on, and the address without it (parts/applied.html)."""

    label: str
    url: str


@dataclass(frozen=True)
class CaseView:
    """One of the fixed views of the list: its words, how many cases it holds, and whether it is the one shown."""

    label: str
    count: str
    url: str
    is_shown: bool


@dataclass(frozen=True)
class ListedCase:
    """One case of the list with its codes in words."""

    case: Case
    country: str
    status: str


@dataclass(frozen=True)
class CaseListPage:
    """One page of the cases that the reader may see (casework/cases.html)."""

    rows: Sequence[ListedCase]
    wanted: Wanted
    views: Sequence[CaseView]
    groups: Sequence[Filter]
    keep: Sequence[tuple[str, str]]
    applied: Sequence[AppliedFilter]
    on_count: int
    note: str
    next_url: str
    first_url: str
    may_open: bool
    is_forgotten: bool
    nearby: Nearby


def wanted_from(query: QueryDict, user: User) -> Wanted:
    """Return what an address asks for; codes that do not exist and keys of others are passed over."""
    key = query.get("words", "")
    words = kept_words(user, key) if key else ""
    return Wanted(
        countries=tuple(code for code in query.getlist("country") if is_known_country(code)),
        statuses=tuple(code for code in query.getlist("status") if code in terms("detention_status")),
        is_mine=query.get("mine") == "1",
        key=key if words else "",
        words=words,
        after=query.get("after", ""),
        only=query.get("found", ""),
    )


def case_list_page(user: User, wanted: Wanted, *, is_forgotten: bool) -> CaseListPage:
    """Return one page of what this person may see, in a number of queries that does not grow with the rows.

    `is_forgotten` says that the address names words of a search which are kept no longer.
    """
    is_many = sees_many(user)
    narrowed = _narrowed_by(user, wanted, row_by_row=is_many)
    asked = vars(narrowed)
    codename, _space, reference = wanted.after.rpartition(" ")
    is_first_found = bool(wanted.words) and not wanted.after
    place = {"is_after": bool(wanted.after), "codename": codename, "reference": reference}
    shown = _shown(**asked, **place, is_counted=is_first_found)
    counts = KEPT.of(user.pk, lambda: _count_many(user)) if is_many else _count_few(user)
    all_of = _in_words(len(counts.codes))
    found = all_of
    if wanted.is_narrowed and not wanted.after and len(shown) <= ROWS:
        found = str(len(shown))
    elif is_first_found:
        found = _in_words(shown[0].found)  # type: ignore[attr-defined]  # the query counted while it looked
    elif wanted.words:
        found = _in_words(_narrowed_to.count(**asked))
    elif wanted.is_narrowed:
        narrowing = (wanted.countries, wanted.statuses, wanted.is_mine)
        found = _in_words(counts.left_by(narrowing, lambda: _narrowed_to.count(**asked)))
    return CaseListPage(
        rows=_listed(shown[:ROWS]),
        wanted=wanted,
        views=_views(wanted, mine=_in_words(counts.led), all_of=all_of),
        groups=_filters(counts.codes, wanted),
        keep=[pair for pair in (("mine", "1" if wanted.is_mine else ""), ("words", wanted.key)) if pair[1]],
        applied=_applied(wanted),
        on_count=len(wanted.countries) + len(wanted.statuses),
        note=_("%(found)s of %(all)s cases.") % {"found": found, "all": all_of},
        next_url=wanted.address(after=str(shown[ROWS - 1])) if len(shown) > ROWS else "",
        first_url=wanted.address() if wanted.after else "",
        may_open=leads_to_opening(user),
        is_forgotten=is_forgotten,
        nearby=_nearby(user, wanted, narrowed) if is_first_found else Nearby(),
    )


def _nearby(user: User, wanted: Wanted, narrowed: NarrowedBy) -> Nearby:
    return nearby_page(
        user,
        wanted.words,
        narrowed.found,
        sees_many=narrowed.row_by_row,
        only=wanted.only,
        address=wanted.address(),
    )


def _listed(cases: Sequence[Case]) -> list[ListedCase]:
    country, status = cache(name_of), cache(partial(label, "detention_status"))
    return [ListedCase(case, country(case.country), status(case.status)) for case in cases]


def _views(wanted: Wanted, *, mine: str, all_of: str) -> list[CaseView]:
    return [
        CaseView(_("Mine"), mine, wanted.address(mine="1"), wanted.is_mine),
        CaseView(_("All I may see"), all_of, wanted.address(mine=""), not wanted.is_mine),
    ]


def leads_to_opening(user: User) -> bool:
    """Say whether the list shows the way to a new case; the page behind it asks anew."""
    return OfficeRole.OUTSIDE_REVIEWER not in user.current_roles


def _in_words(found: int) -> str:
    """Return how many there are; nobody counts further than a thousand."""
    return _("more than 1,000") if found > MOST_COUNTED else str(found)


def _applied(wanted: Wanted) -> list[AppliedFilter]:
    """Return the filters that are on, each with the address without it."""
    rows = [
        AppliedFilter(name_of(code), wanted.address(country=[other for other in wanted.countries if other != code]))
        for code in wanted.countries
    ]
    rows += [
        AppliedFilter(
            label("detention_status", code),
            wanted.address(status=[other for other in wanted.statuses if other != code]),
        )
        for code in wanted.statuses
    ]
    if wanted.words:
        rows.append(AppliedFilter(_("Search: %(words)s") % {"words": wanted.words}, wanted.address(words="")))
    return rows


def _narrowed_by(user: User, wanted: Wanted, *, row_by_row: bool) -> NarrowedBy:
    """Return what the queries of the list are asked with."""
    found = findable_by(user, wanted.words) if wanted.words else Findable()
    return NarrowedBy(
        user=user,
        row_by_row=row_by_row,
        countries=wanted.countries,
        statuses=wanted.statuses,
        is_mine=wanted.is_mine,
        is_search=bool(wanted.words),
        found=found.cases,
        found_countries=found.countries,
    )


def _narrowed(by: NarrowedBy) -> QuerySet[Case]:
    asked = Q()
    if by.countries:
        asked &= Q(country__in=by.countries)
    if by.statuses:
        asked &= Q(status__in=by.statuses)
    if by.is_mine:
        asked &= Q(lead_id=by.user.pk)
    if by.is_search:
        asked &= found_condition(by.found, by.found_countries)
    return Case.objects.visible_to(by.user, row_by_row=by.row_by_row).filter(asked)


def _count_many(user: User) -> CaseCounts:
    codes = [(country, status) for country, status, _lead in _codes(user=user, row_by_row=True)]
    return CaseCounts(codes, _led.count(user=user))


def _count_few(user: User) -> CaseCounts:
    found = _codes(user=user, row_by_row=False)
    led = sum(lead == user.pk for _country, _status, lead in found)
    return CaseCounts([(country, status) for country, status, _lead in found], led)


@written_once(**NARROWED, is_after=FLAG, codename=TEXT, reference=TEXT, is_counted=FLAG)
def _shown(*, is_after: bool, codename: str, reference: str, is_counted: bool, **asked: Any) -> QuerySet[Case]:
    """Ask for the rows of a page; `is_counted` says with each how many there are, of all whose right was asked."""
    rows = _narrowed(NarrowedBy(**asked)).select_related("lead").only(*SHOWN)
    if is_counted:
        rows = rows.annotate(found=Window(Count("pk")))
    if is_after:
        rows = rows.filter(Q(codename__gt=codename) | Q(codename=codename, reference__gt=reference))
    return rows.order_by("codename", "reference")[: ROWS + 1]


@written_once(**NARROWED)
def _narrowed_to(**asked: Any) -> QuerySet[Case, int]:
    return _narrowed(NarrowedBy(**asked)).order_by().values_list("lead_id", flat=True)[: MOST_COUNTED + 1]


@written_once(user=PERSON, row_by_row=FLAG)
def _codes(*, user: User, row_by_row: bool) -> QuerySet[Case, tuple[str, str, int]]:
    visible = Case.objects.visible_to(user, row_by_row=row_by_row).order_by("codename")
    return visible.values_list("country", "status", "lead_id")[: MOST_COUNTED + 1]


@written_once(user=PERSON)
def _led(*, user: User) -> QuerySet[Case, int]:
    visible = Case.objects.visible_to(user).filter(lead_id=user.pk).order_by()
    return visible.values_list("lead_id", flat=True)[: MOST_COUNTED + 1]


def _filters(pairs: Sequence[tuple[str, str]], wanted: Wanted) -> list[Filter]:
    """Return the options of each filter among the first thousand cases; beyond that without figures."""
    is_whole = len(pairs) <= MOST_COUNTED
    by_country = Counter(country for country, _status in pairs)
    by_status = Counter(status for _country, status in pairs)
    countries = sorted({*by_country, *wanted.countries}, key=name_of)
    statuses = [code for code in terms("detention_status") if code in by_status or code in wanted.statuses]
    of_country = [_option(code, name_of(code), by_country, is_whole, wanted.countries) for code in countries]
    of_status = [
        _option(code, label("detention_status", code), by_status, is_whole, wanted.statuses) for code in statuses
    ]
    return [Filter(_("Country"), "country", of_country), Filter(_("Status"), "status", of_status)]


def _option(code: str, words: str, counts: Counter[str], is_whole: bool, on: tuple[str, ...]) -> FacetOption:
    return FacetOption(code, words, counts[code] if is_whole else None, code in on)


def _several(values: Any) -> list[str]:
    return [values] if isinstance(values, str) else list(values)
