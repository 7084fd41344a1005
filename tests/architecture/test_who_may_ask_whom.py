"""The doors that nobody may go around: rights from the rows, clearances from the gate, no network, free licences."""

import ast
import importlib.metadata
import re
import tomllib

from tests.architecture.code import CODE, name_of, trees
from tools.machine import ROOT

FREE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|MPL|LGPL|AGPL|GPL|PSF|Python Software Foundation|Unlicense|0BSD|Zlib|HPND|ZPL)\b", re.I
)
NETWORK = {"requests", "httpx", "urllib3", "aiohttp", "ftplib", "telnetlib", "urllib.request", "http.client"}
ASKS_ITSELF = {"tools/demo.py", "tools/doctor.py", "tools/parts.py", "tools/children.py"}  # is our own site up yet?


def modules(tree: ast.AST) -> set[str]:
    """Return the names of what a file imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_rights_are_asked_of_the_rows_and_never_of_the_user() -> None:
    assert not [name_of(path) for path in CODE if re.search(r"\.has_(module_)?perms?\(", path.read_text())]
    assert not [name_of(path) for path in CODE if re.search(r"\.is_(superuser|staff)\b", path.read_text())]


def test_only_the_gate_makes_a_clearance() -> None:
    makers = {
        name
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Clearance", "Clearance.objects.create"}
    }
    assert makers == {"safety/gate.py"}


def test_views_reach_cases_only_through_what_the_reader_may_see() -> None:
    direct = re.compile(
        r"\b(Case|Material)\.(_default_manager|_base_manager|objects\.(all|filter|get|exclude)\b(?!\(pk=case\.pk\)))"
    )
    assert not [name for name in trees() if "/views/" in name and direct.search((ROOT / name).read_text())]


def test_nothing_below_the_views_sees_a_request() -> None:
    seeing = {
        name
        for name, tree in trees().items()
        if "/actions/" in name or name.endswith("tasks.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.arg) and node.arg == "request"
    }
    assert not seeing


def test_an_open_page_says_why_it_is_open() -> None:
    for name in trees():
        lines = (ROOT / name).read_text().splitlines()
        for number, line in enumerate(lines):
            if re.search(r"@login_not_required|= login_not_required\(", line):
                assert "#" in line or "#" in lines[number - 1], f"{name}:{number + 1}"


def test_nothing_of_ours_speaks_to_the_network() -> None:
    assert not {name for name, tree in trees().items() if modules(tree) & NETWORK} - ASKS_ITSELF


def test_every_dependency_at_run_time_is_free_software() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    for line in wanted:
        name = re.split(r"[\[<>=; ]", line)[0]
        try:
            told = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system
        words = [
            told.get("License-Expression") or "",
            (told.get("License") or "")[:200],
            *(told.get_all("Classifier") or []),
        ]
        assert FREE.search(" ".join(word for word in words if "License" in word or "::" not in word)), name
