"""What draws each format, what its file is called, and whether it can be made here."""

from collections.abc import Callable
from dataclasses import dataclass

from papers.formats import plain_text
from papers.formats.names import PaperFormat
from papers.pdf import rendering
from papers.pdf.paper import CopyLine, Text


@dataclass(frozen=True)
class Drawn:
    """How one format is drawn. `why_not` says in one sentence why a paper cannot be, or nothing."""

    content_type: str
    draw: Callable[[Text, CopyLine | None], bytes]
    why_not: Callable[[Text, CopyLine | None], str]
    is_available: Callable[[], bool]


def _docx(text: Text, copy: CopyLine | None) -> bytes:
    from papers.formats.docx import docx  # 18 MiB that most processes never need

    return docx(text, copy)


FORMATS: dict[str, Drawn] = {
    PaperFormat.PDF: Drawn("application/pdf", rendering.pdf, rendering.why_not, lambda: rendering.is_available()),
    PaperFormat.DOCX: Drawn(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _docx,
        plain_text.why_not,
        lambda: True,
    ),
    PaperFormat.TEXT: Drawn("text/plain; charset=utf-8", plain_text.plain_text, plain_text.why_not, lambda: True),
}


def draw(name: str, text: Text, copy: CopyLine | None) -> bytes:
    """Return the bytes of a paper in this format; without a copy it is a draft and says so. Raises CannotPrint."""
    return FORMATS[name].draw(text, copy)


def why_not(name: str, text: Text, copy: CopyLine | None) -> str:
    """Return in one sentence why this paper cannot be made in this format, or nothing."""
    return FORMATS[name].why_not(text, copy)
