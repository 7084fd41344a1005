"""Texts in the order of their code points, which an index serves on both engines: LIKE has none on SQLite.

PostgreSQL orders texts as a language does; its indexes for LIKE, which Django makes, know this order too.
"""

from typing import Any

from django.db.models import CharField, Lookup, Q

BEFORE_SURROGATES, AFTER_SURROGATES, LAST = 0xD7FF, 0xE000, 0x10FFFF


class _InCodeOrder(Lookup):  # type: ignore[type-arg]  # Django's own class takes no arguments
    sign = ""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return the condition; SQLite compares texts so."""
        return self._written(compiler, connection, self.sign)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return the same with the operators of text_pattern_ops."""
        return self._written(compiler, connection, f"~{self.sign}~")

    def _written(self, compiler: Any, connection: Any, sign: str) -> tuple[str, tuple[str | int, ...]]:
        column, column_params = self.process_lhs(compiler, connection)
        value, params = self.process_rhs(compiler, connection)
        return f"{column} {sign} {value}", (*column_params, *params)


@CharField.register_lookup
class NotBefore(_InCodeOrder):
    """That a text stands not before another in the order of code points."""

    lookup_name, sign = "not_before", ">="


@CharField.register_lookup
class Before(_InCodeOrder):
    """That a text stands before another in the order of code points."""

    lookup_name, sign = "before", "<"


def begins_with(column: str, start: str, end: str) -> Q:
    """Return the condition that the column begins with `start`; `end` is end_of(start)."""
    return Q(**{f"{column}__not_before": start, f"{column}__before": end})


def end_of(start: str) -> str:
    """Return the first text after every text that begins with this one, which must not be empty."""
    kept = start.rstrip(chr(LAST))
    if not kept:
        raise ValueError("No text stands after all that begin so.")
    code = ord(kept[-1])
    return kept[:-1] + chr(AFTER_SURROGATES if code == BEFORE_SURROGATES else code + 1)
