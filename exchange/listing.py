"""The list of cases a person may see, written as a stream: what stands in clear, and no identity."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import refuse_if
from accounts.roles import is_of_the_office
from audit.trail import record
from casework.custody import Custody, custodies_of
from casework.models import Case

ROWS_AT_ONCE = 500
CLEAR = (
    "reference",
    "codename",
    "country",
    "status",
    "status_on",
    "language",
    "year_detained",
    "opened_at",
    "group__codename",
    "lead__username",
)


def listed(user: User) -> Iterator[dict[str, Any]]:
    """Give each case the person may see, by codename: what stands in clear, and whether the person is held."""
    cases = Case.objects.visible_to(user, row_by_row=False).order_by("codename", "pk")
    rows = cases.select_related("group", "lead").only(*CLEAR).iterator(chunk_size=ROWS_AT_ONCE)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        custodies = custodies_of(some)
        for case in some:
            yield _row(case, custodies[case.pk])


def _row(case: Case, custody: Custody) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "codename": case.codename,
        "country": case.country,
        "status": case.status,
        "status_on": case.status_on.isoformat(),
        "language": case.language,
        "held": custody.is_held,
        "year_detained": case.year_detained,
        "opened_on": timezone.localdate(case.opened_at).isoformat(),
        "group": case.group.codename if case.group else None,
        "lead": case.lead.username,
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
    """Record that a list was written, before its first line is. Refused to who does not work here."""
    refuse_if((not is_of_the_office(actor), _("Only who works in this office writes a list of its cases.")))
    count = Case.objects.visible_to(actor, row_by_row=False).count()
    record(actor=actor, verb="casework.cases.exported", format=name, cases=count)
