"""What the office hopes for in a year, in one country or in all. Directors say it, and adjust it with a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from accounts.roles import OfficeRole, holds
from advocacy.actions.results import refuse_number
from advocacy.models import OfficeTarget, OfficeTargetFigure
from audit.trail import record
from casework.actions.versions import claim_version
from directory.countries import countries
from directory.vocabulary import terms

EARLIEST, LATEST = 1990, 2100


@transaction.atomic
def set_office_target(*, actor: User, country: str, year: int, what: str, wanted: int) -> OfficeTarget:
    """Say how many outcomes of a kind the office hopes for in a year. Refused to who is no director in effect.

    One figure for each country, year and kind: where there is one, it is adjusted with a reason.
    """
    _refuse_others(actor)
    if what not in terms("outcome_type"):
        raise ValidationError({"what": _("Choose one of the answers in the list.")})
    if country and country not in countries():
        raise ValidationError({"country": _("Choose one of the answers in the list.")})
    if not EARLIEST <= year <= LATEST:
        raise ValidationError({"year": _("Write a year of four figures.")})
    if OfficeTarget.objects.filter(country=country, year=year, what=what).exists():
        raise ValidationError({"what": _("The office has this target already. Adjust it, with a reason.")})
    target = OfficeTarget(country=country, year=year, what=what, set_by=actor)
    target.save(force_insert=True)
    _add_figure(actor, target, wanted=wanted, reason=None)
    where = {"country": country, "year": year}
    record(actor=actor, verb="advocacy.office_target.set", about=target, where=where, what=what, wanted=wanted)
    return target


@transaction.atomic
def adjust_office_target(
    *, actor: User, target: OfficeTarget, version: int, wanted: int, reason: str
) -> OfficeTargetFigure:
    """Say anew how many, with a reason; the earlier figure stays. Refused to who is no director in effect.

    Refused without a reason, where nothing changes, and where it was adjusted since `version` (SavedMeanwhile).
    """
    _refuse_others(actor)
    row = OfficeTarget.objects.select_for_update().get(pk=target.pk)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the target is adjusted.")})
    last = row.figures.order_by("-number")[0]
    if last.wanted == wanted:
        raise ValidationError({"wanted": _("This is what the target says already.")})
    claim_version(row, version)
    figure = _add_figure(actor, row, wanted=wanted, reason=reason.strip())
    was, now = {"wanted": last.wanted}, {"wanted": wanted, "reason": figure.reason}
    record(actor=actor, verb="advocacy.office_target.adjusted", about=row, was=was, now=now)
    return figure


def _refuse_others(actor: User) -> None:
    refuse_if((not holds(actor, OfficeRole.DIRECTOR), _("Only a director sets the targets of the office.")))


def _add_figure(actor: User, target: OfficeTarget, *, wanted: int, reason: str | None) -> OfficeTargetFigure:
    refuse_number(wanted)
    number = OfficeTargetFigure.objects.filter(target=target).count() + 1
    figure = OfficeTargetFigure(target=target, number=number, wanted=wanted, reason=reason, said_by=actor)
    figure.save(force_insert=True)
    return figure
