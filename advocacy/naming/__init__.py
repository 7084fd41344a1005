"""What a refusal is about, by name: which claim, which consent item, which assessment; since when, and who can mend it."""

from advocacy.naming.facts import Facts
from advocacy.naming.lines import Shown, lines_of

__all__ = ["Facts", "Shown", "lines_of"]
