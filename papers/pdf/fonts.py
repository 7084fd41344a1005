"""Which letters the fonts of this site can draw, and which of them a paper needs. No system font is relied on."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from papers.pdf.families import ARABIC, FAMILIES, LATIN, MORE_ARABIC, Family

FOLDER = Path(settings.BASE_DIR) / "static" / "fonts"
WEIGHTS = (400, 700)
# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt, version 16): nothing is drawn for these.
NEVER_DRAWN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
SPACES = frozenset({"Zs", "Zl", "Zp"})


def needs_glyph(letter: str) -> bool:
    """Say whether something is drawn for this letter: not for a space, the end of a line, or a mark of format."""
    return not (
        letter in "\n\t\r\v\f\x85"
        or unicodedata.category(letter) in SPACES
        or NEVER_DRAWN.fullmatch(letter) is not None
    )


@cache
def letters_of(family: Family) -> frozenset[int]:
    """Return every character that this family draws."""
    with TTFont(FOLDER / family.file_of(400), lazy=True) as font:
        return frozenset(font.getBestCmap())


def families_for(text: str) -> list[Family]:
    """Return the families a text needs; loading the others would only cost time. The first is always among them."""
    needed, _missing = _looked_up(text)
    return needed


def letters_without_font(text: str) -> list[str]:
    """Return the characters of a text that no font here can draw, each once. Drawing them would print empty boxes."""
    _needed, missing = _looked_up(text)
    return [chr(letter) for letter in sorted(missing)]


def _looked_up(text: str) -> tuple[list[Family], set[int]]:
    wanted = {ord(letter) for letter in set(unicodedata.normalize("NFC", text)) if needs_glyph(letter)}
    needed = [LATIN]
    wanted -= letters_of(LATIN)
    for family in FAMILIES:
        if wanted and family.is_looked_at(wanted) and wanted & letters_of(family):
            needed.append(family)
            wanted -= letters_of(family)
    return needed, wanted


def needs_more_arabic(text: str) -> bool:
    """Say whether the first Arabic font lacks a letter of a text: then the other draws all of it, or no word would join."""
    letters = {ord(letter) for letter in set(text) if needs_glyph(letter)}
    lacking = letters - letters_of(LATIN)
    if not MORE_ARABIC.is_looked_at(lacking):
        return False
    return bool(lacking & letters_of(MORE_ARABIC) - letters_of(ARABIC))


def faces(family: Family, folder: str = "fonts/") -> str:
    """Return the @font-face rules of one family, regular and bold."""
    rule = '@font-face {{ font-family: "{0}"; font-weight: {1}; src: url("{2}{3}"); }}'
    return "\n".join(rule.format(family.name, weight, folder, family.file_of(weight)) for weight in WEIGHTS)


def sheet_for_browsers() -> str:
    """Return static/fonts/fonts.css: a browser fetches a family only where a letter of its blocks stands in the paper."""
    lines = ["/* The faces of the print view in a browser. Made by papers/pdf/fonts.py: sheet_for_browsers. */"]
    for family in FAMILIES:
        ranges = ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in family.blocks)
        only = " font-display: swap;" + (f" unicode-range: {ranges};" if ranges else "")
        lines += [line.removesuffix(" }") + only + " }" for line in faces(family, "").splitlines()]
    return "\n".join(lines) + "\n"


def why_not_printable(letters: list[str]) -> str:
    """Return one sentence that names the letters."""
    named = ", ".join(
        f"“{letter}” ({unicodedata.name(letter, f'U+{ord(letter):04X}').lower()})" for letter in letters[:5]
    )
    return _("No font here can print %(letters)s. Write it another way, or add a font.") % {"letters": named}
