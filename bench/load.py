"""`--load`: fifty signed-in people at once on gunicorn, as the container starts it, and PostgreSQL."""

import http.client
import random
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.row import Row
from bench.site import Site
from tools.machine import ROOT

WARM, SECONDS = 5.0, 30.0
PATIENCE = 90.0
LIST, CASE = 0.4, 0.8  # four in ten ask for the list, four for a case, two for Today
TICKS = 100  # of /proc/PID/stat, a second


@dataclass
class Person:
    """One person at a browser: asks, reads the answer to its end, and asks again."""

    cookies: str
    references: list[str]
    chance: random.Random
    took: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)

    def work(self, port: int, until: float) -> None:
        """Ask until the time is over; every answer but 200 is an error."""
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < until:
            began = time.monotonic()
            try:
                line.request("GET", self._address(), headers={"Cookie": self.cookies, "Host": "127.0.0.1:8000"})
                answer = line.getresponse()
                answer.read()
                said = str(answer.status)
            except (OSError, http.client.HTTPException) as fault:
                said = type(fault).__name__
                line.close()
            self.answers[said] += 1
            self.took.append((time.monotonic() - began) * 1000)

    def _address(self) -> str:
        drawn = self.chance.random()
        if drawn < LIST:
            return "/cases/"
        return f"/cases/{self.chance.choice(self.references)}/" if drawn < CASE else "/"


@dataclass(frozen=True)
class Used:
    """What gunicorn and its workers have used so far: CPU seconds, and MiB that they hold now."""

    seconds: float
    mib: float


def measure(site: Site) -> Row:
    """Warm the site, let the fifty work, and return what it was like; the clients share the same cores."""
    people = [
        Person(one["cookies"], one["references"], random.Random(at))
        for at, one in enumerate(site.ask("bench.rows.fifty"))
    ]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(_gunicorn(port), cwd=ROOT, env=site.variables)
    try:
        _wait_for(port, server)
        _work(people, port, WARM)
        for person in people:
            person.took.clear()
            person.answers.clear()
        before, began = used(server.pid), time.monotonic()
        _work(people, port, SECONDS)
        seconds, after = time.monotonic() - began, used(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(40)
    return _told(people, seconds, before, after)


def _gunicorn(port: int) -> list[str]:
    """Return the command of docker-entrypoint, on a port of this machine alone."""
    options = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    options += ["--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--log-level", "warning"]  # noqa: S108
    return [sys.executable, "-m", "gunicorn", "config.wsgi:application", *options]


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until it listens and has answered once."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            line.request("GET", "/", headers={"Host": "127.0.0.1:8000"})
            line.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
        finally:
            line.close()
    raise RuntimeError("gunicorn did not start")


def _work(people: list[Person], port: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=person.work, args=(port, until)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def used(master: int) -> Used:
    """Add up the master of gunicorn and its workers."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    seconds = mib = 0.0
    for pid in [str(master), *children]:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        seconds += (int(words[11]) + int(words[12])) / TICKS
        status = Path(f"/proc/{pid}/status").read_text()
        mib += int(status.partition("VmRSS:")[2].split()[0]) / 1024
    return Used(seconds, mib)


def _told(people: list[Person], seconds: float, before: Used, after: Used) -> Row:
    took = sorted(each for person in people for each in person.took)
    answers: Counter[str] = sum((person.answers for person in people), Counter())
    count = len(took)
    return {
        "name": "fifty people",
        "requests": count,
        "rps": round(count / seconds, 1),
        "p50": round(statistics.median(took), 1),
        "p95": round(took[int(count * 0.95) - 1], 1),
        "web": round((after.seconds - before.seconds) * 1000 / count, 2),
        "errors": count - answers["200"],
        "answers": dict(answers),
        "mib_at_start": round(before.mib, 1),
        "mib_at_end": round(after.mib, 1),
        "memory_grew": round(after.mib / before.mib, 3),
    }
