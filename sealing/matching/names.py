"""How a protected name stands in running text: its parts, joined and parted, with other endings, behind leaning words."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from sealing import folding
from sealing.letters.particles import PARTICLES
from sealing.letters.scripts import UNSPACED, WITH_CASE, base_letters, script_of
from sealing.matching import lexicon, sounds

SPELLINGS = re.compile(r"\s*[/;|\n()]\s*|\s+[-–—]\s+")
WORD_LETTERS = 3
UNSPACED_LETTERS = 2
JOINED_LETTERS = 5
JOINED_ELSEWHERE = 4
WITHIN_LETTERS = 5
FULL_LETTERS = 7
NEAR_LETTERS = 6
TURNED_LETTERS = 5
MOST_JOINED = 4
STEM_LETTERS = {"CYRILLIC": 4, "LATIN": 5, "GREEK": 5}
STEM_ELSEWHERE = 3
LEANT = frozenset({"ARABIC", "HEBREW", "ETHIOPIC"})
ENDINGS = {
    "CYRILLIC": re.compile("[аяйьоеиуыюё]$"),
    "GREEK": re.compile("(?:[οηαυ][ςσ]|[οηαιουω])$"),
    "GEORGIAN": re.compile("[აეიოუ]$"),
    "LATIN": re.compile("[aeo]$"),
}
ARTICLE = "ال"


class How(StrEnum):
    """How a form is looked for."""

    WORD = "word"  # a word, or pieces of one, that begin and end with a word of the text
    RUN = "run"  # several words of the name run together, or parted anywhere
    CAPITAL = "capital"  # a word that counts where it is written with a capital
    STEM = "stem"  # a word that begins so, with a short ending
    LEANT = "leant"  # a word that ends so, behind a leaning word
    BEGINS = "begins"  # any word that begins so
    INSIDE = "inside"  # anywhere, in scripts without spaces
    FULL = "full"  # a whole name, inside any one word
    WITHIN = "within"  # inside a tag, a handle, an address, the name of a file
    NEAR = "near"  # a word with a capital that is one letter off
    SOUND = "sound"  # consonants that are a name by themselves
    PAIR = "pair"  # consonants of two parts that stand together, sorted, with a space between


Form = tuple[How, str]


class NamePart(NamedTuple):
    """One word of a name: folded, as written, and its script."""

    token: str
    raw: str
    script: str

    @property
    def is_title(self) -> bool:
        """Whether the word only says how somebody is addressed."""
        return self.token in lexicon.TITLES

    @property
    def is_particle(self) -> bool:
        """Whether the word stands in many names and is never looked for alone."""
        return self.token in PARTICLES


def forms_of(name: str, spared: Collection[str] = ()) -> set[Form]:
    """Return every form in which this name would be recognised, less single words that are spared."""
    found: set[Form] = set()
    for spelling in SPELLINGS.split(name):
        parts = parts_of(spelling)
        if spaced := [part for part in parts if part.script not in UNSPACED]:
            _spaced(found, spaced, spared)
        if len(spaced) < len(parts):
            _unspaced(found, [part for part in parts if part.script in UNSPACED], spared)
    return found


def parts_of(name: str) -> list[NamePart]:
    """Return the words of a name; in scripts without spaces, what stands between spaces."""
    parts: list[NamePart] = []
    last = -1
    for token, start, end in folding.tokens(name):
        raw = name[start:end]
        script = script_of(raw[0]) or next((found for letter in raw if (found := script_of(letter))), "")
        if parts and script in UNSPACED and parts[-1].script in UNSPACED and (start == last or script == "TIBETAN"):
            before = parts.pop()
            token, raw = before.token + token, before.raw + (" " if start > last else "") + raw
        parts.append(NamePart(token, raw, script))
        last = end
    return parts


def is_one_family(one: str, other: str) -> bool:
    """Whether two folded family names are one in two endings, as Petrov and Petrova are."""
    short, long = sorted((one, other), key=len)
    return one == other or (
        len(short) >= STEM_LETTERS["CYRILLIC"] and long.startswith(short) and len(long) <= len(short) + 3
    )


def _without_titles(parts: list[NamePart]) -> list[NamePart]:
    left = list(parts)
    while len(left) > 1 and (left[0].is_title or (left[0].is_particle and len(left) > 2 and left[1].is_title)):
        left = left[1:]
    while len(left) > 1 and left[-1].token in lexicon.AFTER_NAMES:
        left = left[:-1]
    return left


def _spaced(found: set[Form], told: list[NamePart], spared: Collection[str]) -> None:
    parts = _without_titles(told)
    # A particle at the end is a name (Nguyễn Thị Vân); one at the beginning may be (Ben Carter).
    own = [part for part in parts if not part.is_particle or (part is parts[-1] and len(part.token) >= WORD_LETTERS)]
    own = own or parts
    if parts[0].token in lexicon.PARTICLES_AND_NAMES:
        found.add((How.CAPITAL, parts[0].token))
    for part in own:
        if part.token not in spared:
            found.update(_one_word(part))
    found.update((How.CAPITAL, part.token) for part in told if part.token in lexicon.ALSO_NAMES and part not in parts)
    tokens = [part.token for part in parts]
    names = [part.token for part in own if len(part.token) > 1]
    wholes = {"".join(tokens), "".join(part.token for part in told), "".join(names), "".join(names[::-1])}
    if len(names) > 2:
        wholes.add("".join([*names[-1:], *names[:-1]]))
    for joined in wholes | _joined(parts, spared) if len(parts) > 2 else wholes:
        _whole(found, joined)
    if len(names) > 1 and all(len(token) < WORD_LETTERS for token in names):
        found.update((How.RUN, joined) for joined in wholes if len(joined) > WORD_LETTERS)
    if len(own) > 1:
        for one, other in combinations([part for part in own if part.script in WITH_CASE], 2):
            pair = sounds.consonants(one.raw), sounds.consonants(other.raw)
            if min(map(len, pair)) >= sounds.LEAST and len(pair[0]) + len(pair[1]) >= sounds.TOGETHER:
                found.add((How.PAIR, " ".join(sorted(pair))))


def _whole(found: set[Form], joined: str) -> None:
    if len(joined) >= JOINED_LETTERS or (not joined.isascii() and len(joined) >= JOINED_ELSEWHERE):
        found.add((How.RUN, joined))
        if len(joined) >= FULL_LETTERS:
            found.add((How.FULL, joined))


def _joined(parts: list[NamePart], spared: Collection[str]) -> set[str]:
    """Return neighbours run together, as long as one of them is a name that is looked for."""
    found = set()
    for first in range(len(parts)):
        for last in range(first + 2, min(first + MOST_JOINED, len(parts)) + 1):
            row = parts[first:last]
            if not all(part.is_particle or part.token in spared for part in row):
                found.add("".join(part.token for part in row))
    return found


@lru_cache(maxsize=50_000)
def _one_word(part: NamePart) -> tuple[Form, ...]:
    token, script = part.token, part.script
    if script == "HANGUL":
        return tuple(_hangul(token))
    found: list[Form] = []
    least = WORD_LETTERS if script in WITH_CASE or not script else UNSPACED_LETTERS
    if len(token) >= least and not token.isdecimal():
        found.append((How.WORD, token))
    elif len(token) == WORD_LETTERS - 1 and token.isalpha():
        found.append((How.CAPITAL, token))
    if script in LEANT and base_letters(token) >= WORD_LETTERS:
        bare = token.removeprefix(ARTICLE) if len(token) > len(ARTICLE) + 2 else token
        found += [(How.LEANT, token), (How.LEANT, bare), (How.WORD, bare)]
    found += [(How.STEM, stem) for stem in _stems(token, part.raw.casefold(), script)]
    if len(token) >= WITHIN_LETTERS and token.isalpha():
        found.append((How.WITHIN, token))
    if script in WITH_CASE:
        if len(token) >= NEAR_LETTERS:
            found.append((How.NEAR, token))
        if len(heard := sounds.consonants(part.raw)) >= sounds.ALONE:
            found.append((How.SOUND, heard))
    return tuple(found)


def _stems(token: str, raw: str, script: str) -> set[str]:
    """Return what the word begins with in every case of its declension; a short word has none, it would meet too many."""
    least = STEM_LETTERS.get(script, STEM_ELSEWHERE)
    if base_letters(raw) < least:
        return set()
    ending = ENDINGS.get(script)
    bare = token[: -len(match.group())] if ending and (match := ending.search(raw)) else token
    if script == "LATIN":
        return {token} | ({bare} if len(bare) >= least else set())
    return {bare} if len(bare) >= WORD_LETTERS else {token}


def _hangul(token: str) -> Iterator[Form]:
    """A name in Korean letters: words carry their particles, so a given name counts where it begins a word."""
    if len(token) >= WORD_LETTERS:
        yield How.INSIDE, token
        yield How.BEGINS, token[-UNSPACED_LETTERS:]
    elif len(token) == UNSPACED_LETTERS:
        yield How.BEGINS, token


def _unspaced(found: set[Form], parts: list[NamePart], spared: Collection[str]) -> None:
    own = [token for part in parts if (token := _without_leading_title(part.token))]
    whole = "".join(own)
    names = {token for token in [*own, whole] if base_letters(token) >= UNSPACED_LETTERS}
    if parts[0].script == "CJK":
        names |= {name for part in own for name in _han_names(part)}
        names |= {whole[::-1]} if base_letters(whole) > UNSPACED_LETTERS else set()
    if parts[0].script == "TIBETAN":
        names |= {name for name in _halves(parts[0].raw) if base_letters(name) >= WORD_LETTERS}
    found.update((How.INSIDE, name) for name in names if name not in spared)


def _without_leading_title(token: str) -> str:
    for title in lexicon.FOLLOWING_TITLES:
        if token.endswith(title) and base_letters(token) - base_letters(title) >= UNSPACED_LETTERS:
            token = token.removesuffix(title)
    for title in lexicon.LEADING_TITLES:
        rest = token.removeprefix(title)
        is_parted = bool(rest) and not unicodedata.category(rest[0]).startswith("M")
        if rest == "":
            return ""
        if rest != token and is_parted and base_letters(rest) >= UNSPACED_LETTERS:
            return rest
    return token


def _han_names(part: str) -> Iterator[str]:
    """Return the given name, and a surname of two characters, of a name in Han characters."""
    has_long_surname = part[:2] in lexicon.HAN_SURNAMES
    if len(part) == 3 and not has_long_surname:
        yield part[1:]
    elif len(part) == 4:
        yield part[2:]
        if not has_long_surname:
            yield part[:2]


def _halves(raw: str) -> Iterator[str]:
    """Return the first and the last two syllables of a Tibetan name of four."""
    syllables = [token for token, _start, _end in folding.tokens(raw)]
    if len(syllables) == 4:
        yield "".join(syllables[:2])
        yield "".join(syllables[2:])
