"""EDTF as the standard reads it: sets in braces and brackets, unknown and open ends, figures that are not known."""

import datetime as dt

import pytest
from django.utils import translation

from casework.custody import day_words, held_by_dates
from casework.models import Detention
from directory import dates
from papers.composing import words as paper

TOLD = {
    "[..1962]": ("1962 or earlier", None, "1962-12-31"),
    "[1962..]": ("1962 or later", "1962-01-01", None),
    "[1962,1963]": ("1962 or 1963", "1962-01-01", "1963-12-31"),
    "[1667,1668,1670..1672]": ("1667, 1668 or between 1670 and 1672", "1667-01-01", "1672-12-31"),
    "[1962..1964]": ("between 1962 and 1964", "1962-01-01", "1964-12-31"),
    "{1962,1963}": ("1962 and 1963", "1962-01-01", "1963-12-31"),
    "{1960,1961-12}": ("1960 and December 1961", "1960-01-01", "1961-12-31"),
    "{1962..1964}": ("all from 1962 to 1964", "1962-01-01", "1964-12-31"),
    "{..1962}": ("until 1962", None, "1962-12-31"),
    "1962/": ("from 1962, end not known", "1962-01-01", None),
    "/1962": ("until 1962, beginning not known", None, "1962-12-31"),
    "1962/..": ("from 1962 on", "1962-01-01", None),
    "../1962": ("until 1962", None, "1962-12-31"),
    "156X-12-25": ("25 December of a year between 1560 and 1569", "1560-12-25", "1569-12-25"),
    "156X-02-29": ("29 February of a year between 1560 and 1568", "1560-02-29", "1568-02-29"),
    "19XX-07": ("July of a year between 1900 and 1999", "1900-07-01", "1999-07-31"),
    "196X": ("between 1960 and 1969", "1960-01-01", "1969-12-31"),
    "196X~": ("between about 1960 and about 1969", "1960-01-01", "1969-12-31"),
    "1984-1X": ("between October and December 1984", "1984-10-01", "1984-12-31"),
    "1984-XX-05": ("between 5 January and 5 December 1984", "1984-01-05", "1984-12-05"),
    "1984-XX-XX": ("1984", "1984-01-01", "1984-12-31"),
    "2004-XX/2006": ("between 2004 and 2006", "2004-01-01", "2006-12-31"),
    "2004-06~-11": ("about 11 June 2004", "2004-06-11", "2004-06-11"),
    "1984?-06": ("perhaps June 1984", "1984-06-01", "1984-06-30"),
    "2001-21": ("between March and May 2001", "2001-03-01", "2001-05-31"),
    "2001-29": ("between September and November 2001", "2001-09-01", "2001-11-30"),
    "2001-34": ("between April and June 2001", "2001-04-01", "2001-06-30"),
}


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize("text", TOLD)
def test_a_date_is_told_and_placed_as_the_standard_reads_it(text: str) -> None:
    words, first, last = TOLD[text]
    assert dates.in_words(text) == words
    assert (dates.earliest(text), dates.latest(text)) == (day(first), day(last))
    assert not dates.is_exact(text)


@pytest.mark.parametrize("text", TOLD)
def test_a_paper_says_what_the_screen_says_in_both_languages(text: str) -> None:
    def plain(said: str) -> str:
        return said.replace("\u00a0", " ")

    years = "".join(sign for sign in TOLD[text][0] if sign.isdigit() or sign == " ").split()
    english, arabic = plain(paper.date(text, "en")), plain(paper.date(text, "ar"))
    assert all(year in english and year in arabic for year in years)
    for hedge in ("or earlier", "or later", "not known", "about", "perhaps", "all from", "of a year", " or ", " and "):
        assert (hedge in english) == (hedge in TOLD[text][0]), hedge
    assert not any(sign.isascii() and sign.isalpha() for sign in arabic)


@pytest.mark.parametrize("text", ["Y17000", "-0333", "XXXX-12-25"])
def test_edtf_that_is_not_kept_is_told_from_what_is_no_date(text: str) -> None:
    with pytest.raises(dates.NotKept):
        dates.parse(text)
    assert not dates.is_date(text)


@pytest.mark.parametrize(
    "text", ["../..", "/", "[1962", "{1962", "1989-2X", "156X-13", "1962//", "[]", "۱۹۶۲-۰۸", "1962/[1963]"]
)
def test_what_is_no_edtf_is_no_date(text: str) -> None:
    assert not dates.is_date(text)
    with pytest.raises(ValueError) as caught:
        dates.parse(text)
    assert not isinstance(caught.value, dates.NotKept) and text not in str(caught.value)


def test_an_end_that_may_lie_before_or_after_today_leaves_custody_open() -> None:
    today = dt.date(2026, 11, 28)
    for ended in ("[..2030]", "2026/2027", "[2026-07,2027-08]", "2026-11-15/"):
        spell = Detention(started="2025-03-14", ended=ended)
        assert held_by_dates([spell], today) is None, ended
    assert held_by_dates([Detention(started="2025-03-14", ended="[..2026-10]")], today) is False


def test_a_day_that_is_only_known_to_have_come_says_at_the_latest() -> None:
    with translation.override("en"):
        assert day_words("[..1962-08-05]") == "5 August 1962 at the latest"
