"""The first two people of an office, who confirm each other."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.joining import open_door
from accounts.models import Invitation, PersonRole, User
from accounts.models.address import folded_address
from accounts.names import reads_the_same, why_no_sign_in_name, why_unreadable
from accounts.refusals import refuse_if
from accounts.roles import SECONDING_ROLES, OfficeRole
from audit.trail import record


@dataclass(frozen=True)
class Founder:
    """One of the first two: what they are called, and the role they sign in."""

    username: str
    name: str
    email: str
    role: str


@transaction.atomic
def make_first_people(first: Founder, second: Founder) -> list[tuple[User, Invitation, str]]:
    """Make the first two people; each is administrator and signs, each confirms the other, at once.

    Refused where anybody exists already, for one person under two names, and for a role that signs nothing.
    Gives each account with its one-time door: nobody sets another's password.
    """
    _refuse_unless_two_new_people(first, second)
    people = [
        User.objects.create_user(who.username, name=who.name, email=who.email, is_founder=True)
        for who in (first, second)
    ]
    made = []
    now = timezone.now()
    for person, other, who in zip(people, reversed(people), (first, second), strict=True):
        for role in (OfficeRole.ADMINISTRATOR, who.role):
            PersonRole.objects.create(
                user=person,
                role=role,
                seconded_by=other,
                granted_at=now,
                effective_at=now,
                is_founding=True,
            )
        door, token = open_door(
            username=person.username,
            name=person.name,
            email=person.email,
            invited_by=None,
            person=person,
        )
        made.append((person, door, token))
        record(
            actor=None,
            verb="accounts.person.founded",
            about=person,
            role=who.role,
            other=other.pk,
        )
    return made


def _refuse_unless_two_new_people(first: Founder, second: Founder) -> None:
    both = (first, second)
    refuse_if(
        *(
            (True, fault)
            for who in both
            for fault in (why_no_sign_in_name(who.username), why_unreadable(who.name))
            if fault
        ),
        (
            User.objects.exists(),
            _("There are people here already. Invite the next ones."),
        ),
        (
            reads_the_same(first.username, second.username) or reads_the_same(first.name, second.name),
            _("The first two must be two people."),
        ),
        (
            bool(first.email) and folded_address(first.email) == folded_address(second.email),
            _("The first two must have two e-mail addresses."),
        ),
        (
            not {first.role, second.role} <= SECONDING_ROLES,
            _("Each of the first two is a reviewer or a director."),
        ),
    )
