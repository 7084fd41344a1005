"""A migrated SQLite file is kept between runs, under the fingerprint of all migrations, and copied for each run.

Setting up a test database takes 8 s of work; a copy takes 10 ms. The triggers are put in place anew each time.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent


def fingerprint() -> str:
    """Return what the schema depends on: every migration of ours, the lock of what others bring, and Django."""
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), ROOT / "requirements.txt"]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def kept() -> Path:
    """Return where the file of this fingerprint is kept; only this user may read it."""
    folder = Path(tempfile.gettempdir()) / f"amparo-test-templates-{os.getuid() if hasattr(os, 'getuid') else 0}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{fingerprint()}.sqlite3"


def bring(to: Path) -> bool:
    """Copy the kept file to this place; say whether there was one."""
    source = kept()
    if not source.exists():
        return False
    shutil.copyfile(source, to)
    return True


def keep(database: Path) -> None:
    """Keep a copy of a freshly migrated database, whole or not at all."""
    target = kept()
    if target.exists():
        return
    scratch = target.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(database) as source, sqlite3.connect(scratch) as copy:
        source.backup(copy)
    scratch.replace(target)
