"""Languages: those that people and the office say they read, those of papers, and the script each is written in."""

from django.conf.locale import LANG_INFO
from django.utils import translation
from django.utils.translation import gettext

READ = ("en", "fr", "es", "ar", "ru", "zh-hans", "pt", "fa", "tr", "uk", "be", "de", "it", "vi", "my")
OF_PAPERS = ("en", "fr", "es", "ar", "ru")
"""In these a packet is written, and its words are translated; papers exist in those of them that have fixed words."""
WRITTEN_SMALL = frozenset({"fr", "es", "ru"})
"""Languages that write the name of a language with a small letter inside a sentence."""
SCRIPTS = {
    "ar": "ARABIC",
    "fa": "ARABIC",
    "ru": "CYRILLIC",
    "uk": "CYRILLIC",
    "be": "CYRILLIC",
    "zh-hans": "CJK",
    "my": "MYANMAR",
}


def language_name(code: str, language: str | None = None) -> str:
    """Return the name of a language, in this language, else in the reader's."""
    inside = language or translation.get_language() or ""
    with translation.override(inside):
        name = gettext(LANG_INFO[code]["name"])
    return name[:1].lower() + name[1:] if inside.partition("-")[0] in WRITTEN_SMALL else name


def read_choices() -> list[tuple[str, str]]:
    """Return codes and names for a form."""
    return [(code, language_name(code)) for code in READ]


def paper_languages() -> list[tuple[str, str]]:
    """Return the languages of papers with their names, for a form."""
    return [(code, language_name(code)) for code in OF_PAPERS]


def script_of_language(code: str) -> str:
    """Return the script in which a language is written, as `sealing.letters.scripts` calls it."""
    return SCRIPTS.get(code, "LATIN")


def direction_of_language(code: str) -> str:
    """Return rtl or ltr."""
    return "rtl" if LANG_INFO[code]["bidi"] else "ltr"
