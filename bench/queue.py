"""`--load`: PDF jobs done by two workers on a real Redis, as the container starts them."""

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


def measure(site: Site) -> Row:
    """Queue the printing of copies that may leave, and count how fast both workers do it and what each costs."""
    if not shutil.which("redis-server"):
        return {"name": "PDF jobs, two workers", "a_second": 0.0, "why": "redis-server is not installed"}
    with a_redis(site.folder) as address:
        variables = {**site.variables, "AMPARO_REDIS_URL": address}
        worker = subprocess.Popen(_worker(), cwd=ROOT, env=variables)
        try:
            site.ask("bench.rows.copies", WARM, AMPARO_REDIS_URL=address)
            before, began = used(worker.pid), time.monotonic()
            done = site.ask("bench.rows.copies", JOBS, AMPARO_REDIS_URL=address)
            after, asked = used(worker.pid), time.monotonic() - began
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(60)
    return {
        "name": "PDF jobs, two workers",
        "jobs": JOBS,
        "a_second": round(JOBS / done["seconds"], 2),
        "cpu_a_job": round((after.seconds - before.seconds) * 1000 / JOBS, 1),
        "mib": round(after.mib, 1),
        "seconds_with_preparing": round(asked, 1),
    }


def _worker() -> list[str]:
    """Return the command of docker-entrypoint."""
    options = ["-l", "WARNING", "-c", "2", "--without-mingle", "--without-gossip"]
    return [sys.executable, "-m", "celery", "--quiet", "-A", "config", "worker", *options]
