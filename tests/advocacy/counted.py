"""Plans whose dates are counted from their start alone, so that a step of one that began days ago is late."""

import datetime as dt
from typing import Any

from advocacy import plan_templates
from advocacy.actions.plans import make_plan
from advocacy.models import Plan
from directory.dates import office_time


def a_counted_plan(case: Any, *, began: dt.datetime, template: str = "SIX_WEEK") -> Plan:
    """Begin a plan then, with every step due so long after the start as the template says, on whatever day that is."""
    plan = make_plan(actor=case.lead, case=case, template=template, starts_at=began, now=began)
    for step in plan_templates.steps(template):
        due_at = office_time.later(began, dt.timedelta(hours=step.offset_hours))
        plan.milestones.filter(key=step.key).update(due_at=due_at)
    return plan
