"""What a person may be for the whole office, and the question whether somebody is. Roles on one case belong to casework."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import PersonRole, User
from accounts.models.office_role import SIGNING_ROLES, OfficeRole
from sealing.queries import MOMENT, PERSON, TEXT, several, written_once

__all__ = ["GIVEN_BY_TWO", "SECONDING_ROLES", "SIGNING_DELAY", "SIGNING_ROLES", "OfficeRole", "holds"]

GIVEN_BY_TWO = SIGNING_ROLES | {OfficeRole.ADMINISTRATOR}  # who may propose what a signer confirms is a second person
SECONDING_ROLES = frozenset({OfficeRole.REVIEWER, OfficeRole.DIRECTOR})
SIGNING_DELAY = dt.timedelta(hours=24)


def holds(user: User, *roles: str, at: dt.datetime | None = None) -> bool:
    """Whether this person, active, holds one of these roles in effect at that time. Nobody holds none."""
    return bool(roles and _held(person=user, roles=[str(role) for role in roles], at=at or timezone.now()))


@written_once(person=PERSON, roles=several(TEXT), at=MOMENT)
def _held(*, person: User, roles: Sequence[str], at: dt.datetime) -> QuerySet[PersonRole, str]:
    return person.office_roles.in_effect(at).filter(role__in=roles).values_list("role", flat=True)[:1]


def is_of_the_office(user: "User") -> bool:
    """Say whether this person works here: everybody who signs in but outside reviewers, who see what is sent to them."""
    return bool(user.is_authenticated and user.is_active and not holds(user, OfficeRole.OUTSIDE_REVIEWER))
