"""Who of a case is protected, under which names; and in which scripts of a text nobody could look for them."""

import html
import uuid
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

from casework.consent_codes import FAMILY_GIVERS, OWN_GIVERS
from casework.models import Case, Consent, Contact, Name, Person, Source
from sealing import folding
from sealing.letters.scripts import letters_by_script, scripts_in
from sealing.matching.reading import Reading, without_marks

NAMED_ANYWAY = (OWN_GIVERS - {"CG_POA"}) | {"CG_NONE_BEST"}  # who holds a power of attorney is somebody else


@dataclass(frozen=True)
class Somebody:
    """One protected person: the field that holds the names, the names, and the scripts that hold no form of them."""

    field: str
    names: tuple[str, ...]
    is_prisoner: bool = False
    without_form: frozenset[str] = frozenset()

    @property
    def scripts(self) -> set[str]:
        """Return the scripts that can be answered for: a form is stored, or somebody confirmed that there is none."""
        stored = {script for name in self.names for script in letters_by_script(name)}
        return stored | self.without_form

    def is_also(self, other: "Somebody") -> bool:
        """Whether both are one person under one name, as a relative who is a contact and answered for the person."""
        return bool({folding.squash(name) for name in self.names} & {folding.squash(name) for name in other.names})


def protected_people(case: Case, opened: set[str], agreed: Container[uuid.UUID] = ()) -> list[Somebody]:
    """Return everybody of this case whose name must not print, given the items that consent opens to the audience.

    `agreed` holds the contacts who agreed themselves to be named to it.
    """
    found = [] if "CI_NAME" in opened else [_prisoner(case)]
    found += _contacts(case, opened, agreed)
    if "CI_SOURCE" not in opened:
        for source in Source.objects.filter(case=case, removed_at=None).exclude(identity=None):
            if source.identity:
                found.append(Somebody("casework.source.identity", (source.identity,), False, _none_in(source)))
    told = NAMED_ANYWAY | (FAMILY_GIVERS if "CI_FAMILY" in opened else frozenset())
    for row in Consent.objects.filter(case=case, removed_at=None).exclude(giver__in=told).exclude(giver_name=None):
        if row.giver_name:
            found.append(Somebody("casework.consent.giver_name", (row.giver_name,)))
    return found


def scripts_without_a_name(
    cases: Iterable[Case], text: str, opened_items: dict[uuid.UUID, set[str]], *, has_no_name: bool = False
) -> dict[str, int]:
    """Return the scripts of the text in which protected people have no stored form, and how many people that are.

    Whoever is confirmed to have no form in a script is answered for. Where the case keeps no name of the person by
    intention (`has_no_name`) only the others are asked for.
    """
    written = scripts_in(html.unescape(without_marks(Reading(text)).text))
    missing: Counter[str] = Counter()
    for case in cases:
        people = protected_people(case, opened_items.get(case.pk, set()), opened_items)
        for scripts in _as_one_each([row for row in people if not (has_no_name and row.is_prisoner)]):
            missing.update(written - scripts)
    return dict(sorted(missing.items()))


def _as_one_each(people: list[Somebody]) -> list[set[str]]:
    """Return the scripts of each person; who stands in two places is one person with the forms of both."""
    known: list[tuple[Somebody, set[str]]] = []
    for row in people:
        same = next((scripts for other, scripts in known if row.is_also(other)), None)
        if same is None:
            known.append((row, row.scripts))
        else:
            same |= row.scripts
    return [scripts for _row, scripts in known]


def _prisoner(case: Case) -> Somebody:
    names = tuple(name.value for name in Name.objects.filter(case=case, removed_at=None) if name.value)
    person = Person.objects.filter(case=case, removed_at=None).first()
    return Somebody("casework.name.value", names, True, _none_in(person))


def names_of(contact: Contact) -> tuple[str, ...]:
    """Return every stored form of the name of somebody around the prisoner."""
    names = [contact.name, *(contact.other_names or "").splitlines()]
    return tuple(name for name in names if name and name.strip())


def _contacts(case: Case, opened: set[str], agreed: Container[uuid.UUID]) -> list[Somebody]:
    found = []
    for contact in Contact.objects.filter(case=case, removed_at=None):
        is_family_told = "CI_FAMILY" in opened and contact.kind == Contact.Kind.FAMILY
        if not (is_family_told or contact.pk in agreed):
            found.append(Somebody("casework.contact.name", names_of(contact), False, _none_in(contact)))
    return found


def _none_in(row: Person | Contact | Source | None) -> frozenset[str]:
    return frozenset((row.formless_in or "").split()) if row else frozenset()
