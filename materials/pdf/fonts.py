"""The fonts that are part of this site, and which letters they can draw. No system font is relied on."""

import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

FOLDER = Path(settings.BASE_DIR) / "static" / "fonts"
FAMILIES = {
    "Amparo Latin": "noto-sans-latin-{}.woff2",
    "Amparo Latin Extended": "noto-sans-latin-ext-{}.woff2",
    "Amparo Cyrillic": "noto-sans-cyrillic-{}.woff2",
    "Amparo Cyrillic Extended": "noto-sans-cyrillic-ext-{}.woff2",
    "Amparo Greek": "noto-sans-greek-{}.woff2",
    "Amparo Vietnamese": "noto-sans-vietnamese-{}.woff2",
    "Amparo Arabic": "vazirmatn-arabic-{}.woff2",
    "Amparo Han": "noto-sans-sc-{}.woff",
}
NEEDS_NO_FONT = frozenset("\n\t\r\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u061c")


@cache
def letters_of(family: str) -> frozenset[int]:
    """Return every character that this family draws."""
    with TTFont(FOLDER / FAMILIES[family].format(400), lazy=True) as font:
        return frozenset(font.getBestCmap())


def families_for(text: str) -> list[str]:
    """Return the families a text needs; loading the others would only cost time. The first is always among them."""
    wanted = {ord(letter) for letter in unicodedata.normalize("NFC", text)}
    needed = [next(iter(FAMILIES))]
    wanted -= letters_of(needed[0])
    for family in list(FAMILIES)[1:]:
        if wanted and wanted & letters_of(family):
            needed.append(family)
            wanted -= letters_of(family)
    return needed


def faces(family: str) -> str:
    """Return the @font-face rules of one family, regular and bold."""
    rule = '@font-face {{ font-family: "{0}"; font-weight: {1}; src: url("fonts/{2}"); }}'
    return "\n".join(rule.format(family, weight, FAMILIES[family].format(weight)) for weight in (400, 700))


def letters_without_font(text: str) -> list[str]:
    """Return the characters of a text that no font here can draw, each once. Drawing them would print empty boxes."""
    letters = {letter for letter in unicodedata.normalize("NFC", text) if letter not in NEEDS_NO_FONT}
    for family in FAMILIES:
        if not letters:
            break
        known = letters_of(family)
        letters = {letter for letter in letters if ord(letter) not in known}
    return sorted(letters)


def why_not_printable(letters: list[str]) -> str:
    """Return one sentence that names the letters."""
    named = ", ".join(
        f"“{letter}” ({unicodedata.name(letter, f'U+{ord(letter):04X}').lower()})" for letter in letters[:5]
    )
    return _("No font here can print %(letters)s. Write it another way, or add a font.") % {"letters": named}
