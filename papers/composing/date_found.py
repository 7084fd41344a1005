"""Which date stands in words on a paper: found by writing each date that it may be, so that nothing is guessed."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from django.utils.dates import MONTHS

from papers.composing.date_words import date, months_of

HEDGES = ("", "~", "?", "%")
OF_ONE = ("{0}", "[..{0}]", "[{0}..]", "{0}/..", "../{0}", "{0}/", "/{0}")
OF_TWO = ("{0}/{1}", "[{0},{1}]", "{{{0},{1}}}", "{{{0}..{1}}}")


@cache
def date_in(words: str, language: str) -> str:
    """Return the date that reads as these words, as EDTF text; empty where none of our forms does."""
    said = _spaced(words)
    return next((text for text in _candidates(said, language) if _spaced(date(text, language)) == said), "")


def _spaced(words: str) -> str:
    """Return words with plain spaces: an author may have typed a date anew, or a program lost its no-break spaces."""
    return " ".join(words.split())


def _candidates(words: str, language: str) -> Iterator[str]:
    """Return each date that these words may mean, the commonest first."""
    found = _named_in(words, language)
    hedged = [[text + hedge for hedge in HEDGES] for text in found]
    if len(found) == 1:
        yield from (form.format(text) for form, text in product(OF_ONE, hedged[0]))
    elif len(found) == 2:
        yield from (form.format(*pair) for form, pair in product(OF_TWO, product(*hedged)))


def _named_in(words: str, language: str) -> list[str]:
    """Return the days, months and years that are named, each as far as it is; a day before "–" is of the month behind it."""
    found = []
    for first, day, month, year in _pattern(language).findall(words):
        parts = [year, *([f"{_months(language)[month.casefold()]:02d}"] if month else [])]
        found += ["-".join([*parts, f"{int(one):02d}"]) for one in (first, day) if one] if month else []
        found += ["-".join(parts)] if not (month and day) else []
    return found


@cache
def _months(language: str) -> dict[str, int]:
    return {name.casefold(): number for number in MONTHS for name in months_of(number, language)}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    day = r"(?:(?:(\d{1,2})–)?(\d{1,2})(?:er)?(?: de)? )?"
    return re.compile(rf"(?<!\d)(?:{day}({names})(?: de)? )?(\d{{4}})(?!\d)", re.IGNORECASE)
