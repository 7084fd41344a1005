"""Makes the database and the static files ready before a demo starts: `python -m config.preparing`."""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from config.environment import Faults
from sealing import triggers


def prepare() -> None:
    """Make tables, static files and practice cases, each only where it is missing or old."""
    executor = MigrationExecutor(connection)
    if not connection.introspection.table_names():
        sys.stdout.write("Making the tables\n")
        _make_tables(executor)
    elif executor.migration_plan(executor.loader.graph.leaf_nodes()) or triggers.missing(connection):
        sys.stdout.write("Migrating the database\n")
        call_command("migrate", verbosity=0, interactive=False)
    _collect_static()
    if settings.PRACTICE and "load_demo" in get_commands() and not get_user_model()._default_manager.exists():
        sys.stdout.write("Loading practice cases\n")
        call_command("load_demo")


def _make_tables(executor: MigrationExecutor) -> None:
    """In an empty database, make the tables as they are now and note every migration as done: 3 s and not 30.

    tests/test_migrations.py shows that both ways end with the same tables.
    """
    modules = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    try:
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    finally:
        settings.MIGRATION_MODULES = modules
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in executor.loader.graph.nodes:
        recorder.record_applied(app, name)


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
