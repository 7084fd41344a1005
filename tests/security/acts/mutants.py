"""Each question that a verb puts to its actor, taken out of the code one at a time: the table must notice."""

import ast
import functools
import importlib
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework import access
from tests.security.acts.finding import every_act, functions_of, is_of_actions, trees

QUESTIONS = {"may", "rights_on", "cases_of", "holds", "may_enter", "may_approve", "may_open_cases", "may_sign_high"}
QUESTIONS |= {"why_not_sign", "may_sign_now", "is_planner_or_owner", "is_of_the_office"}
# What a verb calls to be asked by, before it does anything.
ASKERS = {"require", "locked", "_begin", "_locked", "_on_it", "_locked_open_step", "_for_signers", "_not_own_work"}
ASKERS |= {"_require_plan_or_owner", "_require_dispatch"}
WITHOUT_ASKING = "_without_asking"
Codes = dict[Any, types.CodeType]


@dataclass(frozen=True)
class Site:
    """One question in the code of one function."""

    name: str
    words: str
    place: tuple[int, int]
    is_nested: bool = False
    """It stands in a decorator, which has been applied long ago: the name that it asks by is replaced instead."""

    def __str__(self) -> str:
        return f"{self.name}: {self.words}"


@functools.cache
def sites() -> tuple[Site, ...]:
    """Return every question of a verb or of a helper of verbs; those that read alike in one function are numbered."""
    found: list[Site] = []
    for name, tree in _functions():
        seen: dict[str, int] = {}
        for node, is_nested in _asking(tree):
            words = _words(node)
            seen[words] = seen.get(words, 0) + 1
            told = words if seen[words] == 1 else f"{words} ({seen[words]})"
            found.append(Site(name, told, _place(node), is_nested))
    return tuple(found)


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every function of the modules that hold verbs; the question itself has tests of its own."""
    modules = {name.rpartition(".")[0] for name in every_act()} | {one for one in trees() if is_of_actions(one)}
    for module in sorted(modules - {"casework.access"}):
        yield from ((f"{module}.{node.name}", node) for node in functions_of(module))


def _asking(tree: ast.AST, *, known: set[str] | None = None, is_nested: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """Yield each place of a function where somebody is asked, and whether it stands in a function within."""
    known = _answers(tree) if known is None else known
    for node in ast.iter_child_nodes(tree):
        if (isinstance(node, ast.Expr) and _called(node.value) in ASKERS) or (
            isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise) and _is_about_actor(node.test, known)
        ):
            yield node, is_nested
        elif isinstance(node, ast.Call) and _called(node) == "refuse_if":
            yield from ((check, is_nested) for check in node.args if _is_check(check, known))
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.List):
            yield from ((check, is_nested) for check in node.value.elts if _is_check(check, known))
        elif isinstance(node, ast.Call) and _called(node) in ASKERS:
            yield node, is_nested
        elif not isinstance(node, ast.Raise):
            inner = is_nested or isinstance(node, ast.FunctionDef)
            yield from _asking(node, known=known, is_nested=inner)


def _is_check(node: ast.AST, known: set[str]) -> bool:
    """Say whether this is one check of several, or several at once, and about the actor."""
    if isinstance(node, ast.Tuple) and len(node.elts) == 2:
        return _is_about_actor(node.elts[0], known)
    return isinstance(node, ast.Starred) and _is_about_actor(node.value, known)


def _is_about_actor(node: ast.AST, known: set[str]) -> bool:
    return bool({one.id for one in ast.walk(node) if isinstance(one, ast.Name)} & (known | {"actor"}))


def _answers(tree: ast.AST) -> set[str]:
    """Return the names in a function that hold an answer about the actor: what a question said, or whose a thing is."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            asks = {_called(one) for one in ast.walk(node.value) if isinstance(one, ast.Call)} & QUESTIONS
            compares = any(isinstance(one, ast.Compare) for one in ast.walk(node.value))
            if _is_about_actor(node.value, found) and (asks or compares):
                found.add(node.targets[0].id)
    return found


def _called(node: ast.AST) -> str:
    """Return the name of a function that is called by its own name; nothing for anything else."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _place(node: ast.AST) -> tuple[int, int]:
    return (node.lineno, node.col_offset)  # type: ignore[attr-defined]


def _words(node: ast.AST) -> str:
    return " ".join(ast.unparse(node.test if isinstance(node, ast.If) else node).split())[:100]


class _TakenOut(ast.NodeTransformer):
    """Takes questions out: those at these places."""

    def __init__(self, places: set[tuple[int, int]]) -> None:
        self.places = places

    def visit(self, node: ast.AST) -> Any:
        if not (hasattr(node, "lineno") and _place(node) in self.places):
            return self.generic_visit(node)
        if isinstance(node, ast.Expr) and _called(node.value) in ASKERS:
            return ast.copy_location(ast.Pass(), node)
        if isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise):
            return [self.visit(one) for one in node.orelse] or ast.copy_location(ast.Pass(), node)
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            return ast.copy_location(ast.Tuple([ast.Constant(False), node.elts[1]], ast.Load()), node)
        if isinstance(node, ast.Starred):
            return ast.copy_location(ast.Starred(ast.Tuple([], ast.Load()), ast.Load()), node)
        if isinstance(node, ast.Call) and _called(node) in ASKERS:
            return ast.copy_location(
                ast.Call(ast.Name(WITHOUT_ASKING, ast.Load()), [node.func, *node.args], node.keywords), node
            )
        return self.generic_visit(node)


def _own(name: str) -> Any:
    """Return the function that a `def` made, under whatever decorates it."""
    module, _dot, own = name.rpartition(".")
    found = getattr(importlib.import_module(module), own)
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    return found


def _code(name: str, places: set[tuple[int, int]]) -> types.CodeType:
    """Return the code of a function without the questions at these places."""
    module, _dot, own = name.rpartition(".")
    path = importlib.import_module(module).__file__ or ""
    (tree,) = (node for node in ast.parse(_text(path)).body if isinstance(node, ast.FunctionDef) and node.name == own)
    tree.decorator_list = []
    mutated = ast.fix_missing_locations(ast.Module([_TakenOut(places).visit(tree)], []))
    compiled = compile(mutated, path, "exec").co_consts
    return next(one for one in compiled if isinstance(one, types.CodeType) and one.co_name == own)


@functools.cache
def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


@functools.cache
def _all_out() -> tuple[tuple[Any, types.CodeType], ...]:
    """Return every function that asks, with its code without any question; and the question itself."""
    places: dict[str, set[tuple[int, int]]] = {}
    for site in sites():
        if not site.is_nested:
            places.setdefault(site.name, set()).add(site.place)
    found = [(_own(name), _code(name, every)) for name, every in places.items()]
    return (*found, (access.require, (lambda actor, right, case: None).__code__))


def _without_asking(function: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Call a helper that locks and asks, so that it only locks."""
    with _swapped(_all_out()):
        return function(*args, **options)


@contextmanager
def _swapped(codes: Any) -> Iterator[None]:
    """Let these functions run other code for a while; whoever holds them runs it too."""
    before = [(function, function.__code__, WITHOUT_ASKING in function.__globals__) for function, _code in codes]
    try:
        for function, code in codes:
            function.__globals__[WITHOUT_ASKING] = _without_asking
            function.__code__ = code
        yield
    finally:
        for function, code, is_known in reversed(before):
            function.__code__ = code
            if not is_known:
                function.__globals__.pop(WITHOUT_ASKING, None)


@contextmanager
def without(site: Site) -> Iterator[None]:
    """Take this one question out of the code."""
    if not site.is_nested:
        with _swapped([(_own(site.name), _code(site.name, {site.place}))]):
            yield
        return
    module = importlib.import_module(site.name.rpartition(".")[0])
    asks, module.require = module.require, lambda actor, right, case: None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        module.require = asks  # type: ignore[attr-defined]


@contextmanager
def without_any() -> Iterator[None]:
    """Take every question out of every verb."""
    with _swapped(_all_out()):
        yield


@functools.cache
def reached_from(name: str) -> frozenset[str]:
    """Return the functions that an act may come to, itself among them."""
    found, edge = {name}, [name]
    while edge:
        for other in _calls_of().get(edge.pop(), ()):
            if other not in found:
                found.add(other)
                edge.append(other)
    return frozenset(found)


@functools.cache
def _calls_of() -> dict[str, frozenset[str]]:
    """Return by function which of these functions its code names."""
    known = dict(_functions())
    keys = {id(_own(name)): name for name in known}
    found = {}
    for name, tree in known.items():
        space = vars(importlib.import_module(name.rpartition(".")[0]))
        named = (_resolved(node, space) for node in ast.walk(tree))
        found[name] = frozenset(keys[id(one)] for one in named if id(one) in keys)
    return found


def _resolved(node: ast.AST, space: dict[str, Any]) -> Any:
    """Return the function that a name stands for, under whatever decorates it."""
    found = None
    if isinstance(node, ast.Name):
        found = space.get(node.id)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        found = getattr(space.get(node.value.id), node.attr, None)
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    return found
