"""One thing of a packet that a text keeps back: plain data, kept beside the text."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class LeftOut:
    """One thing of a packet that a text does not print, and why; kept beside the text as it stands here."""

    what: str
    why: str
    case: str
    items: list[str] = field(default_factory=list)
