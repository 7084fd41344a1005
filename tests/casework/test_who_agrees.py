"""Who agrees, as second person, to best interest has been here for a day: the verb and the database say the same."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import User
from casework.actions.consent import second_consent
from casework.models import Case, Consent
from tests.factories import a_case, a_consent, on_case
from tests.gate.channels import undone
from tests.gate.near_misses import triggers_off
from tests.mutation_counts import MutantCount
from tests.people import a_person, the_founders

pytestmark = pytest.mark.django_db
LATER, FIRST = "who_agrees_to_best_interest_has_been_here_a_day", "nobody_new_agrees_to_best_interest_from_the_start"
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=24)


def presumed(case: Case, **more: Any) -> Consent:
    """Return best interest that ana presumed an hour ago."""
    told = {"basis": "best_interest", "giver": "CG_NONE_BEST", "status": "CS_PRESUMED", "tried": "His sister, twice."}
    at = timezone.now() - dt.timedelta(hours=1)
    return a_consent(case, at=at, lasts=dt.timedelta(hours=72), **told, **more)


def _by_sql(row: Consent, person: User) -> None:
    key = row.pk.hex if connection.vendor == "sqlite" else row.pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_consent SET seconded_by_id = %s WHERE id = %s", [person.pk, key])


def _by_save(row: Consent, person: User) -> None:
    row.seconded_by = person
    row.save(update_fields=["seconded_by"])


def _by_bulk(row: Consent, person: User) -> None:
    row.seconded_by = person
    Consent.objects.bulk_update([row], ["seconded_by"])


def _born(row: Consent, person: User) -> None:
    presumed(row.case, seconded_by=person)


WAYS: dict[str, tuple[str, Callable[[Consent, User], None]]] = {
    "save": (LATER, _by_save),
    "update": (LATER, lambda row, person: Consent.objects.filter(pk=row.pk).update(seconded_by=person) and None),
    "bulk_update": (LATER, _by_bulk),
    "raw SQL": (LATER, _by_sql),
    "a new row": (FIRST, _born),
}


def leila(case: Case, age: dt.timedelta) -> User:
    """Return leila, who keeps consents on the case, with an account of this age."""
    a_person("leila", at=timezone.now() - age)
    return on_case(case, "leila", "liaison")


@pytest.mark.parametrize("age", [MINUTE, DAY - MINUTE, DAY + MINUTE, 2 * DAY], ids=str)
def test_the_verb_and_the_database_say_the_same_of_an_account(age: dt.timedelta) -> None:
    row = presumed(a_case())
    person = leila(row.case, age)
    said = {way: undone(lambda act=act: act(row, person)) for way, (_trigger, act) in WAYS.items()}
    may = age >= DAY
    assert {way: words == "" for way, words in said.items()} == dict.fromkeys(WAYS, may), said
    assert may or all(f"{WAYS[way][0]}: account-is-too-new" in words for way, words in said.items())
    if may:
        assert second_consent(actor=person, consent=row).seconded_by == person
    else:
        with pytest.raises(ValidationError, match="less than 24 hours old"):
            second_consent(actor=person, consent=row)


def test_the_first_two_people_of_the_office_wait_for_nobody() -> None:
    row = presumed(a_case())
    founder, _other = the_founders()
    with triggers_off():
        User.objects.filter(pk=founder.pk).update(joined_at=timezone.now())
    assert [way for way, (_trigger, act) in WAYS.items() if undone(lambda act=act: act(row, founder))] == []
    put = on_case(row.case, founder.username, "liaison")
    assert second_consent(actor=put, consent=row).seconded_by == founder


@pytest.mark.parametrize("way", WAYS)
def test_without_the_guard_a_new_account_agrees(way: str, mutant_count: MutantCount) -> None:
    mutant_count.tried("clauses on who agrees to best interest")
    trigger, act = WAYS[way]
    row = presumed(a_case())
    person = leila(row.case, MINUTE)
    with triggers_off(left_out=(f"{trigger}:account-is-too-new",)):
        pass
    assert undone(lambda: act(row, person)) == ""
    mutant_count.killed("clauses on who agrees to best interest")
