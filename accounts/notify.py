"""What the office tells people: a line in the application, and a message that says only that there is one."""

import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.roles import SIGNING_ROLES

logger = logging.getLogger(__name__)

Listener = Callable[..., None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Call this with verb, about, by, role and people when somebody's rights or keys change; a failure undoes the act."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell_signers(*, verb: str, about: User, by: User | None, role: str = "", and_everybody: bool = False) -> None:
    """Tell everybody who holds a signing role, and the person concerned, that somebody's rights or keys changed.

    `and_everybody`: whoever may sign in is told too.
    """
    signers = User.objects.filter(is_active=True)
    if not and_everybody:
        signers = signers.filter(office_roles__ended_at=None, office_roles__role__in=sorted(SIGNING_ROLES))
    people = {person.pk: person for person in [*signers, about]}
    for listener in _listeners:
        listener(verb=verb, about=about, by=by, role=role, people=list(people.values()))
    for person in people.values():
        with override(person.language):
            post(
                [person.email],
                subject=_("Something changed in the office"),
                text=_("Somebody's rights or keys were touched. Sign in and read your notices:\n\n%(url)s\n")
                % {"url": f"{settings.SITE.url}/notices/"},
            )


def tell(people: Iterable[User], *, kind: str, about: User, by: User | None) -> None:
    """Give these people a notice about somebody of the office, and no mail."""
    for listener in _listeners:
        listener(verb=kind, about=about, by=by, role="", people=list(people))


def post(addresses: Iterable[str], *, subject: str, text: str) -> None:
    """Send once the act stands. A mail that cannot be sent undoes nothing; the row in the application is the truth."""
    to = [address for address in addresses if address]
    if to:
        transaction.on_commit(lambda: _send(to, subject, text))


def _send(to: list[str], subject: str, text: str) -> None:
    for address in to:
        try:
            send_mail(subject, text, None, [address])
        except OSError as fault:
            logger.warning("mail not sent: %s", type(fault).__name__)
