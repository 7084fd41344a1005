"""What an alarm asks of one person on Today: a notice to sign, a second look at what was sent alone, an agreement."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.pages.rows import WaitingLine
from directory.dates import relative_time
from materials.leaving.cases_named import with_cases
from materials.models import Dispatch, Material
from sealing.queries import PERSON, written_once

MOST = 8


def alarms_for(user: User, *, now: dt.datetime) -> list[WaitingLine]:
    """Return the alarms that wait for this person, at most eight of each kind and one more."""
    return [*_to_sign(user), *_to_look_at(user, now)]


def _to_sign(user: User) -> list[WaitingLine]:
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
        for row in with_cases(_notices(user=user))
        if row.sent_to_review_at
    ]


@written_once(user=PERSON)
def _notices(*, user: User) -> QuerySet[Material]:
    rows = Material.objects.where(user, may="sign_review").waiting_for_review().filter(kind=Material.NOTICE)
    rows = rows.exclude(author=user).exclude(last_editor=user).select_related("author")
    return rows.order_by("sent_to_review_at")[: MOST + 1]


def _to_look_at(user: User, now: dt.datetime) -> list[WaitingLine]:
    rows = _sent_alone(user=user)
    with_cases([row.material for row in rows])
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
        for row in rows
    ]


@written_once(user=PERSON)
def _sent_alone(*, user: User) -> QuerySet[Dispatch]:
    return Dispatch.objects.to_review_after(user).select_related("created_by", "material")[: MOST + 1]


def _state(due_at: dt.datetime | None, now: dt.datetime) -> str:
    """Return that it was sent alone, or by how much the second look is late."""
    return _("Sent alone") if due_at is None or due_at > now else relative_time.late_words(due_at, now=now)
