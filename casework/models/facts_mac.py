"""What a text may rest on, as bytes that the database can compare: a sealed column differs at each sealing, this does not."""

from typing import Any

from sealing import keys


def facts_mac(row: Any) -> bytes:
    """Return the MAC of the columns of a row that a text may print (its FACT_COLUMNS), under the gate key."""
    told = [str(getattr(row, name) or "") for name in row.FACT_COLUMNS]
    return keys.gate_mac(["facts", row._meta.label_lower, str(row.pk), *told])
