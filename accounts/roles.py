"""What a person may be for the whole office, and the question whether somebody is. Roles on one case belong to casework."""

import datetime as dt

from accounts.models import User
from accounts.models.office_role import SIGNING_ROLES, OfficeRole

__all__ = ["GIVEN_BY_TWO", "SECONDING_ROLES", "SIGNING_DELAY", "SIGNING_ROLES", "OfficeRole", "holds"]

GIVEN_BY_TWO = SIGNING_ROLES | {OfficeRole.ADMINISTRATOR}  # who may propose what a signer confirms is a second person
SECONDING_ROLES = frozenset({OfficeRole.REVIEWER, OfficeRole.DIRECTOR})
SIGNING_DELAY = dt.timedelta(hours=24)


def holds(user: User, *roles: str, at: dt.datetime | None = None) -> bool:
    """Whether this person, active, holds one of these roles in effect at that time. Nobody holds none."""
    if not (user.is_authenticated and user.is_active):
        return False
    return user.office_roles.in_effect(at).filter(role__in=roles).exists()


def is_of_the_office(user: "User") -> bool:
    """Say whether this person works here: everybody who signs in but outside reviewers, who see what is sent to them."""
    return bool(user.is_authenticated and user.is_active and not holds(user, OfficeRole.OUTSIDE_REVIEWER))
