"""The list of cases a person may see, written as a stream: what stands in clear, and no identity."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from casework.models import Case

ROWS_AT_ONCE = 500
CLEAR = (
    "reference",
    "codename",
    "country",
    "status",
    "status_on",
    "year_detained",
    "opened_at",
    "group__codename",
    "lead__username",
)


def listed(user: User) -> Iterator[dict[str, Any]]:
    """Give each case the person may see, by codename: reference, codename, country, status, year, lead, when it was opened."""
    rows = Case.objects.visible_to(user, row_by_row=False).order_by("codename", "pk").values_list(*CLEAR)
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        reference, codename, country, status, status_on, year, opened_at, group, lead = row
        yield {
            "reference": reference,
            "codename": codename,
            "country": country,
            "status": status,
            "status_on": status_on.isoformat(),
            "year_detained": year,
            "opened_on": timezone.localdate(opened_at).isoformat(),
            "group": group,
            "lead": lead,
        }


def as_json(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Give a JSON array piece by piece; the whole of it is never in memory."""
    yield "["
    separator = "\n"
    for row in rows:
        yield separator + json.dumps(row, ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n"


@transaction.atomic
def note_export(*, actor: User, name: str) -> None:
    """Record that a list was written, before its first line is."""
    count = Case.objects.visible_to(actor, row_by_row=False).count()
    record(actor=actor, verb="casework.cases.exported", format=name, cases=count)
