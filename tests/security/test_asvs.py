"""The list of OWASP ASVS 5.0.0, levels 1 and 2: it is whole, and what it says is shown names something that exists."""

import csv
import re

import pytest

from tools.machine import ROOT

PAGE = ROOT / "docs" / "security" / "asvs.csv"
STATES = {"shown", "does not apply", "not built", "not met", "not looked at"}
REQUIREMENTS = 253

with PAGE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


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


@pytest.mark.parametrize("where", sorted({one for row in ROWS for one in row["shown by"].split()}))
def test_what_it_names_exists(where: str):
    path, _colons, test = where.partition("::")
    text = (ROOT / path).read_text(encoding="utf-8")
    assert not test or re.search(rf"^def {test}\(", text, re.MULTILINE), where
