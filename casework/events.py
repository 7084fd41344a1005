"""What casework tells the parts above it, in the same transaction: a consent that shrinks, a wish, a fate.

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
    """Have `listener(actor=, case=, code=, about=row, what=)` called inside the transaction of the act. Once is enough."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def announce_risk_event(*, actor: User, case: Case, code: str, about: Any, what: str = "") -> None:
    """Tell everyone registered, with what is known of it in words; a listener that fails undoes the act."""
    for listener in _listeners:
        listener(actor=actor, case=case, code=code, about=about, what=what)
