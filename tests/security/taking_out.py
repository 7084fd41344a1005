"""Take each control out of a copy of the code, and see its tests go red: `python -m tests.security.taking_out [WORD]`.

The log (docs/security/seen_to_fail.toml) says for each control which words of which file are taken out, what is put
there instead, and which tests failed on which day. A WORD takes the controls whose name, file or tests hold it.
"""

import dataclasses
import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from tools.machine import ROOT

LOG = ROOT / "docs" / "security" / "seen_to_fail.toml"
AT_ONCE = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Control:
    """One control, how it is taken out, and the tests that were seen red without it."""

    name: str
    file: str
    out: str
    put: str
    red: tuple[str, ...]
    on: dt.date
    engine: str = "sqlite"


def controls() -> tuple[Control, ...]:
    """Return every control of the log."""
    rows = tomllib.loads(LOG.read_text(encoding="utf-8"))["control"]
    return tuple(Control(**{"put": "", **row, "red": tuple(row["red"])}) for row in rows)


def seen_red() -> set[str]:
    """Return the tests that were seen to fail without a control, without the values that they were run with."""
    return {test.partition("[")[0] for control in controls() for test in control.red}


def without(control: Control) -> str:
    """Return the text of its file with the control taken out; the words must stand there once."""
    text = (ROOT / control.file).read_text(encoding="utf-8")
    if text.count(control.out) != 1:
        raise ValueError(f"{control.name}: its words stand {text.count(control.out)} times in {control.file}")
    return text.replace(control.out, control.put)


def a_copy(folder: Path) -> None:
    """Copy what git keeps, and what is new, into a folder: what somebody works on stays as it is."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def run(folder: Path, tests: tuple[str, ...], engine: str = "sqlite") -> tuple[set[str], str]:
    """Run tests in a copy; return those that failed by what they say, not by being broken, and the first words."""
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider", "-rfE"]
    variables = {**os.environ, "AMPARO_TEST_ENGINE": engine}
    done = subprocess.run(
        [*command, *tests], cwd=folder, env=variables, capture_output=True, text=True, check=False, errors="replace"
    )
    told = re.findall(r"^FAILED (\S+?\.py::\w+(?:\[.*?\](?= - |$))?)", done.stdout, re.MULTILINE)
    words = re.findall(r"^(?:E  .*|FAILED .*|ERROR .*)", done.stdout, re.MULTILINE)
    return set(told), "\n      ".join(word[:200] for word in words[:3]) or done.stdout[-300:] + done.stderr[-300:]


def take_out(control: Control, folders: "Queue[Path]") -> bool:
    """Say whether every test of a control goes red without it."""
    folder = folders.get()
    place = folder / control.file
    kept = place.read_bytes()
    try:
        place.write_text(without(control), encoding="utf-8")
        failed, words = run(folder, control.red, control.engine)
    finally:
        place.write_bytes(kept)
        folders.put(folder)
    without_values = {test.partition("[")[0] for test in failed}
    green = [test for test in control.red if test not in (failed if "[" in test else without_values)]
    print(f"{'STAYS GREEN' if green else 'red'}  {control.name}  {' '.join(green)}\n      {words}", flush=True)  # noqa: T201
    return not green


def main(words: list[str]) -> int:
    """Take the chosen controls out, one after the other; return 1 when a test stays green."""
    chosen = [one for one in controls() if not words or any(word in f"{one}" for word in words)]
    with tempfile.TemporaryDirectory() as above:
        folders: Queue[Path] = Queue()
        for number in range(AT_ONCE):
            folder = Path(above) / str(number)
            a_copy(folder)
            folders.put(folder)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            seen = list(pool.map(lambda control: take_out(control, folders), chosen))
        whole: set[str] = set()
        for engine in {one.engine for one in chosen}:
            whole |= run(folder, tuple({test for one in chosen if one.engine == engine for test in one.red}), engine)[0]
    print(f"controls: {sum(seen)} of {len(seen)} seen to matter; with all of them red: {sorted(whole) or 'none'}")  # noqa: T201
    return 0 if all(seen) and not whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
