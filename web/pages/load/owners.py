"""How much each owner has: late, in seven days, in the two weeks after, and what waits for another step."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.actions.absences import WRITERS
from accounts.models import Absence, User
from accounts.roles import holds
from advocacy.models import MilestoneDependency
from directory.dates.shown import day_in
from web.pages.load.scope import LoadScope
from web.pages.today_dates import end_of_the_days

AFTERWARDS = dt.timedelta(days=14)
MOST_FIGURES = 12


@dataclass(frozen=True)
class OwnerLine:
    """One owner with how many of their open steps are late, due and waiting (web/load/load.html)."""

    name: str
    late: int
    week: int
    afterwards: int
    waiting: int
    all: int
    away: str = ""
    away_url: str = ""


def owner_lines(scope: LoadScope, *, now: dt.datetime, after: str, most: int) -> tuple[Sequence[OwnerLine], str]:
    """Return the owners by name, at most so many, and the place at which the next page goes on ("" for none).

    Steps that nobody owns stand first. `after` is such a place; one that cannot be read is passed over.
    """
    week = end_of_the_days(now)
    rows = scope.steps().order_by().alias(is_waiting=waiting_for_another())
    rows = rows.annotate(called=Coalesce("owner__name", Value("")))
    name, _space, key = after.replace("\0", "").rpartition(" ")
    if key.isdecimal() and len(key) < MOST_FIGURES:
        rows = rows.filter(Q(called__gt=name) | Q(called=name, owner_id__gt=int(key)))
    counted = rows.values("called", "owner_id", "owner__username").annotate(
        late=Count("pk", filter=Q(due_at__lt=now)),
        week=Count("pk", filter=Q(due_at__gte=now, due_at__lt=week)),
        afterwards=Count("pk", filter=Q(due_at__gte=week, due_at__lt=week + AFTERWARDS)),
        waiting=Count("pk", filter=Q(is_waiting=True)),
        all=Count("pk"),
    )
    found = list(counted.order_by("called", "owner_id")[: most + 1])
    shown = found[:most]
    away = _absent([row["owner_id"] for row in shown if row["owner_id"]], timezone.localdate(now))
    may_write = holds(scope.reader, *WRITERS)
    last = shown[-1] if len(found) > most else None
    lines = [_line(row, away.get(row["owner_id"]), scope.reader, may_write=may_write) for row in shown]
    return lines, f"{last['called']} {last['owner_id'] or 0}" if last else ""


def waiting_for_another() -> Exists:
    """Return the condition that a step waits for one that is neither done nor dropped."""
    open_needs = MilestoneDependency.objects.filter(needs__done_at=None, needs__dropped_at=None)
    return Exists(open_needs.filter(milestone=OuterRef("pk")))


def _absent(people: Sequence[int], day: dt.date) -> Mapping[int, Absence]:
    rows = Absence.objects.on(day).filter(user__in=people).select_related("deputy")
    return {row.user_id: row for row in rows}


def _line(row: Mapping[str, Any], absence: Absence | None, reader: User, *, may_write: bool) -> OwnerLine:
    key = row["owner_id"]
    is_own = key == reader.pk
    url = reverse("accounts:away") if is_own else reverse("accounts:away_of", args=[key]) if key else ""
    return OwnerLine(
        name=str(row["called"] or row["owner__username"]) if key else _("Nobody owns them"),
        late=row["late"],
        week=row["week"],
        afterwards=row["afterwards"],
        waiting=row["waiting"],
        all=row["all"],
        away=_away_words(absence) if absence else "",
        away_url=url if may_write or is_own else "",
    )


def _away_words(absence: Absence) -> str:
    until = day_in(absence.ends_on, pgettext("a day without its year, as Django's date filter", "j F"))
    return _("away until %(day)s, %(name)s stands in") % {"day": until, "name": absence.deputy}
