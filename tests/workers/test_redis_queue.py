"""Sweeps with a real worker on a real Redis."""

import base64
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery
from redis import Redis

from tests.accounts.caches import a_bomb
from tests.workers import sweeping
from tests.workers.real import Site, as_everything, wait_for
from tests.workers.steps import due_steps
from tests.workers.test_file_queue import envelope
from work.messages import MOST_BYTES
from work.redis_queue import REFUSED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker, pytest.mark.redis, pytest.mark.timeout(180)]
of_the_queue_alone = pytest.mark.sqlite_only  # whatever database stands beside it


def test_two_workers_on_redis_send_each_reminder_once(redis_site: Site) -> None:
    sweeping.two_workers_send_each_once(redis_site)


def test_two_workers_on_redis_send_each_summary_of_a_week_once(redis_site: Site) -> None:
    sweeping.two_workers_send_each_summary_once(redis_site)


def test_what_lay_in_redis_while_no_worker_ran_is_done_later(redis_site: Site) -> None:
    sweeping.what_was_sent_while_no_worker_ran_is_done_later(redis_site)


def test_a_job_left_lying_is_taken_up_again(redis_site: Site) -> None:
    sweeping.a_job_left_lying_is_taken_up_again(redis_site)


def a_message(body: object = None, **changed: object) -> dict[str, Any]:
    """A message as celery writes it into Redis, with some parts changed."""
    return envelope(body, **changed)


def told(**headers: object) -> bytes:
    """A message that asks for a sweep, with one header more or another one."""
    known = {"lang": "py", "task": sweeping.SWEEP, "id": str(uuid.uuid4())}
    return json.dumps(a_message(headers={**known, **headers})).encode()


def garbage(bomb: bytes) -> list[bytes]:
    """Return what is no message of ours, each of which kombu or celery stumbles over in another place."""
    way = {"exchange": "", "routing_key": "celery"}
    pickled = {"body": base64.b64encode(bomb).decode(), "content-type": "application/x-python-serialize"}
    no_way = {"delivery_info": {}, "delivery_tag": "1", "body_encoding": "base64"}
    planted = [
        a_message(**pickled),
        a_message(properties={}),
        a_message(properties=no_way),
        a_message(properties={**no_way, "delivery_info": way, "delivery_tag": 5}),
        a_message(body="words"),
        a_message(body=[[], {}, {"callbacks": [{"task": sweeping.SWEEP}]}]),
        a_message(body=[[{"__type__": "datetime", "__value__": "never"}], {}, {}]),
        a_message(body={"task": sweeping.SWEEP, "id": "1", "args": [], "kwargs": {}}, headers={}),
        {},
        None,
        "words",
    ]
    odd = [
        told(timelimit="x"),
        told(timelimit=[9**9, None]),
        told(task=5),
        told(compression="bzip2"),
        told(eta=[]),
        told(retries="many"),
    ]
    raw = [bomb, b"{", b"[" * 50_000, b"\xff\xfe", b" " * (MOST_BYTES + 1)]
    return [*raw, *odd, *(json.dumps(one).encode() for one in planted)]


@pytest.fixture
def client(redis_site: Site) -> Iterator[Any]:
    """A person who can write into the Redis of this site."""
    with Redis.from_url(as_everything(redis_site.redis)) as one:
        yield one


def still_works(site: Site, worker: Any) -> None:
    """See that the worker does what it is asked afterwards, and that it never ended."""
    due_steps()
    site.send(sweeping.SWEEP)
    wait_for(sweeping.all_marked)
    assert worker.poll() is None, site.logs()


@of_the_queue_alone
def test_garbage_in_the_queue_is_set_aside_and_the_worker_lives(redis_site: Site, client: Any) -> None:
    marker = redis_site.folder / "taken over"
    planted = garbage(a_bomb(marker))
    client.rpush("celery", *planted[::2])
    worker = redis_site.start_worker()
    wait_for(lambda: client.llen(REFUSED) == len(planted[::2]))
    client.rpush("celery", *planted[1::2])
    wait_for(lambda: client.llen(REFUSED) == len(planted))
    still_works(redis_site, worker)
    assert not marker.exists() and redis_site.logs().count("was set aside") == len(planted)
    assert {bytes(one) for one in client.lrange(REFUSED, 0, -1)} == {one[:MOST_BYTES] for one in planted}


@of_the_queue_alone
def test_garbage_among_what_was_taken_is_not_given_back(redis_site: Site, client: Any) -> None:
    marker = redis_site.folder / "taken over"
    planted = garbage(a_bomb(marker))
    held = [json.dumps([json.loads(one), "", "celery"]) for one in planted if one.startswith((b'{"', b'"', b"null"))]
    for number, one in enumerate([*planted, *held, json.dumps([a_message(), 5, []])]):
        client.hset("unacked", f"t{number}", one)
        client.zadd("unacked_index", {f"t{number}": 0})
    worker = redis_site.start_worker()
    wait_for(lambda: client.zcard("unacked_index") < len(planted) + len(held))
    still_works(redis_site, worker)
    assert not marker.exists() and "was set aside" in redis_site.logs() and client.llen("celery") == 0


@of_the_queue_alone
@pytest.mark.parametrize("key", ["celery", "unacked", "unacked_index", "_kombu.binding.celery"])
def test_a_key_of_a_wrong_kind_is_set_aside(redis_site: Site, client: Any, key: str) -> None:
    client.set(key, "words")
    worker = redis_site.start_worker()
    due_steps()
    wait_for(lambda: client.pubsub_numpat() or client.pubsub_channels())
    redis_site.send(sweeping.SWEEP)
    wait_for(sweeping.all_marked)
    wait_for(lambda: client.exists(f"{REFUSED}.{key}"))
    assert worker.poll() is None, redis_site.logs()


@of_the_queue_alone
@pytest.mark.parametrize("order", ["shutdown", "pool_restart", "revoke", "cancel_consumer", "time_limit", "no such"])
def test_who_can_write_into_the_queue_orders_a_worker_nothing(redis_site: Site, client: Any, order: str) -> None:
    worker = redis_site.start_worker()
    told = {"method": order, "arguments": {"queue": "celery"}, "destination": None, "pattern": None, "matcher": None}
    wait_for(lambda: client.publish("/0.celery.pidbox", json.dumps(a_message(told, headers={"clock": 1}))))
    for one in (*garbage(b"\x80\x04."), json.dumps(a_message("words", headers={"clock": "late"})).encode()):
        client.publish("/0.celery.pidbox", one)
    wait_for(lambda: "pidbox command error: 'KeyError'" in redis_site.logs())
    still_works(redis_site, worker)


@of_the_queue_alone
def test_a_worker_says_that_it_lives(redis_site: Site) -> None:
    """What the health of the container asks."""
    redis_site.start_worker()

    def answer() -> dict[str, Any]:
        with Celery("asker", broker=redis_site.redis, set_as_current=False) as app:
            return app.control.inspect(timeout=2).ping() or {}

    assert wait_for(answer) == {"w0@here": {"ok": "pong"}}
