"""Every kind of material there is. A code that is not here raises KeyError; nothing is guessed of it."""

from materials.kinds import holding_line, minister, protective_notice, supporters
from materials.kinds.kind import Kind

ALL: tuple[Kind, ...] = (minister.KIND, supporters.KIND, protective_notice.KIND, holding_line.KIND)
_BY_CODE = {kind.code: kind for kind in ALL}


def find(code: str) -> Kind:
    """Return the kind of this code; an unknown one raises KeyError."""
    return _BY_CODE[code]


def composed() -> tuple[Kind, ...]:
    """Return the kinds that are composed from the packet, in the order in which they are offered."""
    return tuple(kind for kind in ALL if kind.is_composed)


def by_command() -> dict[str, Kind]:
    """Return the composed kinds by the word that names them on the command line."""
    return {kind.command: kind for kind in composed()}


def is_title(code: str) -> bool:
    """Say whether this section is the title itself, which stands above the text and is not repeated in it."""
    return any(code == kind.section_code(kind.title) for kind in ALL if kind.title)


def is_asks(code: str) -> bool:
    """Say whether the bullets of this section are asks."""
    return any(code == kind.section_code(kind.asks) for kind in ALL if kind.asks)


def is_dated_facts(code: str) -> bool:
    """Say whether each bullet of this section is one fact, with its date and the number of its claim."""
    return any(code == kind.section_code(kind.dated_facts) for kind in ALL if kind.dated_facts)


def is_unheaded(code: str) -> bool:
    """Say whether this section is drawn without its heading, on every page and sheet alike."""
    return any(code == kind.section_code(place) for kind in ALL for place in kind.unheaded)
