"""What a page that one person took down or shortened asks of another on Today: a second look, within 24 hours."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.pages.rows import WaitingLine
from directory.dates import relative_time
from materials.leaving.cases_named import with_cases
from materials.models import PageShortening, PublicPage
from sealing.queries import PERSON, written_once

MOST = 8
OF_THE_MATERIAL = [f"page__dispatch__material__{name}" for name in ("title", "body", "withheld")]
SHOWN = (
    "down_review_due_at",
    "taken_down_at",
    "taken_down_by__name",
    "taken_down_by__username",
    "dispatch__material__kind",
)


def taken_down_for(user: User, *, now: dt.datetime) -> list[WaitingLine]:
    """Return what was taken down and waits for this person, at most eight and one more; late after its 24 hours."""
    rows = _taken_down(user=user)
    with_cases([row.dispatch.material for row in rows])
    return [
        WaitingLine(
            late=_late(row.down_review_due_at, now),
            label=_("Look at what was taken down"),
            url=reverse("materials:taken_down", args=[row.dispatch.material_id]),
            since=row.taken_down_at,
            about=", ".join(str(case) for case in row.dispatch.material.cases.all()),
            by=row.taken_down_by,
        )
        for row in rows
        if row.taken_down_at
    ]


@written_once(user=PERSON)
def _taken_down(*, user: User) -> QuerySet[PublicPage]:
    rows = PublicPage.objects.taken_down_unseen(user).select_related("taken_down_by", "dispatch__material")
    return rows.only(*SHOWN)[: MOST + 1]


def shortened_for(user: User, *, now: dt.datetime) -> list[WaitingLine]:
    """Return what another shortened and waits for this person, one line a material, at most eight and one more."""
    rows = _shortened(user=user)
    with_cases([row.page.dispatch.material for row in rows])
    first = {row.page.dispatch.material_id: row for row in reversed(rows)}
    return [
        WaitingLine(
            late=_late(row.review_due_at, now),
            label=_("Look at what was shortened"),
            url=reverse("materials:taken_down", args=[material_id]),
            since=row.shortened_at,
            about=", ".join(str(case) for case in row.page.dispatch.material.cases.all()),
            by=row.shortened_by,
        )
        for material_id, row in first.items()
    ]


@written_once(user=PERSON)
def _shortened(*, user: User) -> QuerySet[PageShortening]:
    rows = PageShortening.objects.unseen_by(user).select_related("shortened_by", "page__dispatch__material")
    return rows.defer("page__dispatch__title", "page__dispatch__body", *OF_THE_MATERIAL)[: MOST + 1]


def _late(due_at: dt.datetime | None, now: dt.datetime) -> str:
    """Return by how much the second look is late, or nothing while there is time."""
    return "" if due_at is None or due_at > now else relative_time.late_words(due_at, now=now)
