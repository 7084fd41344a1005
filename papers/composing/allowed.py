"""What consent opens: for one case and one audience, the items about the prisoner that may be disclosed now.

It decides what a draft prints and what it keeps back; the rule of consent answers.
"""

import datetime as dt

from casework import consent_rule
from casework.models import Case


def items_allowed(case: Case, audience: str, level: str, *, at: dt.datetime | None = None) -> frozenset[str]:
    """Return the consent items about the prisoner that are open for this audience at this level; none is no answer, so nothing."""
    return consent_rule.ledger_of(case, at=at).ask(audience, level).open_items
