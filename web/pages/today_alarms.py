"""What an alarm asks of one person on Today: a notice to sign, a second look at what was sent alone, an agreement."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.pages.rows import WaitingLine
from directory.dates import relative_time
from materials.models import Dispatch, Material

MOST = 8


def alarms_for(user: User, *, now: dt.datetime) -> list[WaitingLine]:
    """Return the alarms that wait for this person, at most eight of each kind and one more."""
    return [*_to_sign(user), *_to_look_at(user, now)]


def _to_sign(user: User) -> list[WaitingLine]:
    rows = Material.objects.where(user, may="sign_review").waiting_for_review().filter(kind=Material.NOTICE)
    rows = rows.exclude(author=user).exclude(last_editor=user).select_related("author").prefetch_related("cases")
    return [
        WaitingLine(
            state=_("Urgent"),
            mark="triangle",
            tone="stop",
            is_alarm=True,
            label=_("Sign a protective notice"),
            url=reverse("advocacy:urgent_sign", args=[row.pk]),
            is_review=True,
            since=row.sent_to_review_at,
            about=", ".join(str(case) for case in row.cases.all()),
            by=row.author,
        )
        for row in rows.order_by("sent_to_review_at")[: MOST + 1]
        if row.sent_to_review_at
    ]


def _to_look_at(user: User, now: dt.datetime) -> list[WaitingLine]:
    rows = Dispatch.objects.to_review_after(user).select_related("created_by").prefetch_related("material__cases")
    return [
        WaitingLine(
            state=_state(row.review_due_at, now),
            mark="triangle",
            tone="stop",
            is_alarm=True,
            label=_("Look at what was sent alone"),
            url=reverse("advocacy:urgent_look_back", args=[row.material_id]),
            since=row.created_at,
            about=", ".join(str(case) for case in row.material.cases.all()),
            by=row.created_by,
        )
        for row in rows[: MOST + 1]
    ]


def _state(due_at: dt.datetime | None, now: dt.datetime) -> str:
    """Return that it was sent alone, or by how much the second look is late."""
    return _("Sent alone") if due_at is None or due_at > now else relative_time.late_words(due_at, now=now)
