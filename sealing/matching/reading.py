"""A text as somebody could read it: without mark-up, with codes and tags taken apart, with figures read as letters.

Each reading keeps, for every letter, where it stood in the text as written.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

MARK_UP = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]{0,300}>", re.DOTALL)
EMPHASIS = re.compile(r"(?<=\w)[*_~`]{1,3}(?=\w)|(?<!\w)[*_~`]{1,3}(?=\w)|(?<=\w)[*_~`]{1,3}(?!\w)")
PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))")
PARTED = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011]\s*\r?\n\s*(?=\w)")
SPOKEN = re.compile(
    r"\s{0,3}[(\[{<]\s{0,3}(at|dot|arroba|punto|point|arobase|punkt|ponto)\s{0,3}[)\]}>]\s{0,3}", re.IGNORECASE
)
BRACKET = re.compile(r"[(\[{<]")
EMPHASIS_SIGN = re.compile("[*_~`]")
SIGNS_OR_FIGURES = re.compile(r"[\d$€£!|@]")
SPOKEN_AS = {"at": "@", "arroba": "@", "arobase": "@"}
CAMEL = re.compile(
    "[a-z\u00df-\u00ff\u0101-\u024f\u03ac-\u03ce\u0430-\u045f](?=[A-Z\u00c0-\u00de\u0100-\u024e\u0386-\u03ab\u0400-\u042f])"
)
WITH_CASE = "[A-Za-z\u00c0-\u04ff]"
WITHOUT_CASE = "[\u0590-\u109f\u1100-\u11ff\u1200-\u137f\u1780-\u17ff\uac00-\ud7a3]"
SCRIPT_EDGE = re.compile(f"{WITH_CASE}(?={WITHOUT_CASE})|{WITHOUT_CASE}(?={WITH_CASE})")
SIGNS = {"$": "s", "@": "a", "!": "i", "€": "e", "£": "l", "|": "l"}
SIGN = re.compile(r"(?<!\w)[$€£](?=[^\W\d_])|(?<=[^\W\d_])[$!€£|@](?=[^\W\d_])")
ADDRESS = re.compile(r"\S+@\S+\.\w+")
# Words of plain letters with a figure among them; a year, a paragraph or 2nd are none.
FIGURED = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z$@!']{0,40}\d)(?=[\d$@!']{0,40}[A-Za-z])[A-Za-z0-9]+")
LETTERS_FOR_FIGURES: tuple[dict[str, str], ...] = (
    dict(zip("013457896", "oieastbgg", strict=True)),
    dict(zip("01345789", "olzastbg", strict=True)),
    {"2": "", "3": "", "5": "kh", "6": "t", "7": "h", "8": "q", "9": "s", "0": "o", "1": "i", "4": "a"},
    {"3": "a", "5": "kh", "7": "h", "2": "a", "6": "t", "8": "gh", "9": "q"},
)
ROUNDS = 3


@dataclass(frozen=True)
class Reading:
    """One reading of a text; `starts` and `ends` lead each letter back to the text as written."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where this piece stands in the text as written."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def replaced(self, pattern: re.Pattern[str], put: Callable[[re.Match[str]], str]) -> "Reading":
        """Return the reading with each match replaced; what is put there stands where the match stood."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for match in pattern.finditer(self.text):
            new = put(match)
            if new == match.group() and new:
                continue
            self._keep(at, match.start(), pieces, starts, ends)
            if new:
                place = self.place(match.start(), max(match.end(), match.start() + 1))
                pieces.append(new)
                starts += [place[0]] * len(new)
                ends += [place[1]] * len(new)
            at = match.end()
        if not pieces and at == 0:
            return self
        self._keep(at, len(self.text), pieces, starts, ends)
        return Reading("".join(pieces), tuple(starts), tuple(ends))

    def _keep(self, start: int, end: int, pieces: list[str], starts: list[int], ends: list[int]) -> None:
        pieces.append(self.text[start:end])
        starts += range(start, end) if self.starts is None else self.starts[start:end]
        ends += range(start + 1, end + 1) if self.ends is None else self.ends[start:end]


def readings(text: str) -> Iterator[Reading]:
    """Return the text as written, and each other way in which it can be read, where it differs."""
    written = Reading(text)
    plain = without_marks(written)
    seen = set()
    for reading in (written, plain, taken_apart(plain), *with_letters_for_figures(plain)):
        if reading.text not in seen:
            seen.add(reading.text)
            yield reading


def without_marks(reading: Reading) -> Reading:
    """Return the text without mark-up and codes: what a browser, a reader of addresses or of mail would show."""
    for _round in range(ROUNDS):
        before = reading.text
        if "%" in before:
            reading = reading.replaced(PERCENT, _decoded)
        if "\\" in before:
            reading = reading.replaced(ESCAPED, lambda match: chr(int(match[1] or match[2], 16)))
        if reading.text == before:
            break
    text = reading.text
    if "<" in text:
        reading = reading.replaced(MARK_UP, lambda _match: "")
    if "\n" in text:
        reading = reading.replaced(PARTED, lambda _match: "")
    if BRACKET.search(text):
        reading = reading.replaced(SPOKEN, lambda match: SPOKEN_AS.get(match[1].lower(), "."))
    return reading.replaced(EMPHASIS, lambda _match: "") if EMPHASIS_SIGN.search(text) else reading


def taken_apart(reading: Reading) -> Reading:
    """Return the text with a gap before each capital inside a word, and where one script runs into another."""
    reading = reading.replaced(CAMEL, _with_gap)
    return reading if reading.text.isascii() else reading.replaced(SCRIPT_EDGE, lambda match: f"{match.group()} ")


def _with_gap(match: re.Match[str]) -> str:
    before, after = match.group(), match.string[match.end()]
    return f"{before} " if before.islower() and after.isupper() else before


def with_letters_for_figures(reading: Reading) -> Iterator[Reading]:
    """Return the words with figures and signs in them as the letters that these stand for, in each usual way."""
    signed = reading
    if not SIGNS_OR_FIGURES.search(reading.text):
        return
    if SIGN.search(reading.text):
        addresses = [match.span() for match in ADDRESS.finditer(reading.text)]

        def letter(match: re.Match[str]) -> str:
            is_address = match.group() == "@" and any(start <= match.start() < end for start, end in addresses)
            return match.group() if is_address else SIGNS[match.group()]

        signed = reading.replaced(SIGN, letter)
        yield signed
    if FIGURED.search(signed.text):
        for table in LETTERS_FOR_FIGURES:
            yield _with_table(signed, table)


def _with_table(reading: Reading, table: dict[str, str]) -> Reading:
    return reading.replaced(FIGURED, lambda match: "".join(table.get(letter, letter) for letter in match.group()))


def _decoded(match: re.Match[str]) -> str:
    raw = unquote_to_bytes(match.group())
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
