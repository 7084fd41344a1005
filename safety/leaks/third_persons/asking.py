"""One look at a text for names that are not accounted for, each told once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from safety.leaks.third_persons.accounted import KnownNames, fixed_words
from safety.leaks.third_persons.capitals import CASED, Place, Prose
from safety.leaks.third_persons.uncased import has_capitals
from safety.leaks.third_persons.uncased import names as names_without_capitals
from sealing import folding
from sealing.letters.scripts import scripts_in
from sealing.matching.reading import Reading, without_marks

THIRD_PERSON = "third_person"


@dataclass(frozen=True)
class Named:
    """One name that is not accounted for, where it stands first."""

    part: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Others:
    """The names of others in a text, and the scripts in which a name by itself cannot be told from another word."""

    named: tuple[Named, ...] = ()
    untold: tuple[str, ...] = ()


def others_in(parts: Mapping[str, str], known: KnownNames, taken: Mapping[str, list[Place]] | None = None) -> Others:
    """Return every name of somebody who is not accounted for, each once; `taken` is what the scan found already."""
    named: list[Named] = []
    untold: set[str] = set()
    told: list[frozenset[str]] = []
    for part, text in parts.items():
        reading = without_marks(Reading(text))
        by_right = list(known.places(text))
        spans = [_read_place(reading, place) for place in by_right]
        spared = [_read_place(reading, place) for place in (taken or {}).get(part, [])]
        prose = Prose(reading.text, spans + spared)
        stored = list(known.stored(text, by_right))
        for start, end in sorted({*stored, *_found(reading, prose, spans + spared, stored)}):
            tokens = frozenset(token for token, _start, _end in folding.tokens(text[start:end]))
            if not any(tokens <= others for others in told):
                told.append(tokens)
                named.append(Named(part, start, end, text[start:end]))
        untold |= _untold(prose, spans)
    return Others(tuple(named), tuple(sorted(untold)))


def _found(reading: Reading, prose: Prose, known: list[Place], stored: list[Place]) -> Iterator[Place]:
    for place in (*prose.names(), *names_without_capitals(reading.text, known)):
        start, end = reading.place(*place)
        tokens = {token for token, _start, _end in folding.tokens(reading.text[slice(*place)])}
        if not has_capitals(reading.text[slice(*place)]) and tokens <= fixed_words():
            continue
        if not any(a < end and start < b for a, b in stored):
            yield start, end


def _untold(prose: Prose, known: list[Place]) -> set[str]:
    """Return the scripts of what is left of the text where nothing tells a name from another word."""
    left = list(prose.text)
    for start, end in known:
        left[start:end] = " " * (end - start)
    text = "".join(left)
    if not has_capitals(text):
        ours = fixed_words()
        text = " ".join(text[start:end] for token, start, end in folding.tokens(text) if token not in ours)
    scripts = scripts_in(text)
    return (scripts - CASED) | (scripts & {"LATIN"} if prose.capitalises_nouns else set())


def _read_place(reading: Reading, place: Place) -> Place:
    """Return where a place of the text as written stands in its reading without marks."""
    if reading.starts is None or reading.ends is None:
        return place
    inside = [n for n, start in enumerate(reading.starts) if place[0] <= start < place[1]]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
