"""The laboratory's tables, made once a run, and what is needed to look below Django."""

import secrets
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from sealing import keys
from tests.sealing import lab


@pytest.fixture(scope="session")
def _laboratory(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        in_the_laboratory("DROP TABLE {}")
        with connection.schema_editor() as editor:
            for model in lab.MODELS:
                editor.create_model(model)
    yield
    with django_db_blocker.unblock():
        in_the_laboratory("DROP TABLE {}")


def in_the_laboratory(sql: str) -> None:
    """Run a statement on each table of the laboratory that stands, children first."""
    standing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in reversed(lab.MODELS):
            if model._meta.db_table in standing:
                cursor.execute(sql.format(model._meta.db_table))


@pytest.fixture
def laboratory(_laboratory: None, db: None) -> Iterator[None]:
    """Tables of the laboratory inside a transaction that is rolled back."""
    keys.forget_keys()
    yield
    keys.forget_keys()


@pytest.fixture
def folder(laboratory: None) -> lab.Folder:
    return a_folder()


def a_folder(codename: str = "Kestrel") -> lab.Folder:
    """A folder with a data key."""
    folder = lab.Folder.objects.create(codename=codename)
    lab.FolderKey.objects.create(folder=folder, dek=secrets.token_hex(32))
    return folder


def a_person(folder: lab.Folder, **given: Any) -> lab.Person:
    return lab.Person.objects.create(**{"folder": folder, "name": "Planted Name", "note": "n", **given})


def database_key(row: Any) -> Any:
    """The primary key as this engine keeps it."""
    return row.pk.hex if connection.vendor == "sqlite" and isinstance(row.pk, uuid.UUID) else row.pk


@pytest.fixture
def raw() -> Callable[..., Any]:
    """Read one column of one row as the database holds it."""

    def read(row: Any, column: str) -> Any:
        table = row._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [database_key(row)])
            value = cursor.fetchone()[0]
        return bytes(value) if isinstance(value, memoryview) else value

    return read
