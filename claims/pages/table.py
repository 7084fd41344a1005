"""What the table of claims shows: a page of rows with why each prints or not, and the sources beside them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Case, Citation, Claim, Source
from casework.models.evidence import ClaimQuerySet
from casework.pages.people_named import people_named_in
from claims.forms.rows import ClaimRowForm
from claims.forms.sources import SourceForm
from claims.forms.table import ClaimsTable
from claims.pages.fate import Fates, PrintFate
from directory.dates.told import shown
from directory.vocabulary import label

PAGE, MOST_BESIDE, MOST_FIELDS = 10, 10, 620  # a row weighs 15 kB; Django reads a thousand fields of one form
FIELDS_OF_A_ROW, FIELDS_OF_A_CHIP = 18, 3
UNSETTLED = frozenset({Claim.Status.NEW, Claim.Status.STALE, Claim.Status.CONFLICT})
AnyRow = ClaimRowForm | SourceForm


@dataclass(frozen=True)
class ClaimLine:
    """One row: a form, or words for who may not change it (casework/claims/_row.html, _row_read.html)."""

    anchor: str
    number: int
    claim: Claim | None = None
    form: ClaimRowForm | None = None
    on: str = ""
    rules: str = ""
    credible: str = ""
    fate: PrintFate | None = None
    named: Sequence[str] = ()
    items: Sequence[str] = ()
    cited: Sequence[tuple[str, Citation, str]] = ()


@dataclass(frozen=True)
class SourceLine:
    """One source beside the table (casework/claims/_source.html)."""

    number: int
    source: Source
    kind: str
    claims: str
    form: SourceForm | None = None


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
    faulty: Sequence[AnyRow] = ()
    fault_count: int = 0
    told: Sequence[str] = ()
    new_source: AnyRow | None = None
    tab: str = "claims"


@dataclass(frozen=True)
class PageAsked:
    """Which page of the table is asked for: what begins it, whether those that need an answer alone, which source beside."""

    after: int = 0
    is_needing: bool = False
    source: int = 0
    here: str = ""


def needing(case: Case) -> ClaimQuerySet:
    """Return the present claims that lack a date, a grade, or what they disclose."""
    silent = Q(discloses_nothing=False, items=None)
    rows: ClaimQuerySet = Claim.objects.filter(case=case).present()
    return rows.filter(Q(on=None) | Q(credibility=None) | silent).distinct()


def claims_of_page(case: Case, asked: PageAsked) -> tuple[list[Claim], bool]:
    """Return the claims of a page, and whether more follow: ten, or fewer where many sources stand under them."""
    rows = needing(case) if asked.is_needing else Claim.objects.filter(case=case).present()
    found = list(rows.filter(number__gt=asked.after).order_by("number").with_evidence()[: PAGE + 1])
    fields, page = 0, found[:1]
    for claim in found[1:PAGE]:
        fields += FIELDS_OF_A_ROW + FIELDS_OF_A_CHIP * len(claim.citations.all())
        if fields > MOST_FIELDS:
            break
        page.append(claim)
    return page, len(found) > len(page)


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
        return Fates(self.case, self.table.offered.sources, self.may_change)

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
        told = [f"after={after}"] if after else []
        told += ["needs=answer"] if self.asked.is_needing else []
        address = reverse("casework:claims", args=[self.case.reference])
        return f"{address}?{'&'.join(told)}" if told else address

    def _line(self, claim: Claim, faulty: AnyRow | None, named: Sequence[str]) -> ClaimLine:
        form = faulty if isinstance(faulty, ClaimRowForm) else None
        if form is None and self.may_change:
            form = self.table.claim_row(claim)
        return ClaimLine(
            f"c{claim.number}",
            claim.number,
            claim,
            form,
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
        first = sorted(lines, key=lambda line: (self._is_asked(line, faulty), line.source.pk not in here, line.number))
        opened = sorted(first[:MOST_BESIDE], key=lambda line: line.number)
        if not self.may_change:
            return opened, first[MOST_BESIDE:]
        return [replace(line, form=self._source_form(line, faulty)) for line in opened], first[MOST_BESIDE:]

    def _is_asked(self, line: SourceLine, faulty: Mapping[str, AnyRow]) -> bool:
        return not (line.number == self.asked.source or f"s{line.number}" in faulty)

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
