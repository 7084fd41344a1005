"""Letting the gate obey a row again whose mark is broken: two people, a day, and the row as both of them saw it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notify import tell_signers
from accounts.refusals import Check, refuse_if
from accounts.roles import SECONDING_ROLES, holds
from accounts.second_person import PROPOSING_ROLES
from accounts.signing import may_sign_now
from audit.trail import record
from casework.access import lock, may
from casework.models import Case
from safety.models import MarkProposal
from safety.models.marking import WAITS
from safety.people import why_not_sign
from sealing import keys
from sealing.fields import mark_anew, mark_of

OF_A_CASE = ("case_id", "one_id", "other_id")


@transaction.atomic
def propose_mark(*, actor: User, row: Any, reason: str, at: dt.datetime | None = None) -> MarkProposal:
    """Propose that the gate obeys this row again as it stands now. Nothing counts yet; all who sign are told.

    Refused to who may propose no act of the office, without a reason, and where the row carries its mark.
    """
    at, row = at or timezone.now(), _locked(row)
    refuse_if(
        *_who_may(actor, row),
        (not reason.strip(), _("Say why, in one sentence.")),
        (row.carries_mark(), _("This row carries its mark: there is nothing to do.")),
    )
    for earlier in waiting(row):
        if is_as_shown(earlier, row):
            return earlier
        _withdraw(earlier, actor, at)  # the row has changed: nobody agrees to what stood there before
    act = MarkProposal(table=row._meta.label_lower, row_id=str(row.pk), shown=shown(row), proposed_at=at)
    act.proposed_by, act.reason = actor, reason.strip()
    act.save(force_insert=True)
    _told("safety.mark.proposed", actor, act, row, reason=act.reason)
    return act


@transaction.atomic
def second_mark(*, actor: User, row: Any, at: dt.datetime | None = None) -> MarkProposal:
    """Agree as second person; a day later either of the two may end it. Refused to who proposed it and to who may not sign.

    Of a row of cases it takes somebody who signs on each of them, of a row of the office a reviewer or director.
    """
    at, row = at or timezone.now(), _locked(row)
    act = _waiting(row)
    refuse_if(
        *_who_may(actor, row),
        *_still_so(act, row),
        (act.seconded_at is not None, _("This was confirmed already.")),
        (actor.pk == act.proposed_by_id, _("You proposed this. Somebody else must confirm it.")),
        *_why_not_second(actor, row, at),
        (
            not holds(act.proposed_by, *PROPOSING_ROLES, at=at),
            _("Who proposed this may not propose it any more. Somebody else must propose it again."),
        ),
    )
    act.seconded_by, act.seconded_at = actor, at
    act.save(update_fields=["seconded_by", "seconded_at"])
    _told("safety.mark.seconded", actor, act, row, proposed_by=act.proposed_by_id)
    return act


@transaction.atomic
def finish_mark(*, actor: User, row: Any, at: dt.datetime | None = None) -> MarkProposal:
    """Mark the row anew: the gate obeys it from now on. Refused before two agreed and a day passed, and to anybody else."""
    at, row = at or timezone.now(), _locked(row)
    act = _waiting(row)
    refuse_if(
        *_who_may(actor, row),
        *_still_so(act, row),
        (act.seconded_at is None, _("Nobody has confirmed this as second person.")),
        (
            act.seconded_at is not None and at < act.seconded_at + WAITS,
            _(
                "It counts 24 hours after the second person agreed. Anybody who may propose it can withdraw it until then."
            ),
        ),
        (
            actor.pk not in {act.proposed_by_id, act.seconded_by_id},
            _("One of the two who agreed ends it."),
        ),
    )
    act.done_at = at
    act.save(update_fields=["done_at"])
    mark_anew(row)
    _told("safety.mark.made", actor, act, row, proposed_by=act.proposed_by_id, seconded_by=act.seconded_by_id)
    return act


@transaction.atomic
def withdraw_mark(*, actor: User, row: Any, at: dt.datetime | None = None) -> MarkProposal:
    """Take back what waits: one person is enough."""
    row = _locked(row)
    act = _waiting(row)
    refuse_if(*_who_may(actor, row))
    _withdraw(act, actor, at or timezone.now())
    _told("safety.mark.withdrawn", actor, act, row)
    return act


def waiting(row: Any) -> list[MarkProposal]:
    """Return what waits about this row: at most one."""
    rows = MarkProposal.objects.filter(table=row._meta.label_lower, row_id=str(row.pk))
    return list(rows.filter(done_at=None, withdrawn_at=None).select_for_update())


def shown(row: Any) -> bytes:
    """Return the MAC of what the row holds, under a purpose of its own: it is no mark and cannot become one."""
    return keys.gate_mac(_parts(row))


def is_as_shown(act: MarkProposal, row: Any) -> bool:
    """Say whether the row holds what it held when it was proposed."""
    return keys.gate_mac_matches(act.shown, _parts(row))


def cases_behind(row: Any) -> list[Case]:
    """Return the cases whose people a row concerns; none of a row of the office, such as a recipient."""
    if isinstance(row, Case):
        return [row]
    material = row if hasattr(row, "cases") else getattr(row, "material", None)
    if material is not None:
        return list(material.cases.order_by("pk"))
    parents = [row, *(getattr(row, name, None) for name in ("consent", "twin"))]
    found = [key for one in parents for name in OF_A_CASE if (key := getattr(one, name, None)) is not None]
    return list(Case.objects.filter(pk__in=found).order_by("pk"))


def may_know(actor: User, row: Any) -> bool:
    """Say whether this person may know of the row: it is of the office, or of cases that they all see."""
    found = cases_behind(row)
    return Case.objects.visible_to(actor).filter(pk__in=[case.pk for case in found]).count() == len(found)


def _parts(row: Any) -> list[str]:
    mark = mark_of(type(row))
    if mark is None:
        raise ValueError(f"{row._meta.label} carries no mark.")
    return ["shown before it is marked anew", *mark.parts(row)]


def _locked(row: Any) -> Any:
    """Lock the cases of the row, then the row, and return it fresh."""
    lock(*cases_behind(row))
    return type(row)._base_manager.select_for_update().get(pk=row.pk)


def _waiting(row: Any) -> MarkProposal:
    found = waiting(row)
    refuse_if((not found, _("Nobody proposed this.")))
    return found[0]


def _still_so(act: MarkProposal, row: Any) -> list[Check]:
    return [
        (not act.carries_mark(), _("The proposal was changed outside the program. Withdraw it and propose it again.")),
        (not is_as_shown(act, row), _("The row has changed since it was proposed. Propose it again.")),
    ]


def _who_may(actor: User, row: Any) -> list[Check]:
    return [
        (not holds(actor, *PROPOSING_ROLES), _("Only an administrator, a reviewer or a director may propose this.")),
        (not may_know(actor, row), _("There is no such row for this person.")),
    ]


def _why_not_second(actor: User, row: Any, at: dt.datetime) -> list[Check]:
    not_yet = [may_sign_now(actor, at)]
    not_yet += [why_not_sign(actor, case, right="sign_review", at=at) for case in cases_behind(row)]
    found = [str(why) for why in not_yet if why is not None]
    return [
        (
            not holds(actor, *SECONDING_ROLES, at=at),
            _("The second person must be a reviewer or a director, for a day at least."),
        ),
        (bool(found), found[0] if found else ""),
        (
            not all(may(actor, "sign_review", case) for case in cases_behind(row)),
            _("The second person must be somebody who signs on every case that it concerns."),
        ),
    ]


def _withdraw(act: MarkProposal, actor: User, at: dt.datetime) -> None:
    act.withdrawn_by, act.withdrawn_at = actor, at
    act.save(update_fields=["withdrawn_by", "withdrawn_at"])


def _told(verb: str, actor: User, act: MarkProposal, row: Any, **detail: Any) -> None:
    """Tell all who sign, and write it on the trail: of one case there, of more or none on that of the office."""
    tell_signers(verb=verb, about=act.proposed_by, by=actor)
    found = cases_behind(row)
    case = found[0] if len(found) == 1 else None
    record(actor=actor, verb=verb, case=case, about=row, proposal=str(act.pk), **detail)
