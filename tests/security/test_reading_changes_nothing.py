"""A GET of any address changes nothing that somebody keeps: a link, a picture or a look from another site does no act."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.security.asking import clients
from tests.security.table import ROWS, Row
from tests.security.world import World, make_world

WRITES = re.compile(
    r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+(?:"?public"?\.)?"?(\w+)"?', re.I
)
# Who looked, and that somebody is there; and the leak scan, which runs again where protected words changed since. It
# takes over what was ruled on in the same words, and can only find more.
TRACES = {"audit_entry", "django_session", "usersessions_usersession"}
# On which day a calendar program read a private address last, once a day.
ADDRESSES = {"accounts_calendaraddress"}
# That somebody has a form open, for a quarter of an hour, in the cache that all processes share: it holds no word of a
# case, and what a link or a picture could set off by it is a notice above a form (accounts/caching/open_forms.py).
MARKS = {"accounts_cachedvalue"}
SCAN = {"safety_leakscan", "safety_scannedcase", "safety_leakfinding"}
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]  # what is asked is the same on both engines


@pytest.fixture(scope="module")
def asked(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, dict[str, Client]]]:
    """One world for all addresses; everything is taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        yield world, clients(world)
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_get_writes_nothing_but_the_trail(row: Row, asked: tuple[World, dict[str, Client]]) -> None:
    world, browsers = asked
    address = reverse(row.name, args=world.args(row.parts))
    for who in ("coordinator", "reviewer", "stranger"):
        with (
            transaction.atomic(),
            CaptureQueriesContext(
                connection,
            ) as asking,
        ):
            browsers[who].get(address)
            transaction.set_rollback(True)
        written = {found[1] for query in asking.captured_queries if (found := WRITES.match(query["sql"]))}
        assert written <= TRACES | ADDRESSES | MARKS | SCAN, who
