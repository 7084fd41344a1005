"""What waits for one person's answer: reviews, signatures, lifts, second persons, and the holds that stand."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import PendingAct
from accounts.roles import SECONDING_ROLES
from advocacy import waiting_alarms, when
from advocacy.models import Material
from casework.models import Case, Membership
from safety.actions.holds import ASKING_COUNTS_FOR
from safety.models import Hold, RiskAssessment

MOST = 8


def for_me(user: Any, *, now: dt.datetime) -> list[dict[str, Any]]:
    """Return what waits for this person, alarms first, then the longest waiting; at most eight of each kind and one more."""
    found = [*_reviews(user), *_assessments(user, now), *_lifts(user, now), *_seconds(user, now)]
    found += waiting_alarms.of(user, now=now)
    found.sort(key=lambda row: (not row.get("is_alarm"), row["since"]))
    return [row | {"note": _note(row, now)} for row in found]


def holds_of(user: Any, *, now: dt.datetime) -> list[Hold]:
    """Return the holds that stand over cases this person may see, the youngest first, each with one case named."""
    cases = Case.objects.visible_to(user)
    mine = Q(scope="case", case__in=cases)
    groups = cases.exclude(group=None).values("group_id")
    mine |= (
        Q(scope="group", group_id__in=groups)
        | Q(scope="country", country__in=cases.values("country"))
        | Q(scope="office")
    )
    rows = Hold.objects.standing(at=now).filter(mine).select_related("case", "group", "held_by").order_by("-held_at")
    return list(rows[: MOST + 1])


def _reviews(user: Any) -> list[dict[str, Any]]:
    rows = (
        Material.objects.where(user, may="sign_review")
        .waiting_for_review()
        .exclude(author=user)
        .exclude(last_editor=user)
        .exclude(kind=Material.Kind.NOTICE)
    )
    rows = (
        rows.select_related("last_editor")
        .prefetch_related("cases")
        .only("kind", "revision", "sent_to_review_at", "last_editor")
    )
    return [
        {
            "label": _("%(kind)s, revision %(revision)d") % {"kind": row.get_kind_display(), "revision": row.revision},
            "url": reverse("advocacy:review", args=[row.pk]),
            "is_review": True,
            "since": row.sent_to_review_at,
            "about": " ".join(case.codename for case in row.cases.all()),
            "by": row.last_editor,
        }
        for row in rows.order_by("sent_to_review_at")[: MOST + 1]
    ]


def _assessments(user: Any, now: dt.datetime) -> list[dict[str, Any]]:
    """Return assessments to sign as somebody else than the author, and high risks that want a director."""
    newer = RiskAssessment.objects.of_cases().filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    to_sign = Q(signed_at=None, case__in=Case.objects.where(user, may="sign_risk"))
    for_director = Q(signed_at__isnull=False, expires_at__gt=now, level="RL_HIGH", director=None)
    for_director &= Q(case__in=Case.objects.where(user, may="sign_high")) & ~Q(signed_by=user)
    rows = (
        RiskAssessment.objects.of_cases()
        .filter(to_sign | for_director, ended_at=None)
        .exclude(author=user)
        .exclude(Exists(newer))
    )
    rows = rows.select_related("case", "author").only(
        "kind", "written_at", "author", "case__reference", "case__codename"
    )
    return [
        {
            "label": _("Risk assessment, %(kind)s") % {"kind": row.get_kind_display().lower()},
            "url": reverse("safety:assessment", args=[row.case.reference, row.pk]),
            "since": row.written_at,
            "about": row.case.codename,
            "by": row.author,
        }
        for row in rows.order_by("written_at")[: MOST + 1]
    ]


def _lifts(user: Any, now: dt.datetime) -> list[dict[str, Any]]:
    asked = Hold.objects.standing(at=now).filter(
        scope="case", case__in=Case.objects.where(user, may="lift_hold"), lift_asked_at__gt=now - ASKING_COUNTS_FOR
    )
    rows = asked.exclude(lift_asked_by=user).select_related("case", "lift_asked_by").order_by("lift_asked_at")
    return [
        {
            "label": _("Lift the hold?"),
            "url": reverse("safety:hold", args=[row.case.reference]),
            "since": row.lift_asked_at,
            "about": row.case.codename,
            "by": row.lift_asked_by,
        }
        for row in rows[: MOST + 1]
        if row.case
    ]


def _seconds(user: Any, now: dt.datetime) -> list[dict[str, Any]]:
    """Return what others proposed and a second person must agree to: people on cases, and acts of the office."""
    mine = Membership.objects.where(user, may="manage_access").filter(ended_at=None, seconded_at=None, is_opening=False)
    alone = [
        row
        for row in mine.exclude(user=user).select_related("case", "user").order_by("granted_at")[: MOST + 1]
        if row.is_at_own_request
    ]
    found = [
        {
            "label": _("Agree to a person on the case"),
            "url": reverse("casework:access", args=[row.case.reference]),
            "since": row.granted_at,
            "about": row.case.codename,
            "by": row.user,
        }
        for row in alone
    ]
    if user.current_roles & SECONDING_ROLES:
        acts = PendingAct.objects.for_second_person(user, now).select_related("proposed_by").order_by("proposed_at")
        found += [
            {
                "label": act.get_kind_display(),
                "url": reverse("accounts:act", args=[act.pk]),
                "since": act.proposed_at,
                "about": _("Office"),
                "by": act.proposed_by,
            }
            for act in acts[: MOST + 1]
        ]
    return found


def _note(row: dict[str, Any], now: dt.datetime) -> str:
    return _("%(about)s, by %(name)s. %(waits)s") % {
        "about": row["about"],
        "name": row["by"].get_full_name(),
        "waits": when.waits_words(row["since"], now=now),
    }
