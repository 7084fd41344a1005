"""Whoever wrote a claim asks the others to rule: they are told, *Today* leads them there, and a ruling takes the line away."""

import datetime as dt
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.models import Case, CaseUserObjectPermission, Claim, ClaimItem
from claims.actions.rulings import ASKED, ask_for_rulings
from claims.pages.table import lacks_an_answer, needing
from tests.casework.sheet import address, new_row, send
from tests.factories import a_case, a_claim, a_source, on_case
from tests.people import a_person, signed_in
from web.pages.today_rulings import rulings_for
from work.models import Notice

pytestmark = pytest.mark.django_db
LINE = "Rule on claims"


@pytest.fixture
def case() -> Case:
    made = a_case(codename="Heron")
    on_case(made, "tomas", "legal")
    on_case(made, "noa", "reader")
    return made


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


def today(person: str) -> str:
    return signed_in(Client(), a_person(person)).get(reverse("web:today")).content.decode()


def a_waiting_claim(case: Case, **fields: Any) -> Claim:
    told = {"status": "VS_NEW", "credibility": None, "created_by": case.lead, **fields}
    return a_claim(case, "He was moved at night.", **told)


def test_one_press_saves_the_row_and_asks_who_may_rule(ana: Client, case: Case) -> None:
    sent = new_row(text="He was moved at night.", on="March 2025", discloses_nothing="on", add="new") | {"ask": "1"}
    sent |= {"n1-new-title": "A letter", "n1-new-kind": "S_FAMILY", "n1-new-reliability": "B"}
    page = send(ana, case, sent).content.decode()
    assert "Saved: claim 1." in page and "Tomas: asked to rule on the claims that you wrote." in page
    told = today("tomas")
    assert LINE in told and f"{address(case)}?needs=answer" in told and "Heron" in told
    assert LINE not in today("noa") and LINE not in today("ana") and LINE not in today("sam")
    assert Entry.objects.filter(verb=ASKED, actor_id=case.lead.pk).count() == 1
    asked = signed_in(Client(), a_person("tomas")).get(f"{address(case)}?needs=answer").content.decode()
    assert "He was moved at night." in asked and 'name="c1-status"' in asked


def test_the_table_offers_to_ask_only_who_left_a_ruling_to_others(ana: Client, case: Case) -> None:
    assert "ask for the rulings" not in ana.get(address(case)).content.decode()
    claim = a_waiting_claim(case)
    assert "ask for the rulings" in ana.get(address(case)).content.decode()
    tomas = signed_in(Client(), a_person("tomas"))
    assert "ask for the rulings" not in tomas.get(address(case)).content.decode(), "who may rule does so"
    Claim.objects.filter(pk=claim.pk).update(status="VS_DOC", credibility=1)
    assert "ask for the rulings" not in ana.get(address(case)).content.decode()


def test_the_line_stays_until_somebody_rules_and_comes_back_only_for_what_was_asked(case: Case) -> None:
    claim, tomas = a_waiting_claim(case), a_person("tomas")
    assert [person.username for person in ask_for_rulings(actor=case.lead, case=case)] == ["tomas"]
    now = timezone.now()
    assert [line.about for line in rulings_for(tomas, now=now)] == [str(case)]
    Notice.objects.update(read_at=now)
    assert rulings_for(tomas, now=now), "reading a notice rules on nothing"
    Claim.objects.filter(pk=claim.pk).update(status="VS_DOC", credibility=1, verified_at=timezone.now())
    assert rulings_for(tomas, now=now) == []
    a_waiting_claim(case)
    assert rulings_for(tomas, now=now) == [], "nobody asked about the new one"
    assert rulings_for(tomas, now=now + dt.timedelta(days=61)) == []


def test_the_same_claims_are_told_once_and_new_ones_again(case: Case) -> None:
    a_waiting_claim(case)
    for _press in range(2):
        ask_for_rulings(actor=case.lead, case=case)
    assert Notice.objects.filter(kind=ASKED).count() == 1
    a_waiting_claim(case)
    ask_for_rulings(actor=case.lead, case=case)
    assert Notice.objects.filter(kind=ASKED).count() == 2
    assert len(rulings_for(a_person("tomas"), now=timezone.now())) == 1, "one line a case and colleague"


def test_an_older_claim_that_changed_after_its_ruling_is_told_although_a_younger_one_waits_still(case: Case) -> None:
    older, _younger = a_waiting_claim(case), a_waiting_claim(case)
    ask_for_rulings(actor=case.lead, case=case)
    Claim.objects.filter(pk=older.pk).update(status="VS_STALE", version=older.version + 2)
    ask_for_rulings(actor=case.lead, case=case)
    assert Notice.objects.filter(kind=ASKED).count() == 2, "what is said to be asked is asked"


def test_who_lost_the_case_reads_nothing_of_it(case: Case) -> None:
    a_waiting_claim(case)
    ask_for_rulings(actor=case.lead, case=case)
    tomas = a_person("tomas")
    CaseUserObjectPermission.objects.filter(user=tomas, content_object=case).delete()
    assert rulings_for(tomas, now=timezone.now()) == [] and LINE not in today("tomas")


def test_asking_is_refused_with_why(case: Case) -> None:
    with pytest.raises(ValidationError, match="ruled on already"):
        ask_for_rulings(actor=case.lead, case=case)
    alone = a_case(codename="Alder")
    a_waiting_claim(alone)
    with pytest.raises(ValidationError, match="Nobody else may rule"):
        ask_for_rulings(actor=alone.lead, case=alone)
    a_waiting_claim(case, created_by=a_person("noa"))
    for person in ("noa", "sam"):
        with pytest.raises(PermissionDenied):
            ask_for_rulings(actor=a_person(person), case=case)
    assert not Notice.objects.filter(kind=ASKED).exists() and not Entry.objects.filter(verb=ASKED).exists()


def test_the_list_of_what_needs_an_answer_and_the_rows_that_stand_open_are_the_same(case: Case) -> None:
    source = a_source(case, "A letter")
    grades = product(Claim.Status.values, (None, 3), ("2025", None), ([], [source]), ([], ["CI_BIO"]), (True, False))
    for status, credibility, on, sources, items, is_silent in grades:
        claim = a_claim(case, status=status, credibility=credibility, on=on, sources=sources)
        ClaimItem.objects.filter(claim=claim).delete()
        ClaimItem.objects.bulk_create(ClaimItem(claim=claim, item=item) for item in items)
        Claim.objects.filter(pk=claim.pk).update(discloses_nothing=is_silent)
    found = set(needing(case).values_list("number", flat=True))
    every = Claim.objects.filter(case=case).present().with_evidence()
    assert found == {claim.number for claim in every if lacks_an_answer(claim)} and 0 < len(found) < len(every)
