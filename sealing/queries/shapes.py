"""The text of one query for one shape of its values, and where in it each value is bound.

It is written twice, with other stand-ins in another order. Where the texts differ, or a value that is no stand-in, a
condition of Python was about to be frozen in: that is refused, and so is a stand-in that is not found again.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from sealing.queries import moment
from sealing.queries.kinds import MOMENT, ValueKind

NOW = "now()"
FIRST, SECOND = (1, 1), (18_000, -1)  # the second time the later value is the lesser


class QueryNotWhole(TypeError):
    """The text of a query would not have followed its values."""


@dataclass(frozen=True)
class Slot:
    """One place in the text: which value is bound there, which of several, and of which type the driver wants it."""

    position: int
    name: str
    index: int
    as_type: type[int] | None


@dataclass(frozen=True)
class _Written:
    """A query as Django wrote it for certain stand-ins."""

    queryset: QuerySet[Any, Any]
    given: dict[str, Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    stand_ins: dict[Any, tuple[str, int]]


class Shape:
    """One text, its slots, and Django's own knowledge of how a row of the answer becomes an instance."""

    def __init__(
        self, build: Callable[..., Any], kinds: dict[str, ValueKind], values: dict[str, Any], alias: str
    ) -> None:
        self.kinds, self.alias, self.name = {**kinds, NOW: MOMENT}, alias, name_of(build)
        one, other = (self._written(build, values, numbers) for numbers in (FIRST, SECOND))
        self.is_nothing = one is None
        if one is None or other is None:
            if one is not other:
                raise QueryNotWhole(f"{self.name} asks nothing for some values of one shape.")
            return
        if one.sql != other.sql or len(one.params) != len(other.params):
            raise QueryNotWhole(f"The text of {self.name} depends on a value:\n{one.sql}\n{other.sql}")
        self.sql, self.params = one.sql, one.params
        self.slots = [slot for slot in self._slots(one, other) if slot]
        missing = {place[0] for place in one.stand_ins.values()} - {slot.name for slot in self.slots} - {NOW}
        if missing:
            raise QueryNotWhole(f"{self.name} does not ask for {sorted(missing)}:\n{self.sql}")
        self.queryset, self.compiler = one.queryset, one.compiler
        related = cast(Any, one.queryset)._known_related_objects
        self.known = [(field, _name_of(rows, one.given)) for field, rows in related.items()]
        self.iterable = cast(Any, one.queryset)._iterable_class
        # A connection belongs to one thread; the text belongs to the process.
        cast(Any, self.compiler).connection = None

    def rows(self, values: dict[str, Any]) -> list[Any]:
        """Ask with these values and return the rows as Django makes them."""
        if self.is_nothing:
            return []
        connection = connections[self.alias]
        source = _Source(self, connection, values)
        return list(self.iterable(source))

    def count(self, values: dict[str, Any]) -> int:
        """Ask with these values how many rows there are."""
        if self.is_nothing:
            return 0
        connection = connections[self.alias]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({self.sql}) counted", self.bound(values, connection))
            return int(cursor.fetchone()[0])

    def _written(self, build: Callable[..., Any], values: dict[str, Any], numbers: tuple[int, int]) -> _Written | None:
        """Let Django write the query with stand-ins that begin at a number; None where it would ask nothing."""
        connection = connections[self.alias]
        number, step = numbers
        given: dict[str, Any] = {}
        stand_ins: dict[Any, tuple[str, int]] = {}
        for name, kind in self.kinds.items():
            value = timezone.now() if name == NOW else values[name]
            given[name], found = kind.stand_ins(value, number, step)
            for index, one in enumerate(found):
                stand_ins[_plain(kind.adapt(connection, one))] = name, index
            number += step * max(len(found), 1)
        with moment.standing_in(given.pop(NOW)), connection.execute_wrapper(_refuse):
            queryset = build(**given)
            _require_plain(queryset, self.name)
            compiler = queryset.query.get_compiler(using=self.alias)
            try:
                sql, params = compiler.as_sql()
            except EmptyResultSet:
                return None
        return _Written(queryset, given, compiler, sql, tuple(params), stand_ins)

    def _slots(self, one: _Written, other: _Written) -> list[Slot | None]:
        return [self._slot(position, one, other) for position in range(len(one.params))]

    def _slot(self, position: int, one: _Written, other: _Written) -> Slot | None:
        """Return what is bound at this place, or None for what is the same each time."""
        first, second = _plain(one.params[position]), _plain(other.params[position])
        place = one.stand_ins.get(first)
        if place is not None and other.stand_ins.get(second) == place:
            kind = type(one.params[position])
            return Slot(position, *place, kind if issubclass(kind, int) and kind is not int else None)
        if first != second:
            raise QueryNotWhole(f"{self.name} works something out from a value ({first!r}); give it as a value itself.")
        return None

    def bound(self, values: dict[str, Any], connection: BaseDatabaseWrapper) -> list[Any]:
        """Return the parameters of the text for these values."""
        params = list(self.params)
        ready: dict[str, list[Any]] = {}
        for slot in self.slots:
            if slot.name not in ready:
                kind = self.kinds[slot.name]
                value = timezone.now() if slot.name == NOW else values[slot.name]
                ready[slot.name] = [kind.adapt(connection, one) for one in kind.bound(value)]
            found = ready[slot.name][slot.index]
            params[slot.position] = slot.as_type(found) if slot.as_type else found
        return params


class _Source:
    """What Django's iterables ask of a queryset and of its query: here the text is written already."""

    def __init__(self, shape: Shape, connection: BaseDatabaseWrapper, values: dict[str, Any]) -> None:
        self.shape, self.connection = shape, connection
        self.params = shape.bound(values, connection)
        self.db, self.model, self.query = shape.alias, shape.queryset.model, self
        self._known_related_objects = {field: {values[name].pk: values[name]} for field, name in shape.known}

    def __getattr__(self, name: str) -> Any:
        """Return what the query that was written knows of its columns."""
        return getattr(self.shape.queryset.query, name)

    def get_compiler(self, *_args: Any, **_options: Any) -> SQLCompiler:
        """Return the compiler that wrote the text, on the connection of this thread."""
        compiler = cast(Any, copy.copy(self.shape.compiler))
        compiler.connection = self.connection
        compiler.as_sql = lambda: (self.shape.sql, self.params)
        kept = vars(self.connection).setdefault("converters_of_shapes", {})
        if self.shape not in kept:
            kept[self.shape] = compiler.get_converters([column[0] for column in compiler.select])
        converters = kept[self.shape]
        compiler.get_converters = lambda _expressions: converters
        return cast(SQLCompiler, compiler)


def name_of(build: Any) -> str:
    """Return by which name the function of a query is told in a fault."""
    return str(getattr(build, "__qualname__", build))


def _refuse(_execute: Any, sql: str, *_rest: Any) -> Any:
    raise QueryNotWhole(f"A query is written from its values alone; this would have read something more: {sql}")


def _require_plain(queryset: Any, name: str) -> None:
    """Refuse what this way of asking does not carry over."""
    if queryset._prefetch_related_lookups:
        raise QueryNotWhole(f"{name} prefetches; ask for those rows with a query of their own (`prefetched`).")
    if queryset.query.select_for_update or queryset.query.combinator:
        raise QueryNotWhole(f"{name} locks or joins queries; ask Django for it each time.")


def _plain(value: Any) -> Any:
    """Return a parameter so that it can be compared: drivers wrap bytes."""
    value = getattr(value, "obj", value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    return value if getattr(type(value), "__hash__", None) else repr(value)


def _name_of(rows: dict[Any, Any], given: dict[str, Any]) -> str:
    """Return under which name a row was given that the rows of the answer point to."""
    return next(name for name, value in given.items() if any(value is row for row in rows.values()))
