"""Real workers, a real queue and a mail server that can hang, all thrown away after a test."""

import email
import os
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from celery import Celery
from django.db import connection
from redis import Redis

from tests.environment import KEYS, SOCKET_VARIABLE, engine
from tools.machine import FOLDERS
from tools.server_secrets import users_of_redis

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 40.0
REDIS_PASSWORD = "a-password-of-these-tests"


def wait_for(what: Callable[[], Any], *, limit: float = PATIENCE) -> Any:
    """Return the first true answer; fail when none comes in time."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        answer = what()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"nothing came within {limit} s")


class Post(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it is sent. While `is_stuck` it takes a mail and never says that it has it."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.is_stuck = False
        super().__init__(("127.0.0.1", 0), Conversation)

    @property
    def ids(self) -> list[str]:
        """Return the Message-ID of each mail, in the order they came."""
        return [mail["Message-ID"] for mail in self.mails]


class Conversation(socketserver.StreamRequestHandler):
    """As much SMTP as a client of ours speaks."""

    server: Post

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            word = line.strip().upper()
            if word.startswith(b"DATA"):
                self.say("354 go on")
                if not self.take():
                    return
            elif word.startswith(b"QUIT"):
                self.say("221 bye")
                return
            self.say("250 fine")

    def take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.mails.append(email.message_from_bytes(b"".join(lines)))
        if self.server.is_stuck:
            self.rfile.read(1)  # until the client is gone
            return False
        return True

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def a_post() -> Iterator[Post]:
    """Run the mail server in a thread."""
    with Post() as post:
        threading.Thread(target=post.serve_forever, daemon=True).start()
        yield post
        post.shutdown()


def as_everything(address: str) -> str:
    """Return the address of the same Redis for a test that looks into it, or plants something: it may do all there."""
    return address.replace(f"//amparo:{REDIS_PASSWORD}@", f"//test:{REDIS_PASSWORD}@")


def refused(address: str) -> list[str]:
    """Return what Redis refused the site's user: why, and which command, key or channel."""
    with Redis.from_url(as_everything(address), decode_responses=True) as redis:
        return [f"{one['reason']} {one['object']}" for one in redis.acl_log() if one["username"] == "amparo"]


@contextmanager
def a_redis(folder: Path) -> Iterator[str]:
    """Run a real Redis on a free port, with the users of a server, and give the site's address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = shutil.which("redis-server")
    assert program
    conf = folder / "redis.conf"
    conf.write_text(f"{users_of_redis(REDIS_PASSWORD)}\nuser test on >{REDIS_PASSWORD} ~* &* +@all\n")
    command = [
        program,
        str(conf),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        str(folder),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: _answers(port))
        yield f"redis://amparo:{REDIS_PASSWORD}@127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Site:
    """A data folder, a queue and the variables of its processes; the database is the one of the test."""

    folder: Path
    post: Post
    redis: str = ""
    workers: list[Any] = field(default_factory=list)

    @property
    def variables(self) -> dict[str, str]:
        """Return what a worker of this site finds in its environment."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_", "PYTEST_"))
        }
        host, port = self.post.server_address[:2]
        ours = {
            "AMPARO_DATA_DIR": str(self.folder),
            "AMPARO_URL": "http://127.0.0.1:8000",
            "AMPARO_PRACTICE": "1",
            "AMPARO_DATABASE_URL": database_url(),
            "AMPARO_EMAIL_URL": f"smtp://{host!s}:{port}?tls=0",
            "AMPARO_REDIS_URL": self.redis,
            "TMPDIR": str(self.folder / "tmp"),
        }
        return {**kept, **KEYS, **{name: value for name, value in ours.items() if value}}

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start one worker in its own session."""
        name = f"w{len(self.workers)}"
        options = [
            "-P",
            "solo",
            "-c",
            "1",
            "-l",
            "WARNING",
            "--without-mingle",
            "--without-gossip",
            "-n",
            f"{name}@here",
        ]
        log = (self.folder / f"{name}.log").open("wb")
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "config", "worker", *options]
        worker = subprocess.Popen(command, cwd=ROOT, env=self.variables, stdout=log, stderr=log, start_new_session=True)
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker at once, as the kernel does when memory ends."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def send(self, task: str) -> None:
        """Put a message into the queue, as beat does.

        The sender never becomes the current application: the tasks of this process would go to its queue for ever after.
        """
        with Celery("sender", broker=self.redis or "filesystem://", set_as_current=False) as app:
            if not self.redis:
                queue, control = str(self.folder / "queue"), str(self.folder / "control")
                app.conf.broker_transport_options = {
                    "data_folder_in": queue,
                    "data_folder_out": queue,
                    "control_folder": control,
                }
            app.send_task(task, ignore_result=True)

    def logs(self) -> str:
        """Return what the workers wrote."""
        return "".join(path.read_text(errors="replace") for path in self.folder.glob("w*.log"))


def database_url() -> str:
    """Return the address of the database of this test for another process."""
    name = connection.settings_dict["NAME"]
    if engine() == "postgresql":
        return f"postgresql://postgres@/{name}?host={os.environ[SOCKET_VARIABLE]}"
    return f"sqlite:///{name}"


@contextmanager
def a_site(folder: Path, *, redis: str = "") -> Iterator[Site]:
    """Make the folders of a site and a mail server; kill whatever was started."""
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    with a_post() as post:
        site = Site(folder, post, redis)
        try:
            yield site
        finally:
            for worker in site.workers:
                if worker.poll() is None:
                    site.kill(worker)
