"""How a text is composed beyond its kind: whose asks, what was chosen, how the person is named, what it takes up."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from papers.composing.choice import Choice
from papers.composing.last_left import LastLeft
from papers.composing.naming import Naming

Choices = Mapping[uuid.UUID, Choice]


@dataclass(frozen=True)
class Wishes:
    """What the author chose for the whole text, and what left before it, by case. Unsaid, a writer goes by itself."""

    addressee: str = ""
    """Whose asks a kind with one reader carries; empty: those of the first whom the packet names."""
    choices: Choices = field(default_factory=dict)
    """What prints of each case, in which order; a case that is not there prints what the writer takes."""
    naming: str = Naming.NAMED
    reader: str = ""
    """The key of the entry of the directory that the paper is written to; its address is looked up at composing."""
    last_left: Mapping[uuid.UUID, LastLeft] = field(default_factory=dict)
