"""Words that are planted in every sealed column, and every place in which none of them may ever be found."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, models, transaction

from accounts.models import CachedValue
from sealing import inventory
from sealing.fields import SealedBytesField, SealedField, SealedJSONField

NAME = "Zebulon Quillfeather"
ARABIC_NAME = "زبولون كويلفيذر"
CASE_NUMBER = "KX-77/Ombudsvar/3141"
JUDGE = "Ottoline Bracegirdle"
CHARGE = "Article 977 grievous yodelling"
DEMAND = "Return the confiscated theremin"
DATE = "1987-02-28"
CANARIES = (NAME, ARABIC_NAME, CASE_NUMBER, JUDGE, CHARGE, DEMAND, DATE)
SHORTEST = 9


def columns() -> list[tuple[type[models.Model], str]]:
    """Return model and field of every column that holds ciphertext."""
    return [(apps.get_model(label), name) for label, name, _how in inventory.sealed_columns()]


def plant_the_rest() -> None:
    """Write a canary of its own into each sealed column of each row where nothing stands, as far as the row lets one."""
    for number, (model, name) in enumerate(columns()):
        field = model._meta.get_field(name)
        if isinstance(field, SealedBytesField):
            continue
        word = f"planted canary {number:03d} of {model.__name__} {name}"
        for row in model._base_manager.filter(**{f"{name}__isnull": True})[:3]:
            if isinstance(field, SealedField) and getattr(row, field.owner_attr) is None:
                continue  # sealed under no case: the office's own column carries it
            setattr(row, name, {"planted": word} if isinstance(field, SealedJSONField) else word)
            try:
                with transaction.atomic():
                    row.save(update_fields=[name])
            except DatabaseError:
                continue  # a row that never changes: it is covered when another row of its kind carries a value


def never_filled() -> set[str]:
    """Return the sealed columns of which no row holds anything."""
    return {
        f"{model._meta.label}.{name}"
        for model, name in columns()
        if not model._base_manager.filter(**{f"{name}__isnull": False}).exists()
    }


def everything_sealed() -> set[str]:
    """Return every text that stands in a sealed column, long enough to mean something when it is found elsewhere."""
    found: set[str] = set(CANARIES)
    for model, name in columns():
        for row in model._base_manager.filter(**{f"{name}__isnull": False}):
            found |= {text for text in _texts(getattr(row, name)) if len(text) >= SHORTEST and " " in text.strip()}
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if value.startswith(("[", "{")):
            with suppress(ValueError):
                yield from _texts(json.loads(value))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def spellings(text: str) -> set[bytes]:
    """Return the bytes under which a text may lie in a file: as it is, escaped in JSON, in two bytes a letter."""
    return {text.encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-le")}


def found_in(texts: set[str], data: bytes) -> list[str]:
    """Return which of these texts stand in these bytes."""
    return sorted(text for text in texts if any(one in data for one in spellings(text)))


def database() -> bytes:
    """Return all that a thief of the database gets: the files with their journal, or a copy of every table."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        return b"".join(_bytes_of(part) for part in sorted(path.parent.glob(f"{path.name}*")))
    copied = bytearray()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for shape in ("binary", "text"):
                with cursor.cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT {shape})') as rows:
                    for piece in rows:
                        copied += bytes(piece)
    return bytes(copied)


def sessions() -> bytes:
    """Return what every session holds, opened."""
    return "\n".join(repr(row.get_decoded()) for row in Session.objects.all()).encode()


def cached() -> bytes:
    """Return what lies in the table of the cache."""
    return "\n".join(f"{row.key} {row.value}" for row in CachedValue.objects.all()).encode()


def folder(path: Path) -> dict[str, bytes]:
    """Return every file below this folder with what is in it."""
    return {str(one.relative_to(path)): _bytes_of(one) for one in path.rglob("*") if one.is_file()}


def _bytes_of(path: Path) -> bytes:
    """Return what is in a file, read by another process.

    Closing a file gives up every lock that this process holds on it, SQLite's own too: a worker that opened the
    database next took itself for the first, and all later tests of this process met "disk I/O error".
    Source: "How To Corrupt An SQLite Database File", 2.2, of SQLite's documentation.
    """
    return subprocess.run(["cat", "--", str(path)], capture_output=True, check=False).stdout


def memory_files(pid: int) -> list[str]:
    """Return the deleted temporary files that a process still holds open, which no folder shows."""
    links = Path(f"/proc/{pid}/fd")
    if not links.is_dir():
        return []
    names = subprocess.run(["ls", "-l", str(links)], capture_output=True, text=True, check=False).stdout
    return [line.split(" -> ")[1] for line in names.splitlines() if "(deleted)" in line and "/tmp" in line]
