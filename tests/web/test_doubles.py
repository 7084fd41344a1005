"""Who writes what is there already is told once, with the way to it; a second press saves. Never of what they may not see."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import SentForm
from accounts.views.once import FIELD
from casework.models import Case, Contact, Name, TimelineEvent
from casework.pages.doubles import double_of_contact
from directory.actions import entries
from directory.actions.entries import EntryGiven
from directory.models import Recipient
from directory.pages.doubles import double_of_entry
from packet.pages.events import double_of_event, place_of
from tests.accounts.test_sent_once import TOKEN, a_browser
from tests.casework.sheet import boxes as sheet
from tests.factories import a_case, a_contact, a_source, on_case
from tests.packet.filling import boxes, event, fill, words
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
SEEN = re.compile(r'name="seen_double" value="([^"]*)"')
AGAIN = "To save this one beside it, send it once more."


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead, fresh=True)


def asked(answer: Any, *, of: str, url: str) -> dict[str, str]:
    """The page asks about this one, leads to it, and holds the box of the second press."""
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409 and of in page and AGAIN in page and f'href="{url}"' in page
    (key,) = SEEN.findall(page)
    return {"seen_double": key}


def test_a_contact_of_the_same_name_is_asked_about_and_saved_by_a_second_press(ana: Client, case: Case) -> None:
    row = a_contact(case, "Mara Thorn", other_names="Marina\nM. Thornová")
    form = reverse("casework:add_contact", args=[case.reference])
    url = reverse("casework:contact", args=[case.reference, row.pk])
    for name in ("mara  THORN", "Marina", "M. Thornova"):
        sent = {"kind": "family", "name": name, "note": "keep me"}
        answer = ana.post(form, sent)
        seen = asked(answer, of="already somebody of this name", url=url)
        assert "keep me" in answer.content.decode()
        count = Contact.objects.count()
        assert ana.post(form, sent | {"seen_double": "another"}).status_code == 409
        assert ana.post(form, sent | seen).status_code == 302
        assert Contact.objects.count() == count + 1
        Contact.objects.exclude(pk=row.pk).delete()
    assert ana.post(form, {"kind": "family", "name": "Mara Thorne"}).status_code == 302


def test_nobody_is_asked_about_who_was_taken_out_or_stands_in_another_case(ana: Client, case: Case) -> None:
    a_contact(a_case(lead=case.lead), "Mara Thorn")
    a_contact(a_case(lead=a_person("sam")), "Mara Thorn")
    gone = a_contact(case, "Mara Thorn")
    ana.post(reverse("casework:remove", args=[case.reference, "contact", gone.pk]))
    form = reverse("casework:add_contact", args=[case.reference])
    assert ana.post(form, {"kind": "family", "name": "Mara Thorn"}).status_code == 302


def test_who_may_not_see_people_around_is_told_of_none(case: Case) -> None:
    a_contact(case, "Mara Thorn")
    reader, leila = on_case(case, "tomas", "reader"), on_case(case, "leila", "liaison")
    assert double_of_contact(case, reader, "Mara Thorn") is None
    assert double_of_contact(case, a_person("sam"), "Mara Thorn") is None
    assert double_of_contact(case, leila, "Mara Thorn") is not None


def test_the_second_press_comes_from_the_page_that_asked_and_makes_one(case: Case) -> None:
    a_contact(case, "Mara Thorn")
    ana, form = a_browser(), reverse("casework:add_contact", args=[case.reference])
    sent = {"kind": "family", "name": "Mara Thorn", FIELD: TOKEN.findall(ana.get(form).content.decode())[-1]}
    page = ana.post(form, sent).content.decode()
    assert not SentForm.objects.exists()
    again = sent | {FIELD: TOKEN.findall(page)[-1], "seen_double": SEEN.findall(page)[0]}
    assert [ana.post(form, again).status_code for _press in range(2)] == [302, 302]
    assert Contact.objects.count() == 2


def test_nobody_is_asked_the_same_twice_when_the_form_is_shown_for_another_reason(ana: Client, case: Case) -> None:
    a_contact(case, "Mara Thorn")
    form, sent = reverse("casework:add_contact", args=[case.reference]), {"kind": "family", "name": "Mara Thorn"}
    seen = {"seen_double": SEEN.findall(ana.post(form, sent).content.decode())[0]}
    faulty = ana.post(form, sent | {"kind": "", **seen})
    assert faulty.status_code == 422 and SEEN.findall(faulty.content.decode()) == [seen["seen_double"]]
    assert ana.post(form, sent | seen).status_code == 302


def test_two_lines_of_one_name_are_asked_about(ana: Client, case: Case) -> None:
    form = reverse("casework:change_identity", args=[case.reference])
    lines = [("Jan Novak", "legal"), ("JAN  Novak", "legal")]
    sent = {"names-TOTAL_FORMS": "2", "names-INITIAL_FORMS": "0", "version": "0"}
    for number, (value, kind) in enumerate(lines):
        sent |= {f"names-{number}-value": value, f"names-{number}-kind": kind, f"names-{number}-script": "Latn"}
    seen = asked(ana.post(form, sent), of="Two lines say the same name", url="#names-h")
    assert not Name.objects.exists()
    assert ana.post(form, sent | {"names-1-kind": "alias"}).status_code == 302 and Name.objects.count() == 2
    Name.objects.all().delete()
    person = case.persons.get()
    assert ana.post(form, sent | seen | {"version": str(person.version)}).status_code == 302
    assert Name.objects.count() == 2


def test_a_case_with_two_lines_of_one_name_is_asked_about_before_it_is_opened(ana: Client, case: Case) -> None:
    form = reverse("casework:open_case")
    sent = {"country": "XPR", "status": "DS_UNKNOWN", "names-TOTAL_FORMS": "2", "names-INITIAL_FORMS": "0"}
    for number in range(2):
        sent |= {
            f"names-{number}-value": "Jan Novak",
            f"names-{number}-kind": "legal",
            f"names-{number}-script": "Latn",
        }
    seen = asked(ana.post(form, sent), of="Two lines say the same name", url="#names-h")
    assert Case.objects.count() == 1
    assert ana.post(form, sent | seen).status_code == 302 and Case.objects.count() == 2


def test_an_event_of_the_same_date_and_words_is_asked_about(ana: Client, case: Case) -> None:
    row = TimelineEvent.objects.create(case=case, on="2025-03", event="Moved to Colony no. 4.")
    TimelineEvent.objects.create(case=a_case(lead=case.lead), on="2025-04", event="Moved.")
    again = event("moved to colony no. 4.", "March 2025")
    answer = fill(ana, case, again)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and "already an event of this date with these words" in page
    assert place_of(row).partition("#")[0] in page and TimelineEvent.objects.filter(case=case).count() == 1
    version = boxes(answer)["e0-version"]
    assert str(version).endswith(f".{row.pk.hex[:10]}")
    assert fill(ana, case, again | {"e0-version": version}).status_code == 200
    assert TimelineEvent.objects.filter(case=case).count() == 2
    for other in (event("Moved.", "April 2025"), event("Moved to Colony no. 4.", "2025"), event("Ill.", "March 2025")):
        assert AGAIN not in words(fill(ana, case, other))


def test_an_event_that_is_changed_is_not_asked_about(ana: Client, case: Case) -> None:
    row = TimelineEvent.objects.create(case=case, on="2025", event="Arrested.")
    TimelineEvent.objects.create(case=case, on="2025", event="Arrested at home.")
    fill(ana, case, {f"e-{row.pk}-event": "Arrested at home."}, place=place_of(row))
    row.refresh_from_db()
    assert row.event == "Arrested at home."
    row.removed_at = row.created_at
    row.save()
    assert double_of_event(case, "2025", "Nothing such") is None


def test_a_source_of_the_same_title_is_asked_about(ana: Client, case: Case) -> None:
    row = a_source(case, "Talk with a cousin")
    a_source(a_case(lead=case.lead), "A letter")
    page = reverse("casework:claims", args=[case.reference])

    def send(**told: str) -> Any:
        sent = {
            **sheet(ana.get(page + "?source=0").content.decode(), 'class="wide-form"'),
            "s0-title": "talk with a COUSIN",
        }
        sent |= {"s0-kind": "S_COURTDOC", "s0-reliability": "F", **told}
        return ana.post(page, {name: value for name, value in sent.items() if value is not None})

    answer = send()
    asks = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and "already a source that is called so" in asks and AGAIN in asks
    assert reverse("casework:source", args=[case.reference, row.pk]) in asks and case.sources.count() == 1
    (version,) = re.findall(rf'value="([^"]*{row.pk.hex[:10]})"', asks)
    assert send(**{"s0-version": version}).status_code == 302 and case.sources.count() == 2
    assert send(**{"s0-title": "A letter"}).status_code == 302 and case.sources.count() == 3


def test_the_directory_asks_about_a_recipient_and_about_an_entry() -> None:
    rui = a_browser("rui", fresh=True)
    form = reverse("directory:recipient_enter")
    sent = {"name": "Consulate of Ruritania", "audience": "AU_DIPLO", "channel": "+420 1", "verified_on": "2026-01-01"}
    sent |= {"passes_name_on": "no"}

    def send(address: str, told: dict[str, str]) -> Any:
        return rui.post(address, told | {FIELD: TOKEN.findall(rui.get(address).content.decode())[-1]})

    assert send(form, sent).status_code == 302
    again = sent | {"name": "consulate of  RURITANIA", "channel": "+420 2"}
    seen = asked(send(form, again), of="already a trusted recipient", url=reverse("directory:recipients"))
    assert send(form, again | seen).status_code == 302 and Recipient.objects.count() == 2


def test_an_entry_of_the_same_name_and_place_is_asked_about() -> None:
    rui = a_person("rui")
    given = EntryGiven(actor_type="AC_FM", name="Ministry of Weather", country="CHE")
    row = entries.enter(actor=rui, kind="institution", given=given)
    there = double_of_entry("ministry of  WEATHER", "institution", None)
    assert there and there.url == reverse("directory:entry", args=[row.pk])
    assert double_of_entry("Ministry of Weather", "office", None) is None
    assert double_of_entry("Ministry of Weather", "institution", row) is None
    assert double_of_entry("Ministry", "institution", None) is None
    entries.end(actor=rui, entry=row)
    assert double_of_entry("Ministry of Weather", "institution", None) is None
