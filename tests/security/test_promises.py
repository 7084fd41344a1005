"""Each promise names tests that exist."""

import re

from tools.machine import ROOT

LINES = [line for line in (ROOT / "docs" / "promises.md").read_text().splitlines() if line.startswith("| ")][1:]


def test_every_promise_names_a_test_that_exists() -> None:
    assert len(LINES) > 15
    for line in LINES:
        named = re.findall(r"`(tests/[\w/]+\.py)`", line)
        assert named, line
        for path in named:
            assert "def test_" in (ROOT / path).read_text(), f"{path} holds no test"
