"""`./run check`: everything that can be said about the code without running its tests."""

import base64
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import installing, messages
from tools.locks import lock_is_current
from tools.machine import ROOT, CommandRefused, say, venv_program

APPS = (
    "config",
    "web",
    "notes",
    "advocacy",
    "materials",
    "papers",
    "safety",
    "exchange",
    "packet",
    "claims",
    "consents",
    "casework",
    "directory",
    "work",
    "accounts",
    "audit",
    "sealing",
    "tools",
)


@dataclass(frozen=True)
class CheckStep:
    """One question and how it is asked."""

    title: str
    ask: Callable[[], tuple[bool, str]]


def check() -> int:
    """Ask every question, tell each answer, and fail when one is no."""
    installing.ensure_installed("dev")
    python = venv_program("python")
    with tempfile.TemporaryDirectory(prefix="amparo-check-") as scratch:
        production = production_environment(Path(scratch))
        steps = _steps(python, production)
        failed = [step.title for step in steps if not _ask(step)]
    if failed:
        say(f"\nNot right: {', '.join(failed)}.")
        return 1
    say("\nEverything is right.")
    return 0


def _steps(python: Path, production: dict[str, str]) -> list[CheckStep]:
    tests = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    manage = [python, ROOT / "manage.py"]
    scripts = [ROOT / "run", *(path for path in (ROOT / ".ci" / "run",) if path.exists())]
    compose = ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    return [
        CheckStep("format", command("ruff", "format", "--check", ".")),
        CheckStep("lint", command("ruff", "check", ".")),
        CheckStep("types", command("mypy", *APPS)),
        CheckStep(
            "limits of the house", command("pytest", "tests/architecture", "-q", "-n0", "-p", "no:cacheprovider")
        ),
        CheckStep("import ladder", command("lint-imports", "--no-cache")),
        CheckStep("migrations are made", command(*manage, "makemigrations", "--check", "--dry-run", variables=tests)),
        CheckStep("messages are collected", lambda: messages.are_collected(python)),
        CheckStep("templates", command("djlint", "templates", "--lint", "--quiet")),
        CheckStep("deploy", command(*manage, "check", "--deploy", "--fail-level", "WARNING", variables=production)),
        CheckStep("compose file", command(*compose)),
        CheckStep("shell scripts", command("shellcheck", *scripts)),
        CheckStep("lock is current", lock_is_current),
    ]


def command(*words: str | Path, variables: dict[str, str] | None = None) -> Callable[[], tuple[bool, str]]:
    """A question that a program answers by its exit status."""
    program = str(words[0])
    first = program if os.sep in program else str(venv_program(program))
    environment = {**os.environ, **(variables or {}), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}

    def ask() -> tuple[bool, str]:
        call = [first, *map(str, words[1:])]
        done = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stdout + done.stderr

    return ask


def production_environment(scratch: Path) -> dict[str, str]:
    """Variables like those of a real server, with keys that open nothing; no server is asked."""

    def key() -> str:
        return base64.urlsafe_b64encode(os.urandom(32)).decode()

    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "AMPARO_URL": "https://amparo.example.org",
        "AMPARO_DATA_DIR": str(scratch),
        "AMPARO_DATABASE_URL": "postgresql://amparo:secret@db.example.org/amparo",
        "AMPARO_OWNER_DATABASE_URL": "postgresql://amparo_owner:secret@db.example.org/amparo",
        "AMPARO_REDIS_URL": "redis://amparo:secret@redis.example.org:6379/0",
        "AMPARO_EMAIL_URL": "smtp://amparo:secret@mail.example.org:587",
        "AMPARO_EMAIL_FROM": "amparo@example.org",
        "AMPARO_SECRET_KEY": key() + key(),
        "AMPARO_FIELD_KEYS": key(),
        "AMPARO_INDEX_KEY": key(),
        "AMPARO_AUDIT_KEY": key(),
        "AMPARO_GATE_KEYS": key(),
        "AMPARO_PRACTICE": "",
    }


def _ask(step: CheckStep) -> bool:
    began = time.monotonic()
    try:
        is_right, words = step.ask()
    except (OSError, CommandRefused) as fault:
        is_right, words = False, str(fault)
    say(f"{'ok  ' if is_right else 'NO  '} {step.title} ({time.monotonic() - began:.1f} s)")
    if not is_right or words.startswith("Not asked"):
        say("\n".join(f"     {line}" for line in words.strip().splitlines()[-60:]))
    return is_right
