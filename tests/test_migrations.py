"""The migrations: nothing is left to make, and from an empty database they end where the models are."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from config.environment import Environment
from sealing import triggers
from tests.environment import engine
from tools.machine import ROOT

HISTORY = "django_migrations"  # only migrations make it
OURS = tuple(
    f"{app}_" for app in ("accounts", "advocacy", "audit", "casework", "directory", "materials", "safety", "work")
)
LABORATORY = "sealing_lab_"  # the tests of sealing make tables of their own, perhaps in the same database


def test_no_model_waits_for_a_migration(db: None, settings: Any) -> None:
    settings.MIGRATION_MODULES = {}  # --nomigrations says that no app has any, and then nothing is ever missing
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_no_engine_leaves_a_rule_of_the_models_out(db: None) -> None:
    """Django only warns of a constraint that an engine cannot hold, and then does not make it."""
    said = checks.run_checks(databases=["default"])
    assert [fault for fault in said if not fault.is_silenced()] == []


def test_no_migration_is_called_auto_or_holds_a_trigger() -> None:
    for path in ROOT.glob("*/migrations/0*.py"):
        assert "_auto_" not in path.name, path
        assert "CREATE TRIGGER" not in path.read_text(), path


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, on the engine of this run."""
    if engine() == "sqlite":
        yield f"sqlite://{tmp_path / 'migrated.sqlite3'}"
        return
    name = f"migrated_{os.getpid()}"
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"CREATE ROLE {name}_owner LOGIN")
        cursor.execute(f"CREATE ROLE {name}_site LOGIN")
        cursor.execute(f"CREATE DATABASE {name} OWNER {name}_owner")
    yield f"postgresql://{name}_site@/{name}?host={connection.settings_dict['HOST']}"
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        cursor.execute(f"DROP ROLE {name}_owner")
        cursor.execute(f"DROP ROLE {name}_site")


@pytest.mark.timeout(400)
@pytest.mark.django_db
def test_migrations_end_with_the_tables_and_the_guards_of_the_models(empty_database: str) -> None:
    variables = {**os.environ, "AMPARO_DATABASE_URL": empty_database, "DJANGO_SETTINGS_MODULE": "config.settings"}
    if engine() == "postgresql":  # the owner migrates; everything after is asked by the site's own role
        variables["AMPARO_OWNER_DATABASE_URL"] = empty_database.replace("_site@", "_owner@")
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=variables, check=True, timeout=380)
    database = Environment({"URL": empty_database}).database("URL", ROOT)
    assert database is not None
    migrated = ConnectionHandler({"default": database})["default"]
    try:
        assert not triggers.missing(migrated)
        ended, expected = tables_of(migrated), tables_of(connection)
        if engine() == "postgresql":
            the_site_role_can_work_and_no_more(migrated)
    finally:
        migrated.close()
    assert set(ended) - {HISTORY} == set(expected) - {HISTORY}
    ours = {name for name in expected if name.startswith(OURS)}
    assert ours and {name: (ended[name], expected[name]) for name in ours if ended[name] != expected[name]} == {}


def the_site_role_can_work_and_no_more(link: BaseDatabaseWrapper) -> None:
    """The role of the site reads and writes rows; it makes nothing, and rewrites nothing that only grows."""
    with link.cursor() as cursor:
        for allowed in (
            "SELECT count(*) FROM django_migrations",
            "INSERT INTO django_session VALUES ('k', 'v', now())",
            "UPDATE django_session SET session_data = 'w'",
            "DELETE FROM django_session",
            "SELECT count(*) FROM accounts_cachedvalue",
        ):
            cursor.execute(allowed)
        for refused in (
            "UPDATE audit_entry SET verb = 'x'",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry",
            "DELETE FROM django_migrations",
            "CREATE TABLE public.mine (id int)",
            "CREATE TEMPORARY TABLE audit_entry (id int)",
            "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(DatabaseError, match="denied|must be owner"):
                cursor.execute(refused)


def tables_of(link: BaseDatabaseWrapper) -> dict[str, Any]:
    """Each table with its columns and what it holds them to; names of constraints alone may differ, and their order."""
    found: dict[str, Any] = {}
    with link.cursor() as cursor:
        for table in link.introspection.table_names(cursor):
            if table.startswith(LABORATORY):
                continue
            columns = link.introspection.get_table_description(cursor, table)
            constraints = link.introspection.get_constraints(cursor, table)
            facts = ("columns", "primary_key", "unique", "foreign_key", "check")
            found[table] = {
                "columns": sorted((column.name, str(column.type_code), column.null_ok) for column in columns),
                "constraints": sorted(repr([held[fact] for fact in facts]) for held in constraints.values()),
            }
    return found
