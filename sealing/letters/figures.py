"""Figures as people type and paste them: in the digits of any script, with marks that cannot be seen, in wide letters."""

import unicodedata

_HYPHENS = frozenset("\u2212\ufe63")
_STROKES = frozenset("\u060d\u2044\u2215\u29f8")
_COLONS = frozenset("\u2236\ua789")


def plain_figures(text: str) -> str:
    """Return the text with ASCII digits, hyphens, strokes, colons and spaces, and without marks that cannot be seen.

    It is for days, hours, numbers and codes. Nothing is guessed: a letter stays a letter.
    """
    return "".join(_plain(sign) for sign in text).strip()


def _plain(sign: str) -> str:
    if sign.isascii():
        return " " if sign.isspace() else sign
    if (digit := unicodedata.decimal(sign, None)) is not None:
        return str(digit)
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ""
    if sign.isspace() or kind.startswith("Z"):
        return " "
    if kind == "Pd" or sign in _HYPHENS:
        return "-"
    if sign in _STROKES:
        return "/"
    if sign in _COLONS:
        return ":"
    wide = unicodedata.normalize("NFKC", sign)
    return wide if len(wide) == 1 and wide.isascii() else sign
