"""The kinds of values that a query written once may be given, and what stands in for each while it is written."""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

FIRST_MOMENT = dt.datetime(1871, 1, 1, tzinfo=dt.UTC)
FIRST_NUMBER = 11_000  # every column of whole numbers holds it
EXACT_SIZES = 4
_UUID, _BINARY = models.UUIDField(), models.BinaryField()  # they know how a driver is given such a value

Adapt = Callable[[BaseDatabaseWrapper, Any], Any]


@dataclass(frozen=True)
class ValueKind:
    """One kind of value: what stands in for it, what of it stands in the query, and how the driver is given that."""

    name: str
    stand_in: Callable[[int], Any]
    adapt: Adapt
    is_many: bool = False
    is_row: bool = False
    is_array: bool = False

    @property
    def is_flag(self) -> bool:
        """Say whether the value chooses between texts and is never bound."""
        return self.name == "flag"

    @property
    def is_person(self) -> bool:
        """Say whether the value is somebody who must be allowed to work here at each use."""
        return self.name == "person"

    def shape(self, value: Any) -> Any:
        """Return what of this value the text may depend on: a flag itself, how many there are, whether there is any."""
        if self.is_flag:
            return value
        if self.is_many:
            return padded_size(len(value))
        return bool(value) if self.is_array else value is not None and value != ""

    def bound(self, value: Any) -> list[Any]:
        """Return what of this value is bound; of several as many as the text has room for, the last one again."""
        if self.is_many:
            found = list(value)
            return found + found[-1:] * (padded_size(len(found)) - len(found))
        if self.is_array:
            return [value] if value else []
        if value is None or value == "":
            return []
        return [value.pk if self.is_row else value]

    def stand_ins(self, value: Any, number: int, step: int) -> tuple[Any, list[Any]]:
        """Return what the builder is given in place of this value, and what of it must be found in the query."""
        if self.is_flag:
            return value, []
        if self.is_many:
            made = [self.stand_in(number + step * n) for n in range(padded_size(len(value)))]
            return made, made
        if self.is_array:
            together = [self.stand_in(number), self.stand_in(number + step)]
            return (together, [together]) if value else ([], [])
        if value is None or value == "":
            return value, []
        one = self.stand_in(number)
        return one, [one.pk if self.is_row else one]


def padded_size(size: int) -> int:
    """Return for how many values a text is written that has room for so many: few texts serve every length."""
    if size <= EXACT_SIZES:
        return size if size < 3 else EXACT_SIZES
    return int(EXACT_SIZES * padded_size(-(-size // EXACT_SIZES)))


def several(kind: ValueKind) -> ValueKind:
    """Return the kind of a list of such values, asked with IN."""
    return replace(kind, is_many=True)


def array_of(kind: ValueKind) -> ValueKind:
    """Return the kind of a list of keys that is one value of the query, however long: asked with `among()`."""
    if kind.name != KEY.name:
        raise TypeError("Only keys are asked for as one value.")
    return replace(kind, name="keys", adapt=keys_as_one, is_array=True)


def keys_as_one(connection: BaseDatabaseWrapper, values: Sequence[uuid.UUID]) -> Any:
    """Return many keys as one value: an array where the engine has them, else a text of JSON."""
    if connection.vendor == "postgresql":
        return list(values)
    return json.dumps([value.hex for value in values])


def row_of(model: type[models.Model]) -> ValueKind:
    """Return the kind of a row of this model, of which the query may know the key alone."""
    key = model._meta.pk
    of_key = KEY if isinstance(key, models.UUIDField) else NUMBER
    return replace(of_key, stand_in=partial(_row, model, of_key), is_row=True)


def is_nobody(user: Any) -> bool:
    """Say whether nobody is signed in, or somebody who may not work here any more."""
    return not (getattr(user, "is_authenticated", False) and user.is_active)


def _row(model: type[models.Model], of_key: ValueKind, number: int) -> models.Model:
    """Return a row of which only the key is there: whatever else is asked of it would be read, and that is refused."""
    return model.from_db(None, [model._meta.pk.attname], [of_key.stand_in(number)])


def _person(number: int) -> models.Model:
    """Return somebody who may work here; of the real one this is asked at each use."""
    model = get_user_model()
    return model.from_db(None, [model._meta.pk.attname, "is_active"], [FIRST_NUMBER + number, True])


def _as_it_is(_connection: BaseDatabaseWrapper, value: Any) -> Any:
    return value


def _key(connection: BaseDatabaseWrapper, value: Any) -> Any:
    if isinstance(value, uuid.UUID):  # what Django's field would give, which costs more where there are a thousand
        return value if connection.features.has_native_uuid_field else value.hex
    return _UUID.get_db_prep_value(value, connection)


def _moment(connection: BaseDatabaseWrapper, value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def _day(connection: BaseDatabaseWrapper, value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value)


def _bytes(connection: BaseDatabaseWrapper, value: Any) -> Any:
    return _BINARY.get_db_prep_value(value, connection)


def _nothing(_number: int) -> Any:
    raise TypeError("A flag has no stand-in: the text depends on it.")


NUMBER = ValueKind("number", lambda number: FIRST_NUMBER + number, _as_it_is)
TEXT = ValueKind("text", lambda number: f"stands in {number:05d}", _as_it_is)
KEY = ValueKind("key", lambda number: uuid.UUID(int=(0xA << 124) + number, version=4), _key)
MOMENT = ValueKind("moment", lambda number: FIRST_MOMENT + dt.timedelta(hours=number), _moment)
DAY = ValueKind("day", lambda number: (FIRST_MOMENT + dt.timedelta(days=number)).date(), _day)
BYTES = ValueKind("bytes", lambda number: b"stands in" + number.to_bytes(7, "big"), _bytes)
FLAG = ValueKind("flag", _nothing, _as_it_is)
PERSON = ValueKind("person", _person, _as_it_is, is_row=True)
