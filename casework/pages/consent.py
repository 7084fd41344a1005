"""The ledger at one look, as the packet repeats it; its own pages stand in consents."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.consent_rule import Ledger
from casework.pages.consent_matrix import (
    GivenConsent,
    MatrixLine,
    PrisonerLedger,
    given_consent,
    is_withdrawn,
    matrix,
)


@dataclass(frozen=True)
class ConsentPanel:
    """The matrix of the packet page and the line beneath it."""

    lines: Sequence[MatrixLine]
    given: GivenConsent | None
    is_withdrawn: bool
    is_empty: bool


def consent_panel(answers: Ledger) -> ConsentPanel:
    """Return the matrix of the packet page and the line beneath it, of what was read; nothing sealed is opened."""
    ledger = PrisonerLedger(answers)
    return ConsentPanel(matrix(ledger), given_consent(ledger), is_withdrawn(ledger), is_empty=not ledger.answers)
