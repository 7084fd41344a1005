"""Tells people that something happened on a case of theirs. Whoever tells does not know how it reaches them."""

import logging
from collections.abc import Callable, Iterable

from django.db import models, transaction

from accounts.models import User
from casework.models import Case
from work import notices

logger = logging.getLogger(__name__)

Listener = Callable[..., None]


def give_notices(
    *, verb: str, case: Case, about: models.Model, actor: User | None, people: Iterable[User], occasion: str = ""
) -> None:
    """Give each of these people a notice in the app, once for each occasion."""
    dedup = f"{verb}:{about.pk}:{occasion}" if occasion else f"{verb}:{about.pk}"
    notices.give(people, kind=verb, case_id=case.pk, about_id=about.pk, by=actor, dedup=dedup)


_listeners: list[Listener] = [give_notices]


def notify_people(
    *, verb: str, case: Case, about: models.Model, actor: User | None, people: Iterable[User], occasion: str = ""
) -> None:
    """Tell these people, in a savepoint: a notice that fails never undoes what happened.

    What happens again to the same row is told again under another `occasion`.
    """
    for listener in _listeners:
        try:
            with transaction.atomic():
                listener(verb=verb, case=case, about=about, actor=actor, people=people, occasion=occasion)
        except Exception as fault:
            logger.error("nobody was told of %s on case %s: %s", verb, case.pk, type(fault).__name__)
