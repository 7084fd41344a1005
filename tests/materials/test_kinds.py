"""Every kind of material is whole: in each language, for each audience, in the model and in the registry."""

import ast
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from casework.consent_codes import TRUSTED
from directory.vocabulary import terms
from materials.forms.materials import NewMaterialForm
from materials.models import Material
from papers import composing as composing_package
from papers import formats, kinds, pdf, templatetags
from papers.composing import words
from papers.composing.composing import compose
from papers.composing.packet import Packet
from papers.composing.sections import SOURCES
from papers.kinds import registry
from papers.kinds.kind import Kind
from papers.kinds.protective_notice import KIND as NOTICE
from papers.kinds.protective_notice import NoticeAnswers, notice
from tests.architecture.code import CODE, name_of, ours
from tests.casework.translated import translated_into
from tests.factories import a_case
from tests.materials.packets import a_full_packet, fit_for

SCRIPTS = {"en": "LATIN", "fr": "LATIN", "es": "LATIN", "ar": "ARABIC", "ru": "CYRILLIC"}
HOLE = re.compile(r"%\((\w+)(?:\.\w+)?\)s")
FORM_ALONE = re.compile(r"%\(\w+\.\w+\)s|%\(date\)s")  # a date whose form says it all: "until" stands in it
ALIKE = {"Sources", "Source", "Date", "Annexes"}  # what French says as English does
SAYS = {"words.say", "say", "words.counted", "counted", "_articles"}
ROLES = ("handling", "subject", "title", "asks", "dated_facts", "barred", "spoken")
TABLE = words.fixed_words()
KEYS = sorted(TABLE)
LANGUAGES = sorted(words.NAMES)
COMPOSED = [(kind, audience) for kind in registry.composed() for audience in kind.audiences]
each_kind = pytest.mark.parametrize("kind", registry.ALL, ids=lambda kind: kind.code)
each_language = pytest.mark.parametrize("language", LANGUAGES)
each_composed = pytest.mark.parametrize(("kind", "audience"), COMPOSED, ids=lambda one: getattr(one, "code", one))


def script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def key_is_short(english: str) -> bool:
    """Say whether even English has no more than one small word here, as "or" has between two dates."""
    return len(english.split()) == 1


def what_is_wrong_with(text: str, language: str, english: str) -> str:
    """Say why these fixed words cannot be printed in this language; empty where they can. Lone letters are grades."""
    bare, original = HOLE.sub(" ", text), HOLE.sub(" ", english)
    if not text.strip():
        return "missing"
    if set(HOLE.findall(text)) != set(HOLE.findall(english)):
        return "other placeholders than in English"
    if "%" in bare:
        return "a percent sign that is no placeholder"
    if not any(letter.isalpha() for letter in original) or FORM_ALONE.fullmatch(text):
        return ""
    runs = {script_of(a) for a, b in pairwise(bare) if a.isalpha() and b.isalpha()}
    lone = {script_of(letter) for letter in bare if letter.isalpha()}
    runs = runs or lone - (
        set() if key_is_short(original) else {SCRIPTS["en"]}
    )  # a word of one letter, such as the Arabic “and”
    if runs != {SCRIPTS[language]}:
        return f"not in the letters of {language}"
    return "left in English" if language != "en" and text == english and text not in ALIKE else ""


def keys_of(kind: Kind) -> list[str]:
    return [f"kind.{kind.code}", *(f"heading.{code}" for code in kind.section_codes)]


def typed_answers() -> NoticeAnswers:
    return NoticeAnswers(
        label="A teacher",
        country="XPR",
        last_seen="Monday",
        taken_by="Unknown",
        danger="Torture",
        ask="Ask where she is",
        contact="desk@example.org",
        known_at=dt.datetime(2026, 11, 28, 22, 40, tzinfo=dt.UTC),
    )


def keys_asked_for() -> Iterator[tuple[str, str]]:
    """Yield each key of fixed words that the code asks for, and where; of a key put together, what it begins with."""
    for package in (kinds, composing_package, pdf, formats, templatetags):
        for path in Path(package.__path__[0]).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in SAYS:
                    for part in ast.walk(node.args[0]):
                        if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value[1:]:
                            yield part.value, path.name


def test_the_column_offers_every_kind_by_its_own_label_and_no_other() -> None:
    choices = dict(Material._meta.get_field("kind").choices or ())
    assert choices == {kind.code: kind.label for kind in registry.ALL}


def test_every_file_of_this_folder_is_a_kind_and_is_in_the_registry() -> None:
    """A new file is a new kind: no list names it a second time, and one without a KIND has no place here."""
    files = {path.stem for path in Path(kinds.__path__[0]).glob("*.py")} - {"__init__", "kind", "registry"}
    known = {import_module(f"papers.kinds.{name}").KIND for name in files}
    assert known == set(registry.ALL) and len(registry.ALL) == len(files)


def test_an_unknown_kind_is_refused_and_never_guessed() -> None:
    with pytest.raises(KeyError):
        registry.find("POSTER")
    assert not registry.is_title("POSTER.1") and not registry.is_asks("") and not registry.is_dated_facts("1")


@each_kind
def test_a_kind_has_sections_and_names_only_those_it_has(kind: Kind) -> None:
    assert kind.sections and kind.name and kind.audiences
    codes = {section.code for section in kind.sections}
    assert {kind.section_code(getattr(kind, role)) for role in ROLES} - {""} <= codes
    assert kind.section_codes[-1].endswith(f".{SOURCES}") == kind.has_sources
    assert all((kind.handling, kind.subject, kind.asks)) or not kind.is_briefing, "these are drawn at the head"


@each_kind
@pytest.mark.django_db
def test_a_kind_leaves_only_at_a_level_that_the_database_takes(kind: Kind) -> None:
    for audience in kind.audiences:
        assert audience == TRUSTED or audience in terms("consent_audience")
        level = kind.least_level(audience)
        Material(kind=kind.code, audience=audience, level=level).validate_constraints()
    assert kind.emergency_audiences <= set(kind.audiences)


@each_kind
@each_language
def test_a_kind_and_each_of_its_sections_has_a_name_in_every_language(kind: Kind, language: str) -> None:
    assert not [key for key in keys_of(kind) if not TABLE.get(key, {}).get(language)]


def test_every_language_with_a_name_is_offered() -> None:
    """A hole takes a language away from everybody without a word; here it is told."""
    assert words.languages() == list(words.NAMES.items())
    assert set(SCRIPTS) == set(words.NAMES), "say in which letters a new language is written"


@each_language
def test_fixed_words_are_really_in_their_language_and_keep_every_placeholder(language: str) -> None:
    faults = {key: what_is_wrong_with(TABLE[key].get(language) or "", language, TABLE[key]["en"]) for key in KEYS}
    assert not {key: fault for key, fault in faults.items() if fault}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "ar"),
        ("x", "ar"),
        ("x %(to)s", "en"),
        ("We ask %(to)s:", "ar"),
        ("نرجو من", "ar"),
        ("نرجو من %(who)s:", "ar"),
        ("نرجو please %(to)s:", "ar"),
        ("نرجو %(to)s 100%", "ar"),
        ("نرجو من %(to)s:", "en"),
    ],
)
def test_words_of_another_language_or_without_a_placeholder_are_refused(text: str, language: str) -> None:
    assert what_is_wrong_with(text, language, "We ask %(to)s:")


def test_the_code_asks_only_for_fixed_words_that_there_are() -> None:
    unknown = {
        (key, place)
        for key, place in keys_asked_for()
        if key not in TABLE and not (key.endswith(".") and any(one.startswith(key) for one in KEYS))
    }
    assert not unknown


@pytest.mark.django_db
@each_composed
@each_language
def test_a_kind_composes_for_each_audience_and_gives_exactly_its_sections(
    kind: Kind, audience: str, language: str
) -> None:
    full, bare, other = a_full_packet(audiences=[audience]), a_case(), a_case()
    fit_for(kind, full, bare, other)
    if language != full.language:
        translated_into(full, language)
    for cases in ([full], [bare], [full, other]):
        made = compose(cases, kind=kind.code, audience=audience, language=language)
        assert [section["code"] for section in made.body] == kind.section_codes
        assert [section["heading"] for section in made.body] == [
            words.heading(code, language) for code in kind.section_codes
        ]
        assert made.title.strip()
    assert any(section["text"] for section in made.body)


@pytest.mark.django_db
@each_composed
def test_a_kind_names_the_section_that_repeats_the_title_and_the_one_that_lists_the_asks(
    kind: Kind, audience: str
) -> None:
    case = a_full_packet(audiences=[audience])
    fit_for(kind, case)
    made = compose([case], kind=kind.code, audience=audience, language="en")
    repeated = [section["code"] for section in made.body if section["text"] == made.title]
    assert repeated == [kind.section_code(kind.title)] * bool(kind.title)
    asked = f"- {case.demands.get().asks.get().text}"
    assert {section["code"] for section in made.body if asked in section["text"]} == {kind.section_code(kind.asks)} - {
        ""
    }


@pytest.mark.django_db
@each_composed
def test_a_writer_writes_no_section_that_its_kind_does_not_have(kind: Kind, audience: str) -> None:
    packet = Packet(a_full_packet(audiences=[audience]), audience, kind.least_level(audience), "en")
    assert kind.write is not None
    assert [kind.section_code(place) for place in kind.write([packet], None).texts] == [
        section.code for section in kind.sections
    ]


@each_language
def test_a_notice_is_filled_into_exactly_its_sections(language: str) -> None:
    title, body = notice(typed_answers(), language)
    assert [section["code"] for section in body] == NOTICE.section_codes
    assert title.startswith(words.say(f"kind.{NOTICE.code}", language)) and all(section["text"] for section in body)


@pytest.mark.django_db
def test_only_a_kind_with_a_writer_is_offered_for_composing() -> None:
    case = a_case()
    fields: dict[str, Any] = NewMaterialForm(case=case).fields
    written = [kind for kind in registry.ALL if kind.write]
    assert {code for code, _label in fields["kind"].choices} == {kind.code for kind in written if not kind.is_only_for}
    assert set(registry.by_command().values()) == set(written) and all(registry.by_command())
    for kind in set(registry.ALL) - set(written):
        for audience in kind.audiences:
            with pytest.raises(KeyError):
                compose([case], kind=kind.code, audience=audience, language="en")


def test_section_codes_stand_nowhere_but_with_their_kind() -> None:
    codes = "|".join(kind.code for kind in registry.ALL)
    written_out = re.compile(rf"\b({codes})[.-](\d|S\b)|[\"']\{{\w*(kind|KIND|CODE)(\.code)?\}}\.")
    home = Path(kinds.__path__[0])
    files = [*CODE, *ours("templates", pattern="*.html"), *ours("static", pattern="*.js")]
    assert home / "minister.py" in files
    inside, outside = ([path for path in files if (path.parent == home) is wanted] for wanted in (True, False))
    assert not [name_of(path) for path in outside if written_out.search(path.read_text(encoding="utf-8"))]
    assert any(written_out.search(path.read_text(encoding="utf-8")) for path in inside), "it finds what it looks for"
