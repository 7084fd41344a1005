"""The one exception at a critical risk, in the browser: asked for by one, signed by a reviewer and a director, ended by one."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Wish
from materials.models import Material
from safety import gate
from safety.models import CriticalException, RiskAssessment, RiskHarm
from tests.advocacy.journeys import fit_for_the_public, in_review
from tests.factories import on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
SAID = {"lawyer_view": "His lawyer, on Monday: he agrees.", "reason": "He may be executed this week."}
FREE = {"is_free": "on"}


@pytest.fixture
def material() -> Material:
    """A supporters' page in review, about a case at critical risk; nothing else of the exception is there yet."""
    case = fit_for_the_public(a_full_packet())
    made = in_review(case, kind="SUPPORTER", audience="AU_SUPPORT", stop_on=dt.date(2027, 1, 15))
    on_case(case, "rui", "reviewer")
    on_case(case, "dara", "director")
    assess(case, danger_now="grave", not_acting={"likelihood": 2, "impact": 2})
    return made


def assess(case: Any, *, danger_now: str, not_acting: dict[str, int]) -> RiskAssessment:
    """Write and sign a critical assessment of the case: likelihood 4 by impact 4."""
    now = timezone.now()
    until = now + dt.timedelta(hours=72)
    row = RiskAssessment.objects.create(
        case=case,
        number=case.risk_assessments.count() + 1,
        kind="full",
        danger_now=danger_now,
        level="RL_CRIT",
        author=a_person("tomas"),
        answers={"rapid": {}, "not_acting": not_acting},
        worst_case="He is beaten.",
        not_acting="He is executed.",
        signed_by=a_person("rui"),
        signed_at=now,
        expires_at=until,
        granted_until=until,
    )
    figures = {"likelihood": 4, "impact": 4, "likelihood_after": 4, "impact_after": 4}
    RiskHarm.objects.create(case=case, assessment=row, category="HC_FAMILY", **figures)
    return row


def fit(material: Material) -> None:
    """Mend everything the exception asks for but the signatures."""
    for case in material.cases.all():
        assess(case, danger_now="imminent", not_acting={"likelihood": 5, "impact": 5})
        number = Wish.objects.filter(case=case).count() + 1
        Wish.objects.create(case=case, number=number, wants="publicity", told_by="To his lawyer, alone.")


def to(name: str, material: Material) -> str:
    return reverse(f"materials:{name}", args=[material.pk])


def codes(material: Material) -> tuple[str, ...]:
    return gate.examine(gate.Leaving.of(material), moment="review").codes


def test_asking_names_every_condition_that_is_not_met_and_keeps_nothing(client: Client, material: Material) -> None:
    signed_in(client, a_person("ana"))
    answer = client.post(to("exception", material), SAID)
    said = answer.content.decode()
    assert answer.status_code == 422 and not CriticalException.objects.exists()
    assert "danger now is not rated imminent" in said and "no wish for publicity is recorded" in said
    assert "does not rate not acting worse" in said and SAID["reason"] in said
    assert client.post(to("exception", material), {**SAID, "lawyer_view": ""}).status_code == 422


def test_one_asks_two_others_sign_and_the_gate_opens_for_this_material(client: Client, material: Material) -> None:
    fit(material)
    signed_in(client, a_person("ana"))
    assert "Ask for the exception" in client.get(to("exception", material)).content.decode()
    assert client.post(to("exception", material), SAID).status_code == 302
    signed_in(client, a_person("ana"), fresh=True)
    assert client.get(to("sign_exception", material)).status_code == 403
    assert codes(material) == ("risk-is-critical",)
    signed_in(client, a_person("rui"), fresh=True)
    page = client.get(to("sign_exception", material)).content.decode()
    assert SAID["lawyer_view"] in page and "Sign the exception" in page
    assert client.post(to("sign_exception", material), FREE).status_code == 302
    assert codes(material) == ("risk-is-critical",)
    again = client.post(to("sign_exception", material), FREE)
    assert again.status_code == 422 and "Somebody else signs" in again.content.decode()
    signed_in(client, a_person("dara"), fresh=True)
    assert client.post(to("sign_exception", material), FREE).status_code == 302
    assert codes(material) == ()
    assert "Counts until" in client.get(to("exception", material)).content.decode()


def test_a_second_reviewer_is_no_director(client: Client, material: Material) -> None:
    fit(material)
    signed_in(client, a_person("ana"))
    client.post(to("exception", material), SAID)
    on_case(material.cases.get(), "leila", "reviewer")
    for name, status in (("rui", 302), ("leila", 422)):
        signed_in(client, a_person(name), fresh=True)
        assert client.post(to("sign_exception", material), FREE).status_code == status
    assert codes(material) == ("risk-is-critical",)


def test_one_person_ends_it_at_once(client: Client, material: Material) -> None:
    fit(material)
    signed_in(client, a_person("ana"))
    client.post(to("exception", material), SAID)
    for name in ("dara", "rui"):
        signed_in(client, a_person(name), fresh=True)
        client.post(to("sign_exception", material), FREE)
    assert codes(material) == ()
    assert client.post(to("end_exception", material)).status_code == 302
    assert codes(material) == ("risk-is-critical",)
    assert CriticalException.objects.get().ended_by.username == "rui"


def test_what_was_asked_waits_on_today_for_who_may_sign_and_not_for_who_asked(
    client: Client, material: Material
) -> None:
    fit(material)
    signed_in(client, a_person("ana"))
    client.post(to("exception", material), SAID)
    today = reverse("web:today")
    assert "Exception at a critical risk" not in client.get(today).content.decode()
    signed_in(client, a_person("rui"), fresh=True)
    assert to("exception", material) in client.get(today).content.decode()


def test_each_condition_says_whether_it_holds_and_leads_to_its_mend(client: Client, material: Material) -> None:
    signed_in(client, a_person("ana"))
    reference = material.cases.get().reference
    page = client.get(to("exception", material)).content.decode()
    asks = page.partition('id="asks-h"')[2].partition("</section>")[0]
    assert asks.count("Not yet") == 3 and asks.count("Yes") == 1
    assert reverse("safety:assess", args=[reference]) in asks and reverse("casework:add_wish", args=[reference]) in asks
    fit(material)
    asks = client.get(to("exception", material)).content.decode().partition('id="asks-h"')[2].partition("</section>")[0]
    assert asks.count("Yes") == 4 and "Not yet" not in asks and "<a " not in asks


def test_a_refusal_is_said_once_and_is_no_answer(client: Client, material: Material) -> None:
    said = signed_in(client, a_person("ana")).post(to("exception", material), SAID).content.decode()
    assert said.count("danger now is not rated imminent") == 1
    assert "Not done, for 3 reasons" in said and "needs a second look" not in said


def test_who_asked_reads_whose_signatures_are_missing(client: Client, material: Material) -> None:
    fit(material)
    signed_in(client, a_person("ana"))
    page = client.post(to("exception", material), SAID, follow=True).content.decode()
    assert "two signatures. As reviewer: Rui. As director: Dara." in page and "Take the request back" in page
    signed_in(client, a_person("rui"), fresh=True)
    assert "then sign it or turn it down" in client.get(to("exception", material)).content.decode()
    page = client.post(to("sign_exception", material), FREE, follow=True).content.decode()
    assert "a director signs. On this case: Dara." in page and "Turn the request down" not in page


def test_what_was_ended_stays_with_who_ended_it(client: Client, material: Material) -> None:
    fit(material)
    signed_in(client, a_person("ana"))
    client.post(to("exception", material), SAID)
    signed_in(client, a_person("rui"), fresh=True)
    page = client.post(to("end_exception", material), follow=True).content.decode()
    assert "The request is ended." in page and "What was public under it is gone" not in page
    assert "Ended before" in page and "ended by <bdi>Rui</bdi>" in page and "asked for by <bdi>Ana</bdi>" in page
