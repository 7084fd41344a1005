"""What all processes count together: JSON in rows or in Redis, never code, and no sign-in stops when Redis does."""

import base64
import datetime as dt
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.caching import redis_and_rows, rows
from accounts.models import CachedValue
from accounts.sign_in import factors
from tests.accounts.caches import ROWS, RealRedis, a_bomb, a_cache_in_redis
from tests.accounts.conftest import Office
from tests.accounts.signing_in import unused_code
from tests.accounts.test_signing_in import MIDDLE_OF_A_WINDOW, give_code, give_password

has_redis = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")


@pytest.fixture
def in_rows(db: None, settings: Any) -> None:
    """The cache of the embedded default."""
    settings.CACHES = ROWS


@pytest.fixture
def redis(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealRedis]:
    """The cache of a server, in a Redis that the test can stop."""
    monkeypatch.setattr(redis_and_rows.RedisAndRows, "outage", redis_and_rows.Outage())
    with a_cache_in_redis(tmp_path) as real:
        settings.CACHES = real.caches
        yield real


@pytest.fixture(params=["in_rows", pytest.param("redis", marks=[has_redis, pytest.mark.redis])])
def either(request: pytest.FixtureRequest) -> Any:
    """Each of the two caches."""
    return request.getfixturevalue(request.param)


# --- what a cache promises -----------------------------------------------------------------------


@pytest.mark.usefixtures("either")
def test_either_cache_keeps_what_django_promises_of_one() -> None:
    assert cache.get("k", "nothing") == "nothing" and "k" not in cache and not cache.delete("k")
    cache.set("k", [1.5, "words", None, True], 60)
    assert cache.get("k") == [1.5, "words", None, True] and "k" in cache
    cache.set("k", {"a": 1}, 60)
    assert cache.get_many(["k", "l"]) == {"k": {"a": 1}}
    assert cache.touch("k", 90) and not cache.touch("l", 90)
    assert cache.delete("k") and cache.get("k") is None
    cache.set_many({"a": 1, "b": 2}, 60)
    cache.delete_many(["b"])
    assert cache.incr("a", 4) == 5 and cache.get("a") == 5 and cache.decr("a") == 4
    with pytest.raises(ValueError, match=r"number|not found"):
        cache.incr("b")
    cache.set("for-ever", 1, None)
    cache.set("over-at-once", 1, 0)
    assert cache.get("for-ever") == 1 and cache.get("over-at-once") is None
    cache.clear()
    assert cache.get("a") is None and cache.get("for-ever") is None


@pytest.mark.usefixtures("either")
def test_what_is_added_once_is_not_added_again() -> None:
    assert cache.add("used", "y", 60) and not cache.add("used", "z", 60) and cache.get("used") == "y"
    cache.set("written", 1, 60)
    assert not cache.add("written", 2, 60)
    assert cache.delete("used") and cache.add("used", "y", 60)


@pytest.mark.usefixtures("in_rows")
def test_what_is_over_is_gone_and_is_swept_and_what_counts_is_never_pushed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows, "WRITES_BETWEEN_SWEEPS", 5)
    assert cache.add("counts", "y", 60)
    cache.set("was", 1, 60)
    assert cache.add("was-used", 1, 60)
    past = timezone.now() - dt.timedelta(seconds=1)
    CachedValue.objects.exclude(key__contains="counts").update(expires_at=past)
    assert cache.get("was") is None and "was" not in cache and not cache.touch("was", 60)
    with pytest.raises(ValueError, match="."):
        cache.incr("was")
    assert cache.add("was-used", 2, 60)
    for number in range(20):
        cache.set(f"another-{number}", number, -1)
    assert cache.get("counts") == "y" and not cache.add("counts", "y", 60)
    assert CachedValue.objects.over().count() <= 5


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_adds_and_no_count_is_lost(settings: Any) -> None:
    settings.CACHES = ROWS
    cache.set("count", 0, 60)
    CachedValue.objects.create(key=":1:once", value='"before"', expires_at=timezone.now() - dt.timedelta(hours=1))
    start, added = threading.Barrier(6), []

    def one() -> None:
        try:
            start.wait(20)
            added.append(cache.add("once", "y", 60))
            cache.incr("count")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(added) == [False] * 5 + [True] and cache.get("count") == 6


# --- data, never code ----------------------------------------------------------------------------


def keys_of(real: RealRedis | None) -> list[str]:
    """Every key that lies in the cache, as it lies there."""
    rows_of = list(CachedValue.objects.values_list("key", flat=True))
    return rows_of + [key.decode() for key in real.client.keys("*")] if real else rows_of


def plant(real: RealRedis | None, key: str, bomb: bytes) -> None:
    """Put the bomb where a value lies, in each spelling that a cache of Django's would have opened."""
    spelled = base64.b64encode(bomb).decode()
    later = timezone.now() + dt.timedelta(hours=1)
    if real is not None:
        real.client.set(key, bomb)
    CachedValue.objects.update_or_create(key=key, defaults={"value": spelled, "expires_at": later})


def test_a_planted_pickle_runs_nothing_in_either_cache(either: RealRedis | None, tmp_path: Path) -> None:
    marker = tmp_path / "taken over"
    bomb = a_bomb(marker)
    cache.set("count", 1, 60)
    plant(either, ":1:count", bomb)
    assert cache.get("count", "nothing") == "nothing" and cache.get_many(["count"]).get("count") is None
    assert not cache.add("count", 1, 60) and "count" in cache
    with pytest.raises(ValueError, match="."):
        cache.incr("count")
    for deep in (b"[" * 100_000, b"\xff\x00", b""):
        plant(either, ":1:count", deep)
        assert cache.get("count", "nothing") == "nothing"
    assert not marker.exists()


def test_a_pickle_under_every_key_of_a_sign_in_runs_nothing_and_keeps_nobody_out(
    either: RealRedis | None, office: Office, tmp_path: Path
) -> None:
    marker = tmp_path / "taken over"
    bomb = a_bomb(marker)
    factors.give_factor(office.ana)
    with time_machine.travel(MIDDLE_OF_A_WINDOW, tick=False):
        give_password(Client(), "ana", "wrong wrong wrong wrong")
        client = Client()
        give_password(client, "ana")
        give_code(client, "000000")
        counted = [key for key in keys_of(either) if ":rl:" in key]
        assert counted
        for key in counted:
            plant(either, key, bomb)
        give_password(Client(), "ana", "wrong wrong wrong wrong")
        give_password(client, "ana")
        assert give_code(client, unused_code(office.ana)).status_code == 302
    assert client.get("/account/").status_code == 200 and not marker.exists()


# --- Redis is gone -------------------------------------------------------------------------------


@has_redis
@pytest.mark.redis
def test_signing_in_goes_on_when_redis_stops_and_a_used_code_stays_used(
    redis: RealRedis, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    factors.give_factor(office.ana)
    factors.give_factor(office.noor)
    with time_machine.travel(MIDDLE_OF_A_WINDOW, tick=False):
        before, after = unused_code(office.ana), unused_code(office.noor)
        signs_in("ana", before)
        assert redis.client.ping()
        redis.stop()
        refused("ana", before)
        signs_in("noor", after)
        refused("noor", after)
    told = [line for line in caplog.records if line.name == "amparo.cache"]
    assert len(told) == 1 and "ana" not in told[0].getMessage()


@has_redis
@pytest.mark.redis
def test_a_code_used_while_redis_was_gone_stays_used_when_it_answers_again(
    redis: RealRedis, office: Office, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    factors.give_factor(office.ana)
    here = redis.caches
    with time_machine.travel(MIDDLE_OF_A_WINDOW, tick=False):
        code = unused_code(office.ana)
        settings.CACHES = {"default": {**here["default"], "LOCATION": ["redis://127.0.0.1:1/1"]}}
        signs_in("ana", code)
        settings.CACHES = here
        monkeypatch.setattr(redis_and_rows.RedisAndRows, "outage", redis_and_rows.Outage())
        refused("ana", code)
    assert redis.client.ping()


@has_redis
@pytest.mark.redis
def test_limits_count_on_when_redis_stops(redis: RealRedis, office: Office) -> None:
    redis.stop()
    answers = [give_password(Client(), "ana", "wrong wrong wrong wrong") for _number in range(7)]
    assert "tried too often" in answers[-1].content.decode() and "tried too often" not in answers[0].content.decode()


def signs_in(name: str, code: str) -> None:
    client = Client()
    give_password(client, name)
    assert give_code(client, code).status_code == 302
    assert client.get("/account/").status_code == 200


def refused(name: str, code: str) -> None:
    client = Client()
    give_password(client, name)
    answer = give_code(client, code)
    assert answer.status_code == 200 and "was used already" in answer.content.decode()
