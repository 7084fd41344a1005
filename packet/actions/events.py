"""An event of the story is saved with the claim that is written from it, together or not at all."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from casework.access import lock, require
from casework.access.own_rows import right_over, right_to_add
from casework.actions import evidence, timeline
from casework.models import Case, TimelineEvent


@transaction.atomic
def save_event(
    *,
    actor: User,
    case: Case,
    values: Mapping[str, Any],
    row: TimelineEvent | None = None,
    version: int = 0,
    is_claimed: bool = False,
) -> TimelineEvent:
    """Add an event, or change this row of it; where it `is_claimed`, the same words become a claim that waits for a ruling.

    Refused as the verbs of the timeline refuse. Raises SavedMeanwhile where somebody saved the row after `version`.
    """
    case = lock(case)[0]
    require(actor, right_over(actor, row) if row else right_to_add(TimelineEvent), case)
    if row is None:
        event = timeline.add_event(actor=actor, case=case, values=values)
    else:
        event = timeline.change_event(actor=actor, row=row, version=version, values=values)
    if is_claimed:
        evidence.add_claim(actor=actor, case=case, values={"text": event.event, "on": event.on}, event=event)
    return event
