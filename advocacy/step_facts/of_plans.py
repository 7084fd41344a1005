"""Facts of plans: one of weeks was begun, so the case was taken on."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.models import Plan
from advocacy.step_facts.fact import Fact, Found, instant
from casework.models import Case
from sealing.queries import row_of, written_once


def _begun(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    url = reverse("advocacy:plan", args=[case.reference])
    return [
        Found(
            "PLAN_BEGUN",
            row.pk,
            row.made_at,
            row.made_by,
            _("A plan of weeks begun by %(name)s, %(at)s.") % {"name": row.made_by, "at": instant(row.made_at)},
            f"{url}?plan={row.pk}",
        )
        for row in _of_weeks(case=case)
    ]


@written_once(case=row_of(Case))
def _of_weeks(*, case: Case) -> QuerySet[Plan]:
    rows = Plan.objects.filter(case=case, template=Plan.Template.SIX_WEEK, ended_at=None).select_related("made_by")
    return rows.order_by("-made_at")


FACTS = (Fact("PLAN_BEGUN", _begun),)
