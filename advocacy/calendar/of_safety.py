"""Dates of safety: assessments that end, embargoes that end, and days on which the posture is looked at again."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.pages.addresses import address_of
from advocacy.calendar.question import CalendarDate, CalendarQuestion, DateSource, FoundDates, capped
from casework.models import Case
from safety.models import Posture, RiskAssessment

OF_A_CASE = ("case__reference", "case__codename", "case__lead__name", "case__lead__username")


def assessments(asked: CalendarQuestion) -> FoundDates:
    """Return the signed assessments that end in these days and that no later one replaces."""
    newer = RiskAssessment.objects.of_cases().filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    rows = asked.seen(RiskAssessment.objects.all()).of_cases().filter(signed_at__isnull=False, ended_at=None)
    rows = rows.filter(expires_at__gte=asked.start, expires_at__lt=asked.end).exclude(Exists(newer))
    rows = rows.order_by("expires_at", "pk").select_related("case__lead").only("expires_at", *OF_A_CASE)
    found, is_more = capped(list(rows[: asked.most + 1]), asked.most)
    lines = [
        _line(
            row.case,
            str(row.pk),
            timezone.localdate(row.expires_at),
            _("Risk assessment ends"),
            f"safety.riskassessment:{row.pk}",
        )
        for row in found
        if row.expires_at
    ]
    return FoundDates(lines, is_more)


def postures(asked: CalendarQuestion) -> FoundDates:
    """Return where the posture of a case changes or is to be looked at again in these days."""
    newer = Posture.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    ends = Q(kind=Posture.Kind.EMBARGO, embargo_until__gte=asked.start, embargo_until__lt=asked.end)
    looks = Q(review_on__gte=asked.first, review_on__lte=asked.last)
    rows = asked.seen(Posture.objects.all()).filter(ends | looks).exclude(Exists(newer))
    rows = rows.order_by("review_on", "pk").select_related("case__lead")
    found, is_more = capped(
        list(rows.only("kind", "embargo_until", "review_on", *OF_A_CASE)[: asked.most + 1]), asked.most
    )
    return FoundDates([line for row in found for line in _of_posture(row, asked)], is_more)


def _of_posture(row: Posture, asked: CalendarQuestion) -> list[CalendarDate]:
    days = [(row.review_on, _("Look at the posture again"), f"{row.pk} again")]
    if row.kind == Posture.Kind.EMBARGO and row.embargo_until:
        days.append((timezone.localdate(row.embargo_until), _("Embargo ends"), f"{row.pk} ends"))
    return [
        _line(row.case, key, day, title, f"safety.posture:{row.pk}") for day, title, key in days if asked.touches(day, day)
    ]  # fmt: skip


def _line(case: Case, key: str, day: dt.date, title: str, target: str) -> CalendarDate:
    return CalendarDate(
        key=key,
        first=day,
        last=day,
        title=title,
        url=address_of("safety:safety", case.reference),
        case=case.codename,
        reference=case.reference,
        owner=case.lead.get_full_name(),
        target=target,
        case_key=case.pk,
    )


SOURCES = (
    DateSource(
        "assessment",
        _lazy("assessment"),
        _lazy("Risk assessments that end"),
        assessments,
        feed_word=_lazy("Assessment"),
    ),
    DateSource("posture", _lazy("posture"), _lazy("Postures and embargoes"), postures),
)
