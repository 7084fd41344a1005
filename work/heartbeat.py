"""The sign that the sweeps run: when each last ran to its end. The health page and Today turn red when it is old."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from sealing.queries import TEXT, written_once
from work.models import Heartbeat

IS_LATE_AFTER = dt.timedelta(minutes=5)
REMINDERS, JOBS, DAILY = "reminders", "jobs", "daily"


def last_sweep() -> Heartbeat | None:
    """Return when the reminders were last swept to the end, or None when never."""
    return _of_name.first(name=REMINDERS)


@written_once(name=TEXT)
def _of_name(*, name: str) -> QuerySet[Heartbeat]:
    return Heartbeat.objects.filter(name=name)[:1]


def is_late(last: Heartbeat | None, *, now: dt.datetime | None = None) -> bool:
    """Say whether the reminders were not swept for five minutes: then nobody may rely on them."""
    return last is None or last.at < (now or timezone.now()) - IS_LATE_AFTER


def record_heartbeat(name: str, *, at: dt.datetime | None = None) -> None:
    """Write down that this sweep ran to its end."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at or timezone.now()})
