"""Trusted recipients of protective notices: proposed beforehand, approved by two people, ended by one."""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from accounts.names import why_unreadable
from accounts.refusals import refuse_if
from accounts.roles import SECONDING_ROLES, holds
from accounts.signing import may_sign_now
from audit.trail import record
from directory.models import Recipient

AUDIENCES = ("AU_OWNGOV", "AU_DIPLO", "AU_UN", "AU_COURT")


MAY_NOT_ENTER = _lazy("Who coordinates a case, and reviewers and directors of the office, propose whom it trusts.")
CHANGED_OUTSIDE = _lazy(
    "This recipient was changed outside the program, so its approval does not count. End it, enter it again, and tell"
    " whoever runs the server."
)

MayPropose = Callable[[User], bool]
_proposers: list[MayPropose] = []


def register_proposers(question: MayPropose) -> MayPropose:
    """Let an app above say who else may propose: whoever it answers yes for."""
    if question not in _proposers:
        _proposers.append(question)
    return question


def may_enter(user: User) -> bool:
    """Say whether this person may propose a recipient: who signs for the office, and whom an app above names."""
    return bool(holds(user, *SECONDING_ROLES) or any(question(user) for question in _proposers))


def may_approve(user: User) -> bool:
    """Say whether this person may approve and end trusted recipients: reviewers and directors who may sign now."""
    return bool(holds(user, *SECONDING_ROLES) and may_sign_now(user) is None)


@transaction.atomic
def enter(
    *, actor: User, name: str, audience: str, channel: str, verified_on: dt.date, passes_name_on: bool
) -> Recipient:
    """Propose a recipient; nothing can be sent to it before two people approved it.

    Refused to who neither coordinates a case nor signs for the office, for an audience that is not protective, and for a day that is still to come.
    """
    faults: dict[str, str] = {}
    refuse_if((not may_enter(actor), MAY_NOT_ENTER))
    if audience not in AUDIENCES:
        faults["audience"] = _("A protective notice goes to officials, bodies, courts and lawyers alone.")
    if verified_on > timezone.localdate():
        faults["verified_on"] = _("This day is still to come. Verify the channel first.")
    if not name.strip() or not channel.strip():
        faults["channel"] = _("Say who receives it, and through which channel.")
    if name.strip() and (unreadable := why_unreadable(name)):
        faults["name"] = unreadable
    if faults:
        raise ValidationError(faults)
    row = Recipient(name=name.strip(), audience=audience, channel=channel.strip(), channel_verified_on=verified_on)
    row.passes_name_on, row.entered_by = passes_name_on, actor
    row.save(force_insert=True)
    record(actor=actor, verb="directory.recipient.entered", about=row, audience=audience, passes_name_on=passes_name_on)
    return row


@transaction.atomic
def approve(*, actor: User, recipient: Recipient) -> Recipient:
    """Approve a recipient: the first person approves, another one seconds, and from then on it counts.

    Refused to who may not sign for the office now, to the first approver a second time, and for one that has ended.
    """
    row = _for_signers(actor, recipient)
    if row.ended_at:
        raise ValidationError(_("This recipient has ended. Enter it again to use it."))
    if not row.carries_mark():
        raise ValidationError(CHANGED_OUTSIDE)
    if row.seconded_by_id:
        return row
    if row.approved_by_id == actor.pk:
        raise ValidationError(_("You approved it already. A second person must agree."))
    if row.approved_by_id is None:
        row.approved_by = actor
        row.save(update_fields=["approved_by"])
    else:
        row.seconded_by = actor
        row.save(update_fields=["seconded_by"])
    is_second = row.seconded_by_id == actor.pk
    record(actor=actor, verb="directory.recipient.approved", about=row, is_second=is_second)
    return row


@transaction.atomic
def end(*, actor: User, recipient: Recipient) -> Recipient:
    """End a recipient at once; one signer is enough. Nothing goes there any more, what went before stays recorded."""
    row = _for_signers(actor, recipient)
    if row.ended_at is None:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        record(actor=actor, verb="directory.recipient.ended", about=row)
    return row


def _for_signers(actor: User, recipient: Recipient) -> Recipient:
    refuse_if(
        (
            not may_approve(actor),
            _("Only reviewers and directors of the office, for a day at least, decide about this."),
        )
    )
    return Recipient.objects.select_for_update().get(pk=recipient.pk)
