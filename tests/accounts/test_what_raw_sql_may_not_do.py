"""The database itself refuses what would make one person two. Each clause of each trigger has its test here."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import actions
from accounts.models import PendingAct, User
from tests.accounts.conftest import Office
from tests.accounts.people import a_person, the_founders

A_DAY = dt.timedelta(hours=24)


def raw(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def insert_role(user: User, role: str, **columns: Any) -> None:
    now = timezone.now()
    values = {
        "user_id": user.pk,
        "role": role,
        "granted_by_id": None,
        "seconded_by_id": None,
        "granted_at": now,
        "effective_at": now,
        "is_founding": False,
        **columns,
    }
    names = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    raw(f"INSERT INTO accounts_personrole ({names}) VALUES ({marks})", *values.values())


def test_raw_sql_gives_nobody_a_signing_role_without_a_second_person(office: Office):
    now, tomorrow = timezone.now(), timezone.now() + A_DAY
    proper = {"granted_by_id": office.admin.pk, "seconded_by_id": office.greg.pk, "effective_at": tomorrow}
    proper["granted_at"] = now
    for wrong in (
        {"seconded_by_id": None},
        {"seconded_by_id": office.admin.pk},
        {"seconded_by_id": office.ana.pk},
        {"seconded_by_id": office.noor.pk},
        {"granted_by_id": None},
        {"effective_at": now},
        {"is_founding": True, "granted_by_id": None},
    ):
        with pytest.raises(IntegrityError):
            insert_role(office.ana, "reviewer", **{**proper, **wrong})
    insert_role(office.ana, "reviewer", **proper)


def test_raw_sql_makes_nobody_administrator_without_a_second_person(office: Office):
    proper = {"granted_by_id": office.fara.pk, "seconded_by_id": office.greg.pk}
    for wrong in (
        {"seconded_by_id": None},
        {"seconded_by_id": office.fara.pk},
        {"seconded_by_id": office.admin.pk},
        {"granted_by_id": None},
    ):
        with pytest.raises(IntegrityError):
            insert_role(office.ana, "administrator", **{**proper, **wrong})
    with pytest.raises(IntegrityError):
        actions.end_role(actor=office.admin, held=office.greg.office_roles.get(role="administrator"))
        insert_role(office.greg, "administrator", **proper)
    insert_role(office.ana, "administrator", **proper)


def test_raw_sql_turns_no_role_into_another_and_deletes_none(office: Office):
    held = office.noor.office_roles.get()
    for sql in (
        "UPDATE accounts_personrole SET role = 'director' WHERE id = %s",
        "UPDATE accounts_personrole SET user_id = user_id + 1 WHERE id = %s",
        "UPDATE accounts_personrole SET is_founding = NOT is_founding WHERE id = %s",
        "DELETE FROM accounts_personrole WHERE id = %s",
    ):
        with pytest.raises(IntegrityError):
            raw(sql, held.pk)
    held.refresh_from_db()
    assert held.role == "auditor"


def test_raw_sql_makes_no_third_founder_and_no_older_account(office: Office):
    for sql in (
        "UPDATE accounts_user SET is_founder = NOT is_founder WHERE id = %s",
        "UPDATE accounts_user SET joined_at = '2020-01-01 00:00:00' WHERE id = %s",
        "DELETE FROM accounts_user WHERE id = %s",
    ):
        with pytest.raises(IntegrityError):
            raw(sql, office.ana.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("third", name="Third", is_founder=True)


def test_raw_sql_confirms_no_act_by_its_proposer_or_beneficiary(office: Office):
    act = actions.propose_role(actor=office.admin, person=office.ana, role="reviewer")
    for who in (office.admin, office.ana):
        with pytest.raises(IntegrityError):
            raw("UPDATE accounts_pendingact SET seconded_by_id = %s, seconded_at = proposed_at", who.pk)
    with pytest.raises(IntegrityError):
        raw("UPDATE accounts_pendingact SET beneficiary_id = %s", office.noor.pk)
    assert PendingAct.objects.get(pk=act.pk).seconded_by is None


def test_nobody_but_the_first_two_holds_a_founding_role(db):
    fara, _greg = the_founders()
    ana = a_person("ana")
    with pytest.raises(IntegrityError):
        insert_role(ana, "reviewer", is_founding=True, seconded_by_id=fara.pk)


def test_the_first_two_found_nothing_more_once_the_office_works(office: Office):
    with pytest.raises(IntegrityError):
        insert_role(office.fara, "reviewer", is_founding=True, seconded_by_id=office.greg.pk)


def test_a_third_founder_is_refused_even_before_anybody_else_came(db):
    the_founders()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("third", name="Third", is_founder=True)


def test_nobody_founds_an_office_that_has_people(db):
    a_person("ana")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("late", name="Late", is_founder=True)


@pytest.mark.parametrize("change", ["ended_at = '2030-01-01 00:00:00'", "ended_by_id = user_id"])
def test_an_ended_role_stays_ended_as_it_was(office: Office, change):
    held = actions.end_role(actor=office.admin, held=office.noor.office_roles.get())
    with pytest.raises(IntegrityError):
        raw(f"UPDATE accounts_personrole SET {change} WHERE id = %s", held.pk)


@pytest.mark.parametrize("change", ["seconded_by_id = {other}", "seconded_at = '2030-01-01 00:00:00'"])
def test_a_confirmed_act_keeps_who_confirmed_it_and_when(office: Office, change):
    act = actions.propose_role(actor=office.admin, person=office.ana, role="reviewer")
    actions.second(actor=office.greg, act=act)
    with pytest.raises(IntegrityError):
        raw(f"UPDATE accounts_pendingact SET {change.format(other=office.fara.pk)} WHERE id = %s", act.pk)


def test_a_withdrawn_act_is_not_taken_up_again_and_none_is_deleted(office: Office):
    act = actions.propose_role(actor=office.admin, person=office.ana, role="reviewer")
    actions.withdraw_act(actor=office.admin, act=act)
    for sql in (
        "UPDATE accounts_pendingact SET withdrawn_at = NULL WHERE id = %s",
        "DELETE FROM accounts_pendingact WHERE id = %s",
    ):
        with pytest.raises(IntegrityError):
            raw(sql, act.pk)


@pytest.mark.parametrize("value", [None, "2020-01-01 00:00:00"])
def test_a_reset_is_not_forgotten_to_sign_sooner(office: Office, value):
    act = actions.propose_reset(actor=office.admin, person=office.greg, what=PendingAct.Kind.RESET_FACTOR)
    actions.second(actor=office.fara, act=act)
    with pytest.raises(IntegrityError):
        raw("UPDATE accounts_user SET reset_at = %s WHERE id = %s", value, office.greg.pk)
