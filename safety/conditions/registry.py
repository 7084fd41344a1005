"""Every ground on which the gate refuses, in the gate's order. Whoever needs to know of one asks here."""

from collections.abc import Iterable

from safety.conditions.asks import ASKS
from safety.conditions.claims import CLAIMS
from safety.conditions.consent import CONSENT
from safety.conditions.emergency import EMERGENCY
from safety.conditions.facts import FACTS
from safety.conditions.marks import JUDGED_IN_PYTHON
from safety.conditions.recipient import RECIPIENT
from safety.conditions.record import Condition, Ground
from safety.conditions.risk import RISK
from safety.conditions.scan import SCAN
from safety.conditions.signature import SIGNATURE
from safety.conditions.text import TEXT
from safety.conditions.translations import TRANSLATIONS
from safety.conditions.twins import TWINS

OF_A_DISPATCH: tuple[Condition, ...] = (
    *TEXT,
    *FACTS,
    *TRANSLATIONS,
    *ASKS,
    *CONSENT,
    *RISK,
    *CLAIMS,
    *SCAN,
    *SIGNATURE,
    *EMERGENCY,
    *TWINS,
)
OF_A_COPY: tuple[Condition, ...] = (*OF_A_DISPATCH, *RECIPIENT)
ALL: tuple[Condition, ...] = OF_A_COPY


def keyed(grounds: Iterable[Ground]) -> dict[str, Ground]:
    """Return the grounds by code; raises ValueError where two have one code."""
    found: dict[str, Ground] = {}
    for ground in grounds:
        if found.setdefault(ground.code, ground) is not ground:
            raise ValueError(f"Two grounds of the gate have the code {ground.code}.")
    return found


GROUNDS = keyed((*ALL, *JUDGED_IN_PYTHON))


def by_code(code: str) -> Ground:
    """Return what is known of this ground; raises KeyError for a code that nobody has written down."""
    return GROUNDS[code]


def at(moment: str, conditions: Iterable[Condition] = ALL) -> tuple[Condition, ...]:
    """Return the conditions that are asked at this moment: review, insert, leave or serve."""
    return tuple(condition for condition in conditions if moment in condition.moments)
