"""What was signed is what is printed: the same words in the same order on review page, print view, public page and PDF."""

import datetime as dt
import html
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Ask
from materials.models import Material
from papers.composing import words
from papers.composing.composing import compose
from papers.composing.paper_blocks import paper_words
from papers.kinds import registry
from papers.kinds.kind import Kind
from papers.kinds.protective_notice import KIND as NOTICE
from papers.kinds.protective_notice import NoticeAnswers, notice
from papers.pdf import rendering
from papers.pdf.paper import CopyLine, Text, sheet
from papers.pdf.rendering import pdf
from tests.advocacy.journeys import in_review
from tests.factories import on_case
from tests.materials import pdf_readers
from tests.materials.packets import a_full_packet, fit_for
from tests.people import signed_in

pytestmark = pytest.mark.django_db
needs_a_printer = pytest.mark.skipif(
    not rendering.is_available() or shutil.which("pdftotext") is None, reason="needs pango and poppler"
)
TODAY = dt.date(2026, 11, 20)
COPY = CopyLine(3, "Minister’s office", "K7QFA-29MDT", dt.date(2026, 12, 4))
MARKS = re.compile(r"[ \u00a0]*\[([A-Z]?\d+)\]")
QUOTES = {"en": ("“", "”"), "fr": ("«\u00a0", "\u00a0»"), **dict.fromkeys(("es", "ar", "ru"), ("«", "»"))}
each_kind = pytest.mark.parametrize("kind", registry.ALL, ids=lambda kind: kind.code)
each_language = pytest.mark.parametrize("language", words.NAMES)
ORDERS: dict[str, Callable[[bytes], list[str]]] = {
    "poppler": lambda data: pdf_readers.by_poppler(data, "-raw").split("\f"),
    "pdfium": pdf_readers.pages_by_pdfium,
}
each_reader = pytest.mark.parametrize("pages_of", ORDERS.values(), ids=ORDERS)


def a_packet_with_two_addressees() -> Any:
    case = a_full_packet()
    to = "the Minister of Foreign Affairs"
    Ask.objects.create(case=case, demand=case.demands.get(), to=to, text="Raise it with the ambassador", by="2026-12")
    return case


def a_text(kind: Kind, language: str, case: Any = None) -> Text:
    """Return a paper of this kind as it would be signed, all of its sections filled."""
    if kind.is_composed:
        case = case or a_packet_with_two_addressees()
        fit_for(kind, case)
        made = compose(
            [case],
            kind=kind.code,
            audience=kind.audiences[0],
            language=language,
            stop_on=timezone.localdate() + dt.timedelta(days=17),
            today=TODAY,
        )
        title, body = made.title, made.body
    elif kind is NOTICE:
        answers = NoticeAnswers(
            label="A teacher",
            country="XPR",
            last_seen="Monday\nat school",
            taken_by="Unknown",
            danger="Torture",
            ask="Ask where she is",
            contact="desk@example.org",
            known_at=dt.datetime(2026, 11, 28, 22, 40, tzinfo=dt.UTC),
            age="34",
            nationality="Two: Verenian and Orlenian",
        )
        title, body = notice(answers, language)
    else:
        title, body = (
            "A line",
            [
                {"code": code, "heading": words.heading(code, language), "text": "One.\n- Two, on 3 May.\n- Three."}
                for code in kind.section_codes
            ],
        )
    return Text(kind.code, language, title, body, 6, TODAY)


def signed_lines(text: Text) -> Iterator[str]:
    """Yield each line of the signed words as print draws it: claim marks as numbers of sources, bullets as their signs.

    Written out here from the rules, and not by the code that draws.
    """
    kind = registry.find(text.kind)
    numbers = _numbers(text)
    paragraph = 0
    yield from (line for row in text.body if _opens(kind, row) for line in row["text"].splitlines())
    yield text.title
    for section in text.body:
        place = section["code"].rpartition(".")[2]
        if not section["text"].strip() or place == kind.title or _opens(kind, section):
            continue
        if not (kind.is_letter or (kind.is_briefing and place in {kind.handling, kind.subject, kind.asks})):
            yield section["heading"]
        count = 0
        for line in filter(str.strip, section["text"].splitlines()):
            said = MARKS.sub("", line) if place == "S" else _with_numbers(line, numbers)
            if said.startswith("- "):
                count += 1
                said = _bullet(kind, place, count, said[2:], text.language)
            elif said.startswith("|= "):
                said = said[2:].replace("|", "")
            elif said.startswith("| "):
                said = said[2:].replace("|", "")
                if place == kind.chronology:
                    paragraph += 1
                    said = f"{paragraph}. {said}"
            elif kind.is_long and place not in {kind.handling, kind.asks, "S"}:
                paragraph += 1
                said = f"{paragraph}. {said}"
            yield said


def _opens(kind: Kind, section: dict[str, str]) -> bool:
    """Say whether a section stands above the title: the head of a letter."""
    return kind.is_letter and section["code"] == f"{kind.code}.1"


def _bullet(kind: Kind, place: str, count: int, said: str, language: str) -> str:
    if place == kind.asks:
        return f"{count}. {said}" if kind.most_asks > 1 else said
    if place == "S":
        return f"{count} {said}"
    if place == kind.spoken:
        return QUOTES[language][0] + said + QUOTES[language][1]
    return said if kind.is_briefing else f"– {said}"


def _numbers(text: Text) -> dict[str, list[int]]:
    lines = [line for part in text.body if part["code"].endswith(".S") for line in part["text"].splitlines()]
    found: dict[str, list[int]] = {}
    for number, line in enumerate((line for line in lines if line.startswith("- ")), start=1):
        for match in MARKS.finditer(line):
            found.setdefault(match[1], []).append(number)
    return found


def _with_numbers(line: str, numbers: dict[str, list[int]]) -> str:
    runs = re.compile(rf"(?:{MARKS.pattern})+")
    return runs.sub(
        lambda run: ",".join(
            str(n) for n in sorted({n for m in MARKS.finditer(run[0]) for n in numbers.get(m[1], [])})
        ),
        line,
    )


def letters(text: str) -> str:
    """Return what can be compared: no spaces, no signs of direction, no vowel marks, presentation forms undone."""
    plain = unicodedata.normalize("NFKC", text)
    unsaid = {sign for sign in set(plain) if sign.isspace() or unicodedata.category(sign) in {"Cf", "Mn", "Cc"}}
    return plain.translate(dict.fromkeys(map(ord, unsaid)))


def pages_printed(text: Text, copy: CopyLine | None, pages_of: Callable[[bytes], list[str]]) -> list[str]:
    """Return the letters of each page in the order in which this reader reads them; the lines around it come last."""
    return [letters(page) for page in pages_of(pdf(text, copy)) if page.strip()]


def drawn(page: str) -> str:
    """Return the letters of HTML, without the numbers of claims, which only reviewers see."""
    page = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)  # what a drawing is, for who does not see it
    return letters(html.unescape(re.sub(r"<[^>]+>", "", re.sub(r'<a class="claim"[^>]*>[^<]*</a>', "", page))))


def between(page: str, start: str, end: str) -> str:
    return page[page.index(start) + len(start) : page.index(end, page.index(start))]


@needs_a_printer
@each_reader
@each_kind
@each_language
def test_the_pdf_says_in_reading_order_what_was_signed(
    pages_of: Callable[[bytes], list[str]], kind: Kind, language: str
) -> None:
    text = a_text(kind, language)
    expected = [letters(line) for line in signed_lines(text)]
    pages = pages_printed(text, COPY, pages_of)
    around_each = (sum(map(len, pages)) - sum(map(len, expected))) // len(pages)  # as long on every page
    found = "".join(page[:-around_each] for page in pages) + pages[-1][-around_each:]
    place = 0
    while expected:
        line = expected.pop(0)
        here = found[place : place + len(line)]
        same = here == line if words.direction(language) == "ltr" else sorted(here) == sorted(line)
        if not same and expected and words.direction(language) == "rtl" and pages_of is pdf_readers.pages_by_pdfium:
            line += expected.pop(0)  # pdfium turns a heading together with the line that stands beside it
            here = found[place : place + len(line)]
            same = sorted(here) == sorted(line)
        # Within a line of two directions a PDF holds the words as they lie on the paper; between lines the order is one.
        assert same, (line, here)
        place += len(line)
    around = drawn(between(sheet(text, COPY), "<header", "</footer>").partition(">")[2])
    assert set(found[place:]) <= set(around) | set("1234567890"), "what is left are the lines around every page"
    number = "K7QFA-29MDT" if words.direction(language) == "ltr" else "MDT"  # its parts lie the other way round
    assert number in found[place:] and "Minister’soffice" in found[place:]


@needs_a_printer
@each_reader
def test_a_paper_of_several_pages_loses_and_moves_nothing_where_a_page_ends(
    pages_of: Callable[[bytes], list[str]],
) -> None:
    first = a_text(registry.find("MIN_BRIEF"), "en")
    many = "\n".join(f"- Finding {number} of a court that sat for days and heard nobody." for number in range(90))
    body = [{**row, "text": many} if row["code"].endswith(".6") else row for row in first.body]
    text = Text(first.kind, "en", first.title, body, 6, TODAY)
    found = "".join(pages_printed(text, COPY, pages_of))
    pages = found.count("Page1of") + found.count("Page2of") + found.count("Page3of") + found.count("Page4of")
    assert pages >= 2
    head, foot = letters("IN CONFIDENCE Copy 3, Minister’s office"), letters("Paper K7QFA-29MDT · revision 6")
    around = re.compile(rf"{re.escape(head)}{re.escape(foot)}.*?Page\d+of{pages}")
    assert len(around.findall(found)) == pages
    assert around.sub("", found) == letters("".join(signed_lines(text)))


@each_kind
@each_language
def test_print_view_and_pages_draw_what_was_signed(kind: Kind, language: str) -> None:
    text = a_text(kind, language)
    expected = letters("".join(signed_lines(text)))
    made_by_css = str.maketrans("", "", "–" + "".join(QUOTES[language]))
    main = between(sheet(text, COPY), "<main", "</main>").partition(">")[2]
    assert drawn(main).translate(made_by_css) == expected.translate(made_by_css)


def test_the_page_of_a_material_and_the_review_page_draw_what_is_printed(client: Client) -> None:
    case = a_packet_with_two_addressees()
    material = in_review(case)
    text = Text(material.kind, "en", material.title or "", material.body or [], 1, TODAY)
    on_paper = re.sub(r"<sup>[^<]*</sup>", "", between(sheet(text, None), "<main", "</main>").partition(">")[2])
    for name, page in (("ana", "materials:material"), ("rui", "materials:review")):
        signed_in(client, on_case(case, "rui", "reviewer") if name == "rui" else case.lead, fresh=True)
        answer = client.get(reverse(page, args=[material.pk])).content.decode()
        article = between(answer, '<article class="paper"', "</article>").partition(">")[2]
        shown = re.sub(r'<div class="running">.*?</div>', "", article, flags=re.DOTALL)
        assert drawn(shown) == drawn(on_paper), page


def test_each_ask_stands_beneath_its_own_addressee_with_its_day() -> None:
    text = a_text(registry.find("SUPPORTER"), "en")
    section = next(row for row in paper_words(text.kind, "en", text.title, text.body).sections if row.role == "asks")
    said = [
        (line.marker, "".join(p.text for p in line.pieces), "".join(p.text for p in line.until))
        for block in section.blocks
        for line in block.lines
    ]
    assert said == [
        ("", "We ask the Minister of Justice:", ""),
        ("1.", "Let an independent doctor see him.", "By 15\u00a0December\u00a02026."),
        ("", "We ask the Minister of Foreign Affairs:", ""),
        ("2.", "Raise it with the ambassador.", "By December\u00a02026."),
    ]
    assert letters("".join("".join(line) for line in said)) in drawn(between(sheet(text, COPY), "<main", "</main>"))


def test_a_finding_inside_a_date_or_a_day_keeps_every_letter() -> None:
    body = [
        {"code": "MIN_BRIEF.3", "heading": "We ask", "text": "We ask X:\n- Let her go. By 3 May 2027."},
        {"code": "MIN_BRIEF.5", "heading": "Key facts", "text": "- 14 March 2025: He was seen. [1]"},
    ]
    wanted = ("her go. By 3", "March 2025: He")
    findings = {
        part["code"]: [(part["text"].index(words), part["text"].index(words) + len(words), "x")]
        for part, words in zip(body, wanted, strict=True)
    }
    sections = paper_words("MIN_BRIEF", "en", "T", body, findings).sections
    lines = [
        [*line.date, *line.pieces, *line.until] for row in sections for block in row.blocks for line in block.lines
    ]
    assert [letters("".join(piece.text for piece in line)) for line in lines] == [
        letters(one) for one in ("We ask X:", "Let her go. By 3 May 2027.", "14 March 2025: He was seen.")
    ]
    assert letters("".join(piece.text for line in lines for piece in line if piece.finding)) == letters("".join(wanted))
    assert [p.label for p in lines[2] if p.label] == ["1"]


def test_a_heading_that_is_drawn_nowhere_is_read_nowhere(client: Client) -> None:
    material: Material = in_review()
    for kind in registry.ALL:
        assert all(registry.is_unheaded(kind.section_code(place)) for place in kind.unheaded)
    signed_in(client, material.cases.get().lead, fresh=True)
    answer = client.get(reverse("materials:material", args=[material.pk])).content.decode()
    article = between(answer, '<article class="paper"', "</article>")
    assert "<h3>Key facts</h3>" in article and "The person" not in article
