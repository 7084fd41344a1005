"""Rights that are put in question, what must change for the person, and what each addressee is asked to do."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from casework.access import lock, require
from casework.actions.rows import write_change, write_new
from casework.models import Ask, Case, Demand, RightImplicated
from casework.models.aims import Aim, situation_of

MOST_LEADING = 2


def add_right(*, actor: User, case: Case, values: Mapping[str, Any]) -> RightImplicated:
    """Name a right that the facts put in question; each stands once."""
    return write_new(actor=actor, row=RightImplicated(case=case, **values), verb="casework.right.added")


def change_right(*, actor: User, row: RightImplicated, version: int, values: Mapping[str, Any]) -> RightImplicated:
    """Change a right or the fact that shows it."""
    return write_change(actor=actor, row=row, version=version, values=values, verb="casework.right.changed")


@transaction.atomic
def add_demand(*, actor: User, case: Case, values: Mapping[str, Any]) -> Demand:
    """Write what must change for the person. One or two demands lead, never three.

    Refused for what makes no sense at the status of the person; words of one's own are said for the situation of today.
    """
    fresh = lock(case)[0]
    require(actor, "change_case", fresh)
    row = Demand(case=case, **values, **_said_for(fresh, values))
    _refuse(_leads_fit(case, values), _makes_sense(row, fresh))
    return write_new(actor=actor, row=row, verb="casework.demand.added")


@transaction.atomic
def change_demand(*, actor: User, row: Demand, version: int, values: Mapping[str, Any]) -> Demand:
    """Change a demand, what it is about, its rank, or whether it leads. Refused as `add_demand` is."""
    case = lock(row.case_id)[0]
    require(actor, "change_case", case)
    leads, sense = _leads_fit(case, values, but=row), {}
    stored = Demand.objects.get(pk=row.pk)
    if {name: values[name] for name in ("text", "aim") if name in values and values[name] != getattr(stored, name)}:
        values = {"aim": stored.aim, **values}
        values |= _said_for(case, values)
        sense = _makes_sense(Demand(case=case, aim=values["aim"], said_for=values.get("said_for", "")), case)
    _refuse(leads, sense)
    return write_change(actor=actor, row=row, version=version, values=values, verb="casework.demand.changed")


@transaction.atomic
def still_makes_sense(*, actor: User, row: Demand) -> Demand:
    """Say that a demand in words of our own makes sense where the person is now. Refused of any other demand.

    What the others are about is known, and so is when it makes sense: nobody can say otherwise.
    """
    case = lock(row.case_id)[0]
    require(actor, "change_case", case)
    stored: Demand = Demand.objects.select_for_update().get(pk=row.pk)
    if stored.aim != Aim.OWN:
        raise ValidationError(_("What this demand is about makes no sense now. Change what it is about, or remove it."))
    values = _said_for(case, {"aim": stored.aim})
    return write_change(
        actor=actor, row=stored, version=stored.version, values=values, verb="casework.demand.still_makes_sense"
    )


def add_ask(*, actor: User, case: Case, values: Mapping[str, Any]) -> Ask:
    """Write what one addressee is asked to do for a demand of this case."""
    _of_this_case(case.pk, values)
    return write_new(actor=actor, row=Ask(case=case, **values), verb="casework.ask.added")


def change_ask(*, actor: User, row: Ask, version: int, values: Mapping[str, Any]) -> Ask:
    """Change an ask; its demand stays one of the same case."""
    _of_this_case(row.case_id, values)
    return write_change(actor=actor, row=row, version=version, values=values, verb="casework.ask.changed")


def _leads_fit(case: Case, values: Mapping[str, Any], but: Demand | None = None) -> dict[str, str]:
    """Return the fault of a third demand that leads, as a refusal holds it; empty where there is none."""
    if not values.get("is_lead"):
        return {}
    leading = Demand.objects.filter(case=case, is_lead=True).present()
    others = leading.exclude(pk=but.pk) if but else leading
    said = _("Two demands lead already. Let one of them follow first, or let this one follow.")
    return {NON_FIELD_ERRORS: said} if others.count() >= MOST_LEADING else {}


def _refuse(*faults: dict[str, str]) -> None:
    """Raise all of these faults together; where there is none, do nothing."""
    if found := {name: said for told in faults for name, said in told.items()}:
        raise ValidationError(found)


def _said_for(case: Case, values: Mapping[str, Any]) -> dict[str, str]:
    """Return that whoever writes a demand in words of their own now says that it makes sense now."""
    return {"said_for": situation_of(case.status)} if values.get("aim", Aim.OWN) == Aim.OWN else {"said_for": ""}


def _makes_sense(row: Demand, case: Case) -> dict[str, str]:
    """Return the fault of a demand that makes no sense now, at its question; empty where it does."""
    if row.makes_sense_at(case.status):
        return {}
    return {"aim": _("This makes no sense after what happened to the person. Choose what is asked now.")}


def _of_this_case(case_id: Any, values: Mapping[str, Any]) -> None:
    demand = values.get("demand")
    if demand is not None and (demand.case_id != case_id or demand.removed_at is not None):
        raise ValidationError(_("This demand belongs to another case, or was removed."))
