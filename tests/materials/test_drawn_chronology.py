"""The chronology of the commission's briefing is drawn from its own signed table, and adds no word to the paper."""

import datetime as dt
import io
import re
from itertools import pairwise

import pikepdf
import pytest

from casework.models import Case
from directory.dates import earliest, latest, precision
from papers.composing import words
from papers.composing.composing import compose
from papers.composing.date_found import date_in
from papers.composing.drawn_time import LANES, NUMBER, WIDTH, DrawnTime, drawn_time
from papers.formats.registry import draw
from papers.kinds import registry
from papers.kinds.commission import KIND
from papers.pdf.paper import Text, sheet
from papers.pdf.rendering import pdf
from tests.factories import a_claim
from tests.materials.packets import a_full_packet
from tests.materials.test_signed_is_printed import COPY, needs_a_printer

TODAY = dt.date(2026, 11, 20)
DATES = (
    *("1989", "1989-05", "1989-05-01", "1989-05-12", "1989-05~", "1989-05-12?", "1989~", "1989-05-12%"),
    *("2025-03-14/2025-03-19", "2025-03-14~/2025-05", "2025/2026", "2025-03/..", "../2025-03", "2025-03/", "/2025-03"),
    *("[..2025-03]", "[2025-03..]", "[2025-03-14,2025-03-15]", "{2025-03-14,2025-03-15}", "{2025-03-14..2025-03-17}"),
    *("2025-08-08/2025-11-11", "[2025-08-08,2025-11-11]", "2025-08-31/2025-09-02"),
)
ROWS = [("3", "14 March 2025"), ("4", "May 2025"), ("5", "about 2 June 2026"), ("6", "between 2025 and 2026")]
each_language = pytest.mark.parametrize("language", words.NAMES)


def a_drawing(rows: list[tuple[str, str]] = ROWS) -> DrawnTime:
    found = drawn_time(rows, "en")
    assert found is not None
    return found


@each_language
@pytest.mark.parametrize("told", DATES)
def test_a_date_in_words_is_found_again_in_every_language(told: str, language: str) -> None:
    found = date_in(str(words.date(told, language)), language)
    assert (earliest(found), latest(found), precision(found)) == (earliest(told), latest(told), precision(told))


@pytest.mark.parametrize("said", ["", "soon", "in the spring of 2025", "14 March 2025, at noon", "31 February 2025"])
def test_what_no_date_of_ours_reads_as_is_not_guessed(said: str) -> None:
    assert date_in(said, "en") == ""


def test_a_day_is_a_point_and_anything_less_exact_a_bar_of_all_that_it_can_mean() -> None:
    day, month, about, span = sorted(a_drawing().events, key=lambda event: event.number)
    assert day.is_day and about.is_day and about.is_about and not day.is_about
    assert not month.is_day and 0 < month.last - month.first < 30
    assert span.last - span.first > WIDTH * 0.9, "two whole years of two"


def test_bars_never_lie_on_each_other_and_numbers_never_touch() -> None:
    rows = [(str(number), "March 2025") for number in range(20)]
    rows += [(str(100 + number), f"{number} March 2025") for number in range(1, 29)]
    drawn = a_drawing([*rows, ("200", "1989"), ("201", "31 December 2025")])
    bars = [event for event in drawn.events if not event.is_day]
    assert len({(event.bar, event.first) for event in bars}) == len(bars) == 21
    for lane in range(drawn.lanes):
        places = sorted(event.at for event in drawn.events if event.lane == lane)
        assert all(there - here >= NUMBER - 0.2 for here, there in pairwise(places))
    assert drawn.lanes <= LANES and all(0 <= event.at <= WIDTH for event in drawn.events)


def test_more_lanes_are_taken_where_the_numbers_would_leave_the_page() -> None:
    days = [*range(1, 29)]
    rows = [(str(day), f"{day} {month} 2025") for month in ("January", "December") for day in days]
    drawn = a_drawing([*rows, *((f"1{number}", said) for number, said in rows)])
    assert drawn.lanes > LANES and all(0 <= event.at <= WIDTH for event in drawn.events)


def test_two_events_are_not_drawn_and_a_row_without_a_date_stays_in_the_table_alone() -> None:
    assert drawn_time(ROWS[:2], "en") is None
    assert {event.number for event in a_drawing([*ROWS, ("9", "soon")]).events} == {"3", "4", "5", "6"}


def test_the_axis_bears_the_years_and_thins_them_out_where_there_are_many() -> None:
    assert [year.number for year in a_drawing().years] == ["2025", "2026", ""]
    many = a_drawing([("1", "1953"), ("2", "1966"), ("3", "5 May 2004")])
    shown = [year.number for year in many.years if year.number]
    assert shown == [str(year) for year in range(1955, 2005, 5)]


def a_text(language: str = "en") -> Text:
    case: Case = a_full_packet(audiences=["AU_PARL"])
    case.language = language
    case.save()
    a_claim(case, "The court sat.", items=["CI_DOCS"], on="2026-06-02")
    a_claim(case, "He was moved.", items=["CI_BIO"], on="2026-07~")
    made = compose([case], kind=KIND.code, audience="AU_PARL", language=language, today=TODAY)
    return Text(KIND.code, language, made.title, made.body, 1, TODAY)


def svg_in(html: str) -> str:
    [found] = re.findall(r"<svg.*?</svg>", html, flags=re.DOTALL)
    return found


@pytest.mark.django_db
@each_language
def test_the_drawing_holds_no_letter_but_what_it_is_for_who_does_not_see_it(language: str) -> None:
    html = sheet(a_text(language), None)
    svg = svg_in(html)
    assert "<text" not in svg and 'role="img"' in svg
    assert re.sub(r"<[^>]+>", "", svg) == words.say("print.timeline", language)
    assert html.index("<svg") < html.index("<table", html.index("<svg")), "the table is its twin, right beneath"


@pytest.mark.django_db
def test_time_runs_from_right_to_left_in_arabic_and_figures_do_not_turn() -> None:
    def points(language: str) -> list[float]:
        return [float(x) for x in re.findall(r'<circle[^>]* cx="([\d.]+)"', svg_in(sheet(a_text(language), None)))]

    english, arabic = points("en"), points("ar")
    assert arabic == [round(WIDTH - x, 1) for x in english] and english
    assert not re.search(r"scale\(-", svg_in(sheet(a_text("ar"), None)))


@pytest.mark.django_db
def test_the_numbers_of_the_drawing_are_those_of_the_rows_in_every_form() -> None:
    text = a_text()
    rows = re.findall(r'<span class="marker">(\d+)\.</span> [^<]', sheet(text, None))
    assert len(rows) == 4 and rows == [str(int(rows[0]) + place) for place in range(4)]
    plain = draw("txt", text, None).decode()
    assert f"\n{rows[0]}. about 14 March 2025\t" in plain and "\nDate\tEvent\tSource" in plain
    assert "<svg" not in plain


@pytest.mark.django_db
def test_a_row_that_an_author_changed_is_drawn_as_it_says_now() -> None:
    text = a_text()
    body = [{**row, "text": row["text"].replace("2\u00a0June\u00a02026", "2\u00a0June\u00a02006")} for row in text.body]
    changed = Text(text.kind, "en", text.title, body, 1, TODAY)
    assert svg_in(sheet(changed, None)) != svg_in(sheet(text, None))


@pytest.mark.django_db
@needs_a_printer
def test_in_the_pdf_it_is_a_figure_with_its_words_and_the_same_bytes_each_time() -> None:
    text = a_text()
    data = pdf(text, COPY)
    assert data == pdf(text, COPY)
    with pikepdf.open(io.BytesIO(data)) as paper:
        figures = [one for one in paper.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
    assert [str(one.Alt) for one in figures] == [words.say("print.timeline", "en")]


@pytest.mark.django_db
def test_no_other_kind_is_drawn() -> None:
    assert [kind.code for kind in registry.ALL if kind.chronology] == [KIND.code]
