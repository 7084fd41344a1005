"""Which test files lie nearest to what changed: for `./run test --quick`."""

import re
from collections.abc import Iterable
from pathlib import Path

from tools.machine import ROOT, output_of

# What has no folder of tests under its own name, and where it is asked instead.
ELSEWHERE = {
    "safety/conditions": ("tests/gate",),
    "safety/gate.py": ("tests/gate",),
    "config": ("tests/test_settings.py", "tests/web"),
    "tools": ("tests/test_tools.py",),
    "run.py": ("tests/test_tools.py",),
    "static": ("tests/interface",),
    "docs": ("tests/test_documents.py", "tests/security/test_what_is_written.py"),
    "work": ("tests/workers",),
}

IMPORT = re.compile(r"^import (.+)$", re.MULTILINE)
FROM = re.compile(r"^from ([\w.]+) import (\([^)]*\)|.+)$", re.MULTILINE)
WORD, COMMENT = re.compile(r"[\w.]+"), re.compile(r"#.*")


def options() -> list[str]:
    """What pytest is told: stop at the first failure, begin with what failed before, and only the nearest files.

    Two files are done before a second process has started.
    """
    found = near_to(changed())
    is_small = bool(found) and len(found) < 3 and all(path.is_file() for path in found)
    return ["-x", "--failed-first", *(["-n", "0"] if is_small else []), *map(str, found)]


def changed() -> list[str]:
    """The files that differ from the last commit, those that are new included; of a clean copy, those of the last commit."""
    told = output_of(["git", "-C", ROOT, "status", "--porcelain", "--untracked-files=all", "--no-renames"]) or ""
    found = [line[3:].strip('"') for line in told.splitlines()]
    return found or (output_of(["git", "-C", ROOT, "diff", "--name-only", "HEAD~1"]) or "").split()


def near_to(paths: Iterable[str], root: Path = ROOT) -> list[Path]:
    """The test files among these, those that import one of these modules, and else the folder that asks about its app."""
    found: dict[Path, None] = {}
    tests = {path: _imported(path) for path in sorted((root / "tests").rglob("test_*.py"))}
    for name in paths:
        for path in _near_to_one(name, root, tests):
            found.setdefault(path)
    return [path for path in found if not any(other in path.parents for other in found)]


def _near_to_one(name: str, root: Path, tests: dict[Path, set[str]]) -> list[Path]:
    path = root / name
    if path in tests:
        return [path]
    module = ".".join(Path(name).with_suffix("").parts).removesuffix(".__init__")
    importing = [test for test, modules in tests.items() if module in modules] if name.endswith(".py") else []
    if importing:
        return importing
    for begins, places in ELSEWHERE.items():
        if name == begins or name.startswith(f"{begins}/"):
            return [root / place for place in places if (root / place).exists()]
    parts = Path(name).parts
    app = parts[1] if parts[0] in {"templates", "tests"} and len(parts) > 2 else parts[0]
    folder = root / "tests" / app
    return [folder] if folder.is_dir() else []


def _imported(path: Path) -> set[str]:
    """The modules that a file imports at its left edge, and the names it takes of them, which may be modules.

    Found in the text: to parse all the tests takes a second, and a person waits for it.
    """
    text = path.read_text(encoding="utf-8")
    found = {name for line in IMPORT.findall(text) for name in WORD.findall(line)}
    for module, names in FROM.findall(text):
        found |= {module, *(f"{module}.{name}" for name in WORD.findall(COMMENT.sub("", names)))}
    return found
