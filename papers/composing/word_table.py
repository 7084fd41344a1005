"""The table of the fixed words of documents (reference/document_words.csv), and how a row of it is said.

A cell holds words with holes: `%(date)s` takes a value as it is, `%(date.since)s` the form of it that stands behind
*since* in that language. A cell with `|` holds one form for each number that the language tells apart, in the order of
its own gettext catalogue in Django. A row whose key ends in `.woman` or `.man` is said of somebody who chose so.
"""

import csv
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.utils.translation import trans_real

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
HOLE = re.compile(r"%\((?P<name>\w+)(?:\.(?P<form>\w+))?\)s(?P<stop>\.?)")
OF_A_NUMBER = "|"


class WordForms(str):
    """Words that stand otherwise in some places of a sentence; a form that they do not have is the words themselves."""

    forms: dict[str, str]

    def __new__(cls, words: str, **forms: str) -> "WordForms":
        made = super().__new__(cls, words)
        made.forms = forms
        return made

    def form(self, name: str | None) -> str:
        """Return this form, else the words themselves."""
        return self.forms.get(name or "", str(self))

    def each(self, change: Callable[[str], str]) -> "WordForms":
        """Return the words with the same change made to each form."""
        return WordForms(change(str(self)), **{name: change(words) for name, words in self.forms.items()})


@cache
def fixed_words() -> dict[str, dict[str, str]]:
    """Return every fixed word by its key, then by language."""
    with (REFERENCE / "document_words.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("key"): row for row in csv.DictReader(file)}


def say(key: str, language: str, *, spoken_of: str = "", **values: object) -> str:
    """Return the fixed words under this key; a language without them raises KeyError, it never falls back in silence.

    `spoken_of` is how the person is spoken of: a row of its own is taken where there is one, else the neutral words.
    """
    table = fixed_words()
    chosen = f"{key}.{spoken_of}" if spoken_of else key
    return _filled(table.get(chosen, table[key])[language], values)


def counted(key: str, language: str, n: int, **values: object) -> str:
    """Return the fixed words under this key in the form that goes with this number, which stands in `%(n)s`."""
    forms = fixed_words()[key][language].split(OF_A_NUMBER)
    return _filled(forms[min(form_of(n, language), len(forms) - 1)], {"n": n, **values})


def form_of(n: int, language: str) -> int:
    """Return which of its forms a language takes with this number, as Django's own catalogue of that language says."""
    return int(trans_real.translation(language).plural(n))


def _filled(words: str, values: dict[str, object]) -> str:
    """Fill the holes. A value that ends with a full stop, such as a year in Russian, takes no second one."""

    def fill(hole: re.Match[str]) -> str:
        value = values[hole["name"]]
        said = value.form(hole["form"]) if isinstance(value, WordForms) else str(value)
        return said if said.endswith(".") else said + hole["stop"]

    return HOLE.sub(fill, words)
