"""Several faults are named at once: those of the boxes with those of the verb, and all of a verb together."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.actions import asks, consent, fate
from casework.actions.cases import open_case
from casework.actions.no_statement import say_no_statement
from casework.models import Case, Claim, Demand
from tests.factories import a_case, a_claim
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
TOMORROW = dt.timedelta(days=1)


@pytest.fixture
def case() -> Case:
    return a_case()


def faults(act: Any, **given: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        act(**given)
    return refused.value.message_dict


def test_a_case_is_refused_with_state_and_day_together(client: Client) -> None:
    ana = a_person("ana")
    day = timezone.localdate() + TOMORROW
    assert {"country", "status_on"} == set(
        faults(open_case, actor=ana, country="ZZZ", status="DS_UNKNOWN", status_on=day)
    )
    sent = {"country": "", "status_on": day, "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
    page = signed_in(client, ana).post(reverse("casework:open_case"), sent).content.decode()
    assert "Choose the State that holds the person." in page and "This day is still to come." in page
    assert "Choose one of the answers." in page and not Case.objects.exists()


def test_what_happened_is_refused_with_status_and_day_together(client: Client, case: Case) -> None:
    day = (timezone.localdate() + TOMORROW).isoformat()
    given = {"actor": case.lead, "case": case, "status": "DS_PRETRIAL", "on": day}
    assert {"status", "on"} == set(faults(fate.died, **given))
    on = dict(zip(("on_2", "on_1", "on_0"), day.split("-"), strict=True))
    page = signed_in(client, case.lead).post(reverse("casework:fate", args=[case.reference]), {**on, "status": ""})
    text = page.content.decode()
    assert page.status_code == 422 and "Choose what happened." in text and "This day is still to come." in text


def test_no_statement_is_refused_for_the_day_and_for_what_the_packet_holds(case: Case) -> None:
    a_claim(case, use=Claim.Use.AUTHORITIES)
    found = faults(say_no_statement, actor=case.lead, case=case, as_of=timezone.localdate() + TOMORROW)
    assert {"as_of", NON_FIELD_ERRORS} == set(found)


def test_a_demand_is_refused_for_its_lead_and_for_its_sense(case: Case) -> None:
    for text in ("Let him go.", "Let a doctor in."):
        Demand.objects.create(case=case, text=text, aim="own", is_lead=True, said_for="held")
    Case.objects.filter(pk=case.pk).update(status="DS_DIED")
    values = {"text": "Let him go.", "aim": "doctor", "is_lead": True, "rank": 1}
    assert {"aim", NON_FIELD_ERRORS} == set(faults(asks.add_demand, actor=case.lead, case=case, values=values))
    row = Demand.objects.create(case=case, text="Let her in.", aim="own", said_for="free")
    found = faults(asks.change_demand, actor=case.lead, row=row, version=1, values=values)
    assert {"aim", NON_FIELD_ERRORS} == set(found)


def test_an_answer_is_refused_for_its_length_and_for_what_it_lacks() -> None:
    given = {"status": "CS_GIVEN", "giver": "CG_LAWYER", "until_at": timezone.now() + dt.timedelta(days=500)}
    found = faults(
        lambda **told: consent.refuse_what_may_not_be_given(**told), given=given, pairs=[("CI_HEALTH", "AU_PUBLIC")]
    )
    assert {"until_on", "grants", "proof"} <= set(found)
