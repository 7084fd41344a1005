"""What a refusal is about, by name: which claim, which consent item, which assessment; since when, and who can mend it."""

from materials.review.refusal_lines.lines import RefusalLine, lines_of_refusal
from materials.review.refusal_lines.rows import RefusalRows

__all__ = ["RefusalLine", "RefusalRows", "lines_of_refusal"]
