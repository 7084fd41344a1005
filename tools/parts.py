"""Parts of this machine that some tests need: which are here, which are not, and what brings them."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tools import pango

# The headless shell draws the same with two thirds of the work: it has no windows, profiles or extensions to keep.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Part:
    """One part: the marker of the tests that need it, what they are, and the Debian package that brings it."""

    marker: str
    title: str
    package: str
    is_here: bool

    @property
    def remedy(self) -> str:
        """The command that brings it, to be typed by a person."""
        if self.marker == "needs_pango":
            return pango.remedy()
        if shutil.which("apt-get"):
            return f"sudo apt-get install --no-install-recommends {self.package}"
        if shutil.which("brew"):
            names = {"chromium-headless-shell": "--cask chromium", "redis-server": "redis", "poppler-utils": "poppler"}
            return f"brew install {names.get(self.package, self.package)}"
        return f"your system's package of {self.package}"


def survey(folder: Path, python: Path) -> list[Part]:
    """Look for each part."""
    return [
        Part("browser", "journeys in a real browser", "chromium-headless-shell", bool(chromium())),
        Part("redis", "the queue and the cache on a real Redis", "redis-server", bool(shutil.which("redis-server"))),
        Part("pictures", "pictures of PDFs", "poppler-utils", bool(shutil.which("pdftoppm"))),
        Part("needs_pango", "PDF briefings", "libpango-1.0-0", pango.is_there(folder, python)),
        Part("postgresql", "everything on PostgreSQL", "", has_postgresql()),
    ]


def chromium() -> str | None:
    """The browser that tests drive."""
    given = os.environ.get("AMPARO_TEST_CHROMIUM", "")
    if given:
        return given
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def has_postgresql() -> bool:
    """Whether the wheel with PostgreSQL's binaries can run here: glibc Linux, macOS, Windows on x86-64 or arm64."""
    return (
        sys.platform != "linux"
        or Path("/lib64/ld-linux-x86-64.so.2").exists()
        or Path("/lib/ld-linux-aarch64.so.1").exists()
    )
