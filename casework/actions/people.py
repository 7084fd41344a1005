"""Who the person is, under which names, and who stands around them. Each change keeps the search tags in step."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.access.own_rows import right_over, right_to_add
from casework.actions.removal import remove
from casework.actions.rows import write_change, write_new
from casework.actions.twins import one_at_a_time
from casework.models import Case, Contact, Name, Person


@transaction.atomic
def describe_person(*, actor: User, case: Case, version: int, values: Mapping[str, str]) -> Person:
    """Write or change the description of the prisoner; raises SavedMeanwhile when somebody saved it first."""
    held = Person.objects.filter(case=case).present().first()
    person = held or person_of(actor=actor, case=case)
    opened = version if held else person.version
    return write_change(actor=actor, row=person, version=opened, values=values, verb="casework.person.changed")


@transaction.atomic
def person_of(*, actor: User, case: Case) -> Person:
    """Return the one prisoner of the case, written on first use. Refused without the right to change the case."""
    case = lock(case)[0]
    require(actor, "change_case", case)
    person = Person.objects.filter(case=case).present().first()
    if person is None:
        person = Person.objects.create(case=case, created_by=actor)
        record(actor=actor, verb="casework.person.written", case=case, about=person)
    return person


@transaction.atomic
def save_identity(
    *, actor: User, case: Case, version: int, values: Mapping[str, str], names: Sequence[Mapping[str, Any]]
) -> Person:
    """Write the description and every name line together or not at all.

    A line with `pk` changes or removes that name, one without adds a name. Raises SavedMeanwhile with the row that
    somebody saved first: the person, or a name.
    """
    one_at_a_time()
    person = describe_person(actor=actor, case=case, version=version, values=values)
    stored: dict[Any, Name] = {row.pk: row for row in Name.objects.filter(case=case).present()}
    for line in names:
        row = stored.get(line.get("pk"))
        if row is None and line.get("value") and not line.get("remove"):
            add_name(actor=actor, case=case, kind=line["kind"], script=line["script"], value=line["value"])
        elif row is not None and line.get("remove"):
            remove(actor=actor, row=row)
        elif row is not None:
            told = {"kind": line["kind"], "script": line["script"], "value": line["value"]}
            change_name(actor=actor, row=row, version=line.get("version") or 0, values=told)
    return person


@transaction.atomic
def add_name(*, actor: User, case: Case, kind: str, script: str, value: str) -> Name:
    """Add a name in one script; it can be searched at once, whole and by its parts."""
    one_at_a_time()
    person = person_of(actor=actor, case=case)
    row = Name(case=case, person=person, kind=kind, script=script, value=value.strip())
    return write_new(actor=actor, row=row, verb="casework.name.added")


@transaction.atomic
def change_name(*, actor: User, row: Name, version: int, values: Mapping[str, str]) -> Name:
    """Change a name; what it was found by before finds it no more."""
    one_at_a_time()
    return write_change(actor=actor, row=row, version=version, values=values, verb="casework.name.changed")


def add_contact(*, actor: User, case: Case, values: Mapping[str, str]) -> Contact:
    """Add somebody around the prisoner, found by name, telephone and e-mail. Refused without the right to add."""
    row = Contact(case=case, **values)
    return write_new(actor=actor, row=row, verb="casework.contact.added", right=right_to_add(Contact))


def change_contact(*, actor: User, row: Contact, version: int, values: Mapping[str, str]) -> Contact:
    """Change a contact, of others only with the right to change the case; raises SavedMeanwhile when somebody was first."""
    return write_change(
        actor=actor,
        row=row,
        version=version,
        values=values,
        verb="casework.contact.changed",
        right=right_over(actor, row),
    )
