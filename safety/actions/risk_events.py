"""Something happened that may change the risk: a stop pauses public work at once, a review sets a time, a note is kept."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.models import Case
from directory.vocabulary import terms
from safety.models import Pause, RiskEvent
from safety.notify import notify_case


@transaction.atomic
def note_risk_event(*, actor: User, case: Case, code: str, what: str = "", now: datetime | None = None) -> RiskEvent:
    """Record what happened; its class in the vocabulary decides the effect. Anybody who may see the case may tell."""
    (case,) = lock(case)
    require(actor, "view_case", case)
    term = terms("reassess_trigger").get(code)
    if term is None:
        raise ValidationError(_("Choose what happened from the list."))
    now = now or timezone.now()
    due_at = now + timedelta(hours=term.limit_hours) if term.limit_hours else None
    risk_event = RiskEvent.objects.create(
        case=case,
        code=code,
        event_class=term.event_class,
        noted_by=actor,
        noted_at=now,
        due_at=due_at,
        what=what.strip(),
    )
    if term.event_class == RiskEvent.EventClass.STOP:
        Pause.objects.create(case=case, risk_event=risk_event, since=now)
    notify_case(verb="safety.risk_event.noted", case=case, about=risk_event, actor=actor)
    record(
        actor=actor,
        verb="safety.risk_event.noted",
        case=case,
        about=risk_event,
        code=code,
        event_class=term.event_class,
    )
    return risk_event
