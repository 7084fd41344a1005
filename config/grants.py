"""What the application's role may do on PostgreSQL: no more than its work needs. The owner's role grants it."""

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

READ_ONLY = frozenset({"django_migrations"})


def grant(connection: BaseDatabaseWrapper, *, role: str, refused: dict[str, set[str]] | None = None) -> None:
    """Give the role its rights anew, table by table. `refused` names what a table's own rules never allow anyway."""
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
        rights = rights_on(table, refused or {})
        statements.append(
            sql.SQL("GRANT {} ON public.{} TO {}").format(
                sql.SQL(", ").join(map(sql.SQL, rights)), sql.Identifier(table), name
            )
        )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def rights_on(table: str, refused: dict[str, set[str]]) -> list[str]:
    """The rights on one table, in a fixed order."""
    if table in READ_ONLY:
        return ["SELECT"]
    return [right for right in ("SELECT", "INSERT", "UPDATE", "DELETE") if right not in refused.get(table, set())]
