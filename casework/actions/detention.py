"""Spells of detention with their places and charges, and the one fact that stands in clear: the year."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework import dates
from casework.actions.rows import write_change, write_new
from casework.custody import is_to_come, spell_that_counts
from casework.models import Case, Charge, Detention, PacketAnswer, Place

TO_COME = {
    "started": _("This day is still to come. Write here what has happened."),
    "ended": _("This day is still to come. When a term runs to it, write it under “Term ends on”."),
}


@transaction.atomic
def add_detention(*, actor: User, case: Case, values: Mapping[str, Any]) -> Detention:
    """Add a spell of detention; the year of the current one follows. Refused when it begins or ends on a day to come."""
    refuse_days_to_come(values)
    row = write_new(actor=actor, row=Detention(case=case, **values), verb="casework.detention.added")
    settle_year(case)
    return row


@transaction.atomic
def change_detention(*, actor: User, row: Detention, version: int, values: Mapping[str, Any]) -> Detention:
    """Change a spell of detention; raises SavedMeanwhile when somebody saved it first. Refused as add_detention is."""
    refuse_days_to_come(values)
    row = write_change(actor=actor, row=row, version=version, values=values, verb="casework.detention.changed")
    settle_year(row.case)
    return row


def refuse_days_to_come(values: Mapping[str, Any]) -> None:
    """Refuse a spell that begins or ends on a day that is still to come, at its field."""
    faults = {field: words for field, words in TO_COME.items() if is_to_come(values.get(field))}
    if faults:
        raise ValidationError(faults)


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
    """Keep the year of the spell of detention that counts in clear: lists sort by it, and nothing finer stands there."""
    spell = spell_that_counts(list(Detention.objects.filter(case=case).present()))
    begun = dates.earliest(spell.started) if spell else None
    case.year_detained = begun.year if begun else None
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
