"""One look at a text that would leave: every place that shows a protected value, and what could not be looked for."""

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from casework.models import Case
from safety.leaks.people import scripts_without_a_name
from safety.leaks.terms import Protected, protected_terms
from safety.leaks.third_persons import THIRD_PERSON, Accounted, known_in, others_in
from safety.leaks.twins import CaseBeside, scripts_without_a_name_beside, terms_beside
from safety.models import LeakScan
from sealing import folding
from sealing.letters.hidden import HIDDEN, is_spelling
from sealing.matching.index import Index
from sealing.matching.reading import Reading, readings

Place = tuple[int, int]

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
    """What one look found; `blind` names each script that could not be checked, and how many people lack a form in it.

    `untold` names each script in which the name of somebody else cannot be told from another word.
    """

    hits: list[Hit]
    blind: dict[str, int]
    untold: tuple[str, ...] = ()

    @property
    def verdict(self) -> LeakScan.Verdict:
        """Return the verdict. What could not be checked is never clean, whatever else was found."""
        if self.blind or self.untold:
            return LeakScan.Verdict.CANNOT_CHECK
        return LeakScan.Verdict.FINDINGS if self.hits else LeakScan.Verdict.CLEAN

    @property
    def unchecked(self) -> list[tuple[str, int]]:
        """Return each script that could not be checked, and how many people lack a form in it.

        With nobody: there the names of other people cannot be told from other words.
        """
        return [*self.blind.items(), *((script, 0) for script in self.untold)]


def look(
    cases: list[Case],
    parts: dict[str, str],
    opened: dict[uuid.UUID, set[str]],
    *,
    has_no_name: bool = False,
    by_right: Accounted | None = None,
    beside: Iterable[CaseBeside] = (),
) -> Look:
    """Look a text through, part by part, for what these cases protect; `opened` is what consent opens, by whose it is.

    So do the cases `beside` them, which may be about the same person; how many people there lack a form is not counted.
    With `by_right`, who stands in the text by right, the names of everybody else are told too (SECURITY.md 4).
    """
    terms, text, rows = protected_terms(cases, opened), "\n".join(parts.values()), list(beside)
    terms += [term for row in rows for term in terms_beside(row, opened.get(row.of.pk, set()))]
    found = hits(parts, terms, [case.pk for case in cases])
    blind = scripts_without_a_name(cases, text, opened, has_no_name=has_no_name)
    for row in rows:
        for script in scripts_without_a_name_beside(row, text, opened.get(row.of.pk, set())):
            blind.setdefault(script, 1)
    if by_right is None:
        return Look(found, blind)
    taken = {part: [(hit.start, hit.end) for hit in found if hit.part == part] for part in parts}
    others = others_in(parts, known_in(cases, opened, by_right), taken)
    found += [Hit(cases[0].pk, THIRD_PERSON, *vars(row).values()) for row in others.named]
    return Look(found, blind, others.untold)


def hits(parts: dict[str, str], terms: Iterable[Protected], case_ids: list[uuid.UUID]) -> list[Hit]:
    """Return every hit, in reading order, one for each place; the values are compared folded (SECURITY.md 5).

    What a case beside these (`case_ids`) protects at the same place is told too: who passes the one may not see the other.
    """
    terms = list(terms)
    index = Index((term.forms, term.figures) for term in terms)
    opened = {words for term in terms for words in term.within}
    found: list[Hit] = []
    for part, text in parts.items():
        places: dict[tuple[uuid.UUID | None, str, int, int], Hit] = {}
        for number, start, end in _standing(index, terms, text, opened):
            term = terms[number]
            places.setdefault(
                (_beside(term.case_id, case_ids), term.field, start, end),
                Hit(term.case_id, term.field, part, start, end, text[start:end]),
            )
        for pattern, field in ((HIDDEN, "hidden-character"), (MIXED, "mixed-scripts")):
            for match in (one for one in pattern.finditer(text) if not _is_spelling(text, one)):
                places.setdefault(
                    (None, field, *match.span()), Hit(case_ids[0], field, part, *match.span(), match.group())
                )
        found += _outermost(sorted(places.values(), key=lambda hit: (hit.start, -hit.end)), case_ids)
    return found


def _beside(case_id: uuid.UUID, case_ids: list[uuid.UUID]) -> uuid.UUID | None:
    """Return the case where it is beside those of the text; None for all of these together."""
    return None if case_id in case_ids else case_id


def _is_spelling(text: str, match: re.Match[str]) -> bool:
    """Whether what cannot be seen is how the word is spelled: joiners in Persian and Hindi, gaps in Thai and Khmer."""
    return is_spelling(match.group(), text[: match.start()][-1:], text[match.end() :][:1])


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


def _outermost(found: list[Hit], case_ids: list[uuid.UUID]) -> list[Hit]:
    """Leave out a hit that lies inside a longer one of the same field: one place is ruled on once."""
    kept: list[Hit] = []
    furthest: dict[tuple[uuid.UUID, str], int] = {}
    for hit in found:
        if hit.end > furthest.get((hit.case_id, hit.field), -1):
            furthest[hit.case_id, hit.field] = hit.end
            kept.append(hit)
    return _one_at_each_place(kept, case_ids)


def _one_at_each_place(found: list[Hit], case_ids: list[uuid.UUID]) -> list[Hit]:
    places: dict[tuple[uuid.UUID | None, int, int], Hit] = {}
    for hit in found:
        places.setdefault((_beside(hit.case_id, case_ids), hit.start, hit.end), hit)
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
