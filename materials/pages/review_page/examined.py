"""What was examined, one cell a condition, in an order that reviewers learn."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from materials.audiences import ASSESSED_DISCLOSURES
from safety.models import LeakScan, Posture

OK, LOOK, STOP, NOT_ASKED = ("ring-full", "ok"), ("ring-half", "care"), ("ring-slash", "stop"), ("ring-empty", "")
OF_CLAIMS = frozenset(
    {"claim-taken-out", "claim-in-doubt", "claim-not-publishable", "claim-names-no-items", "item-not-counted"}
)
OF_CONSENT = frozenset(
    {
        "no-consent",
        "item-without-consent",
        "nobody-agreed",
        "refused-by-the-person",
        "family-disagrees",
        "wish-for-silence",
    }
)
OF_ASSESSMENT = frozenset(
    {
        "no-assessment",
        "assessment-not-signed",
        "assessment-out-of-date",
        "risk-is-critical",
        "high-risk-unsigned-by-director",
        "high-risk-without-wish",
        "needs-full-assessment",
        "hard-stop",
        "review-of-risk-due",
    }
)
OF_POSTURE = frozenset({"on-hold", "paused", "posture-forbids"})


def cells(
    material: Any,
    codes: Any,
    *,
    viewer: Any,
    scan: LeakScan | None,
    claims: list[Any],
    consents: list[Any],
    assessments: list[Any],
) -> list[dict[str, Any]]:
    """Return claims, consent, assessment, leak scan, posture and four eyes, each with its mark, figure and panel."""
    codes = set(codes)
    return [
        _cell(
            _("Claims"),
            _of(len([row for row in claims if row["is_usable"]]), len(claims), _("usable")),
            STOP if codes & OF_CLAIMS else OK,
            "#claims-h",
        ),
        _cell(
            _("Consent"),
            _of(len([row for row in consents if row["is_open"]]), len(consents), _("items")),
            STOP if codes & OF_CONSENT else OK,
            "#consent-h",
        ),
        _assessment(material, codes, assessments),
        _scan(scan),
        _posture(material, codes),
        _four_eyes(material, viewer),
    ]


def _cell(label: str, figure: str, look: tuple[str, str], href: str = "") -> dict[str, Any]:
    return {"label": label, "figure": figure, "mark": look[0], "tone": look[1], "href": href}


def _of(part: int, whole: int, what: str) -> str:
    return _("%(part)s of %(whole)s %(what)s") % {"part": part, "whole": whole, "what": what}


def _assessment(material: Any, codes: set[str], assessments: list[Any]) -> dict[str, Any]:
    if material.level != "full" and material.audience not in ASSESSED_DISCLOSURES:
        return _cell(_("Assessment"), _("not asked for this audience"), NOT_ASKED, "#assessment-h")
    if codes & OF_ASSESSMENT:
        return _cell(_("Assessment"), _("does not allow it"), STOP, "#assessment-h")
    levels = " · ".join(str(row["row"].get_level_display()).lower() for row in assessments if row["row"])
    return _cell(_("Assessment"), _("in date, %(level)s") % {"level": levels}, OK, "#assessment-h")


def _scan(scan: LeakScan | None) -> dict[str, Any]:
    if scan is None:
        return _cell(_("Leak scan"), _("has not run"), STOP, "#findings-h")
    waiting = sum(1 for row in scan.findings.all() if row.ruled_at is None)
    if scan.verdict == LeakScan.Verdict.CANNOT_CHECK and scan.read_at is None:
        return _cell(_("Leak scan"), _("cannot check"), STOP, "#findings-h")
    if waiting:
        return _cell(
            _("Leak scan"),
            ngettext("%(n)s to answer", "%(n)s to answer", waiting) % {"n": waiting},
            LOOK,
            "#findings-h",
        )
    return _cell(_("Leak scan"), _("every finding answered") if scan.findings.all() else _("clean"), OK, "#findings-h")


def _posture(material: Any, codes: set[str]) -> dict[str, Any]:
    if material.level != "full":
        return _cell(_("Posture"), _("a hold does not stop this"), NOT_ASKED)
    latest = [Posture.objects.filter(case=case).order_by("-number").first() for case in material.cases.all()]
    words = " · ".join(row.get_kind_display().lower() if row else _("silent") for row in latest)
    if "on-hold" in codes:
        words = _("on hold")
    elif "paused" in codes:
        words = _("paused")
    return _cell(_("Posture"), words, STOP if codes & OF_POSTURE else OK)


def _four_eyes(material: Any, viewer: Any) -> dict[str, Any]:
    if viewer.pk == material.author_id:
        return _cell(_("Four eyes"), _("you are the author"), STOP, "#decision-h")
    if viewer.pk == material.last_editor_id:
        return _cell(_("Four eyes"), _("you edited it"), STOP, "#decision-h")
    return _cell(_("Four eyes"), _("you are not the author"), OK, "#decision-h")
