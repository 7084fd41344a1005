"""Taking a row out of a packet, and the way back within ten minutes. Nothing is deleted."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.access.own_rows import right_over
from casework.actions.spells import settle_year
from casework.actions.twins import look_for_twins, one_at_a_time
from casework.models import (
    Ask,
    Case,
    Charge,
    Citation,
    Claim,
    Contact,
    Demand,
    Detention,
    Name,
    PacketAnswer,
    Person,
    Place,
    RightImplicated,
    Source,
    TimelineEvent,
)
from casework.search import retag

UNDO_LASTS = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Removable:
    """A kind of row that can be removed: its model, the words of the message, and what stands against removing one."""

    model: type[Any]
    removed: str | Promise
    restored: str | Promise
    refuses: Callable[[Any], str | None] = lambda row: None


def _source_is_cited(row: Any) -> str | None:
    numbers = row.citations.present().filter(claim__removed_at=None).values_list("claim__number", flat=True)
    named = ", ".join(str(number) for number in sorted(numbers))
    return (
        _("Claims stand on this source: %(numbers)s. Take it off these claims first.") % {"numbers": named}
        if named
        else None
    )


def _contact_is_in_ledger(row: Any) -> str | None:
    if not row.consents.filter(removed_at=None).exists():
        return None
    return _("The consent ledger names this person. What they agreed to, or refused, must stay with their name.")


def _demand_has_asks(row: Any) -> str | None:
    return _("Asks stand under this demand. Remove them first.") if row.asks.present().exists() else None


def _detention_has_rows(row: Any) -> str | None:
    held = row.places.present().exists() or row.charges.present().exists()
    return _("Places or charges belong to this detention. Remove them first.") if held else None


KINDS: dict[str, Removable] = {
    "name": Removable(Name, gettext_lazy("The name was removed."), gettext_lazy("The name is back.")),
    "contact": Removable(
        Contact, gettext_lazy("The contact was removed."), gettext_lazy("The contact is back."), _contact_is_in_ledger
    ),
    "detention": Removable(
        Detention,
        gettext_lazy("The detention was removed."),
        gettext_lazy("The detention is back."),
        _detention_has_rows,
    ),
    "place": Removable(Place, gettext_lazy("The place was removed."), gettext_lazy("The place is back.")),
    "charge": Removable(Charge, gettext_lazy("The charge was removed."), gettext_lazy("The charge is back.")),
    "answer": Removable(PacketAnswer, gettext_lazy("The answer was removed."), gettext_lazy("The answer is back.")),
    "person": Removable(Person, gettext_lazy("The description was removed."), gettext_lazy("The description is back.")),
    "claim": Removable(Claim, gettext_lazy("The claim was removed."), gettext_lazy("The claim is back.")),
    "source": Removable(
        Source, gettext_lazy("The source was removed."), gettext_lazy("The source is back."), _source_is_cited
    ),
    "citation": Removable(
        Citation,
        gettext_lazy("The source was taken off the claim."),
        gettext_lazy("The source stands under the claim again."),
    ),
    "right": Removable(RightImplicated, gettext_lazy("The right was removed."), gettext_lazy("The right is back.")),
    "demand": Removable(
        Demand, gettext_lazy("The demand was removed."), gettext_lazy("The demand is back."), _demand_has_asks
    ),
    "ask": Removable(Ask, gettext_lazy("The ask was removed."), gettext_lazy("The ask is back.")),
    "event": Removable(TimelineEvent, gettext_lazy("The event was removed."), gettext_lazy("The event is back.")),
}
KIND_OF = {kind.model: code for code, kind in KINDS.items()}


@transaction.atomic
def remove(*, actor: User, row: Any) -> Any:
    """Take a row out of the packet; undo brings it back for ten minutes. Refused where other rows stand on it."""
    _before(row)
    case = lock(row.case_id)[0]
    require(actor, right_over(actor, row), case)
    code = KIND_OF[type(row)]
    row = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if row.removed_at is not None:
        return row
    if reason := KINDS[code].refuses(row):
        raise ValidationError(reason)
    _mark(row, timezone.now(), actor)
    _keep_in_step(actor, case, code)
    record(actor=actor, verb=f"casework.{code}.removed", case=case, about=row)
    return row


@transaction.atomic
def undo(*, actor: User, row: Any, at: dt.datetime | None = None) -> Any:
    """Bring a removed row back. Refused after ten minutes, and where another row has taken its place."""
    _before(row)
    case = lock(row.case_id)[0]
    require(actor, right_over(actor, row), case)
    row = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if row.removed_at is None:
        return row
    if (at or timezone.now()) - row.removed_at > UNDO_LASTS:
        raise ValidationError(_("This was removed more than ten minutes ago. Write it again if it is needed."))
    row.removed_at = None
    row.validate_constraints()
    _mark(row, None, None)
    _keep_in_step(actor, case, KIND_OF[type(row)])
    record(actor=actor, verb=f"casework.{KIND_OF[type(row)]}.restored", case=case, about=row)
    return row


def _before(row: Any) -> None:
    if isinstance(row, Name):
        one_at_a_time()


def _keep_in_step(actor: User, case: Case, code: str) -> None:
    if code == "detention":
        settle_year(case)
    if code == "name":
        look_for_twins(actor=actor, case=case)


def _mark(row: Any, at: dt.datetime | None, by: Any) -> None:
    row.removed_at, row.removed_by, row.version = at, by, row.version + 1
    row.save(update_fields=["removed_at", "removed_by", "version"])
    retag(row)
