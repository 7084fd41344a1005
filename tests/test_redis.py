"""The same site on a real Redis: the cache that all processes share, and a web process that says when it is gone."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.environment import KEYS
from tests.workers.real import a_redis, as_everything
from tools.machine import FOLDERS, ROOT

pytestmark = [
    pytest.mark.redis,
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


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Redis on a port of its own, and tables."""
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    one = Site(tmp_path)
    with a_redis(tmp_path) as address:
        one.variables["AMPARO_REDIS_URL"] = address
        one.run("from config.preparing import prepare; prepare()")
        yield one


def test_a_used_code_is_known_to_every_process(site: Site) -> None:
    add = "from django.core.cache import cache; print(cache.add('used', 1, 60))"
    assert [site.run(add), site.run(add)] == ["True", "False"]


def test_the_image_s_web_answers_and_says_when_redis_is_gone(site: Site) -> None:
    port = free_port()
    places = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "BIND": f"127.0.0.1:{port}"}
    web = subprocess.Popen(
        [ROOT / "docker-entrypoint", "web"], env={**site.variables, **places}, start_new_session=True
    )
    try:
        wait(lambda: answer(port, "/healthz") == "ok")
        assert answer(port, "/readyz") == "ok"
        with Redis.from_url(as_everything(site.variables["AMPARO_REDIS_URL"])) as redis:
            redis.shutdown(nosave=True)
        assert answer(port, "/readyz") == "queue"
        assert answer(port, "/healthz") == "ok"
    finally:
        web.terminate()
        assert web.wait(30) == 0


def answer(port: int, path: str) -> str:
    """What the web process says; nothing while it does not listen."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
            return str(response.read().decode().strip())
    except urllib.error.HTTPError as error:
        return error.read().decode().strip()
    except OSError:
        return ""


def free_port() -> int:
    """A port that nobody uses now."""

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
