"""Codenames: drawn from a list of quiet words. Nobody types one, and nothing here tells whether another case has it."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from casework.models import Case, Charge, Contact, Detention, Name, Person, Place
from sealing import folding
from sealing.letters.hidden import HIDDEN, hides_something

REFERENCE = Path(__file__).parent / "reference"
LEAST_LETTERS = 3
LEAST_INSIDE = 4
PAIRS = 200
AT_ONCE, FEW_PAIRS = 40, 10


WORDS_OF: dict[type[Any], Callable[[Any], list[str | None]]] = {
    Name: lambda row: [row.value],
    Contact: lambda row: [row.name, *(row.other_names or "").splitlines()],
    Place: lambda row: [row.place],
    Person: lambda row: [row.residence],
    Detention: lambda row: [row.authority, row.taken_by, row.taken_at],
    Charge: lambda row: [row.court],
}
"""The texts of each kind of row that name a person, a place or a body."""


@cache
def quiet_words() -> tuple[str, ...]:
    """Return the words that are drawn."""
    lines = (REFERENCE / "codenames.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def draw(*, avoiding: Sequence[str] = ()) -> str:
    """Return a word that no case has, seen or hidden, and that holds none of these texts; never refuses.

    Two words where the single ones are all but used up. Where even those are taken, one is given twice: the reference
    stands beside a codename, and a refusal would tell of a case. A few words are drawn and looked up first: one of
    them serves nearly always, and to compare all of them with every text took half of what opening a case takes.
    """
    shuffled = secrets.SystemRandom().sample(quiet_words(), len(quiet_words()))
    given = [text for text in avoiding if text]
    few = _quiet(shuffled[:AT_ONCE], given)
    found = _free_of(few) or _free_of(_pairs(few, FEW_PAIRS))
    if found:
        return found
    quiet = _quiet(shuffled, given) or shuffled
    pairs = _pairs(quiet, PAIRS)
    return _free_of(quiet) or _free_of(pairs) or pairs[0]


def _quiet(words: list[str], given: list[str]) -> list[str]:
    return [word for word in words if not holds_any(word, given)]


def _pairs(words: list[str], number: int) -> list[str]:
    return [" ".join(secrets.SystemRandom().sample(words, min(2, len(words)))) for _number in range(number) if words]


def _free_of(words: list[str]) -> str:
    """Return the first of these words that no case has; nothing where each is taken."""
    taken = _taken_of(words) if words else set()
    return next((word for word in words if word not in taken), "")


def _taken_of(words: list[str]) -> set[str]:
    """Return those of these words that some case has, in small letters or capitals."""
    ways = {way: word for word in words for way in (word, word.lower(), word.upper(), word.capitalize())}
    rows = Case.objects.filter(codename__in=list(ways)).order_by().values_list("codename", flat=True).distinct()
    return {ways[codename] for codename in rows}


def why_unreadable(codename: str) -> str:
    """Return why nobody could read, type or tell this codename apart; nothing where they can. It tells of no case."""
    if hides_something(codename) or HIDDEN.search(codename):
        return _(
            "This codename holds a mark that cannot be seen, or nothing that can. Type it again with plain letters."
        )
    if folding.disguises(codename):
        return _("This codename mixes letters of two alphabets that look alike. Write it in one of them.")
    return ""


def holds_any(codename: str, protected: list[str]) -> bool:
    """Say whether the codename holds one of these words, or is held by one, however it is written."""
    own = _tokens(codename)
    joined = folding.squash(codename)
    for text in protected:
        if own & _tokens(text):
            return True
        other = folding.squash(text)
        if (len(other) >= LEAST_INSIDE and other in joined) or (len(joined) >= LEAST_INSIDE and joined in other):
            return True
    return False


def protected_words(case: Case) -> list[str]:
    """Return the names, nicknames, places and organisations of the packet: what a codename must not hold."""
    return words_of_packet(case, (row for model in WORDS_OF for row in model.objects.filter(case=case).present()))


def words_of_packet(case: Case, rows: Iterable[Any]) -> list[str]:
    """Return what a codename must not hold of this case and of these rows of it, stored or not; rows without are passed over."""
    found = [text for row in rows if type(row) in WORDS_OF for text in WORDS_OF[type(row)](row)]
    return [text for text in [*found, case.activity] if text]


def gives_away(case: Case, codename: str | None = None, *, rows: Iterable[Any] | None = None) -> bool:
    """Say whether a codename (the case's own when none is given) gives away something of the packet.

    `rows` are those of the packet, for a case whose rows are not stored yet.
    """
    words = protected_words(case) if rows is None else words_of_packet(case, rows)
    return holds_any(codename or case.codename, words)


def _tokens(text: str) -> set[str]:
    return {token for token, _start, _end in folding.tokens(text) if len(token) >= LEAST_LETTERS}
