"""Nobody shuts the office: what would leave fewer than two who confirm waits, and an office that is shut is recovered."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.closing import who_may_close, why_not_close
from accounts.actions.four_eyes import DOES, Kind, notify_of, propose, verb_of
from accounts.actions.roles import why_not_end
from accounts.models import PendingAct, PersonRole, User
from accounts.models.pending import NOTICE, OF_A_ROLE, RECOVERY_NOTICE
from accounts.refusals import Check, refuse_if
from accounts.roles import GIVEN_BY_TWO, OfficeRole, holds
from accounts.second_person import PROPOSING_ROLES, hold_the_roles_still, two_could_do_it
from audit.trail import record

__all__ = ["finish_alone", "propose_deactivation", "propose_recovery", "propose_role_end", "why_not_finish"]


@transaction.atomic
def propose_deactivation(*, actor: User, person: User, reason: str = "") -> PendingAct:
    """Propose to close an account. A second person confirms it, or everybody is told and it waits for 24 hours.

    Refused to anybody but an administrator, for oneself, for the last administrator, and for an account that is closed.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_if(
        *who_may_close(actor, person),
        *why_not_close(person),
        (not person.is_active, _("This account is closed.")),
    )
    return propose(actor=actor, person=person, kind=Kind.DEACTIVATE, reason=reason, alone_after=NOTICE)


@transaction.atomic
def propose_role_end(*, actor: User, held: PersonRole, reason: str = "") -> PendingAct:
    """Propose to end a role. A second person confirms it, or everybody is told and it waits for 24 hours.

    Refused to anybody but an administrator, for the last administrator's own, and for a role that ended.
    """
    held = PersonRole.objects.select_for_update().select_related("user").get(pk=held.pk)
    refuse_if(
        (not holds(actor, OfficeRole.ADMINISTRATOR), _("Only an administrator may do this.")),
        *why_not_end(held),
        (bool(held.ended_at), _("This role ended already.")),
    )
    return propose(actor=actor, person=held.user, kind=Kind.END_ROLE, role=held.role, reason=reason, alone_after=NOTICE)


@transaction.atomic
def propose_recovery(*, actor: User, person: User, kind: str, role: str = "", reason: str) -> PendingAct:
    """Start what nobody here could confirm any more: everybody is told, and it may be finished after 72 hours.

    For the command alone. Refused where two people could do it in the usual way, without a reason, to whoever holds no
    role that proposes, and for oneself (but for a lost password or factor).
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    is_reset = kind in {Kind.RESET_PASSWORD, Kind.RESET_FACTOR}
    refuse_if(
        (
            not holds(actor, *PROPOSING_ROLES),
            _("Only an administrator, a reviewer or a director may propose this."),
        ),
        (actor.pk == person.pk and not is_reset, _("This is about you. Somebody else must start it.")),
        (not reason.strip(), _("Say why: everybody reads it.")),
        (two_could_do_it(person), _("Two people can do this in the usual way: one proposes it, another confirms it.")),
        ((kind in OF_A_ROLE) != bool(role), _("Name a role where a role is given or ended, and only there.")),
        (kind == Kind.GRANT_ROLE and role not in GIVEN_BY_TWO, _("One administrator gives this role.")),
        (person.is_active == (kind == Kind.REACTIVATE), _("The account is open, or closed, already.")),
    )
    return propose(actor=actor, person=person, kind=kind, role=role, reason=reason, alone_after=RECOVERY_NOTICE)


@transaction.atomic
def finish_alone(*, actor: User, act: PendingAct, at: dt.datetime | None = None) -> PendingAct:
    """Do what everybody was told of and nobody took back, without a second person.

    Refused before the notice is over, after a week, to whoever may not propose it, and a recovery that two people could
    do by now. The database asks its own clock too.
    """
    at = at or timezone.now()
    hold_the_roles_still()
    act = PendingAct.objects.select_for_update().get(pk=act.pk)
    person = User.objects.select_for_update().get(pk=act.beneficiary_id)
    refuse_if(*why_not_finish(actor=actor, act=act, at=at))
    act.finished_by, act.finished_at = actor, at
    act.save(update_fields=["finished_by", "finished_at"])
    DOES[Kind(act.kind)](act, person, at)
    verb = verb_of(act, "finished")
    notify_of(act, verb=verb, by=actor)
    record(actor=actor, verb=verb, about=act, person=person.pk, role=act.role, proposed_by=act.proposed_by_id)
    return act


def why_not_finish(*, actor: User, act: PendingAct, at: dt.datetime | None = None) -> list[Check]:
    """Each condition of finishing an act without a second person, and whether it is broken."""
    at = at or timezone.now()
    roles = PROPOSING_ROLES if act.is_recovery else {OfficeRole.ADMINISTRATOR}
    is_reset = act.kind in {Kind.RESET_PASSWORD, Kind.RESET_FACTOR}
    return [
        (act.alone_at is None, _("A second person must confirm this.")),
        (
            act.alone_at is not None and at < act.alone_at,
            _("Everybody is still being told. It may be done without a second person when that time is over."),
        ),
        (
            not holds(actor, *roles, at=at),
            _("Only an administrator, a reviewer or a director may do this.")
            if act.is_recovery
            else _("Only an administrator may do this."),
        ),
        (
            not holds(act.proposed_by, *roles, at=at),
            _("Who proposed this may not propose it any more. Somebody else must propose it again."),
        ),
        (
            actor.pk == act.beneficiary_id and not is_reset and act.kind != Kind.END_ROLE,
            _("This is about you. Somebody else must do it."),
        ),
        (
            act.is_recovery and two_could_do_it(act.beneficiary, at=at),
            _("Two people can do this in the usual way: one proposes it, another confirms it."),
        ),
        (bool(act.seconded_at or act.finished_at), _("This was done already.")),
        (bool(act.withdrawn_at) or act.expires_at <= at, _("This was taken back, or nobody did it in a week.")),
    ]
