"""The blind index: short MACs that say whether two folded values are equal, and nothing else."""

import re
from collections.abc import Iterable
from itertools import combinations, pairwise

from sealing import folding, keys
from sealing.letters.particles import PARTICLES

TIE = re.compile(r"\s?[-\u2010\u2011'\u2019\u02bc`\u05be]\s?")
TAG_BYTES = 12
NAME = "name"
WHOLE = "whole"
MOST_PARTS = 6


def tag(purpose: str, value: str) -> bytes:
    """Return the tag of a value for one purpose; the same value has unrelated tags for two purposes."""
    words = " ".join(token for token, _start, _end in folding.tokens(value)) or folding.fold(value)
    return keys.index_mac(purpose.encode() + b"\0" + words.encode())[:TAG_BYTES]


def exact_tag(purpose: str, value: bytes) -> bytes:
    """Return the tag of bytes as they are, nothing folded: equal only for equal bytes of one purpose."""
    return keys.index_mac(purpose.encode() + b"\0" + value)[:TAG_BYTES]


def name_tags(value: str) -> list[bytes]:
    """Return the tags of a whole name, of each part longer than one character, and of parts that are written joined.

    Look them up by tag("name", ...), each way in which ways_to_ask splits what was typed.
    """
    parts = [token for token, _start, _end in folding.tokens(value)]
    wanted = [" ".join(parts), *(part for part in parts if len(part) > 1), *joined(value)]
    return [tag(NAME, text) for text in dict.fromkeys(wanted) if text]


def ways_to_ask(value: str) -> list[list[str]]:
    """Return the parts to look up together, longer than one character: as typed, and with particles joined on."""
    tokens = [token for token, _start, _end in folding.tokens(value)]
    joined: list[str] = []
    held = ""
    for token in tokens:
        held += token
        if token not in PARTICLES:
            joined.append(held)
            held = ""
    ways = [tokens, [*joined, held]]
    kept = [list(dict.fromkeys(token for token in way if len(token) > 1)) for way in ways]
    return [way for number, way in enumerate(kept) if way and way not in kept[:number]]


def whole_tags(value: str) -> list[bytes]:
    """Return the tags of a whole name whatever the order of its parts, one for each way in which it is split.

    A name of one word, or of a script that leaves no spaces, is the word itself.
    """
    ways = _full_ways(value)
    if not ways:
        word = " ".join(token for token, _start, _end in folding.tokens(value))
        return [tag(WHOLE, word)] if word else []
    return _unordered(ways)


def part_tags(value: str) -> list[bytes]:
    """Return the tags of each two or more parts of a name that are not all of it, as if they were a whole name.

    Of a name of more than MOST_PARTS parts there are too many: then none.
    """
    few = [way for way in _full_ways(value) if len(way) <= MOST_PARTS]
    return _unordered(list(some) for way in few for size in range(2, len(way)) for some in combinations(way, size))


def has_parts(value: str) -> bool:
    """Say whether a name has two parts or more, longer than one character each."""
    return bool(_full_ways(value))


def _full_ways(value: str) -> list[list[str]]:
    return [way for way in ways_to_ask(value) if len(way) > 1]


def _unordered(names: Iterable[list[str]]) -> list[bytes]:
    return [tag(WHOLE, text) for text in dict.fromkeys(" ".join(sorted(parts)) for parts in names)]


def joined(value: str) -> list[str]:
    """Return neighbours that are also written as one word: with a hyphen or an apostrophe between, or a particle before."""
    found: list[str] = []
    tokens = folding.tokens(value)
    for first in range(len(tokens) - 1):
        run = tokens[first][0]
        for one, other in pairwise(tokens[first:]):
            is_tied = TIE.fullmatch(value, one[2], other[1]) or one[0] in PARTICLES
            if not is_tied:
                break
            run += other[0]
            found.append(run)
    return found
