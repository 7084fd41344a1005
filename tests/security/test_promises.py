"""Each promise rests on tests that were seen to fail, and each fault that was seen names what holds it, or that nothing does.

The log of what was taken out, and which test went red then, is docs/security/seen_to_fail.toml.
"""

import re
from pathlib import Path

import pytest

from tests.security.collected import collected_in
from tests.security.taking_out import seen_red
from tools.machine import ROOT

PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
PROMISES, _heading, SEEN = PAGE.partition("## What was seen")


def rows(table: str) -> list[str]:
    """Return the rows of a table without its head."""
    return [line for line in table.splitlines() if line.startswith("| ")][1:]


def text_with_tests(path: Path) -> str:
    """Return the text of a file of tests; one that holds none fails."""
    text = path.read_text(encoding="utf-8")
    assert "def test_" in text, f"{path} holds no test"
    return text


def test_there_are_promises() -> None:
    assert len(rows(PROMISES)) > 40


@pytest.mark.parametrize("line", rows(PROMISES))
def test_every_file_that_a_promise_names_holds_a_test_that_was_seen_to_fail(line: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", line)
    assert named and line.count("`") == 2 * len(named), line
    red = {test.partition("::")[0]: test.partition("::")[2] for test in seen_red()}
    assert [path for path in named if path not in red] == [], "see a test of it fail without its control, and log it"
    assert [path for path in named if red[path] not in collected_in(path)] == []


@pytest.mark.parametrize("line", rows(SEEN))
def test_every_fault_that_was_seen_names_its_test_or_says_that_it_is_not_mended(line: str) -> None:
    paths = re.findall(r"`(tests/[\w/]+\.py)`", line)
    names = re.findall(r"`(test_\w+)", line)
    assert paths or names or "not mended" in line
    for path in paths:
        text_with_tests(ROOT / path)
    everything = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name in names if f"def {name}" not in everything] == []
