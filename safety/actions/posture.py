"""How visible a case is to be: decided by one person, dated, with a reason and a day to look again."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from audit.trail import record
from casework.access import lock, require
from casework.models import Case
from safety.models import Posture
from safety.notify import notify_case


@transaction.atomic
def decide_posture(
    *,
    actor: User,
    case: Case,
    kind: str,
    reason: str,
    review_on: date,
    embargo_until: datetime | None = None,
    now: datetime | None = None,
) -> Posture:
    """Decide the posture of a case; the one before it stays in the history. Needs the right to plan."""
    (case,) = lock(case)
    require(actor, "plan", case)
    now = now or timezone.now()
    is_embargo = kind == Posture.Kind.EMBARGO
    refuse_if(
        (not reason.strip(), _("Say why, in one sentence.")),
        (review_on < timezone.localdate(now), _("The day to look again lies in the past.")),
        (
            is_embargo and not (embargo_until and embargo_until > now),
            _("An embargo needs a day and hour that are still to come."),
        ),
    )
    last = Posture.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    decision = Posture.objects.create(
        case=case,
        number=last + 1,
        kind=kind,
        embargo_until=embargo_until if is_embargo else None,
        decided_by=actor,
        decided_at=now,
        review_on=review_on,
        reason=reason.strip(),
    )
    notify_case(verb="safety.posture.decided", case=case, about=decision, actor=actor)
    record(actor=actor, verb="safety.posture.decided", case=case, about=decision, kind=kind)
    return decision
