"""The people of the bench: one coordinator, a second person, and the fifty of the load."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import User
from accounts.sign_in.factors import give_factor
from casework.access.roles import RIGHTS
from tests.people import the_founders

FIRST, SECOND = "bench", "bench-second"


def the_two() -> tuple[User, User]:
    """Return the coordinator of all cases and the reviewer beside, made on first use."""
    return a_person(FIRST), a_person(SECOND)


def a_person(username: str, **fields: Any) -> User:
    """Return this person, with a second factor."""
    found = User.objects.filter(username=username).first()
    if found:
        return found
    the_founders()  # an office has them before anybody else
    person = User(username=username, name=username.title(), joined_at=timezone.now() - dt.timedelta(days=9), **fields)
    person.set_unusable_password()
    person.save()
    give_factor(person)
    return person


def rights_of(role: str) -> list[int]:
    """Return the ids of the rights that this role has on a case."""
    known = Permission.objects.filter(content_type__app_label="casework", codename__in=RIGHTS[role])
    return list(known.order_by("pk").values_list("pk", flat=True))
