"""What the tags and filters write, and what they never let through."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines

from web.templatetags import display


def render(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context)


def test_a_badge_has_a_word_or_is_not_there() -> None:
    assert render('{% badge "" "ring-full" "ok" %}') == ""
    assert (
        render('{% badge word "ring-full" "ok" %}', word="<b>")
        == '<span class="badge ok"><i class="mark ring-full"></i>&lt;b&gt;</span>'
    )
    assert 'class="badge"' in render('{% badge "Word" "" "loud" %}')


@pytest.mark.parametrize(
    ("code", "words"),
    [("RL_LOW", "bars-1"), ("RL_MED", "bars-2"), ("RL_HIGH", "bars-3"), ("RL_CRIT", "bars-4"), ("", "Not assessed")],
)
def test_a_risk_shows_its_bars(code: str, words: str) -> None:
    assert words in display.risk_badge(code)


def test_only_high_and_critical_risk_have_a_tone() -> None:
    assert [("care" in display.risk_badge(code), "stop" in display.risk_badge(code)) for code in display.RISK] == [
        (False, False),
        (False, False),
        (True, False),
        (False, True),
    ]


def test_an_unknown_code_is_shown_plainly_and_not_hidden() -> None:
    assert ">VS_ODD<" in display.verification_badge("VS_ODD")


@pytest.mark.parametrize("name", ["bdi", "ref", "quoted", "paragraphs"])
def test_what_a_person_typed_is_escaped_and_kept_apart(name: str) -> None:
    html = render("{{ typed|" + name + " }}", typed="<script>")
    assert "&lt;script&gt;" in html and "<script>" not in html
    assert "dir=" in html or "<bdi>" in html


def test_dates_are_words_with_a_machine_date_beside_them() -> None:
    assert display.in_words(dt.date(2026, 11, 2)) == '<time datetime="2026-11-02">2 November 2026</time>'
    assert "about 14 March 2025" in display.in_words(SimpleNamespace(in_words="about 14 March 2025"))
    assert display.in_words(None) == "Unknown"
    assert display.in_words("<2025>") == "&lt;2025&gt;"


def test_an_address_that_does_not_exist_is_empty_and_breaks_nothing() -> None:
    assert render('[{% maybe_url "nowhere:nothing" 7 as u %}{{ u }}]') == "[]"


def test_a_data_table_gets_roles_scopes_and_labels() -> None:
    html = render(
        '{% datatable %}<table class="t"><thead><tr><th>No.</th><th class="num"><a href="#">"Sum"</a></th></tr></thead><tbody><tr><th>{{ x }}</th><td class="num">2</td></tr><tr><td colspan="2">all</td></tr></tbody></table>{% enddatatable %}',
        x="<td>",
    )
    assert '<table class="t" role="table">' in html
    assert '<th role="columnheader" scope="col">No.</th>' in html
    assert (
        '<th role="rowheader" scope="row">&lt;td&gt;</th><td class="num" role="cell" data-label="&quot;Sum&quot;">'
        in html
    )
    assert '<td colspan="2" role="cell" data-label="No.">' in html


def test_a_table_that_stays_one_on_a_phone_gets_scopes_alone() -> None:
    plain = '<table class="t keep sheet"><thead><tr><th>No.</th></tr></thead><tbody><tr><th>{{ x }}</th><td>2</td></tr></tbody></table>'
    html = render("{% datatable %}" + plain + "{% enddatatable %}", x="1")
    assert html == plain.replace("<th>No.", '<th scope="col">No.').replace("<th>{{ x }}", '<th scope="row">1')
