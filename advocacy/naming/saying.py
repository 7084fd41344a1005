"""The sentences of one line of a refusal, and days and names in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

NAMED = 3


@dataclass(frozen=True)
class Said:
    """What a line says beyond its code: another sentence, since when, who can mend it, and another way there."""

    title: str = ""
    since: str = ""
    who: str = ""
    url: str = ""
    label: str = ""


def names_in_words(names: Iterable[Any]) -> str:
    """Return a few names as a list, and how many more there are."""
    every = [str(name) for name in names]
    listed = pgettext("between the items of a list", ", ").join(every[:NAMED])
    more = len(every) - NAMED
    if more <= 0:
        return listed
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": listed, "n": more}


def by(person: Any) -> str:
    """Return who did something, also where nobody is known."""
    return str(person) if person else _("Unknown")
