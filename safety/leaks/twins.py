"""What a case beside those of a material protects in its words, because it may be about the same person.

The rules are those of a case of the material. What the material's own case holds too is judged there alone, by its own
consent: two cases about one person hold the same name, the same prison, the same sister.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from casework.models import Case, Name, PossibleTwin
from safety.leaks.people import scripts_without_a_name
from safety.leaks.terms import OpenedNames, Protected, protected_name, protected_terms
from sealing import folding

NUMBERS = "casework.claim.number"  # each case counts its own: "claim 3" says nothing of the other


@dataclass(frozen=True)
class CaseBeside:
    """A case that may be about the same person as one of the material."""

    case: Case
    of: Case


def cases_beside(cases: Iterable[Case]) -> list[CaseBeside]:
    """Return the cases whose safety counts for these too, until signers ruled "another person"."""
    ours = {case.pk: case for case in cases}
    rows = PossibleTwin.objects.of(*ours).counted().select_related("one", "other").order_by("found_at", "pk")
    pairs = [(row.one, row.other) for row in rows] + [(row.other, row.one) for row in rows]
    return [CaseBeside(other, ours[one.pk]) for one, other in pairs if one.pk in ours and other.pk not in ours]


def terms_beside(row: CaseBeside, opened: set[str]) -> list[Protected]:
    """Return what the other case protects; `opened` is what consent opens of the case of the material.

    A form that the case of the material holds in the same field is left to it, opened there or not.
    """
    name = opened & {"CI_NAME"}
    names = list(Name.objects.filter(case=row.of).present()) if name else []
    told = OpenedNames(names)
    ours = [term for items in (set(), name) for term in protected_terms([row.of], {row.of.pk: items})]
    known = {(term.field, form) for term in ours for form in (*term.forms, *term.figures)}
    theirs = protected_terms([row.case], {row.case.pk: name}, told=told)
    theirs += _other_names(row, names, told) if name else []
    return [
        replace(
            term,
            forms=frozenset(form for form in term.forms if (term.field, form) not in known),
            figures=frozenset(form for form in term.figures if (term.field, form) not in known),
        )
        for term in theirs
        if term.field != NUMBERS
    ]


def scripts_without_a_name_beside(row: CaseBeside, text: str, opened: set[str]) -> set[str]:
    """Return the scripts of the text in which somebody around the other prisoner has no stored form."""
    name = opened & {"CI_NAME"}
    return set(scripts_without_a_name([row.case], text, {row.case.pk: name}, has_no_name=True))


def _other_names(row: CaseBeside, ours: list[Name], told: OpenedNames) -> list[Protected]:
    """Return the names of the prisoner that the other case alone holds; what the opened name shows is spared."""
    known = {folding.squash(name.value or "") for name in ours}
    rows = Name.objects.filter(case=row.case).present()
    values = [name.value for name in rows if name.value and folding.squash(name.value) not in known]
    return [protected_name(row.case.pk, "casework.name.value", value, told) for value in values]
