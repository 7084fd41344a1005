"""What one person has to look at today. Every list goes through visible_to, is capped, and costs one or two queries."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from accounts.models import User
from accounts.pages.addresses import address_of
from advocacy import plan_templates
from advocacy.models import Milestone
from advocacy.models.plan import MilestoneQuerySet
from casework.case_keys import CASE_KEYS
from casework.models import Consent
from casework.pages.rows import TaskRow
from directory.dates import relative_time
from directory.dates.shown import day_in
from safety.models import RiskAssessment
from sealing.queries import FLAG, MOMENT, PERSON, written_once

SHOWN = 25  # of each list; the others are a page away
COUNTED = 100
BESIDE = 8
DAYS = 7
WHOSE = {"user": PERSON, "is_all": FLAG, "row_by_row": FLAG}
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


@dataclass(frozen=True)
class StepLine:
    """A step as a line of a work list; `late` or `when` says its hour in words."""

    title: str
    url: str
    case: str
    track: str
    gate: str
    due_at: dt.datetime
    late: str = ""
    when: str = ""
    key: str = ""


@dataclass(frozen=True)
class CountedSteps:
    """A capped list of steps and how many there are: exact to a hundred, then "100+"."""

    rows: Sequence[StepLine]
    number: int

    @property
    def count(self) -> str:
        """Return the number in words of a heading."""
        return f"{COUNTED}+" if self.is_beyond else str(self.number)

    @property
    def is_beyond(self) -> bool:
        """Say whether there are more than anybody counts."""
        return self.number > COUNTED

    @property
    def is_more(self) -> bool:
        """Say whether rows are left off."""
        return self.number > len(self.rows)

    @property
    def more_words(self) -> str:
        """Return how many rows are left off, in words of a link."""
        left_off = min(self.number, COUNTED) - len(self.rows)
        if self.is_beyond:
            return _("more than %(count)d others") % {"count": left_off}
        return ngettext("%(count)d other", "%(count)d others", left_off) % {"count": left_off}


@dataclass(frozen=True)
class AgendaDay:
    """One day of the next seven."""

    title: str
    short: str
    is_today: bool
    number: int
    rows: list[StepLine]


def milestones_of(user: User, *, is_all: bool, row_by_row: bool = True) -> MilestoneQuerySet:
    """Return the open steps that are this person's, or all those of the cases they may see."""
    if is_all:
        return Milestone.objects.visible_to(user, row_by_row=row_by_row).open()
    return Milestone.objects.visible_to(user).open().filter(owner=user)


def overdue(user: User, *, is_all: bool, row_by_row: bool = True, now: dt.datetime) -> CountedSteps:
    """Return missed steps, the oldest first."""
    asked = {"user": user, "is_all": is_all, "row_by_row": row_by_row, "at": now}
    found = with_keys(_late(**asked))
    number = len(found) if len(found) < SHOWN else _every_late_one.count(**asked)
    return CountedSteps([step_line(row, late=relative_time.late_words(row.due_at, now=now)) for row in found], number)


def next_days(
    user: User, *, is_all: bool, row_by_row: bool = True, now: dt.datetime
) -> tuple[CountedSteps, list[AgendaDay]]:
    """Return what is due in the next seven days, today being the first, day by day."""
    today = timezone.localdate(now)
    asked = {"user": user, "is_all": is_all, "row_by_row": row_by_row, "at": now, "end": end_of_the_days(now)}
    rows = with_keys(_due(**asked))
    instants = [row.due_at for row in rows] if len(rows) < SHOWN else _instants(**asked)
    found = [step_line(row, when=hour_words(row)) for row in rows]
    zone = timezone.get_current_timezone()
    numbers = Counter(at.astimezone(zone).date() for at in instants)
    days = [_day(today + dt.timedelta(days=ahead), today, numbers) for ahead in range(DAYS)]
    for row in found:
        days[(row.due_at.astimezone(zone).date() - today).days].rows.append(row)
    return CountedSteps(found, len(instants)), days


def end_of_the_days(now: dt.datetime) -> dt.datetime:
    """Return when the next seven days of the office are over, today being the first."""
    last = timezone.localdate(now) + dt.timedelta(days=DAYS)
    return timezone.make_aware(dt.datetime.combine(last, dt.time()))


def _shown(rows: MilestoneQuerySet) -> MilestoneQuerySet:
    return rows.order_by("due_at").select_related("case", "plan").only(*OF_A_STEP)[:SHOWN]


def with_keys(rows: list[Milestone]) -> list[Milestone]:
    """Return the rows, the keys of their cases opened in one query."""
    CASE_KEYS.open_many(row.case_id for row in rows)
    return rows


@written_once(**WHOSE, at=MOMENT)
def _late(*, at: dt.datetime, **whose: Any) -> QuerySet[Milestone]:
    return _shown(milestones_of(**whose).filter(due_at__lt=at))


@written_once(**WHOSE, at=MOMENT)
def _every_late_one(*, at: dt.datetime, **whose: Any) -> QuerySet[Milestone, str]:
    return milestones_of(**whose).filter(due_at__lt=at).order_by().values_list("track", flat=True)[: COUNTED + 1]


@written_once(**WHOSE, at=MOMENT, end=MOMENT)
def _due(*, at: dt.datetime, end: dt.datetime, **whose: Any) -> QuerySet[Milestone]:
    return _shown(milestones_of(**whose).filter(due_at__gte=at, due_at__lt=end))


@written_once(**WHOSE, at=MOMENT, end=MOMENT)
def _instants(*, at: dt.datetime, end: dt.datetime, **whose: Any) -> QuerySet[Milestone, dt.datetime]:
    rows = milestones_of(**whose).filter(due_at__gte=at, due_at__lt=end).order_by("due_at")
    return rows.values_list("due_at", flat=True)[: COUNTED + 1]


def ending(user: User, *, now: dt.datetime, row_by_row: bool = True) -> list[TaskRow]:
    """Return the assessments and consents that end within two weeks, and the assessments that ended lately."""
    whose = {"user": user, "row_by_row": row_by_row}
    risks = _risks(**whose, since=now - ENDED_WITHIN, until=now + ENDS_WITHIN)
    consents = _consents(**whose, since=now, until=now + ENDS_WITHIN)
    found = [
        (
            at,
            _("Risk assessment, %(codename)s") % {"codename": f"{codename} {reference}"},
            reverse("safety:safety", args=[reference]),
        )
        for at, codename, reference in risks
    ]
    found += [
        (
            at,
            _("Consent, %(codename)s") % {"codename": f"{codename} {reference}"},
            reverse("casework:consent", args=[reference, pk]),
        )
        for at, codename, reference, pk in consents
    ]
    return [_ending(at, words, url, now) for at, words, url in sorted(found)[: BESIDE + 1]]


@written_once(user=PERSON, row_by_row=FLAG, since=MOMENT, until=MOMENT)
def _risks(
    *, user: User, row_by_row: bool, since: dt.datetime, until: dt.datetime
) -> QuerySet[RiskAssessment, tuple[Any, ...]]:
    newer = RiskAssessment.objects.of_cases().filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    risks = (
        RiskAssessment.objects.visible_to(user, row_by_row=row_by_row)
        .of_cases()
        .filter(signed_at__isnull=False, ended_at=None)
        .exclude(Exists(newer))
    )
    risks = risks.filter(expires_at__gt=since, expires_at__lte=until).order_by("expires_at")
    return risks.values_list("expires_at", "case__codename", "case__reference")[: BESIDE + 1]


@written_once(user=PERSON, row_by_row=FLAG, since=MOMENT, until=MOMENT)
def _consents(
    *, user: User, row_by_row: bool, since: dt.datetime, until: dt.datetime
) -> QuerySet[Consent, tuple[Any, ...]]:
    consents = Consent.objects.visible_to(user, row_by_row=row_by_row).present()
    consents = consents.filter(status__in=Consent.LIVE, withdrawn_at=None)
    consents = consents.filter(until_at__gt=since, until_at__lte=until).order_by("until_at")
    return consents.values_list("until_at", "case__codename", "case__reference", "pk")[: BESIDE + 1]


def _ending(at: dt.datetime, words: str, url: str, now: dt.datetime) -> TaskRow:
    if at <= now:
        return TaskRow(label=words, url=url, late=_("ended %(day)s") % {"day": relative_time.short_day(at)})
    if at - now < dt.timedelta(days=1):
        return TaskRow(label=words, url=url, late=_("%(day)s") % {"day": relative_time.short_hour(at)})
    ahead = relative_time.ahead_words(at, now=now)
    is_soon = at - now < dt.timedelta(days=7)
    return TaskRow(label=words, url=url, soon=ahead if is_soon else "", when="" if is_soon else ahead)


def step_line(row: Milestone, *, late: str = "", when: str = "") -> StepLine:
    """Return a step as a line of a work list."""
    return StepLine(
        title=row.title or "",
        url=address_of("advocacy:milestone", row.case.reference, row.pk),
        case=str(row.case),
        track=str(SHORT_TRACKS.get(row.track, row.track)),
        gate=row.gate_level if row.gate_level != "none" else "",
        due_at=row.due_at,
        late=late,
        when=when,
        key=str(row.pk),
    )


def hour_words(row: Milestone) -> str:
    """Return the hour of a step, or "all day" for one of a plan of weeks that still has the plan's hour."""
    is_in_hours = row.plan.template in plan_templates.IN_HOURS
    if is_in_hours or row.due_at.timetz() != row.plan.starts_at.timetz():
        return relative_time.hour(row.due_at)
    return _("all day")


def _day(day: dt.date, today: dt.date, numbers: Mapping[dt.date, int]) -> AgendaDay:
    words = day_in(day, pgettext("a weekday and its date, as Django's date filter", "l j F"))
    title = _("Today, %(day)s") % {"day": words} if day == today else words
    short = day_in(day, pgettext("a day in a strip of a week", "D j"))
    return AgendaDay(title, short, day == today, numbers[day], [])
