"""Each question that a verb puts to its actor, taken out of the code one at a time: the table must notice.

A question that is put about each case of several is also put about the first alone, and about the last alone.
"""

import ast
import functools
import importlib
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework import access
from tests.security.acts.finding import every_act, functions_of, is_of_actions, takes_actor, trees

QUESTIONS = {"may", "rights_on", "cases_of", "holds", "may_enter", "may_approve", "may_open_cases", "may_sign_high"}
QUESTIONS |= {"why_not_sign", "may_sign_now", "is_planner_or_owner", "is_of_the_office"}
# What a verb calls to be asked by, before it does anything.
ASKERS = {"require", "locked", "_begin", "_locked", "_on_it", "_locked_open_step", "_for_signers", "_not_own_work"}
ASKERS |= {"_require_plan_or_owner", "_require_dispatch"}
FINDERS = {"visible_to", "where"}
REFUSES_UNFOUND = "(what is not found is refused)"
WITHOUT_ASKING = "_without_asking"
OUT, FIRST, LAST = "taken out", "of the first alone", "of the last alone"
Places = dict[tuple[int, int], str]
Codes = dict[Any, types.CodeType]


@dataclass(frozen=True)
class Site:
    """One question in the code of one function."""

    name: str
    words: str
    place: tuple[int, int]
    is_nested: bool = False
    """It stands in a decorator, which has been applied long ago: the name that it asks by is replaced instead."""
    how: str = OUT
    """What is done to it: it is taken out, or a loop that asks about each case looks at one end alone."""

    def __str__(self) -> str:
        return f"{self.name}: {self.words}" + ("" if self.how == OUT else f", {self.how}")


@functools.cache
def sites() -> tuple[Site, ...]:
    """Return every question of a verb or of a helper of verbs; those that read alike in one function are numbered."""
    found: list[Site] = []
    for name, tree in _functions():
        seen: dict[str, int] = {}
        for node, is_nested in _asking(tree):
            if _called_node(node) in _only_lock(name.rpartition(".")[0]):
                continue
            words = _words(node)
            seen[words] = seen.get(words, 0) + 1
            told = words if seen[words] == 1 else f"{words} ({seen[words]})"
            found.append(Site(name, told, _place(node), is_nested))
        for iterated in _loops_that_ask(tree):
            told = f"each of {ast.unparse(iterated)}, line {iterated.lineno - tree.lineno}"
            found += [Site(name, told, _place(iterated), how=how) for how in (FIRST, LAST)]
    return tuple(found)


@functools.cache
def _only_lock(module: str) -> frozenset[str]:
    """Return the helpers of a module that are named as those that ask elsewhere, and ask nothing here."""
    own = [node for node in functions_of(module) if node.name in ASKERS]
    return frozenset(node.name for node in own if not takes_actor(node))


def _loops_that_ask(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield what is looped over where somebody is asked about each, but for loops in a function within."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            continue
        for target, iterated in _targets(node):
            if any(_asks_about(one, target) for one in ast.walk(node)):
                yield iterated
        yield from _loops_that_ask(node)


def _targets(node: ast.AST) -> list[tuple[str, ast.expr]]:
    """Return by what name a loop or a comprehension knows each, and what it goes over."""
    if isinstance(node, ast.For):
        return [(node.target.id, node.iter)] if isinstance(node.target, ast.Name) else []
    made = getattr(node, "generators", [])
    return [(one.target.id, one.iter) for one in made if isinstance(one.target, ast.Name)]


def _asks_about(node: ast.AST, target: str) -> bool:
    """Say whether this is a question to the actor about one of what is looped over."""
    if not isinstance(node, ast.Call) or _called(node) not in {*QUESTIONS, *ASKERS}:
        return False
    named = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return {target, "actor"} <= named


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
        elif isinstance(node, ast.Call) and (_called(node) in ASKERS or _finds_for(node, known)):
            yield node, is_nested
        elif not isinstance(node, ast.Raise):
            inner = is_nested or isinstance(node, ast.FunctionDef)
            yield from _asking(node, known=known, is_nested=inner)


def _finds_for(node: ast.Call, known: set[str]) -> bool:
    """Say whether this finds only what the actor may know of, for a function that refuses where nothing is found."""
    finds = isinstance(node.func, ast.Attribute) and node.func.attr in FINDERS and REFUSES_UNFOUND in known
    return finds and bool(node.args) and _is_about_actor(node.args[0], set())


def _refuses_unfound(tree: ast.AST) -> bool:
    """Say whether a function raises where it found nothing."""
    tests = [one.test for one in ast.walk(tree) if isinstance(one, ast.If) and isinstance(one.body[0], ast.Raise)]
    return any("is None" in ast.unparse(test) for test in tests)


def _is_check(node: ast.AST, known: set[str]) -> bool:
    """Say whether this is one check of several, or several at once, and about the actor."""
    if isinstance(node, ast.Tuple) and len(node.elts) == 2:
        return _is_about_actor(node.elts[0], known)
    return isinstance(node, ast.Starred) and _is_about_actor(node.value, known)


def _is_about_actor(node: ast.AST, known: set[str]) -> bool:
    """Say whether the actor is asked about here; for whose eyes a refusal is put into words (`viewer=`) is no question."""
    eyes = {id(one.value) for one in ast.walk(node) if isinstance(one, ast.keyword) and one.arg == "viewer"}
    named = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and id(one) not in eyes}
    return bool(named & (known | {"actor"}))


def _answers(tree: ast.AST) -> set[str]:
    """Return the names in a function that hold an answer about the actor: what a question said, or whose a thing is."""
    found: set[str] = {REFUSES_UNFOUND} if _refuses_unfound(tree) else set()
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


def _called_node(node: ast.AST) -> str:
    return _called(node.value if isinstance(node, ast.Expr) else node)


def _place(node: ast.AST) -> tuple[int, int]:
    return (node.lineno, node.col_offset)  # type: ignore[attr-defined]


def _words(node: ast.AST) -> str:
    return " ".join(ast.unparse(node.test if isinstance(node, ast.If) else node).split())[:100]


class _TakenOut(ast.NodeTransformer):
    """Takes questions out, those at these places; or lets a loop that asks look at one end alone."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def visit(self, node: ast.AST) -> Any:
        how = self.places.get(_place(node)) if hasattr(node, "lineno") else None
        if how is None:
            return self.generic_visit(node)
        if how != OUT:
            return _one_end(node, how) if isinstance(node, ast.expr) else self.generic_visit(node)
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
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FINDERS:
            every = ast.Attribute(node.func.value, "all", ast.Load())
            return ast.copy_location(ast.Call(every, [], []), node)
        return self.generic_visit(node)


def _one_end(node: ast.expr, how: str) -> ast.expr:
    """Return the first, or the last, of what is looped over."""
    place = ast.Slice(None, ast.Constant(1)) if how == FIRST else ast.Slice(ast.UnaryOp(ast.USub(), ast.Constant(1)))
    every = ast.List([ast.Starred(node, ast.Load())], ast.Load())
    return ast.copy_location(ast.Subscript(every, place, ast.Load()), node)


def _own(name: str) -> Any:
    """Return the function that a `def` made, under whatever decorates it."""
    module, _dot, own = name.rpartition(".")
    found = getattr(importlib.import_module(module), own)
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    return found


def _code(name: str, places: Places) -> types.CodeType:
    """Return the code of a function without the questions at these places."""
    module, _dot, own = name.rpartition(".")
    path = importlib.import_module(module).__file__ or ""
    tree = deepcopy(_functions_in(path)[own])
    tree.decorator_list = []
    mutated = ast.fix_missing_locations(ast.Module([_TakenOut(places).visit(tree)], []))
    compiled = compile(mutated, path, "exec").co_consts
    return next(one for one in compiled if isinstance(one, types.CodeType) and one.co_name == own)


@functools.cache
def _functions_in(path: str) -> dict[str, ast.FunctionDef]:
    """Return the functions of a file, parsed once: each question taken out is one change of one of them."""
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    own = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert len({node.name for node in own}) == len(own), path
    return {node.name: node for node in own}


@functools.cache
def _all_out() -> tuple[tuple[Any, types.CodeType], ...]:
    """Return every function that asks, with its code without any question; and the question itself."""
    places: dict[str, Places] = {}
    for site in sites():
        if not site.is_nested and site.how == OUT:
            places.setdefault(site.name, {})[site.place] = OUT
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
        with _swapped([(_own(site.name), _code(site.name, {site.place: site.how}))]):
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
