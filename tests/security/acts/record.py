"""What a row of the table of acts is: how an act is called and who may, or why nobody is asked for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from casework.access import NotAllowed
from casework.models import Case
from tests.security.acts.world import ActWorld

Given = Callable[[ActWorld], dict[str, Any]]
Who = Callable[[ActWorld], User]


@dataclass(frozen=True)
class Act:
    """One act that somebody may do: what it is called with, and what it asks of the actor."""

    name: str
    given: Given
    """Everything but the actor; called anew for each person, after `ready`."""

    variant: str = ""
    """Which way of calling it this row is, where an act has two."""
    all_of: tuple[str, ...] = ()
    """Rights on the case, each of which it asks for."""
    any_of: tuple[str, ...] = ()
    """Rights on the case, one of which is enough."""
    is_on_case: bool = False
    """It asks for any role on the case, whatever the role gives."""
    office: tuple[str, ...] = ()
    """Roles of the office, one of which is enough; beside `all_of` it takes both, beside `any_of` either."""
    is_of_office: bool = False
    """Everybody of the office may; outside reviewers and closed accounts may not."""

    is_own: bool = False
    """It is one person's own: who has every right besides may not, only who stands in `allows`."""

    refusal: type[Exception] | tuple[type[Exception], ...] = NotAllowed
    """How it refuses; two classes where it asks in two ways."""
    says: str = ""
    """Words of the refusal, where its class alone does not tell that it is about the person."""
    spoiled: Given | None = None
    """Other arguments, which are refused to whoever may, or do nothing: who may not must hear of the right all the same."""
    never: Mapping[str, Given] = field(default_factory=dict)
    """Other arguments that are refused to who has every right: what is another case's, or calmer than what is known."""
    ready: Callable[[ActWorld], Any] | None = None
    """What must stand before, made once for the row; it is handed on as `world.ready`."""
    waits_a_day: bool = False
    """Refused to an account that is younger than 24 hours, whatever it was given."""
    refuses: Mapping[str, Who] = field(default_factory=dict)
    """People with every right whom it refuses all the same: who wrote it, who proposed it (four eyes)."""
    allows: Mapping[str, Who] = field(default_factory=dict)
    """People without the right who may all the same: the owner of a step, who lays down their own role."""
    on_each: Callable[[ActWorld], list[Case]] | None = None
    """The cases that it is about, each of which it asks about: the right on the first alone, or the last, is not enough."""
    says_of_case: Mapping[str, str] = field(default_factory=dict)
    """By right on the case, words of the refusal to who holds the role of the office and has not this right beside it."""

    def __str__(self) -> str:
        return f"{self.name} {self.variant}".rstrip()

    @property
    def rights(self) -> tuple[str, ...]:
        """Return the rights on a case that it asks for."""
        return self.all_of or self.any_of


@dataclass(frozen=True)
class Unasked:
    """A public function of the verbs that asks nobody, with the reason, and the modules that may call it.

    One that only reads needs no callers: it is looked at whether it writes.
    """

    name: str
    why: str
    called_by: tuple[str, ...] = ()
    is_registered: bool = False
    """It is called through a registry alone, by whoever announces; no module calls it by its name."""


def reads(why: str, *names: str) -> tuple[Unasked, ...]:
    """Return rows of functions that only answer a question."""
    return tuple(Unasked(name, why) for name in names)


def part(why: str, name: str, *called_by: str) -> Unasked:
    """Return the row of a part of verbs, which these modules alone call after they asked."""
    return Unasked(name, why, called_by)


def heard(why: str, name: str) -> Unasked:
    """Return the row of a listener: what it hears was done by a verb that asked."""
    return Unasked(name, why, is_registered=True)
