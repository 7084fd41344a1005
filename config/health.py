"""Two answers for a supervisor: the process lives; the site can work. Neither carries data."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from kombu.exceptions import OperationalError

from config.celery import app

PLAIN = "text/plain; charset=utf-8"
SWEEP_IS_LATE = timedelta(minutes=5)
STARTED = time.monotonic()


class Health:
    """Answers /healthz and /readyz before anything else looks: a supervisor knows neither our host name nor a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages = {"/healthz": healthz, "/readyz": readyz}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = self.pages.get(request.path_info)
        if page is None:
            return self.get_response(request)
        response = page() if request.method in {"GET", "HEAD"} else HttpResponse(status=405)
        response.headers["Cache-Control"] = "no-store"
        return response


def healthz() -> HttpResponse:
    """Say that this process answers. Asks neither database nor queue."""
    return HttpResponse("ok\n", content_type=PLAIN)


def readyz() -> HttpResponse:
    """Say whether the parts this site needs are there: 200, or 503 and the names of those that are not."""
    parts = {"database": has_database, "migrations": is_migrated, "queue": has_queue, "sweep": is_swept}
    faults = [name for name, is_well in parts.items() if not is_well()]
    text = "\n".join(faults) or "ok"
    return HttpResponse(f"{text}\n", content_type=PLAIN, status=503 if faults else 200)


def has_database() -> bool:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def is_migrated() -> bool:
    """Whether the tables are those of this version."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def has_queue() -> bool:
    """Whether a message could be left for the worker."""
    if settings.CELERY_BROKER_URL.startswith("filesystem:"):
        return Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"]).is_dir()
    try:
        with app.connection_for_write(connect_timeout=2) as link:
            link.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return False
    return True


def is_swept() -> bool:
    """Whether the sweeps run: the youngest heartbeat is less than five minutes old, or this process itself is."""
    if time.monotonic() - STARTED < SWEEP_IS_LATE.total_seconds():
        return True
    if "heartbeat" not in apps.all_models.get("work", {}):
        return True
    heartbeats = apps.get_model("work", "Heartbeat")._default_manager
    try:
        return bool(heartbeats.filter(at__gte=timezone.now() - SWEEP_IS_LATE).exists())
    except DatabaseError:
        return False
