"""What safety hears from the packet: a consent that shrinks or a wish for silence is noted as something that happened."""

from typing import Any

from casework import alarms
from casework.models import Case
from safety.actions.happenings import note_happening


@alarms.register
def note_alarm(*, actor: Any, case: Case, code: str, about: Any) -> None:
    """Note it in the transaction of the act itself; what stops public work stops it from that instant."""
    note_happening(actor=actor, case=case, code=code)
