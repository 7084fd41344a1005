"""Channels of the directory: written by one, verified by another through a second way, good for 180 days, ended by any."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from audit.trail import record
from directory.actions.entries import CHANGED_OUTSIDE, MAY_NOT_WRITE
from directory.actions.recipients import may_enter
from directory.models import Actor, Channel
from directory.models.channels import first_good_day


@transaction.atomic
def add_channel(*, actor: User, entry: Actor, kind: str, address: str, instead_of: Channel | None = None) -> Channel:
    """Write down how an entry is reached; it counts once somebody else verified it. The one it replaces ends.

    Refused to who may not write in the directory, and for an entry that was ended.
    """
    refuse_if((not may_enter(actor), MAY_NOT_WRITE))
    stored = Actor.objects.select_for_update().get(pk=entry.pk)
    if stored.ended_at:
        raise ValidationError(_("This entry was ended. Enter it again to use it."))
    if not address.strip():
        raise ValidationError({"address": _("Write the address.")})
    row = Channel(entry=stored, kind=kind, address=address.strip(), entered_by=actor)
    row.save(force_insert=True)
    record(actor=actor, verb="directory.channel.entered", about=row, kind=kind)
    if instead_of is not None and instead_of.entry_id == stored.pk:
        end_channel(actor=actor, channel=instead_of)
    return row


@transaction.atomic
def verify(*, actor: User, channel: Channel, on: dt.date, how: str) -> Channel:
    """Say that the channel was tried through a second way, on this day; from then it counts for 180 days.

    Refused to who wrote it down, to who may not write in the directory, for what was ended or changed outside the
    program, and for a day still to come or too long ago.
    """
    refuse_if((not may_enter(actor), MAY_NOT_WRITE))
    row = Channel.objects.select_for_update(of=("self",)).select_related("entry").get(pk=channel.pk)
    if row.ended_at or row.entry.ended_at:
        raise ValidationError(_("This channel was ended. Write it down again to use it."))
    if not row.carries_mark() or not row.entry.carries_mark():
        raise ValidationError(CHANGED_OUTSIDE)
    if row.entered_by_id == actor.pk:
        raise ValidationError(_("You wrote this address down. A second person must verify it."))
    faults: dict[str, str] = {}
    if on > timezone.localdate():
        faults["on"] = _("This day is still to come. Try the channel first.")
    elif on < first_good_day() or (row.verified_on and on < row.verified_on):
        faults["on"] = _("This is too long ago to count. Try the channel again.")
    if not how.strip():
        faults["how"] = _("Say through which second way it was tried.")
    if faults:
        raise ValidationError(faults)
    row.verified_by, row.verified_on, row.verified_how = actor, on, how.strip()
    row.save(update_fields=["verified_by", "verified_on", "verified_how"])
    record(actor=actor, verb="directory.channel.verified", about=row, on=on)
    return row


@transaction.atomic
def end_channel(*, actor: User, channel: Channel) -> Channel:
    """End a channel at once; one person is enough. Refused to who may not write in the directory."""
    refuse_if((not may_enter(actor), MAY_NOT_WRITE))
    row = Channel.objects.select_for_update().get(pk=channel.pk)
    if row.ended_at is None:
        row.ended_at, row.ended_by = timezone.now(), actor
        row.save(update_fields=["ended_at", "ended_by"])
        record(actor=actor, verb="directory.channel.ended", about=row)
    return row
