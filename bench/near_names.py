"""Names in the memory of a process: what each search after a start reads, what one asks afterwards, and how much it holds.

The names of the bench are made of few words; so the words of the memory are drawn here, one name as unlike another as
names of people are.
"""

import random
import resource
import statistics
import uuid
from typing import Any

from bench.pages.costs import cost_of
from bench.row import Row
from casework.finding.kept_words import READ_AT_ONCE, KeptWords
from casework.finding.word_index import WordIndex
from sealing import keys

NAMES = 10_000
SYLLABLES = [f"{one}{vowel}" for one in "bdfghjklmnprstvz" for vowel in "aeiou"]
ASKED = 200


def main() -> list[Row]:
    """Read every case as searches do, then keep and ask ten thousand names."""
    kept, reading = KeptWords(), []
    is_whole = False
    while not is_whole:
        found: list[Any] = []
        reading.append(cost_of(lambda into=found: into.append(kept.ask("Novetny", of=None))).web)
        is_whole = found[0].is_whole
        keys.forget_keys()
    drawn = random.Random(1)
    names = [" ".join("".join(drawn.choices(SYLLABLES, k=3)).title() for _part in range(2)) for _name in range(NAMES)]
    index, before = WordIndex(), peak_mib()

    def fill() -> None:
        for name in names:
            case = uuid.uuid4()
            index.begin(case)
            index.add(case, "names", name)

    filled = cost_of(fill).web
    typed = [name[:3] + name[4:] for name in names[:ASKED]]
    asked = [cost_of(lambda words=words: index.cases_holding("names", words)).web for words in typed]
    return [
        {
            "name": f"near names: read {READ_AT_ONCE} cases",
            "cpu": round(max(reading), 1),
            "read_ms": round(max(reading)),
            "searches": len(reading),
        },
        {
            "name": f"near names: {NAMES} of them",
            "cpu": round(statistics.median(asked), 3),
            "ask_ms": round(statistics.median(asked), 3),
            "keep_ms": round(filled),
            "words": index.word_count,
            "mib": round(peak_mib() - before, 1),
        },
    ]


def peak_mib() -> float:
    """Return the most memory that this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
