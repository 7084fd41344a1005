"""What is known about a text: its claims with their sources, what was kept back, consents, assessments."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework import consent_rule
from casework.access import rights_on
from casework.models import Case
from directory.vocabulary import label
from materials import disclosures
from materials.composing.allowed import items_allowed
from materials.composing.composing import letters_of
from materials.composing.judging import grade, judge, sources_of
from materials.composing.reading_back import why_in_words
from materials.models import MaterialClaim
from safety.models import RiskAssessment
from safety.people import may_read_content


def claim_rows(material: Any, cases: list[Case]) -> list[dict[str, Any]]:
    """Return the claims that the present revision prints, by their number, and whether each may stand there."""
    letters = letters_of(cases)
    references = {case.pk: case.reference for case in cases}
    allowed = {case.pk: items_allowed(case, material.audience, material.level) for case in cases}
    rows = MaterialClaim.objects.filter(material=material, revision=material.revision).select_related("claim")
    rows = rows.prefetch_related("claim__citations__source", "claim__items").order_by("claim__case_id", "claim__number")
    return [
        _claim(row, letters, references, judge(row.claim, allowed[row.claim.case_id]))
        for row in rows
        if row.claim.case_id in references
    ]


def _claim(
    row: MaterialClaim, letters: dict[uuid.UUID, str], references: dict[uuid.UUID, str], judged: Any
) -> dict[str, Any]:
    claim = row.claim
    is_usable = (
        judged.is_printed
        and (judged.printed_as != "attributed" or row.printed_as == "attributed")
        and claim.removed_at is None
    )
    return {
        "label": f"{letters[claim.case_id]}{claim.number}",
        "text": claim.text,
        "status": claim.status,
        "printed_as": row.get_printed_as_display(),
        "grades": " ".join(grade(source, [claim]) for source in sources_of(claim)),
        "sources": [source.title for source in sources_of(claim)],
        "is_usable": is_usable,
        "url": reverse("casework:claim", args=[references[claim.case_id], claim.pk])
        if claim.removed_at is None
        else "",
    }


def withheld_rows(material: Any) -> list[dict[str, str]]:
    """Return what this audience does not get to see, and why."""
    return [{"label": _what(row["what"]), "when": _why(row)} for row in (material.withheld or {}).get("rows", [])]


def _what(code: str) -> str:
    if code.startswith("claim:"):
        return _("Claim %(number)s") % {"number": code.partition(":")[2]}
    return {
        "name": _("Name"),
        "occupation": _("Occupation"),
        "held": _("Since when held"),
        "place": _("Place of detention"),
        "charge": _("Charges and sentence"),
        "why_now": _("Why now"),
        "authorities": _("What the authorities say"),
        "right": _("A right at stake"),
        "ask": _("An ask"),
    }.get(code, code)


def _why(row: dict[str, Any]) -> str:
    items = ", ".join(label("consent_item", item).lower() for item in row.get("items", []))
    return f"{why_in_words(row['why'])}: {items}" if items else why_in_words(row["why"])


def consent_rows(material: Any, cases: list[Case]) -> list[dict[str, Any]]:
    """Return for each item that the text discloses whether consent opens it for this audience now, and until when."""
    rows = []
    disclosed = disclosures.items_of(material)
    ledgers = consent_rule.ledgers_of(cases)
    for case in cases:
        asked = ledgers[case.pk].ask(material.audience, material.level)
        for item in sorted(disclosed.get(case.pk, ())):
            opening = asked.of(item)
            rows.append(
                {
                    "case": case,
                    "item": label("consent_item", item),
                    "state": opening.state,
                    "until": opening.until,
                    "is_open": opening.is_open,
                }
            )
    return rows


def assessment_rows(cases: list[Case], viewer: Any) -> list[dict[str, Any]]:
    """Return the latest assessment of each case; what it says only to those who may read it."""
    shown: list[dict[str, Any]] = []
    for case in cases:
        row = RiskAssessment.objects.latest_of(case)
        if row is None:
            shown.append({"case": case, "row": None, "url": reverse("safety:safety", args=[case.reference])})
            continue
        harms = sorted(row.harms.all(), key=lambda harm: harm.likelihood_after * harm.impact_after, reverse=True)
        lines: list[dict[str, Any]] = [
            {"label": _("Signed"), "value": _signed(row)},
            {
                "label": _("In date until"),
                "value": date_format(timezone.localtime(row.expires_at), "j F Y")
                if row.expires_at
                else _("Not signed"),
            },
        ]
        if may_read_content(rights_on(viewer, case)):
            lines.insert(0, {"label": _("Worst harm"), "value": _harm(harms[0]) if harms else _("None was named")})
            lines.append({"label": _("Not acting"), "value": row.not_acting or _("Unknown"), "is_typed": True})
        shown.append(
            {
                "case": case,
                "row": row,
                "lines": lines,
                "url": reverse("safety:assessment", args=[case.reference, row.pk]),
            }
        )
    return shown


def _signed(row: RiskAssessment) -> str:
    if row.signed_by is None:
        return _("Not yet")
    return _("%(name)s, %(day)s") % {
        "name": row.signed_by,
        "day": date_format(timezone.localtime(row.signed_at), "j F Y"),
    }


def _harm(harm: Any) -> str:
    product = harm.likelihood_after * harm.impact_after
    return _("%(harm)s: likelihood %(likelihood)s × impact %(impact)s = %(product)s") % {
        "harm": harm.get_category_display(),
        "likelihood": harm.likelihood_after,
        "impact": harm.impact_after,
        "product": product,
    }
