"""Approaches of the practice office and what came back: a letter that waits, a promise past its day, a call to make again."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from advocacy.actions.approaches import NewApproach, record_approach
from advocacy.actions.replies import NewReply, record_reply
from casework.models import Case
from directory.models import Actor


def load_answers(case: Case, who: dict[str, User], desk: Actor, embassy: Actor) -> None:
    """Record as ana does: the embassy promised and is late, the desk has a letter and did not pick up today."""
    ana, now, today = who["ana"], timezone.now(), timezone.localdate()
    asks = list(case.asks.filter(removed_at=None)[:1])
    letter = NewApproach("letter", desk, happened_at=now - dt.timedelta(days=16), asks=asks)
    waits = record_approach(actor=ana, case=case, new=letter)
    meeting = NewApproach(
        "meeting",
        embassy,
        happened_at=now - dt.timedelta(days=8),
        made_by=who["leila"],
        met_name="The second secretary",
        asks=asks,
        told="When the next hearing is, and that the family may not enter the court.",
        handling_level="TLP_AMBER",
        attribution_rule="AT_CHATHAM",
    )
    met = record_approach(actor=ana, case=case, new=meeting)
    promise = NewReply(
        "RS_PLEDGED",
        received_on=today - dt.timedelta(days=8),
        words="We can probably send somebody to the hearing. I shall know by the end of the week.",
        promised="They say whether somebody of the embassy comes to the hearing",
        due_on=today - dt.timedelta(days=1),
    )
    record_reply(actor=ana, case=case, approach=met, new=promise)
    again = NewApproach("call", desk, is_missed=True, follow_up_on=today, follows=waits)
    record_approach(actor=ana, case=case, new=again)
