"""The table of aims and the SQL that is made from it say the same of every status, aim and answer, on both engines."""

import pytest
from django.db import connection

from casework.custody import AT_LIBERTY, DEAD, HELD
from casework.models import Case, Demand
from casework.models.aims import MAKES_SENSE, STATUSES, Aim, Situation, makes_sense, situation_of
from directory.vocabulary import terms
from safety.conditions.asks import MAKES_SENSE_NOW, SITUATION
from safety.triggers import DISPATCH_AUDIENCE, clause_sql
from tests.factories import a_case

STATUS_CODES = sorted(terms("detention_status"))


def test_every_status_that_is_known_of_somebody_who_is_not_held_has_its_situation() -> None:
    assert {code for code in HELD if situation_of(code) != Situation.HELD} == set()
    assert {code for code in AT_LIBERTY | DEAD if situation_of(code) == Situation.HELD} == set()
    assert STATUSES[Situation.DEAD] == DEAD
    assert set().union(*STATUSES.values()) <= set(STATUS_CODES)
    assert sum(map(len, STATUSES.values())) == len(set().union(*STATUSES.values()))


def test_every_aim_stands_in_the_table_with_why() -> None:
    assert set(MAKES_SENSE) == set(Aim)
    assert all(sense.why for sense in MAKES_SENSE.values())
    assert Situation.DEAD not in MAKES_SENSE[Aim.RELEASE].situations
    assert Situation.FREE not in MAKES_SENSE[Aim.RELEASE].situations


@pytest.mark.django_db
@pytest.mark.parametrize("status", [*STATUS_CODES, "DS_NEW_ONE"])
def test_the_sql_and_the_table_agree_at_each_status(status: str) -> None:
    case = a_case()
    Case.objects.filter(pk=case.pk).update(status=status)
    pairs = [(aim, said) for aim in Aim.values for said in ("", *Situation.values)]
    rows = {pair: Demand.objects.create(case=case, text="x", aim=pair[0], said_for=pair[1]).pk for pair in pairs}
    sql = clause_sql(
        f"SELECT d.aim, d.said_for, {MAKES_SENSE_NOW}, {SITUATION} FROM casework_demand d"
        " JOIN casework_case c ON c.id = d.case_id",
        engine=connection.vendor,
        audience=DISPATCH_AUDIENCE,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        told = {(aim, said): (bool(answer), where) for aim, said, answer, where in cursor.fetchall()}
    assert told == {pair: (makes_sense(*pair, status), situation_of(status).value) for pair in rows}
