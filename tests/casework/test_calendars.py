"""A date told in another calendar is the day that was meant, keeps what was told, and comes back as it was typed."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.forms.dates import ImpreciseDateField
from directory.dates import earliest, in_words, is_date, latest
from directory.dates.calendars import RECKONINGS, Calendar, day_of, days_of, of_country
from directory.dates.told import note_in_parts, shown, told_words
from sealing.fields import NotedText, SealedNotedField, note_of
from tests.interface.test_days_and_figures import ZEROES, forms_of_the_project, in_script

TODAY = dt.date(2026, 11, 28)
DAYS_OF_HISTORY = {
    ("ethiopian", 2000, 1, 1): dt.date(2007, 9, 12),
    ("ethiopian", 1967, 1, 2): dt.date(1974, 9, 12),
    ("ethiopian", 1983, 9, 20): dt.date(1991, 5, 28),
    ("ethiopian", 2015, 13, 6): dt.date(2023, 9, 11),
    ("bikram", 2058, 2, 19): dt.date(2001, 6, 1),
    ("bikram", 2063, 1, 11): dt.date(2006, 4, 24),
    ("bikram", 2081, 2, 32): dt.date(2024, 6, 14),
    ("buddhist", 2519, 10, 6): dt.date(1976, 10, 6),
    ("buddhist", 2475, 6, 24): dt.date(1932, 6, 24),
    ("buddhist", 2476, 2, 1): dt.date(1934, 2, 1),
    ("buddhist", 2484, 1, 1): dt.date(1941, 1, 1),
    ("solar", 1357, 11, 22): dt.date(1979, 2, 11),
    ("solar", 1332, 5, 28): dt.date(1953, 8, 19),
    ("hijri", 1446, 9, 14): dt.date(2025, 3, 14),
    ("hijri", 1400, 10, 30): dt.date(1980, 9, 10),
    ("hijri", 1415, 1, 30): dt.date(1994, 7, 9),
}


@pytest.fixture(autouse=True)
def on_one_day():
    with time_machine.travel(dt.datetime.combine(TODAY, dt.time(12), dt.UTC), tick=False):
        yield


def typed(day="", month="", year="", *, about=False, calendar="gregorian", sure=False) -> NotedText:
    return ImpreciseDateField().clean([day, month, year, about, calendar, sure])


def refusal(*boxes, **options) -> str:
    with pytest.raises(ValidationError) as caught:
        typed(*boxes, **options)
    return " ".join(caught.value.messages)


def again(date: str) -> NotedText:
    """What comes back when the form shows a stored date and nobody touches it."""
    return ImpreciseDateField().clean(ImpreciseDateField().widget.decompress(date))


@pytest.mark.parametrize("told", DAYS_OF_HISTORY)
def test_a_day_of_history_is_that_day_in_every_calendar(told) -> None:
    calendar, year, month, day = told
    assert day_of(*told) == DAYS_OF_HISTORY[told]
    date = typed(str(day), str(month), str(year), calendar=calendar)
    assert date == DAYS_OF_HISTORY[told].isoformat() + ("~" if calendar == "hijri" else "")
    assert note_of(date) == f"{calendar}:{year}-{month}-{day}"


@pytest.mark.parametrize(
    ("given", "edtf", "told"),
    [
        ({"year": "1357/1360", "calendar": "solar"}, "1978-03-21/1982-03-20", "solar:1357/1360"),
        ({"year": "1403-12", "calendar": "solar"}, "2025-02-19/2025-03-20", "solar:1403-12"),
        ({"month": "12", "year": "۱۴۰۳", "calendar": "solar"}, "2025-02-19/2025-03-20", "solar:1403-12"),
        ({"year": "1357", "calendar": "solar", "about": True}, "1978-03-21~/1979-03-20~", "solar:1357~"),
        ({"year": "1357/", "calendar": "solar"}, "1978-03-21/", "solar:1357/"),
        ({"year": "1500", "calendar": "hijri"}, "2076-11-27~/2077-11-16~", "hijri:1500"),
        ({"year": "2567", "calendar": "buddhist"}, "2024", "buddhist:2567"),
        ({"month": "3", "year": "2567", "calendar": "buddhist"}, "2024-03", "buddhist:2567-3"),
        ({"year": "2480", "calendar": "buddhist"}, "1937-04-01/1938-03-31", "buddhist:2480"),
        ({"year": "2081", "calendar": "bikram"}, "2024-04-13/2025-04-13", "bikram:2081"),
        ({"year": "2016", "calendar": "ethiopian"}, "2023-09-12/2024-09-10", "ethiopian:2016"),
        ({"year": "1989-05", "about": True}, "1989-05~", ""),
        ({"year": "1989/1990", "about": True}, "1989~/1990~", ""),
        ({"year": "1989?", "about": True}, "1989%", ""),
        ({"year": "1960s"}, "196X", ""),
        ({"year": "1960s", "about": True}, "196X~", ""),
        ({"year": "۱۹۶۲-۰۸"}, "1962-08", ""),
        ({"day": "5", "month": "8", "year": "1962\u200f"}, "1962-08-05", ""),
        ({"day": "\u2067٥\u2069", "month": "８", "year": "१९६२"}, "1962-08-05", ""),
        ({"year": "[..1962]"}, "[..1962]", ""),
        ({"year": "{1962,1963}"}, "{1962,1963}", ""),
    ],
)
def test_what_is_chosen_beside_the_year_is_used_and_what_was_told_is_kept(given, edtf, told) -> None:
    date = typed(**given)
    assert (date, note_of(date)) == (edtf, told)
    assert (again(date), note_of(again(date))) == (edtf, told)


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        (
            {"day": "15", "month": "3", "year": "1404"},
            ["1404 looks like a year of another calendar", "Solar Hijri", "2025"],
        ),
        ({"year": "2567"}, ["Buddhist (Thai): 2024", "tick “The year is right”"]),
        ({"year": "2081"}, ["Bikram Sambat (Nepali): 2024"]),
        ({"year": "1403/1404"}, ["1403 looks like a year of another calendar"]),
        ({"year": "1650"}, ["1650 is far from today. Look at it again."]),
        ({"year": "156X-12-25"}, ["1560 is far from today"]),
        ({"day": "5", "month": "4", "year": "2025", "calendar": "solar"}, ["(Gregorian: 2025", "Choose the calendar"]),
        ({"year": "2025", "calendar": "hijri"}, ["Gregorian: 2025"]),
        ({"year": "57", "calendar": "solar"}, ["Year: write four digits, for example 1404."]),
        ({"year": "57", "calendar": "solar", "sure": True}, ["Year: write four digits"]),
        ({"year": "57", "calendar": "hijri"}, ["Year: write four digits, for example 1446."]),
        ({"day": "5", "month": "4", "year": "2025", "calendar": "solar", "sure": True}, ["Gregorian: 2025"]),
        ({"year": "62"}, ["Year: write four digits, for example 2025."]),
        ({"year": "1357/60", "calendar": "solar"}, ["Year: write four digits, for example 1404."]),
        ({"year": "135X", "calendar": "solar"}, ["in this calendar write a year, or a span such as 1357/1360"]),
        ({"year": "{1357,1360}", "calendar": "solar"}, ["in this calendar write a year, or a span"]),
        ({"year": "1360/1357", "calendar": "solar"}, ["the span ends before it begins"]),
        ({"year": "1403-13", "calendar": "solar"}, ["no such month or day"]),
        ({"year": "{1962,1963}", "about": True}, ["About: it can stand with one date or a span only."]),
        ({"day": "5", "year": "1989-05"}, ["Year: write the year alone beside a day or a month"]),
        ({"year": "Y17000"}, ["this is EDTF, but only dates of the years 1 to 9999"]),
        ({"day": "6", "month": "13", "year": "2016", "calendar": "ethiopian"}, ["this month has no such day"]),
        ({"day": "1", "month": "13", "year": "1404", "calendar": "solar"}, ["a number from 1 to 12"]),
        ({"day": "31", "month": "1", "year": "1446", "calendar": "hijri"}, ["a number from 1 to 30"]),
        ({"year": "1850", "calendar": "bikram"}, ["tables of Bikram Sambat go from 1975 to 2100"]),
    ],
)
def test_what_is_not_sure_is_asked_and_never_guessed(given, sentences) -> None:
    said = refusal(**given)
    assert all(sentence in said for sentence in sentences), said


def test_a_far_year_is_kept_when_somebody_says_that_it_is_right() -> None:
    assert typed("15", "3", "1404", sure=True) == "1404-03-15"
    assert again("1404-03-15") == "1404-03-15"
    assert again("156X-12-25") == "156X-12-25"


def test_the_tick_for_a_far_year_stands_there_only_when_it_is_asked_for() -> None:
    widget = ImpreciseDateField().widget
    shown_for = {
        year: "The year is right" in widget.render("on", ["", "", year, False, "gregorian", False])
        for year in ("1404", "2567", "1650", "1962", "", "nonsense", "57")
    }
    assert shown_for == {**dict.fromkeys(shown_for, False), "1404": True, "2567": True, "1650": True}
    assert "The year is right" not in widget.render("on", ["5", "4", "2025", False, "solar", False])
    assert "The year is right" in widget.render("on", "1404-03-15")


def test_every_digit_gives_the_same_day_in_every_box() -> None:
    for zero in ZEROES:
        date = typed(in_script(zero, "24"), in_script(zero, "12"), in_script(zero, "1403"), calendar="solar")
        assert (date, note_of(date)) == ("2025-03-14", "solar:1403-12-24")
        assert typed(year=in_script(zero, "1989-05/1990")) == "1989-05/1990"


@settings(deadline=None)
@given(
    day=st.dates(dt.date(1930, 1, 1), dt.date(2040, 1, 1)),
    calendar=st.sampled_from([one for one in Calendar if one != Calendar.GREGORIAN]),
    length=st.sampled_from([1, 2, 3]),
    about=st.booleans(),
)
def test_what_is_shown_again_is_the_same_date_told_in_the_same_way(day, calendar, length, about) -> None:
    numbers = [str(number) for number in numbers_of(calendar, day)[:length]]
    year, month, of_month = [*numbers, "", ""][:3]
    date = typed(of_month, month, year, about=about, calendar=calendar)
    assert is_date(date) and earliest(date) <= day <= latest(date)
    back = again(date)
    assert (back, note_of(back)) == (date, note_of(date))
    assert ("about" in in_words(date)) == (about or calendar == Calendar.HIJRI)


def numbers_of(calendar: str, day: dt.date) -> tuple[int, int, int]:
    """Find a day in a calendar by its own spans: first the year, then the month."""
    kind = RECKONINGS[calendar]
    guess = next(year for year in range(kind.first_year, kind.last_year + 1) if holds(calendar, day, year))
    month = next(one for one in range(1, kind.months + 1) if holds(calendar, day, guess, one))
    return guess, month, (day - days_of(calendar, guess, month)[0]).days + 1


def holds(calendar: str, day: dt.date, *numbers: int) -> bool:
    try:
        first, last = days_of(calendar, *numbers)
    except ValueError:
        return False
    return first <= day <= last


def test_the_calendars_of_the_holding_state_stand_first_and_none_is_missing() -> None:
    first = {"NPL": "bikram", "ETH": "ethiopian", "THA": "buddhist", "IRN": "solar", "SAU": "hijri"}
    for country, calendar in first.items():
        assert of_country(country) == [calendar]
        field = ImpreciseDateField()
        field.offer_calendars_of(country)
        offered = [value for value, _label in field.widget.widgets[4].choices]
        assert offered[:2] == ["gregorian", calendar] and sorted(offered) == sorted(Calendar.values)
    assert ImpreciseDateField().widget.widgets[4].choices[1][0] == "hijri"


def test_every_imprecise_date_of_the_packet_is_asked_with_the_one_field() -> None:
    wrong = [
        f"{form.__qualname__}.{name}"
        for form in forms_of_the_project()
        if issubclass(form, ModelForm) and form._meta.model
        for name, field in form.base_fields.items()
        if isinstance(next((f for f in form._meta.model._meta.fields if f.name == name), None), SealedNotedField)
        and not isinstance(field, ImpreciseDateField)
    ]
    assert not wrong


def test_a_note_of_somebody_else_is_shown_as_it_is() -> None:
    date = NotedText("1953-08-19", "28 Mordad 1332")
    assert told_words(date) == "28 Mordad 1332" and note_in_parts(date) is None
    assert shown(date) == "19 August 1953 (told as 28 Mordad 1332)"
    assert again(date) == "1953-08-19"
