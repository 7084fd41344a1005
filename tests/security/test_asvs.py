"""The list of OWASP ASVS 5.0.0, levels 1 and 2: it is whole, and *shown* means a test that was seen to fail.

A row is shown when each test that it names is collected and was seen red with its control taken out: the log of that is
docs/security/seen_to_fail.toml, and `python -m tests.security.taking_out` does it again. A page beside a test may tell
the rule; a page alone shows nothing.
"""

import csv
import datetime as dt
import re
from typing import Any

import pytest

from tests.security.collected import is_collected
from tests.security.taking_out import Control, controls, seen_red, without
from tools.machine import ROOT

PAGE = ROOT / "docs" / "security" / "asvs.csv"
STATES = {"shown", "does not apply", "not built", "not met", "not looked at"}
REQUIREMENTS = 253
A_TEST = re.compile(r"tests/[\w/]+\.py::test_\w+")
A_PAGE = re.compile(r"docs/[\w/.-]+\.md|tests/security/table\.py")

with PAGE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
NAMED = sorted({one for row in ROWS for one in row["shown by"].split()})


def test_each_requirement_of_the_two_levels_stands_there_once():
    named = [row["requirement"] for row in ROWS]
    assert len(named) == len(set(named)) == REQUIREMENTS
    assert all(re.fullmatch(r"V\d{1,2}\.\d\.\d{1,2}", name) for name in named)
    assert {row["level"] for row in ROWS} == {"1", "2"} and {row["state"] for row in ROWS} <= STATES


def test_what_is_shown_names_where_and_everything_else_says_why_or_that_nobody_looked():
    for row in ROWS:
        is_shown, is_silent = row["state"] == "shown", row["state"] == "not looked at"
        assert bool(row["shown by"]) == is_shown, row
        assert bool(row["note"]) == (not is_shown and not is_silent), row


@pytest.mark.parametrize("row", [row for row in ROWS if row["state"] == "shown"], ids=lambda row: row["requirement"])
def test_what_is_shown_rests_on_tests_that_were_seen_to_fail(row: dict[str, str]):
    named = row["shown by"].split()
    tests = [one for one in named if A_TEST.fullmatch(one)]
    assert tests, "a page alone shows nothing"
    assert [one for one in named if one not in tests and not A_PAGE.fullmatch(one)] == []
    assert [test for test in tests if test not in seen_red()] == [], "see it fail without its control, and log it"


@pytest.mark.parametrize("where", NAMED)
def test_what_it_names_exists(where: str):
    path, _colons, test = where.partition("::")
    assert (ROOT / path).is_file() and (not test or is_collected(where)), where


@pytest.mark.parametrize("control", controls(), ids=lambda control: control.name)
def test_each_control_of_the_log_stands_as_it_was_taken_out(control: Control):
    """Where the words have changed since, `python -m tests.security.taking_out WORD` must see it fail again."""
    assert without(control) != (ROOT / control.file).read_text(encoding="utf-8")
    assert control.red and isinstance(control.on, dt.date) and control.engine in {"sqlite", "postgresql"}
    assert [test for test in control.red if not is_collected(test.partition("[")[0])] == []


def test_no_control_stands_twice_in_the_log():
    names = [control.name for control in controls()]
    assert len(names) == len(set(names))


def test_the_run_says_how_much_is_shown(capsys: Any):
    shown = sum(row["state"] == "shown" for row in ROWS)
    with capsys.disabled():
        print(f"\ncontrols: {len(controls())} seen to matter, for {shown} requirements of ASVS and every promise")  # noqa: T201
