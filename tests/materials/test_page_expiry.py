"""A public page whose consent or assessment ends: red on Today, days of grace, and more days once when two agree."""

import datetime as dt
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.models import Case
from materials.leaving import page_expiry
from materials.models import Material, PageExtension, PublicPage
from safety import gate
from safety.models import Hold, OfficeSafety, RiskAssessment
from tests.factories import on_case
from tests.gate.channels import undone
from tests.gate.near_misses import triggers_off
from tests.gate.ready import a_signed_assessment
from tests.kept import one_world
from tests.materials.test_public_pages import address, publish, supporters
from tests.people import a_person, signed_in
from web import sweeps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_page")]
DAY = dt.timedelta(days=1)
WHY = {"reason": "His appeal is heard next week; a page that blinks off is a sign."}
FREE = {"is_free": "on"}


def a_public_page() -> Material:
    """A public supporters' page; ana coordinates its case, rui reviews, leila is its liaison, noa reads."""
    made, client = supporters(), Client()
    signed_in(client, a_person("ana"))
    publish(client, made)
    case = made.cases.get()
    on_case(case, "leila", "liaison")
    on_case(case, "noa", "reader")
    return made


@pytest.fixture(scope="module")
def kept_page(django_db_setup: None, django_db_blocker: Any) -> Iterator[Material]:
    with django_db_blocker.unblock(), one_world(a_public_page) as made:
        yield made


@pytest.fixture
def material(kept_page: Material, db: None) -> Material:
    return deepcopy(kept_page)


def ends_in(material: Material, days: float) -> None:
    """Let the assessment end so many days from now (before now where it is less than none), and sweep."""
    at = timezone.now() + days * DAY
    row = RiskAssessment.objects.get(case=material.cases.get(), material_id=None)
    row.signed_at, row.expires_at, row.granted_until = at - 30 * DAY, at, at
    with triggers_off():
        row.save()
    sweeps.daily()


def extended(material: Material, *, agree: bool = True) -> PageExtension:
    """Ask as ana and, unless told otherwise, agree as rui, through their browsers."""
    assert signed_in(Client(), a_person("ana")).post(to("extension", material), WHY).status_code == 302
    if agree:
        rui = signed_in(Client(), a_person("rui"), fresh=True)
        assert rui.post(to("agree_extension", material), FREE).status_code == 302
    return PageExtension.objects.get()


def to(name: str, material: Material) -> str:
    return reverse(f"materials:{name}", args=[material.pk])


def today(person: str) -> str:
    return signed_in(Client(), a_person(person)).get(reverse("web:today")).content.decode()


def is_read() -> bool:
    return Client().get(address(PublicPage.objects.get())).status_code == 200


@pytest.mark.parametrize("person", ["ana", "leila", "rui"])
def test_from_two_weeks_before_it_is_red_for_lead_liaison_and_reviewer(material: Material, person: str) -> None:
    ends_in(material, 15)
    assert "Public pages that go down" not in today(person)
    ends_in(material, 13)
    page = today(person)
    assert "Public pages that go down" in page and to("extension", material) in page and "What it rests on ends" in page
    ends_in(material, -1)
    assert "What it rests on ended" in today(person)


def test_who_neither_leads_nor_keeps_consent_nor_signs_is_not_told(material: Material) -> None:
    ends_in(material, 3)
    assert "Public pages that go down" not in today("noa") and "Public pages that go down" not in today("sam")
    assert signed_in(Client(), a_person("sam")).get(to("extension", material)).status_code == 404


def test_who_leads_the_case_is_told_whatever_else_they_may_do(material: Material) -> None:
    ends_in(material, 3)
    Case.objects.filter(pk=material.cases.get().pk).update(lead=a_person("noa"))
    assert "Public pages that go down" in today("noa")


def test_the_line_says_the_day_on_which_the_gate_takes_the_page_down(material: Material) -> None:
    ends_in(material, -13.9)
    assert is_read() and "goes down" in today("ana")
    ends_in(material, -14.1)
    assert not is_read() and "Public pages that go down" not in today("ana")


def test_the_end_of_a_page_is_asked_in_one_text_whatever_its_day(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_in(material, 5)

    def refuse(*_words: object) -> str:
        raise AssertionError("the gate wrote its question again")

    monkeypatch.setattr("safety.gate.trigger_sql.spelled", refuse)
    for days in (4, 3):
        ends_in(material, days)
        latest = RiskAssessment.objects.get(case=material.cases.get(), material_id=None)
        assert gate.runs_out_at(PublicPage.objects.get().dispatch) == latest.expires_at


def test_what_ends_first_counts_and_a_renewal_takes_the_line_away_at_the_next_sweep(material: Material) -> None:
    page = PublicPage.objects.get()
    case = material.cases.get()
    old = RiskAssessment.objects.get(case=case, material_id=None)
    assert page.ends_at == old.expires_at, "the assessment ends before the consent"
    ends_in(material, 3)
    assert "Public pages that go down" in today("ana")
    a_signed_assessment(case, author=a_person("tomas"), signer=a_person("rui"))
    sweeps.requeue_stale_jobs()
    assert "Public pages that go down" not in today("ana")


def test_the_material_leads_to_when_its_page_goes_down_only_while_that_is_near(material: Material) -> None:
    ana = signed_in(Client(), a_person("ana"))
    way = f'href="{to("extension", material)}"'
    ends_in(material, 30)
    assert way not in ana.get(to("material", material)).content.decode()
    ends_in(material, 3)
    assert way in ana.get(to("material", material)).content.decode()


def test_one_asks_another_agrees_and_the_days_are_doubled_once(material: Material) -> None:
    ends_in(material, -13)
    ana = signed_in(Client(), a_person("ana"), fresh=True)
    assert ana.post(to("extension", material), {"reason": ""}).status_code == 422
    assert "Ask for more days" in ana.get(to("extension", material)).content.decode()
    extended(material, agree=False)
    assert ana.post(to("agree_extension", material), FREE).status_code == 403
    assert "a second person agrees" in today("rui")
    rui = signed_in(Client(), a_person("rui"))
    assert rui.post(to("agree_extension", material), FREE).status_code == 302
    assert PageExtension.objects.get().agreed_by is None, "without a fresh second factor nothing is agreed"
    signed_in(rui, a_person("rui"), fresh=True)
    page = rui.get(to("agree_extension", material)).content.decode()
    assert "His appeal is heard next week" in page and "Agree to more days" in page
    assert rui.post(to("agree_extension", material), FREE).status_code == 302
    again = ana.post(to("extension", material), WHY)
    assert again.status_code == 422 and "asked for once" in again.content.decode()
    verbs = set(Entry.objects.filter(verb__startswith="materials.extension").values_list("verb", flat=True))
    assert verbs == {"materials.extension.asked", "materials.extension.agreed"}


def test_the_page_says_what_it_rests_on_and_whose_agreement_is_missing(material: Material) -> None:
    ends_in(material, 3)
    reference = material.cases.get().reference
    ana = signed_in(Client(), a_person("ana"))
    page = ana.get(to("extension", material)).content.decode()
    rests = page.partition('id="rests-h"')[2].partition("</section>")[0]
    assert (
        reverse("safety:safety", args=[reference]) in rests and reverse("casework:consents", args=[reference]) in rests
    )
    page = ana.post(to("extension", material), WHY, follow=True).content.decode()
    assert "one of these agrees: Rui." in page
    assert (
        "one of these agrees"
        not in signed_in(Client(), a_person("rui")).get(to("extension", material)).content.decode()
    )
    again = ana.post(to("extension", material), WHY).content.decode()
    assert again.count("It was asked for already") == 1 and "Not done, for one reason" in again


def test_with_two_people_the_page_stays_twice_as_long_and_then_goes_down(material: Material) -> None:
    ends_in(material, -13)
    extended(material)
    ends_in(material, -27)
    assert is_read() and "It was given more days once." in today("ana")
    ends_in(material, -29)
    assert not is_read()


def test_asked_by_one_alone_it_goes_down_in_time(material: Material) -> None:
    ends_in(material, -13)
    extended(material, agree=False)
    ends_in(material, -15)
    assert not is_read()
    rui = signed_in(Client(), a_person("rui"), fresh=True)
    answer = rui.post(to("agree_extension", material), FREE)
    assert answer.status_code == 422 and not is_read(), "what went down is not brought back by agreeing late"


def test_who_asked_does_not_agree_even_when_they_sign(material: Material) -> None:
    ends_in(material, 3)
    extended(material, agree=False)
    with triggers_off():
        PageExtension.objects.update(asked_by=a_person("rui"))
    answer = signed_in(Client(), a_person("rui"), fresh=True).post(to("agree_extension", material), FREE)
    assert answer.status_code == 422 and "Somebody else agrees" in answer.content.decode()
    assert PageExtension.objects.get().agreed_at is None


def test_what_a_hold_took_away_is_given_no_more_days(material: Material) -> None:
    ends_in(material, 3)
    Hold.objects.create(case=material.cases.get(), kind="until_lifted", reason="Summoned.", held_by=a_person("leila"))
    answer = signed_in(Client(), a_person("ana")).post(to("extension", material), WHY)
    assert answer.status_code == 422 and not PageExtension.objects.exists()


def test_an_extension_without_our_mark_counts_for_nothing(material: Material) -> None:
    ends_in(material, -13)
    extended(material)
    ends_in(material, -20)
    assert is_read()
    with triggers_off():
        PageExtension.objects.update(mac=b"x" * 32)
    assert not is_read() and "Public pages that go down" not in today("ana")


def test_an_extension_keeps_nothing_public_that_was_withdrawn(material: Material) -> None:
    ends_in(material, -1)
    extended(material)
    RiskAssessment.objects.filter(case=material.cases.get(), material_id=None).update(ended_at=timezone.now())
    assert not is_read()


def test_without_days_of_grace_there_are_none_to_double(material: Material) -> None:
    OfficeSafety.objects.update_or_create(pk=1, defaults={"grace_days": 0})
    ends_in(material, 3)
    answer = signed_in(Client(), a_person("ana")).post(to("extension", material), WHY)
    assert answer.status_code == 422 and "none to double" in answer.content.decode()


def test_it_is_asked_for_only_when_the_page_runs_out(material: Material) -> None:
    ends_in(material, 20)
    answer = signed_in(Client(), a_person("ana")).post(to("extension", material), WHY)
    assert answer.status_code == 422 and not PageExtension.objects.exists()


def test_the_database_asks_for_two_people(material: Material) -> None:
    ends_in(material, 3)
    row = extended(material, agree=False)
    with pytest.raises(IntegrityError, match="a_page_is_extended_by_two_people"), transaction.atomic():
        PageExtension.objects.filter(pk=row.pk).update(agreed_by=a_person("ana"), agreed_at=timezone.now())


def test_an_extension_is_born_without_agreement_and_for_its_own_standing_page(material: Material) -> None:
    page = PublicPage.objects.get()
    people: Any = {"asked_by": a_person("ana"), "reason": "Why."}
    agreed = {"agreed_by": a_person("rui"), "agreed_at": timezone.now()}

    def make(**more: Any) -> str:
        return undone(lambda: PageExtension(page=page, **{"material": material, **people, **more}).save())

    assert make() == ""
    assert "born-agreed" in make(**agreed)
    assert "not-its-page" in make(material=supporters())
    with triggers_off(left_out=("an_extension_is_born_without_agreement",)):
        pass
    assert make(**agreed) == ""


def test_today_asks_no_more_questions_for_more_pages(client: Client, django_assert_max_num_queries: Any) -> None:
    material = supporters()
    signed_in(client, a_person("ana"))
    publish(client, material)
    ends_in(material, 3)
    url = reverse("web:today")
    client.get(url)
    with django_assert_max_num_queries(39) as few:
        client.get(url)
    at_first = len(few)
    for _number in range(2):
        another = supporters()
        publish(client, another)
        ends_in(another, 3)
    assert PublicPage.objects.filter(ends_at__lt=timezone.now() + 14 * DAY).count() == 3
    client.get(url)  # takes away what publishing said
    with django_assert_max_num_queries(at_first):
        page = client.get(url).content.decode()
    assert page.count("goes down ") == 3


def test_counting_asks_the_gate_and_not_the_column(material: Material) -> None:
    PublicPage.objects.update(ends_at=timezone.now() + 300 * DAY)
    page_expiry.store_all_ends()
    assert PublicPage.objects.get().ends_at < timezone.now() + 40 * DAY
