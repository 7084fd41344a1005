"""Acts on targets and outcomes."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.refusals import Refused
from advocacy.actions import office_results
from advocacy.models import OfficeTarget, Outcome, Target
from casework.models import Source
from tests.security.acts.record import Act, reads
from tests.security.acts.world import ActWorld

PLAN = ("plan",)
DIRECTOR = ("director",)
CAME = {"what": "OU_INQUIRY", "on": "2025-05", "words": "The ombudsperson opened an inquiry", "effect": "IM_P1"}
ONLY_DIRECTORS = "Only a director"


def hoped(world: ActWorld, **more: Any) -> dict[str, Any]:
    """Return what is said of a target that is set."""
    today = timezone.localdate()
    return {"case": world.case, "what": "OU_BAIL", "wanted": 1, "by": today, "counts_from": today} | more


def target(world: ActWorld, **more: Any) -> dict[str, Any]:
    """Return the target as it is stored now, with its version."""
    found = world.row(Target, "target")
    return {"target": found, "version": found.version, **more}


def outcome(world: ActWorld, **more: Any) -> dict[str, Any]:
    """Return the outcome as it is stored now."""
    return {"outcome": world.row(Outcome, "outcome"), **more}


def with_evidence_of_it(world: ActWorld) -> dict[str, Any]:
    """Return an outcome of another case that stands on a source of this one."""
    came = CAME | {"part": "some", "other_cause": "An election", "source": world.row(Source, "source")}
    return {"case": world.other, "values": came}


def of_the_office(world: ActWorld) -> OfficeTarget:
    """Return a target of the office."""
    given = {"country": "XPR", "year": 2026, "what": "OU_BAIL", "wanted": 3}
    return office_results.set_office_target(actor=world.people["of the office"], **given)


def of_the_office_now(world: ActWorld) -> dict[str, Any]:
    """Return it as it is stored now, with its version."""
    found = OfficeTarget.objects.get(pk=world.ready.pk)
    return {"target": found, "version": found.version}


ACTS = (
    Act(
        "advocacy.actions.results.set_target",
        hoped,
        all_of=PLAN,
        spoiled=lambda w: hoped(w, wanted=0),
    ),
    Act(
        "advocacy.actions.results.adjust_target",
        lambda w: target(w, wanted=2, by=timezone.localdate() + dt.timedelta(days=9), reason="A second bench"),
        all_of=PLAN,
        spoiled=lambda w: target(w, wanted=2, by=timezone.localdate(), reason=""),
    ),
    Act(
        "advocacy.actions.results.judge_target",
        lambda w: target(w, verdict="missed", words="The bench never sat"),
        all_of=PLAN,
        spoiled=lambda w: target(w, verdict="missed", words=""),
    ),
    Act(
        "advocacy.actions.results.record_outcome",
        lambda w: {"case": w.case, "values": CAME},
        all_of=PLAN,
        spoiled=lambda w: {"case": w.case, "values": CAME | {"words": ""}},
        never={"with evidence of another case": with_evidence_of_it},
    ),
    Act(
        "advocacy.actions.results.change_outcome",
        lambda w: outcome(w, version=outcome(w)["outcome"].version, values=CAME | {"words": "A second inquiry"}),
        all_of=PLAN,
        spoiled=lambda w: outcome(w, version=1, values=CAME | {"words": ""}),
    ),
    Act(
        "advocacy.actions.results.withdraw_outcome",
        lambda w: outcome(w, reason="It was about somebody else"),
        all_of=PLAN,
        spoiled=lambda w: outcome(w, reason=""),
    ),
    Act(
        "advocacy.actions.office_results.set_office_target",
        lambda w: {"country": "XPR", "year": 2026, "what": "OU_BAIL", "wanted": 3},
        office=DIRECTOR,
        refusal=Refused,
        says=ONLY_DIRECTORS,
        spoiled=lambda w: {"country": "XPR", "year": 2026, "what": "OU_BAIL", "wanted": 0},
    ),
    Act(
        "advocacy.actions.office_results.adjust_office_target",
        lambda w: of_the_office_now(w) | {"wanted": 5, "reason": "More cases"},
        ready=of_the_office,
        office=DIRECTOR,
        refusal=Refused,
        says=ONLY_DIRECTORS,
        spoiled=lambda w: of_the_office_now(w) | {"wanted": 5, "reason": ""},
    ),
)

UNASKED = (
    *reads(
        "it reads what it is handed and writes nothing",
        "advocacy.actions.results.is_proved",
        "advocacy.actions.results.refuse_number",
    ),
)
