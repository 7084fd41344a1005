"""What waits for one person's answer: reviews, signatures, lifts, second persons, and the holds that stand."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import PendingAct, User
from accounts.roles import SECONDING_ROLES
from advocacy.pages.rows import WaitingLine
from casework.case_keys import CASE_KEYS
from casework.models import Case, Membership
from casework.models.permission_filter import HasRight
from directory.dates import relative_time
from materials.leaving.cases_named import with_cases
from materials.models import Material
from safety.actions.holds import ASKING_COUNTS_FOR
from safety.models import CriticalException, Hold, RiskAssessment
from sealing.queries import FLAG, MOMENT, PERSON, written_once
from web.pages import today_alarms, today_papers, today_public_pages, today_rulings

MOST = 8


def waiting_for(user: User, *, now: dt.datetime) -> list[WaitingLine]:
    """Return what waits for this person, alarms first, then the longest waiting; at most eight of each kind and one more."""
    found = [*_reviews(user), *_assessments(user, now), *_lifts(user, now), *_seconds(user, now), *_exceptions(user)]
    found += [*today_alarms.alarms_for(user, now=now), *today_public_pages.taken_down_for(user, now=now)]
    found += [*today_public_pages.shortened_for(user, now=now), *today_papers.moved_for(user)]
    found += today_rulings.rulings_for(user, now=now)
    found.sort(key=lambda row: (not row.is_alarm, row.since))
    return [replace(row, note=_note(row, now)) for row in found]


def holds_of(user: User, *, now: dt.datetime, row_by_row: bool = True) -> list[Hold]:
    """Return the holds that stand over cases this person may see, the youngest first, each with one case named."""
    found = _standing(user=user, at=now, row_by_row=row_by_row)
    CASE_KEYS.open_many(row.case_id for row in found if row.case_id)
    return found


@written_once(user=PERSON, at=MOMENT, row_by_row=FLAG)
def _standing(*, user: User, at: dt.datetime, row_by_row: bool) -> QuerySet[Hold]:
    cases = Case.objects.visible_to(user, row_by_row=row_by_row).order_by()
    mine = Q(scope="case") & Q(HasRight(user, "view_case", case="case_id"))
    mine |= Q(scope="group") & Q(Exists(cases.filter(group=OuterRef("group_id"))))
    mine |= Q(scope="country") & Q(Exists(cases.filter(country=OuterRef("country"))))
    mine |= Q(scope="office")
    rows = Hold.objects.standing(at=at).filter(mine).select_related("case", "group", "held_by")
    return rows.order_by("-held_at")[: MOST + 1]


def _reviews(user: User) -> list[WaitingLine]:
    rows = with_cases(_to_review(user=user))
    return [
        WaitingLine(
            label=_("%(kind)s, revision %(revision)d") % {"kind": row.get_kind_display(), "revision": row.revision},
            url=reverse("materials:review", args=[row.pk]),
            is_review=True,
            since=row.sent_to_review_at,
            about=", ".join(str(case) for case in row.cases.all()),
            by=row.last_editor,
        )
        for row in rows
        if row.sent_to_review_at
    ]


@written_once(user=PERSON)
def _to_review(*, user: User) -> QuerySet[Material]:
    rows = (
        Material.objects.where(user, may="sign_review")
        .waiting_for_review()
        .exclude(author=user)
        .exclude(last_editor=user)
        .exclude(kind=Material.NOTICE)
    )
    rows = rows.select_related("last_editor").only("kind", "revision", "sent_to_review_at", "last_editor")
    return rows.order_by("sent_to_review_at")[: MOST + 1]


def _assessments(user: User, now: dt.datetime) -> list[WaitingLine]:
    """Return assessments to sign as somebody else than the author, and high risks that want a director."""
    return [
        WaitingLine(
            label=_("Risk assessment, %(kind)s") % {"kind": row.get_kind_display().lower()},
            url=reverse("safety:assessment", args=[row.case.reference, row.pk]),
            since=row.written_at,
            about=str(row.case),
            by=row.author,
        )
        for row in _to_sign(user=user, at=now)
    ]


@written_once(user=PERSON, at=MOMENT)
def _to_sign(*, user: User, at: dt.datetime) -> QuerySet[RiskAssessment]:
    """Return both in one query: what nobody signed yet, and what is signed and high and wants a director."""
    unsigned = Q(HasRight(user, "sign_risk", case="case_id"), signed_at=None)
    high = Q(HasRight(user, "sign_high", case="case_id"), level="RL_HIGH", director=None, signed_at__isnull=False)
    return _longest_waiting(_of_others(user).filter(unsigned | (high & Q(expires_at__gt=at) & ~Q(signed_by=user))))


def _of_others(user: User) -> Any:
    """Return the assessments that count and that somebody else wrote."""
    newer = RiskAssessment.objects.of_cases().filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    live = RiskAssessment.objects.of_cases().filter(ended_at=None)
    return live.exclude(author=user).exclude(co_author=user).exclude(Exists(newer))


def _longest_waiting(rows: QuerySet[RiskAssessment]) -> QuerySet[RiskAssessment]:
    shown = ("kind", "written_at", "author__name", "author__username", "case__reference", "case__codename")
    return rows.select_related("case", "author").only(*shown).order_by("written_at")[: MOST + 1]


def _lifts(user: User, now: dt.datetime) -> list[WaitingLine]:
    return [
        WaitingLine(
            label=_("Lift the hold?"),
            url=reverse("safety:hold", args=[row.case.reference]),
            since=row.lift_asked_at,
            about=str(row.case),
            by=row.lift_asked_by,
        )
        for row in _to_lift(user=user, at=now, since=now - ASKING_COUNTS_FOR)
        if row.case and row.lift_asked_at
    ]


@written_once(user=PERSON, at=MOMENT, since=MOMENT)
def _to_lift(*, user: User, at: dt.datetime, since: dt.datetime) -> QuerySet[Hold]:
    may_lift = HasRight(user, "lift_hold", case="case_id")
    rows = Hold.objects.standing(at=at).filter(may_lift, scope="case", lift_asked_at__gt=since)
    rows = rows.exclude(lift_asked_by=user).select_related("case", "lift_asked_by")
    return rows.order_by("lift_asked_at")[: MOST + 1]


def _exceptions(user: User) -> list[WaitingLine]:
    """Return exceptions at a critical risk that lack a signature which may be this person's."""
    return [
        WaitingLine(
            label=_("Exception at a critical risk"),
            url=reverse("materials:exception", args=[row.material_id]),
            since=row.asked_at,
            about=str(row.case),
            by=row.asked_by,
        )
        for row in _excepted(user=user)
    ]


@written_once(user=PERSON)
def _excepted(*, user: User) -> QuerySet[CriticalException]:
    rows = CriticalException.objects.open_to_sign().filter(
        Q(reviewer=None, case__in=Case.objects.where(user, may="sign_review"))
        | Q(director=None, case__in=Case.objects.where(user, may="sign_high"))
    )
    rows = rows.exclude(asked_by=user).exclude(Q(reviewer__isnull=False) & Q(reviewer=user))
    rows = rows.exclude(Q(director__isnull=False) & Q(director=user)).select_related("case", "asked_by")
    return rows.order_by("asked_at")[: MOST + 1]


def _seconds(user: User, now: dt.datetime) -> list[WaitingLine]:
    """Return what others proposed and a second person must agree to: people on cases, and acts of the office."""
    found = [
        WaitingLine(
            label=_("Agree to a person on the case"),
            url=reverse("casework:access", args=[row.case.reference]),
            since=row.granted_at,
            about=str(row.case),
            by=row.user,
        )
        for row in _asking(user=user)
    ]
    if user.current_roles & SECONDING_ROLES:
        found += [
            WaitingLine(
                label=act.get_kind_display(),
                url=reverse("accounts:act", args=[act.pk]),
                since=act.proposed_at,
                about=_("Office"),
                by=act.proposed_by,
            )
            for act in _acts(user=user, at=now)
        ]
    return found


@written_once(user=PERSON)
def _asking(*, user: User) -> QuerySet[Membership]:
    asking = Membership.objects.where(user, may="manage_access").asking_to_join().exclude(user=user)
    return asking.select_related("case", "user").order_by("granted_at")[: MOST + 1]


@written_once(user=PERSON, at=MOMENT)
def _acts(*, user: User, at: dt.datetime) -> QuerySet[PendingAct]:
    acts = PendingAct.objects.for_second_person(user, at).select_related("proposed_by")
    return acts.order_by("proposed_at")[: MOST + 1]


def _note(row: WaitingLine, now: dt.datetime) -> str:
    return _("%(about)s, by %(name)s. %(waits)s") % {
        "about": row.about,
        "name": row.by.get_full_name() if row.by else "",
        "waits": relative_time.waits_words(row.since, now=now),
    }
