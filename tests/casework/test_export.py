"""The list of cases a person may see, and nothing that names anybody."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from tests.factories import a_case, a_claim, a_contact, a_detention, a_prisoner, put_on
from tests.people import a_person

pytestmark = pytest.mark.django_db


def export(out: Any, *, who: str = "ana", name: str = "json") -> None:
    call_command("export_cases", "--format", name, "--as", who, "--out", str(out))


def test_the_list_holds_what_the_person_may_see_and_no_more(tmp_path: Path) -> None:
    seen, hidden = a_case(codename="Alder"), a_case(lead=a_person("sam"), codename="Sorrel")
    shared = a_case(lead=a_person("sam"), codename="Plover")
    put_on(shared, a_person("ana"), "reader")
    export(tmp_path / "cases.json")
    rows = json.loads((tmp_path / "cases.json").read_text())
    assert [(row["codename"], row["reference"]) for row in rows] == [
        ("Alder", seen.reference),
        ("Plover", shared.reference),
    ]
    assert {"country", "status", "status_on", "year_detained", "lead"} <= set(rows[0])
    assert hidden.reference not in json.dumps(rows)


def test_the_list_tells_whether_somebody_is_held_by_dates_and_status_and_null_where_nobody_knows(
    tmp_path: Path,
) -> None:
    a_detention(a_case(codename="Alder"), started="2025-03-14", ended="2999-01-01")
    a_detention(a_case(codename="Bracken", status="DS_DIED"), started="1971-02", ended="1971-11")
    a_detention(a_case(codename="Plover", status="DS_RELEASED"), started="2025-03-14")
    a_case(codename="Sorrel")
    export(tmp_path / "cases.json")
    rows = json.loads((tmp_path / "cases.json").read_text())
    assert [row["held"] for row in rows] == [True, False, None, None]
    assert "2025-03" not in json.dumps(rows)


def test_no_identity_and_no_sealed_words_leave(tmp_path: Path) -> None:
    case = a_case()
    case.public_label, case.summary = "A plumber from Verenia", "Taken at night."
    case.save()
    a_prisoner(case, "Jaromir Vesely", born="1970-02-03")
    a_contact(case, "Milena Vesela")
    a_claim(case, "He was beaten.")
    export(tmp_path / "cases.json")
    text = (tmp_path / "cases.json").read_text()
    for words in ("Vesel", "1970", "plumber", "night", "beaten"):
        assert words not in text
    assert case.codename in text


def test_the_file_is_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    a_case()
    export(tmp_path / "cases.json")
    assert stat.S_IMODE((tmp_path / "cases.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["cases.json"]


def test_standard_output_gets_the_same_list(capsys: pytest.CaptureFixture[str]) -> None:
    case = a_case()
    export("/dev/stdout")
    assert [row["reference"] for row in json.loads(capsys.readouterr().out)] == [case.reference]


def test_somebody_without_cases_gets_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    a_case()
    a_person("noor")
    export("/dev/stdout", who="noor")
    assert json.loads(capsys.readouterr().out) == []


def test_each_export_is_recorded(tmp_path: Path) -> None:
    case = a_case()
    export(tmp_path / "cases.json")
    entry = Entry.objects.get(verb="casework.cases.exported")
    assert entry.actor_id == case.lead_id
    assert json.loads(entry.office_detail) == {"format": "json", "cases": 1}


@pytest.mark.parametrize(("name", "who"), [("csv", "ana"), ("xlsx", "ana"), ("yaml", "ana"), ("json", "nobody")])
def test_other_formats_and_unknown_people_are_wrong_usage(tmp_path: Path, name: str, who: str) -> None:
    a_case()
    with pytest.raises(CommandError) as refused:
        export(tmp_path / "cases.out", name=name, who=who)
    assert refused.value.returncode == 2
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    a_case()
    with pytest.raises(CommandError, match="cannot be written") as refused:
        export(tmp_path / "no-such-folder" / "cases.json")
    assert refused.value.returncode == 2


def test_the_number_of_queries_does_not_follow_the_number_of_cases(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    ana = a_person("ana")
    for number in range(3):
        a_case(lead=ana, codename=f"Word {number}")
    with django_assert_max_num_queries(12) as few:
        export(tmp_path / "few.json")
    for number in range(3, 12):
        a_case(lead=ana, codename=f"Word {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        export(tmp_path / "many.json")
