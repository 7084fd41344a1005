"""The words of a PDF as five readers take them out of it: what one of them passes over, another may find."""

import io
import subprocess
from collections.abc import Callable

import pypdf
import pypdfium2
from pdfminer.high_level import extract_text


def by_poppler(data: bytes, *how: str) -> str:
    """Return the words as poppler lays them out; with `-raw` in the order in which they are drawn."""
    run = subprocess.run(["pdftotext", *how, "-", "-"], input=data, capture_output=True, check=True, timeout=60)
    return run.stdout.decode()


def by_pypdf(data: bytes) -> str:
    """Return the words page by page, as pypdf goes through the commands of each."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def pages_by_pdfium(data: bytes) -> list[str]:
    """Return the words of each page as the engine of Chromium finds them, in the order of the page."""
    paper = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in paper]
    finally:
        paper.close()


def by_pdfium(data: bytes) -> str:
    """Return the words of all pages as pdfium finds them."""
    return "\n".join(pages_by_pdfium(data))


def by_pdfminer(data: bytes) -> str:
    """Return the words as pdfminer.six groups them into lines and boxes."""
    return extract_text(io.BytesIO(data))


ALL: dict[str, Callable[[bytes], str]] = {
    "poppler": by_poppler,
    "poppler -raw": lambda data: by_poppler(data, "-raw"),
    "pypdf": by_pypdf,
    "pdfium": by_pdfium,
    "pdfminer": by_pdfminer,
}
