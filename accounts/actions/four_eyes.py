"""Acts that make nobody two people: one proposes, another confirms, and neither gains alone."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.closing import close_account, end_sessions, why_not_close
from accounts.actions.joining import open_door, post_invitation
from accounts.actions.roles import end_held_role, why_not_end
from accounts.models import PendingAct, PersonRole, User
from accounts.models.pending import RECOVERY_NOTICE, SHUTS_OUT
from accounts.notify import tell_signers
from accounts.refusals import Check, refuse_if
from accounts.roles import GIVEN_BY_TWO, SECONDING_ROLES, SIGNING_DELAY, SIGNING_ROLES, holds
from accounts.second_person import PROPOSING_ROLES, hold_the_roles_still
from accounts.sign_in import factors
from accounts.signing import may_sign_now
from audit.trail import record

Kind = PendingAct.Kind


@transaction.atomic
def propose_role(*, actor: User, person: User, role: str, reason: str = "") -> PendingAct:
    """Propose that somebody may sign, or administers the office. It waits for a second person; nothing is given yet."""
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_if(
        *_who_may_propose(actor, person),
        (
            role not in GIVEN_BY_TWO,
            _("One administrator gives this role; no second person is needed."),
        ),
        (not person.is_active, _("This account is closed.")),
        (
            person.office_roles.live().filter(role=role).exists(),
            _("This person holds the role already."),
        ),
    )
    return propose(actor=actor, person=person, kind=Kind.GRANT_ROLE, role=role, reason=reason)


@transaction.atomic
def propose_reset(*, actor: User, person: User, what: str, reason: str = "") -> PendingAct:
    """Propose to reset somebody's password or second factor (`Kind.RESET_PASSWORD`, `Kind.RESET_FACTOR`)."""
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_if(
        *_who_may_propose(actor, person),
        (
            what not in {Kind.RESET_PASSWORD, Kind.RESET_FACTOR},
            _("Only a password or a second factor can be reset."),
        ),
        (not person.is_active, _("This account is closed.")),
    )
    return propose(actor=actor, person=person, kind=what, reason=reason)


@transaction.atomic
def propose_reactivation(*, actor: User, person: User, reason: str = "") -> PendingAct:
    """Propose that somebody whose account was closed may sign in again."""
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_if(*_who_may_propose(actor, person), (person.is_active, _("This account is open.")))
    return propose(actor=actor, person=person, kind=Kind.REACTIVATE, reason=reason)


def _who_may_propose(actor: User, person: User) -> list[Check]:
    allowed = holds(actor, *PROPOSING_ROLES)
    return [
        (
            not allowed,
            _("Only an administrator, a reviewer or a director may propose this."),
        )
    ]


def propose(
    *, actor: User, person: User, kind: str, reason: str, role: str = "", alone_after: dt.timedelta | None = None
) -> PendingAct:
    """Write down an act whose proposer was asked already. The same act waits once; an older one that nobody confirmed
    in a week makes room. With `alone_after` everybody is told, and it may be done without a second person after that.
    """
    now, is_recovery = timezone.now(), alone_after == RECOVERY_NOTICE
    same = PendingAct.objects.undecided().filter(kind=kind, role=role, beneficiary=person).select_for_update()
    for earlier in same:
        if earlier.expires_at > now and (earlier.is_recovery or not is_recovery):
            return earlier
        earlier.withdrawn_at = now
        earlier.save(update_fields=["withdrawn_at"])
    act = PendingAct.objects.create(
        kind=kind,
        role=role,
        beneficiary=person,
        reason=reason,
        proposed_by=actor,
        proposed_at=now,
        alone_at=now + alone_after if alone_after else None,
        is_recovery=is_recovery,
    )
    verb = verb_of(act, "proposed")
    notify_of(act, verb=verb, by=actor)
    record(actor=actor, verb=verb, about=act, person=person.pk, role=role)
    return act


def verb_of(act: PendingAct, done: str) -> str:
    """Return what the trail and the notices call it when this act is proposed, seconded or finished."""
    if act.is_recovery and done != "seconded":
        return f"accounts.recovery.{done}"
    return f"accounts.role.{done}" if act.kind == Kind.GRANT_ROLE else f"accounts.{act.kind}.{done}"


def notify_of(act: PendingAct, *, verb: str, by: User) -> None:
    """Tell those who sign; of an act that one person may finish alone, everybody."""
    tell_signers(verb=verb, about=act.beneficiary, by=by, role=act.role, and_everybody=bool(act.alone_at))


@transaction.atomic
def second(*, actor: User, act: PendingAct, at: dt.datetime | None = None) -> PendingAct:
    """Confirm as second person, and do what was proposed.

    Refused to whoever proposed it, to whoever gains from it, to anybody who may not sign today as reviewer or
    director, and when the act was withdrawn, done, or a week old, or its proposer may propose no more. The roles of
    both took two people themselves, so an account that one person made neither proposes nor confirms.
    """
    at = at or timezone.now()
    hold_the_roles_still()
    act = PendingAct.objects.select_for_update().get(pk=act.pk)
    person = User.objects.select_for_update().get(pk=act.beneficiary_id)
    refuse_if(*why_not_second(actor=actor, act=act, at=at))
    act.seconded_by, act.seconded_at = actor, at
    act.save(update_fields=["seconded_by", "seconded_at"])
    DOES[Kind(act.kind)](act, person, at)
    verb = verb_of(act, "seconded")
    notify_of(act, verb=verb, by=actor)
    record(
        actor=actor,
        verb=verb,
        about=act,
        person=person.pk,
        role=act.role,
        proposed_by=act.proposed_by_id,
    )
    return act


def why_not_second(*, actor: User, act: PendingAct, at: dt.datetime | None = None) -> list[Check]:
    """Each condition of being the second person, and whether it is broken."""
    at = at or timezone.now()
    not_yet = may_sign_now(actor, at)
    return [
        (
            actor.pk == act.proposed_by_id,
            _("You proposed this. Somebody else must confirm it."),
        ),
        (
            actor.pk == act.beneficiary_id,
            _("This is about you. Somebody else must confirm it."),
        ),
        (
            not holds(actor, *SECONDING_ROLES, at=at),
            _("The second person must be a reviewer or a director, for a day at least."),
        ),
        (not_yet is not None and holds(actor, *SECONDING_ROLES, at=at), str(not_yet)),
        (
            not holds(act.proposed_by, *PROPOSING_ROLES, at=at),
            _("Who proposed this may not propose it any more. Somebody else must propose it again."),
        ),
        (bool(act.seconded_at or act.finished_at), _("This was confirmed already.")),
        (
            bool(act.withdrawn_at) or act.expires_at <= at,
            _("This was withdrawn, or nobody confirmed it in a week."),
        ),
    ]


@transaction.atomic
def second_role(*, actor: User, act: PendingAct, at: dt.datetime | None = None) -> PendingAct:
    """Confirm a role; one that signs takes effect after 24 hours."""
    refuse_if((act.kind != Kind.GRANT_ROLE, _("This act gives no role.")))
    return second(actor=actor, act=act, at=at)


@transaction.atomic
def second_reset(*, actor: User, act: PendingAct, at: dt.datetime | None = None) -> PendingAct:
    """Confirm a reset; that person does not sign for 24 hours."""
    refuse_if(
        (
            act.kind not in {Kind.RESET_PASSWORD, Kind.RESET_FACTOR},
            _("This act resets nothing."),
        )
    )
    return second(actor=actor, act=act, at=at)


@transaction.atomic
def withdraw_act(*, actor: User, act: PendingAct) -> PendingAct:
    """Take back what waits; whoever may propose may also withdraw, and so may the beneficiary.

    A recovery that shuts somebody out is taken back by another than that person: their account may be in other hands.
    """
    act = PendingAct.objects.select_for_update().get(pk=act.pk)
    is_own = actor.is_active and actor.pk == act.beneficiary_id
    allowed = is_own or holds(actor, *PROPOSING_ROLES)
    refuse_if(
        (not allowed, _("Only an administrator, a reviewer or a director may do this.")),
        (
            is_own and act.is_recovery and act.kind in SHUTS_OUT,
            _("This is about you, and was started on the server. Somebody else must take it back."),
        ),
    )
    if act.seconded_at or act.withdrawn_at or act.finished_at:
        return act
    act.withdrawn_at = timezone.now()
    act.save(update_fields=["withdrawn_at"])
    notify_of(act, verb="accounts.act.withdrawn", by=actor)
    record(actor=actor, verb="accounts.act.withdrawn", about=act)
    return act


def _give(act: PendingAct, person: User, at: dt.datetime) -> None:
    held = person.office_roles.live().filter(role=act.role)
    refuse_if(
        (not person.is_active, _("This account is closed.")),
        (held.exists(), _("This person holds the role already.")),
    )
    PersonRole.objects.create(
        user=person,
        role=act.role,
        granted_by=act.proposed_by,
        seconded_by=act.seconded_by,
        recovery=act if act.finished_at else None,
        granted_at=at,
        effective_at=at + SIGNING_DELAY if act.role in SIGNING_ROLES else at,
    )


def _reset_password(act: PendingAct, person: User, at: dt.datetime) -> None:
    person.set_unusable_password()
    _touch(person, at)
    door, token = open_door(
        username=person.username,
        name=person.name,
        email=person.email,
        invited_by=act.proposed_by,
        person=person,
        is_reset=True,
    )
    post_invitation(door, token)


def _reset_factor(act: PendingAct, person: User, at: dt.datetime) -> None:
    factors.take_away(person)
    _touch(person, at)


def _reactivate(act: PendingAct, person: User, at: dt.datetime) -> None:
    person.is_active = True
    _touch(person, at)


def _close(act: PendingAct, person: User, _at: dt.datetime) -> None:
    refuse_if(*why_not_close(person))
    close_account(person)


def _end_role(act: PendingAct, person: User, at: dt.datetime) -> None:
    held = person.office_roles.live().filter(role=act.role).first()
    if held is not None:
        refuse_if(*why_not_end(held))
        end_held_role(held, by=act.proposed_by, at=at)


def _touch(person: User, at: dt.datetime) -> None:
    person.reset_at = at
    person.save(update_fields=["password", "reset_at", "is_active"])
    end_sessions(person)


DOES = {
    Kind.GRANT_ROLE: _give,
    Kind.RESET_PASSWORD: _reset_password,
    Kind.RESET_FACTOR: _reset_factor,
    Kind.REACTIVATE: _reactivate,
    Kind.DEACTIVATE: _close,
    Kind.END_ROLE: _end_role,
}
