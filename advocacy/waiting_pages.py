"""What a page that one person took down asks of another on Today: a second look, within 24 hours."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy import when
from advocacy.models import PublicPage

MOST = 8
SHOWN = (
    "down_review_due_at",
    "taken_down_at",
    "taken_down_by__name",
    "taken_down_by__username",
    "dispatch__material__kind",
)


def of(user: Any, *, now: dt.datetime) -> list[dict[str, Any]]:
    """Return what was taken down and waits for this person, at most eight and one more; late after its 24 hours."""
    rows = PublicPage.objects.taken_down_unseen(user).select_related("taken_down_by", "dispatch__material").only(*SHOWN)
    return [
        {
            **_late(row, now),
            "label": _("Look at what was taken down"),
            "url": reverse("advocacy:taken_down", args=[row.dispatch.material_id]),
            "since": row.taken_down_at,
            "about": " ".join(case.codename for case in row.dispatch.material.cases.all()),
            "by": row.taken_down_by,
        }
        for row in rows.prefetch_related("dispatch__material__cases")[: MOST + 1]
    ]


def _late(row: PublicPage, now: dt.datetime) -> dict[str, str]:
    """Return by how much the second look is late, or nothing while there is time."""
    due_at = row.down_review_due_at
    return {} if due_at is None or due_at > now else {"late": when.late_words(due_at, now=now)}
