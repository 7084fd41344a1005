"""States and territories of today, former ones, and the invented one of a practice site, by the code that a case carries.

reference/countries.csv says of each code from which list it is: ISO 3166-1 (States, and inhabited territories that have a
code of their own), ISO 3166-3 (withdrawn codes with the day on which they were, where people lived), both as Debian's
iso-codes 4.15.0 has them, read on 29 November 2026; XKX is user-assigned. Names are the short ones in common use.
reference/country_names.csv has them in the languages of the papers: from Unicode's CLDR, read on 30 November 2026, but for
those whose row says that we wrote them.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from django.conf import settings
from django.utils.translation import get_language, gettext

from directory.vocabulary import REFERENCE
from sealing import folding

PRACTICE = "XPR"


@dataclass(frozen=True)
class Country:
    """A State: three letters, a name, and whether it is one of today, a territory, a former one, or the practice one."""

    code: str
    english: str
    kind: str

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        own = names_by_language().get(self.code, {})
        return own.get((get_language() or "").partition("-")[0]) or gettext(self.english)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name in each language of the papers."""
        return (self.english, *names_by_language()[self.code].values())

    @property
    def has_mechanisms(self) -> bool:
        """Say whether a body of today can be asked: a former State has none."""
        return self.kind != "former"


@cache
def countries() -> dict[str, Country]:
    """Return every State this site knows, by code."""
    with (REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = [Country(row["code"], row["name"], row["kind"]) for row in csv.DictReader(file)]
    return {row.code: row for row in rows}


@cache
def names_by_language() -> dict[str, dict[str, str]]:
    """Return the name of each State in other languages than English, by its code, then by language."""
    with (REFERENCE / "country_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row.pop("code"): {language: name for language, name in row.items() if language != "source"} for row in rows}


def is_known_country(code: str) -> bool:
    """Say whether this code names a State that a case can have."""
    return code in countries()


def name_of(code: str) -> str:
    """Return the name of the State in the reader's language; an unknown code stands for itself."""
    found = countries().get(code)
    return found.name if found else code


def codes_named(words: str) -> Sequence[str]:
    """Return the codes of the States that are called so in the reader's language, however it is written."""
    return _folded_names(get_language()).get(folding.fold(words), ())


@lru_cache(maxsize=64)
def _folded_names(_language: str | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in countries().values():
        found.setdefault(folding.fold(row.name), []).append(row.code)
    return found


def country_choices() -> list[tuple[str, str]]:
    """Return codes and names by name; the practice State first on a practice site, and nowhere else."""
    return list(_choices(get_language(), is_practice=bool(getattr(settings, "PRACTICE", False))))


@lru_cache(maxsize=64)  # two hundred and sixty names are translated and put in order, once for each language
def _choices(_language: str | None, *, is_practice: bool) -> tuple[tuple[str, str], ...]:
    shown = sorted((row for row in countries().values() if row.kind != "practice"), key=lambda row: row.name)
    own = [countries()[PRACTICE]] if is_practice else []
    return tuple((row.code, row.name) for row in [*own, *shown])
