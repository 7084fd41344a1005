"""Everything of one packet that is translated: each original where it stands now, in the order of the packet."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casework.evidence.naming import NAMED_BY_ITS_WORDS
from casework.models import Ask, Case, Charge, Claim, Demand, Detention, Person, Place, Source, Translation
from casework.models.facts_mac import words_mac
from casework.models.translations import TypedWords

_MODELS: dict[str, Any] = {
    "person": Person,
    "detention": Detention,
    "place": Place,
    "charge": Charge,
    "claim": Claim,
    "source": Source,
    "demand": Demand,
    "ask": Ask,
}


@dataclass(frozen=True)
class Original:
    """One field of one row that a paper prints, and what it says now."""

    what: TypedWords
    row: Any
    words: str

    @property
    def key(self) -> tuple[str, uuid.UUID]:
        """Return what tells it from every other: which words, of which row."""
        return str(self.what), self.row.pk

    @property
    def label(self) -> str:
        """Return how it is called for people: a claim by its number."""
        what = str(self.what.label)
        return f"{what} {self.row.number}" if isinstance(self.row, Claim) else what

    @property
    def mac(self) -> bytes:
        """Return the MAC of the words, for comparing with what was translated."""
        return words_mac(self.what, self.row.pk, self.words)


def originals_of(case: Case) -> list[Original]:
    """Return every original of the packet that holds words, one kind of row after the other, the oldest row first."""
    rows: dict[str, list[Any]] = {"case": [case]}
    found = []
    for what in TypedWords:
        model, field = what.split(".")
        if model not in rows:
            rows[model] = list(_MODELS[model].objects.present().filter(case=case).order_by("created_at", "pk"))
        found += [Original(what, row, words) for row, words in _words_in(rows[model], model, field)]
    return found


def _words_in(rows: list[Any], model: str, field: str) -> Iterator[tuple[Any, str]]:
    for row in rows:
        if model == "source" and row.secrecy not in NAMED_BY_ITS_WORDS:
            continue  # such words never print
        if words := (getattr(row, field) or "").strip():
            yield row, words


def translations_of(case: Case, language: str) -> dict[tuple[str, uuid.UUID], Translation]:
    """Return the present translations of a packet into a language, by what they translate; stale ones too."""
    rows = (
        Translation.objects.present().filter(case=case, language=language).select_related("translated_by", "signed_by")
    )
    return {(row.what, row.row_id): row for row in rows}
