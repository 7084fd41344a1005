"""Handing whole packets out: asked for case by case, with a reason, into the trail before a word is written."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.models import Case
from casework.notify import notify_people
from exchange.telling.packet import Told, told_of

NEEDED = ("view_identity", "manage_access")
"""Who says who may see a case may hand it to another office, and whoever may not see the person may not."""


@transaction.atomic
def hand_out(*, actor: User, cases: Sequence[Case], reason: str) -> Told:
    """Return a file of these packets with the identity of each person; the lead of each case is told.

    Refused without the rights to see the identity and to say who works on each case, and without a reason.
    """
    fresh = {case.pk: case for case in lock(*cases)}
    for case in fresh.values():
        for right in NEEDED:
            require(actor, right, case)
    if not reason.strip():
        raise ValidationError({"reason": _("Write for whom the file is, and why.")})
    for case in fresh.values():
        record(actor=actor, verb="casework.case.handed_out", case=case, about=case, reason=reason.strip())
        others = User.objects.filter(pk=case.lead_id).exclude(pk=actor.pk)
        notify_people(verb="casework.case.handed_out", case=case, about=case, actor=actor, people=others)
    return told_of(fresh[case.pk] for case in cases)
