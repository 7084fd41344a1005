"""What the table of claims shows: a page of rows with why each prints or not, and the sources beside them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.caching.open_forms import OpenElsewhere
from casework.disclosing.marks import OutsideMark, nobody
from casework.evidence.naming import NOT_USED, is_decided
from casework.models import Case, Citation, Claim, ClaimItem, Source
from casework.models.evidence import ClaimQuerySet
from casework.pages.people_named import people_named_in
from claims.actions.rulings import UNSETTLED
from claims.forms.rows import ClaimRowForm
from claims.forms.sources import SourceForm
from claims.forms.table import ClaimsTable
from claims.pages.asked import PageAsked
from claims.pages.fate import Fates, PrintFate
from directory.dates import sort_key
from directory.dates.told import shown
from directory.vocabulary import label

PAGE, MOST_BESIDE = 25, 6
# A row as a form weighs 15 kB, as words one; Django reads a thousand fields of one form.
MOST_OPEN, MOST_FIELDS = 10, 620
FIELDS_OF_A_ROW, FIELDS_OF_A_CHIP = 18, 3
AnyRow = ClaimRowForm | SourceForm


@dataclass(frozen=True)
class ClaimLine:
    """One row: a form where something is to be answered or was asked to be changed, else words (_row.html, _row_read.html)."""

    anchor: str
    number: int
    claim: Claim | None = None
    form: ClaimRowForm | None = None
    change_url: str = ""
    on: str = ""
    rules: str = ""
    credible: str = ""
    fate: PrintFate | None = None
    named: Sequence[str] = ()
    items: Sequence[str] = ()
    cited: Sequence[tuple[str, Citation, str]] = ()

    @property
    def page_url(self) -> str:
        """Return where the claim stands alone, as seen from the table: a whole address twice a row weighs a kilobyte a page."""
        return f"{self.claim.pk}/" if self.claim else ""

    @property
    def outside(self) -> OutsideMark:
        """Return who may read it outside; of an empty row, nobody."""
        return self.fate.outside if self.fate else nobody()


@dataclass(frozen=True)
class SourceLine:
    """One source beside the table (casework/claims/_source.html)."""

    number: int
    source: Source
    kind: str
    claims: str
    form: SourceForm | None = None
    change_url: str = ""


@dataclass(frozen=True)
class ClaimsTablePage:
    """A page of the table (casework/claims/table.html)."""

    case: Case
    here: str
    """The address without the row it led to: a browser that keeps that row in it does not go to the faults."""
    rows: Sequence[ClaimLine]
    beside: Sequence[SourceLine]
    more_sources: Sequence[SourceLine]
    count: int
    ruled: int
    needing: int
    may_change: bool
    is_needing: bool = False
    first_url: str = ""
    next_url: str = ""
    open_url: str = ""
    order_url: str = ""
    is_by_date: bool = False
    may_ask: bool = False
    faulty: Sequence[AnyRow] = ()
    fault_count: int = 0
    told: Sequence[str] = ()
    new_source: AnyRow | None = None
    tab: str = "claims"
    others: Sequence[OpenElsewhere] = ()
    opened: str | None = None
    """The row that stands open to be changed, empty for a whole page of them; None where the table is only read."""


def needing(case: Case) -> ClaimQuerySet:
    """Return the present claims that lack an answer, as `lacks_an_answer` says it of one."""
    cited = Exists(Citation.objects.present().filter(claim=OuterRef("pk")))
    said = Exists(ClaimItem.objects.filter(claim=OuterRef("pk"))) | Q(discloses_nothing=True)
    rows: ClaimQuerySet = Claim.objects.filter(case=case).present()
    return rows.filter(Q(on=None) | Q(credibility=None) | Q(status__in=UNSETTLED) | ~cited | ~said)


def lacks_an_answer(claim: Claim) -> bool:
    """Say whether somebody has still to source, date, grade or rule on a claim, or to say what it discloses."""
    is_silent = not claim.discloses_nothing and not claim.items.all()
    is_bare = all(cited.removed_at for cited in claim.citations.all())
    return claim.status in UNSETTLED or not claim.on or not claim.credibility or is_silent or is_bare


def claims_of_page(case: Case, asked: PageAsked) -> tuple[list[Claim], bool]:
    """Return the claims of a page, and whether more follow: 25, or fewer where more than ten rows stand open."""
    rows = needing(case) if asked.is_needing else Claim.objects.filter(case=case).present()
    if asked.is_by_date:
        numbers = _by_date(rows, after=asked.after)
        found = sorted(rows.filter(number__in=numbers).with_evidence(), key=lambda claim: numbers.index(claim.number))
    else:
        found = list(rows.filter(number__gt=asked.after).order_by("number").with_evidence()[: PAGE + 1])
    fields, opened, page = 0, 0, found[:1]
    for claim in found[1:PAGE]:
        if asked.is_open or lacks_an_answer(claim):
            opened += 1
            fields += FIELDS_OF_A_ROW + FIELDS_OF_A_CHIP * len(claim.citations.all())
        if fields > MOST_FIELDS or opened == MOST_OPEN:
            break
        page.append(claim)
    return page, len(found) > len(page)


def _by_date(rows: ClaimQuerySet, *, after: int) -> list[int]:
    """Return the numbers of the page that follows a claim, what happened first first; dates are sealed, so Python sorts.

    One without a date comes last, and those of one date by their number. A claim that was taken out begins no page: the
    first one is shown.
    """
    dated = sorted(rows.only("case_id", "number", "on"), key=lambda claim: (sort_key(claim.on), claim.number))
    numbers = [claim.number for claim in dated]
    begin = numbers.index(after) + 1 if after in numbers else 0
    return numbers[begin : begin + PAGE + 1]


@dataclass(frozen=True)
class ClaimsPageBuilder:
    """Puts a page together from the table's rows; what was sent and is faulty takes the place of what is stored."""

    case: Case
    table: ClaimsTable
    asked: PageAsked
    may_change: bool

    @cached_property
    def _numbers(self) -> Mapping[uuid.UUID, int]:
        return {source.pk: number for number, source in self.table.offered.sources.items()}

    @cached_property
    def _fates(self) -> Fates:
        return Fates(self.case, self.table.offered.sources, self.may_change, self.asked)

    def page(
        self, empty: Sequence[ClaimRowForm], source: AnyRow | None, faulty: Mapping[str, AnyRow], told: Sequence[str]
    ) -> ClaimsTablePage:
        """Return the page with these empty rows, and these rows as somebody typed them."""
        claims, is_more = claims_of_page(self.case, self.asked)
        sentences = "\n".join(claim.text or "" for claim in claims) if self.may_change else ""
        named = people_named_in(self.case, sentences).names
        rows = [self._line(claim, faulty.get(f"c{claim.number}"), named) for claim in claims]
        rows += [ClaimLine(str(form.prefix), int(str(form.prefix)[1:]), form=form) for form in empty]
        beside, more = self._sources(claims, faulty)
        count, ruled = self._counts()
        drawn: list[AnyRow | None] = [*(row.form for row in rows), *(line.form for line in beside)]
        wrong = [form for form in (*drawn, source) if form is not None and str(form.prefix) in faulty]
        return ClaimsTablePage(
            case=self.case,
            here=self.asked.here,
            rows=rows,
            beside=beside,
            more_sources=more,
            count=count,
            ruled=ruled,
            needing=needing(self.case).count(),
            may_change=self.may_change,
            is_needing=self.asked.is_needing,
            first_url=self._url(0) if self.asked.after else "",
            next_url=self._url(claims[-1].number) if is_more else "",
            open_url=self._opens() if any(row.form is None for row in rows) and self.may_change else "",
            order_url=self._other_order() if count > 1 else "",
            is_by_date=self.asked.is_by_date,
            may_ask=self.may_change and self.table.waits_for_others(rows_of_page=claims),
            faulty=wrong,
            fault_count=sum(_faults(form) for form in wrong),
            told=told,
            new_source=source,
        )

    def _counts(self) -> tuple[int, int]:
        """Return how many claims there are, and how many somebody ruled on."""
        ruled = ~Q(status__in=UNSETTLED)
        rows = Claim.objects.filter(case=self.case).present()
        found = rows.aggregate(all=Count("pk"), ruled=Count("pk", filter=ruled))
        return found["all"], found["ruled"]

    def _url(self, after: int) -> str:
        address, query = reverse("casework:claims", args=[self.case.reference]), self.asked.query(after=after)
        return f"{address}?{query}" if query else address

    def _other_order(self) -> str:
        """Return the way to the first page of the same claims, by date where they stand by number, and back."""
        asked = replace(self.asked, is_by_date=not self.asked.is_by_date, after=0)
        address, query = reverse("casework:claims", args=[self.case.reference]), asked.query()
        return f"{address}?{query}" if query else address

    def _opens(self) -> str:
        """Return the way to the same page with every row open, for who has several to change."""
        return f"?{replace(self.asked, is_open=True).query()}"

    def _line(self, claim: Claim, faulty: AnyRow | None, named: Sequence[str]) -> ClaimLine:
        form = faulty if isinstance(faulty, ClaimRowForm) else None
        if form is None and self._stands_open(claim):
            form = self.table.claim_row(claim)
        return ClaimLine(
            f"c{claim.number}",
            claim.number,
            claim,
            form,
            change_url=self.asked.to_row(claim.number) if self.may_change and form is None else "",
            on=shown(claim.on) if claim.on else "",
            rules=self._who_rules(claim),
            credible=f"{claim.credibility} {label('info_credibility', str(claim.credibility))}"
            if claim.credibility
            else "",
            fate=self._fates.of(claim),
            named=[name for name in named if name in (claim.text or "")],
            items=[label("consent_item", row.item) for row in claim.items.all()],
            cited=[
                (f"S{self._numbers[row.source_id]}", row, label("source_type", row.source.kind))
                for row in claim.citations.all()
                if row.removed_at is None and row.source_id in self._numbers
            ],
        )

    def _stands_open(self, claim: Claim) -> bool:
        """Say whether the row is a form: asked for, alone or with all others, or because an answer is missing."""
        is_asked = self.asked.is_open or claim.number == self.asked.row
        return self.may_change and (is_asked or lacks_an_answer(claim))

    def _who_rules(self, claim: Claim) -> str:
        if claim.status not in UNSETTLED or not self.may_change or self.table.may_rule(claim):
            return ""
        names = str(self.table.rulers[-1])
        if before := ", ".join(str(person) for person in self.table.rulers[:-1]):
            names = _("%(first)s or %(last)s") % {"first": before, "last": names}
        return _("You wrote it. %(names)s rules.") % {"names": names}

    def _sources(
        self, claims: Iterable[Claim], faulty: Mapping[str, AnyRow]
    ) -> tuple[list[SourceLine], list[SourceLine]]:
        """Return the sources that stand open beside the page, and the others as lines that lead to theirs."""
        here = {row.source_id for claim in claims for row in claim.citations.all() if row.removed_at is None}
        cited = self._cited_by()
        lines = [
            SourceLine(number, source, label("source_type", source.kind), ", ".join(map(str, cited[number])))
            for number, source in self.table.offered.sources.items()
        ]
        first = sorted(
            lines,
            key=lambda line: (
                line.number != self.asked.source,
                self._is_unasked(line, faulty),
                line.source.pk not in here,
                line.number,
            ),
        )
        opened = sorted(first[:MOST_BESIDE], key=lambda line: line.number)
        if not self.may_change:
            return opened, first[MOST_BESIDE:]
        return [self._changeable(line, faulty) for line in opened], first[MOST_BESIDE:]

    def _changeable(self, line: SourceLine, faulty: Mapping[str, AnyRow]) -> SourceLine:
        """Return a source as a form where somebody asked for it or nobody has decided how it is named, else with the way there."""
        if self._is_unasked(line, faulty) and (is_decided(line.source) or line.source.secrecy in NOT_USED):
            return replace(line, change_url=self.asked.to_source(line.number))
        return replace(line, form=self._source_form(line, faulty))

    def _is_unasked(self, line: SourceLine, faulty: Mapping[str, AnyRow]) -> bool:
        return not (self.asked.is_open or line.number == self.asked.source or f"s{line.number}" in faulty)

    def _source_form(self, line: SourceLine, faulty: Mapping[str, AnyRow]) -> SourceForm:
        form = faulty.get(f"s{line.number}")
        return form if isinstance(form, SourceForm) else self.table.source_row(line.number, line.source)

    def _cited_by(self) -> Mapping[int, Sequence[int]]:
        """Return the numbers of the claims on each source, in one query."""
        rows = Citation.objects.filter(case=self.case, claim__removed_at=None).present().order_by("claim__number")
        found: dict[int, list[int]] = defaultdict(list)
        for source, number in rows.values_list("source", "claim__number"):
            if source in self._numbers:
                found[self._numbers[source]].append(number)
        return found


def _faults(form: AnyRow) -> int:
    own = sum(len(faults) for faults in form.errors.values())
    new = form.new if isinstance(form, ClaimRowForm) and form.is_adding_new else None
    return own + (sum(len(faults) for faults in new.errors.values()) if new is not None else 0)
