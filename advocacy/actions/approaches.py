"""Record that somebody was written to, met or rung about a case, and withdraw what was recorded wrongly."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from advocacy.actions.replies import NewReply, answer, reason_of
from advocacy.models import Approach, ApproachAsk, Reply
from audit.trail import record
from casework.access import lock, may, require
from casework.models import Ask, Case
from directory.models import Actor
from directory.vocabulary import terms
from materials.models import Copy, MaterialCase

TO_COME = gettext_lazy("This is still to come. Record it once it was done.")
WHOM = gettext_lazy("Choose an entry of the directory, or write the office.")


@dataclass(frozen=True)
class NewApproach:
    """What is known of an approach. Without `happened_at` it is now; `made_by` is who of us, else who records it."""

    kind: str
    to: Actor | None = None
    to_name: str = ""
    happened_at: dt.datetime | None = None
    is_hour_told: bool = False
    met: Actor | None = None
    met_name: str = ""
    is_missed: bool = False
    made_by: User | None = None
    asks: Sequence[Ask] = ()
    copy: Copy | None = None
    follows: Approach | None = None
    told: str = ""
    told_items: Sequence[str] = ()
    handling_level: str = "TLP_RED"
    attribution_rule: str = "AT_UNDECIDED"
    follow_up_on: dt.date | None = None


@transaction.atomic
def record_approach(
    *, actor: User, case: Case, new: NewApproach, reply: NewReply | None = None, now: dt.datetime | None = None
) -> Approach:
    """Record an approach of a case, and what was answered in the same talk. Needs the right to plan.

    Refused where it goes to nobody or to two, lies ahead, is about asks, copies or approaches of another case or that were removed, names
    somebody of ours who does not see the case, or tells something in a call that nobody took.
    """
    (case,) = lock(case)
    require(actor, "plan", case)
    now = now or timezone.now()
    new = replace(new, happened_at=new.happened_at or now, made_by=new.made_by or actor)
    _refuse_whom(new)
    _refuse_when(new, now)
    _refuse_what(actor, case, new)
    if new.is_missed and reply is not None:
        raise ValidationError({"outcome": _("Nobody took the call: nothing came of it yet.")})
    row = Approach(case=case, created_by=actor, **_columns(new))
    row.validate_constraints()
    row.save(force_insert=True)
    ApproachAsk.objects.bulk_create(
        [ApproachAsk(case=case, approach=row, ask=ask) for ask in {one.pk: one for one in new.asks}.values()]
    )
    record(actor=actor, verb="advocacy.approach.recorded", case=case, about=row, kind=row.kind, missed=row.is_missed)
    if reply is not None:
        answer(actor, case, reply, approach=row, now=now)
    return row


@transaction.atomic
def withdraw_approach(*, actor: User, approach: Approach, reason: str) -> Approach:
    """Withdraw an approach that was recorded wrongly; it stays readable with the reason. Needs the right to plan.

    Refused without a reason, a second time, and while something is recorded as answered to it.
    """
    (case,) = lock(approach.case_id)
    require(actor, "plan", case)
    row: Approach = Approach.objects.select_for_update(of=("self",)).get(pk=approach.pk)
    row.case = case
    if row.removed_at:
        raise ValidationError(_("This was withdrawn already."))
    if Reply.objects.present().filter(approach=row).exists():
        raise ValidationError({"reason": _("Something is recorded as answered to it. Withdraw the answer first.")})
    row.withdrawn_because = reason_of(reason)
    row.removed_at, row.removed_by, row.version = timezone.now(), actor, row.version + 1
    row.save(update_fields=["withdrawn_because", "removed_at", "removed_by", "version"])
    record(actor=actor, verb="advocacy.approach.withdrawn", case=case, about=row, kind=row.kind)
    return row


def _columns(new: NewApproach) -> dict[str, object]:
    return {
        "kind": new.kind,
        "happened_at": new.happened_at,
        "is_hour_told": new.is_hour_told,
        "actor": new.to,
        "to_name": new.to_name.strip() or None,
        "met": new.met,
        "met_name": new.met_name.strip() or None,
        "is_missed": new.is_missed,
        "made_by": new.made_by,
        "copy": new.copy,
        "follows": new.follows,
        "told": new.told.strip() or None,
        "told_items": sorted(set(new.told_items)) or None,
        "handling_level": new.handling_level,
        "attribution_rule": new.attribution_rule,
        "follow_up_on": new.follow_up_on,
    }


def _refuse_whom(new: NewApproach) -> None:
    """Refuse an approach to nobody or to two, and somebody met who stands nowhere in the office approached."""
    if (new.to is None) == (not new.to_name.strip()):
        raise ValidationError({"to": str(WHOM)})
    if new.met is not None and new.met_name.strip():
        raise ValidationError({"met": _("Say once who it was.")})
    if new.met is not None and (new.to is None or new.to.pk not in (new.met.pk, new.met.parent_id)):
        raise ValidationError({"met": _("This person stands in another office of the directory.")})
    if new.is_missed and (new.kind != Approach.Kind.CALL or new.met or new.met_name.strip() or new.told.strip()):
        raise ValidationError({"met": _("Nobody took the call: then nobody was told anything.")})


def _refuse_when(new: NewApproach, now: dt.datetime) -> None:
    """Refuse what lies ahead, and a day to get in touch again that lies before it."""
    if new.happened_at is None or new.happened_at > now:
        raise ValidationError({"on": str(TO_COME)})
    if new.follow_up_on and new.follow_up_on < timezone.localdate(new.happened_at):
        raise ValidationError({"follow_up_on": _("This day lies before the approach. Look at it again.")})


def _refuse_what(actor: User, case: Case, new: NewApproach) -> None:
    """Refuse rows of another case, copies that the actor may not send, and codes that nobody has."""
    if any(ask.case_id != case.pk or ask.removed_at for ask in new.asks):
        raise ValidationError({"asks": _("This ask is not there any more.")})
    if new.copy is not None:
        is_of_case = MaterialCase.objects.filter(material=new.copy.material_id, case=case).exists()
        if not is_of_case or not Copy.objects.where(actor, may="dispatch").filter(pk=new.copy.pk).exists():
            raise ValidationError({"copy": _("This copy is not one of this case.")})
    if new.follows is not None and new.follows.case_id != case.pk:
        raise ValidationError(_("What this follows is not there any more."))
    if new.made_by is None or not may(new.made_by, "view_case", case):
        raise ValidationError({"made_by": _("Choose somebody who sees this case.")})
    if set(new.told_items) - set(terms("consent_item")):
        raise ValidationError({"told_items": _("Choose from the list.")})
    known = {"handling_level": new.handling_level, "attribution_rule": new.attribution_rule}
    for name, code in known.items():
        if code not in terms(name):
            raise ValidationError({name: _("Choose from the list.")})
