"""What the house looks like in figures: `python -m tools.measures [--json]`. The docs and the tests of shape ask here."""

import argparse
import ast
import json
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from tools import circles as rings
from tools.machine import ROOT, say

NOT_CODE = {"tests", "docs", "vendor", "static", "templates", "locale", "var", "node_modules"}
ROOT_FILES = {"__init__", "apps", "urls", "triggers", "audit_labels", "verbs"}  # what any app keeps in its root
THEIR_NAMES = {"Command", "main"}  # Django's and Python's own: each means the same everywhere
LONG_FUNCTION = 40
WIDE_LINE = 160

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Location:
    """A named place in a file, and how big what stands there is."""

    file: str
    line: int
    name: str
    size: int


@dataclass(frozen=True)
class Lines:
    """How long the files of a kind are."""

    files: int
    total: int
    median: int
    p90: int
    longest: int
    longest_name: str


@dataclass(frozen=True)
class App:
    """One app: its lines without migrations, the loose modules in its root, and the circles among its files."""

    name: str
    lines: int
    loose: tuple[str, ...]
    circles: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Measures:
    """Everything that is measured of one tree."""

    python: Lines
    apps: tuple[App, ...]
    long_functions: tuple[Location, ...]
    templates: Lines
    template_lines_wide: int
    template_lines_wide_percent: float
    template_line_widest: int
    any_in_annotations: int
    loose_dicts: tuple[Location, ...]
    type_ignores: int
    same_names: dict[str, tuple[str, ...]]


def apps(root: Path = ROOT) -> list[str]:
    """The folders of the house that hold Python of ours; tests, docs and what is vendored are none."""
    found = (path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(path.name for path in found if path.name not in NOT_CODE and any(path.glob("*.py")))


def python_files(*names: str, root: Path = ROOT) -> list[Path]:
    """The Python files of these apps, or of all, without tests, migrations and what is vendored."""
    found = (path for name in names or apps(root) for path in (root / name).rglob("*.py"))
    return sorted(path for path in found if not {"migrations", "vendor", "__pycache__"} & set(path.parts))


def templates(root: Path = ROOT) -> list[Path]:
    """The HTML templates of the house."""
    return sorted((root / "templates").rglob("*.html"))


def count_lines(app: str, root: Path = ROOT) -> int:
    """The lines of Python in an app, without its migrations."""
    return sum(_count(path) for path in python_files(app, root=root))


def loose_modules(app: str, root: Path = ROOT) -> list[str]:
    """The modules in the root of an app, but for those that any app keeps there."""
    return sorted(path.stem for path in (root / app).glob("*.py") if path.stem not in ROOT_FILES)


def circles(app: str, root: Path = ROOT) -> list[tuple[str, ...]]:
    """The groups of files of an app that import one another in a circle, by what runs on import."""
    files = {rings.dotted(path, root): path for path in python_files(app, root=root)}
    return rings.rings({name: rings.imported(_tree(path), name, path, files) for name, path in files.items()})


def wide_lines(root: Path = ROOT, limit: int = WIDE_LINE) -> list[Location]:
    """The lines of templates that are wider than the limit, widest first."""
    found = [
        Location(_name(path, root), number, "", len(line))
        for path in templates(root)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > limit
    ]
    return sorted(found, key=lambda spot: -spot.size)


def long_templates(limit: int, root: Path = ROOT) -> list[Location]:
    """The templates with more lines than the limit, longest first."""
    found = [Location(_name(path, root), 1, "", _count(path)) for path in templates(root)]
    return sorted((spot for spot in found if spot.size > limit), key=lambda spot: -spot.size)


def long_functions(limit: int = LONG_FUNCTION, root: Path = ROOT) -> list[Location]:
    """The functions with more lines than the limit, longest first; decorators do not count."""
    found = [
        Location(_name(path, root), node.lineno, node.name, (node.end_lineno or 0) - node.lineno + 1)
        for path in python_files(root=root)
        for node in _functions(_tree(path))
    ]
    return sorted((spot for spot in found if spot.size > limit), key=lambda spot: -spot.size)


def loose_dicts(root: Path = ROOT) -> list[Location]:
    """The functions that promise a `dict[str, Any]`, alone or inside something else."""
    return [
        Location(_name(path, root), node.lineno, node.name, 1)
        for path in python_files(root=root)
        for node in _functions(_tree(path))
        if node.returns is not None and "dict[str, Any]" in ast.unparse(_spoken(node.returns))
    ]


def any_in_annotations(root: Path = ROOT) -> int:
    """How often an annotation says `Any`."""
    return sum(
        isinstance(part, ast.Name) and part.id == "Any"
        for path in python_files(root=root)
        for annotation in _annotations(_tree(path))
        for part in ast.walk(_spoken(annotation))
    )


def type_ignores(root: Path = ROOT) -> int:
    """How many lines the type checker is told to pass over."""
    mark = "# type: " + "ignore"
    return sum(mark in line for path in python_files(root=root) for line in path.read_text("utf-8").splitlines())


def same_names(root: Path = ROOT) -> dict[str, tuple[str, ...]]:
    """Public classes and functions whose name is defined in more than one module, most frequent first.

    A view named as the action that it calls means the same, and is left out where that action stands once.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for path in python_files(root=root):
        defined = {node.name for node in _tree(path).body if isinstance(node, Function | ast.ClassDef)}
        for name in sorted(defined - THEIR_NAMES):
            if not name.startswith("_"):
                places[name].append(_name(path, root))
    found = {name: tuple(_without_its_view(files)) for name, files in places.items()}
    often = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {name: files for name, files in often if len(files) > 1}


def measure(root: Path = ROOT) -> Measures:
    """Measure a tree. Nothing is imported and nothing is changed."""
    wide = wide_lines(root)
    of_templates = _lengths(templates(root), root)
    return Measures(
        python=_lengths(python_files(root=root), root),
        apps=tuple(
            App(name, count_lines(name, root), tuple(loose_modules(name, root)), tuple(circles(name, root)))
            for name in apps(root)
        ),
        long_functions=tuple(long_functions(root=root)),
        templates=of_templates,
        template_lines_wide=len(wide),
        template_lines_wide_percent=round(100 * len(wide) / max(of_templates.total, 1), 1),
        template_line_widest=max((spot.size for spot in wide_lines(root, 0)), default=0),
        any_in_annotations=any_in_annotations(root),
        loose_dicts=tuple(loose_dicts(root)),
        type_ignores=type_ignores(root),
        same_names=same_names(root),
    )


def _without_its_view(files: list[str]) -> list[str]:
    """The files of a name, without the views of an app whose action bears it."""
    acting = {file.split("/")[0] for file in files if "/actions/" in file}
    return [file for file in files if not ("/views/" in file and file.split("/")[0] in acting)]


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _count(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _tree(path: Path) -> ast.Module:
    return _parsed(path.read_text("utf-8"))


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _annotations(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.returns is not None:
            yield node.returns
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            yield node.annotation


def _spoken(annotation: ast.expr) -> ast.expr:
    """An annotation without its quotes."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return ast.parse(annotation.value, mode="eval").body
    return annotation


def _lengths(files: list[Path], root: Path) -> Lines:
    sizes = sorted((_count(path), _name(path, root)) for path in files)
    if not sizes:
        return Lines(0, 0, 0, 0, 0, "")
    counts = [count for count, _file in sizes]
    p90 = counts[min(len(counts) - 1, int(len(counts) * 0.9))]
    return Lines(len(sizes), sum(counts), int(statistics.median(counts)), p90, *sizes[-1])


def _words(found: Measures) -> Iterator[str]:
    for title, lines in (("Python files", found.python), ("Templates", found.templates)):
        yield f"{title}: {lines.files}, lines {lines.total}, median {lines.median}, p90 {lines.p90}"
        yield f"  longest {lines.longest}: {lines.longest_name}"
    yield f"Template lines over {WIDE_LINE}: {found.template_lines_wide} ({found.template_lines_wide_percent} %)"
    yield f"  widest {found.template_line_widest}"
    yield "Apps: lines, loose modules in the root, circles"
    for app in found.apps:
        yield f"  {app.name}: {app.lines}, {len(app.loose)}, {len(app.circles)}"
        yield from (f"    circle of {len(circle)}: {', '.join(circle)}" for circle in app.circles)
    yield f"Functions longer than {LONG_FUNCTION} lines: {len(found.long_functions)}"
    yield from (f"  {spot.size}: {spot.file}:{spot.line} {spot.name}" for spot in found.long_functions)
    yield f"Any in annotations: {found.any_in_annotations}"
    yield f"Functions that return dict[str, Any]: {len(found.loose_dicts)}"
    by_file = Counter(spot.file for spot in found.loose_dicts)
    yield from (f"  {count}: {file}" for file, count in by_file.most_common())
    yield f"Type checks passed over: {found.type_ignores}"
    yield f"Public names in more than one module: {len(found.same_names)}"
    yield from (f"  {name}: {', '.join(files)}" for name, files in list(found.same_names.items())[:40])


def main(words: list[str]) -> int:
    """Print the measures, as lines for a person or as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tools.measures", description=__doc__, allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="print JSON")
    found = measure()
    say(json.dumps(asdict(found), indent=2) if parser.parse_args(words).json else "\n".join(_words(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
