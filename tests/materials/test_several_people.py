"""A paper about several people: each in the head line and in a table, and one ask where all are asked alike."""

import datetime as dt

import pytest

from casework.models import Ask, Case, Name
from papers.composing.composing import Composed, compose
from papers.composing.paper_blocks import paper_words
from papers.kinds import registry
from tests.materials.packets import a_full_packet

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
BY_COMMAND = registry.by_command()
NAMING = sorted(command for command, kind in BY_COMMAND.items() if not kind.is_only_for and not kind.is_stop_notice)


def two(command: str = "minister", **options: object) -> list[Case]:
    audience = BY_COMMAND[command].audiences[0]
    return [a_full_packet(audiences=[audience], **options), a_full_packet(audiences=[audience], **options)]


def composed(cases: list[Case], command: str = "minister", language: str = "en") -> Composed:
    kind = BY_COMMAND[command]
    return compose(cases, kind=kind.code, audience=kind.audiences[0], language=language, today=TODAY)


def section(made: Composed, place: str) -> str:
    return next(row["text"] for row in made.body if row["code"].endswith(f".{place}"))


def test_each_person_stands_in_the_head_line_and_in_a_row_of_the_table() -> None:
    made = composed(two())
    assert made.title.count("Varanen") == 2
    table = [line for line in section(made, "2").splitlines() if line.startswith("|")]
    assert table[0] == "|= Person | Detention | Place" and len(table) == 3
    assert all("Varanen" in row and "Held since" in row and "Colony no." in row for row in table[1:])
    words = paper_words("MIN_BRIEF", "en", made.title, made.body)
    (drawn,) = [block for part in words.sections for block in part.blocks if block.is_table]
    assert [len(line.cells) for line in drawn.lines] == [3, 3, 3]


def test_one_person_has_no_table() -> None:
    made = composed(two()[:1])
    assert "|=" not in section(made, "2") and made.title.count("Varanen") == 1


def test_what_all_are_asked_alike_is_asked_once_and_what_differs_under_each() -> None:
    cases = two()
    asked = section(composed(cases), "3")
    assert asked.count("\n- ") == 1 and not asked.startswith("Varanen")
    ask = Ask.objects.filter(case=cases[0]).first()
    assert ask is not None
    ask.text = "Ask for a doctor of his own."
    ask.save()
    asked = section(composed(cases), "3")
    assert asked.count("\n- ") == 2 and "Ask for a doctor of his own." in asked


def test_a_place_that_consent_does_not_open_stays_out_of_the_table() -> None:
    cases = two(items=("CI_NAME", "CI_BIO", "CI_DOCS"))
    text = section(composed(cases), "2")
    assert "Colony no." not in text and "Held since" in text


def test_a_head_line_that_is_too_long_names_the_first_and_counts_the_others() -> None:
    cases = two()
    for row in Name.objects.filter(case__in=cases):
        row.value = f"{'Maximilian ' * 9}Varanen"
        row.save()
    made = composed(cases)
    assert made.title.endswith(", and 1 other person") and made.title.count("Varanen") == 1


@pytest.mark.parametrize("command", NAMING)
def test_no_kind_names_the_first_alone_in_the_head_line(command: str) -> None:
    assert composed(two(command), command).title.count("Varanen") == 2
