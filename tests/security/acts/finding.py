"""Which acts there are: found in the code, so that a new one is red until it stands in the table."""

import ast
import functools
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from tools.machine import ROOT

APPS = (
    "accounts",
    "audit",
    "casework",
    "claims",
    "consents",
    "packet",
    "exchange",
    "directory",
    "work",
    "safety",
    "papers",
    "materials",
    "advocacy",
    "notes",
    "web",
    "config",
)
GATE = "safety.gate"
WRITES = {"save", "save_each", "create", "bulk_create", "update", "bulk_update", "get_or_create", "update_or_create"}
WRITES |= {"delete", "record", "mark_anew", "post", "give", "notify_people", "notify_case", "tell_signers", "tell"}


@functools.cache
def trees() -> dict[str, ast.Module]:
    """Return the syntax tree of every module of the apps, by its dotted name."""
    found = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                found[_dotted(path)] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions_of(module: str) -> Iterator[ast.FunctionDef]:
    """Yield the functions at the top of a module."""
    yield from (node for node in trees()[module].body if isinstance(node, ast.FunctionDef))


def takes_actor(node: ast.FunctionDef) -> bool:
    """Say whether somebody acts through this function."""
    arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    return any(argument.arg == "actor" for argument in arguments)


def is_of_actions(module: str) -> bool:
    """Say whether a module holds verbs and nothing else: the room of actions, and the gate."""
    return "actions" in module.split(".") or module == GATE


@functools.cache
def every_act() -> frozenset[str]:
    """Return every public function that takes an actor, and every other one of the rooms that hold verbs."""
    return frozenset(
        f"{module}.{node.name}"
        for module in trees()
        for node in functions_of(module)
        if not node.name.startswith("_") and (takes_actor(node) or is_of_actions(module))
    )


def methods_with_an_actor() -> set[str]:
    """Return methods of classes that take an actor: the table knows functions alone, so there may be none in public."""
    return {
        f"{module}.{holder.name}.{node.name}"
        for module, tree in trees().items()
        for holder in tree.body
        if isinstance(holder, ast.ClassDef)
        for node in holder.body
        if isinstance(node, ast.FunctionDef) and takes_actor(node) and not node.name.startswith("_")
    }


def function(name: str) -> Any:
    """Return the function as it is called now, by its dotted name."""
    module, _dot, own = name.rpartition(".")
    return getattr(importlib.import_module(module), own)


def raw(name: str) -> Any:
    """Return the innermost function under its decorators: what its `def` made."""
    return inspect.unwrap(function(name))


def written_by(name: str) -> set[str]:
    """Return the calls in the function itself that write rows, the trail or messages."""
    module, _dot, own = name.rpartition(".")
    (node,) = (one for one in functions_of(module) if one.name == own)
    calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return {getattr(call, "attr", getattr(call, "id", "")) for call in calls} & WRITES


def callers_of(name: str) -> set[str]:
    """Return the modules that use a function, by whatever name they know it; one that only hands it on is none."""
    wanted, own = function(name), name.rpartition(".")[2]
    told = {module for module in trees() if own in _every_name(module)}
    return {module for module in told if _uses(importlib.import_module(module), trees()[module], wanted)}


@functools.cache
def _every_name(module: str) -> frozenset[str]:
    names = (
        getattr(node, "id", "") or getattr(node, "attr", "") or getattr(node, "name", "")
        for node in ast.walk(trees()[module])
    )
    return frozenset(names)


def _uses(module: ModuleType, tree: ast.Module, wanted: Any) -> bool:
    own = {key for key, value in vars(module).items() if value is wanted}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in own:
            return True
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            holder = vars(module).get(node.value.id)
            if isinstance(holder, ModuleType) and getattr(holder, node.attr, None) is wanted:
                return True
    return False
