"""An ask as one text prints it: whom it asks for what, in the language of the text."""

from dataclasses import dataclass

from casework.models import Ask, Demand
from casework.translating.wording import Wording
from sealing import folding


@dataclass(frozen=True)
class AskWords:
    """The row of an ask with its words as they print."""

    row: Ask
    to: str
    text: str

    @property
    def by(self) -> str | None:
        """Return the day by which it is asked."""
        by: str | None = self.row.by
        return by

    @property
    def demand(self) -> Demand:
        """Return the demand that it serves."""
        return self.row.demand


def asked_in(row: Ask, wording: Wording) -> AskWords:
    """Return an ask in these words; where it is not translated in its own, for whoever lists what a text leaves out."""
    if wording.lacks(row, "to", "text"):
        return AskWords(row, (row.to or "").strip(), (row.text or "").strip())
    return AskWords(row, wording.of(row, "to"), wording.of(row, "text"))


def same_person(one: str | None, other: str | None) -> bool:
    """Say whether two addressees are written alike, small and capital letters and spaces apart."""
    return folding.fold(one or "").split() == folding.fold(other or "").split()
