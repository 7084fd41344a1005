"""Caches for tests: in rows, and in a real Redis that a test can stop."""

import os
import pickle
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis

from config.environment import Environment
from tests.workers.real import a_redis, as_everything

ROWS = {"default": {"BACKEND": "accounts.caching.rows.RowCache"}}


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.marker),)


def a_bomb(marker: Path) -> bytes:
    """A pickle that makes this folder when somebody reads it; it was tried once, and works."""
    bomb = pickle.dumps(Bomb(marker))
    pickle.loads(bomb)  # noqa: S301 -- to see that it goes off
    marker.rmdir()
    return bomb


@dataclass
class RealRedis:
    """A Redis of this test, the caches that settings make of it, a client that may do all there, and a way to end it."""

    caches: dict[str, dict[str, Any]]
    client: Any
    stop: Any


@contextmanager
def a_cache_in_redis(folder: Path) -> Iterator[RealRedis]:
    """Run a Redis; the caches are those of config.settings, with this address in place of theirs."""
    with ExitStack() as until:
        address = until.enter_context(a_redis(folder))
        redis = Environment({"U": address}).redis("U")
        assert redis is not None
        options = {"serializer": "accounts.caching.values.JsonValues"}
        cache = {"BACKEND": "accounts.caching.redis_and_rows.RedisAndRows", "LOCATION": [redis.cache]}
        client = until.enter_context(Redis.from_url(as_everything(redis.cache)))
        yield RealRedis({"default": {**cache, "OPTIONS": options}}, client, until.close)
