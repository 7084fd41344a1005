"""Correcting how a State stands to a treaty: by who may propose for the office, with a reason and a source."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from accounts.refusals import refuse_if
from audit.trail import record
from directory.actions.recipients import may_enter
from directory.countries import is_known_country
from directory.law import treaties
from directory.models import TreatyCorrection

Status = TreatyCorrection.Status
MAY_NOT_CORRECT = _lazy(
    "Who coordinates a case, and reviewers and directors of the office, correct how a State stands."
)


@transaction.atomic
def correct(
    *,
    actor: User,
    country: str,
    treaty: str,
    status: str,
    in_force_from: dt.date | None,
    ended_on: dt.date | None,
    as_of: dt.date,
    source: str,
    reason: str,
) -> TreatyCorrection:
    """Say how a State stands to a treaty, from now on, for every paper of the office; what was said before stays.

    Refused to who neither coordinates a case nor signs for the office, without source or reason, for a State or treaty
    that is not on the list, and where days and status say two things.
    """
    refuse_if((not may_enter(actor), MAY_NOT_CORRECT))
    faults = _faults(status, in_force_from, ended_on, as_of)
    if not is_known_country(country) or treaty not in treaties():
        faults["status"] = _("This State or this treaty is not on the list.")
    if not source.strip():
        faults["source"] = _("Say where this can be looked up.")
    if not reason.strip():
        faults["reason"] = _("Say why, in one sentence.")
    if faults:
        raise ValidationError(faults)
    row = TreatyCorrection(country=country, treaty=treaty, status=status, as_of=as_of, made_by=actor)
    row.in_force_from, row.ended_on = in_force_from, ended_on
    row.source, row.reason = source.strip(), reason.strip()
    row.save(force_insert=True)
    told = {"country": country, "treaty": treaty, "status": status, "reason": row.reason, "source": row.source}
    days = {"in_force_from": str(in_force_from or ""), "ended_on": str(ended_on or ""), "as_of": str(as_of)}
    record(actor=actor, verb="directory.treaty.corrected", about=row, **told, **days)
    return row


def _faults(status: str, begins: dt.date | None, ends: dt.date | None, as_of: dt.date) -> dict[str, str]:
    faults: dict[str, str] = {}
    was_party = status in {Status.PARTY, Status.ENDED}
    if status not in Status.values:
        faults["status"] = _("Choose how the State stands to the treaty.")
    if was_party and begins is None:
        faults["in_force_from"] = _("Say since when it is in force for the State: without the day it cannot be cited.")
    if not was_party and begins:
        faults["in_force_from"] = _("Only a party has such a day.")
    if status == Status.ENDED and (ends is None or (begins and ends <= begins)):
        faults["ended_on"] = _("Say from which day on it is no longer in force: a day after it came into force.")
    if status != Status.ENDED and ends:
        faults["ended_on"] = _("Only a State that left has such a day.")
    if as_of > timezone.localdate():
        faults["as_of"] = _("This day is still to come.")
    return faults
