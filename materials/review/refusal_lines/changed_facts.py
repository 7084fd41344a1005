"""Which fact under the text changed, how it was and how it is; names and descriptions only to who may see the identity."""

import uuid
from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Case
from materials.asks_used import sentence_of
from materials.facts_used import as_it_is
from materials.models import MaterialFact
from materials.review.refusal_lines.mending import may_mend
from materials.review.refusal_lines.rows import RefusalRows
from materials.review.refusal_lines.sentences import Said

OF_IDENTITY = frozenset({MaterialFact.Kind.NAME, MaterialFact.Kind.PERSON})


def fact_changed(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell which fact changed since the words were written, and where it is ruled on."""
    fact = MaterialFact.objects.filter(pk=uuid.UUID(key)).select_related("case", "material").first()
    if fact is None:
        return None
    title = _("A fact that the text uses has changed: %(what)s.") % {"what": fact.get_kind_display()}
    url, words_of_link = reverse("materials:material", args=[fact.material_id]), _("See what changed")
    if not facts.may_read or (fact.kind in OF_IDENTITY and not facts.may("view_identity", case)):
        return Said(title, url=url, label=words_of_link)
    words = {"before": fact.words or _("Unknown"), "after": as_it_is(fact).words or _("taken out of the packet")}
    return Said(title, _("It was: %(before)s. It is: %(after)s.") % words, url=url, label=words_of_link)


def ask_overtaken(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell which ask of the text makes no sense any more, and where it is taken out or kept."""
    fact = MaterialFact.objects.filter(pk=uuid.UUID(key)).select_related("case", "material").first()
    if fact is None or not facts.may_read:
        return None
    title = _("The text asks for something that makes no sense after what happened to the person.")
    url = reverse("casework:concerned", args=[case.reference])
    return Said(title, sentence_of(fact), url=url, label=_("See what this concerns"))


def translation_not_signed(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell which translation has no signature, or translates what the packet says no more, and where that is mended."""
    row = facts.translations.get(uuid.UUID(key))
    if row is None:
        return None
    title = _("A translation that the text prints is not of what the packet says now: %(what)s.")
    if row.signed_by_id is None:
        title = _("A translation that the text prints is not signed by a second reader: %(what)s.")
    who = may_mend(facts, "translation-not-signed", case)
    url = reverse("materials:translation", args=[case.reference, row.language])
    return Said(title % {"what": row.get_what_display()}, who=who, url=url, label=_("See the translation"))


TELLING: dict[str, Callable[[RefusalRows, Case, str], Said | None]] = {
    "facts-changed": fact_changed,
    "asks-overtaken-by-fate": ask_overtaken,
    "translation-not-signed": translation_not_signed,
}
