"""Dates as far as they are known: what is told is kept, "about" is never lost, and nothing is made up."""

import datetime as dt
import itertools

import pytest
from django import forms
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from casework.forms.dates import ImpreciseDateField
from directory import dates
from directory.dates.durations import duration_words, how_long
from directory.dates.told import told_words

TODAY = dt.date(2026, 11, 20)


class ArrestForm(forms.Form):
    on = ImpreciseDateField(label="When was the arrest?")


def typed(day="", month="", year="", *, about=False, calendar="gregorian"):
    data = {"on_0": day, "on_1": month, "on_2": year, "on_4": calendar}
    return ArrestForm(data | ({"on_3": "on"} if about else {}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-03-14", "14 March 2025"),
        ("2025-03-14~", "about 14 March 2025"),
        ("2025-03-14?", "perhaps 14 March 2025"),
        ("2025-03", "March 2025"),
        ("1989", "1989"),
        ("1982-03~", "about March 1982"),
        ("2025-03-14/2025-03-19", "between 14 and 19 March 2025"),
        ("2025-03-14/2025-04-02", "between 14 March and 2 April 2025"),
        ("2025-03/2026-04", "between March 2025 and April 2026"),
        ("2025-03-14~/2025-03-19~", "between about 14 March 2025 and about 19 March 2025"),
        ("[2026-07,2026-08]", "July or August 2026"),
        ("../1990", "until 1990"),
        ("1990/..", "from 1990 on"),
        ("1989-05-XX", "May 1989"),
        ("198X", "between 1980 and 1989"),
        ("", "Unknown"),
        (None, "Unknown"),
        ("some spring", "some spring"),
    ],
)
def test_a_date_is_said_in_words_with_all_its_doubt(text, words):
    assert dates.in_words(text) == words


def test_the_long_form_names_what_is_not_known():
    assert dates.in_words("2025-03", is_long=True) == "March 2025, day not known"
    assert dates.in_words("2025", is_long=True) == "2025, day and month not known"


def test_dates_are_put_in_order_a_month_after_its_days_and_a_year_after_its_months():
    told = ["", "2025-03-14", "2025-03", "1990/..", "../1990", "2025-03-14/2025-03-19", "2024"]
    ordered = sorted(told, key=dates.sort_key)
    assert ordered == ["../1990", "1990/..", "2024", "2025-03-14", "2025-03-14/2025-03-19", "2025-03", ""]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2025-03-14", "exact"), ("2025-03-14~", "about"), ("2025-03", "month"), ("2025/2026", "between"), ("", "")],
)
def test_precision_is_what_the_timeline_draws(text, kind):
    assert dates.precision(text) == kind


@pytest.mark.parametrize(
    ("started", "ended", "words"),
    [
        ("2025-03-14", None, "616 days"),
        ("2025-03-14~", None, "about 616 days"),
        ("2025-03-14?", None, "about 616 days"),
        ("2025-03", None, "about 614 days"),
        ("1962-08-05", "1990-02-11", "10052 days"),
        ("1962-08-05", "1990-02", "about 10055 days"),
        ("2023", None, "about 3 years"),
        ("2025", None, "about 1 year"),
        ("2026", None, "less than a year"),
        ("1962/1964", None, "about 63 years"),
        ("1963", "1964", "about 1 year"),
        ("1990/..", None, "about 18 years"),
        ("2026-11-19", None, "1 day"),
        ("2026-11-19~", None, "about 1 day"),
        ("2025-03-14", "not a date", ""),
        ("", None, ""),
        ("../1990", None, ""),
        ("2030-01-01", None, ""),
    ],
)
def test_days_are_counted_exactly_only_from_exact_dates(started, ended, words):
    assert duration_words(how_long(started, ended, today=TODAY)) == words


SIDES = ("1989", "1990-05", "1990-05-17", "1989~", "1990?", "1990%", "199X", "..", "", "1990-02-30", "19", "x")


@pytest.mark.parametrize(("first", "last"), list(itertools.product(SIDES, SIDES)))
def test_a_span_is_read_as_the_parser_of_the_standard_reads_it(first, last):
    text = f"{first}/{last}"
    try:
        read = parse_edtf(text)
        low, high = (dt.date(*side[:3]) for side in (read.lower_strict(), read.upper_strict()))
    except (EDTFParseException, ValueError, TypeError, AttributeError):
        assert not dates.is_date(text) or {first, last} & {"..", ""} or "199X" in {first, last}, text
        return
    told = dates.parse(text) if dates.is_date(text) else None
    assert told is not None or low > high, text
    if told and first not in {"..", ""} and last not in {"..", ""}:
        assert (told.earliest, told.latest) == (low, high)


def test_nothing_that_is_no_date_is_taken_for_one():
    for text in ("2025-02-30", "2025-13", "hello", "2025-03-20/2025-03-14", "0000"):
        assert not dates.is_date(text), text
        assert dates.earliest(text) is None


@pytest.mark.parametrize(
    ("given", "edtf"),
    [
        (typed("14", "3", "2025"), "2025-03-14"),
        (typed("14", "3", "2025", about=True), "2025-03-14~"),
        (typed("", "3", "2025"), "2025-03"),
        (typed("", "", "2025", about=True), "2025~"),
        (typed("١٤", "٣", "٢٠٢٥"), "2025-03-14"),
        (typed("", "", "1989/1990"), "1989/1990"),
        (typed("24", "12", "1403", calendar="solar"), "2025-03-14"),
        (typed("14", "9", "1446", calendar="hijri"), "2025-03-14~"),
        (typed("", "12", "1403", calendar="solar"), "2025-02-19/2025-03-20"),
    ],
)
def test_a_date_is_entered_in_parts_and_in_the_calendar_it_was_told_in(given, edtf):
    assert given.is_valid(), given.errors
    assert given.cleaned_data["on"] == edtf


def test_the_told_numbers_stay_beside_a_converted_date():
    given = typed("14", "9", "1446", calendar="hijri")
    assert given.is_valid()
    assert told_words(given.cleaned_data["on"]) == "1446-9-14, Hijri (lunar)"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (typed("14", "3", "25"), "Year: write four digits, for example 2025."),
        (typed("14", "3", ""), "Year: write four digits, for example 2025."),
        (typed("14", "", "2025"), "Month: a day needs its month. Leave both empty if the month is not known."),
        (typed("14", "13", "2025"), "Month: write a number from 1 to 12, or leave it empty."),
        (typed("30", "2", "2025"), "Day: this month has no such day."),
        (typed("x", "2", "2025"), "Day: write a number from 1 to 31, or leave it empty."),
        (
            typed("1", "1", "1200", calendar="hijri"),
            "Year: the Hijri tables go from 1343 to 1500. Write the Gregorian date instead.",
        ),
        (typed("1", "1", "2025", calendar="moon"), "Calendar: choose the one it was told in."),
        (typed(), "Write at least the year."),
    ],
)
def test_what_cannot_be_a_date_is_refused_in_a_sentence(given, sentence):
    assert given.errors == {"on": [sentence]}


@pytest.mark.parametrize(
    "text", ["2025-03-14", "2025-03-14~", "2025-03", "2025~", "1989/1990", "[2026-07,2026-08]", "2025-03-14?"]
)
def test_a_stored_date_comes_back_unchanged_from_its_boxes(text):
    boxes = ImpreciseDateField().widget.decompress(text)
    assert ImpreciseDateField().clean(boxes) == text


def test_the_boxes_are_named_and_the_fault_stands_at_the_question():
    page = str(typed("14", "3", "25"))
    for word in ("Day", "Month", "Year", "About", "Calendar it was told in", 'value="25"', "Year: write four digits"):
        assert word in page
