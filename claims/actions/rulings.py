"""Asking those who may rule: whoever wrote a sentence leaves the ruling to somebody else, and tells them that it waits."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import lock, require, who_may
from casework.models import Case, Claim
from casework.notify import notify_people

UNSETTLED = frozenset({Claim.Status.NEW, Claim.Status.STALE, Claim.Status.CONFLICT})
"""Rulings that say no more than that somebody has still to rule."""
ASKED = "casework.ruling.asked"


@transaction.atomic
def ask_for_rulings(*, actor: User, case: Case) -> list[User]:
    """Tell everybody else who may rule that claims of the actor wait in this case; return whom, by name.

    Who was told of the same claims already is not told again. Refused without the right to change the case, where
    nothing that the actor wrote waits, and where nobody else may rule.
    """
    (fresh,) = lock(case.pk)
    require(actor, "change_case", fresh)
    waiting = Claim.objects.present().filter(case=fresh, created_by=actor, status__in=UNSETTLED)
    asked = sorted(f"{key}:{version}" for key, version in waiting.order_by().values_list("pk", "version"))
    if not asked:
        raise ValidationError(_("Each claim that you wrote is ruled on already."))
    others = [person for person in who_may(fresh, "change_case") if person.pk != actor.pk]
    if not others:
        raise ValidationError(_("Nobody else may rule in this case yet. Rule yourself, or ask somebody to join it."))
    occasion = hashlib.sha256("\n".join(asked).encode()).hexdigest()[:32]
    notify_people(verb=ASKED, case=fresh, about=fresh, actor=actor, people=others, occasion=occasion)
    record(actor=actor, verb=ASKED, case=fresh, about=fresh)
    return others
