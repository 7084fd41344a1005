"""How the safety of a case stands now: the assessment that counts, what stops public work, and the posture."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from casework.models import Case
from safety.models import Hold, Pause, Posture, RiskAssessment, RiskEvent

ENDS_SOON = timedelta(days=14)


@dataclass(frozen=True)
class SafetyStatus:
    """What counts for a case at one moment. Sealed words are opened only where a page shows them."""

    case: Case
    at: datetime
    assessment: RiskAssessment | None
    posture: Posture | None
    holds: tuple[Hold, ...]
    pauses: tuple[Pause, ...]
    risk_events: tuple[RiskEvent, ...]

    @property
    def hold(self) -> Hold | None:
        """Return the latest hold that stands, for the notice and the bar."""
        return self.holds[0] if self.holds else None

    @property
    def is_late(self) -> bool:
        """Say whether the latest assessment is signed but ended or out of date."""
        row = self.assessment
        return bool(row and row.signed_at and (row.ended_at or row.expires_at is None or row.expires_at <= self.at))

    @property
    def waits_for_signature(self) -> bool:
        """Say whether the latest assessment is written and neither signed nor sent back."""
        return bool(self.assessment and not self.assessment.signed_at and not self.assessment.ended_at)

    @property
    def waits_for_director(self) -> bool:
        """Say whether a high risk is signed and in date, and a director's signature is still missing."""
        row = self.assessment
        return bool(row and row.signed_at and not self.is_late and row.level == "RL_HIGH" and not row.director_id)

    @property
    def ends_soon(self) -> bool:
        """Say whether the signed assessment ends within two weeks, or for a short one within a third of its time."""
        row = self.assessment
        if row is None or self.is_late or not (row.signed_at and row.expires_at and row.granted_until):
            return False
        return bool(row.expires_at - self.at <= min(ENDS_SOON, (row.granted_until - row.signed_at) / 3))


def safety_status_of(case: Case, *, at: datetime | None = None) -> SafetyStatus:
    """Return how the case stands, in five queries whatever its history."""
    at = at or timezone.now()
    people = ("author", "signed_by", "director", "ended_by")
    assessment = RiskAssessment.objects.of_cases().filter(case=case).select_related(*people).order_by("-number").first()
    open_ones = (
        RiskEvent.objects.filter(case=case, answered_at=None).exclude(event_class="note").select_related("noted_by")
    )
    return SafetyStatus(
        case=case,
        at=at,
        assessment=assessment,
        posture=Posture.objects.filter(case=case).select_related("decided_by").order_by("-number").first(),
        holds=tuple(
            Hold.objects.over(case)
            .standing(at=at)
            .select_related("held_by", "lift_asked_by", "confirmed_by")
            .order_by("-held_at")
        ),
        pauses=tuple(Pause.objects.filter(case=case, ended_at=None).select_related("risk_event").order_by("since")),
        risk_events=tuple(open_ones.order_by("due_at", "noted_at")),
    )
