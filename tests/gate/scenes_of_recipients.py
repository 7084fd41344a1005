"""Scenes at the edges of what is asked about who gets a copy: the entry of the directory, its channel, its State."""

import datetime as dt
from typing import Any

from django.utils import timezone

from directory.fitting import AUTHORITIES
from directory.models import Actor, Channel
from tests.directory.entries import a_channel, an_entry
from tests.gate.ready import Ready
from tests.gate.scenes import Change, Scene, both, scene
from tests.gate.scenes_of_risk import to

HOLDER = "recipient-of-the-holding-state"
TODAY = timezone.now().date()
DAY = dt.timedelta(days=1)


def entry(**columns: Any) -> Change:
    """Return a change of the entry that the copy goes to."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        Actor.objects.filter(channels=ready.sent_to).update(**columns)

    return change


def channel(**columns: Any) -> Change:
    """Return a change of the channel that the copy goes through."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        assert ready.sent_to is not None
        Channel.objects.filter(pk=ready.sent_to.pk).update(**columns)

    return change


def _of_others(ready: Ready, case: Any, _row: Any) -> None:
    """Make entries and channels of which each has something wrong, and to which this copy does not go."""
    a_channel(verified_on=None)
    old = a_channel()
    Channel.objects.filter(pk=old.pk).update(verified_on=TODAY - 400 * DAY)
    a_channel(an_entry("Former minister", kind="person", term_ends_on=TODAY - 9 * DAY))
    a_channel(an_entry("Their ministry", country=case.country))


def _entry_ended(ready: Ready, case: Any, row: Any) -> None:
    entry(ended_at=timezone.now(), ended_by=ready.rui)(ready, case, row)


def _holders(actor_type: str) -> Change:
    return entry(actor_type=actor_type, country="XPR")


SCENES: tuple[Scene, ...] = (
    scene("the entry was ended, its channel not", _entry_ended, "recipient-not-in-directory", kind="paper"),
    scene("verified 179 days ago", channel(verified_on=TODAY - 179 * DAY), kind="paper"),
    scene("verified 180 days ago", channel(verified_on=TODAY - 180 * DAY), "channel-verified-long-ago", kind="paper"),
    scene("the last day of the term", entry(kind="person", term_ends_on=TODAY), kind="paper"),
    scene("others of whom each has something wrong", _of_others, kind="paper"),
    *(scene(f"{code} of the holding State", _holders(code), HOLDER, kind="paper") for code in AUTHORITIES),
    scene("a lawyer in the holding State", _holders("AC_LAWYER"), kind="paper"),
    *(
        scene(f"its own ministry gets a text for {audience}", both(to(audience), _holders("AC_FM")), kind="paper")
        for audience in ("AU_HOLDER", "AU_COURT")
    ),
    scene(
        "its own ministry gets a text for a parliament", both(to("AU_PARL"), _holders("AC_FM")), HOLDER, kind="paper"
    ),
)
