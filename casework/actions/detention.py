"""Spells of detention with their places and charges; the status follows what they say of the person."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from casework.access import lock
from casework.actions.fate import FATES, announce, move_status
from casework.actions.rows import claims_are_of_this_case, write_change, write_new
from casework.actions.spells import present_spells, refuse_days_to_come, settle_year
from casework.custody import Custody, custody_of, disagree, held_by_dates, says_held
from casework.models import Case, Charge, Detention, PacketAnswer, Place
from directory.vocabulary import label


@transaction.atomic
def add_detention(*, actor: User, case: Case, values: Mapping[str, Any]) -> Detention:
    """Add a spell of detention; the year of the one that counts follows, and so does what it says of the person.

    `outcome` among the values is the status from now on. Refused when it begins or ends on a day to come, and when
    the dates then say another thing than the status and no outcome is told.
    """
    refuse_days_to_come(values)
    claims_are_of_this_case(case.pk, values)
    was = custody_of(lock(case)[0], places=())
    row = write_new(actor=actor, row=Detention(case=case, **_of_the_row(values)), verb="casework.detention.added")
    _keep_status_in_step(actor, row, was, values.get("outcome") or "")
    return row


@transaction.atomic
def change_detention(*, actor: User, row: Detention, version: int, values: Mapping[str, Any]) -> Detention:
    """Change a spell of detention; raises SavedMeanwhile when somebody saved it first. Refused as add_detention is."""
    refuse_days_to_come(values)
    claims_are_of_this_case(row.case_id, values)
    was = custody_of(lock(row.case_id)[0], places=())
    fields = _of_the_row(values)
    row = write_change(actor=actor, row=row, version=version, values=fields, verb="casework.detention.changed")
    _keep_status_in_step(actor, row, was, values.get("outcome") or "")
    return row


def _of_the_row(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in values.items() if name != "outcome"}


def _keep_status_in_step(actor: User, row: Detention, was: Custody, outcome: str) -> None:
    """Let the status follow what the dates say now, and raise the stop of what happened to the person."""
    case = Case.objects.get(pk=row.case_id)
    spells = present_spells(case)
    is_held, status = held_by_dates(spells, timezone.localdate()), outcome or case.status
    is_ending = was.is_held is True and is_held is False and says_held(status) is not False
    if is_ending or (disagree(status, spells) and (outcome or was.is_held is not None)):
        said = _("Say what the status is now: the dates say another thing than “%(status)s”.")
        raise ValidationError({"outcome": said % {"status": label("detention_status", status)}})
    settle_year(case)
    if outcome and outcome != case.status:
        day = row.ended if is_held is False else row.started if was.is_held is False else ""
        move_status(actor=actor, case=case, status=outcome, on=day or "")
    elif is_held and was.is_held is not True and any(spell.ended for spell in spells):
        announce(FATES["rearrested"], actor=actor, case=case)


def add_place(*, actor: User, detention: Detention, values: Mapping[str, Any]) -> Place:
    """Add where the person was held, within one spell of detention."""
    claims_are_of_this_case(detention.case_id, values)
    return write_new(
        actor=actor, row=Place(case_id=detention.case_id, detention=detention, **values), verb="casework.place.added"
    )


def change_place(*, actor: User, row: Place, version: int, values: Mapping[str, Any]) -> Place:
    """Change where the person was held; raises SavedMeanwhile when somebody saved it first."""
    claims_are_of_this_case(row.case_id, values)
    return write_change(actor=actor, row=row, version=version, values=values, verb="casework.place.changed")


def add_charge(*, actor: User, case: Case, detention: Detention | None, values: Mapping[str, Any]) -> Charge:
    """Add a charge, within a spell of detention or, for somebody at liberty, without one."""
    claims_are_of_this_case(case.pk, values)
    return write_new(actor=actor, row=Charge(case=case, detention=detention, **values), verb="casework.charge.added")


def change_charge(*, actor: User, row: Charge, version: int, values: Mapping[str, Any]) -> Charge:
    """Change a charge; raises SavedMeanwhile when somebody saved it first."""
    claims_are_of_this_case(row.case_id, values)
    return write_change(actor=actor, row=row, version=version, values=values, verb="casework.charge.changed")


@transaction.atomic
def record_answer(*, actor: User, case: Case, field: str, answer: str, asked: str) -> PacketAnswer:
    """Record that a question has no fact: unknown, refused to say, or not needed. A later answer takes the place of it."""
    held: PacketAnswer | None = PacketAnswer.objects.filter(case=case, field=field).present().first()
    if held is None:
        row = PacketAnswer(case=case, field=field, answer=answer, asked=asked or None)
        return write_new(actor=actor, row=row, verb="casework.answer.recorded")
    values = {"answer": answer, "asked": asked or None}
    return write_change(actor=actor, row=held, version=held.version, values=values, verb="casework.answer.changed")
