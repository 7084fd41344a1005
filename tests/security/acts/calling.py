"""One act called by one person: whether it was refused and how, and whether anything was written or said all the same."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from accounts.roles import OfficeRole
from casework.access import NotAllowed
from casework.access.roles import ALL_RIGHTS
from casework.models import Case
from materials.actions.reviews import NotSigned
from safety.verdict import GateClosed
from tests.people import give_office_role
from tests.security.acts.finding import function
from tests.security.acts.record import Act, Given
from tests.security.acts.world import ActWorld, at_own_request_on, take_rights, take_roles, without_right_on

HOUSE = (PermissionDenied, ValidationError, GateClosed, NotSigned)
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH")
IS_YOUNG = "less than 24 hours"
OWN_REQUEST = "at your own request"
Person = Callable[[ActWorld], Any]


@dataclass
class Answer:
    """What came of one call: the refusal, what is wrong with it, or that the act was done."""

    refused: Exception | None
    wrote: list[str]
    messages: int

    @property
    def words(self) -> str:
        """Return the refusal in words, every reason of it."""
        reasons = getattr(self.refused, "reasons", None) or [self.refused]
        return " ".join(reason if isinstance(reason, str) else _in_words(reason) for reason in reasons)


def _in_words(reason: Any) -> str:
    """Return one reason: an exception's own words, the title of a refusal, or the codes of a closed gate."""
    verdict = getattr(reason, "verdict", None)
    return " ".join(verdict.codes) if verdict else str(getattr(reason, "title", reason))


@dataclass(frozen=True)
class Cell:
    """One person before one act, and whether they may."""

    who: str
    person: Person
    may: bool
    is_case_right: bool = False
    says: str = ""
    is_spoiled: bool = False
    given: Given | None = None
    """Other arguments than the row's, for this person alone."""


def cells(act: Act) -> Iterator[Cell]:
    """Yield each person before this act: who must be refused, and who must not."""
    yield Cell("nobody", lambda world: AnonymousUser(), False)
    yield Cell("a closed account", lambda world: world.people["a closed account"], False)
    if act.is_of_office:
        yield Cell("an outside reviewer", lambda world: world.base.people["outside"], False)
        yield Cell("a stranger", lambda world: world.people["a stranger"], True)
    else:
        for who in ("a stranger", "a superuser"):
            yield Cell(who, lambda world, who=who: world.people[who], False)
    if not (act.is_of_office or act.is_on_case or "view_case" in act.rights):
        yield Cell("a reader", lambda world: world.people["a reader"], False)
    if act.office and act.all_of:
        yield from _of_both(act)
    elif act.office:
        yield from _of_the_office(act)
    elif not act.is_of_office:
        yield Cell("on another case", lambda world: world.people["on another case"], False)
        yield from _of_the_case(act)
    if act.on_each:
        yield from _of_several(act, act.on_each)
    if act.waits_a_day:
        yield Cell("a new account", lambda world: world.people["a new account"], False, says=IS_YOUNG)
    if act.spoiled:
        yield Cell("a stranger, with other arguments", lambda world: world.people["a stranger"], False, is_spoiled=True)
    yield from (Cell(what, _but(), False, says=" ", given=given) for what, given in act.never.items())
    yield from (Cell(who, person, False, says=" ") for who, person in act.refuses.items())
    yield from (Cell(who, person, True) for who, person in act.allows.items())


def _of_the_office(act: Act) -> Iterator[Cell]:
    """Who holds every role but the one asked for, and who holds it alone; a right on any case may be enough beside it."""
    yield Cell("every other role of the office", _without_roles(act), False)
    yield from (Cell(f"only {role}", _with_role(role), True) for role in act.office)
    rights = _but(*act.any_of) if act.any_of else _but()
    yield Cell("every other right on the case, no role", _no_roles(rights), False)
    yield from (Cell(f"only {right}, no role", _no_roles(_only(right)), True) for right in act.any_of)


def _of_both(act: Act) -> Iterator[Cell]:
    """Who has the rights on the case and not the role of the office, who holds the role and not the rights, and who both."""
    others = {*OfficeRole} - {*act.office}
    yield Cell("every right on the case, every other role", _with_roles(others, _but()), False)
    says = act.says_of_case
    yield Cell("on another case", lambda world: world.people["on another case"], False, says=says[act.all_of[0]])
    for right in act.all_of:
        yield Cell(f"every role, every right but {right}", _but(right), False, says=says[right])
    rights = _only(*act.all_of)
    yield from (
        Cell(f"only {role} and " + ", ".join(act.all_of), _with_roles({role}, rights), True) for role in act.office
    )


def _of_several(act: Act, cases: Callable[[ActWorld], list[Case]]) -> Iterator[Cell]:
    """Who may on every case but one, which is the first or the last; and who may not sign yet on that one."""
    asked = [(right,) for right in act.all_of] or [act.any_of]
    for place, end in ((0, "first"), (-1, "last")):
        for rights in asked:
            yield Cell(
                f"not {', '.join(rights)} on the {end} case",
                lambda world, place=place, rights=rights: without_right_on(place, world, cases(world), rights),
                False,
                is_case_right=not act.office,
                says=act.says_of_case.get(rights[0], ""),
                is_spoiled=act.spoiled is not None,
            )
        if act.waits_a_day:
            yield Cell(
                f"on the {end} case at their own request today",
                lambda world, place=place: at_own_request_on(place, world, cases(world)),
                False,
                says=OWN_REQUEST,
            )


def _of_the_case(act: Act) -> Iterator[Cell]:
    if act.any_of:
        yield Cell("every right but " + ", ".join(act.any_of), _but(*act.any_of), False, True)
        yield from (Cell(f"only {right}", _only(right), True) for right in act.any_of)
    elif act.all_of:
        says = act.says_of_case
        yield from (
            Cell(f"every right but {right}", _but(right), False, True, says.get(right, "")) for right in act.all_of
        )
        yield Cell("only " + ", ".join(act.all_of), _only(*act.all_of), True)
    elif act.is_on_case:
        yield Cell("a reader", lambda world: world.people["a reader"], True)
        yield Cell("an outside reviewer", lambda world: world.base.people["outside"], True)
    else:
        yield Cell("every right", lambda world: world.people["one with every right"], False)


def _but(*rights: str) -> Person:
    def person(world: ActWorld) -> Any:
        found = world.people["one with every right"]
        take_rights(found, but=ALL_RIGHTS - {*rights})
        return found

    return person


def _only(*rights: str) -> Person:
    """Return somebody who was given nothing else; who has any right on a case may see it."""
    return _but(*(ALL_RIGHTS - {*rights, "view_case"}))


def _no_roles(rights: Person) -> Person:
    return _with_roles(set(), rights)


def _with_roles(roles: set[Any], rights: Person) -> Person:
    def person(world: ActWorld) -> Any:
        found = rights(world)
        take_roles(found, but={str(role) for role in roles})
        return found

    return person


def _without_roles(act: Act) -> Person:
    def person(world: ActWorld) -> Any:
        found = world.people["of the office"]
        take_roles(found, but={*OfficeRole} - {*act.office})
        return found

    return person


def _with_role(role: str) -> Person:
    def person(world: ActWorld) -> Any:
        found = world.people["a stranger"]
        give_office_role(found, role)
        return found

    return person


def what_is_wrong(act: Act, cell: Cell, world: ActWorld) -> str:
    """Call the act as this person, take everything back, and say what was not as the table has it; nothing is good."""
    try:
        answer = call(act, cell, world)
        if answer.refused is not None and answer.wrote:
            answer = call(act, cell, world, is_compared=True)
    except Exception as fault:  # a fault of the act's own is no refusal of the house
        return f"{cell.who}: {type(fault).__name__}: {fault}"
    if cell.may:
        return f"{cell.who} was refused: {answer.words}" if answer.refused else ""
    if answer.refused is None:
        return f"{cell.who} was not refused"
    if answer.wrote or answer.messages:
        return f"{cell.who} was refused, and all the same: {answer.wrote} and {answer.messages} messages"
    return _is_not_the_refusal(act, cell, answer)


def _is_not_the_refusal(act: Act, cell: Cell, answer: Answer) -> str:
    refused, found = answer.refused, f"{cell.who} was refused otherwise: {type(answer.refused).__name__} {answer.words}"
    if cell.says:
        return "" if isinstance(refused, HOUSE) and cell.says in answer.words + " " else found
    if not isinstance(refused, act.refusal) or act.says not in answer.words:
        return found
    if isinstance(refused, NotAllowed) and act.rights and cell.is_case_right and refused.right not in act.rights:
        return found
    return ""


def call(act: Act, cell: Cell, world: ActWorld, *, is_compared: bool = False) -> Answer:
    """Call the act once and take everything back.

    Without `is_compared` every statement that writes counts, also one that the act itself took back; with it, what
    stands in the tables before and after is laid side by side.
    """
    with transaction.atomic():
        try:
            actor = cell.person(world)
            given = (cell.given or (act.spoiled if cell.is_spoiled and act.spoiled else act.given))(world)
            before, waiting, sent = digest() if is_compared else {}, len(connection.run_on_commit), len(mail.outbox)
            refused: Exception | None = None
            with _written() as wrote:
                try:
                    function(act.name)(actor=actor, **given)
                except HOUSE as fault:
                    refused = fault
            if is_compared:
                after = digest()
                wrote = [table for table, rows in after.items() if rows != before[table]]
            said = len(connection.run_on_commit) - waiting + len(mail.outbox) - sent
            return Answer(refused, wrote, said)
        finally:
            transaction.set_rollback(True)


@contextmanager
def _written() -> Iterator[list[str]]:
    found: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(READS):
            found.append(sql[:80])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def digest() -> dict[str, str]:
    """Return what stands in every table, as one figure for each."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
                rows = sorted(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor)
                found[model._meta.db_table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found
