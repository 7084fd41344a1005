"""What the practice office hoped for on one case, and what came of it: targets, outcomes, a harm."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from advocacy.actions import office_results, results
from casework.models import Case


def load_results(case: Case, who: dict[str, User]) -> None:
    """Set targets of a case and of the office, adjust one, and record what changed, with our part as it is proved."""
    ana, today = who["ana"], timezone.localdate()
    for what, wanted, ahead in (
        ("OU_INQUIRY", 2, 90),
        ("OU_REVIEW", 2, 90),
        ("OU_STATEMENT", 1, 60),
        ("OU_MEDICAL", 1, 14),
    ):
        target = results.set_target(
            actor=ana,
            case=case,
            what=what,
            wanted=wanted,
            by=today + dt.timedelta(days=ahead),
            counts_from=today - dt.timedelta(days=60),
        )
        if what == "OU_INQUIRY":
            reason = "A second bench heard it: three inquiries are within reach."
            by = today + dt.timedelta(days=90)
            results.adjust_target(actor=ana, target=target, version=1, wanted=3, by=by, reason=reason)
    for values in _outcomes(case, today):
        results.record_outcome(actor=ana, case=case, values=values)
    office_results.set_office_target(actor=who["dara"], country="XPR", year=today.year, what="OU_INQUIRY", wanted=5)


def _outcomes(case: Case, today: dt.date) -> list[dict[str, object]]:
    """Return what changed: an inquiry with our part, a better cell of which we know no cause, and a harm."""
    claim = case.claims.order_by("number")[0]
    days = [(today - dt.timedelta(days=ago)).isoformat() for ago in (7, 20, 30)]
    return [
        {
            "what": "OU_INQUIRY",
            "on": days[0],
            "words": "The ombudsperson opened an inquiry into the arrest.",
            "effect": "IM_P2",
            "part": "strong",
            "claim": claim,
            "other_cause": "The bar of Port Tarn had written to her, too.",
            "who_else": "Two embassies asked for a date.",
        },
        {
            "what": "OU_CONDITIONS",
            "on": days[1],
            "words": "Moved to a cell with a window.",
            "effect": "IM_P1",
            "part": "some",
            "other_cause": "The wing was repaired.",
        },
        {
            "what": "OU_REPRISAL_FAM",
            "on": days[2],
            "words": "The sister was called to the police for an hour.",
            "effect": "IM_N2",
            "part": "some",
            "claim": claim,
            "other_cause": "A raid in her street on the same day.",
            "answer": "Public work stopped for three weeks; she was asked first before it began again.",
        },
    ]
