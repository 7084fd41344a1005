"""Measures `export_cases`: what a record costs of the CPU of this process and of the database."""

import json
import time

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.pages.costs import backend
from bench.row import Row
from bench.rows import people


def main() -> Row:
    """Write the list of all cases of the coordinator."""
    path = settings.DATA_DIR / "tmp" / "list.json"
    connection.ensure_connection()
    before, worked, began = backend(), time.process_time(), time.perf_counter()
    call_command("export_cases", username=people.FIRST, out=str(path))
    web, clock, after = (time.process_time() - worked) * 1000, time.perf_counter() - began, backend()
    database = after[1] - before[1] if before and after else 0.0
    count = len(json.loads(path.read_text()))
    return {
        "name": "export, a record, JSON",
        "records": count,
        "seconds": round(clock, 1),
        "cpu": round((web + database) / count, 4),
    }
