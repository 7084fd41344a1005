"""What the safety tab of a case shows."""

from dataclasses import dataclass

from accounts.models import User
from casework.models import Case
from safety.assessing.unseen import may_read_it
from safety.models import AssessmentDraft, Hold, Posture, RiskAssessment, RiskEvent
from safety.pages.history import Address, Page, page_of
from safety.pages.next_step import Step, signing_step
from safety.pages.rows import RiskEventLine, ShownHold, risk_event_rows, shown_hold, worst_harm
from safety.pages.status import SafetyStatus, safety_status_of
from safety.pages.twins import TwinLine, twin_lines


@dataclass(frozen=True)
class SafetyTab:
    """How the safety of a case stands, what waits for this reader's signature, and what was (safety/safety.html)."""

    case: Case
    standing: SafetyStatus
    rights: frozenset[str]
    may_read: bool
    holds: list[ShownHold]
    risk_events: list[RiskEventLine]
    worst: str
    sign: Step | None
    drafts: list[AssessmentDraft]
    assessments: Page[RiskAssessment]
    happened: Page[RiskEvent]
    postures: Page[Posture]
    held: Page[Hold]
    twins: list[TwinLine]
    tab: str = "safety"


def safety_tab(case: Case, user: User, rights: frozenset[str], address: Address) -> SafetyTab:
    """Return what this reader is shown. What an assessment says is opened by right alone."""
    standing = safety_status_of(case)
    may_read = may_read_it(standing.assessment, user, rights)
    written = RiskAssessment.objects.of_cases().filter(case=case).select_related("author", "signed_by")
    happened = RiskEvent.objects.filter(case=case).select_related("noted_by")
    decided = Posture.objects.filter(case=case).select_related("decided_by")
    drafts = drafts_of(case, rights)
    held = Hold.objects.over(case).select_related("held_by", "lift_asked_by", "lifted_by")
    return SafetyTab(
        case=case,
        standing=standing,
        rights=rights,
        may_read=may_read,
        holds=[shown_hold(hold) for hold in standing.holds],
        risk_events=risk_event_rows(standing),
        worst=worst_harm(standing.assessment) if may_read else "",
        sign=signing_step(standing, user, rights),
        drafts=drafts,
        assessments=page_of(written, address, name="assessments", by="written_at"),
        happened=page_of(happened, address, name="happened", by="noted_at"),
        postures=page_of(decided, address, name="postures", by="decided_at"),
        held=page_of(held, address, name="held", by="held_at"),
        twins=twin_lines([case], user),
    )


def drafts_of(case: Case, rights: frozenset[str]) -> list[AssessmentDraft]:
    """Return the drafts that somebody who may assess can take up; none for anybody else."""
    if "assess_risk" not in rights:
        return []
    return list(AssessmentDraft.objects.filter(case=case).select_related("begun_by", "last_kept_by").order_by("kind"))
