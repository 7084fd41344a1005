"""What happened to the person: released, let out on bail, died, escaped or exiled, arrested again. One verb each.

Wherever it is typed, it is one of these: the status changes with the day as of which it is told, the spell of
detention ends or opens, and the parts above are told at once, so that public work stops in the same transaction.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.actions.rows import write_change, write_new
from casework.actions.spells import present_spells, settle_year
from casework.actions.versions import claim_version
from casework.custody import FURLOUGH, HELD, NOT_HELD, is_over, is_to_come
from casework.events import announce_risk_event
from casework.models import Case, Detention
from directory import dates

STILL_TO_COME: str | Promise = gettext_lazy("This day is still to come. Write here what has happened.")
STAYS_AWAY = NOT_HELD - {FURLOUGH}
EXILE = "DS_EXILE"


@dataclass(frozen=True)
class Fate:
    """One thing that may happen to a person: the statuses it leads to, and the stop that it raises."""

    code: str
    label: str | Promise
    statuses: frozenset[str]
    risk_event: str


FATES = {
    fate.code: fate
    for fate in (
        Fate(
            "released",
            gettext_lazy("Released"),
            frozenset({"DS_RELEASED", "DS_CONDITIONAL", "DS_EXCHANGED", FURLOUGH}),
            "TR_RELEASE",
        ),
        Fate("bailed", gettext_lazy("Let out on bail"), frozenset({"DS_BAIL", "DS_TRIALFREE"}), "TR_BAIL"),
        Fate("died", gettext_lazy("Died"), frozenset({"DS_DIED", "DS_EXECUTED"}), "TR_DEATH"),
        Fate(
            "escaped_or_exiled",
            gettext_lazy("Escaped or exiled"),
            frozenset({"DS_ESCAPED", "DS_DEPORTED", EXILE}),
            "TR_FLIGHT",
        ),
        Fate("rearrested", gettext_lazy("Arrested again"), HELD, "TR_REARREST"),
    )
}


def released(*, actor: User, case: Case, status: str, on: str = "", told: str = "") -> Case:
    """Record that the person was released, for good, with conditions or for a time. See `record_fate`."""
    return record_fate(FATES["released"], actor=actor, case=case, status=status, on=on, told=told)


def bailed(*, actor: User, case: Case, status: str, on: str = "", told: str = "") -> Case:
    """Record that the person was let out while the charges stand. See `record_fate`."""
    return record_fate(FATES["bailed"], actor=actor, case=case, status=status, on=on, told=told)


def died(*, actor: User, case: Case, status: str, on: str = "", told: str = "") -> Case:
    """Record that the person died or was executed. See `record_fate`."""
    return record_fate(FATES["died"], actor=actor, case=case, status=status, on=on, told=told)


def escaped_or_exiled(*, actor: User, case: Case, status: str, on: str = "", told: str = "") -> Case:
    """Record that the person escaped, was expelled, or was sent into exile. See `record_fate`."""
    return record_fate(FATES["escaped_or_exiled"], actor=actor, case=case, status=status, on=on, told=told)


def rearrested(*, actor: User, case: Case, status: str, on: str = "", told: str = "") -> Case:
    """Record that the person was arrested again; a spell of detention opens unless one goes on. See `record_fate`."""
    return record_fate(FATES["rearrested"], actor=actor, case=case, status=status, on=on, told=told)


VERBS = {
    "released": released,
    "bailed": bailed,
    "died": died,
    "escaped_or_exiled": escaped_or_exiled,
    "rearrested": rearrested,
}


@transaction.atomic
def record_fate(fate: Fate, *, actor: User, case: Case, status: str, on: str, told: str) -> Case:
    """Write the status, end or open the spell, raise the stop. `on` is EDTF text, empty where nobody knows the day.

    Refused without the right to change the case, for a status that this fate does not lead to, for a day to come and
    for one before the arrest. With a version it raises SavedMeanwhile when the case was saved since.
    """
    case = lock(case)[0]
    require(actor, "change_case", case)
    faults: dict[str, Any] = {}
    if status not in fate.statuses:
        faults["status"] = _("Choose what happened from the list.")
    if is_to_come(on):
        faults["on"] = STILL_TO_COME
    if faults:
        raise ValidationError(faults)
    claim_version(case, case.version)
    write_status(case, status, day_of(on))
    follow(fate, actor=actor, case=case, on=on or known_by(timezone.localdate()), told=told)
    return case


def follow(fate: Fate, *, actor: User, case: Case, on: str, told: str = "") -> None:
    """Do what follows from a status that is written already, within the caller's transaction: spell, stop, trail.

    Refused without the right to change the case.
    """
    require(actor, "change_case", case)
    if fate.code == "rearrested":
        _open_spell(actor, case, on)
    elif case.status in STAYS_AWAY:
        _end_spells(actor, case, on)
    settle_year(case)
    announce(fate, actor=actor, case=case, told=told)


def announce(fate: Fate, *, actor: User, case: Case, told: str = "") -> None:
    """Tell the parts above what happened to the person, and record it; what stops public work stops it at once.

    Refused without the right to change the case.
    """
    require(actor, "change_case", case)
    announce_risk_event(actor=actor, case=case, code=fate.risk_event, about=case, what=told)
    record(actor=actor, verb=f"casework.fate.{fate.code}", case=case, about=case, status=case.status, told=told)


@transaction.atomic
def tell_of_fate(*, actor: User, case: Case, status: str, as_of: dt.date, told: str) -> Fate | None:
    """Raise the stop of what somebody else's file tells of this person, and change no fact of the case.

    Nothing is raised for a status that tells nothing new, or as of a day before that of the status here.
    """
    case = lock(case)[0]
    require(actor, "view_case", case)
    fate = fate_of(case.status, status)
    if fate is None or as_of < case.status_on:
        return None
    announce_risk_event(actor=actor, case=case, code=fate.risk_event, about=case, what=told)
    record(actor=actor, verb="casework.fate.told", case=case, about=case, status=status)
    return fate


def fate_of(was: str, now: str) -> Fate | None:
    """Return what happened when the status goes from one to the other; None when the person is where they were."""
    for fate in FATES.values():
        if fate.code == "rearrested":
            return fate if now in fate.statuses and was in NOT_HELD | {EXILE} else None
        if now in fate.statuses:
            return None if was in fate.statuses else fate
    return None


def write_status(case: Case, status: str, status_on: dt.date) -> None:
    """Write the status with the day as of which it is told; the caller has locked the case and recorded the change."""
    case.status, case.status_on = status, status_on
    case.save(update_fields=["status", "status_on"])


def move_status(*, actor: User, case: Case, status: str, on: str) -> None:
    """Change the status because of a change elsewhere in the packet, with what follows from it, within its transaction.

    Refused without the right to change the case.
    """
    require(actor, "change_case", case)
    was = case.status
    Case.objects.filter(pk=case.pk).update(version=F("version") + 1)
    write_status(case, status, day_of(on))
    detail = {"was": {"status": was}, "now": {"status": status}}
    record(actor=actor, verb="casework.case.changed", case=case, about=case, **detail)
    if fate := fate_of(was, status):
        follow(fate, actor=actor, case=case, on=on or known_by(timezone.localdate()))


def day_of(on: str | None) -> dt.date:
    """Return the day as of which something told of this date is told: that day if it is one, else today."""
    day = dates.earliest(on) if dates.is_exact(on) else None
    return day or timezone.localdate()


def known_by(day: dt.date) -> str:
    """Return the date of something that had happened by this day, and nobody knows when."""
    return f"../{day.isoformat()}"


def _end_spells(actor: User, case: Case, on: str) -> None:
    today = timezone.localdate()
    for row in present_spells(case):
        if is_over(row.ended, today):
            continue
        begun, over = dates.earliest(row.started), dates.latest(on)
        if begun and over and over < begun:
            raise ValidationError({"on": _("This lies before the first date. Look at both again.")})
        values = {"ended": on}
        write_change(actor=actor, row=row, version=row.version, values=values, verb="casework.detention.changed")


def _open_spell(actor: User, case: Case, on: str) -> None:
    today = timezone.localdate()
    if all(is_over(row.ended, today) for row in present_spells(case)):
        write_new(actor=actor, row=Detention(case=case, started=on), verb="casework.detention.added")
