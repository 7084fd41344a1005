"""Acts on the directory: who is written to, and how they are reached; and what of these asks nobody."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.refusals import Refused
from directory.actions.entries import EntryGiven
from directory.actions.key_dates import DateGiven
from directory.models import Actor, Channel, OfficeDate
from tests.directory.entries import a_channel
from tests.people import a_person
from tests.security.acts.accounts import SECONDERS
from tests.security.acts.record import Act, reads
from tests.security.acts.world import ActWorld

WRITES: dict[str, Any] = {
    "any_of": ("dispatch",),
    "office": SECONDERS,
    "refusal": Refused,
    "says": "write in the directory",
}
GIVEN = EntryGiven(actor_type="AC_FM", name="Ministry of Harbours")


def unverified(_world: ActWorld) -> Channel:
    """Return a channel that rui wrote down, and that nobody verified."""
    return a_channel(verified_on=None)


def entry(world: ActWorld) -> Actor:
    """Return the entry of the world."""
    return world.row(Actor, "entry")


def days_given(**other: Any) -> DateGiven:
    """Return a day twenty days ahead, with a reason."""
    day = timezone.localdate() + dt.timedelta(days=20)
    return DateGiven(**{"first_day": day, "last_day": None, "lead_weeks": 2, "reason": "A list", **other})


def a_file() -> bytes:
    """Return a calendar file with one event, twenty days ahead."""
    day = timezone.localdate() + dt.timedelta(days=20)
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", f"DTSTART;VALUE=DATE:{day:%Y%m%d}", "SUMMARY:A session", "END:VEVENT")
    return "\r\n".join((*lines, "END:VCALENDAR", "")).encode()


DATES: dict[str, Any] = {**WRITES, "says": "write in its calendar"}
ACTS = (
    Act(
        "directory.actions.key_dates.add_date",
        lambda w: {"given": days_given(), "title": "Coronation day", "kind": "hostile_day"},
        spoiled=lambda w: {"given": days_given(reason=" "), "title": "Coronation day", "kind": "hostile_day"},
        **DATES,
    ),
    Act(
        "directory.actions.key_dates.correct_days",
        lambda w: {"code": "NOWRUZ", "given": days_given()},
        spoiled=lambda w: {"code": "NEVER", "given": days_given()},
        **DATES,
    ),
    Act(
        "advocacy.actions.calendar_import.bring_in",
        lambda w: {"data": a_file(), "kind": "un_session", "reason": "The page of the body"},
        spoiled=lambda w: {"data": b"no calendar", "kind": "un_session", "reason": "The page of the body"},
        **DATES,
    ),
    Act(
        "directory.actions.key_dates.take_away",
        lambda w: {"date": w.row(OfficeDate, "office_date"), "reason": "It was moved"},
        spoiled=lambda w: {"date": w.row(OfficeDate, "office_date"), "reason": " "},
        **DATES,
    ),
    Act("directory.actions.entries.enter", lambda w: {"kind": "institution", "given": GIVEN}, **WRITES),
    Act(
        "directory.actions.entries.change",
        lambda w: {"entry": entry(w), "version": entry(w).version, "given": GIVEN},
        spoiled=lambda w: {"entry": entry(w), "version": 99, "given": GIVEN},
        **WRITES,
    ),
    Act("directory.actions.entries.end", lambda w: {"entry": entry(w)}, **WRITES),
    Act(
        "directory.actions.channels.add_channel",
        lambda w: {"entry": entry(w), "kind": "CH_POST", "address": "Quay 1"},
        spoiled=lambda w: {"entry": entry(w), "kind": "CH_POST", "address": " "},
        **WRITES,
    ),
    Act(
        "directory.actions.channels.verify",
        lambda w: {"channel": Channel.objects.get(pk=w.ready.pk), "on": timezone.localdate(), "how": "Rang the desk"},
        spoiled=lambda w: {
            "channel": Channel.objects.get(pk=w.ready.pk),
            "on": timezone.localdate() - dt.timedelta(days=400),
            "how": "Rang the desk",
        },
        ready=unverified,
        refuses={"who wrote it down": lambda w: a_person("rui")},
        **WRITES,
    ),
    Act("directory.actions.channels.end_channel", lambda w: {"channel": w.row(Channel, "channel")}, **WRITES),
)
UNASKED = reads("it says what may stand where", "directory.actions.entries.kinds_in")
