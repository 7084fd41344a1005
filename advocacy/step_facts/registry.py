"""Every fact that proves a step done, and which of them a step is offered.

A row of plan_templates.csv names in `fact` the codes that prove it, and in `since` how old the proof may be: empty takes
what is true now whenever it came true, `plan` only what came true since the plan began, `anew` only what came true in the
fortnight before the step is due or later (a renewal is not proved by what it renews). One row closes one step of a plan.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from advocacy import plan_templates
from advocacy.models import Milestone
from advocacy.plan_templates import TemplateStep
from advocacy.step_facts import of_answers, of_packet, of_papers, of_plans, of_results, of_safety
from advocacy.step_facts.fact import Fact, Found
from casework.models import Case
from sealing.queries import KEY, several, written_once

ANEW = dt.timedelta(days=14)
ALL: Mapping[str, Fact] = {
    fact.code: fact
    for fact in (
        *(*of_packet.FACTS, *of_safety.FACTS, *of_papers.FACTS, *of_answers.FACTS),
        *(*of_plans.FACTS, *of_results.FACTS),
    )
}


def facts_found(case: Case, reader: User, codes: Iterable[str], *, at: dt.datetime | None = None) -> Sequence[Found]:
    """Return the facts of these codes that are true of a case now, as far as this reader may know of them.

    A fixed number of queries for each sort of fact that is asked for, however many steps ask. An unknown code raises
    KeyError.
    """
    wanted = set(codes)
    finders = dict.fromkeys(ALL[code].finder for code in sorted(wanted))
    moment = at or timezone.now()
    return [found for finder in finders for found in finder(case, reader, moment) if found.code in wanted]


def offers_for(
    case: Case, reader: User, rows: Sequence[Milestone], *, at: dt.datetime | None = None
) -> Mapping[uuid.UUID, Sequence[Found]]:
    """Return for each of these open steps of one case the facts that prove it done, newest first; steps without are absent.

    The plans of the steps must be loaded.
    """
    asking = [(row, step) for row in rows if (step := plan_templates.step(row.plan.template, row.key)) and step.facts]
    if not asking:
        return {}
    found = facts_found(case, reader, {code for _row, step in asking for code in step.facts}, at=at)
    plans = {row.plan_id for row in rows}
    taken = set(_kept(plans=list(plans))) if found else set()
    offers = {row.pk: _fitting(row, step, found, taken) for row, step in asking}
    return {key: facts for key, facts in offers.items() if facts}


@written_once(plans=several(KEY))
def _kept(*, plans: list[uuid.UUID]) -> QuerySet[Milestone, tuple[uuid.UUID, uuid.UUID | None]]:
    rows = Milestone.objects.filter(plan__in=plans, fact_row__isnull=False, dropped_at=None).order_by()
    return rows.values_list("plan_id", "fact_row")


def _fitting(
    row: Milestone, step: TemplateStep, found: Sequence[Found], taken: set[tuple[uuid.UUID, uuid.UUID | None]]
) -> Sequence[Found]:
    """Return the facts that prove this step, one of each code: the newest that keeps no other step of the plan."""
    since = earliest(step, starts_at=row.plan.starts_at, due_at=row.due_at)
    newest: dict[str, Found] = {}
    for one in sorted(found, key=lambda one: one.at, reverse=True):
        is_free = (row.plan_id, one.row) not in taken
        if one.code in step.facts and is_free and (since is None or one.at >= since):
            newest.setdefault(one.code, one)
    return [newest[code] for code in step.facts if code in newest]


def earliest(step: TemplateStep, *, starts_at: dt.datetime, due_at: dt.datetime) -> dt.datetime | None:
    """Return since when a fact must have come true to prove a step; None where it may be of any age."""
    if step.since == "plan":
        return starts_at
    return max(starts_at, due_at - ANEW) if step.since == "anew" else None
