"""Reads who is meant in the words of a note: an @ before a name shown to colleagues, or before a sign-in name."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from accounts.models import User

# Not within an address of mail, and not before a figure: "@9" is an hour.
BEGINS = re.compile(r"(?<![\w.+@-])@(?=[^\W\d_])")
GOES_ON = re.compile(r"\w|[.@+-]\w")
ONE_WORD = re.compile(r"[\w.+-]*\w")


@dataclass(frozen=True)
class Mentioned:
    """Who is named, and which names are nobody's or more than one person's."""

    people: frozenset[User]
    unknown: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def people_named(text: str, people: Collection[User]) -> Mentioned:
    """Return who of these people is named in a text; the longest name that fits counts. Asks nothing of the database.

    A name of somebody who is not among them is a name of nobody.
    """
    names = _by_name(people)
    found: set[User] = set()
    unknown, doubtful = [], []
    for words in _after_each_at(text):
        meant = next((names[name] for name in sorted(names, key=len, reverse=True) if _begins_with(words, name)), None)
        if meant is None:
            unknown.append(_first_word(words))
        elif len(meant) > 1:
            doubtful.append(_first_word(words))
        else:
            found |= meant
    return Mentioned(frozenset(found), tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(doubtful)))


def _by_name(people: Collection[User]) -> dict[str, set[User]]:
    """Return whom each name is of. A sign-in name is one person's, also where somebody else is shown under it."""
    names: dict[str, set[User]] = {}
    for person in people:
        if shown := _plain(person.get_full_name()):
            names.setdefault(shown, set()).add(person)
    return names | {_plain(person.username): {person} for person in people}


def _after_each_at(text: str) -> Iterator[str]:
    """Return what follows each @ that begins a name."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    for match in BEGINS.finditer(plain):
        yield " ".join(plain[match.end() :].split("\n", 1)[0].split())


def _begins_with(words: str, name: str) -> bool:
    plain = words.casefold()
    return plain.startswith(name) and not GOES_ON.match(plain[len(name) :])


def _first_word(words: str) -> str:
    match = ONE_WORD.match(words)
    return match[0] if match else words


def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name)
    return " ".join("".join(sign for sign in plain if unicodedata.category(sign) != "Cf").split()).casefold()
