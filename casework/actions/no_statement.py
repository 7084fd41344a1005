"""Saying that no statement by the authorities is known, as of a day, and taking that back."""

import datetime as dt

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.models import Case, Claim, NoStatement

DAY_TO_COME: str | Promise = gettext_lazy("That day has not come yet.")


@transaction.atomic
def say_no_statement(*, actor: User, case: Case, as_of: dt.date) -> NoStatement:
    """Note that this person looked and knows of no statement as of this day; what was said before is taken back.

    Refused without the right to change the case, of a day to come, and while the packet holds what the authorities say.
    """
    (fresh,) = lock(case.pk)
    require(actor, "change_case", fresh)
    faults: dict[str, str | Promise] = {}
    if as_of > timezone.localdate():
        faults["as_of"] = DAY_TO_COME
    if (fresh.authorities_say or "").strip() or Claim.objects.present().filter(
        case=fresh, use=Claim.Use.AUTHORITIES
    ).exists():
        faults[NON_FIELD_ERRORS] = _(
            "The packet holds what the authorities say. A paper prints that, or lists why not."
        )
    if faults:
        raise ValidationError(faults)
    for row in NoStatement.objects.present().filter(case=fresh):
        _take_back(actor, row)
    said = NoStatement(case=fresh, as_of=as_of.isoformat(), created_by=actor)
    said.save(force_insert=True)
    record(actor=actor, verb="casework.no_statement.said", case=fresh, about=said, as_of=said.as_of)
    return said


@transaction.atomic
def withdraw_no_statement(*, actor: User, case: Case) -> int:
    """Take back that no statement is known; where nobody said so nothing changes. Returns how many were taken back."""
    (fresh,) = lock(case.pk)
    require(actor, "change_case", fresh)
    rows = list(NoStatement.objects.present().filter(case=fresh))
    for row in rows:
        _take_back(actor, row)
        record(actor=actor, verb="casework.no_statement.withdrawn", case=fresh, about=row)
    return len(rows)


def _take_back(actor: User, row: NoStatement) -> None:
    row.removed_at, row.removed_by = timezone.now(), actor
    row.save(update_fields=["removed_at", "removed_by"])
