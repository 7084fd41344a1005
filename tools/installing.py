"""The project's own environment: made without pip or venv of the system, from the lock, every file checked by hash."""

import hashlib
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import run as call
from sys import executable

try:
    import fcntl
except ImportError:  # Windows has no such lock
    fcntl = None  # type: ignore[assignment]

from tools.machine import ROOT, VENV, CommandRefused, output_of, say, venv_program

WHEEL = ROOT / "vendor" / "pip-26.3-py3-none-any.whl"
WHEEL_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
STAMP = VENV / "amparo-stamp"
LOCKS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}


def ensure_installed(kind: str = "run") -> Path:
    """Install the lock `run` or `dev` unless its stamp says it is there. Gives the environment's Python.

    Of two commands that begin at once one installs, and the other waits and finds it done.
    """
    python = venv_program("python")
    if not (_is_alive(python) and is_current(kind)):
        with _one_at_a_time():
            _install_what_lacks(python, kind)
    return python


def _is_alive(python: Path) -> bool:
    return output_of([python, "-c", "print(1)"]) is not None


def _install_what_lacks(python: Path, kind: str) -> None:
    is_alive = _is_alive(python)
    if is_alive and is_current(kind):
        return
    if not is_alive:
        say("Making the environment .venv")
        _forget_stamps()
        if call([executable, "-m", "venv", "--clear", "--without-pip", str(VENV)], check=False).returncode:
            raise CommandRefused(f"{executable} could not make an environment in {VENV}.")
    _install(python, kind)
    brought = ["run", "dev"] if kind == "dev" else ["run"]  # the lock of the developers holds the other one
    kept = [line for line in _stamps() if line.split()[0] not in brought]
    STAMP.write_text("\n".join([*kept, *map(stamp_line, brought)]) + "\n")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait for another command that installs into this environment; the lock lies beside it, for it is cleared whole."""
    with VENV.with_name(f"{VENV.name}.lock").open("a") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_current(kind: str) -> bool:
    """Whether this very lock was installed."""
    return stamp_line(kind) in _stamps()


def stamp_line(kind: str, lock: Path | None = None) -> str:
    """What the stamp says once this lock is installed: any change of the lock changes the line."""
    digest = hashlib.sha256((lock or LOCKS[kind]).read_bytes()).hexdigest()
    return f"{kind} {digest} {platform.machine()}"


def check_wheel(wheel: Path = WHEEL) -> None:
    """Refuse a pip that is not, byte for byte, the one this version of run.py names."""
    if not wheel.exists():
        raise CommandRefused(f"{wheel} is missing; get the folder vendor/ from the repository again.")
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise CommandRefused(f"{wheel} is not the file this version knows; it was not run.")


def _install(python: Path, kind: str) -> None:
    check_wheel()
    say(f"Installing what {LOCKS[kind].name} names (once, and after each change of it)")
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--only-binary", ":all:"]
    command = [python, WHEEL / "pip", "install", *options, "-r", LOCKS[kind]]
    if call([str(word) for word in command], check=False).returncode:
        raise CommandRefused(
            "the packages could not be installed; the lines above say why. Is the package index reachable from here?"
        )


def _stamps() -> list[str]:
    return STAMP.read_text().splitlines() if STAMP.exists() else []


def _forget_stamps() -> None:
    STAMP.unlink(missing_ok=True)
