"""The SQL of a trigger on each engine: how it is made, taken off, and compared with what the database holds."""

import re
from collections.abc import Iterable, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from sealing.triggers.records import Trigger

PLACEHOLDER = re.compile(r"\{(?:(now)|t:(\w+)|same:(\w+))\}")
# SQLite's clock has milliseconds, and Django writes microseconds: this is the end of the present one, so that what was
# written a moment ago does not lie in the future.
NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now') || '999'", "postgresql": "clock_timestamp()"}
SAME = {"sqlite": "NEW.{0} IS OLD.{0}", "postgresql": "NEW.{0} IS NOT DISTINCT FROM OLD.{0}"}
SEARCH_PATH = "search_path=pg_catalog, public, pg_temp"
# pg_trigger.tgtype: for each row 1, before 2, insert 4, delete 8, update 16, truncate 32.
BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}

STANDING_SQLITE = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
STANDING_POSTGRESQL = """
    SELECT t.tgname, c.relname, p.proname, p.prosrc, t.tgtype, t.tgenabled, t.tgqual IS NULL, p.prosecdef,
           COALESCE(array_to_string(p.proconfig, ';'), ''),
           ARRAY(SELECT a.attname::text FROM pg_attribute a
                 WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr::int2[]) ORDER BY a.attname)
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND n.nspname = 'public'
"""


def spelled(engine: str, sql: str) -> str:
    """Return the SQL with its placeholders filled in; other braces stay as they are."""

    def word(match: re.Match[str]) -> str:
        now, table, column = match.groups()
        if now:
            return NOW[engine]
        if table:
            return f'public."{table}"' if engine == "postgresql" else f'"{table}"'
        return SAME[engine].format(f'"{column}"')

    return PLACEHOLDER.sub(word, sql)


def create(engine: str, trigger: Trigger) -> list[str]:
    """Return the statements that make this trigger."""
    if engine == "sqlite":
        return [_sqlite(trigger)]
    return [_function(trigger), _postgresql(trigger)]


def _sqlite(trigger: Trigger) -> str:
    body = [
        f"SELECT RAISE(ABORT, '{trigger.name}: {clause.name}') WHERE NOT COALESCE(({clause.sql('sqlite')}), 0);"
        for clause in trigger.clauses
    ]
    if trigger.sqlite:
        body.append(f"{trigger.sqlite};")
    when = f" WHEN COALESCE(({trigger.when}), 1)" if trigger.when else ""
    moment = f"{trigger.sqlite_timing or trigger.timing} {_event(trigger)}"
    head = f'CREATE TRIGGER "{trigger.name}" {moment} ON "{trigger.table}" FOR EACH ROW'
    return spelled("sqlite", f"{head}{when} BEGIN {' '.join(body)} END")


def _body(trigger: Trigger) -> str:
    """The text of the function of a trigger on PostgreSQL."""
    steps = [_shared(lock) for lock in trigger.locks]
    steps += [
        f"IF NOT COALESCE(({clause.sql('postgresql')}), FALSE) THEN"
        f" RAISE EXCEPTION '{trigger.name}: {clause.name}' USING ERRCODE = 'check_violation'; END IF;"
        for clause in trigger.clauses
    ]
    if trigger.postgresql:
        steps.append(f"{trigger.postgresql};")
    if trigger.when:
        steps = [f"IF COALESCE(({trigger.when}), TRUE) THEN", *steps, "END IF;"]
    gives = (
        "NULL"
        if trigger.timing == "AFTER" or trigger.verb == "TRUNCATE"
        else "OLD"
        if trigger.verb == "DELETE"
        else "NEW"
    )
    return spelled("postgresql", "\n".join(["", "BEGIN", *steps, f"RETURN {gives};", "END"]) + "\n")


def _shared(lock: str) -> str:
    asked = re.sub(r"^\s*SELECT\b", "PERFORM", lock, count=1, flags=re.IGNORECASE)
    return f"{asked};" if re.search(r"\bFOR\s+SHARE\b", asked, re.IGNORECASE) else f"{asked} FOR SHARE;"


def _function(trigger: Trigger) -> str:
    return (
        f'CREATE OR REPLACE FUNCTION public."{trigger.name}"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER'
        f" SET search_path = pg_catalog, public, pg_temp AS $guard${_body(trigger)}$guard$"
    )


def _postgresql(trigger: Trigger) -> str:
    each = "STATEMENT" if trigger.verb == "TRUNCATE" else "ROW"
    return (
        f'CREATE TRIGGER "{trigger.name}" {trigger.timing} {_event(trigger)} ON public."{trigger.table}"'
        f' FOR EACH {each} EXECUTE FUNCTION public."{trigger.name}"()'
    )


def _event(trigger: Trigger) -> str:
    columns = ", ".join(f'"{column}"' for column in trigger.columns)
    return f"{trigger.verb} OF {columns}" if columns else trigger.verb


def drop(connection: BaseDatabaseWrapper, names: set[str] | None) -> list[str]:
    """Return the statements that take off the triggers with these names, or every trigger of ours."""
    if connection.vendor == "sqlite":
        standing = [name for name, _table, _sql in _rows(connection, STANDING_SQLITE)]
        return [f'DROP TRIGGER "{name}"' for name in standing if names is None or name in names]
    found = [(row[0], row[1]) for row in _rows(connection, STANDING_POSTGRESQL) if row[0] == row[2]]
    return [
        f'DROP TRIGGER "{name}" ON public."{table}"; DROP FUNCTION public."{name}"()'
        for name, table in found
        if names is None or name in names
    ]


def run(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    """Run statements that take no values; at once where the engine can."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in statements:
                cursor.execute(statement)
        elif statements:
            cursor.execute(";\n".join(statements))


def faults(connection: BaseDatabaseWrapper, wanted: Iterable[Trigger]) -> list[str]:
    """Name the triggers that do not stand as wanted, and strangers on the tables that they guard."""
    expected = {trigger.name: trigger for trigger in wanted}
    guarded = {trigger.table for trigger in expected.values()}
    if connection.vendor == "sqlite":
        rows = _rows(connection, STANDING_SQLITE)
        whole = {row[0] for row in rows if row[0] in expected and row[2] == _sqlite(expected[row[0]])}
    else:
        rows = _rows(connection, STANDING_POSTGRESQL)
        whole = {row[0] for row in rows if row[0] in expected and _stands(expected[row[0]], row)}
    strangers = {str(row[0]) for row in rows if row[1] in guarded} - set(expected)
    return [name for name in expected if name not in whole] + sorted(f"{name} (unknown)" for name in strangers)


def _stands(trigger: Trigger, row: tuple[object, ...]) -> bool:
    _name, table, function, source, kind, enabled, is_unconditional, is_definer, settings, columns = row
    bits = BITS[trigger.verb] | (2 if trigger.timing == "BEFORE" else 0) | (0 if trigger.verb == "TRUNCATE" else 1)
    return (
        (table, function, source, kind) == (trigger.table, trigger.name, _body(trigger), bits)
        and enabled in {"O", "A"}
        and bool(is_unconditional and is_definer)
        and settings == SEARCH_PATH
        and columns == sorted(trigger.columns)
    )


def _rows(connection: BaseDatabaseWrapper, sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
