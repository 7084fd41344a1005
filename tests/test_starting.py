"""The demo as somebody starts it: once from nothing, again in seconds, two side by side, and nothing left behind."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tools.machine import ROOT

pytestmark = [
    pytest.mark.worker,
    pytest.mark.sqlite_only,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("demo"),
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc"),
]
LIMIT = 120


class Demo:
    """A demo in a data folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.log = folder, folder.with_suffix(".log")
        ours = {
            name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_", "PYTEST"))
        }
        self.variables = {**ours, "AMPARO_DATA_DIR": str(folder)}
        self.process: Any = None
        self.command = [sys.executable, str(ROOT / "run.py"), "demo", "--port", str(port)]

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def once(self) -> subprocess.CompletedProcess[str]:
        """Start, see that it answers, end."""
        return subprocess.run(
            [*self.command, "--once"], env=self.variables, capture_output=True, text=True, check=False, timeout=LIMIT
        )

    def start(self) -> "Demo":
        """Start it and wait for its address."""
        with self.log.open("w") as log:
            self.process = subprocess.Popen(self.command, env=self.variables, stdout=log, stderr=log)
        wait(lambda: "Ctrl-C stops it." in self.log.read_text() or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.read_text()
        found = re.search(r"Amparo is ready: (\S+)/", self.log.read_text())
        assert found
        self.address = found[1]
        return self

    def get(self, path: str) -> int:
        """The status of a page."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.address}{path}", timeout=10) as answer:
            return int(answer.status)

    def children(self) -> dict[int, str]:
        """Every living process that works on this data folder, but the one we started."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            try:
                variables = (place / "environ").read_bytes().split(b"\0")
                words = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if f"AMPARO_DATA_DIR={self.folder}".encode() in variables and words and int(place.name) != self.process.pid:
                found[int(place.name)] = words
        return found

    def pid_of(self, word: str) -> int:
        """The oldest process whose command line holds this word."""
        return min(pid for pid, words in self.children().items() if word in words)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End it by a signal and give its exit status."""
        self.process.send_signal(number)
        return self.process.wait(60)


def wait(is_done: Callable[[], object]) -> None:
    """Poll with a limit."""
    until = time.monotonic() + LIMIT
    while not is_done():
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A copy that these tests share: the first start makes it, the later ones find it."""
    one = Demo(tmp_path_factory.mktemp("demo") / "var", 8160)
    yield one
    if one.is_running:
        one.stop()


@pytest.fixture
def demo(copy: Demo) -> Demo:
    """The copy, running."""
    return copy if copy.is_running else copy.start()


def test_it_prints_address_people_and_password_and_answers(demo: Demo) -> None:
    words = demo.log.read_text()
    assert (demo.folder / "demo-password").read_text().strip() in words
    assert "ana     coordinator" in words and "./run manage demo_code ana" in words
    assert demo.get("/healthz") == demo.get("/readyz") == demo.get("/") == 200
    listening = Path("/proc/net/tcp").read_text()
    port = f"{int(demo.address.rsplit(':', 1)[1]):04X}"
    assert f"0100007F:{port}" in listening and f"00000000:{port}" not in listening
    people = sqlite3.connect(demo.folder / "amparo.sqlite3").execute("SELECT username FROM accounts_user").fetchall()
    assert {"ana", "rui", "noor", "omar"} <= {name for (name,) in people}
    for path in demo.folder.rglob("*"):
        assert not path.lstat().st_mode & 0o077, path


def test_another_folder_runs_beside_it_once_and_ends(demo: Demo, tmp_path: Path) -> None:
    other = Demo(tmp_path / "var", int(demo.address.rsplit(":", 1)[1])).once()
    assert other.returncode == 0, other.stdout + other.stderr
    assert "is taken; using" in other.stdout
    assert re.search(r"The site answers at http://127\.0\.0\.1:\d+; ending", other.stdout)
    assert demo.get("/healthz") == 200


def test_one_folder_runs_only_once(demo: Demo) -> None:
    again = Demo(demo.folder, 8160).once()
    assert again.returncode == 1 and demo.address in again.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_it_and_leaves_no_child(demo: Demo, number: signal.Signals) -> None:
    assert demo.children()
    assert demo.stop(number) == 0
    assert demo.children() == {}


def test_killed_it_takes_its_children_along(demo: Demo) -> None:
    demo.process.kill()
    demo.process.wait()
    wait(lambda: not demo.children())


@pytest.mark.parametrize("part", ["gunicorn", "celery"])
def test_a_killed_part_comes_back(demo: Demo, part: str) -> None:
    before = demo.pid_of(part)
    os.kill(before, signal.SIGKILL)
    wait(lambda: f"The {'web' if part == 'gunicorn' else 'worker'} ended; starting it again" in demo.log.read_text())
    wait(lambda: any(part in words and pid != before for pid, words in demo.children().items()))
    wait(lambda: is_up(demo))


def is_up(demo: Demo) -> bool:
    """Whether it answers."""
    try:
        return demo.get("/healthz") == 200
    except OSError:
        return False


def test_a_copy_whose_keys_are_gone_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "amparo.sqlite3").touch()
    done = Demo(folder, 8160).once()
    assert done.returncode == 1 and "new keys could not open it" in done.stdout and "Traceback" not in done.stderr
