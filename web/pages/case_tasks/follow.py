"""The tasks of following up: what holders of copies were told that is not true any more, and what is still to hand over."""

from django.utils.translation import gettext as _

from accounts.pages.addresses import address_of
from casework.pages.rows import NextStep, TaskRow
from web.pages.case_tasks.facts import CaseFacts
from web.pages.case_tasks.rows import CARE, DONE, LATE, OPEN, Group, Order, Task, Todo, task


def copies(facts: CaseFacts) -> Task:
    """The copies that somebody outside holds: untrue since a fact changed, made and not handed over, or in order."""
    state, todo = facts.state, None
    if state.is_stale_outside:
        todo = Todo(Order.UNTRUE_OUTSIDE, lambda: _tell_holders(facts), "dispatch")
    elif state.is_to_hand_over:
        todo = Todo(Order.HAND_OVER, lambda: _hand_over(facts), "dispatch")
    return task("copies", Group.FOLLOW, lambda: _row(facts), todo, is_done=state.has_left and todo is None)


def _row(facts: CaseFacts) -> TaskRow:
    url, title = _url(facts), _("Copies out")
    if facts.state.is_stale_outside:
        note = _("A copy says what is not true any more, and its holder was not told.")
        return TaskRow(title, url, note, _("Stale"), *LATE)
    if facts.state.is_to_hand_over:
        return TaskRow(title, url, _("A copy is made and not handed over."), _("To hand over"), *CARE)
    if facts.state.has_left:
        note = _("Every copy is handed over, and no fact that it uses has changed since.")
        return TaskRow(title, url, note, _("Done"), *DONE)
    return TaskRow(title, url, _("Opens when the first paper has left."), _("Not yet"), *OPEN)


def _tell_holders(facts: CaseFacts) -> NextStep:
    text = _("a fact changed that somebody outside holds on paper. Send them an update or a stop notice.")
    return NextStep(text, _url(facts), _("See who holds it"))


def _hand_over(facts: CaseFacts) -> NextStep:
    text = _("a copy is made and not handed over. Hand it over, and write down when.")
    return NextStep(text, _url(facts), _("See the copies"))


def _url(facts: CaseFacts) -> str:
    return address_of("materials:copies", facts.case.reference)
