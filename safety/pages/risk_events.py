"""What the page of one thing that happened shows."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from casework.models import Case
from safety.forms.orders import RiskEventForm
from safety.models import Pause, RiskEvent
from safety.people import may_read_content


@dataclass(frozen=True)
class NewRiskEventPage:
    """The form for what happened (safety/new_risk_event.html)."""

    case: Case
    form: RiskEventForm
    back_url: str
    tab: str = "safety"


@dataclass(frozen=True)
class RiskEventPage:
    """What happened and when for everybody on the case, what is known of it by right (safety/risk_event.html)."""

    case: Case
    row: RiskEvent
    may_read: bool
    rights: frozenset[str]
    pause: Pause | None
    tab: str = "safety"


def new_risk_event_page(case: Case, form: RiskEventForm) -> NewRiskEventPage:
    """Return the form for what happened."""
    return NewRiskEventPage(case, form, back_url=reverse("safety:safety", args=[case.reference]))


def risk_event_page(row: RiskEvent, user: User, rights: frozenset[str]) -> RiskEventPage:
    """Return one thing that happened; who told of it reads it again whatever their rights."""
    may_read = may_read_content(rights) or row.noted_by_id == user.pk
    return RiskEventPage(case=row.case, row=row, may_read=may_read, rights=rights, pause=row.pauses.first())
