"""What to do after a reply, or after silence: the printed rules of reference/after_a_reply.csv, each with its code.

The rules are ours, from how the field works (DOMAIN.md 7); an office that works otherwise changes the file. A row applies
after a kind of reply, after so many days of silence, after a call that nobody took, or after a promise that was broken or
is past its day. Whatever comes back takes the place of silence; a promise takes the place of the reply that holds it.
"""

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext

from advocacy.models import Reply

REFERENCE = Path(__file__).parent.parent / "reference" / "after_a_reply.csv"
SILENCE, MISSED, UNKEPT, BROKEN = "silence", "missed", "unkept", "broken"


@dataclass(frozen=True)
class AnswerRule:
    """One row of the file: after what it applies, in how many days, what to do next, and whom to try instead."""

    code: str
    after: str
    days: int
    next_english: str
    instead_english: str

    @property
    def next(self) -> str:
        """Return what to do, in the reader's language."""
        return gettext(self.next_english)

    @property
    def instead(self) -> str:
        """Return whom to try instead, in the reader's language."""
        return gettext(self.instead_english)


@cache
def answer_rules() -> tuple[AnswerRule, ...]:
    """Return every rule in the order of the file."""
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return tuple(
            AnswerRule(row["code"], row["after"], int(row["days"]), row["next"], row["instead"])
            for row in csv.DictReader(file)
        )


@cache
def _after() -> Mapping[str, Sequence[AnswerRule]]:
    found: dict[str, list[AnswerRule]] = {}
    for rule in sorted(answer_rules(), key=lambda rule: rule.days):
        found.setdefault(rule.after, []).append(rule)
    return found


def after_silence(days: int) -> AnswerRule | None:
    """Return the rule for so many days without an answer; None while it is too early for any."""
    due = [rule for rule in _after()[SILENCE] if rule.days <= days]
    return due[-1] if due else None


def remind_on(approached_on: dt.date) -> tuple[dt.date, AnswerRule]:
    """Return the day on which the first rule of silence applies, with the rule."""
    first = _after()[SILENCE][0]
    return approached_on + dt.timedelta(days=first.days), first


def after_missed_call() -> AnswerRule:
    """Return the rule for a call that nobody took."""
    return _after()[MISSED][0]


def after_reply(reply: Reply, *, day: dt.date | None = None) -> AnswerRule:
    """Return the rule for a reply, or for its promise where that is broken or past its day by the office's clock."""
    today = day or timezone.localdate()
    if reply.promise == Reply.Promise.BROKEN:
        return _after()[BROKEN][0]
    if reply.promise == Reply.Promise.OPEN and reply.due_on and reply.due_on < today:
        return _after()[UNKEPT][0]
    if reply.promise == Reply.Promise.OPEN:
        return _after()["RS_PLEDGED"][0]
    return _after()[reply.kind][0]
