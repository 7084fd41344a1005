"""What the application's role may do on PostgreSQL: no more than its work needs. The owner's role grants it."""

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from sealing import triggers

READ_ONLY = frozenset({"django_migrations"})


def grant(connection: BaseDatabaseWrapper, *, role: str) -> None:
    """Give the role its rights anew, table by table: none that the table's own triggers refuse without exception."""
    refused = never_allowed()
    database = connection.settings_dict["NAME"]
    name, base = sql.Identifier(role), sql.Identifier(database)
    statements = [
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(base),
        sql.SQL("REVOKE TEMPORARY, CREATE ON DATABASE {} FROM {}").format(base, name),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(base, name),
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {}").format(name),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {}").format(name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
    ]
    for table in connection.introspection.table_names():
        rights = table_rights(table, refused)
        statements.append(
            sql.SQL("GRANT {} ON public.{} TO {}").format(
                sql.SQL(", ").join(map(sql.SQL, rights)), sql.Identifier(table), name
            )
        )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def table_rights(table: str, refused: dict[str, set[str]]) -> list[str]:
    """The rights on one table, in a fixed order."""
    if table in READ_ONLY:
        return ["SELECT"]
    return [right for right in ("SELECT", "INSERT", "UPDATE", "DELETE") if right not in refused.get(table, set())]


def never_allowed() -> dict[str, set[str]]:
    """For each table the acts that a trigger refuses for every row."""
    acts: dict[str, set[str]] = {}
    for trigger in triggers.registered():
        if not trigger.when and any(clause.sql("postgresql") == triggers.NEVER for clause in trigger.clauses):
            acts.setdefault(trigger.table, set()).add(trigger.event)
    return acts
