"""A whole site for the bench, in a folder of its own: real settings, real processes, thrown away at the end."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests import postgres
from tests.environment import KEYS
from tools.machine import FOLDERS, ROOT

DATABASE = "amparo"


@dataclass(frozen=True)
class Site:
    """Where the site is, and the variables of each of its processes."""

    engine: str
    folder: Path
    variables: dict[str, str]

    def ask(self, module: str, *arguments: object, **more: str) -> Any:
        """Run main() of a module of the bench in a process of its own; what it returns comes back as JSON.

        `more` are further variables. Ends the bench where the process fails: what it said stands above.
        """
        command = [sys.executable, "-m", "bench.started", module, *(str(word) for word in arguments)]
        done = subprocess.run(
            command, env={**self.variables, **more}, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            sys.stderr.write(done.stdout)
            sys.exit(f"{module} measured nothing on {self.engine}; the lines above say why.")
        return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def a_site(engine: str) -> Iterator[Site]:
    """Make folders, keys and, on PostgreSQL, a server; all of it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as name:
        folder = Path(name)
        for inner in FOLDERS:
            (folder / inner).mkdir(mode=0o700)
        ours = {**KEYS, "AMPARO_DATA_DIR": str(folder), "AMPARO_URL": "http://127.0.0.1:8000"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
        variables = {**kept, **ours, "DJANGO_SETTINGS_MODULE": "bench.settings", "PYTHONPATH": str(ROOT)}
        if engine == "sqlite":
            yield Site(engine, folder, variables)
            return
        server = postgres.start()
        try:
            _make_database(server.socket)
            variables["AMPARO_DATABASE_URL"] = f"postgresql://postgres@/{DATABASE}?host={server.socket}"
            yield Site(engine, folder, variables)
        finally:
            server.stop()


def _make_database(socket: Path) -> None:
    """Make the database. A query is worked on by one process, so that its whole CPU time can be read from that one."""
    with psycopg.connect(host=str(socket), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
        connection.execute(f"ALTER DATABASE {DATABASE} SET max_parallel_workers_per_gather = 0")
