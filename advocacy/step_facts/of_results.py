"""Facts of results: an outcome that was recorded, a target that was judged. Either is an evaluation."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.models import Outcome, Target
from advocacy.step_facts.fact import Fact, Found, instant
from casework.models import Case

MOST = 20


def _outcomes(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    rows = Outcome.objects.filter(case=case).present().select_related("created_by").order_by("-created_at")
    url = reverse("advocacy:results", args=[case.reference])
    return [
        Found(
            "OUTCOME",
            row.pk,
            row.created_at,
            row.created_by,
            _("%(what)s: recorded by %(name)s, %(at)s.")
            % {"what": row.get_what_display(), "name": row.created_by, "at": instant(row.created_at)},
            url,
        )
        for row in rows.defer(*(field.name for field in Outcome.sealed_fields()))[:MOST]
    ]


def _is_withdrawn(at: dt.datetime) -> Q:
    return ~Q(Exists(Outcome.objects.present().filter(pk=OuterRef("fact_row"))))


def _judged(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    rows = Target.objects.filter(case=case, judged_at__isnull=False).select_related("judged_by").order_by("-judged_at")
    url = reverse("advocacy:results", args=[case.reference])
    return [
        Found(
            "TARGET_JUDGED",
            row.pk,
            row.judged_at,
            row.judged_by,
            _("Target “%(what)s” judged by %(name)s, %(at)s: %(verdict)s.")
            % {
                "what": row.get_what_display(),
                "name": row.judged_by,
                "at": instant(row.judged_at),
                "verdict": Target.Verdict(row.verdict).label,
            },
            url,
        )
        for row in rows.defer(*(field.name for field in Target.sealed_fields()))[:MOST]
        if row.judged_at and row.judged_by
    ]


FACTS = (Fact("TARGET_JUDGED", _judged), Fact("OUTCOME", _outcomes, _is_withdrawn))
