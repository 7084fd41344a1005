"""The site's user of Redis, as `./run secrets` makes it: it may do what the site does there, and nothing else."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache.backends.redis import RedisCache
from redis import Redis
from redis.exceptions import AuthenticationError, NoPermissionError

from accounts.caching.values import JsonValues
from tests.workers.real import a_redis, as_everything, refused

pytestmark = [
    pytest.mark.redis,
    pytest.mark.sqlite_only,
    pytest.mark.timeout(60),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed"),
]
OF_THE_SERVER = """
    CONFIG GET requirepass | CONFIG SET dir /tmp | ACL LIST | ACL SETUSER amparo allkeys | SHUTDOWN NOSAVE | SAVE | BGSAVE
    REPLICAOF 127.0.0.1 1 | MODULE LIST | MONITOR | CLIENT LIST | CLIENT KILL TYPE normal | INFO | SWAPDB 0 1
    FLUSHALL | FLUSHDB | KEYS * | RANDOMKEY | DBSIZE | EVAL return(1) 0 | FUNCTION LIST | SCRIPT FLUSH | SCRIPT KILL
    MIGRATE 127.0.0.1 1 celery 0 9 | DUMP celery | RESTORE celery 0 x | COPY celery x | MOVE celery 5 | SORT celery
"""
OF_OTHERS = """
    GET secrets | SET secrets x | DEL secrets | EXISTS secrets | RENAME celery secrets | RENAME secrets celery | TYPE secrets
    LPUSH secrets x | HGET secrets x | PUBLISH secrets x | PSUBSCRIBE * | PSUBSCRIBE secrets | GET :2:counter
"""


def commands(told: str) -> list[str]:
    return [one.strip() for line in told.strip().splitlines() for one in line.split("|")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("redis")
    with a_redis(folder) as one:
        yield one


@pytest.mark.parametrize("command", [*commands(OF_THE_SERVER), *commands(OF_OTHERS)])
def test_the_site_changes_no_server_and_reaches_no_key_of_others(address: str, command: str) -> None:
    with Redis.from_url(as_everything(address)) as everything:
        everything.set("secrets", "words")
        everything.rpush("celery", "words")
    with Redis.from_url(address) as site, pytest.raises(NoPermissionError):
        site.execute_command(*command.split())


def test_nobody_comes_without_a_name(address: str) -> None:
    _user, _at, place = address.rpartition("@")
    for bare in (f"redis://{place}", f"redis://default:a-password@{place}", f"redis://amparo:wrong@{place}"):
        with Redis.from_url(bare) as nobody, pytest.raises(AuthenticationError):
            nobody.ping()


def test_all_that_the_cache_does_is_open_to_it(address: str) -> None:
    """What the queue does is seen by the tests with workers: each ends by asking what was refused."""
    with Redis.from_url(as_everything(address)) as everything:
        everything.acl_log_reset()
    cache = RedisCache([address.replace("/0", "/1")], {"OPTIONS": {"serializer": JsonValues()}})
    cache.set("attempts", 1, 60)
    assert cache.incr("attempts") == 2 and cache.get("attempts") == 2 and cache.has_key("attempts")
    assert cache.touch("attempts", 90) and cache.touch("attempts", None)
    assert cache.add("code", 1, 60) and not cache.add("code", 1, 60)
    assert cache.delete("attempts") and not cache.has_key("attempts")
    assert refused(address) == []
