"""Codenames: proposed from a list of quiet words, refused when they would give away what the packet seals."""

import secrets
from functools import cache
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.models import Case, Charge, Contact, Detention, Name, Person, Place
from sealing import folding
from sealing.letters.hidden import HIDDEN, hides_something

REFERENCE = Path(__file__).parent / "reference"
LEAST_LETTERS = 3
LEAST_INSIDE = 4


@cache
def quiet_words() -> tuple[str, ...]:
    """Return the words that are proposed."""
    return tuple((REFERENCE / "codenames.txt").read_text(encoding="utf-8").split())


def propose(count: int = 5) -> list[str]:
    """Return some words that no case uses yet, in random order; a number is added where the words are used up."""
    drawn = secrets.SystemRandom().sample(quiet_words(), 4 * count)
    taken = set(Case.objects.filter(codename__in=drawn).values_list("codename", flat=True))
    free = [word for word in drawn if word not in taken][:count]
    while len(free) < count:
        word = f"{secrets.choice(quiet_words())} {secrets.randbelow(9000) + 1000}"
        free += [] if is_taken(word) else [word]
    return free


def is_taken(codename: str, *, but: Case | None = None) -> bool:
    """Say whether a case has this codename, in small letters or capitals, or one that reads the same in Latin letters."""
    read = folding.fold(codename)
    words = [
        way for word in (codename, read) for way in (word, word.title(), word.capitalize(), word.upper(), word.lower())
    ]
    rows = Case.objects.filter(Q(codename__in=words) | Q(codename__iexact=codename))
    return (rows.exclude(pk=but.pk) if but else rows).exists()


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
    found: list[str | None] = [row.value for row in Name.objects.filter(case=case).present()]
    for contact in Contact.objects.filter(case=case).present():
        found += [contact.name, *(contact.other_names or "").splitlines()]
    found += [row.place for row in Place.objects.filter(case=case).present()]
    for person in Person.objects.filter(case=case).present():
        found += [person.residence]
    for detention in Detention.objects.filter(case=case).present():
        found += [detention.authority, detention.taken_by]
    found += [row.court for row in Charge.objects.filter(case=case).present()]
    found += [case.activity]
    return [text for text in found if text]


def gives_away(case: Case, codename: str | None = None) -> bool:
    """Say whether a codename (the case's own when none is given) gives away something of the packet."""
    return holds_any(codename or case.codename, protected_words(case))


def _tokens(text: str) -> set[str]:
    return {token for token, _start, _end in folding.tokens(text) if len(token) >= LEAST_LETTERS}
