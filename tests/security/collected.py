"""Which tests pytest collects, read from the files: a function of a module by pytest's own names, at its outermost level."""

import ast
import tomllib
from functools import cache

from tools.machine import ROOT


@cache
def collected_in(path: str) -> frozenset[str]:
    """Return the tests of a file; none where pytest would not read the file, or it has a class or function in between."""
    place = ROOT / path
    roots = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["testpaths"]
    if not place.is_file() or not place.name.startswith("test_") or path.split("/")[0] not in roots:
        return frozenset()
    tree = ast.parse(place.read_text(encoding="utf-8"))
    found = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    later = [node for node in tree.body if isinstance(node, ast.Assign | ast.AugAssign | ast.Delete)]
    hidden = {name.id for node in later for name in ast.walk(node) if isinstance(name, ast.Name) and not _is_read(name)}
    return frozenset(name for name in found if found.count(name) == 1 and name not in hidden)


def is_collected(test: str) -> bool:
    """Say whether this is a test that runs: `tests/…/test_x.py::test_y`."""
    path, _colons, name = test.partition("::")
    return name in collected_in(path)


def _is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)
