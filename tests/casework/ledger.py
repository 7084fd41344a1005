"""An answer of the consent ledger as a form sends it, and where its pages stand."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.models import Case

DAY = dt.timedelta(days=1)


def at(name: str, case: Case, *args: Any) -> str:
    return reverse(f"casework:{name}", args=[case.reference, *args])


def an_answer(**changes: Any) -> dict[str, Any]:
    given = {
        "about": "prisoner",
        "giver": "CG_SELF",
        "status": "CS_GIVEN",
        "grants": ["CI_NAME:AU_DIPLO", "CI_BIO:AU_DIPLO"],
        "from_on": timezone.localdate().isoformat(),
        "giver_name": "He himself",
        "method": "CM_SIGNED",
        "language": "His own",
        "explained": "What for, for whom, what may follow, that he may say no.",
        "proof": "Letter in the safe.",
    }
    return given | changes
