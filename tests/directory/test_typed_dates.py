"""A date in one text field is read by a closed list of forms, repeated in words, and never guessed."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from casework.forms.dates import WordedDateField
from directory.dates import in_words
from directory.dates.typed import written
from sealing.fields import NotedText, note_of

READ = {
    "2025": "2025",
    "June 2025": "2025-06",
    "2 June 2025": "2025-06-02",
    "2 june 2025": "2025-06-02",
    "about 14 March 2025": "2025-03-14~",
    "14 to 19 March 2025": "2025-03-14/2025-03-19",
    "28 March to 2 May 2025": "2025-03-28/2025-05-02",
    "March to May 2025": "2025-03/2025-05",
    "July or August 2026": "[2026-07,2026-08]",
    "until June 2025": "../2025-06",
    "from 2 June 2025 on": "2025-06-02/..",
    "2025-06-02": "2025-06-02",
    "2025-06~": "2025-06~",
    "٢٠٢٥-٠٦-٠٢": "2025-06-02",
    "1890 gregorian": "1890",
}
REFUSED = {
    "31 June 2026": "June has 30 days. Write 30 June 2026, or June 2026 when the day is not known.",
    "29 February 2025": "February has 28 days.",
    "about 3 May": "Write the year too",
    "02/06/2025": "Write the date as one of these",
    "2.6.2025": "Write the date as one of these",
    "spring 2025": "Write the date as one of these",
    "2 2025": "Write the date as one of these",
    "2025-13-02": "Write the date as one of these",
    "May 2025 to March 2025": "The span ends before it begins.",
    "1404": "far from today",
    "25": "four digits",
    "1404-13 solar": "no such month",
}


def read(text: str, stored: str | None = None) -> NotedText:
    field = WordedDateField(required=False)
    field.stored = stored
    return field.clean(text)


@pytest.mark.parametrize("text", READ)
def test_each_form_of_the_list_is_read(text: str) -> None:
    assert read(text) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_in_no_form_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(text)
    assert REFUSED[text] in " ".join(refused.value.messages)


@pytest.mark.parametrize("edtf", sorted(set(READ.values()) - {"1890"}))
@pytest.mark.parametrize("language", ["en", "fr", "ar", "ru"])
def test_what_is_shown_is_read_back_in_each_language(edtf: str, language: str) -> None:
    with translation.override(language):
        shown = written(edtf)
        assert read(shown) == edtf, shown


def test_a_date_told_in_another_calendar_keeps_how_it_was_told() -> None:
    told = read("1404-3-12 solar")
    assert (told, note_of(told)) == ("2025-06-02", "solar:1404-3-12")
    assert written(told) == "1404-3-12 solar"
    again = read(written(told), stored=told)
    assert (again, note_of(again)) == (told, "solar:1404-3-12")
    assert in_words(told) == "2 June 2025"


def test_a_stored_date_that_no_form_says_stands_as_it_is_and_stays_when_untouched() -> None:
    rare = "{2025-01,2025-03}"
    assert read(written(rare), stored=rare) == rare
    assert read("", stored=rare) == ""
