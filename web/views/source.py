"""The licence's promise: whoever uses this site may have its source, as it runs here."""

import gzip
import io
import tarfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

FOLDERS = (
    *(
        "config",
        "web",
        "advocacy",
        "materials",
        "safety",
        "casework",
        "directory",
        "work",
        "accounts",
        "audit",
        "sealing",
        "bench",
        "tools",
    ),
    *("templates", "static", "locale", "tests", "docs", "vendor", ".ci"),
)
PATTERNS = (
    *("run", "run.py", "manage.py", "README.md", "pyproject.toml", "requirements*.txt", "LICENSE"),
    *("Dockerfile", "docker-compose.yml", "docker-entrypoint"),
)
KINDS = frozenset(
    (
        *(".py", ".html", ".css", ".js", ".po", ".mo", ".md", ".csv", ".json", ".toml", ".txt", ".LICENSE", ".whl"),
        *(".woff", ".woff2", ".png"),
    )
)  # a key, a database, a letter or a table that somebody left in one of the folders is no source


@login_not_required  # the licence gives the source to everybody who can reach the site; it holds no data
@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """The source of this copy as an archive. Nothing of the data folder is in it."""
    headers = {"Content-Disposition": 'attachment; filename="amparo-source.tar.gz"'}
    return HttpResponse(archive(), content_type="application/gzip", headers=headers)


@lru_cache(maxsize=1)
def archive() -> bytes:
    """The archive, made once a process; without owners and times of this machine."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for path in files(settings.BASE_DIR):
            tar.add(path, arcname=f"amparo/{path.relative_to(settings.BASE_DIR)}", recursive=False, filter=_anonymous)
    return gzip.compress(raw.getvalue(), mtime=0)


def files(base: Path) -> list[Path]:
    """What belongs to the source: a list of what is in, so that nothing else ever is."""
    top = [path for pattern in PATTERNS for path in base.glob(pattern)]
    below = [path for folder in FOLDERS for path in (base / folder).rglob("*")]
    wanted = [*top, *(path for path in below if is_source(path.relative_to(base)))]
    return sorted(path for path in wanted if path.is_file() and not path.is_symlink())


def is_source(path: Path) -> bool:
    """Whether a file in one of the folders is of a kind that source is made of, and is not hidden."""
    if path.parts[0] == ".ci":
        return True
    is_hidden = any(part.startswith((".", "__pycache__")) for part in path.parts)
    return path.suffix in KINDS and not is_hidden


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry
