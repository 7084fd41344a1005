"""A newer answer: it begins from the present one, ends only what is unticked and meant, and says which pages rest on it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Case, Consent
from casework.pages.consent_matrix import prisoner_ledger
from tests.casework.ledger import DAY, an_answer, at
from tests.factories import a_consent

pytestmark = pytest.mark.django_db


def test_a_newer_answer_begins_from_the_present_one_and_ends_only_what_is_unticked_and_meant(
    leila: Client, case: Case, heard: Any
) -> None:
    earlier = a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_PUBLIC"], created_at=timezone.now() - DAY)
    form = leila.get(at("add_consent", case), {"from": str(earlier.pk)}).content.decode()
    assert form.count(" checked") == 2 and "Yes, end this" not in form
    sent = an_answer(begins_from=str(earlier.pk), grants=["CI_NAME:AU_PUBLIC", "CI_NAME:AU_PARL"])
    asked = leila.post(at("add_consent", case), sent)
    page = asked.content.decode()
    assert asked.status_code == 422 and "This answer ends: Biography (Public)." in page and "Yes, end this" in page
    assert Consent.objects.count() == 1 and heard == []
    leila.post(at("add_consent", case), sent | {"is_ending": "on"})
    ledger = prisoner_ledger(case)
    assert ledger.state("CI_NAME", "AU_PUBLIC") == ledger.state("CI_NAME", "AU_PARL") == "CS_GIVEN"
    assert ledger.state("CI_BIO", "AU_PUBLIC") == "CS_WITHDRAWN"
    assert [code for code, _pk in heard] == ["TR_CONSENT"]


def test_another_audience_ends_nothing(leila: Client, case: Case, heard: Any) -> None:
    a_consent(case, ["CI_NAME"], ["AU_PUBLIC", "AU_DIPLO"])
    leila.post(at("add_consent", case), an_answer(grants=["CI_NAME:AU_PARL"]))
    ledger = prisoner_ledger(case)
    assert {ledger.state("CI_NAME", code) for code in ("AU_PUBLIC", "AU_DIPLO", "AU_PARL")} == {"CS_GIVEN"}
    assert heard == []


def test_a_refusal_after_somebody_elses_yes_is_asked_for_once_more_and_stops_what_stood_on_it(
    leila: Client, case: Case, heard: Any
) -> None:
    a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_PUBLIC"], giver="CG_FAMILY")
    sent = an_answer(status="CS_REFUSED", grants=["CI_NAME:AU_PUBLIC"])
    asked = leila.post(at("add_consent", case), sent)
    assert asked.status_code == 422 and "This answer ends: Name (Public)." in asked.content.decode()
    leila.post(at("add_consent", case), sent | {"is_ending": "on"})
    ledger = prisoner_ledger(case)
    assert ledger.state("CI_NAME", "AU_PUBLIC") == "CS_REFUSED"
    assert ledger.state("CI_BIO", "AU_PUBLIC") == "CS_GIVEN"
    assert [code for code, _pk in heard] == ["TR_CONSENT"]
