"""`./run bench`: figures beside their budgets, one table for each engine and size, and all of it as JSON in bench.json."""

import argparse
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import load, queue
from bench.budgets import growth, judge
from bench.leaks import table
from bench.row import Row
from bench.site import Site, a_site
from tools.machine import say

OUT = Path("bench.json")
TIMES = 10
VERDICTS = {True: "met", False: "NOT MET"}
HEADS = ("first", "p50", "p95", "web", "database", "queries", "bytes")
IMPORTED = 5_000


def main() -> int:
    """Measure on each engine, at so many cases and at ten times as many; exit 0 when all was measured, met or not."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="the smaller size; the larger is ten times that")
    parser.add_argument("--requests", type=int, default=100, help="how often each act is measured")
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--load", action="store_true", help="also fifty people at once, and two workers (PostgreSQL)")
    parser.add_argument("--leaks", action="store_true", help="measure the leak scan alone")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and folders do not stay behind
    if options.load and options.engine == "sqlite":
        parser.error("--load measures a server: it needs PostgreSQL")
    engines = ["sqlite", "postgresql"] if options.engine == "both" else [options.engine]
    found = {engine: _measured(engine, options) for engine in ([] if options.leaks else engines)}
    leaks = _leaks()
    OUT.write_text(
        json.dumps({"cases": options.cases, "requests": options.requests, "engines": found, "leaks": leaks}, indent=1)
        + "\n"
    )
    if leaks:
        table.show(leaks)
    say(f"\nWritten to {OUT}")
    return 0 if leaks else 1


def _measured(engine: str, options: argparse.Namespace) -> dict[str, list[Row]]:
    """Return every table of this engine, printed as soon as it stands."""
    count, requests, found = options.cases, options.requests, {}
    with a_site(engine) as site:

        def tell(title: str, rows: list[Row]) -> None:
            found[title] = rows
            _print(f"{engine}, {title}", rows)

        say(f"\n{engine}: {count} cases written: {site.ask('bench.rows.making', count)}")
        small = site.ask("bench.pages.measure", count, requests)
        tell(f"{count} cases", judge(small, engine=engine, is_grown=False))
        say(f"\n{engine}: {count * TIMES} cases: {site.ask('bench.rows.making', count * (TIMES - 1), count)}")
        grown = site.ask("bench.pages.measure", count * TIMES, requests)
        tell(f"{count * TIMES} cases", judge(grown, engine=engine, is_grown=True))
        tell("growth", growth(small, grown))
        rows = [*site.ask("bench.verbs", requests), *site.ask("bench.near_names")]
        for size in ("2", "21", "commission"):
            rows += site.ask("bench.papers", size, max(3, requests // 10))
        rows += site.ask("bench.floor", max(3, requests // 10))
        rows += _files(site, min(IMPORTED, count))
        tell("acts without a page", judge(rows, engine=engine, is_grown=True))
        if options.load and engine == "postgresql":
            tell("load", judge([load.measure(site), *queue.measure(site)], engine=engine, is_grown=True))
    return found


def _files(site: Site, cases: int) -> list[Row]:
    """Bring a file in and write the list out, each in a process of its own whose whole CPU and memory count."""
    return [site.ask("bench.files.importing", cases), site.ask("bench.files.exporting")]


def _leaks() -> Any:
    """Measure the leak scan on a database of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.leaks.measure"],
        env={**os.environ, "AMPARO_TEST_ENGINE": "sqlite"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        say("The leak scan was not measured; the lines above say why.")
        return None
    return json.loads(done.stdout.splitlines()[-1])


def _print(title: str, rows: list[Row]) -> None:
    """Print a table: figures of one row in one line, and a line for each budget of it."""
    say(f"\n{title} (ms; web and database: CPU)")
    say(f"{'what':<38}" + "".join(f"{head:>10}" for head in HEADS))
    for row in rows:
        others = {key: value for key, value in row.items() if key not in {*HEADS, "name", "budgets", "cpu", "cpu_p95"}}
        figures = "".join(f"{row.get(head, ''):>10}" for head in HEADS) if "web" in row else ""
        say(f"{row['name']:<38}{figures}  " + ", ".join(f"{key} {value}" for key, value in others.items()))
        for budget in row["budgets"]:
            say(f"    {VERDICTS[budget['is_met']]:<8} {budget['words']}")


if __name__ == "__main__":
    sys.exit(main())
