"""Folding: one form for texts that people read as the same, so that a disguised name still meets itself.

Folded text is for comparing and for tags of the blind index only. It is never shown, and it is never stored in clear.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

from sealing.letters import han, lookalikes

Token = tuple[str, int, int]

# Figures need neither a semicolon nor few noughts: browsers read both.
ENTITY = r"&(?:amp;)*(?:#\d{1,12};?|#[xX][0-9a-fA-F]{1,12};?|[A-Za-z][A-Za-z0-9]{1,31};)"
SEPARATORS = (
    r"\s\x00-\x1f!-/:-@\[-`{-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7"
    r"\u02c2-\u02c5\u02d2-\u02df\u037e\u0387\u055a-\u055f\u0589-\u058a\u05be\u05c0\u05c3\u05f3\u05f4"
    r"\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4\u0964\u0965\u0f0b\u0f0d\u104a\u104b\u1361-\u1368"
    r"\u2010-\u2029\u202f-\u205f\u207a-\u207e\u20a0-\u20a7\u20a9-\u20cf\u2190-\u245f\u2500-\u2bff\u2e00-\u2e7f"
    r"\u3000-\u3004\u3008-\u3020\u3030\u303d\u30a0\u30fb\ufe10-\ufe19\ufe30-\ufe6b"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufffc\ufffd\U0001f000-\U0001f0ff\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
)
# Scripts written without spaces: each character is a token of its own, and a name is a row of them.
UNSPACED = r"\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_WORD = re.compile(rf"(?:{ENTITY}|[^{SEPARATORS}])+")
_TOKEN = re.compile(rf"[{UNSPACED}]|[^{SEPARATORS}{UNSPACED}]+")
_SPACE = re.compile(r"\s+")
_ENTITY = re.compile(ENTITY)
_LATIN = re.compile(r"[A-Za-z]")
_GREEK_CAPITAL = re.compile(r"[\u0391-\u03a9]")
_WORD_WITH_GREEK = re.compile(r"[A-Za-z\u0370-\u03ff]+")
_INVISIBLE = frozenset({"Cf", "Cs", "Co", "Me", "Sk"})
# Marks that are accents, points or noise: those of Latin, Greek, Cyrillic, Arabic and Hebrew, those of no script, and
# the dot that Hindi writers leave out. Elsewhere (Thai, Burmese, Khmer, Devanagari ...) a mark is a vowel, and stays.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u074a"
    "\u07eb-\u07f3\u08ca-\u08ff\u093c\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u2de0-\u2dff"
    "\ua66f-\ua69f\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f\U0001d165-\U0001d1ad\U000e0100-\U000e01ef]"
)
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u180e")
_DEEPEST_ENTITY = 3


class _Folds(dict[int, str | int | None]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str | int | None:
        letter = chr(code)
        folded: str | int | None = code
        if letter in _BLANK_LETTERS or unicodedata.category(letter) in _INVISIBLE or _ACCENTS.match(letter):
            folded = None
        elif (digit := unicodedata.decimal(letter, None)) is not None:
            folded = str(digit)
        self[code] = folded
        return folded


_FOLDS = _Folds({**han.table(), **lookalikes.table()})


def fold(text: str) -> str:
    """Return the text as comparing needs it: entities decoded, case, marks, hidden characters and disguises gone.

    Punctuation stays, spaces of every kind and number become one.
    """
    return _SPACE.sub(" ", _fold(text)).strip()


def tokens(text: str) -> list[Token]:
    """Return each folded word with where it starts and ends in the original text."""
    memory: dict[str, tuple[str, ...]] = {}
    found: list[Token] = []
    for match in _WORD.finditer(text):
        word = match.group()
        parts = memory.get(word)
        if parts is None:
            memory[word] = parts = tuple(_TOKEN.findall(_fold(word)))
        if len(parts) == 1:
            found.append((parts[0], match.start(), match.end()))
        else:
            found.extend(_placed(word, parts, match.start()))
    return found


def squash(text: str) -> str:
    """Return the folded text without anything between its letters and digits, so that spacing hides nothing."""
    return "".join(_TOKEN.findall(_fold(text)))


def skeleton(text: str) -> str:
    """Return what a name looks like at a glance: squashed, with I, l, 1 and |, O and 0, rn and m taken for one another.

    Two names with one skeleton are taken for each other. It is coarser than `squash`, and no scan asks it.
    """
    plain = unicodedata.normalize("NFKC", _unescaped(text))
    figures = "".join(sign if (digit := unicodedata.decimal(sign, None)) is None else str(digit) for sign in plain)
    seen = squash(figures.translate(lookalikes.AT_A_GLANCE))
    for pair, letter in lookalikes.PAIRS_AT_A_GLANCE:
        seen = seen.replace(pair, letter)
    return seen


def squash_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return squashed text and, for each of its characters, start and end of the word it came from."""
    pieces = tokens(text)
    places = [(start, end) for token, start, end in pieces for _letter in token]
    return "".join(token for token, _start, _end in pieces), places


def disguises(text: str) -> list[tuple[str, int, int]]:
    """Return what only hides a word: `mixed-script` words and `hidden-character` inside one, with their places.

    Joiners that Arabic and Indic writing needs are no disguise; they count beside Latin, Greek or Cyrillic letters.
    """
    found: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isascii() and "&" not in word:
            continue
        plain = _unescaped(word)
        scripts = {name for letter in plain if (name := _script(letter))}
        if len(scripts) > 1:
            found.append(("mixed-script", match.start(), match.end()))
        hidden = any(letter in _BLANK_LETTERS or unicodedata.category(letter) == "Cf" for letter in plain[1:-1])
        if hidden and scripts and "\xad" not in plain:
            found.append(("hidden-character", match.start(), match.end()))
    return found


def _fold(text: str) -> str:
    if text.isascii() and "&" not in text:
        return text.lower()
    plain = unicodedata.normalize("NFKC", _unescaped(text))
    if _GREEK_CAPITAL.search(plain) and _LATIN.search(plain):
        plain = _WORD_WITH_GREEK.sub(_greek_capitals_by_shape, plain)
    bare = unicodedata.normalize("NFD", plain.casefold()).translate(_FOLDS)
    return unicodedata.normalize("NFC", bare)


def _unescaped(text: str) -> str:
    for _ in range(_DEEPEST_ENTITY):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


def _greek_capitals_by_shape(match: re.Match[str]) -> str:
    word = match.group()
    return word.translate(lookalikes.GREEK_CAPITALS) if _LATIN.search(word) else word


def _placed(word: str, parts: tuple[str, ...], start: int) -> Iterator[Token]:
    """The tokens of a word that is several: each at its own place where one character makes one token."""
    is_row = len(parts) == len(word)
    for number, part in enumerate(parts):
        yield (part, start + number, start + number + 1) if is_row else (part, start, start + len(word))


def _script(letter: str) -> str:
    """The alphabet of a letter, for the alphabets that are mistaken for each other."""
    code = ord(letter)
    if code < 0x80:
        return "latin" if letter.isalpha() else ""
    if 0xC0 <= code <= 0x24F and code not in {0xD7, 0xF7}:
        return "latin"
    if 0x370 <= code <= 0x3FF:
        return "greek"
    if 0x400 <= code <= 0x52F:
        return "cyrillic"
    if 0x530 <= code <= 0x58F or 0x13A0 <= code <= 0x13F5 or 0xA4D0 <= code <= 0xA4FF:
        return "other"
    return ""
