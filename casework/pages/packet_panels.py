"""What the packet page shows of evidence, asks, events and consent: read once, in the words of the page."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import dates
from casework.evidence import publishability
from casework.evidence.source_numbers import numbered_sources
from casework.models import Case, Citation, Claim, Source
from casework.pages.consent_matrix import GivenConsent, MatrixLine, in_words, is_withdrawn, ledger_of, matrix
from directory.vocabulary import label

VERIFIED = frozenset({Claim.Status.CORROBORATED, Claim.Status.DOCUMENTED})
SourceNumbers = dict[uuid.UUID, int]


@dataclass(frozen=True)
class CitationRow:
    """A source under a claim: its number, its kind, and the two grades side by side."""

    row: Citation
    number: str
    kind: str
    grade: str
    is_against: bool


@dataclass(frozen=True)
class ClaimRow:
    """One claim as a list shows it (casework/_claims.html)."""

    number: int
    text: str | None
    status: str
    note: str
    is_in_conflict: bool
    url: str
    sources: Sequence[CitationRow]


@dataclass(frozen=True)
class ClaimsPanel:
    """The claims of a case, and how many of them are verified."""

    rows: Sequence[ClaimRow]
    count: int
    verified: int
    may_change: bool


@dataclass(frozen=True)
class SourceRow:
    """One source of a case, with the numbers of the claims that stand on it."""

    number: str
    source: Source
    kind: str
    on: str
    claims: Sequence[int]


@dataclass(frozen=True)
class ConsentPanel:
    """The matrix of the packet page and the line beneath it."""

    lines: Sequence[MatrixLine]
    given: GivenConsent | None
    is_withdrawn: bool
    is_empty: bool


def claims_panel(case: Case, *, may_change: bool = False, claims: Iterable[Claim] | None = None) -> ClaimsPanel:
    """Return the claims of a case with their sources, grades and what each may be printed as; four queries, or one."""
    numbers = numbered_sources(case)
    if claims is None:
        claims = Claim.objects.filter(case=case).present().with_evidence()
    rows = [shown_claim(claim, case, numbers) for claim in claims]
    return ClaimsPanel(rows, len(rows), sum(row.status in VERIFIED for row in rows), may_change)


def shown_claim(claim: Claim, case: Case, numbers: SourceNumbers) -> ClaimRow:
    """Return one claim as a list shows it; citations and items are asked for with with_evidence()."""
    note = publishability.in_words(claim)
    if not note and not claim.discloses_nothing and not claim.items.all():
        note = _("Prints nowhere until somebody says what it discloses.")
    return ClaimRow(
        number=claim.number,
        text=claim.text,
        status=claim.status,
        note=note,
        is_in_conflict=claim.status == Claim.Status.CONFLICT,
        url=reverse("casework:claim", args=[case.reference, claim.pk]),
        sources=[shown_citation(cited, claim, numbers) for cited in claim.citations.all() if is_present(cited)],
    )


def is_present(cited: Citation) -> bool:
    """Say whether neither the citation nor its source was removed."""
    return cited.removed_at is None and cited.source.removed_at is None


def shown_citation(cited: Citation, claim: Claim, numbers: SourceNumbers) -> CitationRow:
    """Return a source under a claim: its number, its kind, and the two grades side by side."""
    return CitationRow(
        row=cited,
        number=f"S{numbers[cited.source_id]}",
        kind=label("source_type", cited.source.kind),
        grade=f"{cited.source.reliability}{claim.credibility or ''}",
        is_against=cited.kind == Citation.Kind.CONTRADICTS,
    )


def sources_panel(case: Case) -> list[SourceRow]:
    """Return the sources of a case in their order, with how many claims stand on each."""
    numbers = numbered_sources(case)
    rows = Source.objects.filter(case=case).present().prefetch_related("citations__claim").order_by("created_at", "pk")
    return [
        SourceRow(
            number=f"S{numbers[row.pk]}",
            source=row,
            kind=label("source_type", row.kind),
            on=dates.in_words(row.on) if row.on else "",
            claims=sorted(
                cited.claim.number
                for cited in row.citations.all()
                if cited.removed_at is None and cited.claim.removed_at is None
            ),
        )
        for row in rows
    ]


def consent_panel(case: Case) -> ConsentPanel:
    """Return the matrix of the packet page and the line beneath it; two queries, and nothing sealed is opened."""
    ledger = ledger_of(case)
    return ConsentPanel(matrix(ledger), in_words(ledger), is_withdrawn(ledger), is_empty=not ledger.answers)
