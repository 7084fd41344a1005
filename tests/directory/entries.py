"""Rows of the directory as plain functions: who is written to, and channels that a second person verified or did not."""

import datetime as dt
from typing import Any

from django.utils import timezone

from directory.fitting import types_for
from directory.models import Actor, Channel
from directory.search import retag
from materials.actions.dispatches import To
from tests.people import a_person


def an_entry(
    name: str = "Human rights desk", actor_type: str = "AC_FM", *, country: str = "CHE", **fields: Any
) -> Actor:
    """Return somebody of the directory, who can be found by name: an institution, unless another kind is said."""
    columns = {"kind": "institution", "entered_by": a_person("rui"), **fields}
    entry = Actor.objects.create(name=name, actor_type=actor_type, country=country, **columns)
    retag(entry)
    return entry


def a_channel(
    entry: Actor | None = None, *, verified_on: dt.date | str | None = "today", kind: str = "CH_HAND", **fields: Any
) -> Channel:
    """Return a channel written down by rui and verified today by dara; with None nobody verified it."""
    columns = {"address": "To the desk, by hand", "entered_by": a_person("rui"), **fields}
    row = Channel.objects.create(entry=entry or an_entry(), kind=kind, **columns)
    if verified_on is not None:
        row.verified_by, row.verified_how = a_person("dara"), "Rang the switchboard"
        row.verified_on = timezone.now().date() if isinstance(verified_on, str) else verified_on
        row.save(update_fields=["verified_by", "verified_on", "verified_how"])
    return row


def a_channel_for(audience: str, holding: str = "XPR") -> Channel:
    """Return a verified channel of somebody among these readers."""
    is_holder = audience == "AU_HOLDER"
    return a_channel(
        an_entry(actor_type=(types_for(audience) or ("AC_MEDIA",))[0], country=holding if is_holder else "CHE")
    )


def to_somebody(name: str = "Human rights desk", actor_type: str = "AC_FM", **fields: Any) -> To:
    """Return a recipient to whom a briefing for diplomats may go."""
    return To.through(a_channel(an_entry(name, actor_type, **fields)))


def chosen(name: str = "Minister’s office", actor_type: str = "AC_FM", **fields: Any) -> dict[str, str]:
    """Return what the form of a copy sends where this new entry of the directory is chosen."""
    return {"recipient": str(a_channel(an_entry(name, actor_type, **fields)).pk)}
