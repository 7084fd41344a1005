"""Spells of detention with their places and charges, and the one fact that stands in clear: the year."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from casework import dates
from casework.actions.rows import write_change, write_new
from casework.models import Case, Charge, Detention, PacketAnswer, Place


@transaction.atomic
def add_detention(*, actor: User, case: Case, values: Mapping[str, Any]) -> Detention:
    """Add a spell of detention; the year of the current one follows."""
    row = write_new(actor=actor, row=Detention(case=case, **values), verb="casework.detention.added")
    settle_year(case)
    return row


@transaction.atomic
def change_detention(*, actor: User, row: Detention, version: int, values: Mapping[str, Any]) -> Detention:
    """Change a spell of detention; raises SavedMeanwhile when somebody saved it first."""
    row = write_change(actor=actor, row=row, version=version, values=values, verb="casework.detention.changed")
    settle_year(row.case)
    return row


def add_place(*, actor: User, detention: Detention, values: Mapping[str, Any]) -> Place:
    """Add where the person was held, within one spell of detention."""
    return write_new(
        actor=actor, row=Place(case_id=detention.case_id, detention=detention, **values), verb="casework.place.added"
    )


def change_place(*, actor: User, row: Place, version: int, values: Mapping[str, Any]) -> Place:
    """Change where the person was held; raises SavedMeanwhile when somebody saved it first."""
    return write_change(actor=actor, row=row, version=version, values=values, verb="casework.place.changed")


def add_charge(*, actor: User, case: Case, detention: Detention | None, values: Mapping[str, Any]) -> Charge:
    """Add a charge, within a spell of detention or, for somebody at liberty, without one."""
    return write_new(actor=actor, row=Charge(case=case, detention=detention, **values), verb="casework.charge.added")


def change_charge(*, actor: User, row: Charge, version: int, values: Mapping[str, Any]) -> Charge:
    """Change a charge; raises SavedMeanwhile when somebody saved it first."""
    return write_change(actor=actor, row=row, version=version, values=values, verb="casework.charge.changed")


def settle_year(case: Case) -> int | None:
    """Keep the year of the latest spell of detention in clear: lists sort by it, and nothing finer stands there."""
    started = [dates.earliest(row.started) for row in Detention.objects.filter(case=case).present()]
    known = [day for day in started if day]
    case.year_detained = max(known).year if known else None
    Case.objects.filter(pk=case.pk).update(year_detained=case.year_detained)
    return case.year_detained


@transaction.atomic
def record_answer(*, actor: User, case: Case, field: str, answer: str, asked: str) -> PacketAnswer:
    """Record that a question has no fact: unknown, refused to say, or not needed. A later answer takes the place of it."""
    held: PacketAnswer | None = PacketAnswer.objects.filter(case=case, field=field).present().first()
    if held is None:
        row = PacketAnswer(case=case, field=field, answer=answer, asked=asked or None)
        return write_new(actor=actor, row=row, verb="casework.answer.recorded", is_fact=False)
    values = {"answer": answer, "asked": asked or None}
    return write_change(
        actor=actor, row=held, version=held.version, values=values, verb="casework.answer.changed", is_fact=False
    )
