"""Marks that cannot be seen stay where they are spelling, and go, or are refused, where they only hide."""

import pytest

from sealing.letters.hidden import hides_something, without_hidden

SPELLED = (
    "سید علی\u200cنقی نمونه",  # Persian
    "می\u200cخواهیم",
    "ئه\u200cحمه\u200c د",  # Kurdish, at the end of a word too
    "क्\u200dष",  # Hindi
    "ක්\u200dරිස්ටි",  # Sinhala
    "ক্\u200cক",  # Bengali
    "ผม\u200bรัก",  # Thai
    "ខ្ញុំ\u200bចង់",  # Khmer
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family, one picture
    "\u2764\ufe0f\u200d\U0001f525",
    "Vedran Oskolov",
    "陈卫",
)
HIDING = {
    "Ve\u200bdran": "Vedran",
    "Ved\u200cran": "Vedran",
    "Ved\u200dran": "Vedran",
    "Vedran\u202bOskolov\u202c": "VedranOskolov",
    "\u2067سید\u2069": "سید",
    "\u200fسید\u200e": "سید",
    "co\u00adoperate": "cooperate",
    "\ufeffAna": "Ana",
    "陈卫\u200d民": "陈卫民",
    "علی\u200c\u200f\u200cنقی": "علی\u200cنقی",
    "\u200cعلی": "علی",
}


@pytest.mark.parametrize("text", SPELLED)
def test_what_a_language_spells_is_kept(text: str) -> None:
    assert without_hidden(text) == text
    assert not hides_something(text)


@pytest.mark.parametrize("text", HIDING)
def test_what_only_hides_is_taken_out_and_told(text: str) -> None:
    assert without_hidden(text) == HIDING[text]
    assert hides_something(text)
    assert not hides_something(HIDING[text])


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\u3164", "\u2800", "\u00a0\u200c", "Ana\u115f", "A\x07na", "A\u2028na"]
)
def test_what_shows_nothing_or_holds_a_blank_letter_hides(text: str) -> None:
    assert hides_something(text)
