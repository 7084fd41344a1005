"""Pango draws the PDFs. It is looked for in a child process, and brought where that can be done without asking."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.machine import output_of, run, say

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
APT = ("-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20", "-o", "DPkg::Lock::Timeout=30")
PROBE = """
import ctypes, ctypes.util, weasyprint
library = "libharfbuzz-subset.so.0"
try:
    ctypes.CDLL(library)
except OSError:
    raise SystemExit(0 if ctypes.util.find_library("harfbuzz-subset") else 3)
"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{sys}/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{sys}/cache</cachedir></fontconfig>
"""
KNOWN = "pango-found"


def ensure_pango(folder: Path, python: Path) -> bool:
    """See whether PDFs can be made, and mend it where that needs nobody's answer. Says one sentence where it cannot."""
    if (folder / KNOWN).exists():
        return True
    if is_there(folder, python, is_complete=True) or _brought(folder, python) or is_there(folder, python):
        (folder / KNOWN).touch()
        return True
    say(f"PDF briefings are off: install Pango with: {remedy()} ; everything else works.")
    return False


def is_there(folder: Path, python: Path, *, is_complete: bool = False) -> bool:
    """Whether a child process can load WeasyPrint here; complete means with the library that cuts fonts."""
    status = run([python, "-c", PROBE], {**os.environ, **variables(folder)}, is_quiet=True)
    return status == 0 or (status == 3 and not is_complete)


def variables(folder: Path) -> dict[str, str]:
    """What a child needs to find the libraries that were unpacked into the data folder; nothing where none were."""
    home = folder / "sys"
    libraries = sorted({str(path.parent) for path in home.glob("usr/lib/*/libpango-1.0.so.0")})
    if libraries:
        path = os.pathsep.join([*libraries, *filter(None, [os.environ.get("LD_LIBRARY_PATH")])])
        return {"LD_LIBRARY_PATH": path, "FONTCONFIG_FILE": str(home / "fonts.conf")}
    if Path("/opt/homebrew/lib").is_dir() and "DYLD_FALLBACK_LIBRARY_PATH" not in os.environ:
        return {"DYLD_FALLBACK_LIBRARY_PATH": "/opt/homebrew/lib"}
    return {}


def remedy() -> str:
    """The command that brings Pango on this machine, to be typed by a person."""
    if shutil.which("apt-get"):
        return f"sudo apt-get install --no-install-recommends {' '.join(PACKAGES)}"
    if shutil.which("brew"):
        return "brew install pango"
    if shutil.which("dnf"):
        return "sudo dnf install pango harfbuzz"
    if shutil.which("pacman"):
        return "sudo pacman -S pango"
    if shutil.which("apk"):
        return "sudo apk add pango harfbuzz-subset"
    return "your system's package of Pango (on Windows use WSL2 or Docker)"


def _brought(folder: Path, python: Path) -> bool:
    """Bring the libraries by apt: installed as root or by a sudo that does not ask, else unpacked beside the data."""
    if not shutil.which("apt-get"):
        return False
    prefix = _root_prefix()
    if prefix is not None:
        say(f"Installing Pango for the PDFs: {' '.join(PACKAGES)}")
        _installed(prefix)
    else:
        say("Unpacking Pango for the PDFs into the data folder")
        _unpacked(folder / "sys")
    if is_there(folder, python):
        return True
    shutil.rmtree(folder / "sys", ignore_errors=True)
    return False


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and output_of(["sudo", "-n", "true"], limit=5) is not None:
        return ["sudo", "-n"]
    return None


def _installed(prefix: list[str]) -> bool:
    install = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *APT, "install", "-y", "-qq"]
    command = [*install, "--no-install-recommends", *PACKAGES]
    if output_of(command, limit=180) is not None:
        return True
    output_of([*prefix, "apt-get", *APT, "update", "-qq"], limit=120)
    return output_of(command, limit=180) is not None


def _unpacked(home: Path) -> bool:
    names = _missing_packages()
    if not names or not shutil.which("dpkg"):
        return False
    debs = home / "debs"
    debs.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(["apt-get", *APT, "download", *names], cwd=debs, capture_output=True, check=True, timeout=180)
        for deb in sorted(debs.glob("*.deb")):
            subprocess.run(["dpkg", "-x", deb, home], capture_output=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return False
    shutil.rmtree(debs)
    (home / "fonts.conf").write_text(FONTS.format(sys=home))
    return True


def _missing_packages() -> list[str]:
    """What apt would install for the three: asked of apt itself, which changes nothing when it simulates."""
    plan = output_of(["apt-get", "--simulate", "install", "--no-install-recommends", *PACKAGES]) or ""
    return [line.split()[1] for line in plan.splitlines() if line.startswith("Inst ")]
