"""Ending what somebody has: sessions, the account."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.calendar_address import revoke_addresses_of
from accounts.models import User
from accounts.notify import tell_signers
from accounts.refusals import Check, refuse_if
from accounts.roles import OfficeRole, holds
from accounts.second_person import hold_the_roles_still, would_shut_the_office
from accounts.sign_in.devices import forget_devices
from accounts.sign_in.own_sessions import end_rows
from audit.trail import record

WAITS_FOR_A_SECOND = gettext_lazy(
    "It would leave fewer than two people who may confirm acts of the office. A second person confirms it, or everybody "
    "is told and it waits for 24 hours."
)


def end_sessions(person: User, *, but: str | None = None, but_device: str = "") -> int:
    """End every session of a person, known or not, and forget their devices; where all end, the calendar address does. The rows of all but the one called so go
    too, and all devices but the one called so. Says how many sessions went.

    A session that should go on must be told the new hash by its view.
    """
    User.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])
    rows = UserSession.objects.filter(user_id=person.pk).exclude(session_key=but or "")
    ended = [row.session_key for row in rows]
    if but is None:
        revoke_addresses_of(person)
    end_rows(ended)
    rows.delete()
    forget_devices(person, but=but_device)
    return len(ended)


@transaction.atomic
def deactivate(*, actor: User, person: User) -> User:
    """Close an account at once: nobody is deleted, roles stay written and count for nothing.

    Refused to anybody but an administrator, for oneself, for the last administrator, and where fewer than two would be
    left who confirm acts: that waits (`propose_deactivation`).
    """
    hold_the_roles_still()
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_if(
        *who_may_close(actor, person),
        *why_not_close(person),
        (would_shut_the_office(person), WAITS_FOR_A_SECOND),
    )
    if not person.is_active:
        return person
    close_account(person)
    tell_signers(verb="accounts.person.deactivated", about=person, by=actor)
    record(actor=actor, verb="accounts.person.deactivated", about=person)
    return person


def who_may_close(actor: User, person: User) -> list[Check]:
    """Each condition of closing somebody's account, or of proposing it, that is about who asks."""
    return [
        (
            not holds(actor, OfficeRole.ADMINISTRATOR),
            _("Only an administrator may do this."),
        ),
        (
            actor.pk == person.pk,
            _("Nobody closes their own account. Ask another administrator."),
        ),
    ]


def why_not_close(person: User) -> list[Check]:
    """What stands against closing this account, whoever asks."""
    others = User.objects.filter(
        is_active=True,
        office_roles__role=OfficeRole.ADMINISTRATOR,
        office_roles__ended_at=None,
    ).exclude(pk=person.pk)
    return [(not others.exists(), _("This is the last administrator."))]


def close_account(person: User) -> None:
    """Close the account and end its sessions; whoever may do so was asked before."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person)
