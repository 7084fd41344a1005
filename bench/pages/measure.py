"""Measures the pages of a site that stands. Called through bench.started."""

import gc
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import connection

from bench.pages import acts
from bench.pages.browser import Answer
from bench.pages.costs import Cost, cost_of, figures
from bench.row import Row
from bench.rows import people
from sealing.fields import opened

WARM = 4


def main(count: str, requests: str) -> list[Row]:
    """Ask for everything in turn, one request each, so many times; returns a row of figures for each act."""
    ana, _second = people.the_two()
    measured = acts.pages(ana, int(count))
    firsts = {name: cost_of(act) for name, act in measured.items()}
    told = {name: _told(act) for name, act in measured.items()}
    for _ in range(WARM - 2):
        for act in measured.values():
            act()
    # What made the rows is no part of a server: it is gone, and what stays is not searched at each request.
    gc.collect()
    gc.freeze()
    costs: dict[str, list[Cost]] = {name: [] for name in measured}
    for _ in range(int(requests)):
        for name, act in measured.items():
            costs[name].append(cost_of(act))
    return [_row(name, firsts[name], costs[name], told[name]) for name in measured]


def _row(name: str, first: Cost, costs: list[Cost], told: Row) -> Row:
    found = figures(first, costs)
    numbers = {key: round(value, 3) for key, value in asdict(found).items()}
    return {"name": name, **numbers, "cpu": round(found.cpu, 3), **told}


def _told(act: Callable[[], Any]) -> Row:
    """Do it once, and count what the clock does not say: queries, opened values, bytes of the answer."""
    asked = 0

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(sql, params, many, context)

    before = opened()
    with connection.execute_wrapper(counted):
        answer = act()
    size = len(answer.body) if isinstance(answer, Answer) else 0
    return {"queries": asked, "opened": opened() - before, "bytes": size}
