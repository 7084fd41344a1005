"""One look at a text that would leave: every place that shows a protected value, and what could not be looked for."""

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from casework.models import Case
from safety.leaks.index import Index
from safety.leaks.names import WITH_CASE
from safety.leaks.people import scripts_without_a_name
from safety.leaks.reading import Reading, readings
from safety.leaks.terms import Protected, protected_terms
from safety.leaks.twins import CaseBeside, scripts_without_a_name_beside, terms_beside
from safety.models import LeakScan
from sealing import folding
from sealing.letters.scripts import UNSPACED, script_around

Place = tuple[int, int]

HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
JOINERS = frozenset("\u200c\u200d")
WORD_GAP = "\u200b"
GAP = re.compile(r"[\s\-\u2010\u2011]*")
MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0370-\u03ff\u0400-\u04ff])\w+\b")


@dataclass(frozen=True)
class Hit:
    """One place in one part of the text that shows a protected value, or hides something."""

    case_id: uuid.UUID
    field: str
    part: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Look:
    """What one look found; `blind` names each script that could not be checked, and how many people lack a form in it."""

    hits: list[Hit]
    blind: dict[str, int]

    @property
    def verdict(self) -> LeakScan.Verdict:
        """Return the verdict. What could not be checked is never clean, whatever else was found."""
        if self.blind:
            return LeakScan.Verdict.CANNOT_CHECK
        return LeakScan.Verdict.FINDINGS if self.hits else LeakScan.Verdict.CLEAN


def look(
    cases: list[Case],
    parts: dict[str, str],
    opened: dict[uuid.UUID, set[str]],
    *,
    beside: Iterable[CaseBeside] = (),
    has_no_name: bool = False,
) -> Look:
    """Look a text through, part by part, for what these cases protect; `opened` is what consent opens, by case.

    So do the cases `beside` them, which may be about the same person; how many people there lack a form is not counted.
    """
    terms, text, rows = protected_terms(cases, opened), "\n".join(parts.values()), list(beside)
    terms += [term for row in rows for term in terms_beside(row, opened.get(row.of.pk, set()))]
    found = hits(parts, terms, [case.pk for case in cases])
    blind = scripts_without_a_name(cases, text, opened, has_no_name=has_no_name)
    for row in rows:
        for script in scripts_without_a_name_beside(row, text, opened.get(row.of.pk, set())):
            blind.setdefault(script, 1)
    return Look(found, blind)


def hits(parts: dict[str, str], terms: Iterable[Protected], case_ids: list[uuid.UUID]) -> list[Hit]:
    """Return every hit, in reading order, one for each place; the values are compared folded (SECURITY.md 5)."""
    terms = list(terms)
    index = Index((term.forms, term.figures) for term in terms)
    opened = {words for term in terms for words in term.within}
    found: list[Hit] = []
    for part, text in parts.items():
        places: dict[tuple[str, int, int], Hit] = {}
        for number, start, end in _standing(index, terms, text, opened):
            term = terms[number]
            places.setdefault(
                (term.field, start, end), Hit(term.case_id, term.field, part, start, end, text[start:end])
            )
        for pattern, field in ((HIDDEN, "hidden-character"), (MIXED, "mixed-scripts")):
            for match in (one for one in pattern.finditer(text) if not _is_spelling(text, one)):
                places.setdefault((field, *match.span()), Hit(case_ids[0], field, part, *match.span(), match.group()))
        found += _outermost(sorted(places.values(), key=lambda hit: (hit.start, -hit.end)))
    return found


def _is_spelling(text: str, match: re.Match[str]) -> bool:
    """Whether what cannot be seen is how the word is spelled: joiners in Persian and Hindi, gaps in Thai and Khmer."""
    around = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    scripts = {script_around(letter) for letter in around}
    if match.group() in JOINERS:
        return not scripts & (WITH_CASE | UNSPACED | {""})
    return match.group() == WORD_GAP and scripts <= UNSPACED


def places_in(index: Index, text: str) -> set[tuple[int, int, int]]:
    """Return the number and place of every value that stands in any reading of the text."""
    return {found for reading in readings(text) for found in index.places(reading)}


def _standing(
    index: Index, terms: list[Protected], text: str, opened: set[tuple[str, ...]]
) -> Iterator[tuple[int, int, int]]:
    """Return what stands in any reading of the text, but for what is part of a name that consent opens."""
    told = [place for reading in readings(text) if opened for words in opened for place in _phrases(words, reading)]
    for number, start, end in sorted(places_in(index, text)):
        term = terms[number]
        is_told = bool(term.within) and any(a <= start and end <= b for a, b in told)
        if not is_told and not (term.but and folding.squash(text[start:end]) in term.but):
            yield number, start, end


def _outermost(found: list[Hit]) -> list[Hit]:
    """Leave out a hit that lies inside a longer one of the same field: one place is ruled on once."""
    kept: list[Hit] = []
    furthest: dict[tuple[uuid.UUID, str], int] = {}
    for hit in found:
        if hit.end > furthest.get((hit.case_id, hit.field), -1):
            furthest[hit.case_id, hit.field] = hit.end
            kept.append(hit)
    return _one_at_each_place(kept)


def _one_at_each_place(found: list[Hit]) -> list[Hit]:
    places: dict[Place, Hit] = {}
    for hit in found:
        places.setdefault((hit.start, hit.end), hit)
    return list(places.values())


def _phrases(words: tuple[str, ...], reading: Reading) -> Iterator[Place]:
    """Find a whole name: its words one after the other, with nothing but spaces and hyphens between them."""
    tokens = folding.tokens(reading.text)
    for at in range(len(tokens) - len(words) + 1):
        run = tokens[at : at + len(words)]
        if tuple(token for token, _start, _end in run) == words and all(
            GAP.fullmatch(reading.text[one[2] : two[1]]) for one, two in pairwise(run)
        ):
            yield reading.place(run[0][1], run[-1][2])
