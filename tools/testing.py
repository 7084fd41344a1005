"""`./run test`: the whole suite on SQLite and on PostgreSQL at once, then a list of what could not be run here."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import installing, nearest, pango
from tools.machine import ROOT, make_data_dir, run, say
from tools.parts import Part, chromium, survey

NOTHING_COLLECTED = 5
ONCE = "browser"  # a browser sees no engine: its tests run on SQLite alone
ENGINES = ("sqlite", "postgresql")
IN_HAND = {"-n", "--pdb", "-s"}
QUICK = "--quick"


@dataclass(frozen=True)
class Suite:
    """The suite on one engine: its command and variables, and the file that takes its words while the other one speaks."""

    engine: str
    command: list[str | Path]
    variables: dict[str, str]
    words: Path | None

    @property
    def title(self) -> str:
        return f"\n=== The suite on {'SQLite' if self.engine == 'sqlite' else 'PostgreSQL'} ==="

    def run(self) -> tuple[int, float]:
        """Run it to its end; give its exit status and the seconds it took."""
        began = time.monotonic()
        status = run(self.command, self.variables, into=self.words)
        return status, time.monotonic() - began


def test(arguments: list[str]) -> int:
    """Pass everything whose parts are there. With CI=true a part that is missing is a failure."""
    is_quick = QUICK in arguments
    arguments = [word for word in arguments if word != QUICK]
    python = installing.ensure_installed("dev")
    folder = make_data_dir()
    pango.ensure_pango(folder, python)
    parts = survey(folder, python)
    missing = [part for part in parts if not part.is_here]
    is_alone = is_quick or "postgresql" in {part.marker for part in missing}
    if is_quick:
        arguments = [*nearest.options(), *arguments]
    failures = folder / "tmp" / "failed-tests"
    failures.unlink(missing_ok=True)
    suites = [_suite(engine, python, folder, missing, arguments) for engine in (ENGINES[:1] if is_alone else ENGINES)]
    _compile_once(suites)
    told = _pass(suites)
    statuses = [status for status, _seconds in told]
    if failures.exists():
        say("\nFailed:\n" + failures.read_text(encoding="utf-8").rstrip())
    closing = [
        f"{suite.engine}: {_word(status)} in {seconds:.0f} s"
        for suite, (status, seconds) in zip(suites, told, strict=True)
    ]
    say("\n=== " + "; ".join(closing) + " ===")
    is_whole = _tell_missing(missing)
    if is_quick:
        say("Quick: SQLite alone, and only what is nearest to what changed. The proof is ./run test.")
    if all(status == NOTHING_COLLECTED for status in statuses):
        return NOTHING_COLLECTED
    failed = [status for status in statuses if status not in {0, NOTHING_COLLECTED}]
    return failed[0] if failed else 0 if is_whole or os.environ.get("CI") != "true" else 1


def _compile_once(suites: list[Suite]) -> None:
    """Collect once before both suites do, where nothing is compiled yet: all four of their processes would compile all.

    On a fresh copy that is 13 s of work for each of them. What cannot be collected is told by the suites.
    """
    if len(suites) < 2 or any((ROOT / "tests" / "__pycache__").glob("*-pytest-*.pyc")):
        return
    first = suites[0]
    words = Path(first.variables["AMPARO_TEST_FAILED"]).with_name("words-of-collecting")
    run([*first.command, "--collect-only", "-n", "0"], first.variables, into=words)


def _pass(suites: list[Suite]) -> list[tuple[int, float]]:
    """Run the suites at once: where one waits for a browser, a worker or its database, the other works.

    The first speaks as it goes; what another one said is told whole when it is done.
    """
    aside = [suite for suite in suites if suite.words]
    with ThreadPoolExecutor(max(1, len(aside))) as pool:
        running = {suite.engine: pool.submit(suite.run) for suite in aside}
        told = []
        for suite in suites:
            say(suite.title)
            told.append(running[suite.engine].result() if suite.words else suite.run())
            if suite.words:
                say(suite.words.read_text(encoding="utf-8", errors="replace").strip())
    return told


def expression(engine: str, missing: list[Part]) -> str:
    """The markers of a run: without what is missing here, and without what one engine has already shown."""
    out = {part.marker for part in missing if part.marker != "postgresql"}
    out |= {"postgresql_only"} if engine == "sqlite" else {"sqlite_only", ONCE}
    return " and ".join(f"not {marker}" for marker in sorted(out))


def _suite(engine: str, python: Path, folder: Path, missing: list[Part], arguments: list[str]) -> Suite:
    is_in_hand = bool(IN_HAND & set(arguments))  # a person sits before it: one after the other, in the open
    variables = {**os.environ, **pango.variables(folder), "AMPARO_TEST_ENGINE": engine, "PYTHONPATH": str(ROOT)}
    variables |= {"PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "0", "AMPARO_TEST_CHROMIUM": chromium() or ""}
    variables["AMPARO_TEST_FAILED"] = str(folder / "tmp" / "failed-tests")
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # each of the hundred processes of a run would compile all anew
    spread = [] if is_in_hand else ["-n", "2", "--dist", "loadgroup"]
    options = ["--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), "-q", "--durations", "10", *spread]
    chosen = [] if "-m" in arguments else ["-m", expression(engine, missing)]
    where = [] if any(Path(word.split("::")[0]).exists() for word in arguments) else [str(ROOT / "tests")]
    command: list[str | Path] = [python, "-m", "pytest", *options, *chosen, *arguments, *where]
    is_first = engine == ENGINES[0]
    return Suite(engine, command, variables, None if is_first or is_in_hand else folder / "tmp" / f"words-of-{engine}")


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
