"""What the activity tab shows of the trail: what was done, by whom and when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import Entry


@dataclass(frozen=True)
class ActivityRow:
    """One entry of the trail in words (casework/activity.html); its details stay sealed."""

    at: dt.datetime
    who: str
    words: str


def activity_rows(entries: Iterable[Entry], names: dict[int, User]) -> list[ActivityRow]:
    """Return these entries as the tab shows them."""
    return [
        ActivityRow(
            entry.at, str(names[entry.actor_id]) if entry.actor_id in names else _("The system"), str(entry.sentence)
        )
        for entry in entries
    ]
