"""Makes the database and the static files ready before a demo starts: `python -m config.preparing`."""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.environment import Faults


def prepare() -> None:
    """Make tables, static files and practice cases, each only where it is missing or old."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        sys.stdout.write("Migrating the database\n")
        call_command("migrate", verbosity=0, interactive=False)
    _collect_static()
    if settings.PRACTICE and "load_demo" in get_commands() and not get_user_model()._default_manager.exists():
        sys.stdout.write("Loading practice cases\n")
        call_command("load_demo")


def _collect_static() -> None:
    stamp, wanted = settings.STATIC_ROOT / "stamp", _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(wanted)


def _fingerprint() -> str:
    """What the static files are, without reading the big ones: the lock, and names, sizes and times of ours."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            facts = path.stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
    except Faults as faults:
        sys.exit(str(faults))
    prepare()
