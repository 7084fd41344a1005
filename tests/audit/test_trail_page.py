"""The trail on a page: for auditors, without what a case holds."""

import pytest
from django.test import Client

from audit import cases, labels
from audit.trail import record
from tests.accounts.conftest import Office
from tests.accounts.people import a_person
from tests.accounts.signing_in import sign_in
from tests.audit.conftest import CANARY, CASE


def test_an_auditor_reads_what_was_done(office: Office):
    record(actor=office.ana, verb="accounts.account.changed", about=office.ana, fields=["theme"])
    page = sign_in(Client(), office.noor).get("/audit/").content.decode()
    assert "Changed own account" in page and "Ana" in page and "theme" in page


@pytest.mark.parametrize("who", ["ana", "admin", "fara"])
def test_to_everybody_else_the_page_does_not_exist(office: Office, who):
    assert sign_in(Client(), getattr(office, who)).get("/audit/").status_code == 404


def test_a_superuser_without_the_role_does_not_read_it(office: Office):
    assert sign_in(Client(), a_person("root", is_superuser=True)).get("/audit/").status_code == 404


def test_the_page_shows_nothing_that_a_case_holds(office: Office, case_keys):
    record(actor=office.ana, verb="tests.case.done", case=CASE, words=CANARY)
    page = sign_in(Client(), office.noor).get("/audit/").content.decode()
    assert CANARY not in page and str(CASE)[:8] in page


def test_entries_are_found_by_verb_person_and_case(office: Office, case_keys):
    record(actor=office.ana, verb="accounts.account.changed", about=office.ana)
    record(actor=office.admin, verb="accounts.person.deactivated", about=office.ana)
    record(actor=office.admin, verb="accounts.role.ended", case=CASE)
    client = sign_in(Client(), office.noor)
    wanted = {
        "verb=accounts.account.changed": "Changed own account",
        f"person={office.admin.pk}": "Closed an account",
        f"case={CASE}": "Ended an office role",
    }
    for query, words in wanted.items():
        rows = client.get(f"/audit/?{query}").context["rows"]
        assert words in {str(row.entry.sentence) for row in rows}
    assert len(client.get(f"/audit/?case={CASE}").context["rows"]) == 1
    answer = client.get("/audit/?case=NOPE-0000")
    assert not answer.context["rows"] and "No case of this reference" in answer.content.decode()


def test_older_entries_follow_page_by_page(office: Office):
    client = sign_in(Client(), office.noor)
    for _number in range(120):
        record(actor=office.ana, verb="accounts.account.changed")
    seen: list[int] = []
    address = "/audit/?verb=accounts.account.changed"
    while address:
        answer = client.get(address)
        seen += [row.entry.sequence for row in answer.context["rows"]]
        address = f"/audit/{answer.context['next_url']}" if answer.context["next_url"] else ""
    assert len(seen) == len(set(seen)) == 120 and seen == sorted(seen, reverse=True)


def test_the_number_of_queries_does_not_grow_with_the_entries(office: Office, django_assert_max_num_queries):
    client = sign_in(Client(), office.noor)
    for number in range(60):
        record(actor=office.ana if number % 2 else office.admin, verb="accounts.account.changed", number=number)
    with django_assert_max_num_queries(9):
        client.get("/audit/")


def test_one_verb_has_one_meaning():
    labels.register_labels({"tests.one.meaning": "First"})
    labels.register_labels({"tests.one.meaning": "First"})
    with pytest.raises(ValueError, match="other words"):
        labels.register_labels({"tests.one.meaning": "Second"})
    assert labels.words_of_verb("tests.never.registered") == "tests.never.registered"


def test_a_case_is_called_and_found_by_its_reference_alone(office: Office, case_keys, monkeypatch):
    monkeypatch.setattr(cases, "_finders", [lambda text: CASE if text == "K7QF-29MD" else None])
    monkeypatch.setattr(cases, "_callers", [lambda ids: {CASE: "K7QF-29MD"}])
    record(actor=office.ana, verb="tests.case.done", case=CASE)
    page = sign_in(Client(), office.noor).get("/audit/?case=K7QF-29MD")
    assert len(page.context["rows"]) == 1 and "K7QF-29MD" in page.content.decode()
