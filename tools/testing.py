"""`./run test`: the whole suite on SQLite, then on PostgreSQL, then a list of what could not be run here."""

import os
import sys
import time
from pathlib import Path

from tools import installing, pango
from tools.machine import ROOT, make_data_dir, run, say
from tools.parts import Part, chromium, survey

NOTHING_COLLECTED = 5
ONCE = "browser"  # a browser sees no engine: its tests run on SQLite alone


def test(arguments: list[str]) -> int:
    """Pass everything whose parts are there. With CI=true a part that is missing is a failure."""
    python = installing.ensure_installed("dev")
    folder = make_data_dir()
    pango.ensure_pango(folder, python)
    parts = survey(folder, python)
    missing = [part for part in parts if not part.is_here]
    engines = ["sqlite"] if "postgresql" in {part.marker for part in missing} else ["sqlite", "postgresql"]
    failures = folder / "tmp" / "failed-tests"
    failures.unlink(missing_ok=True)
    closing: list[str] = []
    statuses: list[int] = []
    for engine in engines:
        say(f"\n=== The suite on {'SQLite' if engine == 'sqlite' else 'PostgreSQL'} ===")
        began = time.monotonic()
        statuses.append(_pytest(python, folder, engine, missing, arguments))
        closing.append(f"{engine}: {_word(statuses[-1])} in {time.monotonic() - began:.0f} s")
    if failures.exists():
        say("\nFailed:\n" + failures.read_text(encoding="utf-8").rstrip())
    say("\n=== " + "; ".join(closing) + " ===")
    is_whole = _tell_missing(missing)
    if all(status == NOTHING_COLLECTED for status in statuses):
        return NOTHING_COLLECTED
    failed = [status for status in statuses if status not in {0, NOTHING_COLLECTED}]
    return failed[0] if failed else 0 if is_whole or os.environ.get("CI") != "true" else 1


def expression(engine: str, missing: list[Part]) -> str:
    """The markers of a run: without what is missing here, and without what one engine has already shown."""
    out = {part.marker for part in missing if part.marker != "postgresql"}
    out |= {"postgresql_only"} if engine == "sqlite" else {"sqlite_only", ONCE}
    return " and ".join(f"not {marker}" for marker in sorted(out))


def _pytest(python: Path, folder: Path, engine: str, missing: list[Part], arguments: list[str]) -> int:
    variables = {**os.environ, **pango.variables(folder), "AMPARO_TEST_ENGINE": engine, "PYTHONPATH": str(ROOT)}
    variables |= {"PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "0", "AMPARO_TEST_CHROMIUM": chromium() or ""}
    variables["AMPARO_TEST_FAILED"] = str(folder / "tmp" / "failed-tests")
    spread = [] if {"-n", "--pdb", "-s"} & set(arguments) else ["-n", "2", "--dist", "loadgroup"]
    options = ["--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), "-q", "--durations", "10", *spread]
    chosen = [] if "-m" in arguments else ["-m", expression(engine, missing)]
    where = [] if any(Path(word.split("::")[0]).exists() for word in arguments) else [str(ROOT / "tests")]
    return run([python, "-m", "pytest", *options, *chosen, *arguments, *where], variables)


def _tell_missing(missing: list[Part]) -> bool:
    if not missing:
        say("Everything was run here.")
        return True
    say("Not run here:")
    for part in missing:
        say(f"- {part.title} (tests marked {part.marker}); what brings it: {part.remedy}")
    if os.environ.get("CI") == "true":
        say("CI=true: a missing part is a failure.")
    sys.stdout.flush()
    return False


def _word(status: int) -> str:
    return {0: "passed", NOTHING_COLLECTED: "nothing to run"}.get(status, f"FAILED (status {status})")
