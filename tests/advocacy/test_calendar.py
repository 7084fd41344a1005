"""The calendar shows what falls on a day: everything of this reader, in a month, a list or three months, nothing hidden."""

import datetime as dt
import html
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advocacy.calendar.question import CalendarQuestion
from advocacy.calendar.registry import SOURCES, dates_of
from casework.access import settle_rights
from casework.models import Membership, TimelineEvent
from tests.advocacy.dated import EVENT, MAKERS, TITLE, a_step, an_expected_event
from tests.factories import a_case, a_detention, on_case
from tests.people import a_person, signed_in
from tests.security.asking import body

pytestmark = pytest.mark.django_db


def a_day() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=4)


def read(answer: Any) -> bytes:
    answer.body = answer.content
    return body(answer)


def asked(reader: Any, day: dt.date | None = None, **how: Any) -> CalendarQuestion:
    day = day or a_day()
    return CalendarQuestion(reader=reader, first=day.replace(day=1), last=day + dt.timedelta(days=31), **how)


def shown(client: Any, day: dt.date | None = None, **query: str) -> str:
    answer = client.get("/calendar/", {"month": f"{day or a_day():%Y-%m}", **query})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


OF_CASES = [code for code, source in SOURCES.items() if source.is_of_cases]


def test_every_source_has_its_words_and_a_row_that_a_test_makes() -> None:
    assert set(MAKERS) == set(OF_CASES) and set(SOURCES) - set(OF_CASES) == {"key_date"}
    for source in SOURCES.values():
        assert str(source.kind).strip() and str(source.name).strip(), source.code
        assert source.feed_word is None or str(source.feed_word).strip(), source.code


@pytest.mark.parametrize("code", OF_CASES)
def test_a_date_of_each_source_stands_on_its_day_for_who_may_see_the_case_and_for_nobody_else(
    client: Any, code: str
) -> None:
    case = a_case(codename="Heron")
    MAKERS[code](case, a_day())
    leila = on_case(case, "leila", "liaison")
    found = dates_of(asked(case.lead), [code]).rows
    assert [row.first for row in found] == [a_day()] and found[0].reference == case.reference
    assert not dates_of(asked(leila), [code]).rows, "it is no date of hers"
    assert len(dates_of(asked(leila, is_all=True), [code]).rows) == 1
    assert len(dates_of(asked(leila, case=case), [code]).rows) == 1
    for nobody in (a_person("sam"), a_person("root", is_superuser=True)):
        assert not dates_of(asked(nobody, is_all=True), [code]).rows
        assert not dates_of(asked(nobody, case=case), [code]).rows
    signed_in(client, leila)
    page = shown(client, of="cases", kind=code)
    assert found[0].title in page and "Heron" in page and str(SOURCES[code].kind) in page
    Membership.objects.filter(case=case, user=leila).update(ended_at=timezone.now())
    settle_rights(case, leila)
    assert not dates_of(asked(leila, is_all=True), [code]).rows
    assert "Heron" not in shown(client, of="cases")


@pytest.mark.parametrize("code", OF_CASES)
def test_a_date_of_another_month_does_not_stand_in_this_one(code: str) -> None:
    case = a_case()
    MAKERS[code](case, a_day())
    far = a_day() + dt.timedelta(days=120)
    assert not dates_of(asked(case.lead, far), [code]).rows
    past = a_day() - dt.timedelta(days=120)
    assert not dates_of(asked(case.lead, past), [code]).rows


def test_twenty_rows_of_every_source_ask_no_more_than_two() -> None:
    cases = [a_case() for _number in range(2)]
    numbers = []
    for more in ((1, 1), (9, 9)):
        for case, times in zip(cases, more, strict=True):
            for code in ("step", "expected", "term", "held", "consent", "posture"):
                for _number in range(times):
                    MAKERS[code](case, a_day())
        with CaptureQueriesContext(
            connection,
        ) as asking:
            rows = dates_of(asked(cases[0].lead, is_all=True), OF_CASES).rows
        numbers.append((len(rows), len(asking)))
    (few, of_few), (many, of_many) = numbers
    assert few == 12 and many == 102 and of_many == of_few <= 13


def test_papers_ask_no_more_for_five_than_for_one() -> None:
    numbers = []
    for more in (1, 4):
        for _number in range(more):
            case = a_case()
            MAKERS["clearance"](case, a_day())
            MAKERS["page"](case, a_day())
        with CaptureQueriesContext(connection) as asking:
            rows = dates_of(asked(a_person("ana"), is_all=True), ["clearance", "page"]).rows
        numbers.append((len(rows), len(asking)))
    assert numbers[0][0] == 2 and numbers[1][0] == 10 and numbers[0][1] == numbers[1][1]


def test_the_month_is_a_grid_and_the_same_days_are_a_list(client: Any) -> None:
    case = a_case(codename="Heron")
    a_step(case, a_day())
    signed_in(client, case.lead)
    page = shown(client)
    assert page.count(TITLE) == 2 and 'class="month keep"' in page
    assert f'id="d-{a_day().isoformat()}"' in page
    alone = shown(client, view="list")
    assert alone.count(TITLE) == 1 and 'class="month keep"' not in alone


def test_three_months_are_three_grids_and_one_list(client: Any) -> None:
    case = a_case(codename="Heron")
    first = a_day().replace(day=1)
    later = (first + dt.timedelta(days=70)).replace(day=3)
    a_step(case, later)
    signed_in(client, case.lead)
    assert TITLE not in shown(client)
    page = shown(client, view="three")
    assert page.count(TITLE) == 2 and page.count('class="month keep"') == 3


def test_previous_and_next_keep_what_was_chosen(client: Any) -> None:
    signed_in(client, a_person("ana"))
    page = shown(client, dt.date(2031, 1, 1), view="three", of="cases", kind="step")
    assert "?view=three&month=2030-10&of=cases&kind=step" in page
    assert "?view=three&month=2031-04&of=cases&kind=step" in page
    assert "January 2031 to March 2031" in page and "This month" in page


def test_an_empty_month_says_so(client: Any) -> None:
    signed_in(client, a_person("ana"))
    page = shown(client, dt.date(2031, 12, 1), kind="step")
    assert "Nothing is written for December 2031" in page and "Add a date" not in page, "she may not write there"
    signed_in(client, a_case().lead)
    assert "Add a date" in shown(client, dt.date(2031, 12, 1), kind="step")


@pytest.mark.parametrize(
    "query", [{"month": "2026-13"}, {"month": "9999-12"}, {"month": "<b>"}, {"view": "all", "kind": "names"}]
)
def test_what_cannot_be_read_is_passed_over(client: Any, query: dict[str, str]) -> None:
    signed_in(client, a_person("ana"))
    answer = client.get("/calendar/", query)
    assert answer.status_code == 200 and 'class="month keep"' in answer.content.decode()


def test_the_calendar_of_one_case_holds_no_other_and_a_hidden_case_is_not_there(client: Any) -> None:
    case, other = a_case(codename="Heron"), a_case(codename="Quince")
    a_step(case, a_day())
    a_step(other, a_day())
    leila = on_case(case, "leila", "liaison")
    signed_in(client, leila)
    page = shown(client, case=case.reference)
    assert "Heron" in page and "Quince" not in page
    hidden = client.get("/calendar/", {"case": other.reference})
    never = client.get("/calendar/", {"case": "ZZZZ-ZZZZ"})
    assert (hidden.status_code, read(hidden)) == (404, read(never))


def test_a_hearing_of_a_month_stands_below_and_on_no_day(client: Any) -> None:
    case = a_case(codename="Heron")
    row = an_expected_event(case, a_day())
    TimelineEvent.objects.filter(pk=row.pk).delete()
    TimelineEvent.objects.create(case=case, on=f"{a_day():%Y-%m}", event=EVENT, is_expected=True)
    TimelineEvent.objects.create(case=case, on=f"{a_day():%Y}", event="Some time this year", is_expected=True)
    signed_in(client, case.lead)
    page = shown(client)
    assert page.count(EVENT) == 1 and "The day is not known yet" in page
    assert "Some time this year" not in page, "a year is no date of a month"


def test_a_day_with_many_dates_leads_to_the_list(client: Any) -> None:
    case = a_case()
    for number in range(7):
        a_step(case, a_day(), title=f"Step {number} of the day")
    signed_in(client, case.lead)
    page = shown(client)
    assert "3 others" in page and f'href="#d-{a_day().isoformat()}"' in page
    assert all(f"Step {number} of the day" in page for number in range(7))


def test_a_month_with_more_than_it_shows_says_so(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advocacy.pages.calendar.MOST", 3)
    case = a_case()
    for _number in range(5):
        a_step(case, a_day())
    signed_in(client, case.lead)
    assert "Steps of plans: there are more than are shown" in shown(client, view="list")


def test_what_a_reader_typed_is_text_and_no_markup(client: Any) -> None:
    case = a_case()
    a_step(case, a_day(), title="<b>Ring</b> the desk")
    signed_in(client, case.lead)
    page = client.get("/calendar/", {"month": f"{a_day():%Y-%m}"}).content.decode()
    assert "&lt;b&gt;Ring&lt;/b&gt; the desk" in page and "<b>Ring" not in page


def test_the_weekend_is_shaded_and_today_is_marked(client: Any) -> None:
    signed_in(client, a_person("ana"))
    page = shown(client, timezone.localdate())
    assert (page.count(", today</span>") == 1 and 'class="shut "' in page) or 'class="out shut "' in page


def clocks(reader: Any, first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    found = dates_of(CalendarQuestion(reader=reader, first=first, last=last), ["held"]).rows
    return [(row.first, row.title) for row in found]


def test_a_detention_has_its_anniversaries_and_its_round_days() -> None:
    case = a_case()
    a_detention(case, started="2024-02-29")
    of_a_year = clocks(case.lead, dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert of_a_year == [(dt.date(2026, 2, 28), "2 years held"), (dt.date(2026, 11, 25), "1000 days held")]
    assert clocks(case.lead, dt.date(2024, 1, 1), dt.date(2024, 12, 31)) == [(dt.date(2024, 6, 8), "100 days held")]
    assert clocks(case.lead, dt.date(2028, 2, 1), dt.date(2028, 2, 29)) == [(dt.date(2028, 2, 29), "4 years held")]


@pytest.mark.parametrize("told", ["2024-02", "2024-02-29~", "2024", "2024-02-28/2024-03-01"])
def test_a_beginning_that_is_not_known_to_the_day_has_no_anniversary(told: str) -> None:
    case = a_case()
    a_detention(case, started=told)
    assert clocks(case.lead, dt.date(2024, 1, 1), dt.date(2028, 12, 31)) == []


def test_who_is_out_has_no_clock_and_a_person_without_contact_has_one_that_runs() -> None:
    case, today = a_case(), timezone.localdate()
    a_detention(case, started=(today - dt.timedelta(days=12)).isoformat(), contact_allowed="CT_NONE")
    a_detention(case, started=(today - dt.timedelta(days=100)).isoformat(), ended=today.isoformat())
    assert clocks(case.lead, today, today) == [(today, "12 days without any contact")]
    assert clocks(case.lead, today + dt.timedelta(days=1), today + dt.timedelta(days=1)) == []


def test_an_anniversary_says_that_the_family_is_asked_first(client: Any) -> None:
    case = a_case()
    a_detention(case, started=(a_day() - dt.timedelta(days=100)).isoformat())
    signed_in(client, case.lead)
    assert "Ask the family before the day is used in public." in shown(client)
