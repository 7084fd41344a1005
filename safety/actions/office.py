"""The office's own settings for the gate. One director changes them, with a reason that is kept in the trail."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from accounts.roles import OfficeRole, holds
from audit.trail import record
from safety.models import OfficeSafety
from sealing.fields import mark_anew

SETTINGS = ("emergency_wait_minutes", "grace_days", "contact_line")


@transaction.atomic
def change_office_safety(
    *, actor: User, emergency_wait_minutes: int | None, grace_days: int, contact_line: str, reason: str
) -> OfficeSafety:
    """Change the wait for a signer, the days of grace and the printed contact. Refuses who is no director in effect."""
    refuse_if(
        (not holds(actor, OfficeRole.DIRECTOR), _("Only a director may change this.")),
        (not reason.strip(), _("Say why, in one sentence.")),
        (
            emergency_wait_minutes is not None and not 0 <= emergency_wait_minutes <= 120,
            _("The wait is at most 120 minutes."),
        ),
        (not 0 <= grace_days <= 30, _("The days of grace are at most 30.")),
    )
    OfficeSafety.objects.get_or_create(pk=1)
    office = OfficeSafety.objects.select_for_update().get(pk=1)
    before = {name: getattr(office, name) for name in SETTINGS}
    office.emergency_wait_minutes, office.grace_days, office.contact_line = (
        emergency_wait_minutes,
        grace_days,
        contact_line.strip(),
    )
    office.save(update_fields=list(SETTINGS))
    mark_anew(office)  # every setting that the mark covers was given here, whatever stood there before
    after = {name: getattr(office, name) for name in SETTINGS}
    record(actor=actor, verb="safety.office.changed", about=office, before=before, after=after, reason=reason.strip())
    return office
