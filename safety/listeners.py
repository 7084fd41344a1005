"""What safety hears from the packet: a consent that shrinks or a wish for silence is noted as something that happened."""

from typing import Any

from casework import events
from casework.models import Case
from safety.actions.risk_events import note_risk_event


@events.register
def note_alarm(*, actor: Any, case: Case, code: str, about: Any) -> None:
    """Note it in the transaction of the act itself; what stops public work stops it from that instant."""
    note_risk_event(actor=actor, case=case, code=code)
