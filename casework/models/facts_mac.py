"""What a text may rest on, as bytes that the database can compare: a sealed column differs at each sealing, this does not."""

from typing import Any

from sealing import keys


def facts_mac(row: Any) -> bytes:
    """Return the MAC of the columns of a row that a text may print (its FACT_COLUMNS), under the gate key."""
    told = [str(getattr(row, name) or "") for name in row.FACT_COLUMNS]
    return keys.gate_mac(["facts", row._meta.label_lower, str(row.pk), *told])


def words_mac(what: str, row_id: Any, words: str | None) -> bytes:
    """Return the MAC of the words of one field: two are equal where the words are, and nobody reads them from it."""
    return keys.gate_mac(["words", what, str(row_id), (words or "").strip()])


def words_macs(row: Any) -> bytes:
    """Return the MACs of the words that are translated of a row (its TYPED_WORDS), one behind the other.

    A translation whose original is among them translates what the row says now: the gate asks it without opening any.
    """
    model = row._meta.model_name
    return b"".join(words_mac(f"{model}.{name}", row.pk, getattr(row, name)) for name in row.TYPED_WORDS)
