"""An answer of the consent ledger as a form sends it, and where its pages stand."""

import datetime as dt
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Case

DAY = dt.timedelta(days=1)
SEEN = re.compile(r'name="seen" value="(\w+)"')


def at(name: str, case: Case, *args: Any) -> str:
    return reverse(f"casework:{name}", args=[case.reference, *args])


def an_answer(**changes: Any) -> dict[str, Any]:
    given = {
        "about": "prisoner",
        "giver": "CG_SELF",
        "status": "CS_GIVEN",
        "package": "items",
        "grants": ["CI_NAME:AU_DIPLO", "CI_BIO:AU_DIPLO"],
        "from_on": timezone.localdate().isoformat(),
        "giver_name": "He himself",
        "method": "CM_SIGNED",
        "language": "His own",
        "explained": "What for, for whom, what may follow, that he may say no.",
        "proof": "Letter in the safe.",
    }
    return given | changes


def save(client: Client, case: Case, sent: dict[str, Any], **options: Any) -> HttpResponse:
    """Press twice, as a person does: see what changes, then save. A faulty answer comes back from the first press."""
    shown = client.post(at("add_consent", case), sent)
    seen = SEEN.search(shown.content.decode())
    if shown.status_code != 200 or seen is None:
        return shown
    return client.post(at("add_consent", case), sent | {"seen": seen[1], "save": "1"}, **options)
