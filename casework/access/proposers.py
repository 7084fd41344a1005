"""Whoever dispatches on a case knows whom it may be sent to: they may propose trusted recipients."""

from accounts.models import User
from casework.models import Case
from directory.actions import recipients


@recipients.register_proposers
def dispatches_on_a_case(user: User) -> bool:
    """Say whether this person was given the right to dispatch on some case."""
    return Case.objects.where(user, may="dispatch").exists()
