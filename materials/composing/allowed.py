"""What consent opens: for one case and one audience, the items about the prisoner that may be disclosed now.

The gate asks the same in SQL (safety.clauses); here it decides what a draft prints and what it keeps back.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from casework.models import Case, Consent
from materials.audiences import TRUSTED

BEST_INTEREST_LASTS = dt.timedelta(hours=72)


def items_allowed(case: Case, audience: str, level: str, *, at: Any = None) -> frozenset[str]:
    """Return the consent items about the prisoner that are open for this audience at this level; none is no answer, so nothing."""
    moment = at or timezone.now()
    rows = (
        Consent.objects.present()
        .filter(case=case, subject=Consent.Subject.PRISONER, withdrawn_at=None)
        .prefetch_related("grants")
    )
    return frozenset(
        grant.item
        for row in rows
        if _counts(row, level, moment)
        for grant in row.grants.all()
        if grant.ended_at is None and (grant.audience == audience or audience == TRUSTED)
    )


def _counts(row: Consent, level: str, moment: dt.datetime) -> bool:
    """A consent counts while it lives; best interest never at the full level, 72 hours long, and decided by two."""
    if not row.is_live(at=moment):
        return False
    if row.basis == Consent.Basis.CONSENT:
        return True
    is_decided = row.seconded_by_id is not None or level == "emergency"
    return level != "full" and is_decided and row.from_at > moment - BEST_INTEREST_LASTS
