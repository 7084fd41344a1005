"""Near misses of a notice that one person sends alone: everything is right but who sends it, or what waits for a look."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.models import Membership
from materials.models import Dispatch
from safety.models import SignerAlarm
from tests.gate.ready import Ready, make_ready
from tests.people import a_person

IN_TIME, LATE = dt.timedelta(hours=20), -dt.timedelta(minutes=5)
OTHERS = ("tomas", "sam", "leila")


def sent_alone(by: User, *, due: dt.timedelta = IN_TIME) -> Dispatch:
    """Return another notice that this person sent alone and nobody has looked at."""
    other = make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", alone=True)
    row = other.a_dispatch(review_due_at=timezone.now() + due, created_by=by)
    row.save(force_insert=True)
    return row


def _signer_may_answer(ready: Ready, case: Any, row: Any) -> None:
    later = timezone.now() + dt.timedelta(minutes=5)
    SignerAlarm.objects.filter(material_id=ready.material.pk).update(alone_from=later)


def _right_rests(ready: Ready, case: Any, row: Any) -> None:
    sent_alone(ready.ana, due=LATE)


def _account_is_new(ready: Ready, case: Any, row: Any) -> None:
    User.objects.filter(pk=ready.ana.pk).update(joined_at=timezone.now() - dt.timedelta(hours=23))


def _no_role(ready: Ready, case: Any, row: Any) -> None:
    Membership.objects.filter(user=ready.ana).update(granted_at=timezone.now() - dt.timedelta(hours=23))


def _own_unseen(ready: Ready, case: Any, row: Any) -> None:
    sent_alone(ready.ana)


def _three_unseen(ready: Ready, case: Any, row: Any) -> None:
    for username in OTHERS:
        sent_alone(a_person(username))


ALONE_SPOILERS = {
    "a-signer-may-still-answer": _signer_may_answer,
    "emergency-right-rests": _right_rests,
    "account-is-too-new": _account_is_new,
    "no-role-on-a-case": _no_role,
    "own-lone-notice-unseen": _own_unseen,
    "lone-notices-unseen": _three_unseen,
}
