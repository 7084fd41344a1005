"""What must be known of one condition of the gate: its SQL, when it is asked, its words, who mends it and where.

No field that decides what people see has a default: whoever adds a condition says its cell, its page and its mender.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum

from django.utils.functional import Promise

from safety.conditions.mending import Mender, MendPage


class Moment(StrEnum):
    """When a condition is asked: may it be signed, may it go out, may what waits leave, may it stay public."""

    REVIEW = "review"
    INSERT = "insert"
    LEAVE = "leave"
    SERVE = "serve"


EVERYTHING = frozenset(Moment)
LEAVING = frozenset({Moment.INSERT, Moment.LEAVE})
ASKED = frozenset({Moment.REVIEW, *LEAVING})
AFTER_REVIEW = frozenset({*LEAVING, Moment.SERVE})


class ReviewCell(Enum):
    """To which cell of the review page a refusal belongs."""

    CLAIMS = "claims"
    CONSENT = "consent"
    ASSESSMENT = "assessment"
    SCAN = "scan"
    POSTURE = "posture"
    FOUR_EYES = "four-eyes"
    TEXT = "text"
    FAMILY = "family"
    EMERGENCY = "emergency"
    RECIPIENT = "recipient"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Something for which a text is refused: its code, what is wrong, what mends it, where, by whom, and its cell."""

    code: str
    sentence: str | Promise
    mend: str | Promise
    page: MendPage
    mender: Mender | None
    cell: ReviewCell


@dataclass(frozen=True, kw_only=True)
class Condition(Ground):
    """A ground that the database judges: SQL that must be true, of each case or of the material, at these moments.

    Where it asks that no row be of a kind, `rows` is their SQL and `keys` the case and the row, so that words can
    name each: the claim, the item, the finding.
    """

    holds: str
    moments: frozenset[Moment]
    of_each_case: bool = False
    rows: str = ""
    keys: str = ""


def no_such(rows: str, *, unless: str = "") -> str:
    """Return the SQL that is true when there is no such row; the same `rows` say which row it was."""
    return f"{unless}NOT EXISTS (SELECT 1 FROM {rows})"
