"""The plan templates of reference/plan_templates.csv, and how their rows are cut into stages.

A stage is a run of steps of one track that open together: the cut follows what they wait for (each later stage holds
a step that waits for the stage before it, or for a decision of the core lane) and is named by what is done in it.
The offset hours of the file count from the start hour of the plan. `all` in depends_on means every step with an
earlier offset that does not repeat. A step with repeat days is made again when it is done. What `fact`, `since` and `act`
mean stands in step_facts/registry.py and step_acts.py; `only_public` marks what makes sense only where something is
published: a plan on the quiet route is made without it.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from advocacy.models import Plan

REFERENCE = Path(__file__).parent / "reference" / "plan_templates.csv"
TRACKS: tuple[str, ...] = ("private_diplomacy", "policy_advocacy", "public_accountability", "core")
IN_HOURS: frozenset[str] = frozenset({Plan.Template.URGENT_72H, Plan.Template.FALLBACK})
HOURS: dict[str, tuple[int, ...]] = {
    Plan.Template.URGENT_72H: (0, 2, 6, 12, 24, 48, 72),
    Plan.Template.FALLBACK: (0, 4, 12, 24, 72),
}
WEEKS: dict[str, int] = {Plan.Template.SIX_WEEK: 6}


@dataclass(frozen=True)
class TemplateStep:
    """One row of the file."""

    key: str
    offset_hours: int
    repeat_days: int | None
    track: str
    title: str
    description: str
    role: str
    gate_level: str
    needs: tuple[str, ...]
    evidence: str
    facts: tuple[str, ...]
    since: str
    act: str
    is_only_public: bool


CUT: dict[str, dict[str, tuple[tuple[object, tuple[str, ...]], ...]]] = {
    Plan.Template.SIX_WEEK: {
        "private_diplomacy": (
            (_("Prepare"), ("5",)),
            (_("First approaches"), ("6", "7", "R3")),
            (_("Follow up"), ("15a", "15b")),
            (_("Second round"), ("19",)),
        ),
        "policy_advocacy": (
            (_("Map and appeal"), ("8", "9")),
            (_("Brief the committee"), ("10", "11")),
            (_("Observe the hearing"), ("17",)),
            (_("Update bodies"), ("20",)),
        ),
        "public_accountability": (
            (_("First statement"), ("13", "14")),
            (_("Supporters and media"), ("16", "18")),
            (_("Monthly update"), ("R1",)),
        ),
        "core": (
            (_("Take on and verify"), ("1", "2", "3", "4")),
            (_("Decide on the public phase"), ("12", "R2")),
            (_("Renew and evaluate"), ("21", "22", "23")),
        ),
    },
    Plan.Template.URGENT_72H: {
        "private_diplomacy": ((_("Warn"), ("3",)), (_("Ask for protection"), ("7",))),
        "policy_advocacy": ((_("Urgent appeals"), ("5",)),),
        "public_accountability": ((_("Only when wished and signed"), ("10",)),),
        "core": (
            (_("Take in the alarm"), ("1", "2", "4")),
            (_("Make safe"), ("6", "8")),
            (_("Assess"), ("9",)),
            (_("Decide"), ("11",)),
        ),
    },
    Plan.Template.FALLBACK: {
        "core": ((_("Stop and check"), ("1", "2")), (_("Assess again"), ("5",))),
        "public_accountability": ((_("Ask partners to wait"), ("3",)),),
        "private_diplomacy": ((_("Quiet step"), ("4",)),),
    },
}


@cache
def steps(template: str) -> tuple[TemplateStep, ...]:
    """Return the rows of a template in the order of the file. An unknown template raises KeyError."""
    return _all_steps()[template]


def step(template: str, key: str) -> TemplateStep | None:
    """Return one row of a template, or None when the file does not know it any more."""
    return next((row for row in _all_steps().get(template, ()) if row.key == key), None)


def needs_of(template: str, row: TemplateStep) -> tuple[str, ...]:
    """Return the keys a step waits for, with `all` spelt out."""
    if row.needs != ("all",):
        return row.needs
    return tuple(
        other.key for other in steps(template) if other.offset_hours < row.offset_hours and not other.repeat_days
    )


def stage_title(template: str, track: str, number: int) -> str:
    """Return the name of a stage in the reader's language."""
    stages = CUT.get(template, {}).get(track, ())
    return str(stages[number - 1][0]) if 0 < number <= len(stages) else ""


@cache
def _all_steps() -> dict[str, tuple[TemplateStep, ...]]:
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found: dict[str, tuple[TemplateStep, ...]] = {}
    for row in rows:
        needs = tuple(key.strip() for key in row["depends_on"].split(",") if key.strip())
        made = TemplateStep(
            key=row["order"],
            offset_hours=int(row["offset_hours"]),
            repeat_days=int(row["repeat_days"]) if row["repeat_days"] else None,
            track=row["track"],
            title=row["title"],
            description=row["description"],
            role=row["default_owner_role"],
            gate_level=row["gate_level"],
            needs=needs,
            evidence=row["done_evidence"],
            facts=tuple(code for code in row["fact"].split(",") if code),
            since=row["since"],
            act=row["act"],
            is_only_public=row["only_public"] == "yes",
        )
        found[row["template"]] = (*found.get(row["template"], ()), made)
    return found
