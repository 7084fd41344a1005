"""What safety hears from the packet: a consent that shrinks, a wish for silence, a fate is noted as what happened."""

from django.db.models import Model

from accounts.models import User
from casework import events
from casework.models import Case
from safety.actions.risk_events import note_risk_event


@events.listen
def note_risk_event_of_packet(*, actor: User, case: Case, code: str, about: Model, what: str = "") -> None:
    """Note it in the transaction of the act itself; what stops public work stops it from that instant."""
    note_risk_event(actor=actor, case=case, code=code, what=what)
