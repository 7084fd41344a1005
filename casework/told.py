"""Who wants to hear when something happens on a case. Whoever tells does not know who listens."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models, transaction

from casework.models import Case

logger = logging.getLogger(__name__)

Listener = Callable[..., None]
_listeners: list[Listener] = []


def register(listener: Listener) -> Listener:
    """Call this with verb, case, about, actor and people (users, without the actor) when something happens."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell(*, verb: str, case: Case, about: models.Model, actor: Any, people: Iterable[Any]) -> None:
    """Tell every listener, each in a savepoint of its own: a notice that fails never undoes what happened."""
    for listener in _listeners:
        try:
            with transaction.atomic():
                listener(verb=verb, case=case, about=about, actor=actor, people=people)
        except Exception as fault:
            logger.error("nobody was told of %s on case %s: %s", verb, case.pk, type(fault).__name__)
