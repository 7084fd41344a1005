"""A calendar file from outside becomes dates of the office: title and days, nothing else, bounded, and never twice."""

import datetime as dt
import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.refusals import Refused
from advocacy.actions.calendar_import import bring_in
from advocacy.calendar.ical import LARGEST, MOST_EVENTS, NotACalendar, read_calendar
from directory.models import OfficeDate
from tests.factories import a_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 12, 1)
SESSION = ("DTSTART;VALUE=DATE:20270412", "DTEND;VALUE=DATE:20270417", "SUMMARY:WGAD\\, 110th session")


def a_file(*events: tuple[str, ...], more: str = "") -> bytes:
    blocks = ["\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT")) for lines in events]
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", more, *blocks, "END:VCALENDAR", "")).encode()


def brought(actor: Any, data: bytes, **other: Any) -> Any:
    return bring_in(
        **{"actor": actor, "data": data, "kind": "un_session", "reason": "Its page", "today": TODAY, **other}
    )


def test_title_and_days_of_an_event_are_taken_and_nothing_else() -> None:
    data = a_file((*SESSION, "DESCRIPTION:Bring the list of names", "LOCATION:Room 214", "ATTENDEE:mailto:x@y.example"))
    assert brought(a_case().lead, data).added == 1
    row = OfficeDate.objects.get()
    assert (row.title, row.first_day, row.last_day) == (
        "WGAD, 110th session",
        dt.date(2027, 4, 12),
        dt.date(2027, 4, 16),
    )
    assert row.reason == "Its page" and row.kind == "un_session"


def test_sent_twice_it_adds_nothing_twice_and_says_so() -> None:
    ana, data = a_case().lead, a_file(SESSION, SESSION)
    first, second = brought(ana, data), brought(ana, data)
    assert (first.added, first.known, second.added, second.known) == (1, 1, 0, 2)
    assert OfficeDate.objects.count() == 1
    assert "0 dates were added. 2 stood there already." in second.sentence


@pytest.mark.parametrize(
    "event",
    [
        (*SESSION, "RRULE:FREQ=SECONDLY"),
        (*SESSION, "STATUS:CANCELLED"),
        ("DTSTART:soon", "SUMMARY:A day"),
        ("SUMMARY:Without a day",),
        ("DTSTART;VALUE=DATE:20270412", "SUMMARY:  "),
        ("DTSTART;VALUE=DATE:20270412", "SUMMARY:An\u202eother way round"),
        ("DTSTART;VALUE=DATE:20240412", "SUMMARY:Long ago"),
        ("DTSTART;VALUE=DATE:20400412", "SUMMARY:Far away"),
        ("DTSTART;VALUE=DATE:20270101", "DTEND;VALUE=DATE:20271231", "SUMMARY:A whole year"),
    ],
)
def test_what_is_no_day_of_two_years_is_left_out_and_counted(event: tuple[str, ...]) -> None:
    told = brought(a_case().lead, a_file(SESSION, event))
    assert (told.added, told.left_out) == (1, 1) and "1 was left out" in told.sentence


def test_an_hour_of_another_zone_falls_on_the_day_of_the_office(settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Manila"
    read = read_calendar(a_file(("DTSTART:20270412T200000Z", "SUMMARY:A vote", "DURATION:PT1H")))
    assert read.events[0].first_day == read.events[0].last_day == dt.date(2027, 4, 13)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no calendar",
        b"\xff\xfeBEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR" + b" " * LARGEST,
        a_file(*[("SUMMARY:x",)] * (MOST_EVENTS + 1)),
    ],
    ids=["empty", "text", "bytes", "large", "many"],
)
def test_what_is_no_calendar_or_too_much_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(NotACalendar):
        read_calendar(data)
    with pytest.raises(ValidationError) as refused:
        brought(a_case().lead, data)
    assert "no calendar file of 256 kilobytes" in refused.value.message_dict["file"][0]


def test_a_zone_that_repeats_for_ever_is_not_worked_out() -> None:
    zone = ["BEGIN:VTIMEZONE", "TZID:Evil", "BEGIN:STANDARD", "DTSTART:19700101T000000", "RRULE:FREQ=SECONDLY"]
    zone += ["TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE"]
    begun = time.process_time()
    read = read_calendar(a_file(("DTSTART;TZID=Evil:20270412T093000", "SUMMARY:A vote"), more="\r\n".join(zone)))
    assert [one.first_day for one in read.events] == [dt.date(2027, 4, 12)]
    assert time.process_time() - begun < 5


def test_a_file_of_beginnings_is_walked_through_once() -> None:
    begun = time.process_time()
    assert not read_calendar(b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 18_000).events
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("username", ["sam", "noor", "admin", "omar"])
def test_who_writes_no_date_brings_none_in(username: str) -> None:
    with pytest.raises(Refused):
        brought(a_person(username), a_file(SESSION))
    assert not OfficeDate.objects.exists()


@pytest.mark.parametrize(("wrong", "field"), [({"kind": "birthday"}, "kind"), ({"reason": " "}, "reason")])
def test_without_kind_or_source_nothing_comes_in(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        brought(a_case().lead, a_file(SESSION), **wrong)
    assert field in refused.value.message_dict and not OfficeDate.objects.exists()


def test_a_coordinator_brings_a_file_in_by_its_page(client: Client) -> None:
    signed_in(client, a_case().lead)
    assert "/calendar/import/" in client.get("/calendar/dates/").content.decode()
    said = {"kind": "un_session", "reason": "The page of the body"}
    for file in (None, SimpleUploadedFile("x.ics", b"y" * (LARGEST + 1)), SimpleUploadedFile("x.ics", b"hello")):
        answer = client.post("/calendar/import/", {**said, **({"file": file} if file else {})})
        assert answer.status_code == 422 and "256 kilobytes" in answer.content.decode()
    day = timezone.localdate() + dt.timedelta(days=9)
    event = (f"DTSTART;VALUE=DATE:{day:%Y%m%d}", "SUMMARY:<b>Plenary</b>")
    answer = client.post("/calendar/import/", {**said, "file": SimpleUploadedFile("x.ics", a_file(event))}, follow=True)
    assert "1 date was added." in answer.content.decode()
    page = client.get("/calendar/", {"month": f"{day:%Y-%m}"}).content.decode()
    assert "&lt;b&gt;Plenary&lt;/b&gt;" in page and "<b>Plenary" not in page
