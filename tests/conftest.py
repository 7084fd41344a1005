"""What every test stands on: no network, and triggers taken off only around the flush of a transactional test."""

import gc
import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from casework.access.kept_counts import KEPT
from sealing import triggers
from sealing.queries import WrittenQuery
from tests import engines, mutation_counts, slow, template_database
from tests.environment import engine

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Ask once, on SQLite, what no engine can answer otherwise (tests/engines.py)."""
    if engines.is_asked_once(item):
        item.add_marker(pytest.mark.sqlite_only)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the collector of garbage never look again at what stays to the end: a million objects of 7,000 tests.

    Where no test of the run needs Hypothesis, its plugin would load it at the end to say nothing: half a second.
    """
    if "hypothesis" not in sys.modules and not session.config.getoption("numprocesses", None):
        session.config.pluginmanager.unregister(name="hypothesispytest")
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what only the other engine has, and begin with what takes longest."""
    other = {"sqlite": "postgresql_only", "postgresql": "sqlite_only"}[engine()]
    for item in items:
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=other.replace("_", " ")))
    items.sort(key=_patience, reverse=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Note how long the processor worked for a test (tests/slow.py)."""
    before = slow.work_done()
    try:
        return (yield)
    finally:
        item.user_properties.append((slow.PROPERTY, round(slow.work_done() - before, 2)))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many mutants were killed and what grew slow; leave what failed to `./run test`, which says it at its end."""
    done = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    _say(terminalreporter, "mutations", mutation_counts.lines(done))
    grown = [f"{seconds:.1f} s: {test}" for seconds, test in slow.unlisted(done, over=slow.NAMED)]
    _say(terminalreporter, "over 2 s of work, and not in tests/slow.py", grown)
    reports = [report for kind in ("failed", "error") for report in terminalreporter.stats.get(kind, [])]
    _tell_the_run(f"- {engine()}: {report.nodeid}\n" for report in reports)


def _say(terminalreporter: Any, title: str, lines: list[str]) -> None:
    if lines:
        terminalreporter.section(title)
        for line in lines:
            terminalreporter.write_line(line)


def _tell_the_run(lines: Iterable[str]) -> None:
    """Write what failed to the file of `./run test`, where there is one."""
    place = os.environ.get("AMPARO_TEST_FAILED")
    told = list(lines)
    if place and told and "PYTEST_XDIST_WORKER" not in os.environ:
        with Path(place).open("a", encoding="utf-8") as file:
            file.writelines(told)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run of `./run test` in which a test that is on no list took far too long."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if "AMPARO_TEST_FAILED" in os.environ and reporter is not None and session.exitstatus == 0:
        grown = slow.unlisted(reporter.stats.get("passed", []), over=slow.REFUSED)
        _tell_the_run(
            f"- {engine()}: {test} works {seconds:.1f} s and is not in tests/slow.py\n" for seconds, test in grown
        )
        session.exitstatus = 1 if grown else 0


def _patience(item: pytest.Item) -> float:
    """How long a test may take. A long one that begins last lets the other processes of the run wait for it."""
    limit = item.get_closest_marker("timeout")
    seconds = float(limit.args[0]) if limit else 60.0
    return seconds or float("inf")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in LOOPBACK:  # type: ignore[index]
            raise RuntimeError(f"A test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A copied template is a database to go on with, not one to make anew."""
    return bool(getattr(settings, "HAS_TEMPLATE", False))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Keep a freshly migrated SQLite file for the next run (tests/template_database.py)."""
    if engine() == "sqlite" and not settings.HAS_TEMPLATE:
        with django_db_blocker.unblock():
            template_database.keep(settings.TEST_DATABASE)


@pytest.fixture
def mutant_count(record_property: Callable[[str, object], None]) -> mutation_counts.MutantCount:
    """Count mutants for the lines at the end of the run."""
    return mutation_counts.MutantCount(record_property)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits, used codes and kept counts of one test are not those of the next."""
    yield
    cache.clear()
    KEPT.forget()


@pytest.fixture(scope="session", autouse=True)
def _texts_of_queries_are_bounded() -> None:
    """A query that is written in more texts than it may is a fault here; a server forgets the oldest text."""
    WrittenQuery.is_strict = True


@pytest.fixture(scope="session", autouse=True)
def _triggers_off_around_flush() -> Iterator[None]:
    """The append-only tables refuse a flush, as they should; a transactional test's clean-up takes the triggers off."""
    teardown = TransactionTestCase._fixture_teardown

    def without_triggers(self: TransactionTestCase) -> None:
        triggers.drop_all(connection)
        try:
            teardown(self)
        finally:
            triggers.install(connection)

    TransactionTestCase._fixture_teardown = without_triggers  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
