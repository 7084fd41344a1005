"""The blind index: short MACs that say whether two folded values are equal, and nothing else."""

import re
from itertools import pairwise

from sealing import folding, keys
from sealing.letters.particles import PARTICLES

TIE = re.compile(r"\s?[-\u2010\u2011'\u2019\u02bc`\u05be]\s?")
TAG_BYTES = 12
NAME = "name"


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
    wanted = [" ".join(parts), *(part for part in parts if len(part) > 1), *_joined(value)]
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


def _joined(value: str) -> list[str]:
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
