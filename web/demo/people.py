"""The practice office: nine people with one password, each with a second factor, their accounts two days old."""

import datetime as dt

from django.utils import timezone

from accounts.models import PersonRole, User
from accounts.roles import GIVEN_BY_TWO, SIGNING_ROLES, OfficeRole
from accounts.sign_in.factors import give_factor

AGE = dt.timedelta(days=2, hours=1)
PEOPLE = {
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
FOUNDERS = (("dara", OfficeRole.DIRECTOR), ("rui", OfficeRole.REVIEWER))
LATER = (("noor", OfficeRole.AUDITOR), ("omar", OfficeRole.OUTSIDE_REVIEWER), ("admin", OfficeRole.ADMINISTRATOR))


def make_people(password: str) -> dict[str, User]:
    """Make the practice people; dara and rui are the first two, who confirmed each other."""
    then = timezone.now() - AGE
    people = {}
    for username in [*dict(FOUNDERS), *(name for name in PEOPLE if name not in dict(FOUNDERS))]:
        user = User(username=username, name=PEOPLE[username], email=f"{username}@practice.example", joined_at=then)
        user.is_founder = username in dict(FOUNDERS)
        user.set_password(password)
        user.save()
        give_factor(user)
        people[username] = user
    (first, _role), (second, _other) = FOUNDERS
    for username, role in FOUNDERS:
        other = people[second if username == first else first]
        PersonRole.objects.create(
            user=people[username], role=role, seconded_by=other, granted_at=then, effective_at=then, is_founding=True
        )
    for username, role in LATER:
        PersonRole.objects.create(
            user=people[username],
            role=role,
            granted_by=people[first],
            seconded_by=people[second] if role in GIVEN_BY_TWO else None,
            granted_at=then,
            effective_at=then + dt.timedelta(days=1) if role in SIGNING_ROLES else then,
        )
    return {username: people[username] for username in PEOPLE}
