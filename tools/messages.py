"""Whether every sentence of the site stands in the catalogues, and the compiled ones agree with the written ones."""

import gettext
import io
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.machine import ROOT

IGNORED = (".venv", "var", "tests", "docs", "vendor", "tools", "bench")


def are_collected(python: Path) -> tuple[bool, str]:
    """Collect the messages anew in a copy, and compare: tests may run beside. Needs gettext."""
    if not (ROOT / "locale").is_dir() or not sorted((ROOT / "locale").glob("*/LC_MESSAGES")):
        return True, "Not asked: there is no catalogue yet."
    if not shutil.which("xgettext") or not shutil.which("msgfmt"):
        return True, "Not asked: gettext is missing; what brings it: sudo apt-get install gettext"
    catalogues = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
    with tempfile.TemporaryDirectory(prefix="amparo-messages-") as scratch:
        copy = Path(scratch) / "site"
        shutil.copytree(ROOT, copy, ignore=_not_collected)
        done = subprocess.run(make_command(python), cwd=copy, capture_output=True, text=True, check=False)
        if done.returncode:
            return False, done.stderr
        collected = {path: (copy / path.relative_to(ROOT)).read_text() for path in catalogues}
    changed = [path for path in catalogues if sentences(path.read_text()) != sentences(collected[path])]
    if changed:
        names = ", ".join(str(path.relative_to(ROOT)) for path in changed)
        return False, f"{names}: the code says other sentences; collect them: ./run manage {shlex.join(words())}"
    return _are_compiled(catalogues)


def _not_collected(folder: str, names: list[str]) -> set[str]:
    """What stays out of the copy: what is ignored, and what is hidden."""
    return {name for name in names if Path(folder) == ROOT and (name in IGNORED or name.startswith("."))}


def words() -> list[str]:
    """The arguments that collect every message of the site."""
    ignored = [word for name in IGNORED for word in ("--ignore", f"{name}/*")]
    return ["makemessages", "--all", "--no-location", "--no-wrap", *ignored]


def make_command(python: Path) -> list[str]:
    """The command that collects; it needs no settings and no database."""
    return [str(python), "-m", "django", *words()]


def sentences(catalogue: str) -> list[str]:
    """What stands in a catalogue, without its dates; a sentence that only moved is no other sentence."""
    return sorted(line for line in catalogue.splitlines() if not line.startswith('"POT-Creation-Date'))


def spoken(compiled: bytes) -> dict[object, str]:
    """What a compiled catalogue says; its header carries a date and does not count."""
    said = dict(vars(gettext.GNUTranslations(io.BytesIO(compiled)))["_catalog"])
    said.pop("", None)
    return said


def _are_compiled(catalogues: list[Path]) -> tuple[bool, str]:
    for path in catalogues:
        done = subprocess.run(["msgfmt", "--check", "-o", "-", str(path)], capture_output=True, check=False)
        compiled = path.with_suffix(".mo")
        if done.returncode:
            return False, done.stderr.decode()
        if not compiled.exists() or spoken(compiled.read_bytes()) != spoken(done.stdout):
            return False, f"{compiled.relative_to(ROOT)} is old; compile it: ./run manage compilemessages"
    return True, ""
