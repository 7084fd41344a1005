"""What casework tells the parts above it, in the same transaction: a consent that shrinks, a wish for silence.

Casework may not know of risk events; whoever must hear registers here at start-up. The codes are those of the
vocabulary `reassess_trigger`.
"""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from casework.models import Case

Listener = Callable[..., None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Have `listener(actor=..., case=..., code=..., about=row)` called inside the transaction of the act. Once is enough."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def announce_risk_event(*, actor: User, case: Case, code: str, about: Any) -> None:
    """Tell everyone registered; a listener that fails undoes the act."""
    for listener in _listeners:
        listener(actor=actor, case=case, code=code, about=about)
