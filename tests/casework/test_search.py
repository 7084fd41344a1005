"""The blind index: what a name is found by, what it is not found by, and what the table gives away."""

from typing import Any

import pytest
from django.db import connection

from casework import codenames
from casework.actions.people import add_contact, add_name, change_contact
from casework.codenames import draw, holds_any, quiet_words
from casework.models import Case, NameTag
from casework.search import findable_by, found_condition
from directory.countries import countries
from sealing import folding
from tests.factories import a_case, on_case
from tests.people import a_person

pytestmark = pytest.mark.django_db


def finds(user, typed):
    """The codenames that this person finds by these words."""
    found = findable_by(user, typed)
    wanted = found_condition(found.cases, found.countries)
    return set(Case.objects.visible_to(user).filter(wanted).values_list("codename", flat=True))


def a_named_case(codename, *names):
    case = a_case(codename=codename)
    for script, value in names:
        add_name(actor=case.lead, case=case, kind="legal", script=script, value=value)
    return case


@pytest.mark.parametrize(
    "typed",
    ["Jan Novák", "novak", "NOVAK, Jan", "J. Novak", "نوفاك", "يان نوفاك", "李小明", "Ｎｏｖａｋ", "No\u200bvak", "Ян"],
)
def test_a_name_is_found_whole_by_parts_and_in_each_script_however_it_is_typed(typed):
    case = a_named_case("Heron", ("Latn", "Jan Novák"), ("Arab", "يان نوفاك"), ("Hans", "李小明"), ("Cyrl", "Ян Новак"))
    a_named_case("Quince", ("Latn", "Petra Stern"), ("Hans", "王芳"))
    assert finds(case.lead, typed) == {"Heron"}


@pytest.mark.parametrize("typed", ["Nova", "ovak", "Jan Stern", "J", "Smith", "李王", "123", ""])
def test_parts_of_words_and_names_of_two_cases_find_nothing(typed):
    case = a_named_case("Heron", ("Latn", "Jan Novák"), ("Hans", "李小明"))
    a_named_case("Quince", ("Latn", "Petra Stern"), ("Hans", "王芳"))
    assert finds(case.lead, typed) <= ({"Heron", "Quince"} if not typed else set())


def test_a_changed_contact_is_found_by_the_new_words_alone():
    case = a_named_case("Heron", ("Latn", "Jan Novak"))
    told = {
        "kind": "family",
        "name": "Eva Stern",
        "phone": "+420 123 456 789, 00 49 30 1234567",
        "other_names": "Ewa\nEvička",
    }
    row = add_contact(actor=case.lead, case=case, values=told)
    assert finds(case.lead, "Evicka") == finds(case.lead, "030 1234567") == {"Heron"}
    change_contact(actor=case.lead, row=row, version=1, values=told | {"other_names": "", "phone": "+420 987 654 321"})
    assert finds(case.lead, "Evicka") == finds(case.lead, "123456789") == set()
    assert finds(case.lead, "987654321") == {"Heron"}


def test_the_index_holds_no_name_and_is_of_no_use_without_the_right():
    case = a_named_case("Heron", ("Latn", "Jan Novak"))
    raw = b"".join(bytes(row.tag) for row in NameTag.objects.all())
    assert NameTag.objects.filter(purpose="name").count() == 3 and b"ovak" not in raw
    assert finds(on_case(case, "leila", "reader"), "Novak") == set()
    assert finds(on_case(case, "rui", "reviewer"), "Novak") == {"Heron"}
    assert finds(a_person("sam"), "Novak") == set() == finds(a_person("admin"), "Heron")


def test_a_search_takes_the_same_number_of_queries_for_one_case_and_for_many(django_assert_max_num_queries):
    case = a_named_case("Heron", ("Latn", "Jan Novak"))
    with django_assert_max_num_queries(5) as few:
        finds(case.lead, "Jan Novak")
    for number in range(6):
        a_named_case(f"Word {number}", ("Latn", f"Jan Novak {number}"))
    with django_assert_max_num_queries(5) as many:
        assert len(finds(case.lead, "Jan Novak")) == 7
    assert len(few) == len(many)


def test_a_codename_is_drawn_among_those_that_nobody_has_not_even_a_hidden_case(monkeypatch):
    monkeypatch.setattr(codenames, "quiet_words", lambda: ("Heron", "Plover", "Quince"))
    a_case(codename="heron", lead=a_person("sam"))
    assert {draw() for _round in range(20)} == {"Plover", "Quince"}
    assert {draw(avoiding=["Ilias Plover"]) for _round in range(20)} == {"Quince"}


def test_two_words_are_drawn_when_the_single_ones_are_used_up_and_nothing_ever_refuses(monkeypatch):
    monkeypatch.setattr(codenames, "quiet_words", lambda: ("Heron", "Plover"))
    for codename in ("Heron", "PLOVER", "Plover Heron"):
        a_case(codename=codename)
    assert draw() == "Heron Plover"
    a_case(codename="Heron Plover")
    assert draw() in {"Heron Plover", "Plover Heron"}
    assert draw(avoiding=["Heron", "Plover"])


@pytest.mark.parametrize("number", [0, 1, 60])
def test_few_words_are_looked_up_however_many_are_used(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    words = quiet_words()[:60]
    monkeypatch.setattr(codenames, "quiet_words", lambda: words)
    for word in words[:number]:
        a_case(codename=word)
    asked: list[int] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(len(params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        found = draw(avoiding=["Ilias Varanen", "A newspaper editor"])
    assert sum(asked) <= 200 and not Case.objects.filter(codename=found).exists()
    assert found.count(" ") == (number == 60)


def test_the_words_are_several_hundred_and_hold_no_name_of_a_state():
    words = quiet_words()
    assert len(set(words)) == len(words) > 400 and all(word.isascii() and word.isalpha() for word in words)
    states = {token for row in countries().values() for token in folding.fold(row.name).split()}
    assert not {folding.fold(word) for word in words} & states


@pytest.mark.parametrize(
    ("codename", "is_given_away"),
    [
        ("Novak", True),
        ("Nóvák", True),
        ("Old Novak", True),
        ("Jannovak", True),
        ("Westmark", True),
        ("Heron", False),
        ("Nova", True),
        ("Ja", False),
    ],
)
def test_a_codename_holds_no_name_and_no_place(codename, is_given_away):
    assert holds_any(codename, ["Jan Novak", "Remand prison, Westmark"]) is is_given_away


WRITTEN_OTHERWISE = [
    ("Mohammed Al-Sayed El Hosseiny", "alsayed elhosseiny"),
    ("Mohammed Alsayed", "Al Sayed"),
    ("Seán Ó Conchúir-O'Malley", "OMalley"),
    ("Sean OMalley", "O'Malley"),
    ("أبو عبد الرحمن المصري", "عبدالرحمن"),
    ("عبدالرحمن المصري", "عبد الرحمن"),
    ("陈卫", "陳衛"),
    ("劉雲珍", "刘云珍"),
    ("Li Wei-Min", "weimin"),
    ("ज़ैनब", "जैनब"),
]


@pytest.mark.parametrize(("stored", "typed"), WRITTEN_OTHERWISE)
def test_a_name_is_found_joined_parted_and_in_the_other_han_form(stored, typed):
    case = a_named_case("Heron", ("Zyyy", stored))
    assert finds(case.lead, typed) == {"Heron"}


@pytest.mark.parametrize(
    ("stored", "typed"),
    [("สุรชัย", "สิรชัย"), ("कुमर", "केमर"), ("ខែម", "ខុម"), ("မြင့်", "မြင်"), ("ශිරන්", "ශරන්")],
)
def test_a_vowel_is_no_accent_where_it_is_written_as_a_mark(stored, typed):
    case = a_named_case("Heron", ("Zyyy", stored))
    assert finds(case.lead, stored) == {"Heron"}
    assert finds(case.lead, typed) == set()
