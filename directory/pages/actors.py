"""What the pages of the directory show: the list, one entry with its channels, and what is asked of a second person."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directory.actions.entries import kinds_in
from directory.actions.recipients import may_enter
from directory.approached import ToldApproach, approaches_to
from directory.countries import name_of
from directory.forms.actors import LANGUAGES
from directory.holdings import HeldCopy, held_by
from directory.models import Actor, Channel
from directory.models.actors import ActorQuerySet
from directory.search import found
from directory.vocabulary import label

ROWS = 40
MOST_PARTS = 60


@dataclass(frozen=True)
class ListedEntry:
    """One row of the list: who, what it is, and whether a copy may go there today."""

    entry: Actor
    what: str
    country: str
    usable: int
    waiting: int


@dataclass(frozen=True)
class DirectoryPage:
    """The entries in use, newest first, or those that a search found (directory/actors/list.html)."""

    rows: Sequence[ListedEntry]
    words: str
    next_url: str
    first_url: str
    may_write: bool
    is_cut: bool


@dataclass(frozen=True)
class ChannelLine:
    """One channel in words, and what this reader may do about it."""

    channel: Channel
    state: str
    mark: str
    tone: str
    note: str
    may_verify: bool
    why_not: str


@dataclass(frozen=True)
class EntryPage:
    """One entry: how it is addressed, its channels, who stands in it, what it holds and was asked (directory/actors/entry.html)."""

    entry: Actor
    what: str
    country: str
    reads: str
    is_term_over: bool
    channels: Sequence[ChannelLine]
    ended_channels: Sequence[ChannelLine]
    parts: Sequence[Actor]
    copies: Sequence[HeldCopy]
    approaches: Sequence[ToldApproach]
    may_write: bool
    takes_parts: bool
    next_text: str
    next_url: str
    next_label: str


def directory_page(user: User, *, words: str = "", after: str = "") -> DirectoryPage:
    """Return one page of the directory in a number of queries that does not grow with it."""
    rows = found(words) if words else Actor.objects.in_use()
    shown = list(_after(rows, after).with_places().prefetch_related(_channels())[: ROWS + 1])
    address = reverse("directory:actors")
    is_more = len(shown) > ROWS
    return DirectoryPage(
        rows=[_listed(entry) for entry in shown[:ROWS]],
        words=words,
        next_url=f"{address}?{urlencode({'after': shown[ROWS - 1].pk})}" if is_more and not words else "",
        first_url=address if after and not words else "",
        may_write=may_enter(user),
        is_cut=is_more and bool(words),
    )


def _after(rows: ActorQuerySet, after: str) -> ActorQuerySet:
    """Return the rows after this key in the order of the list; a key that nobody has begins anew."""
    rows = rows.order_by("-entered_at", "-id")
    try:
        key = uuid.UUID(after)
    except ValueError:
        return rows
    last = Actor.objects.filter(pk=key).first()
    if last is None:
        return rows
    return rows.filter(Q(entered_at__lt=last.entered_at) | Q(entered_at=last.entered_at, pk__lt=last.pk))


def _channels() -> Any:
    return Prefetch("channels", Channel.objects.filter(ended_at=None), to_attr="open_channels")


def _listed(entry: Actor) -> ListedEntry:
    channels: list[Channel] = entry.open_channels  # type: ignore[attr-defined]
    usable = sum(channel.is_verified() for channel in channels)
    return ListedEntry(
        entry=entry,
        what=_what(entry),
        country=name_of(entry.country) if entry.country else "",
        usable=0 if entry.ended_at or is_term_over(entry) else usable,
        waiting=len(channels) - usable,
    )


def _what(entry: Actor) -> str:
    return _("%(kind)s: %(type)s") % {
        "kind": entry.get_kind_display(),
        "type": label("actor_type", entry.actor_type),
    }


def is_term_over(entry: Actor, today: dt.date | None = None) -> bool:
    """Say whether the last day of the term lies behind; without a term never."""
    return entry.term_ends_on is not None and entry.term_ends_on < (today or timezone.now().date())


def entry_page(entry: Actor, user: User) -> EntryPage:
    """Return the page of one entry; of its copies and approaches only those of cases that this reader may see."""
    may_write = may_enter(user) and entry.ended_at is None
    rows = entry.channels.select_related("entered_by", "verified_by", "ended_by").order_by("entered_at", "pk")
    lines = [channel_line(row, user, may_write=may_write) for row in rows]
    is_open = [line for line in lines if line.channel.ended_at is None]
    text, url, words = _next(entry, is_open, may_write)
    return EntryPage(
        entry=entry,
        what=_what(entry),
        country=name_of(entry.country) if entry.country else "",
        reads=dict(LANGUAGES).get(entry.language, entry.language),
        is_term_over=is_term_over(entry),
        channels=is_open,
        ended_channels=[line for line in lines if line.channel.ended_at is not None],
        parts=list(entry.parts.in_use().order_by("-entered_at", "-id")[:MOST_PARTS]),
        copies=held_by(entry, user),
        approaches=approaches_to(entry, user),
        may_write=may_write,
        takes_parts=may_write and bool(kinds_in(entry)),
        next_text=text,
        next_url=url,
        next_label=words,
    )


def channel_line(row: Channel, user: User, *, may_write: bool) -> ChannelLine:
    """Return a channel as the page of its entry shows it."""
    may_verify = may_write and row.ended_at is None and row.entered_by_id != user.pk
    why_not = ""
    if may_write and row.ended_at is None and not may_verify and not row.is_verified():
        why_not = _("You wrote it down; a second person verifies it.")
    state, mark, tone = _state(row)
    return ChannelLine(row, state, mark, tone, _note(row), may_verify, why_not)


def _state(row: Channel) -> tuple[str, str, str]:
    if row.ended_at:
        return _("Ended"), "ring-slash", ""
    if row.verified_on is None:
        return _("Not verified"), "ring-empty", "care"
    if row.is_verified():
        return _("Verified"), "ring-full", "ok"
    return _("180 days are over"), "ring-half", "care"


def _note(row: Channel) -> str:
    if row.verified_by is None:
        return _("Written down by %(name)s. No copy goes there before a second person verified it.") % {
            "name": row.entered_by
        }
    return _("By %(name)s: %(how)s") % {"name": row.verified_by, "how": row.verified_how}


def _next(entry: Actor, lines: Sequence[ChannelLine], may_write: bool) -> tuple[str, str, str]:
    """Return the one next step: a first channel, or one to verify."""
    if not may_write:
        return "", "", ""
    if not lines:
        return (
            _("write down how they are reached. Without a channel no copy goes there."),
            reverse("directory:channel_add", args=[entry.pk]),
            _("Add a channel"),
        )
    for line in lines:
        if line.may_verify and not line.channel.is_verified():
            return (
                _("try the channel through a second way and record it. No copy goes there before."),
                reverse("directory:channel_verify", args=[line.channel.pk]),
                _("Verify the channel"),
            )
    return "", "", ""
