"""The tasks of writing: each text that has not left, or the first one to write."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages.addresses import address_of
from casework.pages.rows import NextStep, TaskRow
from materials.audiences import PUBLISHED_AUDIENCES
from materials.models import Material
from web.pages.case_tasks.facts import CaseFacts
from web.pages.case_tasks.rows import CARE, DONE, OPEN, Group, Order, Task, Todo, task

MOST_SHOWN = 8


def papers(facts: CaseFacts) -> Sequence[Task]:
    """Each text in hand, those that wait for somebody first; without any and with none that left, the first one to write."""
    found = sorted(
        (_paper(row, facts.user) for row in facts.materials),
        key=lambda one: one.todo.order if one.todo else Order.NEXT_STEP,
    )
    return found[:MOST_SHOWN] or [_first_paper(facts)]


def _first_paper(facts: CaseFacts) -> Task:
    todo = None if facts.state.has_left else Todo(Order.WRITE, lambda: _write_one(facts), "write_material")
    return task("paper", Group.WRITE, lambda: _first_row(facts), todo)


def _first_row(facts: CaseFacts) -> TaskRow:
    url = address_of("materials:materials", facts.case.reference)
    if facts.state.has_left:
        return TaskRow(_("Papers"), url, _("What was written has left."), _("Done"), *DONE)
    return TaskRow(_("First paper"), url, _("Nothing is written yet."), _("Not begun"), *OPEN)


def _write_one(facts: CaseFacts) -> NextStep:
    url = address_of("materials:material_new", facts.case.reference)
    return NextStep(_("write the first paper from the packet."), url, _("Write a paper"))


def _paper(material: Material, user: User) -> Task:
    """Return one text as a task, by where it stands between its author, its reader and its sender."""
    order, right, text, page, words, mark = _todo(material)
    is_own = material.status == Material.Status.IN_REVIEW and user.pk in {material.author_id, material.last_editor_id}

    def step() -> NextStep:
        said = text % {"kind": material.get_kind_display()}
        return NextStep(said) if is_own else NextStep(said, address_of(f"materials:{page}", material.pk), words)

    return task(f"paper-{material.pk}", Group.WRITE, lambda: _row(material, mark), Todo(order, step, right))


def _row(material: Material, mark: tuple[str, str]) -> TaskRow:
    note = material.get_audience_display()
    if material.is_stale:
        note = _("%(audience)s. A fact of the case changed.") % {"audience": note}
    url, status = address_of("materials:material", material.pk), str(material.get_status_display())
    return TaskRow(str(material.get_kind_display()), url, note, status, *mark)


def _todo(material: Material) -> tuple[Order, str, str, str, str, tuple[str, str]]:
    """Return order, right, sentence, page, button and mark of what comes next for a text."""
    status = material.status
    if status == Material.Status.IN_REVIEW:
        text = _("a second person reads “%(kind)s”, then signs or sends it back.")
        return Order.WITH_REVIEWER, "sign_review", text, "review", _("Open the review"), CARE
    if material.is_stale:
        text = _("a fact that “%(kind)s” uses has changed. Compare, then compose it again or say that it still holds.")
        return Order.CAME_BACK, "write_material", text, "material", _("See what changed"), CARE
    if status == Material.Status.SENT_BACK:
        text = _("“%(kind)s” came back: read what the reviewer wants changed.")
        return Order.CAME_BACK, "write_material", text, "material", _("Read what came back"), CARE
    if status == Material.Status.CLEARED and material.audience in PUBLISHED_AUDIENCES:
        text = _("“%(kind)s” is cleared. Publishing it is the last step.")
        return Order.CLEARED, "dispatch", text, "publish", _("Go to publishing"), DONE
    if status == Material.Status.CLEARED:
        text = _("“%(kind)s” is cleared. Name who gets a copy.")
        return Order.CLEARED, "dispatch", text, "dispatch", _("Make numbered copies"), DONE
    text = _("finish “%(kind)s” and have a second person read it.")
    return Order.WRITE, "write_material", text, "material", _("Open the draft"), OPEN
