"""Keys of a copy on one's own machine: made once, kept in the data folder, readable by their owner alone."""

import base64
import os
import secrets
from pathlib import Path

from tools.machine import CommandRefused, say

NAMES = (
    "AMPARO_SECRET_KEY",
    "AMPARO_FIELD_KEYS",
    "AMPARO_INDEX_KEY",
    "AMPARO_AUDIT_KEY",
    "AMPARO_GATE_KEYS",
)
PASSWORD_FILE = "demo-password"  # noqa: S105 - a name of a file
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def variables(folder: Path) -> dict[str, str]:
    """The *_FILE variables of the keys in this data folder; a key that the caller's environment names stays."""
    given = {name for name in NAMES if os.environ.get(name) or os.environ.get(f"{name}_FILE")}
    return {f"{name}_FILE": str(path_of(folder, name)) for name in NAMES if name not in given}


def make(folder: Path) -> None:
    """Make the keys that are missing. Refuses where a database stands without the keys that open it."""
    missing = [path for path in map(Path, variables(folder).values()) if not path.exists()]
    database = folder / "amparo.sqlite3"
    if missing and database.exists():
        names = ", ".join(path.name for path in missing)
        raise CommandRefused(
            f"{database} is there, but its keys are not ({names}); new keys could not open it. "
            f"Put the keys back into {folder / 'keys'}, or move the database away."
        )
    if missing:
        say(f"Making keys in {folder / 'keys'}")
    for path in missing:
        write(path, fresh(path.name))


def demo_password(folder: Path) -> str:
    """The password of the practice people of this copy, drawn once."""
    path = folder / PASSWORD_FILE
    if not path.exists():
        write(path, "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4)))
    return path.read_text().strip()


def path_of(folder: Path, name: str) -> Path:
    """Where the key of this variable lies."""
    return folder / "keys" / name.removeprefix("AMPARO_").lower().replace("_", "-")


def fresh(name: str) -> str:
    """Draw a key for the file of this name: as long as Django and Fernet ask for."""
    random = os.urandom(48 if name in {"secret-key", "secret_key"} else 32)
    return base64.urlsafe_b64encode(random).decode()


def write(path: Path, text: str) -> None:
    """Write a file that its owner alone may read. It must not be there yet."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{text}\n")
