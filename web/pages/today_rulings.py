"""Claims on which a colleague asked this person to rule, as lines of *Today*: one a case and colleague, while any waits."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.pages.rows import WaitingLine
from casework.models import Case, Claim
from casework.models.permission_filter import HasRight
from claims.actions.rulings import ASKED, UNSETTLED
from sealing.queries import MOMENT, PERSON, written_once
from work.models import Notice

MOST = 8
ASKING_COUNTS_FOR = dt.timedelta(days=60)


def rulings_for(user: User, *, now: dt.datetime) -> list[WaitingLine]:
    """Return what waits for a ruling of this person, the longest waiting first; nothing of a case they may not change."""
    first: dict[tuple[object, object], Notice] = {}
    for row in _asked(user=user, since=now - ASKING_COUNTS_FOR):
        first.setdefault((row.case_id, row.by_id), row)
    cases = {case.pk: case for case in Case.objects.filter(pk__in=[key for key, _by in first])} if first else {}
    return [
        WaitingLine(
            label=_("Rule on claims"),
            url=reverse("casework:claims", args=[cases[row.case_id].reference]) + "?needs=answer",
            since=row.made_at,
            about=str(cases[row.case_id]),
            by=row.by,
        )
        for row in list(first.values())[: MOST + 1]
        if row.case_id in cases
    ]


@written_once(user=PERSON, since=MOMENT)
def _asked(*, user: User, since: dt.datetime) -> QuerySet[Notice]:
    """Return the asking that still waits: a claim of who asked, written before, on which nobody ruled afterwards."""
    open_claims = Claim.objects.present().filter(
        Q(verified_at=None) | Q(verified_at__lt=OuterRef("made_at")),
        case=OuterRef("case_id"),
        created_by=OuterRef("by"),
        created_at__lte=OuterRef("made_at"),
        status__in=sorted(UNSETTLED),
    )
    rows = Notice.objects.filter(HasRight(user, "change_case", case="case_id"), user=user, kind=ASKED)
    return rows.filter(Exists(open_claims), made_at__gt=since).select_related("by").order_by("made_at")[: 4 * MOST]
