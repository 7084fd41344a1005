"""Which case may be about the same person, to whoever may see it; else the one sentence that tells of no hidden case."""

import uuid
from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Case, PossibleTwin
from materials.review.refusal_lines.rows import RefusalRows
from materials.review.refusal_lines.sentences import Said
from safety.conditions.twins import SIGNER_LOOKS_FIRST


def of_a_twin(facts: RefusalRows, case: Case, key: str) -> Said | None:
    """Tell which case stops this text, and where it is ruled on; nothing to who may not know of it."""
    twin = PossibleTwin.objects.filter(pk=uuid.UUID(key)).select_related("one", "other").first()
    if twin is None:
        return None
    url = reverse("safety:twins", args=[case.reference])
    beside = twin.beside(case)
    if facts.sees(beside.pk):
        words = {"codename": beside.codename, "reference": beside.reference}
        title = _("This person may also be in case %(codename)s, %(reference)s: what is known there counts here too.")
        return Said(title % words, url=url, label=_("See the two cases"))
    if facts.may("sign_review", case):
        return Said(url=url, label=_("See why"))
    return None


TELLING: dict[str, Callable[[RefusalRows, Case, str], Said | None]] = {SIGNER_LOOKS_FIRST: of_a_twin}
