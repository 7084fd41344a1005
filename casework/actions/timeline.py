"""What happened, and what is expected to happen."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from casework.actions.rows import write_change, write_new
from casework.models import Case, TimelineEvent


def add_event(*, actor: User, case: Case, values: Mapping[str, Any]) -> TimelineEvent:
    """Put an event on the timeline of the case."""
    _proof_is_of_this_case(case.pk, values)
    return write_new(actor=actor, row=TimelineEvent(case=case, **values), verb="casework.event.added")


def change_event(*, actor: User, row: TimelineEvent, version: int, values: Mapping[str, Any]) -> TimelineEvent:
    """Change an event; refused when somebody saved it meanwhile."""
    _proof_is_of_this_case(row.case_id, values)
    return write_change(actor=actor, row=row, version=version, values=values, verb="casework.event.changed")


def _proof_is_of_this_case(case_id: Any, values: Mapping[str, Any]) -> None:
    claim = values.get("claim")
    if claim is not None and claim.case_id != case_id:
        raise ValidationError(_("This claim belongs to another case."))
