"""Which status a file without one may have meant: proposed in a fault, and never taken by itself."""

import datetime as dt
import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from casework.custody import held_by_dates
from directory.dates import sort_key
from directory.vocabulary import terms
from exchange.records import DetentionTold

# English words of an ending and the status they may mean. Several may fit: then all of them are proposed.
WORDS = (
    ("DS_EXECUTED", r"execut|hanged|shot by (a )?firing"),
    ("DS_DIED", r"\bdie[ds]?\b|\bdead\b|\bdeath\b|kill|murder|perish|passed away"),
    ("DS_ESCAPED", r"escap|\bfled\b|\bflight\b|in hiding"),
    ("DS_DEPORTED", r"deport|expel|expuls|exile|banish|sent abroad"),
    ("DS_EXCHANGED", r"exchang|swap"),
    ("DS_BAIL", r"\bbail"),
    ("DS_CONDITIONAL", r"parole|condition|interrupt|suspend"),
    ("DS_RELEASED", r"releas|freed|\bfree\b|liberat|acquit|pardon|amnest|discharg|served"),
)
UNCONDITIONAL = re.compile(r"unconditional\w*", re.IGNORECASE)
NOT_TRIED, CHARGED, SENTENCED = ("DS_POLICE", "DS_ADMIN", "DS_INCOMM"), ("DS_PRETRIAL", "DS_TRIAL"), ("DS_SENTENCED",)


def proposed(spells: Sequence[DetentionTold], *, today: dt.date) -> tuple[str, ...]:
    """Return the statuses that the detentions of a file may mean; none where they say nothing that is known here."""
    is_held = held_by_dates(spells, today) if spells else None
    if is_held is None:
        return ()
    if is_held:
        charges = [charge for spell in spells if not spell.ended for charge in spell.charges]
        return SENTENCED if any(charge.sentence for charge in charges) else CHARGED if charges else NOT_TRIED
    last = max(spells, key=_end)
    words = UNCONDITIONAL.sub(" ", last.ending)
    return tuple(code for code, pattern in WORDS if re.search(pattern, words, re.IGNORECASE))


def no_status(spells: Sequence[DetentionTold], *, today: dt.date) -> str:
    """Return the fault of a case without a status: what the file may have meant, and that nobody guesses it here."""
    known = terms("detention_status")
    found = [f"{code} ({known[code].label})" for code in proposed(spells, today=today)]
    if not found:
        return _("is missing, and the detentions do not say it; write one of %(codes)s") % {"codes": ", ".join(known)}
    return _("is missing; the detentions may mean %(codes)s. Write the one that is true") % {"codes": ", ".join(found)}


def _end(spell: DetentionTold) -> tuple[dt.date, dt.date]:
    return sort_key(spell.ended)
