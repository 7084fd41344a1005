"""How a source may be named outside: what each rule of attribution means for a paper."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

NAMED_BY_ITS_WORDS = frozenset({"AT_RECORD", "AT_BACKGROUND"})
"""Printed by the words for outside that somebody gave the source; without them nothing is decided."""
NEVER_NAMED = frozenset({"AT_DEEP", "AT_CHATHAM"})
"""Used, and printed as a source whose name is withheld."""
NOT_USED = frozenset({"AT_OFF", "AT_EMBARGO"})
"""Carries nothing that is printed."""


def is_web_address(text: str) -> bool:
    """Say whether this is a whole address on the web, http or https."""
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return False
    return True


def is_decided(source: Any) -> bool:
    """Say whether a paper may rest on the source and knows what to call it; a rule that is not known is no."""
    return source.secrecy in NEVER_NAMED or (source.secrecy in NAMED_BY_ITS_WORDS and bool(source.attribution))
