"""A trigger and its clauses, as data: a test can leave each clause out and see something fail.

A clause is one SQL condition that must be true; NULL counts as false. `{now}` is the database's clock, `{t:table}` a
table of ours, `{same:column}` a column that did not change.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

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
