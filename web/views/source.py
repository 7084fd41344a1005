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

LIST = Path("web") / "source_files.txt"  # `python -m tools.sources` writes it from what git keeps


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
    """The files of the committed list and no other: what somebody left in a folder is never among them."""
    listed = (base / name for name in (base / LIST).read_text(encoding="utf-8").splitlines())
    return sorted(
        path for path in listed if path.is_file() and path.resolve() == base.resolve() / path.relative_to(base)
    )


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry
