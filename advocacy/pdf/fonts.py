"""The fonts that are part of this site, and which letters they can draw. No system font is relied on."""

import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

FOLDER = Path(settings.BASE_DIR) / "static" / "fonts"
FAMILIES = {
    "Amparo Latin": "noto-sans-latin",
    "Amparo Latin Extended": "noto-sans-latin-ext",
    "Amparo Cyrillic": "noto-sans-cyrillic",
    "Amparo Cyrillic Extended": "noto-sans-cyrillic-ext",
    "Amparo Greek": "noto-sans-greek",
    "Amparo Vietnamese": "noto-sans-vietnamese",
    "Amparo Arabic": "vazirmatn-arabic",
    "Amparo Han": "noto-sans-sc",
}
NEEDS_NO_FONT = frozenset("\n\t\r\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u061c")


@cache
def coverage() -> frozenset[int]:
    """Return every character that some font of ours draws."""
    found: set[int] = set()
    for stem in FAMILIES.values():
        with TTFont(FOLDER / f"{stem}-400.woff2", lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(found)


def letters_without_font(text: str) -> list[str]:
    """Return the characters of a text that no font here can draw, each once. Drawing them would print empty boxes."""
    known = coverage()
    composed = unicodedata.normalize("NFC", text)
    return sorted({letter for letter in composed if ord(letter) not in known and letter not in NEEDS_NO_FONT})


def why_not_printable(letters: list[str]) -> str:
    """Return one sentence that names the letters."""
    named = ", ".join(f"“{letter}” ({unicodedata.name(letter, 'U+%04X' % ord(letter)).lower()})" for letter in letters[:5])
    return _("No font here can print %(letters)s. Write it another way, or add a font.") % {"letters": named}
