"""Many keys as one value of a query: a list within it would be a text of its own for each length, and bind each key."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Lookup, Q, UUIDField

from sealing.queries.kinds import keys_as_one


@UUIDField.register_lookup
class Among(Lookup):  # type: ignore[type-arg]  # Django's own class takes no arguments
    """That a key is one of those of an array."""

    lookup_name, prepare_rhs = "among", False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the condition; SQLite takes a JSON text apart, once."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, keys_as_one(connection, self.rhs))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the same for an array."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, keys_as_one(connection, self.rhs))


def among(column: str, keys: Sequence[uuid.UUID]) -> Q:
    """Return the condition that the column is one of these keys; of none, that it is nothing at all."""
    return Q(**{f"{column}__among": keys}) if keys else Q(**{f"{column}__in": ()})
