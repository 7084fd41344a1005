"""People of an office, older than a day, as tests need them."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import PersonRole, User
from accounts.roles import GIVEN_BY_TWO, SIGNING_ROLES, OfficeRole
from tests.accounts.signing_in import PASSWORD

LONG_AGO = dt.timedelta(days=10)


def a_person(username: str, *roles: str, joined: dt.timedelta = LONG_AGO, **fields: Any) -> User:
    """Somebody with an account that is ten days old unless said otherwise, and these roles in effect."""
    person = User.objects.create_user(
        username,
        PASSWORD,
        name=fields.pop("name", username.title()),
        email=fields.pop("email", f"{username}@office.example"),
        joined_at=timezone.now() - joined,
        **fields,
    )
    for role in roles:
        hold_role(person, role)
    return person


def the_founders() -> tuple[User, User]:
    """The first two people, who confirmed each other at set-up ten days ago."""
    at = timezone.now() - LONG_AGO
    two = tuple(
        User.objects.create_user(
            name, PASSWORD, name=name.title(), email=f"{name}@office.example", joined_at=at, is_founder=True
        )
        for name in ("fara", "greg")
    )
    for person, other, role in ((*two, OfficeRole.DIRECTOR), (*reversed(two), OfficeRole.REVIEWER)):
        for held in (OfficeRole.ADMINISTRATOR, role):
            PersonRole.objects.create(
                user=person, role=held, seconded_by=other, granted_at=at, effective_at=at, is_founding=True
            )
    return two  # type: ignore[return-value]


def hold_role(person: User, role: str, *, ago: dt.timedelta = dt.timedelta(days=5)) -> PersonRole:
    """Hold a role that was given that long ago, by the first two people where it signs."""
    if role in GIVEN_BY_TWO:
        proposer, second = User.objects.filter(is_founder=True).order_by("pk")
    else:
        proposer, second = User.objects.filter(is_founder=True).first() or person, None
    given = timezone.now() - ago
    wait = dt.timedelta(hours=24) if role in SIGNING_ROLES else dt.timedelta()
    return PersonRole.objects.create(
        user=person, role=role, granted_by=proposer, seconded_by=second, granted_at=given, effective_at=given + wait
    )
