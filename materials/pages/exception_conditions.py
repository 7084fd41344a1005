"""What the page of the exception at a critical risk shows: conditions with their mends, who asked and signed, what comes next."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from casework.pages.rows import NextStep, TaskRow
from materials.actions import exceptions as exception_actions
from materials.models import Material
from safety.models import CriticalException
from safety.people import people_with


@dataclass(frozen=True)
class AskedException:
    """What was asked for one case, the hour at which it is over, and whether it counts now."""

    row: CriticalException
    until: datetime | None
    counts: bool


def condition_rows(material: Material) -> list[TaskRow]:
    """Return what the exception asks of each case, whether it holds, and where it is mended, for a task list."""
    found = exception_actions.critical_cases(material)
    rows = []
    for case, assessment in found:
        for one in exception_actions.conditions(case, assessment):
            named = _("%(codename)s: %(asks)s") % {"codename": case, "asks": one.asks}
            rows.append(
                TaskRow(
                    label=one.asks if len(found) == 1 else named,
                    url="" if one.is_met else reverse(one.page, args=[case.reference]),
                    state=_("Yes") if one.is_met else _("Not yet"),
                    mark="ring-full" if one.is_met else "ring-empty",
                    tone="" if one.is_met else "care",
                )
            )
    return rows


def asked_rows(rows: list[CriticalException]) -> list[AskedException]:
    """Return what was asked, each with the hour at which it is over and whether it counts now."""
    ends = [row.granted_at + exception_actions.LASTS if row.granted_at else None for row in rows]
    now = timezone.now()
    return [AskedException(row, end, counts=end is not None and end > now) for row, end in zip(rows, ends, strict=True)]


def exception_next_step(
    material: Material, asked: list[AskedException], rights: frozenset[str], user: User
) -> NextStep | None:
    """Return the next step for this reader, or who takes it; nothing while nobody has asked."""
    if not asked:
        return None
    if any(one.until is None for one in asked):
        return _waiting(material, [one.row for one in asked], rights, user)
    if all(one.counts for one in asked):
        back = reverse("materials:material", args=[material.pk])
        return NextStep(_("the exception counts. What else the gate asks stays."), back, _("Open the material"))
    safety = reverse("safety:safety", args=[asked[0].row.case.reference])
    return NextStep(
        _("its 72 hours are over. After a new assessment it can be asked for anew."), safety, _("Open Safety")
    )


def _waiting(material: Material, rows: list[CriticalException], rights: frozenset[str], user: User) -> NextStep:
    involved = {key for row in rows for key in row.signers}
    if "sign_review" in rights and user.pk not in involved:
        sign = reverse("materials:sign_exception", args=[material.pk])
        return NextStep(_("read what was asked, then sign it or turn it down."), sign, _("Sign the exception"))
    case = rows[0].case
    directors = people_with("sign_high", case)
    reviewers = people_with("sign_review", case)
    reviewers = [one for one in reviewers if one not in directors] or reviewers
    named = {"reviewer": _names(reviewers, involved), "director": _names(directors, involved)}
    wants_reviewer = any(row.reviewer_id is None for row in rows)
    wants_director = any(row.director_id is None for row in rows)
    if wants_reviewer and wants_director:
        return NextStep(_("two signatures. As reviewer: %(reviewer)s. As director: %(director)s.") % named)
    if wants_director:
        return NextStep(_("a director signs. On this case: %(director)s.") % named)
    return NextStep(_("a reviewer signs. On this case: %(reviewer)s.") % named)


def _names(people: list[User], involved: set[int]) -> str:
    return ", ".join(str(one) for one in people if one.pk not in involved) or _("nobody yet")
