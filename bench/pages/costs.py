"""What one act costs: by the clock, the CPU time of this process, and that of the process of the database behind it."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Cost:
    """Milliseconds. `database` is None where the connection ended with the act, so that nobody can be asked any more."""

    clock: float
    web: float
    database: float | None


@dataclass(frozen=True)
class Figures:
    """Many costs of one act: the first by the clock, then medians and 95th percentiles in milliseconds."""

    first: float
    p50: float
    p95: float
    web: float
    database: float
    cpu_p95: float

    @property
    def cpu(self) -> float:
        """Return what budgets are judged by: CPU of the web process and of the database together."""
        return self.web + self.database


def cost_of(act: Callable[[], Any]) -> Cost:
    """Do it once and say what it cost."""
    before = backend()
    began, worked = time.perf_counter(), time.process_time()
    act()
    web, clock = time.process_time() - worked, time.perf_counter() - began
    return Cost(clock * 1000, web * 1000, _database(before, backend()))


def figures(first: Cost, costs: list[Cost]) -> Figures:
    """Put the costs of one act together."""
    known = [cost for cost in costs if cost.database is not None]
    return Figures(
        first=first.clock,
        p50=statistics.median(cost.clock for cost in costs),
        p95=_p95([cost.clock for cost in costs]),
        web=statistics.median(cost.web for cost in costs),
        database=statistics.median(cost.database or 0.0 for cost in known) if known else 0.0,
        cpu_p95=_p95([cost.web + (cost.database or 0.0) for cost in known or costs]),
    )


def _p95(values: list[float]) -> float:
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def backend() -> tuple[int, float] | None:
    """Return the process behind the open connection and its CPU time so far; None where there is no such process."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return None
    pid = connection.connection.info.backend_pid
    return pid, int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def _database(before: tuple[int, float] | None, after: tuple[int, float] | None) -> float | None:
    """Return the CPU of the backend. A new one is counted from its birth: opening a connection is part of the request."""
    if connection.vendor != "postgresql":
        return 0.0
    if after is None:
        return None
    return after[1] - (before[1] if before and before[0] == after[0] else 0.0)
