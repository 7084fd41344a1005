"""From a paper to the bytes of a PDF. The same paper gives the same bytes on the same libraries."""

import atexit
import gc
import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from typing import Any

from django.utils.translation import gettext as _

from papers.pdf.fetcher import SHEET, STATIC, FetchRefused, make_fetcher
from papers.pdf.fonts import faces, families_for, letters_without_font, why_not_printable
from papers.pdf.paper import CopyLine, Text, letterhead_line, sheet
from papers.pdf.read_aloud import finisher_for

HERE = STATIC.as_uri() + "/"
MOST_LETTERS = 120_000
LONGEST_SECONDS = 60
RINGS_AGAIN_SECONDS = 1
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")


class CannotPrint(Exception):
    """The paper cannot be drawn; carries one of the codes of work.jobs.FAILURES and a sentence for a person."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


@cache
def is_available() -> bool:
    """Say whether PDFs can be made here: WeasyPrint is installed and finds the pango library."""
    if find_spec("weasyprint") is None:
        return False
    try:
        import weasyprint  # noqa: F401  -- loads pango, which a small machine may not have
    except OSError:
        return False
    return True


def why_not(text: Text, copy: CopyLine | None) -> str:
    """Return in one sentence why this paper cannot be printed, or nothing."""
    everything = "".join(
        [
            text.title,
            letterhead_line(text),
            *(part for row in text.body for part in (row["heading"], row["text"])),
            copy.recipient if copy else "",
        ]
    )
    if missing := letters_without_font(everything):
        return why_not_printable(missing)
    return _("The text is too long for one paper.") if len(everything) > MOST_LETTERS else ""


def pdf(text: Text, copy: CopyLine | None) -> bytes:
    """Return the paper as PDF/UA-1 without author, date or host; a draft (no copy) says so on every page.

    Raises CannotPrint with a sentence: no pango, a letter that no font has, text too long, too deep or too slow.
    """
    if not is_available():
        raise CannotPrint(
            "no-printer",
            _("PDFs are off on this machine: the pango library is missing. The print view shows the same sheet."),
        )
    if sentence := why_not(text, copy):
        raise CannotPrint("cannot-print", sentence)
    try:
        with time_limit():
            return press().draw(sheet(text, copy), text.language)
    except RecursionError:
        raise CannotPrint("cannot-print", _("The text is nested too deeply to be printed.")) from None
    except TimeoutError:
        raise CannotPrint("took-too-long", _("It took too long and was broken off. A shorter text will do.")) from None
    except FetchRefused as refused:
        raise CannotPrint("cannot-print", str(refused)) from None


def _keeps_silent(_record: logging.LogRecord) -> bool:
    """Let no warning of the printer into a log: they quote the words that it draws. A filter outlives a new set-up of logging."""
    return False


class Press:
    """What is made once a process and used for every paper: the sheet, and each font family when it is first needed."""

    def __init__(self) -> None:
        from weasyprint import CSS  # heavy, and it needs pango
        from weasyprint.text.fonts import FontConfiguration

        logging.getLogger("weasyprint").addFilter(_keeps_silent)
        gc.collect()
        gc.freeze()  # what the process holds by now stays: a collection after each layout goes through that paper alone
        self.turn = threading.Lock()
        self.fetcher = make_fetcher()
        self.fonts = FontConfiguration()
        self.loaded: set[str] = set()
        self.style = CSS(filename=str(SHEET), url_fetcher=self.fetcher, font_config=self.fonts)

    def draw(self, html: str, language: str) -> bytes:
        """Return the PDF of one paper, its links told in this language; papers are drawn one after another.

        Boxes that the layout tried and gave up hold each other, half of what it leaves: they go before the PDF is made.
        """
        from weasyprint import HTML

        with self.turn:
            self.load_fonts(html)
            told: Any = {"pdf_variant": "pdf/ua-1"}
            paper = HTML(string=html, base_url=HERE, url_fetcher=self.fetcher)
            laid = paper.render(stylesheets=[self.style], font_config=self.fonts, **told)
            gc.collect()
            return bytes(laid.write_pdf(finisher=finisher_for(language), **told) or b"")

    def load_fonts(self, html: str) -> None:
        """Load each font family that a paper needs and none before it needed."""
        from weasyprint import CSS

        for family in families_for(html):
            if family.name not in self.loaded:
                CSS(string=faces(family), base_url=HERE, url_fetcher=self.fetcher, font_config=self.fonts)
                self.loaded.add(family.name)


@cache
def press() -> Press:
    """Return the press of this process, made when the first paper is drawn."""
    atexit.register(press.cache_clear)
    return Press()


@contextmanager
def time_limit() -> Iterator[None]:
    """Break off after a minute where the process lets us: in its main thread. Elsewhere the limit on length has to do.

    The alarm rings again each second until the drawing ends: a first ring that falls into a finalizer, or into what
    somebody hung on the collector of garbage, is printed by Python and not raised.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGALRM"):
        yield
        return

    drawing = True

    def late(_signal: int, _frame: Any) -> None:
        if drawing:
            raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS, RINGS_AGAIN_SECONDS)
    try:
        yield
    finally:
        drawing = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
