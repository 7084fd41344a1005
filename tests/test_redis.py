"""The same site on a real Redis: the queue, the sweeps, the cache that all processes share, and readiness."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from doors.machine import FOLDERS, ROOT
from tests.environment import KEYS

pytestmark = [
    pytest.mark.redis,
    pytest.mark.worker,
    pytest.mark.sqlite_only,
    pytest.mark.timeout(180),
    pytest.mark.xdist_group("redis"),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed"),
]
LIMIT = 60


class Site:
    """A site on Redis, in processes of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ours = {
            name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_", "PYTEST"))
        }
        self.variables = {
            **ours,
            **KEYS,
            "AMPARO_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, code: str) -> str:
        """What some lines print, in a process of their own, after Django has started."""
        lines = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", lines], cwd=ROOT, env=self.variables, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()


def wait(is_done: Callable[[], object]) -> None:
    """Poll with a limit."""
    until = time.monotonic() + LIMIT
    while not is_done():
        assert time.monotonic() < until
        time.sleep(0.2)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Redis on a port of its own, and tables."""
    folder = tmp_path_factory.mktemp("redis")
    for name in FOLDERS:
        (folder / name).mkdir()
    one = Site(folder)
    port = free_port()
    one.variables["AMPARO_REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        one.run("from config.preparing import prepare; prepare()")
        yield one
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def worker(site: Site) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as the compose file starts it."""
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "config", "worker", "-c", "1", "-l", "WARNING"]
    process = subprocess.Popen(command, cwd=ROOT, env=site.variables, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(30)
        process.kill()


def test_a_sweep_that_waited_in_redis_is_done_when_the_worker_comes(site: Site, request: pytest.FixtureRequest) -> None:
    site.run("from config.celery import app; app.send_task('advocacy.tasks.sweep_reminders')")
    count = "from advocacy.models import Heartbeat; print(Heartbeat.objects.count())"
    assert site.run(count) == "0"
    request.getfixturevalue("worker")
    wait(lambda: site.run(count) != "0")


def test_a_used_code_is_known_to_every_process(site: Site) -> None:
    assert site.run("from django.core.cache import cache; print(cache.add('used', 1, 30))") == "True"
    assert site.run("from django.core.cache import cache; print(cache.add('used', 1, 30))") == "False"


def test_readyz_says_when_redis_is_gone(site: Site) -> None:
    ask = "from config.health import readyz; print(readyz().content.decode().split())"
    assert site.run(ask) == "['ok']"
    gone = Site(site.folder)
    gone.variables["AMPARO_REDIS_URL"] = f"redis://127.0.0.1:{free_port()}/0"
    assert gone.run(ask) == "['queue']"


def free_port() -> int:
    """A port that nobody uses now."""

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
