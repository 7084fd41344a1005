"""What the forms of the directory stand on: an entry, a channel, that somebody tried it, and the way back to a copy."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.caching.open_forms import OpenElsewhere
from accounts.last_saved import last_saved, saved_meanwhile_words
from accounts.models import User
from directory.compared import ComparedAnswer, compared, differing
from directory.forms.actors import ChangeEntryForm, ChannelForm, NewEntryForm, VerifyChannelForm
from directory.models import Actor, Channel
from directory.pages.actors import EntryPage
from directory.pages.way_back import WayBack


@dataclass(frozen=True)
class NewEntryPage:
    """Somebody new, by itself or in an institution or office (directory/actors/enter.html)."""

    form: NewEntryForm
    parent: Actor | None
    way: WayBack
    back_url: str


@dataclass(frozen=True)
class ChangeEntryPage:
    """An entry as it was opened, and what is saved now where somebody was faster (directory/actors/change.html)."""

    form: ChangeEntryForm
    entry: Actor
    saved: EntryPage | None
    meanwhile: str = ""
    differing: Sequence[ComparedAnswer] = ()
    others: Sequence[OpenElsewhere] = ()


def change_entry_page(form: ChangeEntryForm, entry: Actor, reader: User, *, saved: EntryPage | None) -> ChangeEntryPage:
    """Return the form of an entry; with `saved` what somebody stored first, who it was, and what differs."""
    if saved is None:
        return ChangeEntryPage(form, entry, None)
    stored = {name: getattr(entry, name) for name in form.fields if name != "version"}
    rows = compared(form, stored, form.cleaned_data)
    who = saved_meanwhile_words(last_saved(None, [entry], reader=reader))
    return ChangeEntryPage(form, entry, saved, who, differing(rows))


@dataclass(frozen=True)
class ChannelPage:
    """A channel to be written down, perhaps in the place of an old one (directory/actors/channel.html)."""

    form: ChannelForm
    entry: Actor
    old: Channel | None
    way: WayBack
    back_url: str


@dataclass(frozen=True)
class VerifyChannelPage:
    """What was written down, to be tried through another way (directory/actors/verify.html)."""

    form: VerifyChannelForm
    channel: Channel
    entry: Actor
