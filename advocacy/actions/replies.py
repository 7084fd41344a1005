"""Record what came back, say whether a promise was kept, and withdraw what was recorded wrongly."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.models import Approach, Reply
from advocacy.models.approaches import NO_REPLY
from audit.trail import record
from casework.access import lock, require
from casework.models import Case
from directory.vocabulary import terms
from materials.models import Copy, MaterialCase


@dataclass(frozen=True)
class NewReply:
    """What is known of a reply. Without `received_on` it came today; a promise has words and a day."""

    kind: str
    effect: str = Reply.Effect.UNKNOWN
    received_on: dt.date | None = None
    words: str = ""
    promised: str = ""
    due_on: dt.date | None = None


@transaction.atomic
def record_reply(
    *,
    actor: User,
    case: Case,
    new: NewReply,
    approach: Approach | None = None,
    copy: Copy | None = None,
    now: dt.datetime | None = None,
) -> Reply:
    """Record what came back to one approach or one copy that was handed over. Needs the right to plan.

    Refused to both or neither, for a day before the approach or to come, to a call that nobody took, to what was withdrawn
    or is of another case, without the day or the words of a promise; for a copy it needs the right to send as well.
    """
    (case,) = lock(case)
    require(actor, "plan", case)
    if copy is not None:
        require(actor, "dispatch", case)
        is_of_case = MaterialCase.objects.filter(material=copy.material_id, case=case).exists()
        if not is_of_case or not Copy.objects.where(actor, may="dispatch").filter(pk=copy.pk).exists():
            raise ValidationError(_("This copy is not one of this case."))
    return answer(actor, case, new, approach=approach, copy=copy, now=now or timezone.now())


@transaction.atomic
def settle_promise(*, actor: User, reply: Reply, is_kept: bool, on: dt.date) -> Reply:
    """Say that a promise was kept, or broken, on this day. Needs the right to plan; it is said once.

    Refused for a day before the promise or to come, and where nothing was promised or the reply was withdrawn.
    """
    case, row = _locked(actor, reply)
    if row.promise != Reply.Promise.OPEN:
        raise ValidationError(_("This is said already, or nothing was promised."))
    if on > timezone.localdate():
        raise ValidationError({"on": _("This day is still to come.")})
    if on < row.received_on:
        raise ValidationError({"on": _("This day lies before the promise. Look at it again.")})
    row.promise = Reply.Promise.KEPT if is_kept else Reply.Promise.BROKEN
    row.settled_on, row.settled_by, row.version = on, actor, row.version + 1
    row.save(update_fields=["promise", "settled_on", "settled_by", "version"])
    verb = "advocacy.promise.kept" if is_kept else "advocacy.promise.broken"
    record(actor=actor, verb=verb, case=case, about=row, on=on)
    return row


@transaction.atomic
def withdraw_reply(*, actor: User, reply: Reply, reason: str) -> Reply:
    """Withdraw a reply that was recorded wrongly; it stays readable with the reason. Needs the right to plan.

    Refused without a reason, and a second time.
    """
    case, row = _locked(actor, reply)
    row.withdrawn_because = reason_of(reason)
    row.removed_at, row.removed_by, row.version = timezone.now(), actor, row.version + 1
    row.save(update_fields=["withdrawn_because", "removed_at", "removed_by", "version"])
    record(actor=actor, verb="advocacy.reply.withdrawn", case=case, about=row, kind=row.kind)
    return row


def answer(
    actor: User,
    case: Case,
    new: NewReply,
    *,
    now: dt.datetime,
    approach: Approach | None = None,
    copy: Copy | None = None,
) -> Reply:
    """Keep a reply, for a verb that locked the case and asked for the right."""
    since = _answered_since(case, approach, copy)
    day = new.received_on or timezone.localdate(now)
    if day > timezone.localdate(now):
        raise ValidationError({"received_on": _("This day is still to come.")})
    if day < since:
        raise ValidationError({"received_on": _("This day lies before the approach. Look at it again.")})
    if new.kind not in terms("response_type") or new.kind == NO_REPLY:
        raise ValidationError({"kind": _("Choose from the list. Silence is counted by itself.")})
    promised = _promise_of(new, day)
    row = Reply(
        case=case,
        approach=approach,
        copy=copy,
        kind=new.kind,
        effect=new.effect,
        received_on=day,
        words=new.words.strip() or None,
        promised=promised or None,
        due_on=new.due_on,
        promise=Reply.Promise.OPEN if promised else "",
        created_by=actor,
    )
    row.validate_constraints()
    row.save(force_insert=True)
    record(actor=actor, verb="advocacy.reply.recorded", case=case, about=row, kind=row.kind, effect=row.effect)
    return row


def reason_of(reason: str) -> str:
    """Return the reason without blanks around it; ValidationError where there is none."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is withdrawn.")})
    return reason.strip()


def _promise_of(new: NewReply, day: dt.date) -> str:
    """Return what was promised; refused where its words or its day are missing, or the day lies before it."""
    promised = new.promised.strip()
    if bool(promised) != (new.due_on is not None):
        missing = {"promised": _("Write what was promised.")} if new.due_on else {"due_on": _("Write by which day.")}
        raise ValidationError(missing)
    if new.due_on and new.due_on < day:
        raise ValidationError({"due_on": _("This day lies before the promise. Look at it again.")})
    return promised


def _answered_since(case: Case, approach: Approach | None, copy: Copy | None) -> dt.date:
    """Return the first day on which somebody could answer; refused where there is nothing to answer."""
    if (approach is None) == (copy is None):
        raise ValidationError(_("A reply answers one approach, or one copy."))
    if approach is not None:
        row = Approach.objects.filter(case=case, pk=approach.pk, removed_at=None).first()
        if row is None:
            raise ValidationError(_("This approach is not there any more."))
        if row.is_missed:
            raise ValidationError(_("Nobody took this call. Record the call in which somebody did."))
        return timezone.localdate(row.happened_at)
    handed = Copy.objects.filter(pk=copy.pk).values_list("handed_over_at", flat=True).first() if copy else None
    if handed is None:
        raise ValidationError(_("This copy is not handed over yet."))
    return timezone.localdate(handed)


def _locked(actor: User, reply: Reply) -> tuple[Case, Reply]:
    """Lock the case and a reply that nobody withdrew, for who may plan."""
    (case,) = lock(reply.case_id)
    require(actor, "plan", case)
    row: Reply = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    row.case = case
    if row.removed_at:
        raise ValidationError(_("This was withdrawn already."))
    return case, row
