"""Office roles that one administrator gives, and the end of any."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.closing import WAITS_FOR_A_SECOND
from accounts.models import PersonRole, User
from accounts.notify import tell_signers
from accounts.refusals import Check, refuse_if
from accounts.roles import GIVEN_BY_TWO, OfficeRole, holds
from accounts.second_person import hold_the_roles_still, would_shut_the_office
from audit.trail import record


@transaction.atomic
def give_role(*, actor: User, person: User, role: str) -> PersonRole:
    """Give the role that neither signs nor proposes: auditor. Every other one needs propose_role and a second person.

    Refused to anybody but an administrator, and for an account that is closed.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_if(
        (
            not holds(actor, OfficeRole.ADMINISTRATOR),
            _("Only an administrator may do this."),
        ),
        (
            role in GIVEN_BY_TWO,
            _("This role needs a second person who is neither you nor the one who gets it."),
        ),
        (not person.is_active, _("This account is closed.")),
    )
    held = person.office_roles.live().filter(role=role).first()
    if held:
        return held
    given = PersonRole.objects.create(user=person, role=role, granted_by=actor)
    tell_signers(verb="accounts.role.given", about=person, by=actor, role=role)
    record(
        actor=actor,
        verb="accounts.role.given",
        about=given,
        role=role,
        person=person.pk,
    )
    return given


@transaction.atomic
def end_role(*, actor: User, held: PersonRole) -> PersonRole:
    """End a role at once. Refused to anybody but an administrator, for the last administrator's own, and where fewer than
    two would be left who confirm acts: that waits (`propose_role_end`).
    """
    hold_the_roles_still()
    held = PersonRole.objects.select_for_update().get(pk=held.pk)
    refuse_if(
        (
            not holds(actor, OfficeRole.ADMINISTRATOR),
            _("Only an administrator may do this."),
        ),
        *why_not_end(held),
        (not held.ended_at and would_shut_the_office(held.user, held=held), WAITS_FOR_A_SECOND),
    )
    if held.ended_at:
        return held
    end_held_role(held, by=actor, at=timezone.now())
    tell_signers(verb="accounts.role.ended", about=held.user, by=actor, role=held.role)
    record(
        actor=actor,
        verb="accounts.role.ended",
        about=held,
        role=held.role,
        person=held.user_id,
    )
    return held


def why_not_end(held: PersonRole) -> list[Check]:
    """What stands against ending this role, whoever asks."""
    administrators = PersonRole.objects.live().filter(role=OfficeRole.ADMINISTRATOR, user__is_active=True)
    is_last = held.role == OfficeRole.ADMINISTRATOR and not administrators.exclude(pk=held.pk).exists()
    return [(is_last, _("This is the last administrator."))]


def end_held_role(held: PersonRole, *, by: User, at: dt.datetime) -> None:
    """End the role; whoever may do so was asked before."""
    held.ended_at, held.ended_by = at, by
    held.save(update_fields=["ended_at", "ended_by"])
