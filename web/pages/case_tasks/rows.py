"""One task of a case: its state as a row of the list, and what there is to do while it is open."""

import enum
from collections.abc import Callable
from dataclasses import dataclass

from casework.pages.rows import NextStep, TaskRow
from safety.pages.next_step import Step

DONE = ("ring-full", "ok")
OPEN = ("ring-empty", "")
CARE = ("ring-half", "care")
LATE = ("triangle", "stop")


class Order(enum.IntEnum):
    """Which open task comes first: what may hurt somebody now, then what everything rests on, then what is in hand.

    The order of harm is that of DOMAIN 3 (a hold, what is out and untrue, what is asked in vain of somebody free or dead, an assessment that ended), then a case's life:
    packet, people, consent, assessment, posture, plan, paper.
    """

    HOLD = 10
    UNTRUE_OUTSIDE = 20
    FATE = 30
    RISK_CHANGED = 40
    ASKED_TO_JOIN = 50
    PACKET = 60
    PEOPLE = 61
    CONSENT = 62
    ASSESSMENT = 63
    POSTURE = 64
    CAME_BACK = 70
    CLEARED = 71
    HAND_OVER = 72
    PLAN = 80
    LATE_STEP = 81
    LOOK_AGAIN = 82
    ENDS_SOON = 83
    WRITE = 90
    WITH_REVIEWER = 95
    NEXT_STEP = 99


class Group(enum.StrEnum):
    """The four parts of the list, in the order of a case's life."""

    KNOW = "know"
    PLAN = "plan"
    WRITE = "write"
    FOLLOW = "follow"


@dataclass(frozen=True)
class Todo:
    """What an open task asks for: where in the order, the step, and the right that whoever does it was given.

    Its words are written when they are read: a list asks twenty-five cases for ten tasks each, and shows one of each.
    """

    order: Order
    written: Callable[[], NextStep]
    right: str = ""
    is_for_reader: bool = True

    @property
    def step(self) -> NextStep:
        """Return the step in words; without an address for who may not do it."""
        step = self.written()
        return step if self.is_for_reader else NextStep(step.text)


@dataclass(frozen=True)
class Task:
    """One task of a case. Without `todo` it is done, or nothing can be done about it now. Its row is written when read."""

    code: str
    group: Group
    written: Callable[[], TaskRow]
    todo: Todo | None = None
    is_done: bool = False

    @property
    def row(self) -> TaskRow:
        """Return its state as a row of the list of tasks."""
        return self.written()


def task(
    code: str, group: Group, row: Callable[[], TaskRow], todo: Todo | None = None, *, is_done: bool | None = None
) -> Task:
    """Return a task; unless it is said, one with nothing to do is done."""
    return Task(code, group, row, todo, todo is None if is_done is None else is_done)


def asked(order: Order, step: Step) -> Todo:
    """Return a step of safety as something to do; it says itself who may, and has no address for others."""
    return Todo(order, lambda: NextStep(step.text, step.url, step.label))
