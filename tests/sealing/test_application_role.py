"""On PostgreSQL the application works with the guards and can take none of them off."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from config.grants import grant
from sealing import triggers
from tests.sealing.conftest import a_folder, in_the_laboratory
from tests.sealing.lab import GUARDS, Folder, Letter, Page

pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db(transaction=True)]

ROLE = f"amparo_application_{os.getpid()}"  # a role belongs to the whole server, which other workers share
GUARD = "lab_lines_only_grow_no_delete"
UNLAWFUL = {
    "drop a trigger": f"DROP TRIGGER {GUARD} ON sealing_lab_line",
    "switch triggers off": "ALTER TABLE sealing_lab_line DISABLE TRIGGER ALL",
    "pose as a replica": "SET session_replication_role = replica",
    "truncate": "TRUNCATE sealing_lab_line",
    "put an empty function in its place": f"CREATE OR REPLACE FUNCTION public.{GUARD}() RETURNS trigger"
    " LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "drop a function": f"DROP FUNCTION public.{GUARD}() CASCADE",
    "loosen a function": f"ALTER FUNCTION public.{GUARD}() RESET search_path",
    "make a rule": "CREATE RULE r AS ON DELETE TO sealing_lab_line DO INSTEAD NOTHING",
    "make a table": "CREATE TABLE public.evil (i int)",
    "make a schema": "CREATE SCHEMA evil",
    "shadow a table": "CREATE TEMPORARY TABLE sealing_lab_page (letter_id uuid)",
    "change the catalogue": f"UPDATE pg_trigger SET tgenabled = 'D' WHERE tgname = '{GUARD}'",
    "become the owner": "SET ROLE postgres",
    "make a trigger of its own": "CREATE TRIGGER a BEFORE DELETE ON sealing_lab_line EXECUTE FUNCTION"
    " suppress_redundant_updates_trigger()",
    "change a line": "UPDATE sealing_lab_line SET text = 'x'",
    "delete a line": "DELETE FROM sealing_lab_line",
    "change which migrations ran": "DELETE FROM django_migrations",
}


@pytest.fixture
def letter(_laboratory: None) -> Iterator[Letter]:
    """A letter that may leave, with the guards on and a role for the application."""
    folder = a_folder()
    letter = Letter.objects.create(folder=folder, seen_by="rui", is_urgent=True)
    triggers.install(connection, only=GUARDS)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN")
        grant(connection, role=ROLE)
        cursor.execute("INSERT INTO sealing_lab_line (text) VALUES ('one')")
    yield letter
    triggers.drop_all(connection, only=GUARDS)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")
    in_the_laboratory("DELETE FROM {}")


def as_application() -> "psycopg.Connection[tuple[object, ...]]":
    given = connection.get_connection_params()
    return psycopg.connect(host=given["host"], dbname=given["dbname"], user=ROLE)


def test_the_application_takes_no_guard_off(letter: Letter) -> None:
    accepted = []
    with as_application() as application:
        for attempt, sql in UNLAWFUL.items():
            try:
                application.execute(sql)  # type: ignore[call-overload]
                accepted.append(attempt)
            except psycopg.Error:
                pass
            application.rollback()
    assert accepted == []
    assert triggers.missing(connection, only=GUARDS) == []


def test_the_application_sees_whether_the_guards_stand(letter: Letter) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        try:
            assert triggers.missing(connection, only=GUARDS) == []
        finally:
            cursor.execute("RESET ROLE")


def test_a_guard_locks_and_reads_what_the_application_may_not_change(letter: Letter) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE UPDATE, DELETE ON {Folder._meta.db_table} FROM {ROLE}")
    leave = f"UPDATE sealing_lab_letter SET sent_at = now() - interval '1 minute' WHERE id = '{letter.pk}'"
    with as_application() as application:
        with pytest.raises(psycopg.errors.CheckViolation, match="no-page"):
            application.execute(leave)  # type: ignore[call-overload]
        application.rollback()
        Page.objects.create(letter=letter)
        assert application.execute(leave).rowcount == 1  # type: ignore[call-overload]
