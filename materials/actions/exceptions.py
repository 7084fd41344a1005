"""The one exception at a critical risk: asked for by one person, signed by a reviewer and a director, for one material, 72 hours."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from accounts.sign_in.freshness import Proof
from audit.trail import record
from casework.access import may
from casework.models import Case, Wish
from materials.actions.materials import locked
from materials.models import Material
from materials.notify import SENDERS, SIGNERS, tell
from safety import rating
from safety.models import CriticalException, RiskAssessment
from safety.people import may_sign_high, why_not_sign

LASTS = timedelta(hours=72)
Level = RiskAssessment.Level
Danger = RiskAssessment.Danger


@dataclass(frozen=True)
class ExceptionCondition:
    """One thing that the exception asks of a case, whether it is met, how a refusal says it, and the page of its mend."""

    asks: str
    is_met: bool
    refusal: str
    page: str


def critical_cases(material: Material) -> list[tuple[Case, RiskAssessment]]:
    """Return the cases of the material whose latest assessment is critical, with it."""
    cases = sorted(material.cases.all(), key=lambda case: str(case.pk))
    latest = [(case, RiskAssessment.objects.latest_of(case)) for case in cases]
    return [(case, row) for case, row in latest if row is not None and row.level == Level.CRITICAL]


def open_exceptions(material: Material) -> list[CriticalException]:
    """Return what was asked or granted for this material under the assessments that count now."""
    latest = [row.pk for _case, row in critical_cases(material)]
    rows = CriticalException.objects.filter(material_id=material.pk, assessment__in=latest, ended_at=None)
    return list(rows.select_related("case", "asked_by", "reviewer", "director", "assessment"))


def ended(material: Material) -> list[CriticalException]:
    """Return what was asked for this material before and was ended by somebody, the newest first."""
    rows = CriticalException.objects.filter(material_id=material.pk, ended_at__isnull=False)
    return list(rows.select_related("case", "asked_by", "ended_by").order_by("-ended_at"))


def ratings(assessment: RiskAssessment) -> tuple[int, int]:
    """Return likelihood by impact of the worst harm of acting, and of not acting; 0 where that was not rated."""
    worst = rating.rate(rating.RatedHarm.of(row) for row in assessment.harms.all()).worst
    acting = worst.counted[0] * worst.counted[1] if worst else 1
    beside = (assessment.answers or {}).get("not_acting", {})
    return acting, int(beside.get("likelihood", 0)) * int(beside.get("impact", 0))


@transaction.atomic
def ask_exception(*, actor: User, material: Material, lawyer_view: str, reason: str) -> list[CriticalException]:
    """Ask that this one material may be public although the risk is critical; two others sign. Refused with every reason.

    Danger now must be imminent, the known wish publicity, not acting rated worse in writing, the lawyer's view recorded.
    """
    cases = locked(actor, material, "dispatch")
    found = [pair for pair in critical_cases(material) if pair[0] in cases]
    refuse_if(
        (material.level != "full", _("The exception is for what is public; this text is not.")),
        (not found, _("No case of this material is at a critical risk.")),
        (not lawyer_view.strip(), _("Record the lawyer's view: who said what, and when.")),
        (not reason.strip(), _("Say why not acting is worse.")),
        *[check for case, row in found for check in _why_not(case, row)],
        (bool(open_exceptions(material)), _("It was asked for already.")),
    )
    made = []
    for case, row in found:
        acting, not_acting = ratings(row)
        asked = CriticalException(case=case, assessment=row, material_id=material.pk, asked_by=actor)
        asked.acting, asked.not_acting = acting, not_acting
        asked.lawyer_view, asked.reason = lawyer_view.strip(), reason.strip()
        asked.save(force_insert=True)
        record(actor=actor, verb="materials.exception.asked", case=case, about=asked, material=str(material.pk))
        made.append(asked)
    tell(verb="materials.exception.asked", material=material, cases=cases, actor=actor, next_readers=[SIGNERS])
    return made


def conditions(case: Case, row: RiskAssessment) -> list[ExceptionCondition]:
    """Return what the exception asks of a case beside the lawyer's view and the signatures, met or not."""
    acting, not_acting = ratings(row)
    wish = Wish.objects.filter(case=case).order_by("-number").first()
    is_in_force = not row.ended_at and row.expires_at is not None and row.expires_at > timezone.now()
    return [
        ExceptionCondition(
            _("The assessment is signed and in date"),
            is_in_force,
            _("%(codename)s: the assessment is not signed and in date."),
            "safety:safety",
        ),
        ExceptionCondition(
            _("Danger now is imminent and irreversible"),
            row.danger_now == Danger.IMMINENT,
            _("%(codename)s: danger now is not rated imminent and irreversible."),
            "safety:assess",
        ),
        ExceptionCondition(
            _("The person is known to wish for publicity"),
            bool(wish is not None and wish.wants == Wish.Wants.PUBLICITY and wish.told_by),
            _("%(codename)s: no wish for publicity is recorded after a talk."),
            "casework:add_wish",
        ),
        ExceptionCondition(
            _("Not acting is rated worse than acting, in writing"),
            not_acting > acting and bool((row.not_acting or "").strip()),
            _("%(codename)s: the assessment does not rate not acting worse, in writing."),
            "safety:assess",
        ),
    ]


def _why_not(case: Case, row: RiskAssessment) -> list[tuple[Any, str]]:
    return [(not one.is_met, one.refusal % {"codename": case}) for one in conditions(case, row)]


@transaction.atomic
def sign_exception(*, actor: User, material: Material, proof: Proof) -> list[CriticalException]:
    """Sign what was asked, as reviewer or as director; with both signatures it counts for 72 hours. Refused with every reason."""
    cases = locked(actor, material, "sign_review")
    waiting = CriticalException.objects.select_for_update(of=("self",)).open_to_sign()
    rows = [row for row in waiting.filter(material_id=material.pk, case__in=cases).select_related("assessment")]
    latest = dict(critical_cases(material))
    now = timezone.now()
    refuse_if(
        (not rows, _("Nothing waits for a signature here.")),
        (any(actor.pk in row.signers for row in rows), _("You asked for it or signed it. Somebody else signs.")),
        (
            any(latest.get(row.case) != row.assessment for row in rows),
            _("A newer assessment has been written. Ask anew."),
        ),
        *[check for row in rows for check in _why_not(row.case, row.assessment)],
        *[
            (True, str(reason))
            for row in rows
            if (reason := why_not_sign(actor, row.case, right="sign_review", at=now))
        ],
        (
            any(row.reviewer_id and not may_sign_high(actor, row.case, at=now) for row in rows),
            _("A reviewer has signed. Now a director signs."),
        ),
    )
    for row in rows:
        _sign(row, actor, now)
        is_granted = row.granted_at is not None
        record(
            actor=actor,
            verb="materials.exception.signed",
            case=row.case,
            about=row,
            is_granted=is_granted,
            factor=proof.method,
        )
    tell(
        verb="materials.exception.signed", material=material, cases=cases, actor=actor, next_readers=[SIGNERS, SENDERS]
    )
    return rows


def _sign(row: CriticalException, actor: User, now: Any) -> None:
    is_director = row.director_id is None and may_sign_high(actor, row.case, at=now)
    if is_director:
        row.director, row.director_at = actor, now
    else:
        row.reviewer, row.reviewed_at = actor, now
    row.granted_at = now if row.reviewer_id and row.director_id else None
    row.save(update_fields=["reviewer", "reviewed_at", "director", "director_at", "granted_at"])


@transaction.atomic
def end_exception(*, actor: User, material: Material) -> None:
    """End the exception at once, as one person with the right to dispatch or to sign; what is public goes down with it."""
    right = "dispatch" if all(may(actor, "dispatch", case) for case in material.cases.all()) else "sign_review"
    cases = locked(actor, material, right)
    is_ended = False
    for case in cases:
        for row in CriticalException.objects.filter(case=case, material_id=material.pk, ended_at=None):
            row.ended_at, row.ended_by = timezone.now(), actor
            row.save(update_fields=["ended_at", "ended_by"])
            record(actor=actor, verb="materials.exception.ended", case=case, about=row)
            is_ended = True
    if is_ended:
        rights = [SIGNERS, SENDERS]
        tell(verb="materials.exception.ended", material=material, cases=cases, actor=actor, next_readers=rights)
