"""Whether the lock files are what pyproject.toml asks for."""

import subprocess
import tempfile
from pathlib import Path

from tools.machine import ROOT, venv_program

OPTIONS = ("--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--no-annotate", "--quiet")
LOCKS = {"requirements.txt": (), "requirements-dev.txt": ("--group", "dev")}
OFFLINE = ("failed to fetch", "could not connect", "dns error", "network", "timed out", "connection")


def lock_is_current() -> tuple[bool, str]:
    """Compile both locks again and compare. Without an index nothing is said, for nothing was asked."""
    for name, more in LOCKS.items():
        with tempfile.TemporaryDirectory(prefix="amparo-lock-") as scratch:
            fresh = Path(scratch) / name
            fresh.write_text((ROOT / name).read_text())  # uv keeps the versions that still fit
            done = subprocess.run(
                [str(venv_program("uv")), "pip", "compile", *OPTIONS, "pyproject.toml", *more, "-o", str(fresh)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode and any(word in done.stderr.lower() for word in OFFLINE):
                return True, f"Not asked: the package index cannot be reached from here.\n{done.stderr[:300]}"
            if done.returncode:
                return False, done.stderr
            if pins(fresh.read_text()) != pins((ROOT / name).read_text()):
                change = " ".join(("uv pip compile", *OPTIONS, "pyproject.toml", *more, "-o", name))
                return False, f"{name} is not what pyproject.toml asks for; make it anew: {change}"
    return True, ""


def pins(text: str) -> set[str]:
    """Names, versions and conditions of a lock; hashes of further files of the same version are no change."""
    return {line.rstrip(" \\") for line in text.splitlines() if line[:1].isalnum()}
