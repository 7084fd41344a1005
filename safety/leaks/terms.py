"""What is protected in a case: names in every script, people around, places, numbers; unless consent covers it."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from casework import consent_rule
from casework.consent_codes import FAMILY_GIVERS, OWN_GIVERS
from casework.models import Case, Charge, Consent, Contact, Name, Person, Place, Source
from safety.leaks.names import Forms, forms_of, is_one_family
from sealing import folding

UNSPACED = re.compile(f"[{folding.UNSPACED}]")
PART = re.compile(r"[\s,;()/\n·\-–—]+")
GENERIC = frozenset(
    folding.fold(word)
    for word in [
        "prison",
        "hospital",
        "house",
        "arrest",
        "city",
        "local",
        "closed",
        "police",
        "station",
        "court",
        "remand",
        "colony",
        "centre",
        "center",
        "detention",
        "first",
        "second",
        "north",
        "south",
        "east",
        "west",
        "street",
        "road",
        "university",
        "medical",
        "apartment",
        "guard",
        "undisclosed",
        "place",
        "residential",
        "surveillance",
        "custody",
        "military",
        "republic",
        "district",
        "region",
        "province",
        "parole",
        "home",
        "the",
        "and",
        "for",
        "from",
        "with",
        "under",
    ]
)
PLACE_PART_LETTERS = 4
NAMED_ANYWAY = (OWN_GIVERS - {"CG_POA"}) | {"CG_NONE_BEST"}  # who holds a power of attorney is somebody else


@dataclass(frozen=True)
class Protected:
    """One protected value, folded: which case, which field, and the forms in which it would be recognised."""

    case_id: uuid.UUID
    field: str
    words: frozenset[str] = frozenset()
    name: Forms | None = None
    squashed: str = ""
    digits: str = ""
    within: tuple[tuple[str, ...], ...] = ()  # whole names that consent opens: a hit inside one of them is that name


class OpenedNames:
    """The prisoner's own names where consent opens them: a family name they share with somebody is no secret.

    Only the family name is spared, and what stands inside the whole name as stored; a given name of a relative
    stays protected, also where the prisoner bears it too.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        told = [(name.kind, name.value or "", _words(name.value)) for name in names]
        self.whole = tuple(words for _kind, _value, words in told if len(words) > 1)
        self.family = {word for kind, _value, words in told if kind == Name.Kind.CLAN for word in words}
        self.family |= {_family_name(words) for _kind, value, words in told if "," not in value}

    def spare(self, terms: Iterable[Protected]) -> list[Protected]:
        """Return the terms of somebody else without the family name that the prisoner's own name shows anyway."""
        return [replace(term, name=self._less(term.name), within=self.whole) for term in terms]

    def _less(self, name: Forms | None) -> Forms | None:
        family = _family_name(name.tokens) if name else ""
        if name is None or not family or not any(is_one_family(family, own) for own in self.family if own):
            return name
        return name.without({family})


def _words(value: str | None) -> tuple[str, ...]:
    return tuple(token for token, _start, _end in folding.tokens(value or ""))


def _family_name(words: tuple[str, ...]) -> str:
    """Return the last word of a name of two or more; the first character where names are written without spaces."""
    if len(words) < 2:
        return ""
    return words[0] if UNSPACED.fullmatch(words[0]) else words[-1]


def opened_by_consent(
    cases: Iterable[Case], material: Any, disclosed: dict[uuid.UUID, set[str]]
) -> dict[uuid.UUID, set[str]]:
    """Return, of the items that a text says it discloses, those that the rule of consent opens to its audience."""
    ledgers = consent_rule.ledgers_of(cases)
    return {
        key: disclosed.get(key, set()) & ledger.ask(material.audience, material.level).open_items
        for key, ledger in ledgers.items()
    }


def protected_terms(cases: Iterable[Case], opened_items: dict[uuid.UUID, set[str]]) -> list[Protected]:
    """Return the protected values of these cases; `opened_items` holds what consent opens to this audience."""
    found: list[Protected] = []
    for case in cases:
        opened = opened_items.get(case.pk, set())
        names = list(Name.objects.filter(case=case, removed_at=None))
        if "CI_NAME" not in opened:
            for name in names:
                found += _name(case.pk, "casework.name.value", name.value)
        own = OpenedNames(names if "CI_NAME" in opened else [])
        if "CI_LOCATION" not in opened:
            for place in Place.objects.filter(case=case, removed_at=None):
                found += _place(case.pk, place.place)
        found += _person(case)
        found += _contacts(case, opened, own)
        if "CI_SOURCE" not in opened:
            for source in Source.objects.filter(case=case, removed_at=None).exclude(identity=None):
                found += own.spare(_name(case.pk, "casework.source.identity", source.identity))
        if "CI_DOCS" not in opened:
            for charge in Charge.objects.filter(case=case, removed_at=None).exclude(case_number=None):
                found += _exact(case.pk, "casework.charge.case_number", charge.case_number)
        found += own.spare(_givers(case, opened))
    return found


def _givers(case: Case, opened: set[str]) -> list[Protected]:
    """Return who answered for the person: relatives, lawyers, holders of a power of attorney."""
    told = NAMED_ANYWAY | (FAMILY_GIVERS if "CI_FAMILY" in opened else frozenset())
    others = Consent.objects.filter(case=case, removed_at=None).exclude(giver__in=told)
    named = [row.giver_name for row in others.exclude(giver_name=None)]
    return [term for name in named for term in _name(case.pk, "casework.consent.giver_name", name)]


def _person(case: Case) -> list[Protected]:
    found: list[Protected] = []
    for person in Person.objects.filter(case=case, removed_at=None):
        found += _exact(case.pk, "casework.person.document_number", person.document_number)
        found += _exact(case.pk, "casework.person.residence", person.residence)
    return found


def _contacts(case: Case, opened: set[str], own: OpenedNames) -> list[Protected]:
    found: list[Protected] = []
    for contact in Contact.objects.filter(case=case, removed_at=None):
        if not ("CI_FAMILY" in opened and contact.kind == Contact.Kind.FAMILY):
            for name in [contact.name, *(contact.other_names or "").splitlines()]:
                found += own.spare(_name(case.pk, "casework.contact.name", name))
        found += _exact(case.pk, "casework.contact.email", contact.email)
        found += _exact(case.pk, "casework.contact.address", contact.address)
        found += _telephone(case.pk, contact.phone)
    return found


def _name(case_id: uuid.UUID, field: str, value: str | None) -> list[Protected]:
    if not value:
        return []
    forms = forms_of(value)
    return [Protected(case_id, field, name=forms, squashed=forms.squashed)]


def _place(case_id: uuid.UUID, value: str | None) -> list[Protected]:
    if not value:
        return []
    named = {folding.fold(part) for part in PART.split(value) if part[:1].isupper() or not part.isascii()}
    words = frozenset(
        word for word in named if word not in GENERIC and (len(word) >= PLACE_PART_LETTERS or not word.isascii())
    )
    return [Protected(case_id, "casework.place.place", words, squashed=folding.squash(value))]


def _exact(case_id: uuid.UUID, field: str, value: str | None) -> list[Protected]:
    squashed = folding.squash(value or "")
    return [Protected(case_id, field, squashed=squashed)] if len(squashed) >= 4 else []


def _telephone(case_id: uuid.UUID, value: str | None) -> list[Protected]:
    digits = re.sub(r"\D", "", folding.fold(value or ""))
    return [Protected(case_id, "casework.contact.phone", digits=digits[-9:])] if len(digits) >= 6 else []


def scripts_of(text: str) -> set[str]:
    """Return the scripts a text is written in, of those we keep names in: Latn, Arab, Cyrl, Hans."""
    ranges = (
        ("Latn", r"[A-Za-zÀ-ɏ]"),
        ("Arab", r"[\u0600-\u06FF\u0750-\u077F\uFB50-\uFDFF\uFE70-\uFEFF]"),
        ("Cyrl", r"[\u0400-\u04FF]"),
        ("Hans", r"[\u4E00-\u9FFF]"),
    )
    return {code for code, letters in ranges if len(re.findall(letters, text)) >= 4}


def missing_scripts(cases: Iterable[Case], text: str, opened_items: dict[uuid.UUID, set[str]]) -> list[str]:
    """Return the scripts of the text in which no name of a case is stored: there the scan sees nothing of it."""
    written = scripts_of(text)
    missing: set[str] = set()
    for case in cases:
        if "CI_NAME" in opened_items.get(case.pk, set()):
            continue
        kept = set(Name.objects.filter(case=case, removed_at=None).values_list("script", flat=True))
        kept |= {"Hans"} if "Hant" in kept else set()
        missing |= written - kept
    return sorted(missing)
