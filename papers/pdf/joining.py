"""Where no line may end: inside dates, after "art." and "no.", between initials, before "°" (the interface guide, print)."""

import re
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_ALT

from papers.composing.words import NAMES

ARTICLE = r"(?:arts?|no|nos|para|paras|p|pp|núm|págs?|párrs?|al|chap|стр?|пп?|ч|гл|§)\.?|n°|№|المادة|المادتان|المواد|الفقرة|رقم"
INITIAL = r"\b[A-ZА-ЯЁ]\."


@cache
def _joins() -> re.Pattern[str]:
    months: set[str] = set()
    for language in NAMES:
        with translation.override(language):
            named = {str(name) for name in (*MONTHS.values(), *MONTHS_ALT.values())}
            months |= named if language == "en" else named | {name.lower() for name in named}
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    return re.compile(
        rf"\b(?:[0-9٠-٩]{{1,2}}(?:er)? (?:de )?)?(?:{names})(?: (?:de )?[0-9٠-٩]{{4}}(?: г\.)?)?(?!\w)"
        rf"|(?<!\w)(?:{ARTICLE}) (?=[0-9٠-٩])|{INITIAL} (?=[A-ZА-ЯЁ])"
    )


def joined(text: str) -> str:
    """Return the text with no-break spaces where a line may not end, and the sign of our own lines bound to its word."""
    return bound(_joins().sub(lambda found: found[0].replace(" ", "\u00a0"), text))


def bound(text: str) -> str:
    """Return the text with "°" bound to the word before it, by a sign that is drawn and read as nothing."""
    return text.replace("°", "\u2060°")
