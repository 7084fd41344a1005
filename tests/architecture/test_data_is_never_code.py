"""Caches, queue and sessions hold data: no setting of ours lets what lies there run."""

import re
import shelve
from pathlib import Path
from typing import Any

import pytest
from celery.apps.beat import Beat
from celery.beat import PersistentScheduler, Scheduler, Service
from django.utils.module_loading import import_string

from config.celery import app
from tests.accounts.caches import a_bomb
from tests.architecture.code import CODE
from tests.environment import KEYS
from tests.test_settings import bare, settings_of
from tools.machine import ROOT

SAFE_CACHES = {"accounts.caching.rows.RowCache", "accounts.caching.redis_and_rows.RedisAndRows"}
WORDS = ("TASK_SERIALIZER", "RESULT_SERIALIZER", "EVENT_SERIALIZER", "ACCEPT_CONTENT", "RESULT_ACCEPT_CONTENT")
SERIALIZERS = tuple(f"CELERY_{word}" for word in WORDS)


@pytest.fixture(scope="module", params=["embedded", "redis"])
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings of the embedded default, and of a server with Redis."""
    more = {"AMPARO_REDIS_URL": "redis://:secret@redis.example.org:6379/3"} if request.param == "redis" else {}
    variables = bare(**KEYS, AMPARO_DATA_DIR=str(tmp_path_factory.mktemp("data")), **more)
    return settings_of(
        variables,
        "CACHES",
        "SESSION_SERIALIZER",
        "MESSAGE_STORAGE",
        "CELERY_BROKER_URL",
        "CELERY_BEAT_SCHEDULER",
        *SERIALIZERS,
    )


def test_every_cache_reads_json_and_nothing_else(found: dict[str, Any]) -> None:
    assert {cache["BACKEND"] for cache in found["CACHES"].values()} <= SAFE_CACHES
    for cache in found["CACHES"].values():
        if "LOCATION" in cache:
            assert cache["OPTIONS"]["serializer"] == "accounts.caching.values.JsonValues"


def test_the_queue_and_the_sessions_speak_json_and_nothing_else(found: dict[str, Any]) -> None:
    spoken = [found[name] if isinstance(found[name], list) else [found[name]] for name in SERIALIZERS]
    assert spoken == [["json"]] * len(SERIALIZERS)
    assert found["SESSION_SERIALIZER"] == "django.contrib.sessions.serializers.JSONSerializer"
    assert found["MESSAGE_STORAGE"].endswith("SessionStorage")


def test_the_clock_keeps_no_pickle_in_a_file(found: dict[str, Any]) -> None:
    clock = import_string(found["CELERY_BEAT_SCHEDULER"].replace(":", "."))
    assert issubclass(clock, Scheduler) and not issubclass(clock, PersistentScheduler)


def test_nothing_of_ours_reads_or_writes_a_pickle_or_names_another_clock() -> None:
    here = [*CODE, ROOT / "docker-entrypoint", ROOT / "docker-compose.yml", ROOT / "Dockerfile"]
    word = re.compile(
        r"\b(?:import|from) (?:pickle|shelve|marshal|dill)\b|PersistentScheduler|schedule_filename|--schedule|beat.* -s\b"
    )
    assert [path.name for path in here if word.search(path.read_text(encoding="utf-8"))] == []


def test_the_clock_of_the_sweeps_keeps_no_pickles(tmp_path: Path) -> None:
    """Celery's usual clock unpickles the file of its last times: whoever could write there ran a command."""
    marker = tmp_path / "taken over"
    with shelve.open(str(tmp_path / "beat")) as kept:  # noqa: S301 - the planted file
        kept["entries"] = "planted"
    for file in tmp_path.glob("beat*"):
        file.write_bytes(file.read_bytes() + a_bomb(marker))
    before = {file: file.read_bytes() for file in tmp_path.glob("beat*")}
    chosen = Beat(app=app, quiet=True).scheduler_cls  # as `celery beat` and `celery worker -B` choose it
    clock = Service(app, schedule_filename=str(tmp_path / "beat"), scheduler_cls=chosen).get_scheduler()
    assert not isinstance(clock, PersistentScheduler) and set(clock.schedule) >= set(app.conf.beat_schedule)
    assert "scheduler_cls=app.conf.beat_scheduler" in (ROOT / "config" / "embedded_worker.py").read_text()
    clock.close()
    assert not marker.exists() and {file: file.read_bytes() for file in tmp_path.glob("beat*")} == before


def test_the_queue_and_the_cache_lie_in_two_databases_of_redis(found: dict[str, Any]) -> None:
    if found["CELERY_BROKER_URL"].startswith("redis"):
        assert found["CELERY_BROKER_URL"].endswith(":6379/3")
        assert found["CACHES"]["default"]["LOCATION"] == ["redis://:secret@redis.example.org:6379/4"]
