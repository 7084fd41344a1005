"""Every sentence of ours that a paper can print stands on one list, with why it can never be untrue; nothing else prints."""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from casework.models import (
    Ask,
    Case,
    Charge,
    Claim,
    Demand,
    Detention,
    Name,
    Person,
    Place,
    RightImplicated,
    Source,
)
from directory.countries import name_of
from directory.models import OfficeContact, OfficeContactWords
from papers.composing import words
from papers.composing.composing import compose
from papers.composing.word_table import WordForms
from papers.kinds import registry
from papers.kinds.kind import Kind
from papers.kinds.protective_notice import NoticeAnswers, notice
from sealing.letters.languages import READ, language_name
from tests.factories import a_case, a_claim, a_source
from tests.materials.packets import a_full_packet, fit_for
from tests.materials.test_kinds import keys_asked_for, keys_of
from tools.machine import ROOT

TABLE = words.fixed_words()
TODAY = dt.date(2026, 11, 20)
HOLE = re.compile(r"%\([\w.]+\)s|[|]")
PRINTS = [path for room in ("kinds", "composing", "formats") for path in (ROOT / "papers" / room).glob("*.py")]
assert PRINTS, "no file that prints was found"
PRINTS += [ROOT / "papers" / "pdf" / name for name in ("paper.py", "read_aloud.py")]
TEMPLATES = ("papers/print/paper.html", "papers/_paper_blocks.html")
TWO_WORDS = re.compile(r"[^\W\d_]{2,}[ \u00a0][^\W\d_]")
each_language = pytest.mark.parametrize("language", words.NAMES)
each_composed = pytest.mark.parametrize("kind", registry.composed(), ids=lambda kind: kind.code)


@pytest.mark.parametrize("key", sorted(TABLE))
def test_each_says_why_it_can_never_be_untrue(key: str) -> None:
    why = TABLE[key].get("why") or ""
    assert len(why.split()) >= 5 and why not in {TABLE[key].get(language) for language in words.NAMES}


def test_no_fixed_words_lie_about_unused() -> None:
    asked = {key for key, _place in keys_asked_for()} | {"attributed"}
    asked |= {f"{key}.{chosen}" for key in asked for chosen in ("woman", "man")}
    named = {key for kind in registry.ALL for key in keys_of(kind)}
    assert not {
        key
        for key in TABLE
        if key not in named and not any(key == one or (one.endswith(".") and key.startswith(one)) for one in asked)
    }


@pytest.mark.parametrize(
    "untrue",
    [
        "have not stated",
        "stated a position",
        "to protect the person",
        "within your law",
        "covering letter",
        "We follow",
        "Now in",
        "no longer",
        "person held",
        "hold the person",
        "in your own words.",
    ],
)
def test_what_was_seen_untrue_is_gone(untrue: str) -> None:
    assert not [key for key, row in TABLE.items() if untrue in row["en"]]


def literals() -> Iterator[tuple[str, str]]:
    """Yield every literal of two words or more in what composes and draws a paper, screen messages and docstrings apart."""
    for path in PRINTS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        skipped: set[ast.AST] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "_":
                skipped |= set(ast.walk(node))
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                skipped.add(node.value)
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped
            if is_text and TWO_WORDS.search(node.value):
                yield path.name, node.value


def test_no_literal_of_the_code_can_print_beside_the_list() -> None:
    assert not list(literals())
    assert len(PRINTS) > 12


def test_a_literal_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.py").write_text(
        'def write():\n    """Two words."""\n    return "- " + "Such a step would be lawful."\n'
    )
    monkeypatch.setattr("tests.materials.test_fixed_words.PRINTS", [tmp_path / "x.py"])
    assert list(literals()) == [("x.py", "Such a step would be lawful.")]


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_words_stand_in_a_template_of_the_print(name: str) -> None:
    html = (ROOT / "templates" / name).read_text(encoding="utf-8")
    html = re.sub(r'<p class="view".*?</p>', "", html, flags=re.DOTALL)  # on the screen alone, in the office's language
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", html, flags=re.DOTALL)
    assert not re.search(r"[^\W\d_]", bare), bare


def entered(case: Case, language: str) -> list[str]:
    """Return everything that somebody entered, and the labels of codes that somebody chose."""
    found: list[str] = [case.public_label or "", case.why_now or "", case.authorities_say or ""]
    for contact in [*OfficeContact.objects.all(), *OfficeContactWords.objects.all()]:
        found += [contact.name, contact.role, contact.channel]
    found += [language_name(code, language) for code in READ]
    for model, names in (
        (Name, ("value",)),
        (Person, ("occupation",)),
        (Place, ("place",)),
        (Charge, ("law", "verdict", "sentence")),
        (Claim, ("text",)),
        (Source, ("attribution",)),
        (Demand, ("text",)),
        (Ask, ("to", "text")),
    ):
        found += [getattr(row, name) or "" for row in model.objects.filter(case=case) for name in names]
    with translation.override(language):
        found.append(name_of(case.country))
    dates = [row.on for row in Claim.objects.filter(case=case)] + [row.by for row in Ask.objects.filter(case=case)]
    dates += [row.started for row in Detention.objects.filter(case=case)]
    told = [words.date(one, language) for one in dates if one] + [words.day(TODAY, language)]
    return [*found, *told, *(one.form(case) for one in told if isinstance(one, WordForms) for case in ("gen", "prep"))]


@cache
def fixed_parts(language: str) -> frozenset[str]:
    """Return what stands between the holes of the fixed words."""
    return frozenset(part.strip() for row in TABLE.values() for part in HOLE.split(row[language]))


@cache
def whole(known: str) -> re.Pattern[str] | None:
    """Return what finds these words where they stand alone; nothing finds a sign."""
    if not re.search(r"\w", known):
        return None
    begins, ends = r"(?<!\w)" if known[0].isalpha() else "", r"(?!\w)" if known[-1].isalpha() else ""
    return re.compile(begins + re.escape(known) + ends, re.IGNORECASE)


def left_over(text: str, values: list[str], language: str) -> str:
    """Return the letters that neither somebody entered nor the list of fixed words explains."""
    for known in sorted({*values, *fixed_parts(language)} - {""}, key=len, reverse=True):
        if found := whole(known):
            text = found.sub(" ", text)
    text = re.sub(r"\[[A-Z]?\d+\]|\b[A-F][1-6]?\b", " ", text)
    return " ".join(re.findall(r"[^\W\d_]+", text))


def a_packet_of_everything(audience: str) -> Case:
    case = a_full_packet(audiences=[audience])
    charge = Charge.objects.get(case=case)
    charge.verdict, charge.sentence = "guilty", "four years"
    charge.save()
    a_claim(case, "The ministry says that he is well.", use="authorities", sources=[a_source(case)])
    a_claim(case, "Officers say he was questioned.", sources=[a_source(case, secrecy="AT_DEEP", reliability="C")])
    a_claim(case, "She died in the hospital.", use="death", sources=[a_source(case)], items=["CI_BIO"])
    for right in ("R_EXPRESSION", "R_FAIRTRIAL"):
        RightImplicated.objects.create(case=case, right=right)
    return case


@pytest.mark.django_db
@each_composed
@each_language
def test_a_paper_says_what_somebody_entered_and_the_fixed_words_and_nothing_else(kind: Kind, language: str) -> None:
    for audience in kind.audiences:
        for case in (a_packet_of_everything(audience), a_case()):
            fit_for(kind, case)
            made = compose([case], kind=kind.code, audience=audience, language=language, stop_on=TODAY, today=TODAY)
            known = entered(case, language)
            for text in [made.title, *(row["heading"] + "\n" + row["text"] for row in made.body)]:
                assert left_over(text, known, language) == "", text


@pytest.mark.django_db
@each_composed
@each_language
def test_an_empty_packet_gives_gaps_and_no_sentence_about_the_person(kind: Kind, language: str) -> None:
    case = a_case()
    fit_for(kind, case)
    made = compose([case], kind=kind.code, audience=kind.audiences[0], language=language, today=TODAY)
    empty = {row["code"] for row in made.body if not row["text"]}
    gaps = {kind.section_code(place) for place, _what in kind.gaps}
    assert gaps <= empty, gaps - empty
    assert all(kind.gap(code) for code in gaps)


@each_language
def test_a_notice_says_what_was_answered_and_the_fixed_words_and_nothing_else(language: str) -> None:
    known_at = dt.datetime(2026, 11, 20, 22, 40, tzinfo=dt.UTC)
    said: dict[str, Any] = {
        "label": "A teacher",
        "last_seen": "Monday",
        "taken_by": "Unknown",
        "danger": "Torture",
        "ask": "Ask where she is",
        "contact": "the desk",
        "age": "34",
        "nationality": "Verenian",
    }
    title, body = notice(NoticeAnswers(country="XPR", known_at=known_at, may_be_named=True, **said), language)
    with translation.override(language):
        values = [*said.values(), name_of("XPR"), words.day(TODAY, language)]
    values.append(words.day(dt.date(2026, 11, 23), language))
    for text in [title, *(row["text"] for row in body)]:
        assert left_over(text, values, language) == "", text


def test_what_was_not_entered_would_be_found() -> None:
    assert left_over("Held since 2025. The court was unfair.", ["2025"], "en") == "The court was unfair"
