"""The clock of the sweeps: it asks for what is due, and keeps nothing that could be read as code."""

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.conf import settings

from tests.accounts.caches import a_bomb
from tests.workers.real import ROOT, Site, wait_for
from work.clock import Clock

NAMES = ("beat", "beat.db", "beat.dat", "beat.dir", "celerybeat-schedule", "celerybeat-schedule.db", "clock")


def a_clock() -> tuple[Clock, Celery]:
    """A clock of the schedule that the settings name, on a queue of its own."""
    app = Celery("clock", broker="memory://", set_as_current=False)
    app.conf.beat_schedule = settings.CELERY_BEAT_SCHEDULE
    return Clock(app), app


def sent(app: Celery) -> list[str]:
    """What was asked for, in order."""
    found = []
    with app.connection() as way, way.SimpleQueue("celery") as queue:
        for _one in range(queue.qsize()):
            found.append(queue.get(block=False).headers["task"])
    return found


def test_it_asks_for_what_is_due_and_says_that_it_goes(tmp_path: Path, settings: Any) -> None:
    settings.CLOCK_FILE = tmp_path / "clock"
    clock, app = a_clock()
    assert {entry.task for entry in clock.schedule.values()} >= {
        row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()
    }
    late = clock.schedule["sweep-reminders"]
    late.last_run_at = late.default_now() - dt.timedelta(seconds=61)
    assert clock.tick() == 0
    assert 0 < clock.tick() <= 30
    assert sent(app) == ["web.tasks.sweep_reminders"]
    assert (tmp_path / "clock").stat().st_size == 0
    assert [path.name for path in tmp_path.iterdir()] == ["clock"]


def test_a_clock_whose_file_cannot_be_touched_goes_on(tmp_path: Path, settings: Any) -> None:
    settings.CLOCK_FILE = tmp_path / "nowhere" / "clock"
    assert a_clock()[0].tick() > 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.worker
@pytest.mark.sqlite_only  # no database is asked what time it is
@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    "words", [["beat"], ["worker", "-P", "solo", "-B", "--without-mingle", "--without-gossip"]], ids=["beat", "worker"]
)
def test_a_planted_schedule_is_never_read_and_none_is_written(file_site: Site, words: list[str]) -> None:
    """As the image and the demo start it."""
    folder, marker = file_site.folder, file_site.folder / "taken over"
    bomb = a_bomb(marker)
    for name in NAMES:
        (folder / name).write_bytes(bomb)
    (folder / "clock").unlink()
    before = {path.name for path in folder.iterdir()}
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "config", *words, "-l", "WARNING"]
    log = (folder / "w-clock.log").open("wb")
    there = {"cwd": folder, "env": {**file_site.variables, "PYTHONPATH": str(ROOT)}}
    clock = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **there)
    file_site.workers.append(clock)
    wait_for(lambda: (folder / "clock").exists())
    clock.terminate()
    clock.wait(40)
    assert not marker.exists(), file_site.logs()
    assert {path.name for path in folder.iterdir()} - before == {"clock", "w-clock.log"}
    assert all((folder / name).read_bytes() == bomb for name in NAMES if name != "clock")
