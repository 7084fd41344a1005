"""Documents composed from the packet: what an audience may read, by the sections of its template (DESIGN: materials)."""

from materials.composing.composing import Composed, compose
from materials.composing.notice import Answers, notice

__all__ = ["Answers", "Composed", "compose", "notice"]
