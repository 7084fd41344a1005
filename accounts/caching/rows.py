"""A cache in rows of the database. Django's own reads pickles, so whoever could write a row could run a command."""

import datetime as dt
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.caching.values import JsonValues
from accounts.models import CachedValue

NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
WRITES_BETWEEN_SWEEPS = 100


class RowCache(BaseCache):
    """Values that all processes share, for as long as each was given; what is over is as good as gone.

    Nothing that still counts is ever pushed out: a used code stays used for its whole time.
    """

    values = JsonValues()

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._writes = 0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value; `default` where there is none, or what stands there is no JSON."""
        row = CachedValue.objects.current().filter(key=self._key(key, version)).first()
        try:
            return default if row is None else self.values.loads(row.value)
        except ValueError:
            return default

    def has_key(self, key: str, version: int | None = None) -> bool:
        return bool(CachedValue.objects.current().filter(key=self._key(key, version)).exists())

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Write the value if nothing stands there, and say whether it was this call that wrote it: one of many does."""
        self._sweep_now_and_then()
        row = self._row(key, value, timeout, version)
        CachedValue.objects.over().filter(key=row.key).delete()
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._sweep_now_and_then()
        CachedValue.objects.bulk_create(
            [self._row(key, value, timeout, version)],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["value", "expires_at"],
        )

    @transaction.atomic
    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number and return it; raises ValueError where there is none."""
        row = CachedValue.objects.current().select_for_update().filter(key=self._key(key, version)).first()
        if row is None:
            raise ValueError("There is no number to add to.")
        number = int(self.values.loads(row.value)) + delta
        row.value = self.values.dumps(number)
        row.save(update_fields=["value"])
        return number

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        live = CachedValue.objects.current().filter(key=self._key(key, version))
        return bool(live.update(expires_at=self._end(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        deleted, _of_each_kind = CachedValue.objects.filter(key=self._key(key, version)).delete()
        return bool(deleted)

    def clear(self) -> None:
        CachedValue.objects.all().delete()

    def _key(self, key: str, version: int | None) -> str:
        return str(self.make_and_validate_key(key, version=version))

    def _row(self, key: str, value: Any, timeout: Any, version: int | None) -> CachedValue:
        return CachedValue(key=self._key(key, version), value=self.values.dumps(value), expires_at=self._end(timeout))

    def _end(self, timeout: Any) -> dt.datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return NEVER if seconds is None else timezone.now() + dt.timedelta(seconds=float(seconds))

    def _sweep_now_and_then(self) -> None:
        """Delete what is over, once in so many writes of this process."""
        if self._writes % WRITES_BETWEEN_SWEEPS == 0:
            CachedValue.objects.over().delete()
        self._writes += 1
