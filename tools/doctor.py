"""`./run doctor`: what is missing or wrong on this machine, and the command that mends it."""

import os
import shutil
import stat
import sys
from pathlib import Path

from tools import installing, keys, pango
from tools.machine import ROOT, data_dir, output_of, run, say, venv_program
from tools.manage import environment
from tools.parts import survey

LEAST_SPACE = 500_000_000


def diagnose() -> int:
    """Look at everything, change nothing, tell each fault with its mend. Fails only on what stops the site."""
    faults = [*_python(), *_packages(), *_folder(), *_settings()]
    for fault in faults:
        say(f"WRONG    {fault}")
    for lack in _lacks():
        say(f"missing  {lack}")
    if not faults:
        say("Nothing stops Amparo from running here.")
    return 1 if faults else 0


def _python() -> list[str]:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return [f"Python {sys.version.split()[0]} is not 3.11, 3.12 or 3.13; install one of them."]
    return []


def _packages() -> list[str]:
    python = venv_program("python")
    if output_of([python, "-c", "print(1)"]) is None:
        return ["The packages are not installed yet: ./run demo installs them."]
    if not installing.is_current("run"):
        return ["The packages are not those of this version: ./run demo installs them anew."]
    return []


def _folder() -> list[str]:
    """The data folder: closed to others, with its keys, and with room."""
    folder = data_dir()
    if not folder.exists():
        return []
    faults = []
    for path in [folder, folder / "keys", *(folder / "keys").glob("*"), folder / "amparo.sqlite3"]:
        if os.name == "posix" and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            faults.append(f"{path} can be read by others of this machine: chmod go= {path}")
    if (folder / "amparo.sqlite3").exists():
        lost = [path for path in keys.variables(folder).values() if not Path(path).exists()]
        faults += [f"The key {path} is lost; put it back from a backup." for path in lost]
    if shutil.disk_usage(folder).free < LEAST_SPACE:
        faults.append(f"Less than {LEAST_SPACE // 1_000_000} MB are free where {folder} lies; make room.")
    return faults


def _settings() -> list[str]:
    """Ask Django: it tells every fault of the variables at once."""
    folder, python = data_dir(), venv_program("python")
    has_keys = all(Path(path).exists() for path in keys.variables(folder).values())
    if not has_keys or not installing.is_current("run"):
        return []
    command: list[str | Path] = [python, ROOT / "manage.py", "check", "--fail-level", "WARNING"]
    if run(command, environment(folder), is_quiet=True) == 0:
        return []
    run(command, environment(folder))
    return ["The settings are not right; the lines above say how. docs/settings.md names each."]


def _lacks() -> list[str]:
    python = venv_program("python")
    if output_of([python, "-c", "print(1)"]) is None:
        return []
    parts = [part for part in survey(data_dir(), python) if not part.is_here]
    lacks = [f"{part.title}: {part.remedy}" for part in parts]
    if not shutil.which("msgfmt"):
        lacks.append("collecting translations: sudo apt-get install gettext")
    if pango.is_there(data_dir(), python) and not pango.is_there(data_dir(), python, is_complete=True):
        lacks.append(f"equal bytes of a PDF on each making: {pango.remedy()}")
    return lacks
