"""`./run bench`: one table for each engine, figures beside their budgets, and all of it as JSON in bench.json."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.leaks import table

OUT = Path("bench.json")
COLUMNS = "{name:<28}{first:>9}{p50:>9}{p95:>9}{cpu:>9}  {queries:<20}{budget:<32}{verdict}"
HEADS = {"first": "first", "p50": "p50", "p95": "p95", "cpu": "CPU p50", "queries": "queries", "budget": "budget"}
VERDICTS = {True: "met", False: "NOT MET", None: ""}


def main() -> int:
    """Measure on each engine in a process of its own; exit 0 when all was measured, met or not."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--leaks", action="store_true", help="measure the leak scan alone")
    options = parser.parse_args()
    engines = ["sqlite", "postgresql"] if options.engine == "both" else [options.engine]
    found = {engine: _measured(engine, options) for engine in ([] if options.leaks else engines)}
    leaks = _answer("bench.leaks.measure", [], "sqlite")
    OUT.write_text(
        json.dumps({"cases": options.cases, "requests": options.requests, "engines": found, "leaks": leaks}, indent=1)
        + "\n"
    )
    for engine, rows in found.items():
        _print(engine, options, rows)
    if leaks:
        table.show(leaks)
    sys.stdout.write(f"\nWritten to {OUT}\n")
    return 0 if all(found.values()) and leaks else 1


def _measured(engine: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    return list(_answer("bench.measure", [str(options.cases), str(options.requests)], engine) or [])


def _answer(module: str, arguments: list[str], engine: str) -> Any:
    environment = {**os.environ, "AMPARO_TEST_ENGINE": engine}
    asked = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(asked, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.stderr.write(f"{module} measured nothing on {engine}; the lines above say why.\n")
        return None
    return json.loads(done.stdout.splitlines()[-1])


def _print(engine: str, options: argparse.Namespace, rows: list[dict[str, Any]]) -> None:
    sys.stdout.write(
        f"\n{engine}, {options.cases} cases, one process without sockets, {options.requests} requests, times in ms\n"
    )
    sys.stdout.write(COLUMNS.format(name="what", verdict="", **HEADS).rstrip() + "\n")
    for row in rows:
        asked, few = row["queries"], row["queries_of_few"]
        shown = {**row, "queries": asked if asked == few else f"{asked} (of few: {few})"}
        sys.stdout.write(COLUMNS.format(verdict=VERDICTS[row["is_met"]], **shown).rstrip() + "\n")


if __name__ == "__main__":
    sys.exit(main())
