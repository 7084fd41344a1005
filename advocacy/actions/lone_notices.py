"""How far one person may go alone: one notice that nobody looked at, three an office, and nobody who is new."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import SIGNING_DELAY
from casework.models import Membership
from casework.models.access import ASKS_TO_JOIN
from materials.models import Dispatch, Material

MOST_OF_A_PERSON = 1
MOST_OF_AN_OFFICE = 3


class NotAlone(ValidationError):
    """This person may not send alone now; the signers who were called still may sign. One sentence each reason."""


def refuse_alone(actor: User, material: Material) -> None:
    """Raise NotAlone with every reason why this person sends no notice alone now. The caller let nobody else in meanwhile."""
    reasons = why_not_alone_yet(actor, material, now=timezone.now())
    if reasons:
        raise NotAlone(reasons)


def why_not_alone_yet(actor: User, material: Material, *, now: dt.datetime) -> list[str]:
    """Return the reasons, each with what to do; none where this person may send alone."""
    found = []
    if not actor.is_founder and now < actor.joined_at + SIGNING_DELAY:
        found.append(
            _("Your account is less than 24 hours old. Call the signers; one of them signs, and then you may send.")
        )
    elif not _has_a_role(actor, now):
        found.append(
            _(
                "You have no role on a case but those that you opened today. Call the signers; one of them signs, and then you may send."
            )
        )
    waiting = _waiting(but=material)
    if len({row.material_id for row in waiting if row.created_by_id == actor.pk}) >= MOST_OF_A_PERSON:
        found.append(
            _("You sent a notice alone that nobody has looked at yet. Ask a signer to look at it, or to sign this one.")
        )
    if len({row.material_id for row in waiting}) >= MOST_OF_AN_OFFICE:
        found.append(
            _(
                "Three notices that were sent alone wait for a second look. Ask a signer to look at one, or to sign this one."
            )
        )
    return found


def _waiting(*, but: Material) -> list[Dispatch]:
    """Return what left alone and nobody looked at, beside this revision of this notice."""
    rows = Dispatch.objects.filter(clearance__is_alone=True, review_due_at__isnull=False, reviewed_after_at=None)
    same = Q(material_id=but.pk, revision=but.revision)
    return list(rows.exclude(same).only("material", "created_by"))


def _has_a_role(actor: User, now: dt.datetime) -> bool:
    """Say whether somebody gave this person a role on a case, or they have led one for a day: an alarm's own does not count."""
    roles = Membership.objects.filter(user=actor, ended_at=None).filter(Q(until=None) | Q(until__gt=now))
    roles = roles.exclude(ASKS_TO_JOIN)
    return roles.filter(Q(is_opening=False) | Q(granted_at__lte=now - SIGNING_DELAY)).exists()
