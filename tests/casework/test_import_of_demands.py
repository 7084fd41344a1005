"""A file says what each demand is about, and comes in as it says; what it cannot mean is told where it stands."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from casework.models import Case, Demand
from casework.models.aims import Aim
from exchange import amparo
from exchange.faults import FileRefused
from tests.casework.test_import_of_anything import a_case_told
from tests.people import a_person

pytestmark = pytest.mark.django_db


def brought_in(tmp_path: Path, **fields: Any) -> list[Demand]:
    """Return the demands of one case of a file with these fields, by rank."""
    a_person("ana")
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(a_case_told(**fields)), encoding="utf-8")
    call_command("import_cases", str(path), "--as", "ana")
    return list(Demand.objects.filter(case=Case.objects.get()).order_by("rank"))


def faults(demands: Any) -> dict[str, str]:
    with pytest.raises(FileRefused) as refused:
        amparo.read(a_case_told(demands=demands))
    return {fault.field: fault.reason for fault in refused.value.faults}


def test_each_aim_comes_in_as_the_file_tells_it(tmp_path: Path) -> None:
    told = [{"text": f"Ask {number}", "aim": aim} for number, aim in enumerate(Aim.values)]
    rows = brought_in(tmp_path, demands=told, status="DS_POLICE")
    assert [{"text": row.text, "aim": row.aim} for row in rows] == told
    assert {row.aim: row.said_for for row in rows if row.said_for} == {"own": "held"}
    assert all(row.carries_mark() for row in rows)


def test_a_sentence_alone_is_in_words_of_its_own(tmp_path: Path) -> None:
    rows = brought_in(tmp_path, demands=["Let him go", {"text": "A doctor"}], status="DS_POLICE")
    assert [(row.text, row.aim, row.said_for) for row in rows] == [
        ("Let him go", "own", "held"),
        ("A doctor", "own", "held"),
    ]


def test_what_is_overtaken_comes_in_and_makes_no_sense(tmp_path: Path) -> None:
    told = ["In our words", {"text": "Let him go", "aim": "release"}, {"text": "No new arrest", "aim": "safety"}]
    rows = brought_in(tmp_path, demands=told, status="DS_RELEASED")
    assert [(row.aim, row.said_for, row.makes_sense_at("DS_RELEASED")) for row in rows] == [
        ("own", "", False),
        ("release", "", False),
        ("safety", "", True),
    ]


def test_an_ask_names_its_demand_by_the_sentence(tmp_path: Path) -> None:
    told = [{"text": "A doctor", "aim": "doctor"}]
    asks = [{"to": "The minister", "text": "Raise it.", "demand": "A doctor"}]
    (row,) = brought_in(tmp_path, demands=told, asks=asks, status="DS_POLICE")
    assert [ask.text for ask in row.asks.all()] == ["Raise it."]


@pytest.mark.parametrize(
    ("demand", "field", "words"),
    [
        (
            {"text": "Let him go", "aim": "freedom"},
            "demands[0].aim",
            "“freedom” is not a known code; write one of release",
        ),
        ({"text": "Let him go", "aim": 4}, "demands[0].aim", "must be text"),
        ({"aim": "release"}, "demands[0].text", "is missing"),
        ({"text": "Let him go", "said_for": "held"}, "demands[0].said_for", "this field is not known"),
        (["Let him go"], "demands[0]", "must be text"),
    ],
)
def test_what_a_demand_cannot_mean_is_a_fault_in_its_place(demand: Any, field: str, words: str) -> None:
    found = faults([demand])
    assert list(found) == [field] and words in found[field]


def test_one_sentence_is_about_one_thing() -> None:
    found = faults([{"text": "Let him go", "aim": "release"}, "Let him go"])
    assert list(found) == ["demands"] and "“Let him go” stands twice" in found["demands"]


def test_the_document_names_every_aim() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text(encoding="utf-8")
    line = next(line for line in page.splitlines() if line.startswith("| `demands`"))
    assert [aim for aim in Aim.values if aim not in line] == []
