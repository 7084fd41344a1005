"""The sentences of one line of a refusal."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Said:
    """What a line says beyond its code: another sentence, since when, who can mend it, and another way there."""

    title: str = ""
    since: str = ""
    who: str = ""
    url: str = ""
    label: str = ""


def by(person: Any) -> str:
    """Return who did something, also where nobody is known."""
    return str(person) if person else _("Unknown")
