"""Makes tables, static files and cases of a bench's site. Called through bench.started."""

import time

from bench.rows import cases
from config.preparing import prepare


def main(count: str, start: str = "0") -> dict[str, float]:
    """Write so many cases, numbered from start; returns how long it took, by the clock and by the CPU of this process."""
    prepare()
    began, worked = time.perf_counter(), time.process_time()
    cases.make(int(count), start=int(start))
    return {"seconds": round(time.perf_counter() - began, 1), "cpu": round(time.process_time() - worked, 1)}
