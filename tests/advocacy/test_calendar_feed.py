"""The private calendar address: one word for each due date, for whoever holds the secret, and nothing else."""

import datetime as dt
import json
import logging
from typing import Any

import pytest
import vobject
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.actions import deactivate, end_sessions
from accounts.actions.calendar_address import make_calendar_address, revoke_calendar_address
from accounts.models import CalendarAddress, User
from accounts.models.invitation import token_digest
from advocacy.actions.milestones import move
from advocacy.calendar.registry import IN_THE_FEED, SOURCES
from advocacy.models import Milestone
from audit.models import Entry
from casework.access import settle_rights
from casework.models import Membership
from tests.advocacy.dated import EVENT, MAKERS, TITLE, a_step
from tests.factories import a_case, a_contact, a_date_of_the_office, a_prisoner, on_case
from tests.people import a_person, signed_in
from tests.security import canaries

pytestmark = pytest.mark.django_db


def a_day() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=4)


def fetched(token: str) -> Any:
    return Client().get(f"/calendar/{token}.ics")


def events(token: str) -> list[Any]:
    """Return the entries as a strict reader finds them: no line may be faulty."""
    answer = fetched(token)
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    read = Calendar.from_ical(answer.content)
    assert not read.errors and not [one for one in read.walk() if one.errors]
    return list(read.walk("VEVENT"))


def test_who_owns_a_step_reads_one_word_on_its_day() -> None:
    case = a_case(codename="Heron")
    a_step(case, a_day())
    (event,) = events(make_calendar_address(actor=case.lead))
    assert str(event["summary"]) == "Deadline"
    assert event["dtstart"].dt == a_day() and event["class"] == "PRIVATE"
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == dt.timedelta(days=-1) and str(alarm["description"]) == str(event["summary"])
    assert set(event) == {"UID", "SUMMARY", "DTSTART", "DTSTAMP", "SEQUENCE", "CLASS", "TRANSP"}


def test_a_second_reader_of_another_make_finds_the_same() -> None:
    case = a_case()
    a_step(case, a_day())
    a_step(case, a_day() + dt.timedelta(days=1))
    read = vobject.readOne(fetched(make_calendar_address(actor=case.lead)).content.decode())
    assert [one.summary.value for one in read.vevent_list] == ["Deadline"] * 2
    assert [one.dtstart.value for one in read.vevent_list] == [a_day(), a_day() + dt.timedelta(days=1)]
    assert all(one.valarm.trigger.value == dt.timedelta(days=-1) for one in read.vevent_list)
    read.validate(raiseException=True)


def test_nothing_of_any_source_but_words_and_days_stands_in_the_file() -> None:
    case = a_case(codename="Quetzalmoor", country="NZL")
    a_prisoner(case, canaries.NAME, ("Arab", canaries.ARABIC_NAME))
    a_contact(case, "Ermintrude Quillfeather")
    for make in MAKERS.values():
        make(case, a_day())
    a_step(case, a_day(), title=canaries.DEMAND, note=canaries.JUDGE)
    a_date_of_the_office(title=canaries.CHARGE, day=a_day())
    body = fetched(make_calendar_address(actor=case.lead)).content.decode()
    unfolded = body.replace("\r\n ", "")
    words = {
        line.partition(":")[2].replace("\\,", ",") for line in unfolded.split("\r\n") if line.startswith("SUMMARY")
    }
    assert words == {"Deadline", "Consent", "Assessment"}
    hidden = (
        *canaries.CANARIES,
        "Quillfeather",
        "Quetzalmoor",
        case.reference,
        "NZL",
        "New Zealand",
        TITLE,
        EVENT,
        "Ana",
        str(case.pk),
    )
    assert not [word for word in hidden if word in unfolded]
    assert not [row for row in Milestone.objects.all() if str(row.pk) in unfolded]
    assert "Amparo" not in unfolded and "testserver" not in unfolded and "http" not in unfolded


def test_sources_that_a_court_knows_have_no_word_for_the_file() -> None:
    assert {code for code, source in SOURCES.items() if source.feed_word} == {"step", "consent", "assessment"}
    assert set(IN_THE_FEED) == {"step", "consent", "assessment"}


def test_a_step_keeps_its_name_when_it_is_moved_and_counts_the_change() -> None:
    case = a_case()
    row = a_step(case, a_day())
    token = make_calendar_address(actor=case.lead)
    (before,) = events(token)
    assert before["sequence"] == 0 and "LAST-MODIFIED" not in before
    later = row.due_at + dt.timedelta(days=3)
    move(actor=case.lead, milestone=row, version=row.version, due_at=later)
    (after,) = events(token)
    assert str(after["uid"]) == str(before["uid"]) and after["sequence"] > before["sequence"]
    assert after["dtstart"].dt == a_day() + dt.timedelta(days=3)
    last = Entry.objects.filter(verb="advocacy.milestone.moved").latest("sequence").at
    assert after["last-modified"].dt == last.replace(microsecond=0)


def test_a_name_is_guessed_from_no_row_and_differs_between_two_addresses() -> None:
    case = a_case()
    row = a_step(case, a_day())
    (one,) = events(make_calendar_address(actor=case.lead))
    (other,) = events(make_calendar_address(actor=case.lead))
    assert str(one["uid"]) != str(other["uid"]) and len(str(one["uid"])) == 40
    assert row.pk.hex[:8] not in str(one["uid"])


def test_what_has_an_hour_stands_at_its_hour() -> None:
    case = a_case()
    row = a_step(case, a_day())
    row.plan.template = "URGENT_72H"
    row.plan.save()
    (event,) = events(make_calendar_address(actor=case.lead))
    assert event["dtstart"].dt == row.due_at.replace(microsecond=0)


def test_a_file_in_arabic_has_arabic_words(settings: Any) -> None:
    case = a_case()
    a_step(case, a_day())
    User.objects.filter(pk=case.lead.pk).update(language="ar")
    answer = fetched(make_calendar_address(actor=case.lead))
    assert answer.status_code == 200 and b"BEGIN:VEVENT" in answer.content


def test_another_owners_steps_are_not_mine_and_sam_reads_nothing_of_the_case() -> None:
    case = a_case()
    a_step(case, a_day())
    leila = on_case(case, "leila", "liaison")
    assert events(make_calendar_address(actor=leila)) == []
    assert events(make_calendar_address(actor=a_person("sam"))) == []
    a_step(case, a_day(), owner=a_person("sam"))  # past the verbs: who does not see the case reads no step of it
    assert events(make_calendar_address(actor=a_person("sam"))) == []


def test_who_lost_the_case_reads_nothing_of_it_at_the_next_request() -> None:
    case = a_case()
    leila = on_case(case, "leila", "liaison")
    a_step(case, a_day(), owner=leila)
    token = make_calendar_address(actor=leila)
    assert len(events(token)) == 1
    Membership.objects.filter(case=case, user=leila).update(ended_at=timezone.now())
    settle_rights(case, leila)
    assert events(token) == []


def nothing(token: str) -> bool:
    answer = fetched(token)
    return answer.status_code == 404 and answer.content == b""


def test_a_revoked_address_a_new_one_and_a_closed_account_leave_nothing_of_the_old() -> None:
    case = a_case()
    a_step(case, a_day())
    first = make_calendar_address(actor=case.lead)
    second = make_calendar_address(actor=case.lead)
    assert nothing(first) and len(events(second)) == 1
    revoke_calendar_address(actor=case.lead)
    assert nothing(second)
    third = make_calendar_address(actor=case.lead)
    a_person("wanda", roles=["administrator"])
    deactivate(actor=a_person("admin"), person=case.lead)
    assert nothing(third)
    User.objects.filter(pk=case.lead.pk).update(is_active=True)
    assert nothing(third), "an account that is opened again has no address"
    assert nothing("never") and nothing("x" * 4000)


def test_an_account_that_is_not_active_reads_nothing_even_where_its_address_stands() -> None:
    case = a_case()
    a_step(case, a_day())
    token = make_calendar_address(actor=case.lead)
    User.objects.filter(pk=case.lead.pk).update(is_active=False)
    assert CalendarAddress.objects.get().revoked_at is None and nothing(token)


def test_ending_the_other_sessions_keeps_the_address_and_ending_all_of_them_does_not() -> None:
    ana = a_person("ana")
    token = make_calendar_address(actor=ana)
    end_sessions(ana, but="this one")
    assert fetched(token).status_code == 200
    end_sessions(ana)
    assert nothing(token)


def test_only_the_hash_is_kept_and_raw_sql_brings_no_revoked_address_back() -> None:
    token = make_calendar_address(actor=a_person("ana"))
    row = CalendarAddress.objects.get()
    assert row.token_sha256 == token_digest(token) and len(token) >= 43
    revoke_calendar_address(actor=a_person("ana"))
    for change in ("revoked_at = NULL", "token_sha256 = 'a'", "user_id = user_id + 1", "last_used_on = '2026-01-01'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE accounts_calendaraddress SET {change}")
    assert token not in json.dumps(list(Entry.objects.values_list("verb", "target", "office_detail")), default=str)


def test_no_log_line_holds_an_address(caplog: pytest.LogCaptureFixture) -> None:
    token = make_calendar_address(actor=a_person("ana"))
    with caplog.at_level(logging.DEBUG):
        fetched(token)
        fetched(f"{token}x")
    assert token not in caplog.text


def test_the_day_of_the_last_use_is_written_once_a_day() -> None:
    token = make_calendar_address(actor=a_person("ana"))
    assert CalendarAddress.objects.get().last_used_on is None
    fetched(token)
    assert CalendarAddress.objects.get().last_used_on == timezone.localdate()
    with CaptureQueriesContext(connection) as asking:
        fetched(token)
    assert not [query for query in asking.captured_queries if query["sql"].startswith("UPDATE")]


def test_twenty_dates_ask_no_more_than_two() -> None:
    case = a_case()
    token, numbers = make_calendar_address(actor=case.lead), []
    fetched(token)
    for more in (1, 9):
        for code in ("step", "consent"):
            for _number in range(more):
                MAKERS[code](case, a_day())
        with CaptureQueriesContext(connection) as asking:
            numbers.append((len(events(token)), len(asking)))
    assert numbers[0][0] == 2 and numbers[1][0] == 20 and numbers[0][1] == numbers[1][1] <= 9


def test_no_title_is_opened_for_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case()
    a_step(case, a_day())
    token = make_calendar_address(actor=case.lead)
    with CaptureQueriesContext(connection) as asking:
        assert len(events(token)) == 1
    steps = [query["sql"] for query in asking.captured_queries if 'FROM "advocacy_milestone"' in query["sql"]]
    assert steps and not any('"advocacy_milestone"."title"' in sql for sql in steps)


def test_an_address_is_made_on_the_account_page_shown_once_and_revoked(client: Client) -> None:
    ana = a_person("ana")
    signed_in(client, ana, fresh=True)
    page = reverse("accounts:calendar_address")
    assert page in client.get(reverse("accounts:me")).content.decode()
    assert "You have none." in client.get(page).content.decode()
    made = client.post(reverse("accounts:new_calendar_address"))
    shown = made.content.decode()
    assert made.status_code == 200 and made["Cache-Control"] == "no-store" and "It is shown this once" in shown
    token = shown.partition("/calendar/")[2].partition(".ics")[0]
    if "account" in token or len(token) < 40:
        token = shown.partition("<code>")[2].partition("</code>")[0].rpartition("/")[2].removesuffix(".ics")
    assert fetched(token).status_code == 200
    again = client.get(page).content.decode()
    assert token not in again and "You have an address since" in again and "It was used last on" in again
    assert client.post(reverse("accounts:revoke_calendar_address")).status_code == 302
    assert nothing(token) and "You have none." in client.get(page).content.decode()
    verbs = set(Entry.objects.filter(actor_id=ana.pk).values_list("verb", flat=True))
    assert {"accounts.calendar_address.made", "accounts.calendar_address.revoked"} <= verbs


def test_a_second_press_makes_no_second_address_and_shows_none() -> None:
    browser = Client(enforce_csrf_checks=True)
    signed_in(browser, a_person("ana"), fresh=True)
    page = browser.get(reverse("accounts:calendar_address")).content.decode()
    sent = {"csrfmiddlewaretoken": page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]}
    address = reverse("accounts:new_calendar_address")
    assert browser.post(address, sent).status_code == 200
    second = browser.post(address, sent)
    assert second.status_code == 302 and second["Location"] == reverse("accounts:calendar_address")
    assert CalendarAddress.objects.count() == 1


def test_making_one_asks_for_the_second_factor_again(client: Client) -> None:
    signed_in(client, a_person("ana"))
    answer = client.post(reverse("accounts:new_calendar_address"))
    assert answer.status_code == 302 and answer["Location"].startswith("/second-factor/")
    with pytest.raises(ObjectDoesNotExist):
        CalendarAddress.objects.get()
