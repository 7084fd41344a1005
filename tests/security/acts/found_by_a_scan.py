"""Acts on what a scan found in a text: pass a finding, read instead of the scan."""

from typing import Any

from casework.models import Case
from safety.models import LeakFinding, LeakScan
from tests.factories import a_case
from tests.gate.ready import Ready, make_ready
from tests.security.acts.record import Act
from tests.security.acts.safety import SIGN, of_two_cases
from tests.security.acts.world import ActWorld, cases_made


def a_finding(made: Ready, *, of: Case | None = None) -> LeakFinding:
    """Return a finding in what is ready, of its first case unless told."""
    scan = LeakScan.objects.get(material_id=made.material.pk)
    place = {"field": "name", "part": "title", "start": 0, "end": 2, "words": "An"}
    row = LeakFinding(material_id=made.material.pk, scan=scan, case_id=(of or made.cases[0]).pk, **place)
    row.save(force_insert=True)
    return row


def found_in_two(world: ActWorld) -> Ready:
    """Return a material about two cases in which a scan found something."""
    made = of_two_cases(world)
    a_finding(made)
    return made


def elsewhere() -> LeakFinding:
    """Return a finding in a material of a case that nobody of the table is on."""
    return a_finding(make_ready("MIN_BRIEF", "AU_DIPLO"))


def finding(world: ActWorld) -> dict[str, Any]:
    """Return the finding, with why its words may stand."""
    row = LeakFinding.objects.get(material_id=world.ready.material.pk)
    return {"finding": row, "material": world.ready.material, "reason": "A word of the language."}


def protected_elsewhere(world: ActWorld) -> dict[str, Any]:
    """Return a finding in this very text that a case protects which nobody of the table is on."""
    return finding(world) | {"finding": a_finding(world.ready, of=a_case(codename="Somewhere"))}


def read_for_names(world: ActWorld) -> dict[str, Any]:
    """Return the scan that somebody read the text for."""
    scan = LeakScan.objects.get(material_id=world.ready.material.pk)
    return {"result": scan, "material": world.ready.material}


ACTS = (
    Act(
        "safety.leaks.scan.rule_on",
        finding,
        ready=found_in_two,
        on_each=cases_made,
        all_of=SIGN,
        refuses={"who wrote the text": lambda w: w.people["ana"]},
        never={
            "a finding of another text": lambda w: finding(w) | {"finding": elsewhere()},
            "what a case protects that nobody here is on": protected_elsewhere,
        },
    ),
    Act(
        "safety.leaks.scan.tick_read",
        read_for_names,
        ready=found_in_two,
        on_each=cases_made,
        all_of=SIGN,
        refuses={"who wrote the text": lambda w: w.people["ana"]},
        never={"a scan of another text": lambda w: read_for_names(w) | {"result": elsewhere().scan}},
    ),
)
