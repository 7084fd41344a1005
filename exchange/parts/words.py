"""Translations of typed words: beside the field that they translate, with who translated and how far it was there."""

from django.utils.translation import gettext as _

from exchange.faults import shown
from exchange.reading import Reader
from exchange.records import WordsTold
from sealing.letters.languages import OF_PAPERS

STALE = "stale"
STATES = ("signed", "waits", STALE)
"""How far a translation was where it was written. Nobody here signed it: it comes in as one that waits."""


def translations(told: Reader, **words: str) -> tuple[WordsTold, ...]:
    """Return the translations of these fields of one object, each (field, language) once.

    A field without words, the packet's own language, and a stale one that does not say what it translates are faults.
    """
    found = list[WordsTold]()
    for inner in told.objects("translations"):
        one = _one(inner, words)
        if any((one.field, one.language) == (other.field, other.language) for other in found):
            inner.fault("language", _("“%(value)s” stands twice; keep it once") % {"value": shown(one.language)})
        found.append(one)
    return tuple(found)


def _one(told: Reader, words: dict[str, str]) -> WordsTold:
    field, language = told.code("field", words), told.code("language", OF_PAPERS)
    state, original = told.code("state", STATES, default="waits"), told.text("of")
    said = words.get(field, "")
    if field and not said:
        told.fault("field", _("“%(value)s” holds no words here that could be translated") % {"value": shown(field)})
    if language and language == told.language:
        told.fault("language", _("is the language of the packet itself; say under “language” in which it is written"))
    if state == STALE and not original:
        told.fault("of", _("is missing; write what the field said when it was translated"))
    elif original and (original == said) is (state == STALE):
        told.fault("state", _("“stale” means that the field says something else than “of”; make them agree"))
    return WordsTold(field, language, told.text("words", is_needed=True), original or said, told.text("by"), state)
