"""Where things are on this machine, and how a child process is called."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
IS_WINDOWS = os.name == "nt"
FOLDERS = ("tmp", "queue", "control", "mail", "static")


class CommandRefused(Exception):
    """Something is missing or wrong; the message is a sentence for the person at the keyboard."""


def say(text: str) -> None:
    """Tell the person something, at once."""
    sys.stderr.flush()
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def data_dir() -> Path:
    """The folder that holds everything this copy writes: AMPARO_DATA_DIR, or `var` beside the code."""
    return Path(os.environ.get("AMPARO_DATA_DIR") or ROOT / "var").expanduser().resolve()


def make_data_dir() -> Path:
    """The data folder, made where it was missing, closed to other people of this machine."""
    folder = data_dir()
    for path in (folder, *(folder / name for name in FOLDERS)):
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
    return folder


def venv_program(name: str) -> Path:
    """A program of the project's own environment."""
    return VENV / ("Scripts" if IS_WINDOWS else "bin") / (f"{name}.exe" if IS_WINDOWS else name)


def run(
    command: Sequence[str | Path],
    environment: Mapping[str, str] | None = None,
    *,
    is_quiet: bool = False,
    into: Path | None = None,
) -> int:
    """Run a child to its end and give its exit status. `is_quiet` throws its words away, `into` writes them to a file."""
    words = [str(word) for word in command]
    if into is not None:
        with into.open("wb") as file:
            return subprocess.run(words, env=environment, stdout=file, stderr=file, check=False).returncode
    output = subprocess.DEVNULL if is_quiet else None
    return subprocess.run(words, env=environment, stdout=output, stderr=output, check=False).returncode


def output_of(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None, limit: float = 60
) -> str | None:
    """What a child printed, or nothing where it failed, was missing, or took longer than the limit."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=limit)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
