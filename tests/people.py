"""The people of the tests, made as plain rows: accounts two days old, office roles already in effect."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.utils import timezone

from accounts.models import PersonRole, User
from accounts.roles import GIVEN_BY_TWO, SIGNING_ROLES
from accounts.sign_in.factors import give_factor
from accounts.sign_in.freshness import RECORDS_BELONG_TO

FOUNDERS = (("first-founder", "director"), ("second-founder", "reviewer"))
OLD = dt.timedelta(days=3)
NAMES = {
    "ana": "Ana",
    "rui": "Rui",
    "leila": "Leila",
    "tomas": "Tomas",
    "sam": "Sam",
    "noor": "Noor",
    "dara": "Dara",
    "omar": "Omar",
    "admin": "Admin",
}
OFFICE = {
    "rui": ("reviewer",),
    "dara": ("director",),
    "noor": ("auditor",),
    "omar": ("outside_reviewer",),
    "admin": ("administrator",),
}


def the_founders() -> tuple[User, User]:
    """Return the first two people of the office, made on first use; they confirm everybody's signing roles."""
    found = {user.username: user for user in User.objects.filter(is_founder=True)}
    if len(found) == 2:
        return found[FOUNDERS[0][0]], found[FOUNDERS[1][0]]
    long_ago = timezone.now() - dt.timedelta(days=400)
    first, second = (_user(username, is_founder=True, joined_at=long_ago) for username, _role in FOUNDERS)
    for user, other, (_username, role) in zip((first, second), (second, first), FOUNDERS, strict=True):
        PersonRole.objects.create(
            user=user, role=role, seconded_by=other, granted_at=long_ago, effective_at=long_ago, is_founding=True
        )
    return first, second


def a_person(username: str = "ana", *, roles: Any = None, at: dt.datetime | None = None, **fields: Any) -> User:
    """Return this person, made when missing. Office roles come with the usual name unless given as `roles`."""
    user = User.objects.filter(username=username).first()
    if user is None:
        the_founders()  # whoever is there came after them
        user = _user(username, joined_at=at or timezone.now() - OLD, **fields)
    for role in OFFICE.get(username, ()) if roles is None else roles:
        give_office_role(user, role, at=at)
    return user


def give_office_role(user: User, role: str, *, at: dt.datetime | None = None) -> PersonRole:
    """Give an office role that has been in effect for two days (or since a day after `at`); once is enough."""
    held = user.office_roles.live().filter(role=role).first()
    if held:
        return held
    first, second = the_founders()
    granted_at = at or timezone.now() - OLD
    is_signing = role in SIGNING_ROLES
    return PersonRole.objects.create(
        user=user,
        role=role,
        granted_by=first,
        seconded_by=second if role in GIVEN_BY_TWO else None,
        granted_at=granted_at,
        effective_at=granted_at + dt.timedelta(days=1) if is_signing else granted_at,
    )


def everybody() -> SimpleNamespace:
    """Return the usual cast: ana, rui, leila, tomas, sam, noor, dara, omar, admin."""
    return SimpleNamespace(**{username: a_person(username) for username in NAMES})


def signed_in(client: Any, user: User, *, fresh: bool = False) -> Any:
    """Sign this person in with a passed second factor; `fresh` means shown again a moment ago. Returns the client."""
    client.force_login(user)
    held = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).first() or give_factor(user)
    moment = timezone.now().timestamp()
    session = client.session
    session[RECORDS_BELONG_TO] = session[SESSION_KEY]
    records = [
        {"method": "password", "at": moment - 60, "username": user.username},
        {"method": "mfa", "at": moment - 60, "type": "totp", "id": held.pk},
    ]
    if fresh:
        records.append({"method": "mfa", "at": moment, "type": "totp", "id": held.pk, "reauthenticated": True})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session.save()
    return client


def _user(username: str, **fields: Any) -> User:
    """Insert one account without a password that could be guessed."""
    fields.setdefault("name", NAMES.get(username, username.replace("-", " ").title()))
    return User.objects.create_user(username, email=f"{username}@office.example", **fields)
