"""The files of the project, and their code as trees, read once a process."""

import ast
from functools import cache
from pathlib import Path

from tools.machine import ROOT

APPS = (
    "config",
    "web",
    "notes",
    "advocacy",
    "materials",
    "papers",
    "safety",
    "exchange",
    "packet",
    "claims",
    "consents",
    "casework",
    "directory",
    "work",
    "accounts",
    "audit",
    "sealing",
    "tools",
)


def ours(*folders: str, pattern: str = "*.py") -> list[Path]:
    """Return the files of these folders, without what is vendored or generated."""
    found = [path for folder in folders for path in (ROOT / folder).rglob(pattern)]
    return sorted(path for path in found if not {"vendor", "__pycache__"} & set(path.parts))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


CODE = [path for path in ours(*APPS) if "migrations" not in path.parts]
TESTS = ours("tests")


@cache
def trees() -> dict[str, ast.Module]:
    """Return the parsed code by the name of its file. Not at import: it takes two seconds of whoever asks for a name."""
    return {name_of(path): ast.parse(path.read_text()) for path in CODE}
