"""Who and what is accounted for: the prisoner, addressees, opened places, courts and laws of the packet, own consent."""

import re
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from casework.models import Ask, Case, Charge, Contact, Detention, Name, Person, Place
from directory.models import OfficeContact, OfficeContactWords, Recipient
from safety.leaks.people import names_of, protected_people
from safety.leaks.terms import OpenedNames
from safety.leaks.third_persons import words
from safety.leaks.third_persons.capitals import Place as Span
from safety.models import OfficeSafety
from sealing import folding
from sealing.matching.index import Index
from sealing.matching.names import Form, How, forms_of
from sealing.matching.reading import Reading, without_marks

EXACT = frozenset({How.WORD, How.RUN, How.CAPITAL, How.STEM, How.LEANT, How.BEGINS, How.INSIDE})
PLACEHOLDER = re.compile(r"%\([\w.]+\)s")
SPARED = {"CI_FAMILY", "CI_SOURCE"}


_givers: list[Callable[[], Iterable[str]]] = []


def prints(giver: Callable[[], Iterable[str]]) -> Callable[[], Iterable[str]]:
    """Register who gives the fixed words that our own papers print: where nothing else stands, nobody is named."""
    _givers.append(giver)
    return giver


@cache
def fixed_words() -> frozenset[str]:
    """Return every word of what our papers print by themselves, folded."""
    return frozenset(
        token
        for giver in _givers
        for row in giver()
        for token, _start, _end in folding.tokens(PLACEHOLDER.sub(" ", row))
    )


@dataclass(frozen=True)
class Accounted:
    """What stands in a text by right besides the packet: names of addressees, and our own."""

    names: tuple[str, ...] = ()


def by_right(material: Any) -> Accounted | None:
    """Return who stands in this material by right besides the packet; None where it stays inside and nobody is asked.

    A notice is about whom its alarm named, taken at the place that it named, and prints who raised it where the office
    has no line of its own.
    """
    if material.level == "none":
        return None
    told = (material.withheld or {}).get("by_right", [])
    return Accounted((*told, material.author.name, material.last_editor.name))


@dataclass(frozen=True)
class KnownNames:
    """The forms that are accounted for, and the stored forms of people whom nobody was asked about."""

    forms: Index = field(default_factory=lambda: Index(()))
    words: frozenset[str] = frozenset()
    others: Index | None = None

    def places(self, text: str) -> Iterator[Span]:
        """Yield where something that is accounted for stands."""
        yield from _places(self.forms, text)
        yield from _places(_states(), text)
        for token, start, end in folding.tokens(text):
            if token in self.words:
                yield start, end

    def stored(self, text: str, known: Collection[Span]) -> Iterator[Span]:
        """Yield where a stored form of somebody stands whom the ordinary scan spares, but as a part of a known name."""
        if self.others is None:
            return
        places = _places(self.others, text)
        apart = {place for place in places if not any(a <= place[0] and place[1] <= b for a, b in known)}
        found = sorted(apart, key=lambda place: (place[0], -place[1]))
        last = -1
        for start, end in found:
            if end > last:
                last = end
                yield start, end


def is_named(contact: Contact, text: str) -> bool:
    """Whether somebody around the prisoner stands in the text; the family name that both bear names the prisoner."""
    shared = OpenedNames(Name.objects.filter(case=contact.case_id, removed_at=None))
    forms = [forms_of(name, shared.spared_of(name)) for name in names_of(contact)]
    return bool(_places(Index(({form for form in row if form[0] in EXACT}, ()) for row in forms), text))


def known_in(
    cases: Iterable[Case],
    opened: dict[uuid.UUID, set[str]],
    by_right: Accounted,
) -> KnownNames:
    """Read what is accounted for in these cases and in our directory; `opened` is what consent opens, by whose it is."""
    names: list[str] = []
    told = [*by_right.names, OfficeSafety.current().contact_line]
    told += [row.name for row in Recipient.objects.approved()]
    contacts = [*OfficeContact.objects.all(), *OfficeContactWords.objects.all()]
    told += [part for row in contacts for part in (row.name, row.role, row.channel)]
    others: list[set[Form]] = []
    for case in cases:
        items = opened.get(case.pk, set())
        own = list(Name.objects.filter(case=case, removed_at=None))
        shared = OpenedNames(own if "CI_NAME" in items else [])
        names += [row.value for row in own if row.value]
        told += [row.to for row in Ask.objects.filter(case=case, removed_at=None) if row.to]
        told += [row.occupation for row in Person.objects.filter(case=case, removed_at=None) if row.occupation]
        for charge in Charge.objects.filter(case=case, removed_at=None):
            told += [row for row in (charge.court, charge.law, charge.trial_place) if row]
        if "CI_LOCATION" in items:
            told += [row.place for row in Place.objects.filter(case=case, removed_at=None) if row.place]
            told += [row.taken_at for row in Detention.objects.filter(case=case, removed_at=None) if row.taken_at]
        names += [name for row in Contact.objects.filter(case=case, pk__in=opened) for name in names_of(row)]
        before = {row for somebody in protected_people(case, items, opened) for row in somebody.names}
        others += [
            forms_of(name, shared.spared_of(name))
            for somebody in protected_people(case, items - SPARED, opened)
            if not somebody.is_prisoner
            for name in somebody.names
            if name not in before
        ]
    return KnownNames(
        forms=Index(_exact(name) for name in names),
        words=frozenset(token for row in told for token, _start, _end in folding.tokens(row)),
        others=Index((forms, ()) for forms in others) if others else None,
    )


@cache
def _states() -> Index:
    """Return the States whose name is several words: apart, one of these words may be somebody's name."""
    return Index([({(How.RUN, state) for state in words.long_states()}, ())])


def _exact(name: str) -> tuple[set[Form], tuple[str, ...]]:
    """Return the forms of a name that are the name, and not what looks or sounds like it: that may be somebody else."""
    return {form for form in forms_of(name) if form[0] in EXACT}, ()


def _places(index: Index, text: str) -> set[Span]:
    written = Reading(text)
    plain = without_marks(written)
    both = (written, plain) if plain.text != text else (written,)
    return {(start, end) for reading in both for _number, start, end in index.places(reading)}
