"""How near a stored value is to what was typed: each word of it exactly, one letter off, or heard alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from sealing import folding, tags
from sealing.matching import near


class Likeness(IntEnum):
    """How near two values are, the nearest first; the farthest of their words decides."""

    SAME = 0
    ONE_LETTER = 1
    HEARD_ALIKE = 2


@dataclass(frozen=True)
class Typed:
    """What was typed, in each way in which its particles may be joined on."""

    ways: tuple[tuple[near.NearWord, ...], ...]

    @classmethod
    def read(cls, words: str) -> "Typed":
        """Return what was typed, taken apart."""
        sounds = {token: near.sound(words[start:end]) for token, start, end in folding.tokens(words)}
        ways = tags.ways_to_ask(words)
        return cls(tuple(tuple(near.NearWord(part, sounds.get(part, "")) for part in way) for way in ways))

    def likeness(self, value: str) -> Likeness | None:
        """Return how near this value is, or None where a word that was typed is not in it at all."""
        stored = near.words_of(value)
        found = (_of_way(way, stored) for way in self.ways)
        return min((one for one in found if one is not None), default=None)


def _of_way(way: Sequence[near.NearWord], stored: Sequence[near.NearWord]) -> Likeness | None:
    worst = Likeness.SAME
    for typed in way:
        best = min((one for word in stored if (one := _of_words(typed, word)) is not None), default=None)
        if best is None:
            return None
        worst = max(worst, best)
    return worst


def _of_words(typed: near.NearWord, stored: near.NearWord) -> Likeness | None:
    if typed.folded == stored.folded:
        return Likeness.SAME
    if stored.is_long and near.is_one_off(typed.folded, stored.folded):
        return Likeness.ONE_LETTER
    return Likeness.HEARD_ALIKE if typed.sound and typed.sound == stored.sound else None
