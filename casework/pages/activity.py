"""What the activity tab shows of the trail: what was done, by whom and when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import Entry
from casework.models import Case

ROWS = 50


@dataclass(frozen=True)
class ActivityRow:
    """One entry of the trail in words; its details stay sealed."""

    at: dt.datetime
    who: str
    words: str


@dataclass(frozen=True)
class ActivityPage:
    """The activity tab (casework/activity.html), newest first, with the ways to older entries and to the first page."""

    case: Case
    rows: Sequence[ActivityRow]
    next_url: str
    first_url: str
    tab: str = "activity"


def activity_page(case: Case, *, before: str) -> ActivityPage:
    """Return the entries about the case that came before this number; before any other word, the newest ones."""
    entries = Entry.objects.about_case(case.pk).defer("detail", "office_detail")
    if before.isdecimal():
        entries = entries.filter(sequence__lt=int(before))
    shown = list(entries[: ROWS + 1])
    names = User.objects.in_bulk({entry.actor_id for entry in shown if entry.actor_id})
    return ActivityPage(
        case=case,
        rows=[_shown(entry, names) for entry in shown[:ROWS]],
        next_url=f"?before={shown[ROWS - 1].sequence}" if len(shown) > ROWS else "",
        first_url=reverse("casework:activity", args=[case.reference]) if before else "",
    )


def _shown(entry: Entry, names: dict[int, User]) -> ActivityRow:
    who = str(names[entry.actor_id]) if entry.actor_id in names else _("The system")
    return ActivityRow(entry.at, who, str(entry.sentence))
