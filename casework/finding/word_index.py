"""Which cases hold which words, in the memory of one process. It holds no word: each is a number of this process alone.

It answers *may hold*, never *holds*: whoever asks it reads the rows again, which may have changed or gone meanwhile.
"""

import uuid
from array import array
from collections.abc import Iterable

from sealing import folding, tags
from sealing.matching import near

Key = tuple[str, str, str]
LETTERS, SOUND, GAP = "letters", "sound", "gap"


class WordIndex:
    """The words of cases, each under the shelf on which it stands."""

    def __init__(self) -> None:
        self._cases: list[uuid.UUID | None] = []
        self._place: dict[uuid.UUID, int] = {}
        self._words: dict[int, int] = {}
        self._held: list[array[int]] = []
        self._near: dict[int, int | array[int]] = {}

    def __contains__(self, case: uuid.UUID) -> bool:
        return case in self._place

    def __len__(self) -> int:
        return len(self._place)

    @property
    def forgotten(self) -> int:
        """Return how many readings of cases stand here that a later one replaced."""
        return len(self._cases) - len(self._place)

    @property
    def word_count(self) -> int:
        """Return how many different words are known."""
        return len(self._words)

    def begin(self, case: uuid.UUID) -> None:
        """Take a case up anew: what was known of it counts no longer."""
        old = self._place.get(case)
        if old is not None:
            self._cases[old] = None
        self._place[case] = len(self._cases)
        self._cases.append(case)

    def add(self, case: uuid.UUID, shelf: str, value: str) -> None:
        """Note the words of a value of a case that was begun."""
        place = self._place[case]
        for word in near.words_of(value):
            held = self._held[self._number(shelf, word)]
            if not held or held[-1] != place:
                held.append(place)

    def cases_holding(self, shelf: str, typed: str) -> set[uuid.UUID]:
        """Return the cases of which each word that was typed may be one on this shelf, exactly or nearly."""
        sounds = {token: near.sound(typed[start:end]) for token, start, end in folding.tokens(typed)}
        found: set[int] = set()
        for way in tags.ways_to_ask(typed):
            each = [self._places(shelf, part, sounds.get(part, "")) for part in way]
            found |= set.intersection(*each)
        return {case for place in found if (case := self._cases[place]) is not None}

    def _places(self, shelf: str, part: str, sound: str) -> set[int]:
        words: set[int] = set()
        exact = self._words.get(hash((shelf, LETTERS, part)))
        if exact is not None:
            words.add(exact)
        keys: list[Key] = [(shelf, SOUND, sound)] if sound else []
        if len(part) >= near.LEAST_LETTERS - 1:
            keys += [(shelf, GAP, gap) for gap in near.gaps(part)]
        for key in keys:
            words.update(_several(self._near.get(hash(key))))
        return {place for word in words for place in self._held[word]}

    def _number(self, shelf: str, word: near.NearWord) -> int:
        """Return the number of a word, taken up where it is new; the sound counts with it."""
        letters = hash((shelf, LETTERS, word.folded))
        number = self._words.get(letters)
        if number is None:
            number = self._words[letters] = len(self._held)
            self._held.append(array("I"))
            if word.is_long:
                self._lead(((shelf, GAP, gap) for gap in dict.fromkeys(near.gaps(word.folded))), number)
        if word.sound:
            self._lead([(shelf, SOUND, word.sound)], number)
        return number

    def _lead(self, keys: Iterable[Key], number: int) -> None:
        for key in keys:
            hashed = hash(key)
            known = self._near.get(hashed)
            if known is None:
                self._near[hashed] = number
            elif number not in _several(known):
                self._near[hashed] = array("I", [*_several(known), number])


def _several(numbers: "int | array[int] | None") -> Iterable[int]:
    return () if numbers is None else (numbers,) if isinstance(numbers, int) else numbers
