"""The guards of the database: records, their SQL, the registry that apps fill, and the shapes that come again."""

from sealing.triggers.records import ENGINES, Clause, Trigger
from sealing.triggers.registry import (
    after_migrating,
    before_migrating,
    drop_all,
    everything_is_applied,
    install,
    missing,
    register,
    registered,
    require_installed,
)
from sealing.triggers.shapes import (
    NEVER,
    append_only,
    never_deleted,
    only_these_columns_change,
    raises_parent_revision,
    raises_revision,
    table_columns,
)

__all__ = [
    "ENGINES",
    "NEVER",
    "Clause",
    "Trigger",
    "after_migrating",
    "append_only",
    "before_migrating",
    "drop_all",
    "everything_is_applied",
    "install",
    "missing",
    "never_deleted",
    "only_these_columns_change",
    "raises_parent_revision",
    "raises_revision",
    "register",
    "registered",
    "require_installed",
    "table_columns",
]
