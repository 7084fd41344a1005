"""How the bench asks the scan: the one module here that knows how the scan is called."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from casework.models import Case
from safety.leaks import look, third_persons
from safety.leaks.looking import places_in
from sealing import folding
from sealing.matching.index import Index
from sealing.matching.names import forms_of


class Asked(StrEnum):
    """What the scan says about a text."""

    CAUGHT = "caught"
    CANNOT_CHECK = "cannot_check"
    CLEAN = "clean"


@dataclass(frozen=True)
class Speed:
    """Seconds: to fold the draft, to make the terms ready, to scan; and against how many terms it was measured."""

    folding: float
    build: float
    scan: float
    terms: int


def ask(case: Case, parts: dict[str, str], opened: set[str]) -> Asked:
    """Ask the scan about one text of one case."""
    seen = look([case], parts, {case.pk: opened})
    if seen.hits:
        return Asked.CAUGHT
    return Asked.CANNOT_CHECK if seen.blind else Asked.CLEAN


def ask_about_others(case: Case, text: str, name: str) -> Asked:
    """Ask the scan who else is named in one text: caught is the name that stands there, or anybody where nobody does."""
    seen = look([case], {"text": text}, {case.pk: {"CI_NAME"}}, by_right=third_persons.Accounted())
    told = [hit for hit in seen.hits if hit.field == third_persons.THIRD_PERSON]
    start = text.index(name)
    if any(hit.start < start + len(name) and start < hit.end for hit in told) if name else told:
        return Asked.CAUGHT
    return Asked.CANNOT_CHECK if seen.untold else Asked.CLEAN


def speed_of(draft: str, names: list[str], *, once: Callable[[Callable[[], Any]], float]) -> Speed:
    """Measure the look at one draft against all these names in every form that the scan looks for."""
    start = time.process_time()
    index = Index((forms_of(name), ()) for name in names)
    built = time.process_time() - start
    folded = once(lambda: folding.tokens(draft))
    return Speed(folded, built, once(lambda: places_in(index, draft)), len(names))
