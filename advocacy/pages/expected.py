"""What is expected to happen to the person, such as a hearing, where it stands on a plan."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.pages.plan_lanes import Lane, LaneCell, StageSpan, StepCard
from advocacy.plan_columns import Column
from casework.models import Case, TimelineEvent
from casework.pages.rows import TaskRow
from directory import dates
from sealing.queries import row_of, written_once


@dataclass(frozen=True)
class ExpectedEvent:
    """One event that has not happened yet: what, when in words, and the first day it can mean."""

    text: str
    words: str
    day: dt.date | None
    url: str

    @property
    def row(self) -> TaskRow:
        """Return it as a line of a list."""
        return TaskRow(label=self.text, url=self.url, when=self.words)


def expected_events(case: Case) -> Sequence[ExpectedEvent]:
    """Return what the timeline expects, by date. Only these events are opened."""
    rows = sorted(_expected(case=case), key=lambda row: (dates.sort_key(row.on), row.created_at))
    url = reverse("casework:case", args=[case.reference]) + "#events-h"
    return [ExpectedEvent(row.event or "", dates.in_words(row.on), dates.earliest(row.on), url) for row in rows]


def expected_lane(events: Sequence[ExpectedEvent], columns: Sequence[Column]) -> Lane | None:
    """Return the lane of what falls into these weeks, or None where nothing does."""
    cells = [LaneCell(column) for column in columns]
    for event in events:
        place = next((cell for cell in cells if event.day and _holds(cell.week, event.day)), None)
        if place:
            place.cards.append(StepCard(event.text, event.url, event.words, "", "", ""))
    if not any(cell.cards for cell in cells):
        return None
    return Lane(_("Expected"), _("from the timeline"), False, [StageSpan("", len(cells))], cells)


def _holds(column: Column, day: dt.date) -> bool:
    return column.start.date() <= day < column.end.date() or day == column.start.date()


@written_once(case=row_of(Case))
def _expected(*, case: Case) -> QuerySet[TimelineEvent]:
    return TimelineEvent.objects.filter(case=case, is_expected=True).present()
