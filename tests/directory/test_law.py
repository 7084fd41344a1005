"""What binds a State on the days of the facts: every near miss is a treaty that is not cited."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import Refused
from audit.models import Entry
from directory import law
from directory.actions.treaties import correct
from directory.countries import is_known_country
from directory.law import StateStanding, TreatyAnswer, articles_on, days_of, law_of
from directory.models import TreatyCorrection
from directory.vocabulary import terms
from tests.factories import a_case, on_case
from tests.people import a_person, give_office_role, signed_in

pytestmark = pytest.mark.django_db
Said = dict[str, Any]


def standing(status: str, begins: str = "", ends: str = "", **said: str) -> StateStanding:
    told = {"as_of": "2020-06", "source": "a list", "confidence": "high", **said}
    return StateStanding("XPR", "CAT", status, begins, ends, **told)


@pytest.mark.parametrize(
    ("row", "facts_on", "answer"),
    [
        (standing("party", "2010-05-01"), "2010-05-01", TreatyAnswer.BINDS),
        (standing("party", "2010-05-01"), "2010-04-30", TreatyAnswer.NOT_THEN),
        (standing("party", "2010-05-15"), "2010-05", TreatyAnswer.NOT_THEN),
        (standing("party", "2010-05-15"), "2010-06", TreatyAnswer.BINDS),
        (standing("party", "2010-05-15"), "2010-06~", TreatyAnswer.NOT_THEN),
        (standing("party", "2010-05-15"), "2010-06-14?", TreatyAnswer.NOT_THEN),
        (standing("party", "2010-05-15"), "2010-05-10/2010-05-20", TreatyAnswer.NOT_THEN),
        (standing("party", "2010-05-15"), "2010-05-15/..", TreatyAnswer.UNKNOWN),
        (standing("party", "2010-05-15"), "[..2010-06-01]", TreatyAnswer.UNKNOWN),
        (standing("party", "2010-05-15"), "", TreatyAnswer.UNKNOWN),
        (standing("party", "2010-05-15"), "some day", TreatyAnswer.UNKNOWN),
        (standing("party", "2010"), "2010-12-30", TreatyAnswer.NOT_THEN),
        (standing("party", "2010"), "2010-12-31", TreatyAnswer.BINDS),
        (standing("party"), "2020-06-29", TreatyAnswer.NOT_THEN),
        (standing("party"), "2020-06-30", TreatyAnswer.BINDS),
        (standing("party", as_of=""), "2020-06-30", TreatyAnswer.UNKNOWN),
        (standing("ended", "1990-01-01", "2000-01-01"), "1999-12-31", TreatyAnswer.BINDS),
        (standing("ended", "1990-01-01", "2000-01-01"), "2000-01-01", TreatyAnswer.NOT_THEN),
        (standing("ended", "1990-01-01", "2000-01-01"), "1999/2000", TreatyAnswer.NOT_THEN),
        (standing("ended", "", "2000-01-01"), "1999-12-31", TreatyAnswer.UNKNOWN),
        (standing("signed"), "2021-01-01", TreatyAnswer.SIGNED),
        (standing("signed"), "2019-01-01", TreatyAnswer.UNKNOWN),
        (standing("not_party"), "2021-01-01", TreatyAnswer.NOT_PARTY),
        (standing("unclear", "1990-01-01"), "2021-01-01", TreatyAnswer.UNKNOWN),
        (standing("party", "1990-01-01", confidence="from memory - verify"), "2021-01-01", TreatyAnswer.UNKNOWN),
        (standing("party", "1990-01-01", confidence=""), "2021-01-01", TreatyAnswer.UNKNOWN),
        (standing("party", "1990-01-01", confidence="medium (one data set)"), "2021-01-01", TreatyAnswer.BINDS),
    ],
)
def test_a_treaty_binds_only_where_it_did_on_every_day_of_the_facts(
    row: StateStanding, facts_on: str, answer: TreatyAnswer
) -> None:
    assert row.answer(days_of(facts_on)) == answer


def told(country: str, treaty: str, facts_on: str, right: str = "R_TORTURE") -> TreatyAnswer:
    return next(row.answer for row in law_of(country, facts_on).on(right) if row.treaty == treaty)


@pytest.mark.parametrize(
    ("country", "treaty", "facts_on", "answer"),
    [
        ("CHN", "ICCPR", "2025-01-01", TreatyAnswer.SIGNED),
        ("MMR", "ICCPR", "2025-01-01", TreatyAnswer.NOT_PARTY),
        ("AFG", "ICCPR", "1983-04-23", TreatyAnswer.NOT_THEN),
        ("AFG", "ICCPR", "1983-04-24", TreatyAnswer.BINDS),
        ("TTO", "ACHR", "2005-01-01", TreatyAnswer.UNKNOWN),
        ("VEN", "ACHR", "2025-01-01", TreatyAnswer.UNKNOWN),
        ("SLB", "ICCPR", "2025-01-01", TreatyAnswer.UNKNOWN),
        ("RUS", "ECHR", "2023-01-01", TreatyAnswer.UNKNOWN),
        ("SUN", "ICCPR", "1980-01-22", TreatyAnswer.UNKNOWN),
        ("XPR", "CAT", "2025-03-14", TreatyAnswer.SIGNED),
        ("XPR", "ICCPR", "2025-03-14", TreatyAnswer.BINDS),
    ],
)
def test_the_list_says_of_states_what_is_known(country: str, treaty: str, facts_on: str, answer: TreatyAnswer) -> None:
    assert told(country, treaty, facts_on) == answer


def test_each_row_of_the_list_names_a_state_a_treaty_a_source_and_how_surely() -> None:
    rows = law._reference().values()
    assert len(rows) > 700
    for row in rows:
        assert is_known_country(row.country) and row.treaty in law.treaties() and row.source and row.confidence
        assert row.status in TreatyCorrection.Status.values
        assert not (row.ended_on and row.status != "ended")


def test_articles_are_those_of_listed_treaties_alone() -> None:
    assert articles_on("R_TORTURE") == {"ICCPR": "7", "CAT": "1-2, 16", "ECHR": "3", "ACHR": "5", "ACHPR": "5"}
    assert articles_on("R_HABEAS")["ICCPR"] == "9(3), 9(4)"
    assert "ECHR" not in articles_on("R_PROPERTY"), "a protocol is another treaty"
    assert articles_on("R_CHILD") == {"ICCPR": "24, 10(2)(b), 14(4)"}
    assert articles_on("R_NOBODY_KNOWS") == {}
    assert all(set(articles_on(right)) <= set(law.treaties()) for right in terms("right"))


SAID: Said = {
    "status": "party",
    "in_force_from": dt.date(2001, 2, 3),
    "ended_on": None,
    "as_of": dt.date(2026, 5, 1),
    "source": "the depositary",
    "reason": "It acceded in 2000.",
}


def corrected(actor: Any, **said: Any) -> TreatyCorrection:
    return correct(actor=actor, **{"country": "XPR", "treaty": "CAT", **SAID, **said})


def test_a_correction_counts_at_once_the_newest_before_all_and_the_trail_keeps_it() -> None:
    ana = a_case().lead
    corrected(ana)
    assert told("XPR", "CAT", "2025-03-14") == TreatyAnswer.BINDS
    corrected(ana, status="not_party", in_force_from=None, reason="That was another State.")
    assert told("XPR", "CAT", "2025-03-14") == TreatyAnswer.NOT_PARTY
    assert TreatyCorrection.objects.count() == 2
    entries = Entry.objects.filter(verb="directory.treaty.corrected")
    assert [entry.actor_id for entry in entries] == [ana.pk, ana.pk]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"in_force_from": None}, "in_force_from"),
        ({"status": "ended"}, "ended_on"),
        ({"status": "ended", "ended_on": dt.date(2001, 2, 3)}, "ended_on"),
        ({"status": "signed"}, "in_force_from"),
        ({"ended_on": dt.date(2005, 1, 1)}, "ended_on"),
        ({"as_of": dt.date(2099, 1, 1)}, "as_of"),
        ({"source": " "}, "source"),
        ({"reason": " "}, "reason"),
        ({"country": "QQQ"}, "status"),
        ({"treaty": "CRC"}, "status"),
        ({"status": "sure"}, "status"),
    ],
)
def test_a_correction_that_says_two_things_or_no_source_is_refused(wrong: Said, field: str) -> None:
    ana = a_case().lead
    with pytest.raises(ValidationError) as refused:
        corrected(ana, **wrong)
    assert field in refused.value.message_dict and not TreatyCorrection.objects.exists()


@pytest.mark.parametrize("username", ["sam", "noor", "admin", "omar"])
def test_whoever_proposes_nothing_for_the_office_corrects_nothing(username: str) -> None:
    a_case()
    with pytest.raises((Refused, PermissionDenied)):
        corrected(a_person(username))


def test_raw_sql_corrects_nothing_for_who_may_not_and_changes_no_correction() -> None:
    row = corrected(a_case().lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        TreatyCorrection(**{**SAID, "country": "XPR", "treaty": "CAT", "made_by": a_person("noor")}).save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE directory_treatycorrection SET status = 'unclear'")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_a_correction_without_our_mark_is_not_obeyed() -> None:
    corrected(a_case().lead)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_treatycorrection SET mark = %s", [b"0" * 32])
    assert told("XPR", "CAT", "2025-03-14") == TreatyAnswer.SIGNED


def typed(**changed: str) -> dict[str, str]:
    said = {name: str(value or "") for name, value in SAID.items()}
    return {**said, "as_of": timezone.localdate().isoformat(), **changed}


def test_a_coordinator_looks_a_state_up_and_corrects_it(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    page = client.get(reverse("directory:treaties"), {"country": "XPR"}).content.decode()
    assert "Signed only" in page and "invented for practice" in page and "Convention against Torture" in page
    address = reverse("directory:treaty_correct", args=["XPR", "CAT"])
    refused = client.post(address, typed(in_force_from=""))
    assert refused.status_code == 422 and "without the day it cannot be cited" in refused.content.decode()
    assert client.post(address, typed()).status_code == 302
    page = client.get(address).content.decode()
    assert "in force for it since 3 February 2001" in page and "It acceded in 2000." in page


def test_a_member_reads_and_does_not_correct_and_outside_reviewers_see_nothing(client: Client) -> None:
    case = a_case()
    address = reverse("directory:treaty_correct", args=["XPR", "CAT"])
    signed_in(client, on_case(case, "sam", "reader"))
    page = client.get(reverse("directory:treaties"), {"country": "XPR"}).content.decode()
    assert "Convention against Torture" in page and address not in page
    assert client.get(address).status_code == 403 and client.post(address, typed()).status_code == 403
    give_office_role(a_person("omar"), "outside_reviewer")
    signed_in(client, a_person("omar"))
    assert client.get(reverse("directory:treaties")).status_code == 404 == client.get(address).status_code
    assert not TreatyCorrection.objects.exists()


@pytest.mark.parametrize("args", [("QQQ", "CAT"), ("XPR", "CRC")])
def test_a_state_or_treaty_that_is_not_listed_has_no_page(client: Client, args: tuple[str, str]) -> None:
    signed_in(client, a_case().lead)
    assert client.get(reverse("directory:treaty_correct", args=args)).status_code == 404
