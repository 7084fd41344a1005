"""Key dates: the list with its sources, corrected by the office for a year, and dates of the office's own. No case in it."""

import csv
import datetime as dt
import html
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import Refused
from audit.models import Entry
from directory.actions.key_dates import DateGiven, add_date, correct_days, take_away
from directory.key_dates.listed import listed_dates
from directory.key_dates.occurrences import key_days, key_days_of
from directory.models import OfficeDate
from directory.vocabulary import REFERENCE
from tests.factories import a_case, a_date_of_the_office, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
DAY = dt.date


def given(first: DAY, last: DAY | None = None, **other: Any) -> DateGiven:
    return DateGiven(first, last, **{"lead_weeks": 0, "reason": "The page of the body", **other})


def test_every_row_of_the_list_has_a_kind_a_source_and_a_rule_that_is_read() -> None:
    with (REFERENCE / "key_dates.csv").open(encoding="utf-8", newline="") as file:
        assert len(listed_dates()) == len(list(csv.DictReader(file))) == 67, "no code stands twice"
    for row in listed_dates().values():
        assert row.source and row.english and row.kind in OfficeDate.Kind.values, row.code
        assert len(row.code) <= 20 and 0 <= row.lead_weeks <= 52
        if row.rule:
            assert row.days_in(2027), row.code


@pytest.mark.parametrize(
    ("code", "year", "first", "last", "vague"),
    [
        ("D1210", 2026, DAY(2026, 12, 10), DAY(2026, 12, 10), False),
        ("NOWRUZ", 2027, DAY(2027, 3, 20), DAY(2027, 3, 21), False),
        ("WGAD_SPRING", 2027, DAY(2027, 4, 1), DAY(2027, 4, 30), True),
        ("HRC_SPRING", 2028, DAY(2028, 2, 1), DAY(2028, 4, 30), True),
        ("EID_FITR", 2026, DAY(2026, 3, 19), DAY(2026, 3, 21), False),
        ("EID_ADHA", 2026, DAY(2026, 5, 26), DAY(2026, 5, 28), False),
        ("EID_FITR", 2027, DAY(2027, 3, 8), DAY(2027, 3, 10), False),
    ],
)
def test_a_listed_date_falls_where_its_rule_says(code: str, year: int, first: DAY, last: DAY, vague: bool) -> None:
    (days,) = listed_dates()[code].days_in(year)
    assert (days.first, days.last, days.is_vague) == (first, last, vague)


def test_a_lunar_day_may_fall_twice_in_a_year_and_beyond_the_tables_nobody_says_anything() -> None:
    assert len(listed_dates()["EID_FITR"].days_in(2033)) == 2
    assert listed_dates()["EID_FITR"].days_in(2100) == []
    assert listed_dates()["NATIONAL_DAY"].days_in(2027) == []


def test_the_day_on_which_work_for_a_release_window_begins_is_found_weeks_ahead() -> None:
    found = key_days(DAY(2027, 1, 20), DAY(2027, 1, 24))
    assert [(one.code, one.begins) for one in found if one.code == "NOWRUZ"] == [("NOWRUZ", DAY(2027, 1, 23))]


def test_what_the_office_says_of_a_session_counts_for_its_year_and_no_other() -> None:
    ana = a_case().lead
    correct_days(actor=ana, code="WGAD_SPRING", given=given(DAY(2027, 4, 12), DAY(2027, 4, 16), lead_weeks=4))
    of_year = {one.code: one for one in key_days_of(2027)}
    days = of_year["WGAD_SPRING"].days
    assert days and (days.first, days.last, days.is_vague) == (DAY(2027, 4, 12), DAY(2027, 4, 16), False)
    assert of_year["WGAD_SPRING"].begins == DAY(2027, 3, 15)
    later = {one.code: one.days for one in key_days_of(2028)}["WGAD_SPRING"]
    assert later and later.is_vague
    row = correct_days(actor=ana, code="WGAD_SPRING", given=given(DAY(2027, 4, 19), DAY(2027, 4, 23)))
    assert [one.days.first for one in key_days_of(2027) if one.code == "WGAD_SPRING" and one.days] == [DAY(2027, 4, 19)]
    take_away(actor=ana, date=row, reason="It was the year after")
    assert [one.days.first for one in key_days_of(2027) if one.code == "WGAD_SPRING" and one.days] == [DAY(2027, 4, 12)]
    verbs = list(Entry.objects.filter(verb__startswith="directory.date.").values_list("verb", flat=True))
    assert sorted(verbs) == ["directory.date.corrected"] * 2 + ["directory.date.taken_away"]


@pytest.mark.parametrize("username", ["sam", "noor", "admin", "omar"])
def test_who_writes_nothing_for_the_office_writes_no_date(username: str) -> None:
    row = a_date_of_the_office()
    person = a_person(username)
    with pytest.raises(Refused):
        add_date(actor=person, given=given(DAY(2027, 1, 1)), title="A day", kind="office_day")
    with pytest.raises(Refused):
        correct_days(actor=person, code="NOWRUZ", given=given(DAY(2027, 3, 21)))
    with pytest.raises(Refused):
        take_away(actor=person, date=row, reason="No")
    assert OfficeDate.objects.present().count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "An\u202eother"}, "title"),
        ({"kind": "birthday"}, "kind"),
        ({"country": "QQQ"}, "country"),
        ({"given": given(DAY(2027, 1, 2), DAY(2027, 1, 1))}, "last_day"),
        ({"given": given(DAY(2027, 1, 2), DAY(2027, 12, 1))}, "last_day"),
        ({"given": given(DAY(2027, 1, 2), lead_weeks=53)}, "lead_weeks"),
        ({"given": given(DAY(2027, 1, 2), reason=" ")}, "reason"),
    ],
)
def test_a_date_that_says_nothing_whole_is_refused_at_its_question(wrong: dict[str, Any], field: str) -> None:
    right = {"given": given(DAY(2027, 1, 2)), "title": "Election day", "kind": "hostile_day", "country": "XPR"}
    with pytest.raises(ValidationError) as refused:
        add_date(actor=a_case().lead, **{**right, **wrong})
    assert field in refused.value.message_dict and not OfficeDate.objects.exists()


def test_raw_sql_writes_no_date_for_who_may_not_changes_none_and_deletes_none() -> None:
    row = a_date_of_the_office()
    with pytest.raises(DatabaseError), transaction.atomic():
        a_date_of_the_office(entered_by=a_person("noor"))
    for wrong in ({"kind": "", "title": "Both"}, {"code": "NOWRUZ"}, {"lead_weeks": 60}):
        with pytest.raises(DatabaseError), transaction.atomic():
            a_date_of_the_office(**wrong)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE directory_officedate SET first_day = '2020-01-01'")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_twenty_dates_of_the_office_ask_no_more_than_two() -> None:
    numbers = []
    for more in (2, 18):
        for _number in range(more):
            a_date_of_the_office(day=DAY(2027, 6, 3))
        with CaptureQueriesContext(connection) as asking:
            found = key_days(DAY(2027, 6, 1), DAY(2027, 6, 30))
        numbers.append((len([one for one in found if not one.code]), len(asking)))
    assert numbers == [(2, 1), (20, 1)]


def typed(**changed: str) -> dict[str, str]:
    said = {"title": "Coronation day", "kind": "release_window", "first_day": "2027-06-10", "lead_weeks": "8"}
    return {**said, "last_day": "", "country": "XPR", "reason": "The law on holidays", **changed}


def test_a_coordinator_adds_a_date_which_stands_in_the_calendar_with_its_lead_and_is_taken_away(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    refused = client.post(reverse("directory:date_add"), typed(reason=""))
    assert refused.status_code == 422 and "Coronation day" in refused.content.decode()
    assert client.post(reverse("directory:date_add"), typed()).status_code == 302
    june = html.unescape(client.get("/calendar/", {"month": "2027-06"}).content.decode())
    april = html.unescape(client.get("/calendar/", {"month": "2027-04"}).content.decode())
    assert "Coronation day" in june and "Work begins: Coronation day" in april
    row = OfficeDate.objects.get()
    listed = html.unescape(client.get(reverse("directory:key_dates"), {"year": "2027"}).content.decode())
    assert "8 weeks before: from Thu 15 Apr" in listed and "Ana: The law on holidays" in listed
    address = reverse("directory:date_end", args=[row.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "It is in July"}).status_code == 302
    assert client.get(address).status_code == 404
    assert "Coronation day" not in client.get("/calendar/", {"month": "2027-06"}).content.decode()


def test_a_session_without_days_stands_below_its_month_and_on_its_days_once_somebody_said(client: Client) -> None:
    signed_in(client, a_case().lead)
    page = html.unescape(client.get("/calendar/", {"month": "2027-08"}).content.decode())
    assert page.count("WGAD session, summer") == 1 and "The day is not known yet" in page
    address = reverse("directory:date_correct", args=["WGAD_SUMMER"])
    assert "The list knows the month alone." in client.get(address).content.decode()
    sent = {"first_day": "2027-08-23", "last_day": "2027-08-27", "lead_weeks": "4", "reason": "The body’s own page"}
    assert client.post(address, sent).status_code == 302
    page = html.unescape(client.get("/calendar/", {"month": "2027-08"}).content.decode())
    assert page.count("WGAD session, summer") == 2 and "Mon 23 Aug to Fri 27 Aug" in page


def test_of_one_case_the_dates_of_another_state_are_left_out(client: Client) -> None:
    case = a_case(country="XPR")
    day = timezone.localdate() + dt.timedelta(days=3)
    a_date_of_the_office(title="Election there", country="NZL", day=day)
    a_date_of_the_office(title="Election here", country="XPR", day=day)
    signed_in(client, case.lead)
    page = client.get("/calendar/", {"month": f"{day:%Y-%m}", "case": case.reference}).content.decode()
    assert "Election here" in page and "Election there" not in page


def test_a_member_reads_and_does_not_write_and_outside_reviewers_see_no_key_date(client: Client) -> None:
    case = a_case()
    signed_in(client, on_case(case, "sam", "reader"))
    page = client.get(reverse("directory:key_dates")).content.decode()
    assert "Human Rights Day" in page and reverse("directory:date_add") not in page
    assert client.get(reverse("directory:date_add")).status_code == 403
    signed_in(client, a_person("omar"))
    assert client.get(reverse("directory:key_dates")).status_code == 404
    assert "Human Rights Day" not in client.get("/calendar/", {"month": "2026-12"}).content.decode()


@pytest.mark.parametrize("year", ["0000", "9999", "two", "٢٠٢٧", "-1"])
def test_a_year_that_is_none_is_this_one(client: Client, year: str) -> None:
    signed_in(client, a_person("ana"))
    assert (
        f"Key dates {timezone.localdate().year}"
        in client.get(reverse("directory:key_dates"), {"year": year}).content.decode()
    )
