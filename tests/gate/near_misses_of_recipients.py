"""Near misses of who gets a copy: the entry of the directory and its channel are right but for one thing."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from casework.models import Case
from directory.models import Actor, Channel
from tests.gate.ready import Ready


def _entry(ready: Ready, **columns: Any) -> None:
    Actor.objects.filter(channels=ready.sent_to).update(**columns)


def _channel(ready: Ready, **columns: Any) -> None:
    Channel.objects.filter(pk=ready.sent_to.pk if ready.sent_to else None).update(**columns)


def _channel_ended(ready: Ready, case: Any, row: Any) -> None:
    _channel(ready, ended_at=timezone.now(), ended_by=ready.rui)


def _channel_unverified(ready: Ready, case: Any, row: Any) -> None:
    _channel(ready, verified_by=None, verified_on=None)


def _channel_verified_long_ago(ready: Ready, case: Any, row: Any) -> None:
    _channel(ready, verified_on=timezone.now().date() - dt.timedelta(days=180))


def _term_over(ready: Ready, case: Any, row: Any) -> None:
    _entry(ready, kind="person", term_ends_on=timezone.now().date() - dt.timedelta(days=1))


def _of_the_holding_state(ready: Ready, case: Any, row: Any) -> None:
    Case.objects.filter(pk=case.pk).update(country="FJI")
    _entry(ready, country="FJI")


RECIPIENT_SPOILERS: dict[str, Callable[[Ready, Any, Any], None]] = {
    "recipient-not-in-directory": _channel_ended,
    "channel-not-verified": _channel_unverified,
    "channel-verified-long-ago": _channel_verified_long_ago,
    "term-of-recipient-over": _term_over,
    "recipient-of-the-holding-state": _of_the_holding_state,
}
