"""Marks that cannot be seen: where they are spelling (Persian, Hindi, Thai, joined pictures), and where they only hide."""

import re
import unicodedata

from sealing.letters.scripts import UNSPACED, WITH_CASE, script_around

HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
JOINERS = frozenset("\u200c\u200d")
JOINS_PICTURES = "\u200d"
WORD_GAP = "\u200b"
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
_NEVER_SEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Zl", "Zp"})
_PICTURE = frozenset({"So", "Sk"})
_LOOKS_OF_A_PICTURE = "\ufe0f"


def is_spelling(mark: str, before: str, after: str) -> bool:
    """Say whether what cannot be seen is how the word is spelled, between these two letters.

    Joiners are, after a letter of a script that joins (Persian, Hindi, Sinhala), and between pictures; gaps between
    words are, in scripts without spaces (Thai, Khmer). Beside letters that have capitals, nothing is.
    """
    if mark == JOINS_PICTURES and _is_picture(before) and _is_picture(after):
        return True
    sides = script_around(before), script_around(after)
    if mark in JOINERS:
        return bool(sides[0]) and not set(sides) & (WITH_CASE | UNSPACED)
    return mark == WORD_GAP and set(sides) <= UNSPACED


def without_hidden(text: str) -> str:
    """Return the text without marks that cannot be seen, but for those that are spelling."""

    def kept(found: re.Match[str]) -> str:
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        return next((mark for mark in found.group() if is_spelling(mark, before, after)), "")

    return HIDDEN.sub(kept, text)


def hides_something(text: str) -> bool:
    """Say whether a text holds a mark that cannot be seen and is no spelling, or nothing that can be seen."""
    spelled = without_hidden(text)
    left = HIDDEN.sub("", spelled)
    is_blank = not any(sign not in BLANK_LETTERS and not sign.isspace() for sign in left)
    return is_blank or spelled != text or any(_is_never_seen(sign) for sign in left)


def _is_never_seen(sign: str) -> bool:
    return sign in BLANK_LETTERS or unicodedata.category(sign) in _NEVER_SEEN


def _is_picture(sign: str) -> bool:
    return bool(sign) and (unicodedata.category(sign) in _PICTURE or sign == _LOOKS_OF_A_PICTURE)
