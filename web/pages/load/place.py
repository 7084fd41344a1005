"""The place at which a page of rows ended: an instant and a key, as the address of the next page holds it."""

import datetime as dt
import uuid


def written(at: dt.datetime, key: uuid.UUID) -> str:
    """Return a place as text."""
    return f"{at.astimezone(dt.UTC).isoformat()} {key}"


def read(place: str) -> tuple[dt.datetime, uuid.UUID] | tuple[None, None]:
    """Return the instant and the key; nothing for what is no place."""
    at, _space, key = place.partition(" ")
    try:
        return dt.datetime.fromisoformat(at).astimezone(dt.UTC), uuid.UUID(key)
    except (ValueError, OverflowError):
        return None, None
