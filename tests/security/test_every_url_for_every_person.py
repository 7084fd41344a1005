"""Every address of the site, asked by every person, read and written. A new address fails until it stands in the table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.security.asking import LETTERS, ask, body, clients, headers, letter, names
from tests.security.table import ROWS, SHOWS_CASE_TO, SHOWS_REFERENCE_TO, WITHOUT_CODENAME, Row
from tests.security.world import CODENAME, GROUP, IDENTITY, PERSONS, SEES_CASE, SEES_IDENTITY, World, make_world

METHODS = ("GET", "POST")
pytestmark = pytest.mark.django_db


@dataclass
class Asked:
    """The world, and a browser for each person."""

    world: World
    browsers: dict[str, Client]


@pytest.fixture(scope="module")
def asked(django_db_setup: None, django_db_blocker: Any) -> Iterator[Asked]:
    """One world for all addresses; each request is taken back, and at the end everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        yield Asked(world, clients(world))
        transaction.set_rollback(True)


def test_every_address_stands_in_the_table_and_no_other() -> None:
    mounted = names()
    assert sorted(row.name for row in ROWS) == sorted(mounted)
    assert len(mounted) == len(set(mounted))


def test_every_row_says_something_about_every_person() -> None:
    for row in ROWS:
        for answers in (row.get, row.post):
            assert len(answers) == len(PERSONS) and set(answers) <= set(LETTERS), row.name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_person_gets_the_answer_of_the_table_and_reads_only_what_is_theirs(row: Row, asked: Asked) -> None:
    address = reverse(row.name, args=asked.world.args(row.parts))
    answers = [(who, how, ask(asked.browsers[who], how, address)) for how in METHODS for who in PERSONS]
    found = {method: "".join(letter(answer) for _who, how, answer in answers if how == method) for method in METHODS}
    assert found == {"GET": row.get, "POST": row.post}
    for who, method, answer in answers:
        what_is_read_is_theirs(row, asked.world, who, method, answer)
        if row.parts and answer.status_code == 404 and who in {"sam", "outside", "superuser"}:
            it_answers_like_what_was_never_there(row, asked, who, method, answer)
    another_case_is_no_way_to_a_row(row, asked)
    no_other_method_says_more(row, asked)


def what_is_read_is_theirs(row: Row, world: World, who: str, method: str, answer: Any) -> None:
    """Hidden: codename, group, reference and names. Visible: the codename, to whom the case is open."""
    read, place = body(answer).decode(errors="replace"), f"{method} as {who}"
    if who not in SEES_CASE and (who, row.name) not in SHOWS_CASE_TO:
        assert CODENAME not in read + headers(answer) and GROUP not in read, place
        assert str(world.case.pk) not in read, place
        address = reverse(row.name, args=world.args(row.parts))
        if (who, row.name) not in SHOWS_REFERENCE_TO:
            assert world.case.reference not in read.replace(address, ""), place
    if who not in SEES_IDENTITY:
        assert not [name for name in IDENTITY if name in read], place
    if row.is_of_the_case and method == "GET" and who in SEES_CASE and letter(answer) == "o":
        assert (CODENAME in read) == (row.name not in WITHOUT_CODENAME), place


def it_answers_like_what_was_never_there(row: Row, asked: Asked, who: str, method: str, answer: Any) -> None:
    """The same page, byte by byte, and the same headers."""
    missing = reverse(row.name, args=asked.world.missing(row.parts))
    never = ask(asked.browsers[who], method, missing)
    assert (never.status_code, body(never), headers(never)) == (404, body(answer), headers(answer)), (
        f"{method} as {who}"
    )


def another_case_is_no_way_to_a_row(row: Row, asked: Asked) -> None:
    """Sam, coordinator of another case, finds no row of this one under the reference of that one."""
    if not row.is_a_row_of_the_case:
        return
    address = reverse(row.name, args=asked.world.through_the_other_case(row.parts))
    for method, answers in zip(METHODS, (row.get, row.post), strict=True):
        of_a_coordinator = answers[PERSONS.index("coordinator")]
        wanted = of_a_coordinator if of_a_coordinator in "mf" else "n"  # what is asked first is the right
        assert letter(ask(asked.browsers["sam"], method, address)) == wanted


def no_other_method_says_more(row: Row, asked: Asked) -> None:
    """A method that no page offers tells nothing of the case."""
    if not row.is_of_the_case:
        return
    address = reverse(row.name, args=asked.world.args(row.parts))
    for who, method in (("stranger", "put"), ("sam", "delete"), ("sam", "options"), ("superuser", "patch")):
        answer = getattr(asked.browsers[who], method)(address)
        assert answer.status_code in {302, 404, 405} and CODENAME.encode() not in answer.content, who
