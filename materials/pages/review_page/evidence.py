"""What is known about a text: its claims with their sources, what was kept back, consents, assessments."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from casework import consent_rule
from casework.access import rights_on
from casework.models import Case, Claim
from casework.pages.rows import SummaryRow
from casework.translating.wording import wording_of
from directory.vocabulary import label
from materials import disclosures
from materials.models import Material, MaterialClaim, MaterialItem
from papers.composing.allowed import items_allowed
from papers.composing.composing import letters_of
from papers.composing.judging import Judged, grade, judge, sources_of
from papers.printed_as import PrintedAs
from safety.assessing.facts import Printed
from safety.assessing.unseen import may_read_it
from safety.models import RiskAssessment, RiskHarm


@dataclass(frozen=True)
class ReviewedClaimRow:
    """A claim that the text prints, and whether it may stand there (materials/_claims.html)."""

    label: str
    text: str
    translation: str
    """What a text in another language prints of it; the reviewer sees both."""
    status: str
    printed_as: str
    grades: str
    sources: list[str]
    is_usable: bool
    url: str


@dataclass(frozen=True)
class ConsentRow:
    """An item that the text discloses, and whether consent opens it now (materials/_consents.html)."""

    case: Case
    item: str
    state: str
    until: datetime | None
    is_open: bool


@dataclass(frozen=True)
class ShownAssessment:
    """The latest assessment of a case, where it is read, and the lines that this reader may see."""

    case: Case
    row: RiskAssessment | None
    url: str
    lines: list[SummaryRow]


def claim_rows(material: Material, cases: list[Case]) -> list[ReviewedClaimRow]:
    """Return the claims that the present revision prints, by their number, and whether each may stand there."""
    letters = letters_of(cases)
    references = {case.pk: case.reference for case in cases}
    wording = wording_of(cases, material.language)
    allowed = {case.pk: items_allowed(case, material.audience, material.level) for case in cases}
    rows = MaterialClaim.objects.filter(material=material, revision=material.revision).select_related("claim")
    rows = rows.prefetch_related("claim__citations__source", "claim__items").order_by("claim__case_id", "claim__number")
    return [
        _claim(row, letters, references, judge(row.claim, allowed[row.claim.case_id], wording))
        for row in rows
        if row.claim.case_id in references
    ]


def _claim(
    row: MaterialClaim, letters: dict[uuid.UUID, str], references: dict[uuid.UUID, str], judged: Judged
) -> ReviewedClaimRow:
    claim = row.claim
    is_usable = (
        judged.is_printed
        and (judged.printed_as != "attributed" or row.printed_as == "attributed")
        and claim.removed_at is None
    )
    url = reverse("casework:claim", args=[references[claim.case_id], claim.pk]) if claim.removed_at is None else ""
    return ReviewedClaimRow(
        label=f"{letters[claim.case_id]}{claim.number}",
        text=claim.text,
        translation=_translation(judged),
        status=claim.status,
        printed_as=row.get_printed_as_display(),
        grades=" ".join(grade(source, [claim]) for source in sources_of(claim)),
        sources=[source.title for source in sources_of(claim)],
        is_usable=is_usable,
        url=url,
    )


def _translation(judged: Judged) -> str:
    """Return the translation that stands for the claim now; nothing in the language of the packet."""
    row = judged.wording.translation(judged.claim, "text")
    return (row.text or "") if row else ""


def consent_rows(material: Material, cases: list[Case]) -> list[ConsentRow]:
    """Return for each item that the text discloses whether consent opens it for this audience now, and until when."""
    rows = []
    disclosed = disclosures.items_of(material)
    ledgers = consent_rule.ledgers_of(cases)
    for case in cases:
        asked = ledgers[case.pk].ask(material.audience, material.level)
        for item in sorted(disclosed.get(case.pk, ())):
            opening = asked.of(item)
            rows.append(
                ConsentRow(case, label("consent_item", item), opening.state, opening.until, is_open=opening.is_open)
            )
    return rows


def printed_of(material: Material, case: Case) -> Printed:
    """Return what the present revision prints of this case, for the questions that are asked of it."""
    used = MaterialClaim.objects.filter(material=material, revision=material.revision, claim__case=case)
    rows = {use.claim_id: use.printed_as == PrintedAs.ATTRIBUTED for use in used}
    claims = Claim.objects.filter(pk__in=rows).with_evidence().order_by("number")
    items = MaterialItem.objects.filter(material=material, revision=material.revision, case=case, contact=None)
    return Printed(tuple((claim, rows[claim.pk]) for claim in claims), frozenset(items.values_list("item", flat=True)))


def assessment_rows(cases: list[Case], viewer: User) -> list[ShownAssessment]:
    """Return the latest assessment of each case; what it says only to those who may read it."""
    shown: list[ShownAssessment] = []
    for case in cases:
        row = RiskAssessment.objects.latest_of(case)
        if row is None:
            shown.append(ShownAssessment(case, None, reverse("safety:safety", args=[case.reference]), []))
            continue
        url = reverse("safety:assessment", args=[case.reference, row.pk])
        lines = _assessment_lines(row, may_read=may_read_it(row, viewer, rights_on(viewer, case)))
        shown.append(ShownAssessment(case, row, url, lines))
    return shown


def _assessment_lines(row: RiskAssessment, *, may_read: bool) -> list[SummaryRow]:
    until = date_format(timezone.localtime(row.expires_at), "j F Y") if row.expires_at else _("Not signed")
    dates = [SummaryRow(_("Signed"), _signed(row)), SummaryRow(_("In date until"), until)]
    if not may_read:
        return dates
    harms = sorted(row.harms.all(), key=lambda harm: harm.likelihood_after * harm.impact_after, reverse=True)
    return [
        SummaryRow(_("Worst harm"), _harm(harms[0]) if harms else _("None was named")),
        *dates,
        SummaryRow(_("Not acting"), row.not_acting or _("Unknown"), is_typed=True),
    ]


def _signed(row: RiskAssessment) -> str:
    if row.signed_by is None:
        return _("Not yet")
    return _("%(name)s, %(day)s") % {
        "name": row.signed_by,
        "day": date_format(timezone.localtime(row.signed_at), "j F Y"),
    }


def _harm(harm: RiskHarm) -> str:
    product = harm.likelihood_after * harm.impact_after
    return _("%(harm)s: likelihood %(likelihood)s × impact %(impact)s = %(product)s") % {
        "harm": harm.get_category_display(),
        "likelihood": harm.likelihood_after,
        "impact": harm.impact_after,
        "product": product,
    }
