"""What is protected in a case: names in every script, people around, places, numbers; unless consent covers it."""

import itertools
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from casework import consent_rule
from casework.models import Case, Charge, Claim, Contact, Detention, Name, Person, Place
from directory.countries import countries
from safety.leaks.people import Somebody, protected_people
from sealing import folding
from sealing.letters.scripts import UNSPACED, base_letters, script_of
from sealing.matching import lexicon
from sealing.matching.names import FULL_LETTERS, JOINED_LETTERS, UNSPACED_LETTERS, WITHIN_LETTERS, Form, How, forms_of
from sealing.matching.names import is_one_family as is_one_family

SEGMENT = re.compile(r"[,;()/\n·،、–—]+")
HAN = re.compile(f"[{folding.UNSPACED}]")
PLACE_LETTERS = 4
EXACT_LETTERS = 4
LEAST_FIGURES = 6
LAST_FIGURES = 9
# Codes of countries with one and two figures; all others have three.
SHORT_CODES = re.compile(r"1|7|2[07]|3[0-469]|4[0-13-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
ABROAD = re.compile(r"^\s*(?:\+|00)")


@dataclass(frozen=True)
class Protected:
    """One protected value, folded: which case, which field, and the forms in which it would be recognised."""

    case_id: uuid.UUID
    field: str
    forms: frozenset[Form] = frozenset()
    figures: frozenset[str] = frozenset()
    within: tuple[tuple[str, ...], ...] = ()  # whole names that consent opens: a hit inside one of them is that name
    but: frozenset[str] = frozenset()  # words of those names, which are no misspelling of this one


class OpenedNames:
    """The prisoner's own names where consent opens them: a family name they share with somebody is no secret.

    Only the family name is spared, and what stands inside the whole name as stored; a given name of a relative
    stays protected, also where the prisoner bears it too.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        told = [(name.kind, name.value or "", _words(name.value)) for name in names]
        self.whole = tuple(words for _kind, _value, words in told if len(words) > 1)
        self.words = frozenset(word for _kind, _value, words in told for word in words)
        self.family = {word for kind, _value, words in told if kind == Name.Kind.CLAN for word in words}
        self.family |= {_family_name(words) for _kind, value, words in told if "," not in value}

    def spared_of(self, name: str) -> set[str]:
        """Return the family name of somebody else where the prisoner's own name shows it anyway."""
        family = _family_name(_words(name))
        is_shared = family and any(is_one_family(family, own) for own in self.family if own)
        return {family} if is_shared else set()


def _words(value: str | None) -> tuple[str, ...]:
    return tuple(token for token, _start, _end in folding.tokens(value or ""))


def _family_name(words: tuple[str, ...]) -> str:
    """Return the last word of a name of two or more; the first character where names are written without spaces."""
    if len(words) < 2:
        return ""
    return words[0] if HAN.fullmatch(words[0]) else words[-1]


def opened_by_consent(
    cases: Iterable[Case], material: Any, disclosed: dict[uuid.UUID, set[str]]
) -> dict[uuid.UUID, set[str]]:
    """Return, of the items that a text says it discloses, those that the rule of consent opens to its audience.

    They stand under the key of the person's case; under the key of a contact stands what that contact agreed to.
    """
    ledgers = consent_rule.ledgers_of(cases)
    opened = {
        key: disclosed.get(key, set()) & ledger.ask(material.audience, material.level).open_items
        for key, ledger in ledgers.items()
    }
    return opened | opened_by_contacts(ledgers.values(), material.audience, material.level)


def opened_by_contacts(ledgers: Iterable[consent_rule.Ledger], audience: str, level: str) -> dict[uuid.UUID, set[str]]:
    """Return the contacts who agreed themselves that this audience may read their name."""
    return {
        contact: {"CI_NAME"}
        for ledger in ledgers
        for contact in {row.subject_contact_id for row in ledger.answers if row.subject_contact_id}
        if ledger.ask(audience, level).of("CI_NAME", contact).is_open
    }


def protected_terms(
    cases: Iterable[Case], opened_items: dict[uuid.UUID, set[str]], *, told: OpenedNames | None = None
) -> list[Protected]:
    """Return the protected values of these cases; `opened_items` holds what consent opens to this audience.

    `told` are the names that the text may show where they are not those of these cases themselves.
    """
    found: list[Protected] = []
    for case in cases:
        opened = opened_items.get(case.pk, set())
        own = told or OpenedNames(Name.objects.filter(case=case, removed_at=None) if "CI_NAME" in opened else [])
        for somebody in protected_people(case, opened, opened_items):
            found += _names(case.pk, somebody, own)
        if "CI_LOCATION" not in opened:
            for place in Place.objects.filter(case=case, removed_at=None):
                found += _place(case.pk, place.place)
            for spell in Detention.objects.filter(case=case, removed_at=None):
                found += _place(case.pk, spell.taken_at)
        for person in Person.objects.filter(case=case, removed_at=None):
            found += _exact(case.pk, "casework.person.document_number", person.document_number)
            found += _exact(case.pk, "casework.person.residence", person.residence)
        for contact in Contact.objects.filter(case=case, removed_at=None):
            found += _exact(case.pk, "casework.contact.email", contact.email)
            found += _exact(case.pk, "casework.contact.address", contact.address)
            found += telephone(case.pk, contact.phone)
        if "CI_DOCS" not in opened:
            for charge in Charge.objects.filter(case=case, removed_at=None).exclude(case_number=None):
                found += _exact(case.pk, "casework.charge.case_number", charge.case_number)
        found += _ours(case)
    return found


def protected_name(case_id: uuid.UUID, field: str, value: str, own: OpenedNames | None = None) -> Protected:
    """Return a name as a protected value; the family name that the prisoner's opened name shows is spared."""
    if own is None:
        return Protected(case_id, field, frozenset(forms_of(value)))
    spared = own.spared_of(value)
    return Protected(
        case_id,
        field,
        frozenset(forms_of(value, spared)),
        within=own.whole,
        but=own.words - set(_words(value)) - spared,
    )


def _names(case_id: uuid.UUID, somebody: Somebody, own: OpenedNames) -> list[Protected]:
    if somebody.is_prisoner:
        return [protected_name(case_id, somebody.field, name) for name in somebody.names]
    return [protected_name(case_id, somebody.field, name, own) for name in somebody.names]


def _ours(case: Case) -> list[Protected]:
    """Return what only our own tables and logs call the case by: its codename, its reference, the numbers of its claims."""
    found = [_exactly(case.pk, "casework.case.reference", folding.squash(case.reference))]
    codename = _words(case.codename)
    joined = "".join(codename)
    if len(codename) > 1:
        found.append(_exactly(case.pk, "casework.case.codename", joined))
    elif joined:
        within = {(How.WITHIN, joined)} if len(joined) >= WITHIN_LETTERS else set()
        found.append(Protected(case.pk, "casework.case.codename", frozenset({(How.CAPITAL, joined), *within})))
    claims = Claim.objects.filter(case=case, removed_at=None).values_list("number", flat=True)
    called = frozenset((How.RUN, f"{word}{number}") for number in claims for word in lexicon.CLAIMS)
    return [*found, Protected(case.pk, "casework.claim.number", called)]


@cache
def _of_states() -> frozenset[str]:
    """Return the words in the names of States: no word of a place is protected for naming the State it lies in."""
    states = (row for row in countries().values() if row.kind != "territory")  # their names hold Helena and Martin
    names = [name for row in states for name in row.names]
    return frozenset(token for name in names for token in _words(name))


def _is_common(word: str) -> bool:
    return (
        word.isdecimal()
        or word in lexicon.PLACES
        or word in lexicon.CAPITALS
        or word in lexicon.CAPITAL_WORDS
        or word in _of_states()
    )


def _place(case_id: uuid.UUID, value: str | None) -> list[Protected]:
    """Return a place: whole, each part of it between commas, and its own words together; alone a word that is its only one.

    The State, its capital, and words that stand in the names of many places are no protected words.
    """
    if not value:
        return []
    forms: set[Form] = set()
    for segment in [value, *SEGMENT.split(value)]:
        words = _words(segment)
        is_unspaced = any(script_of(letter) in UNSPACED for letter in segment)
        if is_unspaced:
            forms.update((How.INSIDE, name) for name in _unspaced_place(folding.squash(segment)))
        elif words and not all(_is_common(word) and not word.isdecimal() for word in words):
            _add_run(forms, words)
        if segment is not value and not is_unspaced:
            _add_own_words(forms, segment)
    return [Protected(case_id, "casework.place.place", frozenset(forms))]


def _add_own_words(forms: set[Form], segment: str) -> None:
    tokens = folding.tokens(segment)
    own = [(n, token, segment[start:end]) for n, (token, start, end) in enumerate(tokens) if not _is_common(token)]
    named = [(n, token, raw) for n, token, raw in own if raw[:1].isupper() or not raw[:1].islower()]
    for (n, one, _raw), (m, other, _other_raw) in itertools.pairwise(named):
        if m == n + 1:
            _add_run(forms, (one, other))
    if len(named) == 1:
        _number, token, raw = named[0]
        if raw[:1].isupper() and len(token) >= PLACE_LETTERS:
            forms.add((How.CAPITAL, token))
        elif not raw[:1].isupper() and base_letters(token) >= PLACE_LETTERS - 1:
            forms.add((How.WORD, token))


def _add_run(forms: set[Form], words: tuple[str, ...]) -> None:
    joined = "".join(words)
    if len(words) > 1 and len(joined) >= JOINED_LETTERS:
        forms.add((How.RUN, joined))
        if len(joined) >= FULL_LETTERS:
            forms.add((How.FULL, joined))


def _unspaced_place(squashed: str) -> set[str]:
    """Return a place in a script without spaces, whole and without the words for what kind of place it is."""
    bare = squashed
    for word in sorted(lexicon.PLACES, key=len, reverse=True):
        bare = bare.removesuffix(word).removeprefix(word)
    for word in sorted(lexicon.PLACES, key=len, reverse=True):
        bare = bare.removesuffix(word)
    return {name for name in (squashed, bare) if base_letters(name) >= UNSPACED_LETTERS and not _is_common(name)}


def _exactly(case_id: uuid.UUID, field: str, squashed: str) -> Protected:
    forms: set[Form] = {(How.RUN, squashed)}
    if len(squashed) >= FULL_LETTERS:
        forms.add((How.FULL, squashed))
    if any(script_of(letter) in UNSPACED for letter in squashed):
        forms.add((How.INSIDE, squashed))
    return Protected(case_id, field, frozenset(forms))


def _exact(case_id: uuid.UUID, field: str, value: str | None) -> list[Protected]:
    squashed = folding.squash(value or "")
    return [_exactly(case_id, field, squashed)] if len(squashed) >= EXACT_LETTERS else []


def telephone(case_id: uuid.UUID, value: str | None) -> list[Protected]:
    """Return a telephone number as a protected value: its last nine figures, and the number as it is dialled at home."""
    folded = folding.fold(value or "")
    digits = re.sub(r"\D", "", folded)
    if len(digits) < LEAST_FIGURES:
        return []
    rows = {digits[-LAST_FIGURES:]}
    if ABROAD.match(folded):
        bare = digits.removeprefix("00")
        code = match.group() if (match := SHORT_CODES.match(bare)) else bare[:3]
        home = bare.removeprefix(code)
        rows |= {home[-LAST_FIGURES:]} if len(home) >= LEAST_FIGURES + 1 else set()
    return [Protected(case_id, "casework.contact.phone", figures=frozenset(rows))]
