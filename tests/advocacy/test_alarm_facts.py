"""What is typed in an alarm stands in the packet, each thing once, and is not typed a second time."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.actions.alarm_facts import Alarm, keep_facts_of
from advocacy.actions.told_days import born_at, seen_on
from casework.actions.fate import died
from casework.custody import custody_of
from casework.models import Case, Citation, Claim, Detention, Name, Person, Place, Source
from materials.models import Material
from tests.advocacy.alarms import FILLED, a_recipient, as_, as_typed, raised
from tests.factories import a_case, on_case
from tests.people import a_person

pytestmark = pytest.mark.django_db
SATURDAY = dt.date(2026, 11, 28)


def on(case: Case) -> Any:
    return {"on_case": case.reference}


def test_the_facts_of_an_alarm_stand_in_the_packet(client: Client) -> None:
    material = raised(client, age="34", nationality="Practice", told_by="S_WITNESS")
    case = material.cases.get()
    today = timezone.localdate()
    person, spell, claim = Person.objects.get(), Detention.objects.get(), Claim.objects.get()
    assert person.nationality == "Practice" and person.born == f"{today.year - 35}/{today.year - 34}"
    assert spell.started == f"{today.isoformat()}~" and spell.taken_by == FILLED["taken_by"]
    assert Place.objects.get().place == FILLED["place"]
    assert (claim.text, claim.status) == (FILLED["danger"], Claim.Status.NEW)
    source = Citation.objects.get(claim=claim).source
    assert (source.kind, source.reliability, source.secrecy) == ("S_WITNESS", "F", "AT_UNDECIDED")
    assert custody_of(case).is_held is True
    page = client.get(reverse("casework:case", args=[case.reference])).content.decode()
    for words in (FILLED["danger"], FILLED["place"], FILLED["taken_by"]):
        assert words in page
    claims = client.get(reverse("casework:claims", args=[case.reference])).content.decode()
    assert FILLED["danger"] in claims and "Not checked" in claims


def test_the_words_typed_stand_once(client: Client) -> None:
    case = raised(client, age="34", nationality="Practice").cases.get()
    told = [case.summary, case.why_now]
    told += [row.circumstances for row in Detention.objects.all()] + [row.taken_by for row in Detention.objects.all()]
    told += [row.place for row in Place.objects.all()] + [row.text for row in Claim.objects.all()]
    told += [row.note for row in Person.objects.all()] + [row.nationality for row in Person.objects.all()]
    kept = "\n".join(words or "" for words in told)
    for name in ("place", "taken_by", "danger", "ask", "last_seen"):
        assert kept.count(FILLED[name]) == 1, name
    assert kept.count("Practice") == 1 and FILLED["told"] not in kept, "what was tried stands in the ledger"


def test_an_age_in_words_is_kept_in_words_and_unknown_is_no_fact(client: Client) -> None:
    raised(client, age="about 34", taken_by="Unknown", last_seen="unknown", place="Unknown")
    person, spell = Person.objects.get(), Detention.objects.get()
    assert not person.born and "about 34" in (person.note or "")
    assert not spell.started and not spell.taken_by and not spell.circumstances and not Place.objects.exists()


def test_a_second_alarm_on_the_case_doubles_nothing_and_fills_what_is_empty(client: Client) -> None:
    case = raised(client, taken_by="Unknown").cases.get()
    row = a_recipient("Another desk")
    sent = as_typed(row, name="ilias  VARANEN", nationality="Practice", **on(case))
    assert client.post(reverse("advocacy:urgent"), sent).status_code == 302
    for model in (Name, Person, Detention, Place, Claim, Source):
        assert model.objects.filter(case=case).count() == 1, model
    assert Detention.objects.get().taken_by == FILLED["taken_by"] and Person.objects.get().nationality == "Practice"
    sent |= {"name": "Elias Waranen", "danger": "Nobody has seen him for two days.", "taken_by": "Police"}
    assert client.post(reverse("advocacy:urgent"), sent).status_code == 302
    assert set(Name.objects.values_list("kind", flat=True)) == {"legal", "alias"}
    assert Claim.objects.count() == 2 and Detention.objects.get().taken_by == FILLED["taken_by"]


def test_an_alarm_on_somebody_recorded_as_dead_is_asked_about_first(client: Client) -> None:
    case = raised(client).cases.get()
    ana = a_person("ana")
    died(actor=ana, case=case, status="DS_DIED")
    as_(client, "ana")
    address = f"{reverse('advocacy:urgent')}?case={case.reference}"
    assert "Died in custody" in client.get(address).content.decode()
    sent = as_typed(a_recipient("Another desk"), **on(case))
    refused = client.post(reverse("advocacy:urgent"), sent)
    assert refused.status_code == 422 and "Look at what is recorded of the person first." in refused.content.decode()
    assert Material.objects.count() == 1
    assert client.post(reverse("advocacy:urgent"), {**sent, "asks_make_sense": "on"}).status_code == 302
    assert Detention.objects.filter(case=case).count() == 1, "a new arrest is a fate, and nothing is guessed of it"


def test_only_who_may_change_the_case_writes_its_facts() -> None:
    case = a_case()
    alarm = Alarm(name="Ilias Varanen", country="XPR", danger="He needs insulin.")
    for person in (on_case(case, "leila", "reader"), a_person("sam")):
        with pytest.raises(PermissionDenied):
            keep_facts_of(actor=person, case=case, alarm=alarm)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("told", "started", "is_all"),
    [
        ("today, about 19:00", "2026-11-28~", False),
        ("Yesterday", "2026-11-27~", True),
        ("2026-11-20", "2026-11-20~", True),
        ("2026-10", "2026-10~", True),
        ("20 November 2026, at noon", "2026-11-20~", False),
        ("20. November 2026", "2026-11-20~", True),
        ("20.11.2026", "2026-11-20~", True),
        ("03/04/2026", "", False),
        ("Monday", "", False),
        ("today or yesterday", "", False),
        ("31 February 2026", "", False),
        ("2026-12-24", "", False),
        ("unknown", "", False),
    ],
)
def test_a_day_is_read_where_it_is_plain_and_never_invented(told: str, started: str, is_all: bool) -> None:
    assert seen_on(told, SATURDAY) == (started, is_all)


def test_today_that_was_said_on_another_day_names_no_day() -> None:
    assert seen_on("today", SATURDAY, is_told_today=False) == ("", False)
    assert seen_on("2026-11-20", SATURDAY, is_told_today=False) == ("2026-11-20~", True)


@pytest.mark.parametrize(
    ("age", "born"), [("34", "1991/1992"), (" 7 ", "2018/2019"), ("about 34", ""), ("0", ""), ("", "")]
)
def test_an_age_gives_the_two_years_in_which_somebody_may_be_born(age: str, born: str) -> None:
    assert born_at(age, SATURDAY) == born
