"""The week of one person in numbers: what a mail may say, without any case."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from advocacy.models import Milestone
from advocacy.models.standing_in import stood_in_by
from web.pages.case_tasks.next_step import STALLED_DAYS
from web.pages.load.forgotten import by_last_work
from web.pages.load.owners import waiting_for_another
from web.pages.today_dates import end_of_the_days


@dataclass(frozen=True)
class WeekNumbers:
    """How many steps of a person are late, due and waiting, how many of colleagues they stand in for, and quiet cases."""

    late: int
    week: int
    waiting: int
    stands_in: int
    quiet: int

    def __bool__(self) -> bool:
        """Say whether there is anything to tell."""
        return any((self.late, self.week, self.waiting, self.stands_in, self.quiet))

    def lines(self) -> Sequence[str]:
        """Return a sentence for each number that is not nought."""
        late = ngettext("%(n)d step of yours is late.", "%(n)d steps of yours are late.", self.late)
        week = ngettext("%(n)d step of yours is due in 7 days.", "%(n)d steps of yours are due in 7 days.", self.week)
        waiting = ngettext(
            "%(n)d step of yours waits for another one.", "%(n)d steps of yours wait for another one.", self.waiting
        )
        stands_in = ngettext(
            "%(n)d step of a colleague who is away is late or due in 7 days: you stand in.",
            "%(n)d steps of colleagues who are away are late or due in 7 days: you stand in.",
            self.stands_in,
        )
        quiet = ngettext(
            "For %(n)d case that you lead nothing was done in three weeks.",
            "For %(n)d cases that you lead nothing was done in three weeks.",
            self.quiet,
        )
        told = (
            (self.late, late),
            (self.week, week),
            (self.waiting, waiting),
            (self.stands_in, stands_in),
            (self.quiet, quiet),
        )
        return [words % {"n": number} for number, words in told if number]


def week_numbers(person: User, *, now: dt.datetime) -> WeekNumbers:
    """Return the numbers of this person, of the cases that they may see now."""
    week, today = end_of_the_days(now), timezone.localdate(now)
    seen = Milestone.objects.visible_to(person).open()
    mine = seen.filter(owner=person).order_by().alias(is_waiting=waiting_for_another())
    counted = mine.aggregate(
        late=Count("pk", filter=Q(due_at__lt=now)),
        week=Count("pk", filter=Q(due_at__gte=now, due_at__lt=week)),
        waiting=Count("pk", filter=Q(is_waiting=True)),
    )
    for_others = stood_in_by(seen.filter(due_at__lt=week), person, day=today)
    first = today - dt.timedelta(days=STALLED_DAYS - 1)
    since = timezone.make_aware(dt.datetime.combine(first, dt.time()))
    quiet = by_last_work(person).filter(Q(since__lt=since), lead=person)
    return WeekNumbers(**counted, stands_in=for_others.order_by().count(), quiet=quiet.order_by().count())
