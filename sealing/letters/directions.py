"""Marks that set the direction of a line: a messenger puts them around a pasted name, and they are no part of it."""

import re

EMBEDDING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def without_directions(text: str) -> str:
    """Return the text without marks of embedding, override and isolation; joiners, which spell words, stay."""
    return EMBEDDING.sub("", text)
