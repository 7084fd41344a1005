"""What the commands about people share: who acts, and how a refusal is told."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.models import User

REFUSED, WRONG_USAGE = 1, 2


def add_actor(parser: ArgumentParser) -> None:
    """`--as USERNAME`: the command has that person's rights, no more."""
    parser.add_argument("--as", dest="actor", required=True, metavar="USERNAME", help=_("Whose rights are used."))


def person_named(username: str) -> User:
    """A person by sign-in name; wrong usage when there is none."""
    found = User.objects.filter(username__iexact=username).first()
    if found is None:
        raise CommandError(_("Nobody signs in as %(name)s.") % {"name": username}, returncode=WRONG_USAGE)
    return found


@contextmanager
def telling_refusals() -> Iterator[None]:
    """Every reason of a refusal on standard error, exit status 1."""
    try:
        yield
    except ValidationError as fault:
        raise CommandError("\n".join(fault.messages), returncode=REFUSED) from None
