"""`--load`: PDF jobs done by workers on a real Redis, as the container starts them."""

import shutil
import signal
import subprocess
import sys
import time

from bench.load import used
from bench.row import Row
from bench.site import Site
from tests.workers.real import a_redis
from tools.machine import ROOT

JOBS, WARM = 60, 6
BATCH = 40  # recipients of one material


def measure(site: Site) -> list[Row]:
    """Queue the printing of copies that may leave, and count how fast the workers do it and what each costs.

    Copies of several materials on two workers; and a batch, the copies of one material, on one and on two.
    """
    if not shutil.which("redis-server"):
        return [{"name": "PDF jobs, two workers", "a_second": 0.0, "why": "redis-server is not installed"}]
    rows = [{"name": "PDF jobs, two workers", **_printed(site, 2, JOBS)}]
    for workers, name in ((1, "one worker"), (2, "two workers")):
        rows.append({"name": f"batch of {BATCH} recipients, {name}", **_printed(site, workers, BATCH, "one")})
    return rows


def _printed(site: Site, workers: int, jobs: int, *how: str) -> Row:
    """Let so many workers on a Redis of their own print so many copies, after they are warm."""
    with a_redis(site.folder) as address:
        variables = {**site.variables, "AMPARO_REDIS_URL": address}
        worker = subprocess.Popen(_worker(workers), cwd=ROOT, env=variables)
        try:
            site.ask("bench.rows.copies", WARM, AMPARO_REDIS_URL=address)
            before, began = used(worker.pid), time.monotonic()
            done = site.ask("bench.rows.copies", jobs, *how, AMPARO_REDIS_URL=address)
            after, asked = used(worker.pid), time.monotonic() - began
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(60)
    return {
        "jobs": jobs,
        "seconds": done["seconds"],
        "a_second": round(jobs / done["seconds"], 2),
        "cpu_a_job": round((after.seconds - before.seconds) * 1000 / jobs, 1),
        "mib": round(after.mib, 1),
        "seconds_with_preparing": round(asked, 1),
    }


def _worker(count: int) -> list[str]:
    """Return the command of docker-entrypoint, for so many workers."""
    options = ["-l", "WARNING", "-c", str(count), "--without-mingle", "--without-gossip"]
    return [sys.executable, "-m", "celery", "--quiet", "-A", "config", "worker", *options]
