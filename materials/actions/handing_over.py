"""That a copy reached whoever it is for: the second moment of a copy, after it was made; said once."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.trail import record
from materials.actions.materials import locked
from materials.models import Copy, Material
from materials.notify import SENDERS, tell

DAY_TO_COME: str | Promise = gettext_lazy("This day is still to come. Record it once the paper is handed over.")


@transaction.atomic
def hand_over(*, actor: User, copy: Copy, on: dt.date) -> Copy:
    """Record that a copy was handed over on this day. Refused without the right to dispatch on every case.

    Refused before the copy is made, for a day before that or still to come, and a second time.
    """
    material = Material.objects.get(pk=copy.material_id)
    cases = locked(actor, material, "dispatch")
    row = Copy.objects.select_for_update(of=("self",)).select_related("handed_over_by").get(pk=copy.pk)
    if row.dispatched_at is None:
        raise ValidationError(_("This copy is not made yet. Have it printed first."))
    if row.handed_over_at is not None:
        said = _("%(name)s recorded already that it was handed over. That does not change.")
        raise ValidationError(said % {"name": row.handed_over_by})
    now = timezone.localtime()
    if on > now.date():
        raise ValidationError({"on": DAY_TO_COME})
    if on < timezone.localtime(row.dispatched_at).date():
        raise ValidationError({"on": _("The copy was made later than this day. Look at the day again.")})
    noon = now.replace(year=on.year, month=on.month, day=on.day, hour=12, minute=0, second=0, microsecond=0)
    row.handed_over_at, row.handed_over_by = now if on == now.date() else max(noon, row.dispatched_at), actor
    row.save(update_fields=["handed_over_at", "handed_over_by"])
    for case in cases:
        record(actor=actor, verb="materials.copy.handed_over", case=case, about=row, number=row.number, on=on)
    today = f"{timezone.localdate():%Y%m%d}"  # forty recipients are one line
    rights = [SENDERS]
    tell(
        verb="materials.copy.handed_over",
        material=material,
        cases=cases,
        actor=actor,
        next_readers=rights,
        occasion=today,
    )
    return row
