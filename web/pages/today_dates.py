"""What one person has to look at today. Every list goes through visible_to, is capped, and costs one or two queries."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from advocacy import plan_templates
from advocacy.models import Milestone
from casework.case_keys import CASE_KEYS
from casework.dates import relative_time
from casework.models import Consent
from safety.models import RiskAssessment

SHOWN = 50
COUNTED = 100
BESIDE = 8
DAYS = 7
OF_A_STEP = [
    *("track", "gate_level", "title", "due_at", "case__reference", "case__codename"),
    *("plan__template", "plan__starts_at"),
]
ENDS_WITHIN = dt.timedelta(days=14)
ENDED_WITHIN = dt.timedelta(days=30)
SHORT_TRACKS = {
    "private_diplomacy": gettext_lazy("Private"),
    "policy_advocacy": gettext_lazy("Policy"),
    "public_accountability": gettext_lazy("Public"),
    "core": gettext_lazy("Case work"),
}


@dataclass
class Counted:
    """A capped list and how many there are: exact to a hundred, then "100+"."""

    rows: list[Any]
    number: int

    @property
    def count(self) -> str:
        """Return the number in words of a heading."""
        return f"{COUNTED}+" if self.number > COUNTED else str(self.number)

    @property
    def is_more(self) -> bool:
        """Say whether rows are left off."""
        return self.number > len(self.rows)


@dataclass
class Day:
    """One day of the next seven."""

    title: str
    short: str
    is_today: bool
    number: int
    rows: list[dict[str, Any]] = field(default_factory=list)


def milestones_of(user: Any, *, is_all: bool, row_by_row: bool = True) -> Any:
    """Return the open steps that are this person's, or all those of the cases they may see."""
    if is_all:
        return Milestone.objects.visible_to(user, row_by_row=row_by_row).open()
    return Milestone.objects.visible_to(user).open().filter(owner=user)


def overdue(rows: Any, *, now: dt.datetime) -> Counted:
    """Return missed steps, the oldest first."""
    found = counted(rows.filter(due_at__lt=now).order_by("due_at"))
    found.rows = [_step(row) | {"late": relative_time.late_words(row.due_at, now=now)} for row in found.rows]
    return found


def next_days(rows: Any, *, now: dt.datetime) -> tuple[Counted, list[Day]]:
    """Return what is due in the next seven days, today being the first, day by day."""
    today = timezone.localdate(now)
    end = timezone.make_aware(dt.datetime.combine(today + dt.timedelta(days=DAYS), dt.time()))
    due = rows.filter(due_at__gte=now, due_at__lt=end).order_by("due_at")
    instants = list(due.values_list("due_at", flat=True)[: COUNTED + 1])
    found = Counted(shown_steps(due[:SHOWN]), len(instants))
    numbers: dict[dt.date, int] = {}
    for at in instants:
        numbers[timezone.localdate(at)] = numbers.get(timezone.localdate(at), 0) + 1
    days = [_day(today + dt.timedelta(days=ahead), today, numbers) for ahead in range(DAYS)]
    for row in found.rows:
        day = days[(timezone.localdate(row.due_at) - today).days]
        day.rows.append(_step(row) | {"when": _hour(row)})
    return found, days


def counted(rows: Any) -> Counted:
    """Return the first fifty rows with their cases, and how many there are."""
    shown = shown_steps(rows[:SHOWN])
    number = len(shown) if len(shown) < SHOWN else rows.order_by()[: COUNTED + 1].count()
    return Counted(shown, number)


def shown_steps(rows: QuerySet[Milestone]) -> list[Milestone]:
    """Return the rows with their cases, their keys opened in one query."""
    found = list(rows.select_related("case", "plan").only(*OF_A_STEP))
    CASE_KEYS.open_many(row.case_id for row in found)
    return found


def ending(user: Any, *, now: dt.datetime, row_by_row: bool = True) -> list[dict[str, Any]]:
    """Return the assessments and consents that end within two weeks, and the assessments that ended lately."""
    newer = RiskAssessment.objects.of_cases().filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    risks = (
        RiskAssessment.objects.visible_to(user, row_by_row=row_by_row)
        .of_cases()
        .filter(signed_at__isnull=False, ended_at=None)
        .exclude(Exists(newer))
    )
    risks = risks.filter(expires_at__gt=now - ENDED_WITHIN, expires_at__lte=now + ENDS_WITHIN).order_by("expires_at")
    consents = Consent.objects.visible_to(user, row_by_row=row_by_row).present()
    consents = consents.filter(status__in=Consent.LIVE, withdrawn_at=None)
    consents = consents.filter(until_at__gt=now, until_at__lte=now + ENDS_WITHIN).order_by("until_at")
    found = [
        (at, _("Risk assessment, %(codename)s") % {"codename": codename}, reverse("safety:safety", args=[reference]))
        for at, codename, reference in risks.values_list("expires_at", "case__codename", "case__reference")[
            : BESIDE + 1
        ]
    ]
    found += [
        (at, _("Consent, %(codename)s") % {"codename": codename}, reverse("casework:consent", args=[reference, pk]))
        for at, codename, reference, pk in consents.values_list("until_at", "case__codename", "case__reference", "pk")[
            : BESIDE + 1
        ]
    ]
    return [_ending(at, words, url, now) for at, words, url in sorted(found)[: BESIDE + 1]]


def _ending(at: dt.datetime, words: str, url: str, now: dt.datetime) -> dict[str, Any]:
    row = {"label": words, "url": url}
    if at <= now:
        return row | {"late": _("ended %(day)s") % {"day": relative_time.short_day(at)}}
    if at - now < dt.timedelta(days=1):
        return row | {"late": _("%(day)s") % {"day": relative_time.short_hour(at)}}
    return row | (
        {"soon": relative_time.ahead_words(at, now=now)}
        if at - now < dt.timedelta(days=7)
        else {"when": relative_time.ahead_words(at, now=now)}
    )


def _step(row: Milestone) -> dict[str, Any]:
    """Return a step as a line of a work list."""
    url = reverse("advocacy:milestone", args=[row.case.reference, row.pk])
    return {
        "title": row.title,
        "url": url,
        "codename": row.case.codename,
        "track": str(SHORT_TRACKS.get(row.track, row.track)),
        "gate": row.gate_level if row.gate_level != "none" else "",
    }


def _hour(row: Milestone) -> str:
    """Return the hour of a step, or "all day" for one of a plan of weeks that still has the plan's hour."""
    is_in_hours = row.plan.template in plan_templates.IN_HOURS
    if is_in_hours or row.due_at.timetz() != row.plan.starts_at.timetz():
        return relative_time.hour(row.due_at)
    return _("all day")


def _day(day: dt.date, today: dt.date, numbers: dict[dt.date, int]) -> Day:
    words = date_format(day, pgettext("a weekday and its date, as Django's date filter", "l j F"))
    title = _("Today, %(day)s") % {"day": words} if day == today else words
    return Day(
        title, date_format(day, pgettext("a day in a strip of a week", "D j")), day == today, numbers.get(day, 0)
    )
