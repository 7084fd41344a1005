"""How long the person has been held, from the latest spell of detention: exact only when the dates are."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from casework.dates import held_words, sort_key
from casework.models import Case


def held_words_of(case: Case, *, spells: Iterable[Any] | None = None, today: dt.date | None = None) -> str:
    """Return "616 days" or "about 616 days" of the latest spell; empty where nobody wrote since when.

    One query, or none when the page has read the present spells already.
    """
    if spells is None:
        spells = case.detentions.present().only("id", "case_id", "started", "ended")
    latest = max(
        spells, key=lambda row: sort_key(row.started) if row.started else (dt.date.min, dt.date.min), default=None
    )
    return held_words(latest.started, latest.ended, today=today) if latest else ""
