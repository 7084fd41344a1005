"""The registry of triggers: what the database itself refuses. Apps register theirs; migrations never hold any."""

from collections.abc import Iterable

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from sealing.errors import TriggersMissing
from sealing.triggers import sql as trigger_sql
from sealing.triggers.records import Trigger

LONGEST_NAME = 63
EVENTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")

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
