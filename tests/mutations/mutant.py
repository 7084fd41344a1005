"""A named mutant: one small change of the product's source that breaks one rule, put into the running code and taken out.

The fragment must stand once in its module. The changed source is compiled, and of it the one function, or the constants,
that changed replace those of the live module; no file is touched and nothing is imported anew.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from sealing.queries import known_queries
from tools.machine import ROOT

Scene = Callable[[Any], None]
Undo = Callable[[], None]
Function = ast.FunctionDef | ast.AsyncFunctionDef
HAS_NAMES = (ast.Assign, ast.AnnAssign)
INSIDE = ("fget", "__func__", "func", "__wrapped__")


class NoMutant(Exception):
    """The change cannot be made: the code moved on, and whoever moved it says here what is broken now."""


@dataclass(frozen=True)
class Mutant:
    """One change of one module, the rule that it breaks in a sentence, and the scenes each of which must show it.

    `equivalent` says why no scene can: the change breaks nothing, because something else holds the same.
    """

    module: str
    was: str
    now: str
    breaks: str
    shown_by: tuple[Scene, ...]
    equivalent: str = ""

    @property
    def told(self) -> str:
        """Return the change in one line."""
        return f"{self.module}: «{' '.join(self.was.split())} → {' '.join(self.now.split())}» ({self.breaks})"


def in_module(module: str) -> Callable[..., Mutant]:
    """Return what makes mutants of one module: was, now, the rule that it breaks, the scenes that show it."""

    def change(was: str, now: str, breaks: str, *shown_by: Scene) -> Mutant:
        return Mutant(module, was, now, breaks, shown_by)

    return change


def equivalent(mutant: Mutant, why: str) -> Mutant:
    """Return a mutant that breaks nothing, with why."""
    return replace(mutant, equivalent=why)


@contextmanager
def applied(mutant: Mutant) -> Iterator[None]:
    """Let the program run with this change. Raises NoMutant when the fragment is gone, stands twice, or changes nothing."""
    module = import_module(mutant.module)
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    place = _place(mutant, source)
    changed = source[:place] + mutant.now + source[place + len(mutant.was) :]
    first = source.count("\n", 0, place + len(mutant.was) - len(mutant.was.lstrip())) + 1
    try:
        trees = ast.parse(source), ast.parse(changed)
    except SyntaxError as fault:
        raise NoMutant(f"no Python any more: {mutant.told}") from fault
    if ast.dump(trees[0]) == ast.dump(trees[1]):
        raise NoMutant(f"nothing is changed: {mutant.told}")
    undo = list(_put_in(mutant, module, trees[1], changed, first))
    _forget_answers(module)
    try:
        yield
    finally:
        for take_back in reversed(undo):
            take_back()
        _forget_answers(module)


def _place(mutant: Mutant, source: str) -> int:
    times = source.count(mutant.was)
    if times != 1:
        raise NoMutant(f"fragment {'not found' if not times else f'found {times} times'}: {mutant.told}")
    return source.index(mutant.was)


def _put_in(mutant: Mutant, module: ModuleType, tree: ast.Module, changed: str, line: int) -> Iterator[Undo]:
    """Replace what the change touched: a function by its code, constants by their values."""
    path = _path_to(tree, line)
    function = next((node for node in path if isinstance(node, Function)), None)
    if function is not None:
        owners = [node.name for node in path[: path.index(function)] if isinstance(node, ast.ClassDef)]
        yield _new_code(mutant, module, owners, function, compile(changed, str(module.__file__), "exec"))
    elif len(path) == 1 and isinstance(path[0], HAS_NAMES):
        yield from _new_constants(module, tree, path[0])
    elif len(path) == 2 and isinstance(path[0], ast.ClassDef) and isinstance(path[1], HAS_NAMES):
        owner = getattr(module, path[0].name)
        value = _value(path[1], vars(module), vars(owner))
        yield _set(owner, _name(path[1]), value)
    else:
        raise NoMutant(f"neither in a function nor a constant: {mutant.told}")


def _path_to(tree: ast.Module, line: int) -> list[ast.AST]:
    """Return the statements around a line, the outermost first, as far as classes reach."""
    path: list[ast.AST] = []
    body: list[ast.stmt] = tree.body
    while found := next((node for node in body if node.lineno <= line <= (node.end_lineno or 0)), None):
        path.append(found)
        body = found.body if isinstance(found, ast.ClassDef) else []
    return path


def _new_code(mutant: Mutant, module: ModuleType, owners: list[str], function: Function, code: CodeType) -> Undo:
    name = ".".join([*owners, function.name])
    owner: Any = module
    for part in owners:
        owner = getattr(owner, part)
    live = _function_in(vars(owner)[function.name], name)
    made = [one for one in _codes_in(code) if one.co_qualname == name]
    if live is None or len(made) != 1:
        raise NoMutant(f"no one function {name}: {mutant.told}")
    before = live.__code__
    live.__code__ = made[0]

    def take_back() -> None:
        live.__code__ = before

    return take_back


def _function_in(found: Any, name: str) -> FunctionType | None:
    """Return the function itself, below its decorators."""
    while found is not None:
        if isinstance(found, FunctionType) and found.__code__.co_qualname == name:
            return found
        found = next((getattr(found, inner) for inner in INSIDE if getattr(found, inner, None)), None)
    return None


def _codes_in(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes_in(one)


def _new_constants(module: ModuleType, tree: ast.Module, changed: ast.AST) -> Iterator[Undo]:
    """Work out the changed constant, and those after it that are made of it, wherever they were imported."""
    values = dict(vars(module))
    renewed: set[str] = set()
    for node in tree.body:
        if not isinstance(node, HAS_NAMES) or node.value is None:
            continue
        used = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
        if node is changed or used & renewed:
            name = _name(node)
            values[name] = _value(node, values, {})
            renewed.add(name)
            for holder in _holders(module, name):
                yield _set(holder, name, values[name])


def _holders(module: ModuleType, name: str) -> list[ModuleType]:
    """Return the module and every module of ours that imported this name from it."""
    found = [module]
    for other in list(sys.modules.values()):
        path = getattr(other, "__file__", None)
        if not path or not Path(path).is_relative_to(ROOT) or vars(other).get(name) is not vars(module)[name]:
            continue
        if other is not module and _imports(Path(path), module.__name__, name):
            found.append(other)
    return found


def _imports(path: Path, module: str, name: str) -> bool:
    rows = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.ImportFrom)]
    return any(node.module == module and name in {alias.name for alias in node.names} for node in rows)


def _name(node: ast.AST) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    if not isinstance(target, ast.Name):
        raise NoMutant("not one name to the left")
    return target.id


def _value(node: Any, names: Any, own: Any) -> Any:
    expression = ast.fix_missing_locations(ast.Expression(node.value))
    return eval(compile(expression, "<mutant>", "eval"), dict(names) | dict(own))  # noqa: S307  # a constant of ours


def _set(holder: Any, name: str, value: Any) -> Undo:
    before = vars(holder)[name]
    setattr(holder, name, value)
    return lambda: setattr(holder, name, before)


def _forget_answers(module: ModuleType) -> None:
    """Forget what functions of the module keep, and each query that was written once: they answered with the other code."""
    for found in list(vars(module).values()):
        if callable(getattr(found, "cache_clear", None)):
            found.cache_clear()
    for query in known_queries():
        query.forget()
