"""Bars drawn on the server: inside their picture, in proportion, and from the side at which reading begins."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.pages.drawn_bars import LONGEST_BAR, MOST_TICKS, WIDTH, Bar, Drawing, drawing, step_of

lengths = st.lists(st.integers(0, 4000), min_size=1, max_size=30)


def drawn(*each: float, language: str = "en") -> Drawing:
    """Return the picture of bars of these lengths in a language."""
    with translation.override(language):
        found = drawing([Bar(f"bar {length}", length, str(length)) for length in each])
    assert found is not None
    return found


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawing([]) is None


@settings(deadline=None)
@given(lengths)
def test_every_bar_and_line_stands_inside_the_picture_and_in_proportion(each: list[int]) -> None:
    found = drawn(*each)
    scale = max(*each, step_of(max(each)))
    for bar in found.bars:
        assert bar.width == pytest.approx(bar.bar.length / scale * LONGEST_BAR, abs=0.06)
        assert bar.bar_y >= 0 and bar.bar_y + found.bar_height <= found.foot_y < found.figures_y <= found.height
    assert 1 <= len(found.ticks) <= MOST_TICKS + 1 and all(0 <= tick.x <= LONGEST_BAR for tick in found.ticks)


@settings(deadline=None)
@given(lengths)
def test_from_right_to_left_the_picture_is_its_own_mirror(each: list[int]) -> None:
    left, right = drawn(*each), drawn(*each, language="ar")
    assert right.edge_x == WIDTH and left.edge_x == 0
    for one, other in zip(left.bars, right.bars, strict=True):
        assert other.left + other.width == pytest.approx(WIDTH) and other.width == pytest.approx(one.width)
        assert other.figure_x == pytest.approx(WIDTH - one.figure_x)
    assert [tick.x for tick in right.ticks] == pytest.approx([WIDTH - tick.x for tick in left.ticks])


@pytest.mark.parametrize(("longest", "step"), [(0, 1), (4, 1), (6, 2), (19, 5), (41, 10), (120, 50), (900, 200)])
def test_thin_lines_stand_at_round_figures(longest: int, step: int) -> None:
    assert step_of(longest) == step


@pytest.mark.parametrize("language", ["en", "fr", "ru", "ar"])
def test_numbers_of_the_picture_are_numbers_in_every_language_and_words_are_escaped(language: str) -> None:
    with translation.override(language):
        picture = drawing([Bar("<b>Ministry</b>", 7, "7"), Bar("waits", 12.5, "waits, 12", is_open=True)])
        html = render_to_string(
            "parts/drawn_bars.html",
            {"drawing": picture, "drawn_name": 'Days "to" answer', "drawn_note": "Dashed: waits."},
        )
    assert "<b>" not in html and "&lt;b&gt;Ministry" in html and 'aria-label="Days &quot;to&quot; answer"' in html
    assert html.count("<rect") == 2 and html.count('class="open"') == 1
    assert not [part for part in html.split('"') if part.count(",") == 1 and part.replace(",", "").isdigit()]
