"""A page that nothing leads to is found by nobody: every address is named by a template or by code."""

import re

from tests.architecture.code import CODE, ours
from tests.security.table import ROWS

# Pages that became a part of another one: who kept such an address, in a note or a bookmark, is led there.
OLD = {"casework:answer", "casework:change_event", "casework:timeline"}
ADDRESSES = {row.name for row in ROWS if ":" in row.name}


def named() -> set[str]:
    """Return every address that a template, or a module other than a list of addresses, names."""
    files = [*(path for path in CODE if path.name != "urls.py"), *ours("templates", pattern="*.html")]
    return {name for path in files for name in re.findall(r"[\"'](\w+:\w+)[\"']", path.read_text(encoding="utf-8"))}


def test_something_names_every_address() -> None:
    assert ADDRESSES
    assert ADDRESSES - named() == OLD, "lead to it from the page where somebody looks for it"
