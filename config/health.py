"""Two answers for a supervisor: the process lives; the site can work. Neither carries data."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@login_not_required  # a supervisor has no account, and the answer carries no data
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers. Asks neither database nor queue."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required  # a supervisor has no account, and the answer carries no data
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the parts this site needs are there: 200, or 503 and their names."""
    faults = [name for name, is_well in (("database", _database()), ("migrations", _migrations())) if not is_well]
    return HttpResponse("ok\n" if not faults else "\n".join(faults) + "\n", content_type="text/plain", status=503 if faults else 200)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False
