"""Steps of colleagues who are away, for whoever stands in: the deputy who may see the case, else its lead."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from accounts.pages.addresses import address_of
from advocacy.models import Milestone
from advocacy.models.standing_in import stood_in_by
from casework.pages.rows import TaskRow
from directory.dates import relative_time
from directory.dates.shown import day_in
from sealing.queries import DAY, MOMENT, PERSON, written_once
from web.pages.today_dates import end_of_the_days, hour_words, with_keys

SHOWN = 12


def stood_in_for(user: User, *, now: dt.datetime) -> list[TaskRow]:
    """Return the steps that are late or due within seven days and whose owner is away, at most twelve and one more."""
    asked = {"user": user, "day": timezone.localdate(now), "end": end_of_the_days(now)}
    return [_row(row, now) for row in with_keys(_due(**asked))]


def _row(row: Milestone, now: dt.datetime) -> TaskRow:
    owner, late = row.owner, row.due_at < now
    until = day_in(row.away_until, pgettext("a day without its year, as Django's date filter", "j F"))  # type: ignore[attr-defined]
    return TaskRow(
        label=row.title or "",
        url=address_of("advocacy:milestone", row.case.reference, row.pk),
        note=_("for %(name)s, away until %(day)s · %(case)s") % {"name": owner, "day": until, "case": row.case},
        late=relative_time.late_words(row.due_at, now=now) if late else "",
        when=""
        if late
        else _("%(day)s, %(hour)s") % {"day": relative_time.short_day(row.due_at), "hour": hour_words(row)},
    )


@written_once(user=PERSON, day=DAY, end=MOMENT)
def _due(*, user: User, day: dt.date, end: dt.datetime) -> QuerySet[Milestone]:
    rows = stood_in_by(Milestone.objects.visible_to(user).open().filter(due_at__lt=end), user, day=day)
    shown = ("title", "due_at", "case__reference", "case__codename", "plan__template", "plan__starts_at")
    rows = rows.select_related("case", "plan", "owner").only(*shown, "owner__name", "owner__username")
    return rows.order_by("due_at", "pk")[: SHOWN + 1]
