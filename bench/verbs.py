"""Measures what has no page of its own: an entry of the trail, and the question to the gate. Called through bench.started."""

from dataclasses import asdict

from django.db import transaction

from audit.trail import record
from bench.pages.costs import cost_of, figures
from bench.row import Row
from bench.rows import people
from casework.models import Case
from safety.gate import Leaving, examine
from tests.gate.ready import make_ready

WARM = 5


def main(times: str) -> list[Row]:
    """Append and examine in turn, so many times."""
    ana, _second = people.the_two()
    case = Case.objects.order_by("codename")[0]
    ready = make_ready("MIN_BRIEF", "AU_DIPLO")
    leaving = Leaving.of(ready.material, clearance_id=ready.clearance.pk, created_by_id=ana.pk)

    def append() -> None:
        with transaction.atomic():
            record(actor=ana, verb="casework.case.opened", case=case, about=case)

    acts = {"append to the trail": append, "gate: examine": lambda: examine(leaving, moment="insert")}
    firsts = {name: cost_of(act) for name, act in acts.items()}
    costs = [{name: cost_of(act) for name, act in acts.items()} for _ in range(WARM + int(times))][WARM:]
    rows = []
    for name, first in firsts.items():
        found = figures(first, [each[name] for each in costs])
        numbers = {key: round(value, 3) for key, value in asdict(found).items()}
        rows.append({"name": name, **numbers, "cpu": round(found.cpu, 3)})
    return rows
