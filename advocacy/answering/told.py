"""What was told in a talk beside what consent allows those who were told: the rule of consent, and nothing else, decides."""

from collections.abc import Collection

from casework.consent_codes import least_level
from casework.consent_rule import ledger_of
from casework.models import Case
from directory.fitting import READERS, fits
from directory.models import Actor
from directory.vocabulary import label
from materials.models import Copy

NOT_A_TALK = frozenset({"AU_UNPUB", "AU_ARCHIVE"})  # what is published or kept is no talk


def beyond_consent(case: Case, items: Collection[str], *, to: Actor | None, copy: Copy | None = None) -> list[str]:
    """Return the items, in words, that consent opens for none of the audiences whom the entry is among.

    A copy that was taken along says for which audience; else it is every one whom a text could be written to. Of an
    office that is not in the directory nobody knows what it is: then nothing is open.
    """
    if not items:
        return []
    ledger = ledger_of(case)
    audiences = [copy.material.audience] if copy else _audiences_of(case, to)
    asked = [ledger.ask(audience, least_level(audience)) for audience in audiences]
    return [label("consent_item", item) for item in items if not any(one.of(item).is_open for one in asked)]


def _audiences_of(case: Case, to: Actor | None) -> list[str]:
    if to is None:
        return []
    talked = [audience for audience in READERS if audience not in NOT_A_TALK]
    return [one for one in talked if fits(to.actor_type, to.country, audience=one, holding={case.country})]
