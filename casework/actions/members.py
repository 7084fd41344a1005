"""Who is on a case. Nobody lets themself in: who asks for oneself waits for a second person."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notify import tell_signers
from accounts.roles import OfficeRole, holds
from audit.trail import record
from casework import notify
from casework.access import NotAllowed, lock, may, require, rights_on, settle_rights
from casework.access.roles import SIGNING_ROLES
from casework.models import Case, CaseUserObjectPermission, Membership
from casework.models.case import not_over

SECONDING_RIGHTS = frozenset({"manage_access", "sign_review", "sign_risk", "sign_high"})


@transaction.atomic
def add_member(*, actor: User, case: Case, user: User, role: str, until: dt.datetime | None = None) -> Membership:
    """Put somebody on the case in a role; for oneself it only asks, and counts once a second person agrees.

    Refused without the right to manage access (an administrator may ask for herself), for a closed account, for a
    role the person has, and for a signing role that the office has not given to this person.
    """
    case = lock(case)[0]
    is_own = user.pk == actor.pk
    if not (is_own and holds(actor, OfficeRole.ADMINISTRATOR)):
        require(actor, "manage_access", case)
    _check(case, user, role, until)
    row = Membership.objects.create(case=case, user=user, role=role, granted_by=actor, until=until)
    settle_rights(case, user)
    if is_own:
        tell_signers(verb="casework.member.asked", about=user, by=actor, role=role)
    verb = "casework.member.asked" if is_own else "casework.member.added"
    record(actor=actor, verb=verb, case=case, about=row, user=user.pk, role=role)
    if not is_own:
        notify.notify_people(verb=verb, case=case, about=row, actor=actor, people=[user])
    return row


@transaction.atomic
def second_member(*, actor: User, membership: Membership) -> Membership:
    """Agree, as second person, that somebody who asked for it joins the case; the rights count from now.

    Refused to the person concerned, and to who neither manages access nor signs on the case.
    """
    case = lock(membership.case_id)[0]
    row: Membership = Membership.objects.select_for_update().select_related("user").get(pk=membership.pk)
    if not rights_on(actor, case) & SECONDING_RIGHTS:
        raise NotAllowed("manage_access", case)
    if row.user_id == actor.pk:
        raise ValidationError(_("Somebody else must agree that you join this case."))
    if row.ended_at or row.seconded_at or not row.is_at_own_request:
        return row
    row.seconded_by, row.seconded_at = actor, timezone.now()
    row.save(update_fields=["seconded_by", "seconded_at"])
    settle_rights(case, row.user)
    tell_signers(verb="casework.member.seconded", about=row.user, by=actor, role=row.role)
    record(actor=actor, verb="casework.member.seconded", case=case, about=row, user=row.user_id, role=row.role)
    notify.notify_people(verb="casework.member.seconded", case=case, about=row, actor=actor, people=[row.user])
    return row


@transaction.atomic
def end_member(*, actor: User, membership: Membership) -> Membership:
    """Take a role on the case away, at once. Everybody may lay down their own.

    Refused without the right to manage access, and when nobody would be left who has it. A lead who loses the right
    to change the case is followed by the person who ends the role.
    """
    case = lock(membership.case_id)[0]
    row: Membership = Membership.objects.select_for_update().select_related("user").get(pk=membership.pk)
    if not (actor.is_active and row.user_id == actor.pk):
        require(actor, "manage_access", case)
    if row.ended_at:
        return row
    row.ended_at, row.ended_by = timezone.now(), actor
    row.save(update_fields=["ended_at", "ended_by"])
    settle_rights(case, row.user)
    if not User.objects.filter(_manages(case), is_active=True).exists():
        raise ValidationError(_("Nobody would be left who manages access to this case. Put somebody else on it first."))
    _follow_lead(case, row, actor)
    record(actor=actor, verb="casework.member.ended", case=case, about=row, user=row.user_id, role=row.role)
    return row


@transaction.atomic
def end_overdue(*, at: dt.datetime | None = None) -> int:
    """End every role whose time is over, as the sweep does each minute; returns how many ended. May run twice."""
    moment = at or timezone.now()
    rows = Membership.objects.filter(ended_at=None, until__lte=moment).select_related("user").order_by("case_id")
    for row in rows:
        case = lock(row.case_id)[0]
        Membership.objects.filter(pk=row.pk, ended_at=None).update(ended_at=moment)
        settle_rights(case, row.user)
        record(actor=None, verb="casework.member.ended", case=case, about=row, user=row.user_id, role=row.role)
    return len(rows)


def roles_open_to(user: User) -> list[tuple[str, str]]:
    """Return the roles this person may be given on a case: signing ones only where the office has given them."""
    held = set(user.office_roles.live().values_list("role", flat=True))
    return [
        (role.value, str(role.label)) for role in Membership.Role if role not in SIGNING_ROLES or role.value in held
    ]


def may_second(actor: User, case: Case) -> bool:
    """Say whether this person could agree that somebody else joins."""
    return bool(rights_on(actor, case) & SECONDING_RIGHTS)


def _check(case: Case, user: User, role: str, until: dt.datetime | None) -> None:
    faults: dict[str, str] = {}
    if not user.is_active:
        faults["user"] = _("This account is closed.")
    elif role not in Membership.Role.values:
        faults["role"] = _("Choose a role.")
    elif Membership.objects.filter(case=case, user=user, role=role, ended_at=None).exists():
        faults["role"] = _("This person has the role already, or it waits for a second person.")
    elif role in SIGNING_ROLES and role not in dict(roles_open_to(user)):
        faults["role"] = _("The office has not given this signing role to this person. Two people can give it.")
    if until and until <= timezone.now():
        faults["until"] = _("Choose a day that is still to come.")
    if faults:
        raise ValidationError(faults)


def _manages(case: Case) -> Q:
    rows = CaseUserObjectPermission.objects.filter(
        not_over(), content_object=case, permission__codename="manage_access"
    )
    return Q(pk__in=rows.values("user_id"))


def _follow_lead(case: Case, row: Membership, actor: User) -> None:
    """Make the person who ends the role the lead, where the lead may change the case no more."""
    if row.user_id != case.lead_id or may(row.user, "change_case", case) or not may(actor, "change_case", case):
        return
    case.lead = actor
    case.save(update_fields=["lead"])
