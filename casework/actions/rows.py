"""How every row of a packet is written: lock the case, ask for the right, write, keep the search tags, record."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.actions.twins import look_for_twins
from casework.actions.versions import claim_version
from casework.models import Case, Claim, Name
from casework.models.rows import CaseRow
from casework.search import retag
from directory.dates.told import is_other

Row = TypeVar("Row", bound=CaseRow)


@transaction.atomic
def write_new(*, actor: User, row: Row, verb: str, right: str = "change_case") -> Row:
    """Insert a row into its case. Refused without the right, or where a constraint of the row does not hold."""
    case = lock(row.case_id)[0]
    require(actor, right, case)
    row.created_by = actor
    row.validate_constraints()
    row.save(force_insert=True)
    _follow(actor, case, row, verb)
    return row


@transaction.atomic
def write_change(
    *,
    actor: User,
    row: Row,
    version: int,
    values: Mapping[str, Any],
    verb: str,
    right: str = "change_case",
) -> Row:
    """Change these fields of a row that nobody saved since `version`; else raises SavedMeanwhile. Unchanged rows stay."""
    case = lock(row.case_id)[0]
    require(actor, right, case)
    stored = type(row)._base_manager.select_for_update().get(pk=row.pk)
    stored.case = case
    changed = [name for name, value in values.items() if is_changed(getattr(stored, name), value)]
    if not changed:
        return stored
    claim_version(stored, version)
    was = {name: plain(getattr(stored, name)) for name in changed}
    for name in changed:
        setattr(stored, name, values[name])
    stored.validate_constraints()
    stored.save(update_fields=changed)
    _follow(actor, case, stored, verb, was=was, now={name: plain(getattr(stored, name)) for name in changed})
    return stored


def is_changed(stored: Any, given: Any) -> bool:
    """Say whether what is given differs from what is stored; the same date told in another calendar does."""
    return is_other(stored, given)


def claims_are_of_this_case(case_id: Any, values: Mapping[str, Any]) -> None:
    """Refuse a fact of the packet whose claim, by which its sources are named, is of another case."""
    if any(isinstance(value, Claim) and value.case_id != case_id for value in values.values()):
        raise ValidationError(_("This claim belongs to another case."))


def plain(value: Any) -> Any:
    """Return what the trail keeps of a value, sealed: the value, or the key of the row it points at."""
    return getattr(value, "pk", value)


def _follow(actor: User, case: Case, row: CaseRow, verb: str, **detail: Any) -> None:
    """Keep what follows from a row in step with it: search tags, the trail, possible twins."""
    retag(row)
    if isinstance(row, Name):
        look_for_twins(actor=actor, case=case)
    record(actor=actor, verb=verb, case=case, about=row, **detail)
