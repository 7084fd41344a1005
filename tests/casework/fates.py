"""What the tests of fates share: addresses, forms as a browser sends them, and which stops stand."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.models import Case, Detention
from exchange import amparo
from safety.models import Pause

TODAY = timezone.localdate()


def at(name: str, case: Case, *args: Any) -> str:
    return reverse(f"casework:{name}", args=[case.reference, *args])


def stops(case: Case) -> list[str]:
    """Return the stops that pause public work on the case, in order."""
    rows = Pause.objects.filter(case=case, ended_at=None).select_related("risk_event").order_by("since")
    return [row.risk_event.code for row in rows]


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def cover(case: Case, **changed: Any) -> dict[str, Any]:
    case = fresh(case)
    typed = {"country": case.country, "lead": case.lead_id, "version": case.version}
    return typed | {"status": case.status, "status_on": TODAY.isoformat()} | changed


def ended(row: Detention, **changed: Any) -> dict[str, Any]:
    row = Detention.objects.get(pk=row.pk)
    day = TODAY - dt.timedelta(days=2)
    typed = {"started_0": "14", "started_1": "3", "started_2": "2025", "version": row.version}
    return typed | {"ended_0": day.day, "ended_1": day.month, "ended_2": day.year} | changed


def a_file(case: Case, **told: Any) -> Any:
    return amparo.read({"cases": [{"codename": case.codename, "country": case.country, **told}]})
