"""Inviting somebody, and coming in."""

import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.closing import end_sessions
from accounts.models import Invitation, User
from accounts.models.address import folded_address
from accounts.models.invitation import token_digest
from accounts.names import reads_like_another, reads_the_same, why_no_sign_in_name, why_unreadable
from accounts.notify import post, tell_signers
from accounts.refusals import Refused, refuse_if
from accounts.roles import OfficeRole, holds
from audit.trail import record

ONLY_ADMINISTRATORS = gettext_lazy("Only an administrator may do this.")
NAMED_ALIKE = gettext_lazy("Somebody here is called so already. Add what tells the two apart.")
SIGN_IN_NAME_TAKEN = gettext_lazy("This sign-in name is taken, or reads like one that is.")
ADDRESS_TAKEN = gettext_lazy("Somebody here has this address, or is invited under it. Each person has their own.")
TOKEN_BYTES = 32


@transaction.atomic
def invite(*, actor: User, username: str, name: str, email: str) -> tuple[Invitation, str]:
    """Invite one person for 72 hours; gives the invitation and its secret, which is stored nowhere.

    Refused to anybody but an administrator, who is told nothing else; then for a name or an address that is taken, or
    reads like one that is. The person gets no role and no case by it.
    """
    refuse_if((not holds(actor, OfficeRole.ADMINISTRATOR), ONLY_ADMINISTRATORS))
    refuse_if(
        *((True, fault) for fault in (why_no_sign_in_name(username), why_unreadable(name)) if fault),
        (reads_like_another(username, field="username"), SIGN_IN_NAME_TAKEN),
        (reads_like_another(name, field="name"), NAMED_ALIKE),
        (address_is_taken(email), ADDRESS_TAKEN),
    )
    _make_room_for(email)
    invitation, token = open_door(username=username, name=name, email=email, invited_by=actor)
    post_invitation(invitation, token)
    record(actor=actor, verb="accounts.person.invited", about=invitation)
    return invitation, token


def address_is_taken(email: str) -> bool:
    """Whether somebody has this address, however it is spelled, or is invited under it. Only for who manages people."""
    folded = folded_address(email)
    people, invited = User.objects.filter(email_folded=folded), Invitation.objects.open().to_join()
    return bool(folded) and (people.exists() or invited.filter(email_folded=folded).exists())


def _make_room_for(email: str) -> None:
    """Withdraw what was sent to this address and is too old: an address is invited once at a time."""
    for old in Invitation.objects.to_join().filter(email_folded=folded_address(email)).exclude(email_folded=""):
        old.withdrawn_at = timezone.now()
        old.save(update_fields=["withdrawn_at"])


def open_door(
    *,
    username: str,
    name: str,
    email: str,
    invited_by: User | None,
    person: User | None = None,
    is_reset: bool = False,
) -> tuple[Invitation, str]:
    """Make the row and the secret of an invitation; of a reset, or of a founder, when the person exists."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        username=username,
        name=name,
        email=email,
        token_sha256=token_digest(token),
        invited_by=invited_by,
        person=person,
        is_reset=is_reset,
    )
    return invitation, token


def link(token: str) -> str:
    """The address that opens the door once."""
    return settings.SITE.url + reverse("accounts:invitation", args=[token])


def post_invitation(invitation: Invitation, token: str) -> None:
    """Send the link. The message names nobody and nothing but this site."""
    post(
        [invitation.email],
        subject=_("Choose your password"),
        text=_("Open this address within 72 hours, once:\n\n%(link)s\n") % {"link": link(token)},
    )


@transaction.atomic
def withdraw_invitation(*, actor: User, invitation: Invitation) -> Invitation:
    """Close the door before anybody used it; one administrator does this at once."""
    refuse_if((not holds(actor, OfficeRole.ADMINISTRATOR), ONLY_ADMINISTRATORS))
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        return invitation
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(actor=actor, verb="accounts.invitation.withdrawn", about=invitation)
    return invitation


def _came_meanwhile(found: Invitation) -> bool:
    """Whether somebody since the invitation was sent has this address, or is called so that it reads the same."""
    same_address = User.objects.filter(email_folded=found.email_folded).exclude(email_folded="")
    people = User.objects.values_list("username", "name")
    is_alike = any(
        reads_the_same(found.username, username) or reads_the_same(found.name, name) for username, name in people
    )
    return is_alike or bool(same_address.exists())


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str) -> User:
    """Choose a password through an open door, which closes behind. Refused when it was used or is too old.

    A new account has no role and no case. After a reset the 24 hours before signing begin again.
    """
    open_doors = Invitation.objects.open().select_for_update()
    found = open_doors.filter(pk=invitation.pk).first()
    if found is None:
        raise Refused(_("This invitation was used already, or is older than 72 hours. Ask for a new one."))
    person = found.person or User(username=found.username, name=found.name, email=found.email)
    if found.person is None and _came_meanwhile(found):
        raise Refused(_("This invitation cannot be used any more. Ask for a new one."))
    validate_password(password, person)
    now = timezone.now()
    person.set_password(password)
    if found.is_reset:
        person.reset_at = now
    person.save()
    verb = "accounts.password.chosen_after_reset" if found.is_reset else "accounts.person.joined"
    found.accepted_at, found.person = now, person
    found.save(update_fields=["accepted_at", "person"])
    end_sessions(person)
    tell_signers(verb=verb, about=person, by=person)
    record(actor=person, verb=verb, about=found)
    return person
