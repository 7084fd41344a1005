"""The tasks of planning: the holds, the posture and the steps of the plan."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.pages.addresses import address_of
from advocacy.models import Milestone
from casework.pages.rows import NextStep, TaskRow
from directory.dates import relative_time
from safety.models import Posture
from safety.pages.next_step import is_posture_due, lift_step, posture_step
from web.pages.case_tasks.facts import CaseFacts
from web.pages.case_tasks.rows import CARE, DONE, LATE, OPEN, Group, Order, Task, Todo, asked, task

HELD = ("pause", "")
A_MINUTE = dt.timedelta(minutes=1)


def hold(facts: CaseFacts) -> Task | None:
    """A hold over the case, while one stands; somebody may have asked to lift it."""
    if not facts.safety.holds:
        return None
    if not facts.state.has_fallback:
        todo = Todo(Order.HOLD, lambda: _start_fallback(facts), "plan")
        return task("hold", Group.PLAN, lambda: _hold_row(facts, _("No fallback plan")), todo)
    lift = lift_step(facts.safety, facts.user, facts.rights)
    state = _("Lift asked") if lift else _("Held")
    return task(
        "hold", Group.PLAN, lambda: _hold_row(facts, state), asked(Order.HOLD, lift) if lift else None, is_done=False
    )


def _hold_row(facts: CaseFacts, state: str) -> TaskRow:
    url, note = (
        address_of("safety:hold", facts.case.reference),
        _("Public work stands still. Private and policy steps go on."),
    )
    return TaskRow(_("Hold"), url, note, state, *HELD)


def _start_fallback(facts: CaseFacts) -> NextStep:
    url = f"{address_of('advocacy:plan_new', facts.case.reference)}?template=FALLBACK"
    text = _("start the fallback plan: five steps so that nobody comes to harm.")
    return NextStep(text, url, _("Start the fallback plan"))


def posture(facts: CaseFacts) -> Task:
    """How visible the case is to be, decided by somebody and looked at again on a day."""
    row, is_due = facts.safety.posture, is_posture_due(facts.safety)
    todo = Todo(Order.LOOK_AGAIN if row else Order.POSTURE, lambda: _decide_posture(facts)) if is_due else None
    return task("posture", Group.PLAN, lambda: _posture_row(facts, row, is_due), todo, is_done=row is not None)


def _decide_posture(facts: CaseFacts) -> NextStep:
    step = posture_step(facts.safety, facts.rights)
    return NextStep(step.text, step.url, step.label) if step else NextStep()


def _posture_row(facts: CaseFacts, row: Posture | None, is_due: bool) -> TaskRow:
    url = address_of("safety:safety", facts.case.reference)
    if row is None:
        return TaskRow(_("Posture"), url, _("Nobody has decided: the case is silent."), _("Silent"), *OPEN)
    said = {"name": row.decided_by, "day": relative_time.short_day(row.decided_at)}
    note = _("Decided by %(name)s, %(day)s") % said
    return TaskRow(_("Posture"), url, note, str(row.get_kind_display()), *(CARE if is_due else DONE))


def plan(facts: CaseFacts) -> Task:
    """The plan, and the first of its steps that is open."""
    todo, is_done = None, True
    if not facts.state.has_plan:
        todo, is_done = Todo(Order.PLAN, lambda: _start_plan(facts), "plan"), False
    elif first := facts.steps.first:
        order, is_done = (Order.LATE_STEP, False) if facts.steps.late else (Order.NEXT_STEP, True)
        todo = Todo(order, lambda: _first_step(facts, first))
    return task("plan", Group.PLAN, lambda: _plan_row(facts), todo, is_done=is_done)


def _plan_row(facts: CaseFacts) -> TaskRow:
    url, title, steps = address_of("advocacy:plan", facts.case.reference), _("Plan"), facts.steps
    if not facts.state.has_plan:
        return TaskRow(title, url, _("No plan has begun."), _("Missing"), *OPEN)
    if steps.first is None:
        return TaskRow(title, url, _("Every step is done or dropped."), _("Done"), *DONE)
    if steps.late:
        note = ngettext("%(n)s step is late", "%(n)s steps are late", steps.late) % {"n": steps.late}
        return TaskRow(title, url, _with_proof(note, steps.proof), _("Late"), *LATE)
    note = ngettext("%(n)s step is open", "%(n)s steps are open", steps.open) % {"n": steps.open}
    return TaskRow(title, url, _with_proof(note, steps.proof), _("In time"), *DONE)


def _start_plan(facts: CaseFacts) -> NextStep:
    url = address_of("advocacy:plan_new", facts.case.reference)
    return NextStep(_("start a plan: it gives each step an owner and a date."), url, _("Start a plan"))


def _first_step(facts: CaseFacts, first: Milestone) -> NextStep:
    url = address_of("advocacy:milestone", facts.case.reference, first.pk)
    return NextStep("" if facts.is_brief else _first_words(facts, first), url, _("Open the step"))


def _with_proof(note: str, proof: str) -> str:
    """Return what is said of the plan with the fact that proves its first step done."""
    return (
        _("%(note)s. The first is done, as a fact shows: %(proof)s") % {"note": note, "proof": proof} if proof else note
    )


def _first_words(facts: CaseFacts, row: Milestone) -> str:
    """Return what is said of the step that comes first, and whose it is where it is not the reader's."""
    said = {"title": row.title, "first": facts.steps.waits_for, "name": row.owner or ""}
    if row.due_at >= facts.at:
        said["when"] = relative_time.ahead_words(row.due_at, now=facts.at)
        text = _("“%(title)s” is due %(when)s.") % said
    elif facts.at - row.due_at < A_MINUTE:
        text = _("“%(title)s” is due now.") % said
    else:
        said["late"] = relative_time.late_words(row.due_at, now=facts.at)
        waits, alone = (
            _("“%(title)s” is overdue: %(late)s. It waits for “%(first)s”."),
            _("“%(title)s” is overdue: %(late)s."),
        )
        text = (waits if said["first"] else alone) % said
    is_theirs = row.owner_id in {None, facts.user.pk}
    return text if is_theirs else _("%(text)s It is with %(name)s.") % {"text": text, "name": row.owner}
