"""Every kind of material there is: each module of this folder that holds a KIND. A code that none has raises KeyError."""

from importlib import import_module
from pkgutil import iter_modules

from casework.models.aims import Situation
from papers import kind_labels, kinds
from papers.kinds.kind import Kind


def _every() -> tuple[Kind, ...]:
    """Return the kinds of this folder, in the order of their files' names; whoever adds a file adds a kind."""
    names = sorted(module.name for module in iter_modules(kinds.__path__))
    modules = [import_module(f"{kinds.__name__}.{name}") for name in names if name not in {"kind", "registry"}]
    return tuple(module.KIND for module in modules if isinstance(getattr(module, "KIND", None), Kind))


ALL: tuple[Kind, ...] = _every()
for known in ALL:
    kind_labels.tell(known.code, known.label)
_BY_CODE = {kind.code: kind for kind in ALL}


def find(code: str) -> Kind:
    """Return the kind of this code; an unknown one raises KeyError."""
    return _BY_CODE[code]


def composed() -> tuple[Kind, ...]:
    """Return the kinds that are composed from the packet, in the order in which they are offered."""
    return tuple(kind for kind in ALL if kind.is_composed)


def fitting(situation: Situation) -> tuple[Kind, ...]:
    """Return the composed kinds that may be written where a person is, those made for it first."""
    offered = [kind for kind in composed() if situation in kind.made_for or not kind.is_only_for]
    return tuple(sorted(offered, key=lambda kind: situation not in kind.made_for))


def by_command() -> dict[str, Kind]:
    """Return the composed kinds by the word that names them on the command line."""
    return {kind.command: kind for kind in composed()}


def is_title(code: str) -> bool:
    """Say whether this section is the title itself, which stands above the text and is not repeated in it."""
    return any(code == kind.section_code(kind.title) for kind in ALL if kind.title)


def is_asks(code: str) -> bool:
    """Say whether the bullets of this section are asks."""
    return any(code == kind.section_code(kind.asks) for kind in ALL if kind.asks)


def most_asks(code: str) -> int:
    """Return how many asks this section carries at most; nothing where its bullets are no asks."""
    return next((kind.most_asks for kind in ALL if kind.asks and code == kind.section_code(kind.asks)), 0)


def is_dated_facts(code: str) -> bool:
    """Say whether each bullet of this section is one fact, with its date and the number of its claim."""
    return any(code == kind.section_code(kind.dated_facts) for kind in ALL if kind.dated_facts)


def is_unheaded(code: str) -> bool:
    """Say whether this section is drawn without its heading, on every page and sheet alike."""
    return any(code == kind.section_code(place) for kind in ALL for place in kind.unheaded)
