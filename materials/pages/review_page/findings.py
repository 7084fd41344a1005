"""The findings of a leak scan in words."""

import uuid
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from casework.models import Case
from materials.models import Material
from papers.composing.paper_blocks import HEADING
from safety.leaks.third_persons import THIRD_PERSON
from safety.models import LeakFinding, LeakScan

WHOSE = {
    "casework.name.value": _lazy("name of the prisoner"),
    "casework.contact.name": _lazy("name of somebody around the prisoner"),
    "casework.contact.phone": _lazy("telephone of somebody around the prisoner"),
    "casework.contact.email": _lazy("e-mail of somebody around the prisoner"),
    "casework.contact.address": _lazy("address of somebody around the prisoner"),
    "casework.source.identity": _lazy("identity of a source"),
    "casework.case.codename": _lazy("codename of the case"),
    "casework.case.reference": _lazy("reference of the case"),
    "casework.claim.number": _lazy("number of a claim"),
    THIRD_PERSON: _lazy("name of another person"),
}
WHAT_TO_DO = _lazy(
    "Take it out, record that person’s own consent, or pass it with a reason, such as that it is a public official."
)
HIDDEN_FROM_READER = _lazy(
    "It is protected, or nobody said that it may be shown. A signer looks at this first. It stands in “%(section)s”."
)


@dataclass(frozen=True)
class CheckAnswer:
    """One thing that may be done about a finding."""

    url: str
    label: str


@dataclass(frozen=True)
class FindingRow:
    """One finding in words, with what was answered or may be answered (parts/findings.html)."""

    id: str
    severity: str
    mark: str
    tone: str
    words: str
    text: str
    show_href: str
    answered: str
    answers: list[CheckAnswer]


def field_in_words(field: str) -> str:
    """Return the name of a sealed field as people know it, and whose it is where that decides."""
    if field in WHOSE:
        return str(WHOSE[field])
    app, _dot, rest = field.partition(".")
    model, _dot, name = rest.partition(".")
    try:
        return str(apps.get_model(app, model)._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except (LookupError, ValueError, FieldDoesNotExist):
        return field


def finding_rows(material: Material, scan: LeakScan | None, *, viewer: User, may_rule: bool) -> list[FindingRow]:
    """Return the findings for the list of the review page: to answer first, in reading order.

    What a case protects that this viewer may not see is told without its field.
    """
    if scan is None:
        return []
    headings = {"title": _("Title"), **{row["code"]: row["heading"] for row in material.body or []}}
    found = sorted(
        scan.findings.all(),
        key=lambda row: (
            row.ruled_at is not None,
            list(headings).index(row.part.removesuffix(HEADING)) if row.part.removesuffix(HEADING) in headings else 99,
            row.start,
        ),
    )
    cases = {row.case_id for row in found}
    seen = _where(viewer, "view_case", cases)
    signed = _where(viewer, "sign_review", cases) if may_rule else set()
    return [
        _row(
            material,
            row,
            headings.get(row.part.removesuffix(HEADING), row.part),
            may_rule=may_rule,
            may_see=row.case_id in seen,
            signs_there=row.case_id in signed,
        )
        for row in found
    ]


def _where(viewer: User, right: str, cases: set[uuid.UUID]) -> set[uuid.UUID]:
    rows = Case.objects.where(viewer, may=right).filter(pk__in=cases)
    return set(rows.values_list("pk", flat=True)) if cases else set()


def _row(
    material: Material, row: LeakFinding, where: str, *, may_rule: bool, may_see: bool, signs_there: bool
) -> FindingRow:
    passing = reverse("materials:pass_finding", args=[material.pk, row.pk])
    answers = [CheckAnswer(passing, _("Pass with a reason")), CheckAnswer("#decision-h", _("Take out"))]
    if row.ruled_at:
        answers = [CheckAnswer(passing, _("Rule anew"))] if row.is_ruled_before else []
    elif not signs_there:
        answers = answers[1:]
    text = _in_words(row, where) if may_see else str(HIDDEN_FROM_READER % {"section": where})
    if may_see and may_rule and not (row.ruled_at or signs_there):
        text = f"{text} {_('A signer looks at this first.')}"
    return FindingRow(
        id=f"finding-{row.pk}",
        severity=_("Leak scan: passed") if row.ruled_at else _("Leak scan: look"),
        mark="ring-full" if row.ruled_at else "ring-half",
        tone="" if row.ruled_at else "care",
        words=row.words,
        text=text,
        show_href=f"#hit-{row.pk}",
        answered=_answered(row),
        answers=answers if may_rule else [],
    )


def _answered(row: LeakFinding) -> str:
    """Return who ruled on it and why; of a ruling that was carried here, on which revision and when."""
    if not row.ruled_at:
        return ""
    told = {"name": row.ruled_by, "reason": row.reason}
    if not row.is_ruled_before or row.carried_from is None:
        return _("Passed by %(name)s: “%(reason)s”") % told
    told |= {
        "revision": row.carried_from.scan.revision,
        "date": date_format(timezone.localtime(row.ruled_at), "DATE_FORMAT"),
    }
    return (
        _(
            "Ruled on revision %(revision)s by %(name)s on %(date)s: “%(reason)s” The name and its sentence are the same, word for word."
        )
        % told
    )


def _in_words(row: LeakFinding, where: str) -> str:
    field = row.field
    if field == THIRD_PERSON:
        why = _("Names somebody who is neither the prisoner nor known as an addressee. It stands in “%(section)s”.") % {
            "section": where
        }
        return why if row.ruled_at else f"{why} {WHAT_TO_DO}"
    if field == "hidden-character":
        return _("A letter that cannot be seen stands in “%(section)s”. It could hide a name from the scan.") % {
            "section": where
        }
    if field == "mixed-scripts":
        return _("One word in “%(section)s” mixes letters of two scripts. It could hide a name from the scan.") % {
            "section": where
        }
    return _("Matches the sealed field “%(field)s”. It stands in “%(section)s”.") % {
        "field": field_in_words(field),
        "section": where,
    }
