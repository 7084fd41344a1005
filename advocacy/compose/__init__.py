"""Documents composed from the packet: what an audience may read, by the sections of its template (DESIGN: materials)."""

from advocacy.compose.composing import Composed, compose
from advocacy.compose.notice import Answers, notice

__all__ = ["Answers", "Composed", "compose", "notice"]
