"""What STYLE says of the shape of the code: small files and functions, honest names, imports at the top."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.code import CODE, TESTS, name_of, ours, trees
from tools.machine import ROOT

ATTICS = {"utils", "util", "core", "common", "helpers", "helper", "misc", "services", "shared", "lib"}
# WeasyPrint needs pango, and python-docx takes 18 MiB of each process
LAZY = {
    *("papers/pdf/rendering.py", "papers/pdf/fetcher.py", "papers/formats/registry.py", "config/celery.py"),
    *("advocacy/calendar/ical.py", "directory/dates/working_days.py"),
}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function, methods and inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    assert not [name_of(path) for path in [*CODE, *TESTS] if len(path.read_text().splitlines()) > 400]


def test_no_function_is_longer_than_forty_lines() -> None:
    """But for the registries of triggers, each of which is one list."""
    long = {
        f"{name}:{node.lineno} {node.name}"
        for name, tree in trees().items()
        for node in functions(tree)
        if (node.end_lineno or 0) - node.lineno + 1 > 40
        and not (name.endswith("/triggers.py") and node.name == "registered")
    }
    assert not long


def test_no_template_is_longer_than_its_cap_and_settings_and_gate_keep_theirs() -> None:
    assert not [
        name_of(path) for path in ours("templates", pattern="*.html") if len(path.read_text().splitlines()) > 250
    ]
    for name, cap in (("config/settings.py", 300), ("safety/gate.py", 300)):
        assert len((ROOT / name).read_text().splitlines()) <= cap, name


def test_nothing_is_imported_inside_a_function() -> None:
    inner = {
        f"{name}:{node.lineno}"
        for name, tree in trees().items()
        if name not in LAZY
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not {place for place in inner if not place.startswith(("tools/",)) and "apps.py" not in place}


def test_an_action_is_called_by_its_subject_and_never_as_verbs_or_acts() -> None:
    assert not [
        f"{name}:{node.lineno}"
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.alias) and node.asname in {"acts", "verbs"}
    ]


def test_there_is_no_attic() -> None:
    assert not [name_of(path) for path in CODE if {path.stem, path.parent.name} & ATTICS]


def test_the_tests_stand_in_one_tree() -> None:
    assert not [name_of(path) for path in CODE if path.name == "tests.py" or path.name.startswith("test_")]


@pytest.mark.parametrize("pattern", [r"\bTODO\b", r"\bFIXME\b", r"\bXXX\b"])
def test_nothing_is_put_off_in_a_comment(pattern: str) -> None:
    assert not [name_of(path) for path in CODE if re.search(pattern, path.read_text())]


def test_every_public_function_says_what_it_promises() -> None:
    silent = {
        f"{name}:{node.lineno} {node.name}"
        for name, tree in trees().items()
        if "/actions/" in name
        or "/views/" in name
        or name in {"safety/gate.py", "casework/access.py", "audit/trail.py"}
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    }
    assert not silent


def test_no_two_classes_of_the_house_share_a_name() -> None:
    """A name read in one room means the same in another; only commands are all called Command, as Django asks."""
    rooms: dict[str, list[str]] = {}
    for path in CODE:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Command":
                rooms.setdefault(node.name, []).append(name_of(path))
    assert {name: places for name, places in rooms.items() if len(places) > 1} == {}
