"""What a refusal is about, by name: which claim, which consent item, which assessment; since when, and who can mend it."""

from materials.review.refusal_lines.lines import Shown, lines_of
from materials.review.refusal_lines.rows import Facts

__all__ = ["Facts", "Shown", "lines_of"]
