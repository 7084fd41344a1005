"""The activity tab: sentences, who and when; no details, and nothing for who may not see the case."""

import pytest
from django.urls import reverse

from audit.trail import record
from casework.actions.people import add_contact
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def test_everybody_on_the_case_reads_what_was_done_without_its_details(client):
    case = a_case(codename="Heron")
    add_contact(actor=case.lead, case=case, values={"kind": "family", "name": "Eva Stern"})
    other = a_case(codename="Quince")
    record(actor=a_person("sam"), verb="casework.claim.removed", case=other)
    page = signed_in(client, on_case(case, "leila", "reader")).get(reverse("casework:activity", args=[case.reference]))
    words = page.content.decode()
    assert "Added a contact" in words and "Ana" in words
    assert "Eva Stern" not in words and "Sam" not in words and "Removed a claim" not in words
    assert signed_in(client, a_person("sam")).get(page.request["PATH_INFO"]).status_code == 404


def test_the_activity_is_paged_and_its_queries_do_not_grow(client, django_assert_max_num_queries):
    case = a_case()
    address = reverse("casework:activity", args=[case.reference])
    signed_in(client, case.lead)
    record(actor=case.lead, verb="casework.case.changed", case=case)
    client.get(address)
    with django_assert_max_num_queries(25) as few:
        client.get(address)
    for _number in range(60):
        record(actor=case.lead, verb="casework.case.changed", case=case)
    with django_assert_max_num_queries(25) as many:
        page = client.get(address)
    assert len(few) == len(many)
    older = client.get(address + page.context["next_url"])
    assert len(page.context["rows"]) == 50 and len(older.context["rows"]) == 11


def test_help_is_there_for_everybody_who_is_signed_in(client):
    assert client.get(reverse("web:help")).status_code == 302
    assert "The way of a case" in signed_in(client, a_person("noor")).get(reverse("web:help")).content.decode()
