"""The history of a row: who changed it, when, which field in the words of its page, from what to what."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from advocacy.actions import milestones
from advocacy.actions.plans import make_plan
from audit.models import Entry
from casework.actions import asks, consent, detention, evidence, people, timeline
from casework.models import Case, Charge, Demand
from tests.casework.sheet import send as send_table
from tests.factories import a_case, a_claim, a_consent, a_contact, a_detention, a_prisoner, a_source, on_case
from tests.people import a_person, signed_in
from tests.web.test_saved_meanwhile import assert_plain
from web.pages.row_history import KINDS
from web.pages.row_history.page import ROWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


def look(client: Client, kind: str, row: Any, query: str = "") -> Any:
    case = row if isinstance(row, Case) else row.case
    return client.get(reverse("web:history", args=[case.reference, kind, row.pk]) + query)


def told(client: Client, kind: str, row: Any, query: str = "") -> str:
    answer = look(client, kind, row, query)
    assert answer.status_code == 200
    page = answer.content.decode().partition("<main")[2].partition("<footer")[0]
    words = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))
    assert_plain(words)
    return words


def test_a_claim_tells_of_its_words_its_items_its_ruling_and_its_sources_newest_first(ana: Client, case: Case) -> None:
    claim = a_claim(case, "He was arrested.", items=["CI_DOCS"], sources=[a_source(case, "Judgment")], status="VS_DOC")
    send_table(ana, case, {"c1-text": "Arrested at home.", "c1-items": ["CI_BIO"], "c1-on": "2 May 2025"})
    tomas = signed_in(Client(), on_case(case, "tomas", "coordinator"))
    send_table(tomas, case, {"c1-text": "Arrested at work.", "c1-place_1": "page 3"})
    words = told(ana, "claim", claim)
    assert "Sentence He was arrested. became Arrested at home." in words
    assert "Ruling" in words and "When Not written down became 2 May 2025" in words
    assert "Discloses" in words and "Added: Biography" in words and "Taken away: " in words
    assert "Place in the source Not written down became page 3" in words
    assert words.index("Arrested at work.") < words.index("became Arrested at home."), "the newest stands first"
    assert words.index("Tomas") < words.rindex("Ana")
    assert re.search(r"\d+ \w+ \d{4}, \d\d:\d\d", words)
    page = ana.get(reverse("casework:claim", args=[case.reference, claim.pk])).content.decode()
    assert reverse("web:history", args=[case.reference, "claim", claim.pk]) in page


def changed(verb: Any, row: Any, **values: Any) -> Any:
    return verb(actor=row.case.lead, row=row, version=row.version, values=values)


def a_changed_event(case: Case) -> Any:
    claim = a_claim(case, "He was arrested.")
    row = timeline.add_event(actor=case.lead, case=case, values={"on": "2025-03", "event": "Arrested."})
    return changed(timeline.change_event, row, event="Arrested at home.", on="2025-05-02", claim=claim)


def a_changed_ask(case: Case) -> Any:
    first, second = (Demand.objects.create(case=case, text=text, aim="own") for text in ("A doctor", "A lawyer"))
    row = asks.add_ask(
        actor=case.lead, case=case, values={"demand": first, "to": "The minister", "text": "Raise it.", "audience": ""}
    )
    return changed(asks.change_ask, row, demand=second, audience="AU_DIPLO", by="2026-05-03")


def a_changed_detention(case: Case) -> Any:
    return changed(detention.change_detention, a_detention(case), started="2024", counsel="CA_NONE", outcome="")


def a_changed_step(case: Case) -> Any:
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now())
    row = plan.milestones.order_by("due_at").first()
    assert row is not None
    leila = on_case(case, "leila", "liaison")
    row = milestones.assign(actor=case.lead, milestone=row, version=row.version, owner=leila)
    row = milestones.move(
        actor=case.lead, milestone=row, version=row.version, due_at=dt.datetime(2030, 5, 3, 9, 0, tzinfo=dt.UTC)
    )
    row = milestones.write_note(actor=case.lead, milestone=row, version=row.version, note="Ring first.")
    return milestones.complete(actor=case.lead, milestone=row, version=row.version, evidence="The list is signed.")


def a_shrunk_consent(case: Case) -> Any:
    row = a_consent(case, items=("CI_NAME", "CI_BIO"), audiences=("AU_DIPLO",))
    consent.shorten_consent(actor=case.lead, consent=row, until_at=timezone.now() + dt.timedelta(days=2))
    return consent.narrow_consent(actor=case.lead, consent=row, keep=[("CI_NAME", "AU_DIPLO")])


SAID = {
    "event": (a_changed_event, ("What happened Arrested. became Arrested at home.", "March 2025 became 2 May 2025", "Claim 1")),
    "ask": (a_changed_ask, ("A doctor became A lawyer", "By when", "3 May 2026")),
    "detention": (a_changed_detention, ("14 March 2025 became 2024", "Access to a lawyer", "No counsel permitted")),
    "demand": (
        lambda case: changed(asks.change_demand, Demand.objects.create(case=case, text="Release", aim="own"), is_lead=False),
        ("It leads Yes became No",),
    ),
    "source": (
        lambda case: evidence.change_source(actor=case.lead, source=(row := a_source(case)), version=row.version, values={"reliability": "C"}),
        ("Reliability", "became"),
    ),
    "step": (
        a_changed_step,
        ("Who does it", "became Leila", "3 May 2030", "Ring first.", "What shows that it is done The list is signed."),
    ),
    "consent": (a_shrunk_consent, ("Last day", "What ended Biography (")),
}  # fmt: skip


@pytest.mark.parametrize("kind", SAID)
def test_each_kind_of_row_tells_its_changes_in_the_words_of_its_page(ana: Client, case: Case, kind: str) -> None:
    make, said = SAID[kind]
    words = told(ana, kind, make(case))
    for one in said:
        assert one in words, f"{one}: {words}"


IDENTITY = {
    "name": (lambda case: _renamed(case), "Jan P. Novak", "casework.identity.viewed", "name.value"),
    "person": (lambda case: _described(case), "printer", "casework.identity.viewed", "person.occupation"),
    "contact": (lambda case: _rung(case), "+1 555 0100", "casework.contact.viewed", "contact.phone"),
    "charge": (lambda case: _judged(case), "Judge Marlow", "casework.identity.viewed", "charge.judge"),
}


def _renamed(case: Case) -> Any:
    name = a_prisoner(case, "Jan Novak").names.get()
    line = {"pk": name.pk, "version": 1, "value": "Jan P. Novak", "script": "Latn", "kind": "legal"}
    people.save_identity(actor=case.lead, case=case, version=1, values={}, names=[line])
    return name


def _described(case: Case) -> Any:
    a_prisoner(case, "Jan Novak", occupation="baker")
    return people.describe_person(actor=case.lead, case=case, version=1, values={"occupation": "printer"})


def _rung(case: Case) -> Any:
    return changed(people.change_contact, a_contact(case), phone="+1 555 0100")


def _judged(case: Case) -> Any:
    row = Charge.objects.create(case=case, detention=a_detention(case), law="Article 9")
    return changed(detention.change_charge, row, judge="Judge Marlow", law="Article 10")


@pytest.mark.parametrize("kind", IDENTITY)
def test_the_identity_stands_there_for_whom_may_see_it_and_the_look_is_recorded(
    ana: Client, case: Case, kind: str
) -> None:
    make, value, verb, field = IDENTITY[kind]
    row = make(case)
    assert value in told(ana, kind, row)
    entry = Entry.objects.order_by("-sequence").first()
    assert entry is not None
    assert (entry.verb, entry.actor_id, field in entry.facts()["fields"]) == (verb, case.lead.pk, True)
    assert value not in told(ana, kind, row).partition("This view is recorded")[0]


@pytest.mark.parametrize("kind", IDENTITY)
def test_who_may_not_see_the_identity_reads_none_of_its_history(case: Case, kind: str) -> None:
    make, value, verb, _field = IDENTITY[kind]
    row = make(case)
    reader = signed_in(Client(), on_case(case, "leila", "reader"))
    answer = look(reader, kind, row)
    assert value not in answer.content.decode()
    assert answer.status_code == (200 if kind == "charge" else 403)
    assert not Entry.objects.filter(verb=verb, actor_id=a_person("leila").pk).exists()
    if kind == "charge":
        words = told(reader, kind, row)
        assert "Judge Changed. Sealed: only who may see the identity reads it." in words
        assert "Article 9 became Article 10" in words


@pytest.mark.parametrize("kind", KINDS)
def test_strangers_other_cases_and_other_kinds_get_what_a_missing_row_gets(ana: Client, case: Case, kind: str) -> None:
    claim, other = a_claim(case), a_case(lead=a_person("sam"))
    sam = signed_in(Client(), other.lead)
    for client, home, row in ((sam, case, claim), (ana, case, a_claim(other)), (ana, other, claim)):
        for of in {kind, "claim"}:
            assert client.get(reverse("web:history", args=[home.reference, of, row.pk])).status_code == 404
    assert ana.get(reverse("web:history", args=[case.reference, "stranger", claim.pk])).status_code == 404


def test_what_was_removed_has_no_history_here(ana: Client, case: Case) -> None:
    claim = a_claim(case)
    claim.removed_at = timezone.now()
    claim.save(update_fields=["removed_at"])
    assert look(ana, "claim", claim).status_code == 404


def many_changes(case: Case, actor: User, count: int) -> Any:
    row = Demand.objects.create(case=case, text="Demand 0", aim="own")
    for number in range(1, count + 1):
        row = changed(asks.change_demand, row, text=f"Demand {number}.")
    return row


def test_a_long_history_is_paged_by_the_numbers_of_the_trail(ana: Client, case: Case) -> None:
    row = many_changes(case, case.lead, ROWS + 2)
    answer = look(ana, "demand", row)
    first = answer.content.decode()
    older = re.search(r'href="[^"?]*(\?before=\d+)"', first)
    assert older and f"Demand {ROWS + 2}." in first and "Demand 1." not in first
    words = told(ana, "demand", row, older[1])
    assert "Demand 0 became Demand 1." in words and f"Demand {ROWS + 2}." not in words
    assert "First page" in words


def test_its_queries_do_not_grow_with_it(
    ana: Client, case: Case, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    row = many_changes(case, case.lead, 2)
    look(ana, "demand", row)
    with django_assert_max_num_queries(40) as few:
        look(ana, "demand", row)
    for number in range(20):
        row = changed(asks.change_demand, row, text=f"More {number}.")
    with django_assert_num_queries(len(few)):
        look(ana, "demand", row)


def test_reading_a_history_writes_nothing_that_is_no_look(ana: Client, case: Case) -> None:
    claim = a_claim(case)
    before = Entry.objects.count()
    look(ana, "claim", claim)
    assert Entry.objects.count() == before
    assert ana.post(reverse("web:history", args=[case.reference, "claim", claim.pk])).status_code == 405
