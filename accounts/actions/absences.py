"""Writing when somebody is away and who stands in for them, and ending it before its time."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Absence, User
from accounts.notify import tell
from accounts.refusals import Check, refuse_if
from accounts.roles import OfficeRole, holds, is_of_the_office
from audit.trail import record

WRITERS = (OfficeRole.DIRECTOR, OfficeRole.ADMINISTRATOR)
LONGEST = dt.timedelta(days=366)
ONLY_WRITERS = gettext_lazy("Only a director or an administrator says of somebody else that they are away.")


@transaction.atomic
def write_absence(
    *, actor: User, person: User, begins_on: dt.date, ends_on: dt.date, deputy: User, now: dt.datetime | None = None
) -> Absence:
    """Write on which days somebody is away, the last one too, and who stands in. No step changes its owner.

    For oneself, or by a director or an administrator for somebody else. Refused, with every reason, to who does not
    work in this office, for days that are over, that lie over another absence, or that end before they begin, and
    for a deputy who does not work here, is the person, or is away on one of these days.
    """
    now = now or timezone.now()
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_if(
        *_who_may(actor, person),
        *_why_not_these_days(person, begins_on, ends_on, today=timezone.localdate(now)),
        *_why_not_deputy(person, deputy, begins_on, ends_on),
    )
    written = Absence.objects.create(
        user=person, deputy=deputy, begins_on=begins_on, ends_on=ends_on, written_by=actor, written_at=now
    )
    _tell(written, actor, deputy_kind="accounts.absence.deputy", own_kind="accounts.absence.written")
    record(
        actor=actor,
        verb="accounts.absence.written",
        about=written,
        person=person.pk,
        deputy=deputy.pk,
        begins_on=begins_on,
        ends_on=ends_on,
    )
    return written


@transaction.atomic
def end_absence(*, actor: User, absence: Absence, now: dt.datetime | None = None) -> Absence:
    """Take an absence back, or end it on the day somebody is here again. It stays written; a second time does nothing.

    For oneself, or by a director or an administrator.
    """
    absence = Absence.objects.select_for_update().select_related("user", "deputy").get(pk=absence.pk)
    refuse_if(*_who_may(actor, absence.user))
    if absence.ended_at:
        return absence
    absence.ended_by, absence.ended_at = actor, now or timezone.now()
    absence.save(update_fields=["ended_by", "ended_at"])
    _tell(absence, actor, deputy_kind="accounts.absence.over", own_kind="accounts.absence.ended")
    record(actor=actor, verb="accounts.absence.ended", about=absence, person=absence.user_id)
    return absence


def may_write_for(actor: User, person: User) -> bool:
    """Say whether the actor may write when this person is away."""
    return not any(stands_against for stands_against, _sentence in _who_may(actor, person))


def _who_may(actor: User, person: User) -> list[Check]:
    is_own = actor.pk == person.pk
    return [
        (not is_of_the_office(actor), _("Only who works in this office is away from it.")),
        (not is_own and not holds(actor, *WRITERS), ONLY_WRITERS),
    ]


def _why_not_these_days(person: User, begins_on: dt.date, ends_on: dt.date, *, today: dt.date) -> list[Check]:
    return [
        (ends_on < begins_on, _("The last day lies before the first one.")),
        (ends_on < today, _("These days are over.")),
        (ends_on - begins_on > LONGEST, _("That is more than a year. Whoever is away so long hands their cases over.")),
        (
            person.absences.over(begins_on, ends_on).exists(),
            _("Some of these days are written as away already. End that absence first."),
        ),
    ]


def _why_not_deputy(person: User, deputy: User, begins_on: dt.date, ends_on: dt.date) -> list[Check]:
    return [
        (deputy.pk == person.pk, _("Nobody stands in for themselves. Choose somebody else.")),
        (not is_of_the_office(deputy), _("The deputy does not work in this office. Choose somebody who does.")),
        (
            deputy.absences.over(begins_on, ends_on).exists(),
            _("The deputy is away on some of these days. Choose somebody who is here."),
        ),
    ]


def _tell(absence: Absence, by: User, *, deputy_kind: str, own_kind: str) -> None:
    """Tell the deputy, and the person where somebody else wrote it."""
    if absence.deputy_id != by.pk:
        tell([absence.deputy], kind=deputy_kind, about=absence.user, by=by)
    if absence.user_id != by.pk:
        tell([absence.user], kind=own_kind, about=absence.user, by=by)
