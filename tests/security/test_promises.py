"""Each promise names tests that exist, and each fault that was seen names what holds it, or says that nothing does yet."""

import re
from pathlib import Path

import pytest

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


def test_every_promise_names_a_test_that_exists() -> None:
    assert len(rows(PROMISES)) > 15
    for line in rows(PROMISES):
        named = re.findall(r"`(tests/[\w/]+\.py)`", line)
        assert named, line
        for path in named:
            text_with_tests(ROOT / path)


@pytest.mark.parametrize("line", rows(SEEN))
def test_every_fault_that_was_seen_names_its_test_or_says_that_it_is_not_mended(line: str) -> None:
    paths = re.findall(r"`(tests/[\w/]+\.py)`", line)
    names = re.findall(r"`(test_\w+)", line)
    assert paths or names or "not mended" in line
    for path in paths:
        text_with_tests(ROOT / path)
    everything = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name in names if f"def {name}" not in everything] == []
