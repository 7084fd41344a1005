"""Days, hours, numbers and codes are read in the digits of every script; what can mean two things is asked about."""

import ast
import datetime as dt
import importlib
import pkgutil
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.forms.days import read_day, read_hour, read_moment
from accounts.forms.fields import CodeField, DayField, HourField, MomentField, NumberField
from accounts.forms.widgets import DayInput, HourInput, MomentInput

APPS = ("accounts", "directory", "casework", "safety", "materials", "advocacy", "web", "work")
ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 11, 28)
ZEROES = [chr(code) for code in range(0x80, sys.maxunicode) if unicodedata.decimal(chr(code), None) == 0]
HIDDEN = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2069\ufeff\u00ad"
DJANGO_WOULD_GUESS = (
    forms.DateField,
    forms.DateTimeField,
    forms.TimeField,
    forms.SplitDateTimeField,
    forms.IntegerField,
    forms.DecimalField,
    forms.FloatField,
    forms.DurationField,
)
OURS = (DayField, HourField, MomentField, NumberField)


def in_script(zero: str, text: str) -> str:
    return "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in text)


def subclasses(of: type) -> Iterator[type]:
    for found in of.__subclasses__():
        yield found
        yield from subclasses(found)


def forms_of_the_project() -> set[type[forms.BaseForm]]:
    for app in APPS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations" not in module.name and ".management" not in module.name:
                importlib.import_module(module.name)
    return {found for found in subclasses(forms.BaseForm) if found.__module__.split(".")[0] in APPS}


def refusal(read, *args, **options) -> str:
    with pytest.raises(ValidationError) as caught:
        read(*args, **options)
    return " ".join(caught.value.messages)


def test_no_form_asks_for_a_day_an_hour_or_a_number_with_a_field_that_guesses() -> None:
    found = forms_of_the_project()
    assert len(found) > 60
    wrong = [
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in found
        for name, field in form.base_fields.items()
        if isinstance(field, DJANGO_WOULD_GUESS) and not isinstance(field, OURS)
    ]
    assert not wrong


def test_no_line_of_the_project_makes_a_field_that_guesses() -> None:
    names = {kind.__name__ for kind in DJANGO_WOULD_GUESS}
    made = []
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                call = node.func if isinstance(node, ast.Call) else None
                of_forms = isinstance(call, ast.Attribute) and getattr(call.value, "id", "") == "forms"
                if of_forms and call.attr in names:
                    made.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not made


@pytest.mark.parametrize("typed", ["2026-11-01", "2026/11/1", "2026.11.01", " 2026 - 11 - 01 ", "２０２６－１１－０１"])
def test_a_day_with_its_year_first_is_read(typed: str) -> None:
    assert read_day(typed, today=TODAY) == dt.date(2026, 11, 1)


def test_a_day_in_the_digits_of_every_script_is_the_same_day() -> None:
    assert len(ZEROES) > 50
    for zero in ZEROES:
        assert read_day(in_script(zero, "2026-11-01"), today=TODAY) == dt.date(2026, 11, 1), hex(ord(zero))


@settings(deadline=None)
@given(
    day=st.dates(dt.date(1927, 1, 1), dt.date(2125, 12, 31)),
    zero=st.sampled_from(ZEROES),
    mark=st.sampled_from(HIDDEN),
    at=st.integers(0, 10),
)
def test_any_day_comes_back_whatever_keyboard_it_was_typed_on(day: dt.date, zero: str, mark: str, at: int) -> None:
    typed = in_script(zero, day.isoformat())
    assert read_day(typed[:at] + mark + typed[at:], today=TODAY) == day
    assert read_day(DayInput().format_value(day), today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "05/01/2027",
            "This can be 5 January 2027 or 1 May 2027. Write the year first: 2027-01-05 or 2027-05-01.",
        ),
        ("٠٥/٠١/٢٠٢٧", "Write the year first: 2027-01-05 or 2027-05-01."),
        ("25.01.2027", "Write the year first: 2027-01-25."),
        ("01-25-2027", "Write the year first: 2027-01-25."),
        ("03/11/26", "with four figures"),
        ("1405-09-07", "The year 1405 is more than a century away. Is it a year of another calendar?"),
        ("2569-11-28", "The year 2569 is more than a century away"),
        ("2026-02-30", "There is no such day."),
        ("tomorrow", "Write the day as year, month and day, for example 2027-03-01."),
        ("2026-11", "Write the day as year, month and day"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_asked_about(typed: str, sentence: str) -> None:
    assert sentence in refusal(read_day, typed, today=TODAY)


@pytest.mark.parametrize("typed", ["09:30", "9:30", "۰۹:۳۰", "０９：３０", "09:30:00", "9.30", "\u200f٠٩:٣٠"])
def test_an_hour_is_read_in_every_digit(typed: str) -> None:
    assert read_hour(typed) == dt.time(9, 30)


@pytest.mark.parametrize("typed", ["noon", "25:00", "9:3", "0930", "09:60"])
def test_what_is_no_hour_is_refused(typed: str) -> None:
    assert refusal(read_hour, typed) == "Write the hour as hours and minutes, for example 14:30."


@pytest.mark.parametrize("typed", ["2026-11-28T09:30", "2026-11-28 09:30", "٢٠٢٦-١١-٢٨ ٠٩:٣٠", "2026-11-28T09:30:00"])
def test_an_instant_is_read(typed: str) -> None:
    assert read_moment(typed, today=TODAY).isoformat() == "2026-11-28T09:30:00"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-11-28", "Write the day and the hour"),
        ("05/01/2027 09:30", "This can be 5 January 2027"),
        ("soon", "Write the day as year"),
    ],
)
def test_what_is_no_instant_is_refused(typed: str, sentence: str) -> None:
    assert sentence in refusal(read_moment, typed, today=TODAY)


def test_nothing_typed_is_nothing() -> None:
    assert [read_day("", today=TODAY), read_hour("  "), read_moment(None, today=TODAY)] == [None, None, None]


@pytest.mark.parametrize(
    "typed", ["371333", "٣٧١٣٣٣", "۳۷۱۳۳۳", "３７１３３３", " 371 333 ", "371\u00a0333\u200f", "371-333"]
)
def test_a_code_is_read_in_every_digit_and_with_pasted_spaces(typed: str) -> None:
    assert CodeField().clean(typed) == "371333"


def test_a_number_is_read_in_every_digit_and_a_very_long_one_is_refused() -> None:
    assert NumberField().clean("٣٠\u200f") == 30
    assert "figures" in refusal(NumberField().clean, "9" * 5000)


@pytest.mark.parametrize(
    ("widget", "readable", "typed", "picker"),
    [
        (DayInput(), "2027-01-05", "05/01/2027", "date"),
        (HourInput(), "09:30", "half past", "time"),
        (MomentInput(), "2027-01-05T09:30", "05/01/2027 09:30", "datetime-local"),
    ],
)
def test_a_picker_becomes_a_box_of_text_rather_than_hide_what_was_typed(widget, readable, typed, picker) -> None:
    assert f'type="{picker}"' in widget.render("x", None)
    assert f'type="{picker}"' in widget.render("x", readable)
    shown = widget.render("x", typed)
    assert 'type="text"' in shown and 'dir="ltr"' in shown and f'value="{typed}"' in shown


def test_a_refused_day_stands_in_the_form_as_it_was_typed() -> None:
    class Asked(forms.Form):
        until = DayField()

    form = Asked({"until": "05/01/2027"})
    assert not form.is_valid()
    assert 'value="05/01/2027"' in str(form["until"])
