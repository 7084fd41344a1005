"""What happened, and what is expected to happen."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from casework.access.own_rows import right_over, right_to_add
from casework.actions.rows import claims_are_of_this_case, write_change, write_new
from casework.models import Case, TimelineEvent


def add_event(*, actor: User, case: Case, values: Mapping[str, Any]) -> TimelineEvent:
    """Put an event on the timeline of the case. Refused without the right to add."""
    claims_are_of_this_case(case.pk, values)
    row = TimelineEvent(case=case, **values)
    return write_new(actor=actor, row=row, verb="casework.event.added", right=right_to_add(TimelineEvent))


def change_event(*, actor: User, row: TimelineEvent, version: int, values: Mapping[str, Any]) -> TimelineEvent:
    """Change an event, of others only with the right to change the case; refused when somebody saved it meanwhile."""
    claims_are_of_this_case(row.case_id, values)
    return write_change(
        actor=actor,
        row=row,
        version=version,
        values=values,
        verb="casework.event.changed",
        right=right_over(actor, row),
    )
