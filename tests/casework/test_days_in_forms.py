"""A day typed into a page of the packet is the day that was meant, or the page asks; what was typed stands there still."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Case, Consent, Membership
from tests.casework.ledger import an_answer, save
from tests.factories import a_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def in_arabic(text: str) -> str:
    return "".join(chr(0x660 + int(sign)) if sign.isdigit() else sign for sign in text)


def test_the_last_day_of_a_consent_is_never_read_the_other_way_round(leila: Client, case: Case) -> None:
    year = timezone.localdate().year + 1
    answer = save(leila, case, an_answer(until_on=f"05/01/{year}"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"This can be 5 January {year} or 1 May {year}." in page
    assert f"Write the year first: {year}-01-05 or {year}-05-01." in page
    assert f'value="05/01/{year}"' in page
    assert not Consent.objects.filter(case=case).exists()


def test_a_day_with_a_short_year_or_of_another_calendar_is_asked_about(leila: Client, case: Case) -> None:
    for typed, sentence in (("03/11/26", "with four figures"), ("1405-09-07", "Is it a year of another calendar?")):
        answer = save(leila, case, an_answer(from_on=typed))
        assert answer.status_code == 422 and sentence in answer.content.decode()
        assert f'value="{typed}"' in answer.content.decode()
    assert not Consent.objects.filter(case=case).exists()


def test_a_day_in_other_figures_is_that_day(leila: Client, case: Case) -> None:
    today = timezone.localdate()
    last = today + dt.timedelta(days=7)
    save(leila, case, an_answer(from_on=in_arabic(str(today)), until_on=f"\u200f{in_arabic(str(last))}"))
    consent = Consent.objects.get(case=case)
    assert timezone.localdate(consent.from_at) == today
    assert timezone.localdate(consent.until_at - dt.timedelta(seconds=1)) == last


def test_a_role_does_not_end_on_another_day_than_was_typed(client: Client) -> None:
    case = a_case()
    guest = a_person("guest")
    signed_in(client, case.lead, fresh=True)
    address = reverse("casework:add_member", args=[case.reference])
    sent = {"user": guest.pk, "role": "MEMBER", "until_on": "05/06/2031"}
    answer = client.post(address, sent)
    assert answer.status_code == 422 and "2031-06-05 or 2031-05-06" in answer.content.decode()
    assert not Membership.objects.filter(case=case, user=guest).exists()


def test_a_status_is_not_as_of_a_year_of_another_calendar(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    answer = client.post(reverse("casework:change_case", args=[case.reference]), {"status_on": "1405-09-07"})
    assert answer.status_code == 422 and "The year 1405 is more than a century away" in answer.content.decode()
