"""Whom a claim names that is neither the prisoner, nor somebody around them, nor an addressee: told when it is written."""

from casework.models import Case, Contact
from casework.pages.people_named import PeopleNamed, look_for_people
from safety.leaks.third_persons import Accounted, known_in, others_in
from sealing.letters.scripts import in_words

WHAT_A_CLAIM_MAY_HOLD = {"CI_NAME", "CI_LOCATION"}


@look_for_people
def people_named(case: Case, text: str) -> PeopleNamed:
    """Return the names that a signer would be asked about, had everybody on the case agreed to be named.

    Whoever stands on the case is asked about by their own consent when a text is written; a claim may name them.
    """
    opened = {case.pk: WHAT_A_CLAIM_MAY_HOLD}
    opened |= {key: {"CI_NAME"} for key in Contact.objects.filter(case=case).present().values_list("pk", flat=True)}
    others = others_in({"claim": text}, known_in([case], opened, Accounted()))
    return PeopleNamed([row.words for row in others.named], [in_words(script) for script in others.untold])
