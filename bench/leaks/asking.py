"""How the bench asks the scan: the one module here that knows how the scan is called."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import uuid4

from casework.models import Case
from safety.leaks.names import forms_of
from safety.leaks.scan import hits
from safety.leaks.terms import Protected, missing_scripts, protected_terms
from sealing import folding


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
    """Ask the scan about one text of one case; a recipient line is no part of what it reads."""
    parts = {key: text for key, text in parts.items() if key != "recipient"}
    told = {case.pk: opened}
    if hits(parts, protected_terms([case], told), [case.pk]):
        return Asked.CAUGHT
    return Asked.CANNOT_CHECK if missing_scripts([case], "\n".join(parts.values()), told) else Asked.CLEAN


def speed_of(draft: str, names: list[str], *, once: Callable[[Callable[[], Any]], float]) -> Speed:
    """Measure; the scan goes term by term, so a hundredth of the terms is asked."""
    case, names = uuid4(), names[: len(names) // 100]
    start = time.process_time()
    terms = [Protected(case, "name", name=forms, squashed=forms.squashed) for forms in map(forms_of, names)]
    built = time.process_time() - start
    return Speed(once(lambda: folding.fold(draft)), built, once(lambda: hits({"text": draft}, terms, [case])), len(names))
