"""Opens a step again when the fact that closed it counts no more, and tells whoever owns it.

Rows are the truth: it may run twice, late, or beside another. It costs one question for each way in which a fact can be
lost (seven), through an index that holds only the steps a fact closed.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from advocacy import plan_templates
from advocacy.actions.milestones import open_again
from advocacy.actions.reminders import remind
from advocacy.models import Milestone
from advocacy.models.plan import MilestoneQuerySet
from advocacy.step_facts.fact import Lost
from advocacy.step_facts.registry import ALL
from audit.trail import record
from casework.access import lock, may
from casework.models import Case
from directory.dates import office_time, working_days
from sealing import keys
from work import notices

AT_ONCE = 200
TIME_FOR_IT = dt.timedelta(days=1)


def reopen_lost_facts(*, now: dt.datetime | None = None) -> int:
    """Open every step of a running plan whose fact counts no more. Returns how many. Safe beside another sweep."""
    now = now or timezone.now()
    ways: dict[Lost, list[str]] = {}
    for fact in ALL.values():
        if fact.lost:
            ways.setdefault(fact.lost, []).append(fact.code)
    try:
        found = [(*keys_of, lost) for lost, codes in ways.items() for keys_of in _closed(codes, lost, now)]
        return sum(_reopen(pk, case, lost, now=now) for pk, case, lost in found)
    finally:
        keys.forget_keys()


def lost_fact(row: Milestone, *, now: dt.datetime | None = None) -> bool:
    """Say whether the fact that closed this step counts no more, before the sweep came round."""
    fact = ALL.get(row.fact)
    if fact is None or fact.lost is None:
        return False
    return Milestone.objects.filter(fact.lost(now or timezone.now()), pk=row.pk).exists()


def _closed(codes: list[str], lost: Lost, now: dt.datetime) -> list[tuple[uuid.UUID, uuid.UUID]]:
    rows = Milestone.objects.closed_by(codes).filter(lost(now)).order_by("pk")
    return list(rows.values_list("pk", "case_id")[:AT_ONCE])


@transaction.atomic
def _reopen(milestone_id: uuid.UUID, case_id: uuid.UUID, lost: Lost, *, now: dt.datetime) -> bool:
    """Open one step, unless it was opened or its fact came back meanwhile. It is due a day from now at the earliest."""
    (case,) = lock(case_id)
    still: MilestoneQuerySet = Milestone.objects.filter(lost(now), pk=milestone_id, plan__ended_at=None)
    if not still.exclude(fact="").exists():
        return False
    row = Milestone.objects.select_for_update(of=("self",)).select_related("plan", "owner").get(pk=milestone_id)
    told = row.owner if row.owner and may(row.owner, "view_case", case) else case.lead
    code, done_at = row.fact, row.done_at
    changed = [*open_again(row), "note", "due_at", "version"]
    row.note = _with_what_closed_it(row, told)
    soonest = office_time.later(now, TIME_FOR_IT)
    if row.plan.template not in plan_templates.IN_HOURS:
        soonest = working_days.next_open(soonest, case.country)
    row.due_at, row.version = max(row.due_at, soonest), row.version + 1
    row.save(update_fields=changed)
    remind([row], now=now)
    _tell(told, row, case, key=f"advocacy.milestone.reopened:{row.pk}:{done_at:%Y%m%d%H%M%S}")
    record(actor=None, verb="advocacy.milestone.reopened", case=case, about=row, fact=code)
    return True


def _with_what_closed_it(row: Milestone, reader: User) -> str:
    """Return the note of a step with what had closed it, in the language of whoever is told."""
    with override(reader.language or settings.LANGUAGE_CODE):
        words = _("Open again. What had closed it counts no more: %(words)s") % {"words": row.evidence or ""}
    return f"{row.note}\n\n{words}" if row.note else words


def _tell(person: User, row: Milestone, case: Case, *, key: str) -> None:
    if may(person, "view_case", case):
        notices.give([person], kind="advocacy.milestone.reopened", case_id=case.pk, about_id=row.pk, dedup=key)
