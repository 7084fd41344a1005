"""A cache in Redis that goes on in the rows of the database when Redis is gone: signing in must not stop with it."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from accounts.caching.rows import RowCache

logger = logging.getLogger("amparo.cache")
TELL_EVERY = 60.0
REST = 5.0  # seconds for which Redis is not asked again: a server that hangs would slow every sign-in


@dataclass
class Outage:
    """Until when this process leaves Redis alone, and until when the log has been told."""

    asked_again_at: float = 0.0
    told_again_at: float = 0.0


class RedisAndRows(BaseCache):
    """Counters lie in Redis while it answers, else in rows. What is done once (`add`) is always kept in a row.

    So a code that was used while Redis answered stays used when it is gone, and the other way round; and whoever can
    write to Redis alone cannot make a used code good again.
    """

    outage = Outage()

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(params)
        self._redis = RedisCache(server, params)
        self._rows = RowCache("", params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value; `default` where there is none, or what stands there is no JSON."""
        nothing = object()
        try:
            found = self._ask(lambda: self._redis.get(key, nothing, version), nothing)
        except ValueError:
            found = nothing
        return self._rows.get(key, default, version) if found is nothing else found

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._is_in_redis(key, version) or self._rows.has_key(key, version)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Write the value if nothing stands there, and say whether it was this call that wrote it: in a row, always."""
        return not self._is_in_redis(key, version) and self._rows.add(key, value, timeout, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        def write() -> bool:
            self._redis.set(key, value, timeout, version)
            return True

        if not self._ask(write, False):
            self._rows.set(key, value, timeout, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number and return it; raises ValueError where there is none."""
        if self._is_in_redis(key, version):
            number = self._ask(lambda: self._redis.incr(key, delta, version), None)
            if number is not None:
                return int(number)
        return self._rows.incr(key, delta, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        is_there = self._ask(lambda: self._redis.touch(key, timeout, version), False)
        return bool(is_there) or self._rows.touch(key, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Delete it in both places."""
        was_in_redis = bool(self._ask(lambda: self._redis.delete(key, version), False))
        return self._rows.delete(key, version) or was_in_redis

    def clear(self) -> None:
        self._ask(self._redis.clear, None)
        self._rows.clear()

    def _is_in_redis(self, key: str, version: int | None) -> bool:
        return bool(self._ask(lambda: self._redis.has_key(key, version), False))

    def _ask(self, ask: Callable[[], Any], otherwise: Any) -> Any:
        """What Redis answers; `otherwise` when it does not, which the log hears of once a minute."""
        now, outage = time.monotonic(), self.outage
        if now < outage.asked_again_at:
            return otherwise
        try:
            return ask()
        except (RedisError, OSError) as fault:
            outage.asked_again_at = now + REST
            if now >= outage.told_again_at:
                outage.told_again_at = now + TELL_EVERY
                logger.warning("Redis does not answer (%s); the database counts on.", type(fault).__name__)
            return otherwise
