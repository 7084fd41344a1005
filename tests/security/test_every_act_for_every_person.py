"""Every act, called by every person. A new one fails until it stands in the table (tests/security/acts/__init__.py)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.security.acts.calling import cells, what_is_wrong
from tests.security.acts.finding import callers_of, every_act, methods_with_an_actor, written_by
from tests.security.acts.record import Act, Unasked
from tests.security.acts.table import ACTS, UNASKED
from tests.security.acts.world import ActWorld, make_act_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[ActWorld]:
    """One world for all acts; each call is taken back, and at the end everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_act_world()
        transaction.set_rollback(True)


def test_every_act_stands_in_the_table_and_no_other() -> None:
    named = [*{row.name for row in ACTS}, *(row.name for row in UNASKED)]
    assert len({str(row) for row in ACTS}) == len(ACTS)
    assert sorted(every_act() - {*named}) == [], "stands in no row: see tests/security/acts/__init__.py"
    assert sorted({*named} - every_act()) == [], "is no act any more"
    assert sorted({name for name in named if named.count(name) > 1}) == []
    assert methods_with_an_actor() == set(), "an act is a function: the table knows no methods"


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_nobody_may_but_who_the_row_says(act: Act, world: ActWorld) -> None:
    assert act.rights or act.office or act.is_on_case or act.is_of_office or act.is_own, "a row says who may"
    with transaction.atomic():
        world.ready = act.ready(world) if act.ready else None
        faults = "\n".join(fault for cell in cells(act) if (fault := what_is_wrong(act, cell, world)))
        transaction.set_rollback(True)
    assert faults == ""


@pytest.mark.parametrize("row", UNASKED, ids=lambda row: row.name)
def test_what_asks_nobody_only_reads_or_is_called_by_who_asked(row: Unasked) -> None:
    if row.called_by or row.is_registered:
        assert callers_of(row.name) == {*row.called_by}
    else:
        assert written_by(row.name) == set(), "it writes: say who may call it (part), or let it ask (Act)"
    assert row.why
