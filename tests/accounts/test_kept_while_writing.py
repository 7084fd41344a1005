"""What a page keeps while somebody writes in it: for its writer alone, one of a page, forgotten when it is saved."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import drafts
from accounts.forms.me import AccountForm
from accounts.models import Draft
from audit.models import Entry
from casework.models import Case
from notes.models import Note
from tests.factories import a_case, on_case
from tests.gate.ready import make_ready
from tests.people import a_person, signed_in
from web.templatetags.keeping import keeps_typed

pytestmark = pytest.mark.django_db
WORDS = "Call Barnabas Thistlewood, the brother"
NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def case(clock: Any) -> Case:
    return a_case()


@pytest.fixture
def page(case: Case) -> str:
    return reverse("notes:add", args=[case.reference])


def keep(client: Client, page: str, key: str = "", words: str = WORDS) -> Any:
    typed = {"kept_at": page, "kept_form": key, "text": words, "csrfmiddlewaretoken": "x"}
    return client.post(reverse("accounts:keep_typed"), typed)


def as_lead(case: Case) -> Client:
    return signed_in(Client(), case.lead, fresh=True)


def test_the_next_one_takes_the_place_of_the_first_and_the_trail_says_it_once(case: Case, page: str, clock: Any):
    client = as_lead(case)
    first = keep(client, page).json()
    assert set(first) == {"kept", "at"} and WORDS not in str(first)
    clock.shift(10)
    second = keep(client, page, first["kept"], f"{WORDS}, tomorrow").json()
    draft = Draft.objects.get()
    assert second["kept"] == first["kept"] == str(draft.pk)
    assert draft.fields() == [("text", f"{WORDS}, tomorrow")]
    assert draft.expires_at == NOW + dt.timedelta(days=7, seconds=10)
    assert Entry.objects.filter(verb="accounts.draft.kept").count() == 1


def test_the_form_offers_it_to_its_writer_and_says_nothing_to_a_colleague(case: Case, page: str):
    rui = signed_in(Client(), on_case(case, "rui", "legal"), fresh=True)
    client = as_lead(case)
    key = keep(client, page).json()["kept"]
    link = reverse("accounts:draft", args=[key])
    assert link in client.get(page).content.decode()
    assert WORDS in client.get(link).content.decode()
    assert link not in rui.get(page).content.decode()
    assert rui.get(link).status_code == 404


def test_it_is_forgotten_when_the_form_is_saved_and_no_other_is(case: Case, page: str, clock: Any):
    client = as_lead(case)
    key = keep(client, page).json()["kept"]
    other = drafts.keep_draft(person=case.lead, request_path="/other/", fields=[("a", "b")], now=NOW)
    foreign = drafts.keep_draft(person=a_person("sam"), request_path=page, fields=[("a", "b")], now=NOW)
    assert other and foreign
    refused = client.post(page, {"text": "", "kept_form": key})
    assert refused.status_code == 422 and Draft.objects.filter(pk=key).exists()
    assert f'name="kept_form" value="{key}"' in refused.content.decode(), "what was sent stands in it: kept further"
    client.post(page, {"text": WORDS, "kept_form": str(foreign.pk)})
    assert Draft.objects.count() == 3
    clock.shift(5)
    assert client.post(page, {"text": f"{WORDS}!", "kept_form": key}).status_code == 302
    assert set(Draft.objects.values_list("pk", flat=True)) == {other.pk, foreign.pk}


def test_what_was_begun_goes_back_into_its_form_and_is_saved_from_there(case: Case, page: str):
    client = as_lead(case)
    key = keep(client, page).json()["kept"]
    shown = client.get(reverse("accounts:draft", args=[key])).content.decode()
    assert f'name="kept_form" value="{key}"' in shown and f'action="{page}"' in shown
    assert 'name="go_on"' in shown and "Send it again" not in shown
    put = client.post(page, {"text": WORDS, "kept_form": key, "go_on": "1"})
    form = put.content.decode()
    assert put.status_code == 200 and WORDS in form and f'name="kept_form" value="{key}"' in form
    assert "go_on" not in form and not Note.objects.exists() and Draft.objects.filter(pk=key).exists()
    assert client.post(page, {"text": WORDS, "kept_form": key}).status_code == 302
    assert Note.objects.count() == 1 and not Draft.objects.exists()


def test_what_nobody_looked_at_is_not_written_over(case: Case, page: str, clock: Any):
    client = as_lead(case)
    keep(client, page)
    clock.shift(10)
    assert keep(client, page, words="x").status_code == 409
    assert Draft.objects.get().fields() == [("text", WORDS)]


def test_a_second_one_within_five_seconds_does_nothing(case: Case, page: str, clock: Any):
    client = as_lead(case)
    key = keep(client, page).json()["kept"]
    clock.shift(4.9)
    assert keep(client, page, key, "x").status_code == 429
    assert Draft.objects.get().fields() == [("text", WORDS)]
    clock.shift(0.2)
    assert keep(client, page, key, "x").status_code == 200


def test_who_does_not_see_the_case_keeps_nothing(case: Case, page: str):
    for client in (Client(), signed_in(Client(), a_person("sam"), fresh=True)):
        assert keep(client, page).status_code in {302, 404}
    with pytest.raises(drafts.NotKeptNow, match="404"):
        drafts.keep_typed(person=a_person("sam"), request_path=page, fields=[("text", WORDS)], replaces=None, now=NOW)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "/nowhere/", "//evil.example/cases/", "http://[", "/account/password/", "/drafts/keep/"]
)
def test_no_page_of_ours_and_no_page_of_signing_in_is_kept(case: Case, address: str):
    assert keep(as_lead(case), address).status_code == 404
    assert not Draft.objects.exists()


def test_no_secret_nothing_empty_and_nothing_too_long_is_kept(case: Case, page: str):
    client = as_lead(case)
    assert keep(client, page, words=" ").status_code == 422
    assert keep(client, page, words="x" * (drafts.MOST_CHARACTERS + 1)).status_code == 422
    sent = {"kept_at": page, "text": WORDS, "code": "123456", "password": "a long one"}
    assert client.post(reverse("accounts:keep_typed"), sent).status_code == 200
    assert json.loads(Draft.objects.get().body) == [["text", WORDS]]


def test_it_wants_the_token_of_a_page(case: Case, page: str):
    client = Client(enforce_csrf_checks=True)
    assert keep(signed_in(client, case.lead, fresh=True), page).status_code == 403
    assert not Draft.objects.exists()


def test_long_texts_are_kept_by_themselves_and_short_forms_are_not(clock: Any):
    ready = make_ready("MIN_BRIEF", "AU_DIPLO")
    client, reference = as_lead(ready.cases[0]), ready.cases[0].reference
    for name, key in (("casework:change_case", reference), ("notes:add", reference)):
        assert "data-keep=" in client.get(reverse(name, args=[key])).content.decode(), name
    assert "data-keep=" in client.get(reverse("materials:material_edit", args=[ready.material.pk])).content.decode()
    request = RequestFactory().get("/")
    request.user = ready.cases[0].lead
    assert keeps_typed({"request": request}, AccountForm(instance=ready.cases[0].lead))["is_long"] is False


def test_the_words_of_a_material_are_kept_and_put_back(clock: Any):
    ready = make_ready("MIN_BRIEF", "AU_DIPLO")
    client, page = as_lead(ready.cases[0]), reverse("materials:material_edit", args=[ready.material.pk])
    sent = {"kept_at": page, "title": "Half a title", "version": "1"}
    key = client.post(reverse("accounts:keep_typed"), sent).json()["kept"]
    assert reverse("accounts:draft", args=[key]) in client.get(page).content.decode()
    put = client.post(page, {"title": "Half a title", "version": "1", "kept_form": key, "go_on": "1"})
    assert put.status_code in {200, 422} and "Half a title" in put.content.decode()
    assert Draft.objects.filter(pk=key).exists()
