"""What happened, and what is expected to happen."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from casework.actions.rows import claims_are_of_this_case, write_change, write_new
from casework.models import Case, TimelineEvent


def add_event(*, actor: User, case: Case, values: Mapping[str, Any]) -> TimelineEvent:
    """Put an event on the timeline of the case."""
    claims_are_of_this_case(case.pk, values)
    return write_new(actor=actor, row=TimelineEvent(case=case, **values), verb="casework.event.added")


def change_event(*, actor: User, row: TimelineEvent, version: int, values: Mapping[str, Any]) -> TimelineEvent:
    """Change an event; refused when somebody saved it meanwhile."""
    claims_are_of_this_case(row.case_id, values)
    return write_change(actor=actor, row=row, version=version, values=values, verb="casework.event.changed")
