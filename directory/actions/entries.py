"""Entries of the directory: written by who may propose whom the office trusts, changed and ended by any of them."""

import datetime as dt
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from accounts.names import why_unreadable
from accounts.refusals import refuse_if
from audit.trail import record
from directory.actions.recipients import may_enter
from directory.models import Actor, Channel
from directory.search import retag
from sealing.fields import save_each

MAY_NOT_WRITE = _lazy("Who coordinates a case, and reviewers and directors of the office, write in the directory.")
SAVED_MEANWHILE = _lazy(
    "Somebody saved this entry after you opened it. What is saved now stands on its page; look, and save yours again."
)
CHANGED_OUTSIDE = _lazy(
    "This was changed outside the program, so nothing goes there. End it, enter it again, and tell whoever runs the"
    " server."
)
VERIFIED_OF_IT = ("actor_type", "country", "name")
"""What a second person verified a channel of: a change of one of these takes the verification away."""


@dataclass(frozen=True)
class EntryGiven:
    """What is said of an entry and may change; its kind, and what it stands in, are said once."""

    actor_type: str
    name: str
    country: str = ""
    title: str = ""
    salutation: str = ""
    language: str = ""
    term_ends_on: dt.date | None = None


@transaction.atomic
def enter(*, actor: User, kind: str, given: EntryGiven, parent: Actor | None = None) -> Actor:
    """Write somebody into the directory. Nothing goes there before a channel of it was verified by a second person.

    Refused to who neither coordinates a case nor signs for the office, and where an office stands in no institution.
    """
    refuse_if((not may_enter(actor), MAY_NOT_WRITE))
    said = _checked(kind, given)
    if fault := _misplaced(kind, parent):
        raise ValidationError({"kind": fault})
    row = Actor(kind=kind, parent=parent, entered_by=actor, **vars(said))
    row.save(force_insert=True)
    retag(row)
    record(actor=actor, verb="directory.entry.entered", about=row, kind=kind, actor_type=row.actor_type)
    return row


@transaction.atomic
def change(*, actor: User, entry: Actor, version: int, given: EntryGiven) -> Actor:
    """Change an entry. A new name, State or description of what it is takes the verification of its channels away.

    Refused as `enter` is, for an entry that was ended, and where somebody saved it after it was opened.
    """
    refuse_if((not may_enter(actor), MAY_NOT_WRITE))
    row = Actor.objects.select_for_update().get(pk=entry.pk)
    if row.ended_at:
        raise ValidationError(_("This entry was ended. Enter it again to use it."))
    if not row.carries_mark():
        raise ValidationError(CHANGED_OUTSIDE)
    if row.version != version:
        raise ValidationError(SAVED_MEANWHILE)
    told = vars(_checked(row.kind, given))
    changed = [name for name, value in told.items() if getattr(row, name) != value]
    if changed:
        if set(changed) & set(VERIFIED_OF_IT):
            _take_verification_away(actor, row)
        for name in changed:
            setattr(row, name, told[name])
        row.version += 1
        row.save(update_fields=[*changed, "version"])
        retag(row)
        record(actor=actor, verb="directory.entry.changed", about=row, fields=sorted(changed))
    return row


@transaction.atomic
def end(*, actor: User, entry: Actor) -> Actor:
    """End an entry at once: nothing goes there any more, what went before stays recorded.

    Refused as `enter` is, and while somebody else in use stands in it.
    """
    refuse_if((not may_enter(actor), MAY_NOT_WRITE))
    row = Actor.objects.select_for_update().get(pk=entry.pk)
    if row.ended_at is None:
        if row.parts.in_use().exists():
            raise ValidationError(_("Offices or people in it are still in use. End them first, or put them elsewhere."))
        row.ended_at, row.ended_by = timezone.now(), actor
        row.save(update_fields=["ended_at", "ended_by"])
        record(actor=actor, verb="directory.entry.ended", about=row)
    return row


def _take_verification_away(actor: User, row: Actor) -> None:
    """Make the channels of an entry, and of what stands in it, begin anew: they were verified under another name."""
    of_it = Q(entry=row) | Q(entry__parent=row) | Q(entry__parent__parent=row)
    rows = list(Channel.objects.select_for_update(of=("self",)).filter(of_it, ended_at=None, verified_by__isnull=False))
    save_each(rows, verified_by=None, verified_on=None, verified_how="")
    for channel in rows:
        record(actor=actor, verb="directory.channel.unverified", about=channel)


def _checked(kind: str, given: EntryGiven) -> EntryGiven:
    """Return what was said without spaces around it; every fault at its question."""
    faults: dict[str, str] = {}
    said = replace(given, name=given.name.strip(), title=given.title.strip(), salutation=given.salutation.strip())
    if not said.name:
        faults["name"] = _("Write the name.")
    elif unreadable := why_unreadable(said.name):
        faults["name"] = unreadable
    if said.term_ends_on and kind != Actor.Kind.PERSON:
        faults["term_ends_on"] = _("Only a person has a term.")
    if faults:
        raise ValidationError(faults)
    return said


def kinds_in(parent: Actor | None) -> tuple[str, ...]:
    """Return what may be written down there: by itself, in an institution, in an office; nothing stands in a person."""
    kinds = Actor.Kind
    if parent is None:
        return (kinds.INSTITUTION, kinds.PERSON)
    return {kinds.INSTITUTION.value: (kinds.OFFICE, kinds.PERSON), kinds.OFFICE.value: (kinds.PERSON,)}.get(
        parent.kind, ()
    )


def _misplaced(kind: str, parent: Actor | None) -> str:
    if parent is not None and parent.ended_at:
        return _("What it would stand in was ended.")
    return (
        "" if kind in kinds_in(parent) else _("This stands in an institution, by itself, or in an office: look again.")
    )
