"""A query whose text is written at its first use, and its bounds: how many texts, what is refused, who may ask."""

import threading
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from sealing.queries.kinds import ValueKind, is_nobody
from sealing.queries.shapes import QueryNotWhole, Shape, name_of

__all__ = ["QueryNotWhole", "TooManyShapes", "WrittenQuery", "known_queries", "written_once"]

Row = TypeVar("Row")
MOST_SHAPES = 200

_known: list["WrittenQuery[Any]"] = []


class TooManyShapes(RuntimeError):
    """One query was written in more texts than it may: a flag takes too many values."""


class WrittenQuery(Generic[Row]):
    """A query that is asked with values and answers with rows. Whatever it asks of rights stands in its text."""

    is_strict: ClassVar[bool] = False

    def __init__(self, build: "Callable[..., QuerySet[Any, Row]]", kinds: dict[str, ValueKind]) -> None:
        self.build, self.kinds = build, kinds
        self.__doc__, self.__name__, self.__wrapped__ = build.__doc__, name_of(build), build
        self.shapes: dict[Any, Shape] = {}
        self._writes = threading.Lock()
        _known.append(self)

    def __call__(self, **values: Any) -> list[Row]:
        """Return the rows; none for somebody who may not work here any more."""
        shape = self._shape(values)
        return shape.rows(values) if shape else []

    def first(self, **values: Any) -> Row | None:
        """Return the first row, of a query that asks for one."""
        found = self(**values)
        return found[0] if found else None

    def count(self, **values: Any) -> int:
        """Return how many rows there are, counted by the database; a query that is counted has a bound."""
        shape = self._shape(values)
        return shape.count(values) if shape else 0

    def forget(self) -> None:
        """Forget every text, as if the process began: a test changed what the function does."""
        self.shapes.clear()

    def _shape(self, values: dict[str, Any]) -> Shape | None:
        if values.keys() != self.kinds.keys():
            raise TypeError(f"{self.__name__} takes {sorted(self.kinds)}, and was given {sorted(values)}.")
        for name, kind in self.kinds.items():
            if kind.is_person and is_nobody(values[name]):
                return None
        alias = DEFAULT_DB_ALIAS
        key = (
            alias,
            connections[alias].vendor,
            *(kind.shape(values[name]) for name, kind in self.kinds.items()),
        )
        return self.shapes.get(key) or self._write(key, alias, values)

    def _write(self, key: Any, alias: str, values: dict[str, Any]) -> Shape:
        """Write the text for values of this shape. Two threads may write the same one; either serves."""
        shape = Shape(self.build, self.kinds, values, alias)
        with self._writes:
            if len(self.shapes) >= MOST_SHAPES:
                if self.is_strict:
                    raise TooManyShapes(f"{self.__name__} was written in more than {MOST_SHAPES} texts.")
                del self.shapes[next(iter(self.shapes))]
            self.shapes[key] = shape
        return shape


def written_once(**kinds: ValueKind) -> "Callable[[Callable[..., QuerySet[Any, Row]]], WrittenQuery[Row]]":
    """Make a query of a function that takes these values and returns a queryset; it is called when a text is written.

    The function sees stand-ins. It may decide by flags, by whether a value is there and by how many there are; reading
    anything else of a value, or a query of its own, is refused. This moment is `now()`, never timezone.now().
    """

    def decorate(build: "Callable[..., QuerySet[Any, Row]]") -> WrittenQuery[Row]:
        return WrittenQuery(build, kinds)

    return decorate


def known_queries() -> Iterator[WrittenQuery[Any]]:
    """Return every query of the process that is written once."""
    return iter(_known)
