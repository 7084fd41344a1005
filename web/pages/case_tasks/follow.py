"""The tasks of following up: what holders of copies were told that is not true any more, and what is still to hand over."""

from django.utils.translation import gettext as _

from accounts.pages.addresses import address_of
from casework.pages.rows import NextStep, TaskRow
from web.pages.case_tasks.facts import CaseFacts
from web.pages.case_tasks.rows import CARE, DONE, LATE, OPEN, Group, Order, Task, Todo, task


def copies(facts: CaseFacts) -> Task:
    """The copies that somebody outside holds: untrue since a fact changed, made and not handed over, or in order."""
    url, title = address_of("materials:copies", facts.case.reference), _("Copies out")
    if facts.state.is_stale_outside:
        note = _("A copy says what is not true any more, and its holder was not told.")
        text = _("a fact changed that somebody outside holds on paper. Send them an update or a stop notice.")
        step = NextStep(text, url, _("See who holds it"))
        row = TaskRow(title, url, note, _("Stale"), *LATE)
        return task("copies", Group.FOLLOW, row, Todo(Order.UNTRUE_OUTSIDE, step, "dispatch"))
    if facts.state.is_to_hand_over:
        text = _("a copy is made and not handed over. Hand it over, and write down when.")
        step = NextStep(text, url, _("See the copies"))
        row = TaskRow(title, url, _("A copy is made and not handed over."), _("To hand over"), *CARE)
        return task("copies", Group.FOLLOW, row, Todo(Order.HAND_OVER, step, "dispatch"))
    if facts.state.has_left:
        return task(
            "copies",
            Group.FOLLOW,
            TaskRow(
                title,
                url,
                _("Every copy is handed over, and no fact that it uses has changed since."),
                _("Done"),
                *DONE,
            ),
        )
    row = TaskRow(title, url, _("Opens when the first paper has left."), _("Not yet"), *OPEN)
    return task("copies", Group.FOLLOW, row, is_done=False)
