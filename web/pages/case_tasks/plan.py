"""The tasks of planning: the holds, the posture and the steps of the plan."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.pages.addresses import address_of
from advocacy.models import Milestone
from casework.pages.rows import NextStep, TaskRow
from directory.dates import relative_time
from safety.pages.next_step import safety_steps
from web.pages.case_tasks.facts import CaseFacts
from web.pages.case_tasks.rows import CARE, DONE, LATE, OPEN, Group, Order, Task, Todo, asked, task

HELD = ("pause", "")
A_MINUTE = dt.timedelta(minutes=1)


def hold(facts: CaseFacts) -> Task | None:
    """A hold over the case, while one stands; somebody may have asked to lift it."""
    if not facts.safety.holds:
        return None
    url, note = (
        address_of("safety:hold", facts.case.reference),
        _("Public work stands still. Private and policy steps go on."),
    )
    if not facts.state.has_fallback:
        new = f"{address_of('advocacy:plan_new', facts.case.reference)}?template=FALLBACK"
        text = _("start the fallback plan: five steps so that nobody comes to harm.")
        row = TaskRow(_("Hold"), url, note, _("No fallback plan"), *HELD)
        return task(
            "hold", Group.PLAN, row, Todo(Order.HOLD, NextStep(text, new, _("Start the fallback plan")), "plan")
        )
    lift = safety_steps(facts.safety, facts.user, facts.rights).lift
    row = TaskRow(_("Hold"), url, note, _("Lift asked") if lift else _("Held"), *HELD)
    return task("hold", Group.PLAN, row, asked(Order.HOLD, lift) if lift else None, is_done=False)


def posture(facts: CaseFacts) -> Task:
    """How visible the case is to be, decided by somebody and looked at again on a day."""
    url, row = address_of("safety:safety", facts.case.reference), facts.safety.posture
    step = safety_steps(facts.safety, facts.user, facts.rights).posture
    if row is None:
        shown = TaskRow(_("Posture"), url, _("Nobody has decided: the case is silent."), _("Silent"), *OPEN)
        return task("posture", Group.PLAN, shown, asked(Order.POSTURE, step) if step else None, is_done=False)
    said = {"name": row.decided_by, "day": relative_time.short_day(row.decided_at)}
    note = _("Decided by %(name)s, %(day)s") % said
    shown = TaskRow(_("Posture"), url, note, str(row.get_kind_display()), *(CARE if step else DONE))
    return task("posture", Group.PLAN, shown, asked(Order.LOOK_AGAIN, step) if step else None, is_done=True)


def plan(facts: CaseFacts) -> Task:
    """The plan, and the first of its steps that is open."""
    url, steps = address_of("advocacy:plan", facts.case.reference), facts.steps
    title = _("Plan")
    if not facts.state.has_plan:
        new = address_of("advocacy:plan_new", facts.case.reference)
        step = NextStep(_("start a plan: it gives each step an owner and a date."), new, _("Start a plan"))
        row = TaskRow(title, url, _("No plan has begun."), _("Missing"), *OPEN)
        return task("plan", Group.PLAN, row, Todo(Order.PLAN, step, "plan"))
    if steps.first is None:
        row = TaskRow(title, url, _("Every step is done or dropped."), _("Done"), *DONE)
        return task("plan", Group.PLAN, row)
    here = reverse("advocacy:milestone", args=[facts.case.reference, steps.first.pk])
    step = NextStep("" if facts.is_brief else _first_words(facts, steps.first), here, _("Open the step"))
    if steps.late:
        note = ngettext("%(n)s step is late", "%(n)s steps are late", steps.late) % {"n": steps.late}
        note = _with_proof(note, steps.proof)
        return task("plan", Group.PLAN, TaskRow(title, url, note, _("Late"), *LATE), Todo(Order.LATE_STEP, step))
    note = ngettext("%(n)s step is open", "%(n)s steps are open", steps.open) % {"n": steps.open}
    row = TaskRow(title, url, _with_proof(note, steps.proof), _("In time"), *DONE)
    return task("plan", Group.PLAN, row, Todo(Order.NEXT_STEP, step), is_done=True)


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
