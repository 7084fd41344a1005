"""In which script a letter is written: what decides whether a name can be looked for in a text at all."""

import unicodedata
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By the first word of the letters' names in Unicode. Both kana are one script: whoever has one can be written in both.
WORDS: dict[str, Promise] = {
    "LATIN": _("Latin"),
    "ARABIC": _("Arabic or Persian"),
    "CYRILLIC": _("Cyrillic"),
    "CJK": _("Chinese characters"),
    "KANA": _("Japanese kana"),
    "HANGUL": _("Korean"),
    "GREEK": _("Greek"),
    "HEBREW": _("Hebrew"),
    "THAI": _("Thai"),
    "LAO": _("Lao"),
    "MYANMAR": _("Burmese"),
    "KHMER": _("Khmer"),
    "TIBETAN": _("Tibetan"),
    "DEVANAGARI": _("Devanagari"),
    "BENGALI": _("Bengali"),
    "GURMUKHI": _("Gurmukhi"),
    "GUJARATI": _("Gujarati"),
    "ORIYA": _("Odia"),
    "TAMIL": _("Tamil"),
    "TELUGU": _("Telugu"),
    "KANNADA": _("Kannada"),
    "MALAYALAM": _("Malayalam"),
    "SINHALA": _("Sinhala"),
    "GEORGIAN": _("Georgian"),
    "ARMENIAN": _("Armenian"),
    "ETHIOPIC": _("Ethiopic"),
    "MONGOLIAN": _("Mongolian"),
    "SYRIAC": _("Syriac"),
    "THAANA": _("Thaana"),
    "TIFINAGH": _("Tifinagh"),
    "NKO": _("N'Ko"),
}
WITH_CASE = frozenset({"LATIN", "CYRILLIC", "GREEK"})
UNSPACED = frozenset({"CJK", "KANA", "THAI", "LAO", "MYANMAR", "KHMER", "TIBETAN"})
LEAST_LETTERS = 2  # one letter names nobody
_SAME = {"HIRAGANA": "KANA", "KATAKANA": "KANA", "KATAKANA-HIRAGANA": "KANA", "HALFWIDTH": "KANA"}


@lru_cache(maxsize=20_000)
def script_of(letter: str) -> str:
    """Return the script of one letter, or nothing for a figure, a mark, or a sign."""
    if not unicodedata.category(letter).startswith("L") or unicodedata.category(letter) == "Lm":
        return ""
    word = unicodedata.name(letter, "").split(" ")[0]
    return _SAME.get(word, word)


def script_around(letter: str) -> str:
    """Return the script of a letter or of a mark on letters of one script, such as a vowel sign."""
    is_mark = bool(letter) and unicodedata.category(letter).startswith("M")
    return unicodedata.name(letter, "").split(" ")[0] if is_mark else script_of(letter) if letter else ""


def letters_by_script(text: str) -> dict[str, int]:
    """Return how many letters of each script stand in a text; styled and full-width letters count as plain ones."""
    counts: dict[str, int] = {}
    for letter in text if text.isascii() else unicodedata.normalize("NFKC", text):
        if script := script_of(letter):
            counts[script] = counts.get(script, 0) + 1
    return counts


def scripts_in(text: str) -> set[str]:
    """Return the scripts in which a text could name somebody: those with two letters or more."""
    return {script for script, count in letters_by_script(text).items() if count >= LEAST_LETTERS}


def in_words(script: str) -> str:
    """Return the name of a script for a reader; one that is not on our list keeps its name in Unicode."""
    known = WORDS.get(script)
    return str(known) if known else script.capitalize()


def base_letters(text: str) -> int:
    """Return how many letters a word has, vowel signs and other marks not counted."""
    return len(text) if text.isalpha() else sum(1 for letter in text if unicodedata.category(letter).startswith("L"))
