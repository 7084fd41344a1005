"""When two words are nearly one: a letter typed wrongly, or one name heard alike and written in two scripts.

Loose on purpose, for a person who looks for a name and reads what is found; no scan asks it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sealing import folding, tags
from sealing.matching.sounds import CYRILLIC, consonants

LEAST_LETTERS = 5
"""A shorter word is another word as soon as one of its letters is."""
LEAST_CONSONANTS = 3
ARABIC = {
    "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh",
    "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "u",
    "ي": "i", "ی": "i", "ى": "a",
}  # fmt: skip
LETTER_OF_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")
ARTICLE = "ال"
AT_THE_BEGINNING = {"و": "w", "ي": "y", "ی": "y"}  # consonants there, and elsewhere mostly long vowels


@dataclass(frozen=True)
class NearWord:
    """A word that stands in a value: folded, and how it sounds, where that is enough to tell it by."""

    folded: str
    sound: str = ""

    @property
    def is_long(self) -> bool:
        """Say whether it is still told from others with one of its letters wrong."""
        return len(self.folded) >= LEAST_LETTERS


def words_of(value: str) -> list[NearWord]:
    """Return each word of a value longer than one character, and those that are also written joined."""
    tokens = folding.tokens(value)
    parts = [NearWord(token, sound(value[start:end])) for token, start, end in tokens if len(token) > 1]
    return list(dict.fromkeys([*parts, *(NearWord(joined) for joined in tags.joined(value))]))


def gaps(word: str) -> Iterator[str]:
    """Return a word and what is left of it without each of its letters: two words that are one letter off share one."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def is_one_off(one: str, other: str) -> bool:
    """Say whether two words differ by one letter changed, missing or too many, or by two neighbours that changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    mine, theirs = one[same:], other[same:]
    if len(one) != len(other):
        longer, shorter = (mine, theirs) if len(mine) > len(theirs) else (theirs, mine)
        return longer[1:] == shorter
    is_swapped = len(mine) > 1 and mine[0] == theirs[1] and mine[1] == theirs[0] and mine[2:] == theirs[2:]
    return is_swapped or mine[1:] == theirs[1:]


def sound(word: str) -> str:
    """Return the consonants by which a written word is told from others, whatever its script; nothing where they are few."""
    plain = unicodedata.normalize("NFKC", word).casefold().translate(CYRILLIC)
    if LETTER_OF_ARABIC.search(plain):
        plain = _in_latin(plain)
    heard = consonants(plain).replace("v", "f")  # Arabic writes both with one letter
    heard = "y" + heard if plain.startswith("y") else heard
    return heard if len(heard) >= LEAST_CONSONANTS else ""


def _in_latin(word: str) -> str:
    bare = word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 2 else word
    bare = AT_THE_BEGINNING.get(bare[0], bare[0]) + bare[1:]
    return "".join(ARABIC.get(letter, letter if letter.isascii() else "") for letter in bare)
