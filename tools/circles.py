"""Which modules import one another in a circle, read from their text. Nothing is imported to find out."""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path


def dotted(path: Path, root: Path) -> str:
    """The name under which a file is imported."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.Module, name: str, path: Path, known: Collection[str]) -> set[str]:
    """The known modules that run when this one is imported, with the packages on the way to them.

    An import inside a function or for types alone counts not; nor does the package that the module itself stands in.
    """
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    found = set()
    for node in _at_module_level(tree.body):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, package)
            found |= {f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base for alias in node.names}
    around = {name, *_packages_of(name)}
    return ({part for each in found for part in (each, *_packages_of(each))} & set(known)) - (around - found) - {name}


def rings(arrows: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """The groups in which each module reaches every other one, largest first (Tarjan's way)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[tuple[str, ...]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(arrows.get(name, ())):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            place = stack.index(name)
            if len(group := tuple(sorted(stack[place:]))) > 1:
                found.append(group)
            del stack[place:]

    for name in sorted(arrows):
        if name not in index:
            visit(name)
    return sorted(found, key=lambda group: (-len(group), group))


def _at_module_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from _at_module_level(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            for part in ("body", "orelse", "finalbody"):
                yield from _at_module_level(getattr(node, part, []))
            for handler in getattr(node, "handlers", []):
                yield from _at_module_level(handler.body)


def _packages_of(name: str) -> list[str]:
    """The packages that a module stands in, from the nearest outwards."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]


def _base(node: ast.ImportFrom, package: str) -> str:
    """The full name of the module that is imported from, also where it is written with dots."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])
