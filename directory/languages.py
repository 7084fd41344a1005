"""The languages in which an office may say that it reads answers, each by its name in the language of the paper."""

from django.conf.locale import LANG_INFO
from django.utils import translation
from django.utils.translation import gettext

WRITTEN_SMALL = frozenset({"fr", "es", "ru"})
"""Languages that write the name of a language with a small letter inside a sentence."""
READ = ("en", "fr", "es", "ar", "ru", "zh-hans", "pt", "fa", "tr", "uk", "be", "de", "it", "vi", "my")


def language_name(code: str, language: str | None = None) -> str:
    """Return the name of a language, in this language, else in the reader's."""
    inside = language or translation.get_language() or ""
    with translation.override(inside):
        name = gettext(LANG_INFO[code]["name"])
    return name[:1].lower() + name[1:] if inside.partition("-")[0] in WRITTEN_SMALL else name


def read_choices() -> list[tuple[str, str]]:
    """Return codes and names for a form."""
    return [(code, language_name(code)) for code in READ]
