"""Where protected values stand in a text: every form of every value in one index, the text gone through once."""

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sealing import folding
from sealing.letters.particles import PARTICLES
from sealing.letters.scripts import UNSPACED, script_of
from sealing.matching import lexicon, numbers, sounds
from sealing.matching.names import (
    JOINED_LETTERS,
    NEAR_LETTERS,
    TURNED_LETTERS,
    UNSPACED_LETTERS,
    WORD_LETTERS,
    Form,
    How,
)
from sealing.matching.reading import Reading

Found = tuple[int, int, int]  # number of the value, start, end
Token = tuple[str, int, int]
Table = dict[str, tuple[int, ...]]

COMPACT = re.compile(r"[#@/\\=_\uff03\uff20]|(?<=\w)\.(?=\w)")
CHUNK = re.compile(r"\S+")
PLAIN_GAP = re.compile(r"[ \u00a0]+")
TIGHT_GAP = re.compile(r"[\s\-_·・/／|*.]{0,3}")
LONGEST_ENDING = 3
LONGEST_MARKED_ENDING = 6
LONGEST_LEANING = max(map(len, lexicon.LEANING))
START = 6
WITHOUT_SPACES = UNSPACED | {"HANGUL"}


class Index:
    """The forms of protected values, ready to be looked for. A value is known by its number."""

    def __init__(self, values: Iterable[tuple[Iterable[Form], Iterable[str]]]) -> None:
        kept: dict[str, Table] = {how: {} for how in How}
        self.figures: Table = {}
        for number, (forms, figures) in enumerate(values):
            own = (number,)
            for how, form in forms:
                table = kept[how]
                table[form] = own if (others := table.get(form)) is None else others + own
            for row in figures:
                self.figures[row] = (*self.figures.get(row, ()), number)
        self.words, self.runs, self.capitals = kept[How.WORD], kept[How.RUN], kept[How.CAPITAL]
        self.stems, self.leant, self.begins = kept[How.STEM], kept[How.LEANT], kept[How.BEGINS]
        self.inside, self.full, self.within = kept[How.INSIDE], kept[How.FULL], kept[How.WITHIN]
        self.near, self.sounds, self.pairs = kept[How.NEAR], kept[How.SOUND], kept[How.PAIR]
        self._measure()

    def _measure(self) -> None:
        """Note what makes looking quick: how long forms are, and how they start, also when they are turned round."""
        self.longest = max(map(len, [*self.words, *self.runs]), default=0)
        self.starts = {form[:START] for forms in (self.words, self.runs) for form in forms}
        self.starts |= {form[: -START - 1 : -1] for forms in (self.words, self.runs) for form in forms}
        self.full_lengths = sorted({len(form) for form in self.full})
        self.within_lengths = sorted({len(form) for form in self.within})
        self.figure_lengths = sorted({len(form) for form in self.figures})
        self.inside_lengths: dict[str, set[int]] = defaultdict(set)
        for form in self.inside:
            self.inside_lengths[form[:UNSPACED_LETTERS]].add(len(form))
        self.gaps: dict[str, list[str]] = {}
        for name in self.near:
            for form in (name, *_with_a_gap(name)):
                self.gaps.setdefault(form, []).append(name)

    def places(self, reading: Reading) -> set[Found]:
        """Return every value that stands in this reading of a text, with its place in the text as written."""
        looker = _Looker(self, reading.text)
        return {(number, *reading.place(start, end)) for number, start, end in looker.found()}


class _Looker:
    """One pass over one reading."""

    def __init__(self, index: Index, text: str) -> None:
        self.index = index
        self.text = text
        self.tokens = folding.tokens(text)
        self.known: dict[tuple[str, bool], list[int]] = {}
        self.inner: dict[str, list[int]] = {}

    def found(self) -> Iterator[Found]:
        yield from self._alone()
        yield from self._joined()
        yield from self._compact()
        yield from self._unspaced()
        yield from self._heard()
        yield from self._figures()

    def _alone(self) -> Iterator[Found]:
        for token, start, end in self.tokens:
            key = token, self.text[start : start + 1].isupper()
            numbers_found = self.known.get(key)
            if numbers_found is None:
                self.known[key] = numbers_found = self._of_a_word(*key)
            for number in numbers_found:
                yield number, start, end

    def _of_a_word(self, token: str, has_capital: bool) -> list[int]:
        index = self.index
        found = [*index.words.get(token, ()), *index.runs.get(token, ())]
        if len(token) >= TURNED_LETTERS:
            turned = token[::-1]
            found += [*index.words.get(turned, ()), *index.runs.get(turned, ())]
        longest = LONGEST_ENDING if token.isascii() else LONGEST_MARKED_ENDING
        for cut in range(min(longest, len(token) - WORD_LETTERS) + 1):
            if stems := index.stems.get(token[: len(token) - cut]):
                found += stems if cut <= LONGEST_ENDING or _has_marks(token) else ()
        if index.leant and not token.isascii():
            for size in range(1, min(LONGEST_LEANING, len(token) - 1) + 1):
                if token[:size] in lexicon.LEANING:
                    found += index.leant.get(token[size:], ())
        if index.begins:
            found += index.begins.get(token[:UNSPACED_LETTERS], ())
        if has_capital:
            found += index.capitals.get(token, ())
            found += self._near(token)
        return found + self._inner(token, index.full, index.full_lengths)

    def _near(self, token: str) -> list[int]:
        """Return the names that are one letter off: one left out, put in, changed, or two that changed places."""
        if len(token) < JOINED_LETTERS:
            return []
        gaps = self.index.gaps
        close = {name for form in (token, *_with_a_gap(token)) for name in gaps.get(form, ())}
        return [number for name in close if _is_one_off(token, name) for number in self.index.near[name]]

    def _inner(self, token: str, forms: Table, lengths: list[int]) -> list[int]:
        """Return what stands inside a word: a short form at its begin or end, a longer one anywhere."""
        found: list[int] = []
        for length in lengths:
            last = len(token) - length
            if last < 0:
                break
            for at in range(last + 1) if length >= NEAR_LETTERS else {0, last}:
                found += forms.get(token[at : at + length], ())
        return found

    def _joined(self) -> Iterator[Found]:
        """Find what is written in several words: neighbours parted, letters spelled out, a word broken by a line."""
        index, tokens = self.index, self.tokens
        for first in range(len(tokens) - 1):
            run = tokens[first][0]
            for last in range(first + 1, len(tokens)):
                run += tokens[last][0]
                if len(run) > index.longest or (len(run) >= START and run[:START] not in index.starts):
                    break
                yield from self._of_a_run(run, first, last)

    def _of_a_run(self, run: str, first: int, last: int) -> Iterator[Found]:
        index = self.index
        for letters, least in ((run, WORD_LETTERS), (run[::-1], TURNED_LETTERS)):
            if len(letters) < least:
                continue
            found = list(index.runs.get(letters, ()))
            if letters in index.words and self._is_word_in_pieces(letters, first, last):
                found += index.words[letters]
            for number in found:
                yield number, self.tokens[first][1], self.tokens[last][2]

    def _is_word_in_pieces(self, letters: str, first: int, last: int) -> bool:
        """Whether these pieces are one word: long enough, spelled letter by letter, or parted by more than a space."""
        pieces = self.tokens[first : last + 1]
        if len(letters) >= JOINED_LETTERS or all(len(piece[0]) == 1 for piece in pieces):
            return True
        gaps = (self.text[one[2] : two[1]] for one, two in itertools.pairwise(pieces))
        return not any(PLAIN_GAP.fullmatch(gap) for gap in gaps)

    def _compact(self) -> Iterator[Found]:
        """Find names inside tags, handles, addresses and names of files."""
        index = self.index
        if not index.within or not COMPACT.search(self.text):
            return
        spans = iter([match.span() for match in CHUNK.finditer(self.text) if COMPACT.search(match.group())])
        span = next(spans, None)
        for token, start, end in self.tokens:
            while span and span[1] <= start:
                span = next(spans, None)
            if span is None:
                return
            if span[0] <= start:
                for number in self._inner(token, index.within, index.within_lengths):
                    yield number, start, end

    def _unspaced(self) -> Iterator[Found]:
        """Find names in scripts without spaces, wherever they stand; before a vowel sign a name has not ended."""
        index = self.index
        if not index.inside:
            return
        letters, places = self._unspaced_letters()
        for at in range(len(letters) - 1):
            for length in index.inside_lengths.get(letters[at : at + UNSPACED_LETTERS], ()):
                piece = letters[at : at + length]
                numbers_found = index.inside.get(piece, ())
                if len(piece) < length or not numbers_found or _is_mark(letters[at + length : at + length + 1]):
                    continue
                start, end = places[at][0], places[at + length - 1][1]
                if length > UNSPACED_LETTERS or TIGHT_GAP.fullmatch(self.text, places[at][1], places[at + 1][0]):
                    for number in numbers_found:
                        yield number, start, end

    def _unspaced_letters(self) -> tuple[str, list[tuple[int, int]]]:
        letters: list[str] = []
        places: list[tuple[int, int]] = []
        for token, start, end in self.tokens:
            if script_of(token[0]) not in WITHOUT_SPACES and not _is_mark(token[0]):
                letters.append("\n")
                places.append((start, end))
                continue
            is_row = len(token) == end - start
            letters.append(token)
            places += [(start + n, start + n + 1) if is_row else (start, end) for n in range(len(token))]
        return "".join(letters), places

    def _heard(self) -> Iterator[Found]:
        """Find names by their consonants: one with many, or two parts of one name that stand together."""
        index = self.index
        if not (index.sounds or index.pairs):
            return
        other, other_start = "", 0
        for token, start, end in self.tokens:
            raw = self.text[start:end]
            heard = sounds.consonants(raw) if raw[:1].isupper() else ""
            if len(heard) >= sounds.LEAST:
                for number in index.sounds.get(heard, ()):
                    yield number, start, end
                for number in index.pairs.get(" ".join(sorted((other, heard))), ()):
                    yield number, other_start, end
            if token not in PARTICLES:
                other, other_start = heard, start

    def _figures(self) -> Iterator[Found]:
        index = self.index
        if not index.figures:
            return
        for run in numbers.runs(self.tokens, self.text):
            for length in index.figure_lengths:
                for at in range(len(run.figures) - length + 1):
                    for number in index.figures.get(run.figures[at : at + length], ()):
                        yield number, run.places[at][0], run.places[at + length - 1][1]


def _with_a_gap(word: str) -> Iterator[str]:
    """Return the word with each of its letters but the first left out."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _is_one_off(one: str, other: str) -> bool:
    """Whether two words that agree but for a letter of each differ in one place only."""
    if len(one) != len(other):
        return True
    apart = [at for at, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs]
    is_swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and one[apart[0]] == other[apart[1]]
    return len(apart) == 1 or (is_swapped and one[apart[1]] == other[apart[0]])


def _is_mark(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter).startswith("M")


def _has_marks(token: str) -> bool:
    return any(_is_mark(letter) for letter in token)
