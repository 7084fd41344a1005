"""What a page shows is prepared in pages/, as one frozen record for one template."""

import ast

from tests.architecture.code import trees

APPS = (
    "accounts",
    "advocacy",
    "audit",
    "casework",
    "claims",
    "consents",
    "directory",
    "materials",
    "notes",
    "packet",
    "papers",
    "safety",
    "web",
)
READS_ROWS = {"advocacy/pages/plan_lanes.py:PlanRows"}  # the rows of one plan, read once and asked often
PREPARING = {
    name: tree
    for name, tree in trees().items()
    if name.startswith(APPS) and ("/pages/" in name or name.endswith("/pages.py"))
}
VIEWS = {
    name: tree
    for name, tree in trees().items()
    if name.startswith(APPS) and ("/views/" in name or name.endswith("/views.py"))
}


def test_every_record_of_a_page_is_frozen() -> None:
    classes = {
        f"{name}:{node.name}": [ast.unparse(mark) for mark in node.decorator_list]
        for name, tree in PREPARING.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and not any("Enum" in ast.unparse(base) for base in node.bases)
    }
    assert len(classes) > 20
    loose = {name for name, marks in classes.items() if marks != ["dataclass(frozen=True)"]}
    assert loose == READS_ROWS


def test_nothing_that_prepares_a_page_or_shows_it_gives_back_a_dict() -> None:
    giving = {
        f"{name}:{node.name}"
        for name, tree in {**PREPARING, **VIEWS}.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns).startswith("dict")
    }
    assert not giving


def test_a_view_hands_on_a_record_or_one_form() -> None:
    """A dict that a view writes out itself holds its form and nothing else."""
    written = {
        f"{name}:{node.lineno}"
        for name, tree in VIEWS.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "render" and len(node.args) > 2
        if not ast.unparse(node.args[2]).startswith("vars(") and ast.unparse(node.args[2]) != "{'form': form}"
    }
    assert not written


def test_what_prepares_a_page_sees_no_request_and_writes_nothing() -> None:
    seen = {
        name
        for name, tree in PREPARING.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.arg) and node.arg == "request"
    }
    writing = {"save", "create", "bulk_create", "update", "delete", "record"}
    writes = {
        f"{name}:{node.lineno}"
        for name, tree in PREPARING.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in writing
    }
    assert not seen and not writes
