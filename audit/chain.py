"""How one entry of the trail becomes bytes under its MAC: every column, ciphertext as it stands in the row."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

COLUMNS = (
    "id",
    "sequence",
    "at",
    "actor_id",
    "verb",
    "case_id",
    "target",
    "detail",
    "office_detail",
    "previous_mac",
)


def canonical(values: Sequence[Any]) -> list[bytes]:
    """The columns in order, each as bytes that are the same on SQLite and PostgreSQL; nothing differs from empty."""
    return [part(name, value) for name, value in zip(COLUMNS, values, strict=True)]


def part(name: str, value: Any) -> bytes:
    if value is None:
        return b"-"
    if name in {"id", "case_id"}:
        return b"+" + (value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))).bytes
    if name == "at":
        return b"+" + chain_instant(value).encode()
    if isinstance(value, str):
        return b"+" + value.encode()
    if isinstance(value, int):
        return b"+%d" % value
    return b"+" + as_bytes(value)


def chain_instant(value: dt.datetime | str) -> str:
    """One spelling of an instant, whichever engine gave it."""
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is not None:
        moment = moment.astimezone(dt.UTC).replace(tzinfo=None)
    return moment.isoformat(timespec="microseconds")


def as_bytes(value: Any) -> bytes:
    """Bytes of a binary column or parameter (psycopg wraps parameters in an object)."""
    return bytes(getattr(value, "obj", value))
