"""A date that was told in another calendar is shown so on every page, and comes back into its form as it was typed."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Ask, Case, Charge, Claim, Demand, Detention, Person, Place, Source, TimelineEvent
from packet.pages.events import place_of
from sealing.fields import note_of
from tests.casework.sheet import new_row, send
from tests.factories import a_case, a_detention
from tests.packet.filling import event, fill, opened
from tests.people import signed_in

pytestmark = pytest.mark.django_db

IN_WORDS = "between 23 August and 22 September 1978"
TOLD = "1357-6, Solar Hijri (Persian, Afghan)"


def at(name: str, case: Case, *args: Any) -> str:
    return reverse(f"casework:{name}", args=[case.reference, *args])


def typed(name: str, month: str = "6", year: str = "1357", calendar: str = "solar") -> dict[str, str]:
    return {f"{name}_1": month, f"{name}_2": year, f"{name}_4": calendar}


def box(page: str, name: str) -> str:
    """What stands in a box of the form, or which option is chosen."""
    if chosen := re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL):
        return "".join(re.findall(r'value="(\w*)" selected', chosen[0]))
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    return "".join(re.findall(r'value="([^"]*)"', found[0])) if found else "no box"


# the form, its address, the other answers it needs, where the row is shown, and where it is changed
ROWS: dict[str, tuple[type, str, dict[str, str], str, str]] = {
    "started": (Detention, "add_detention", {}, "case", "change_detention"),
    "since": (Place, "add_place", {"place": "Colony no. 4"}, "case", "change_place"),
    "charged_on": (Charge, "add_charge", {"law": "Article 500"}, "case", "change_charge"),
}


@pytest.mark.parametrize("field", ROWS)
def test_a_row_shows_and_gives_back_what_was_told(client: Client, field: str) -> None:
    model, add, more, shown_at, change = ROWS[field]
    case = a_case()
    signed_in(client, case.lead)
    if model in {Place, Charge}:
        a_detention(case, started="1978-08")
    assert client.post(at(add, case), typed(field) | more).status_code == 302
    row = model.objects.get()
    assert (getattr(row, field), note_of(getattr(row, field))) == ("1978-08-23/1978-09-22", "solar:1357-6")
    page = client.get(at(shown_at, case)).content.decode()
    assert IN_WORDS in page and f"told as {TOLD}" in page
    form = client.get(at(change, case, row.pk)).content.decode()
    assert [box(form, f"{field}_{number}") for number in (0, 1, 2, 4)] == ["", "6", "1357", "solar"]
    client.post(
        at(change, case, row.pk), typed(field, calendar="solar", month="7") | more | {"version": str(row.version)}
    )
    assert note_of(getattr(model.objects.get(), field)) == "solar:1357-7"


def test_an_event_shows_and_gives_back_what_was_told(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    page = fill(client, case, event("Taken.", "1357-6 solar")).content.decode()
    row = TimelineEvent.objects.get()
    assert (row.on, note_of(row.on)) == ("1978-08-23/1978-09-22", "solar:1357-6")
    assert IN_WORDS in page and f"told as {TOLD}" in page
    assert opened(client, case, place_of(row))[f"e-{row.pk}-on"] == "1357-6 solar"
    fill(client, case, {f"e-{row.pk}-event": "Taken away."}, place=place_of(row))
    row.refresh_from_db()
    assert (row.event, note_of(row.on)) == ("Taken away.", "solar:1357-6")


def test_the_other_dates_of_a_packet_show_what_was_told(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead, fresh=True)
    client.post(at("add_demand", case), {"text": "Release.", "rank": "1"})
    ask = {"demand": str(Demand.objects.get().pk), "to": "The Minister", "text": "Ask for her."}
    client.post(at("add_ask", case), typed("by", year="1405", month="12") | ask)
    send(client, case, {"s0-on": "1357-6 solar", "s0-title": "A letter", "s0-kind": "S_FAMILY"})
    send(client, case, new_row(on="1357-6-1 solar", text="She was taken."))
    client.post(at("change_identity", case), typed("born") | {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"})
    pages = {Ask: "asks", Source: "sources", Claim: "claim", Person: "identity"}
    for model, field in ((Ask, "by"), (Source, "on"), (Claim, "on"), (Person, "born")):
        row = model.objects.get()
        assert note_of(getattr(row, field)).startswith("solar:"), model
        page = at(pages[model], case, *([row.pk] if model is Claim else []))
        assert "told as 1" in client.get(page).content.decode(), model


def test_the_same_day_told_anew_in_another_calendar_is_kept(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    row = a_detention(case, started="1953-08-19")
    sent = {"started_0": "28", "started_1": "5", "started_2": "1332", "started_4": "solar"}
    client.post(at("change_detention", case, row.pk), sent | {"version": str(row.version)})
    row = Detention.objects.get()
    assert (row.started, note_of(row.started)) == ("1953-08-19", "solar:1332-5-28")


def test_what_a_colleague_saved_first_is_shown_as_it_was_told(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    row = a_detention(case, started="1978-08-23")
    client.post(at("change_detention", case, row.pk), typed("started") | {"version": str(row.version)})
    answer = client.post(
        at("change_detention", case, row.pk), typed("started", month="7") | {"version": str(row.version)}
    )
    page = answer.content.decode()
    assert answer.status_code == 409 and f"told as {TOLD}" in page and "differs from yours" in page
    assert [box(page, f"started_{number}") for number in (1, 2, 4)] == ["7", "1357", "solar"]


def test_a_year_of_another_calendar_is_asked_about_and_nothing_typed_is_lost(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    sent = {
        "started_0": "۱۵",
        "started_1": "3",
        "started_2": "1404",
        "started_4": "gregorian",
        "authority": "The guards",
    }
    answer = client.post(at("add_detention", case), sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "1404 looks like a year of another calendar" in page
    assert [box(page, f"started_{number}") for number in (0, 1, 2, 4)] == ["۱۵", "3", "1404", "gregorian"]
    assert "The year is right" in page and "The guards" in page and not Detention.objects.exists()
    client.post(at("add_detention", case), sent | {"started_4": "solar"})
    assert Detention.objects.get().started == "2025-06-05"


def test_a_span_stands_in_a_box_in_which_it_can_be_read(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    for year, is_wide in (("1357/1360", True), ("1357", False)):
        row = a_detention(case, started="1978")
        client.post(at("change_detention", case, row.pk), typed("started", "", year) | {"version": str(row.version)})
        form = client.get(at("change_detention", case, row.pk)).content.decode()
        assert box(form, "started_2") == year and ('class="year whole"' in form) is is_wide


def test_a_far_year_that_is_right_is_kept(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    refused = fill(client, case, event("The law was made.", "1650"))
    assert refused.status_code == 422 and "1650 gregorian" in refused.content.decode()
    assert fill(client, case, event("The law was made.", "1650 gregorian")).status_code == 200
    assert TimelineEvent.objects.get().on == "1650"


@pytest.mark.parametrize(("country", "first"), [("ETH", "ethiopian"), ("NPL", "bikram"), ("THA", "buddhist")])
def test_the_calendar_of_the_holding_state_is_offered_first(client: Client, country: str, first: str) -> None:
    case = a_case(country=country)
    signed_in(client, case.lead)
    for name in ("add_detention", "fate"):
        page = client.get(at(name, case)).content.decode()
        offered = re.findall(
            r'<option\s+value="(\w+)"', re.search(r'<select[^>]*name="\w+_4".*?</select>', page, re.DOTALL)[0]
        )
        assert offered[:2] == ["gregorian", first] and len(offered) == 6, name


def test_what_happened_keeps_how_its_day_was_told(client: Client) -> None:
    case = a_case(status="DS_SENTENCED")
    signed_in(client, case.lead)
    row = a_detention(case, started="2025-03-14")
    sent = {"status": "DS_RELEASED", "on_0": "1", "on_1": "1", "on_2": "1405", "on_4": "solar", "told": "His sister."}
    assert client.post(at("fate", case), sent).status_code == 302
    row = Detention.objects.get(pk=row.pk)
    assert (row.ended, note_of(row.ended)) == ("2026-03-21", "solar:1405-1-1")
