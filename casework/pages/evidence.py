"""What the pages of claims and sources show, each on a page of its own."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.caching.open_forms import OpenElsewhere
from casework.evidence import publishability
from casework.evidence.source_numbers import numbered_sources
from casework.forms.evidence import SourceIdentityForm
from casework.forms.scripts import scripts_in_words
from casework.models import Case, Citation, Claim, Source, TimelineEvent
from casework.pages.people_named import PeopleNamed, people_named_in
from casework.pages.rows import NextStep
from directory.dates.told import shown
from directory.vocabulary import label

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
class SourceRow:
    """One source of a case, with the numbers of the claims that stand on it."""

    number: str
    source: Source
    kind: str
    on: str
    claims: Sequence[int]


@dataclass(frozen=True)
class ClaimPage:
    """One claim: what it says, how far it was checked, what it would disclose (casework/evidence/claim.html)."""

    case: Case
    claim: Claim
    next: NextStep | None
    on: str
    items: Sequence[str]
    cited: Sequence[CitationRow]
    print_note: str
    credibility: str
    named: PeopleNamed | None
    may_change: bool
    may_become_event: bool
    """Whether the reader may put it on the timeline, where it does not stand yet."""
    tab: str = "packet"


@dataclass(frozen=True)
class SourcesPage:
    """Every source of a case (casework/evidence/sources.html)."""

    case: Case
    rows: Sequence[SourceRow]
    may_change: bool
    tab: str = "packet"


@dataclass(frozen=True)
class SourcePage:
    """One source with what stands on it, and whether somebody protected is behind it (casework/evidence/source.html)."""

    case: Case
    source: Source
    number: str
    on: str
    seen_on: str
    cited: Sequence[Citation]
    has_identity: bool
    may_change: bool
    may_see: bool
    tab: str = "packet"


@dataclass(frozen=True)
class SourceIdentityPage:
    """Who a source is (casework/evidence/identity.html)."""

    case: Case
    source: Source
    form: SourceIdentityForm
    title: str
    lead: str
    act_label: str
    back_url: str
    formless_in: str
    may_change: bool
    tab: str = "packet"
    others: Sequence[OpenElsewhere] = ()


def claim_page(claim: Claim, *, may_change: bool) -> ClaimPage:
    """Return one claim with its present sources; the next step is for who may take it.

    So is whom the sentence names: that a name is not told would tell that somebody of that name is on the case.
    """
    cited = _cited(claim)
    grade = f"{claim.credibility}: {label('info_credibility', str(claim.credibility))}"
    return ClaimPage(
        case=claim.case,
        claim=claim,
        next=_next_step(claim, cited) if may_change else None,
        on=shown(claim.on) if claim.on else "",
        items=[label("consent_item", item.item) for item in claim.items.all()],
        cited=_shown_cited(claim, cited),
        print_note=publishability.band_in_words(claim),
        credibility=grade if claim.credibility else "",
        named=people_named_in(claim.case, claim.text) if may_change else None,
        may_change=may_change,
        may_become_event=may_change and not TimelineEvent.objects.present().filter(claim=claim).exists(),
    )


def sources_page(case: Case, *, may_change: bool) -> SourcesPage:
    """Return the sources of a case."""
    return SourcesPage(case, source_rows(case), may_change)


def source_page(source: Source, rights: frozenset[str]) -> SourcePage:
    """Return one source; who it is stands on a page of its own."""
    cited = [row for row in source.citations.present().select_related("claim") if row.claim.removed_at is None]
    return SourcePage(
        case=source.case,
        source=source,
        number=f"S{numbered_sources(source.case)[source.pk]}",
        on=shown(source.on) if source.on else "",
        seen_on=shown(source.seen_on) if source.seen_on else "",
        cited=sorted(cited, key=lambda row: row.claim.number),
        has_identity=bool(source.identity),
        may_change="change_case" in rights,
        may_see="view_identity" in rights,
    )


def source_identity_page(source: Source, form: SourceIdentityForm, *, may_change: bool) -> SourceIdentityPage:
    """Return who a source is. Whoever calls this has recorded the look."""
    return SourceIdentityPage(
        case=source.case,
        source=source,
        form=form,
        title=_("Who the source is"),
        lead=_("This view was recorded."),
        act_label=_("Save who the source is"),
        back_url=reverse("casework:source", args=[source.case.reference, source.pk]),
        formless_in=scripts_in_words(source.formless_in or ""),
        may_change=may_change,
    )


def _is_present(cited: Citation) -> bool:
    """Say whether neither the citation nor its source was removed."""
    return cited.removed_at is None and cited.source.removed_at is None


def _shown_citation(cited: Citation, claim: Claim, numbers: SourceNumbers) -> CitationRow:
    """Return a source under a claim: its number, its kind, and the two grades side by side."""
    return CitationRow(
        row=cited,
        number=f"S{numbers[cited.source_id]}",
        kind=label("source_type", cited.source.kind),
        grade=f"{cited.source.reliability}{claim.credibility or ''}",
        is_against=cited.kind == Citation.Kind.CONTRADICTS,
    )


def source_rows(case: Case) -> list[SourceRow]:
    """Return the sources of a case in their order, with how many claims stand on each."""
    numbers = numbered_sources(case)
    rows = Source.objects.filter(case=case).present().prefetch_related("citations__claim").order_by("created_at", "pk")
    return [
        SourceRow(
            number=f"S{numbers[row.pk]}",
            source=row,
            kind=label("source_type", row.kind),
            on=shown(row.on) if row.on else "",
            claims=sorted(
                cited.claim.number
                for cited in row.citations.all()
                if cited.removed_at is None and cited.claim.removed_at is None
            ),
        )
        for row in rows
    ]


def _cited(claim: Claim) -> list[Citation]:
    """Return the present citations of a claim with their sources, oldest first; one query."""
    rows = claim.citations.select_related("source").order_by("created_at")
    return [row for row in rows if _is_present(row)]


def _shown_cited(claim: Claim, cited: Iterable[Citation]) -> list[CitationRow]:
    numbers = numbered_sources(claim.case)
    return [_shown_citation(row, claim, numbers) for row in cited]


def _next_step(row: Claim, cited: list[Citation]) -> NextStep | None:
    """Return the one thing that keeps a claim from being printed, and where it is done; None when nothing does."""
    reference = row.case.reference
    if not any(publishability.is_support(c) for c in cited):
        url = reverse("casework:add_citation", args=[reference, row.pk])
        return NextStep(_("cite the source that supports this claim."), url, _("Cite a source"))
    if row.status in publishability.WITHOUT_FORCE - {Claim.Status.REFUTED} or row.credibility is None:
        url = reverse("casework:verify_claim", args=[reference, row.pk])
        words = _("say how far this claim was checked: it prints nowhere until then.")
        if row.status == Claim.Status.CONFLICT:
            words = _("rule on the conflict: the claim prints nowhere until then.")
        return NextStep(words, url, _("Rule on claim %(number)s") % {"number": row.number})
    if not row.discloses_nothing and not row.items.all():
        url = reverse("casework:change_claim", args=[reference, row.pk])
        return NextStep(_("say what this claim would disclose."), url, _("Say what it discloses"))
    return None
