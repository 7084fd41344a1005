"""The registry of triggers: what the database itself refuses. Apps register theirs; migrations never hold any.

Clauses are data, so that a test can leave each one out and see something fail. A clause is one SQL condition
that must be true; NULL counts as false. `{now}` is the database's clock, `{t:table}` a table of ours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from sealing import trigger_sql
from sealing.errors import TriggersMissing

LONGEST_NAME = 63
EVENTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Clause:
    """One reason to refuse: kebab-case name, and the SQL that must hold, for one engine where the two differ."""

    name: str
    holds: str = ""
    sqlite: str = ""
    postgresql: str = ""

    def sql(self, engine: str) -> str:
        """The condition for this engine."""
        return (self.sqlite if engine == "sqlite" else self.postgresql) or self.holds


@dataclass(frozen=True)
class Trigger:
    """What must hold when rows of a table change. A violated clause raises "<name>: <clause>".

    `when` narrows it to some rows (NULL counts as yes), `locks` are read FOR SHARE first on PostgreSQL, `sqlite` and
    `postgresql` are statements that change rows, `sqlite_timing` differs from `timing` where SQLite cannot assign to
    NEW, `engines` names where the trigger exists.
    """

    name: str
    table: str
    event: str
    clauses: tuple[Clause, ...] = ()
    when: str = ""
    locks: tuple[str, ...] = ()
    timing: str = "BEFORE"
    sqlite: str = ""
    postgresql: str = ""
    sqlite_timing: str = ""
    engines: tuple[str, ...] = ENGINES

    @property
    def verb(self) -> str:
        """INSERT, UPDATE, DELETE or TRUNCATE."""
        return self.event.split()[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of an UPDATE OF, else none."""
        _before, found, named = self.event.partition(" OF ")
        return tuple(name.strip() for name in named.split(",")) if found else ()

    def without(self, drop: Iterable[str]) -> "Trigger | None":
        """This trigger less the clauses named "trigger:clause"; None when the trigger itself is named."""
        left_out = set(drop)
        if self.name in left_out:
            return None
        kept = tuple(clause for clause in self.clauses if f"{self.name}:{clause.name}" not in left_out)
        if not kept and not self.sqlite and not self.postgresql:
            return None
        return replace(self, clauses=kept)


_registry: dict[str, Trigger] = {}


def register(trigger: Trigger) -> Trigger:
    """Add a trigger; refuses a name that is too long or taken by another one."""
    if trigger.verb not in EVENTS or trigger.timing not in {"BEFORE", "AFTER"}:
        raise ValueError(f"The trigger {trigger.name} names no event that can be guarded.")
    if not trigger.name.isidentifier() or len(trigger.name) > LONGEST_NAME:
        raise ValueError(f"The name of the trigger {trigger.name} is no identifier of at most {LONGEST_NAME} letters.")
    if len({clause.name for clause in trigger.clauses}) != len(trigger.clauses):
        raise ValueError(f"Two clauses of the trigger {trigger.name} have one name.")
    if _registry.setdefault(trigger.name, trigger) != trigger:
        raise ValueError(f"Two triggers are called {trigger.name}.")
    return trigger


def registered() -> tuple[Trigger, ...]:
    """Every trigger of the registry, in the order of registering."""
    return tuple(_registry.values())


# --- triggers of common shape --------------------------------------------------------------------

NEVER = "1 = 0"


def append_only(table: str, *, name: str, unless: str = "") -> list[Trigger]:
    """Refuse every change and removal of rows. `unless`: SQL on OLD under which a row may be deleted after all."""
    update = Trigger(f"{name}_no_update", table, "UPDATE", (Clause("append-only", NEVER),))
    return [update, *never_deleted(table, name=name, unless=unless)]


def never_deleted(table: str, *, name: str, unless: str = "") -> list[Trigger]:
    """Refuse every removal of rows. `unless`: SQL on OLD under which a row may be deleted after all."""
    return [
        Trigger(f"{name}_no_delete", table, "DELETE", (Clause("never-deleted", unless or NEVER),)),
        Trigger(f"{name}_no_truncate", table, "TRUNCATE", (Clause("never-deleted", NEVER),), engines=("postgresql",)),
    ]


def only_these_columns_change(table: str, *, name: str, columns: Mapping[str, str]) -> list[Trigger]:
    """Refuse an UPDATE of every column but these, each of which may change only where its SQL holds."""
    unknown = set(columns) - set(columns_of(table))
    if unknown:
        raise ValueError(f"The trigger {name} names columns that {table} does not have: {', '.join(sorted(unknown))}.")
    fixed = [column for column in columns_of(table) if column not in columns]
    clauses = [Clause("only-these-columns", " AND ".join(f"{{same:{column}}}" for column in fixed) or "1 = 1")]
    clauses += [
        Clause(column.replace("_", "-"), f"{{same:{column}}} OR ({holds})") for column, holds in columns.items()
    ]
    return [Trigger(name, table, "UPDATE", tuple(clauses))]


def raises_revision(table: str, *, name: str, columns: Iterable[str], revision: str = "revision") -> list[Trigger]:
    """Raise the revision by one when any of these columns differs; it never falls, whoever writes it."""
    counted = tuple(columns)
    unknown = {*counted, revision} - set(columns_of(table))
    if unknown or not counted:
        raise ValueError(f"The trigger {name} names columns that {table} does not have: {', '.join(sorted(unknown))}.")
    differs = " OR ".join(f"NOT ({{same:{column}}})" for column in counted)
    lowest = f"OLD.{revision} + 1"
    return [
        Trigger(
            f"{name}_never_falls", table, "UPDATE", (Clause("revision-fell", f"NEW.{revision} >= OLD.{revision}"),)
        ),
        Trigger(
            name,
            table,
            f"UPDATE OF {', '.join(counted)}",
            when=differs,
            sqlite_timing="AFTER",
            sqlite=f"UPDATE {{t:{table}}} SET {revision} = MAX(NEW.{revision}, {lowest}) WHERE rowid = NEW.rowid",
            postgresql=f"NEW.{revision} := GREATEST(NEW.{revision}, {lowest})",
        ),
    ]


def raises_parent_revision(
    child_table: str, parent_table: str, fk_column: str, name: str, *, revision: str = "revision", key: str = "id"
) -> list[Trigger]:
    """Raise the parent's revision by one when a row is added to it, taken from it or changed."""

    def raised(row: str) -> str:
        return f"UPDATE {{t:{parent_table}}} SET {revision} = {revision} + 1 WHERE {key} = {row}.{fk_column}"

    differs = " OR ".join(f"NOT ({{same:{column}}})" for column in columns_of(child_table)) or "1 = 1"
    moved = f"{raised('OLD')} AND NOT ({{same:{fk_column}}})"

    def after(event: str, body: str, when: str = "") -> Trigger:
        named = f"{name}_on_{event.lower()}"
        return Trigger(named, child_table, event, when=when, timing="AFTER", sqlite=body, postgresql=body)

    return [
        after("INSERT", raised("NEW")),
        after("UPDATE", f"{raised('NEW')}; {moved}", differs),
        after("DELETE", raised("OLD")),
    ]


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table of ours; refuses a table that no model has."""
    for models in apps.all_models.values():
        for model in models.values():
            if model._meta.db_table == table:
                return tuple(str(field.column) for field in model._meta.concrete_fields)
    raise ValueError(f"No model has the table {table}.")


# --- the database ---------------------------------------------------------------------------------


def install(
    connection: BaseDatabaseWrapper, drop: Iterable[str] = (), *, only: Iterable[Trigger] | None = None
) -> None:
    """Put every trigger in place, replacing what stands there. `drop` leaves out triggers, or "trigger:clause"."""
    left_out = tuple(drop)
    wanted = [t for t in (registered() if only is None else only) if connection.vendor in t.engines]
    known = {name for t in wanted for name in (t.name, *(f"{t.name}:{clause.name}" for clause in t.clauses))}
    if unknown := set(left_out) - known:
        raise ValueError(f"Nothing to leave out is called {', '.join(sorted(unknown))}.")
    kept = [smaller for t in wanted if (smaller := t.without(left_out)) is not None]
    with transaction.atomic(using=connection.alias):
        drop_all(connection, only=only)
        trigger_sql.run(connection, [sql for t in kept for sql in trigger_sql.create(connection.vendor, t)])


def drop_all(connection: BaseDatabaseWrapper, *, only: Iterable[Trigger] | None = None) -> None:
    """Take every trigger of ours out of the database, those that the registry has forgotten too."""
    names = None if only is None else {t.name for t in only}
    with transaction.atomic(using=connection.alias):
        trigger_sql.run(connection, trigger_sql.drop(connection, names))


def missing(connection: BaseDatabaseWrapper, *, only: Iterable[Trigger] | None = None) -> list[str]:
    """Name each trigger that is absent, switched off, changed, or stands on a guarded table without being registered."""
    wanted = [t for t in (registered() if only is None else only) if connection.vendor in t.engines]
    return trigger_sql.faults(connection, wanted)


def require_installed(using: str = DEFAULT_DB_ALIAS) -> None:
    """Refuse to go on unless the database holds every trigger as it is registered: every start-up calls this."""
    if faults := missing(connections[using]):
        raise TriggersMissing(
            f"The guards of the database are not whole: {', '.join(faults)}. Run the migrations, and find out who changed them."
        )


def everything_is_applied(connection: BaseDatabaseWrapper) -> bool:
    """Whether no migration is left to apply."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def before_migrating(*, using: str, **_: object) -> None:
    """Take the triggers off: a table cannot be remade while the trigger of another one names it."""
    drop_all(connections[using])


def after_migrating(*, sender: object, using: str, **_: object) -> None:
    """Put the triggers on again after the last app, when nothing is left unapplied."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender is last and everything_is_applied(connections[using]):
        install(connections[using])
