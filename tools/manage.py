"""`./run manage`: Django's command line with the keys and the address of this copy."""

import os
from pathlib import Path

from tools import installing, keys, pango
from tools.machine import ROOT, make_data_dir, run

PRACTICE = "practice-address"


def is_own() -> bool:
    """Whether this copy keeps its own SQLite, and so its own keys: no database is named from outside."""
    return not (os.environ.get("AMPARO_DATABASE_URL") or os.environ.get("AMPARO_DATABASE_URL_FILE"))


def environment(folder: Path) -> dict[str, str]:
    """The variables of a child of this copy: the caller's, then keys, address and libraries of the data folder."""
    made = {"AMPARO_DATA_DIR": str(folder), "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "0", **pango.variables(folder)}
    if is_own():
        made |= keys.variables(folder)
    address = folder / PRACTICE
    if address.exists():
        made["AMPARO_PRACTICE"] = "1"
        if not os.environ.get("AMPARO_URL"):
            made["AMPARO_URL"] = address.read_text().strip()
    return {**os.environ, **made}


def manage(arguments: list[str]) -> int:
    """Run manage.py. A copy with its own SQLite gets its keys first where they are missing."""
    python = installing.ensure_installed()
    folder = make_data_dir()
    if is_own():
        keys.make(folder)
    return run([python, ROOT / "manage.py", *arguments], environment(folder))
