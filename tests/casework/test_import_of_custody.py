"""What a file tells of custody comes in as it is told: without a status nothing comes in, and no day is invented."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from casework.models import Case, Detention
from exchange import amparo
from exchange.bringing_in import bring_in
from exchange.faults import FileRefused
from tests.people import a_person

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "custody_files"
TO_COME = (timezone.localdate() + dt.timedelta(days=900)).isoformat()
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))


def a_file(*spells: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"cases": [{"codename": "Bracken", "country": "XPR", "detentions": list(spells), **fields}]}


def fault_of(given: dict[str, Any], field: str = "status") -> str:
    with pytest.raises(FileRefused) as refused:
        amparo.read(given)
    assert [fault.field for fault in refused.value.faults] == [field]
    return refused.value.faults[0].reason


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_without_a_status_is_refused_with_what_it_may_have_meant(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    a_person("ana")
    with pytest.raises(CommandError) as refused:
        call_command("import_cases", str(FILES / f"{name}.json"), "--as", "ana")
    said = capsys.readouterr().err
    assert refused.value.returncode == 1 and ": status: is missing; the detentions may mean " in said
    for code in EXPECTED[name]["proposed"]:
        assert code in said
    for code in EXPECTED[name]["not_proposed"]:
        assert code not in said
    assert not Case.objects.exists()


def test_words_that_say_nothing_known_propose_nothing_and_name_every_code() -> None:
    said = fault_of(a_file({"start": "1963", "end": "1964", "release": "as the others"}))
    assert "may mean" not in said and "DS_DIED" in said and "DS_RELEASED" in said
    assert "may mean" not in fault_of(a_file({"start": "1979", "end": ""}, {"start": "1989", "end": "1990"}))
    assert "may mean" not in fault_of(a_file())


@pytest.mark.parametrize(
    ("spell", "codes"),
    [
        ({"charges": [{"law": "Press Act", "sentence": "four years"}]}, ["DS_SENTENCED"]),
        ({"charges": [{"law": "Press Act"}]}, ["DS_PRETRIAL", "DS_TRIAL"]),
        ({}, ["DS_POLICE", "DS_ADMIN", "DS_INCOMM"]),
        ({"end": "2025/.."}, []),
    ],
)
def test_of_somebody_who_is_held_the_charges_say_how_far_it_has_come(spell: dict[str, Any], codes: list[str]) -> None:
    said = fault_of(a_file({"start": "2025-05", **spell}))
    for code in ("DS_POLICE", "DS_ADMIN", "DS_INCOMM", "DS_PRETRIAL", "DS_TRIAL", "DS_SENTENCED"):
        assert (code in said.partition("may mean")[2]) is (code in codes), code


@pytest.mark.parametrize(
    ("status", "spell", "said"),
    [
        ("DS_RELEASED", {"start": "1989-01-16"}, "the person is held"),
        ("DS_SENTENCED", {"start": "1977", "end": "1978"}, "the person is not held"),
        ("DS_FREE", {"start": "1977", "end": "1978"}, "is not a known code"),
    ],
)
def test_a_status_that_the_detentions_contradict_is_a_fault(status: str, spell: dict[str, Any], said: str) -> None:
    assert said in fault_of(a_file(spell, status=status))


@pytest.mark.parametrize("status_on", ["2026", "2024-05", "2024-05-01~", "2024/2025", TO_COME])
def test_the_day_of_a_status_is_one_whole_day_that_has_come(status_on: str) -> None:
    given = a_file({"start": "2024"}, status="DS_SENTENCED", status_on=status_on)
    assert ("still to come" in fault_of(given, "status_on")) is (status_on == TO_COME)


@pytest.mark.parametrize("field", ["start", "end"])
def test_a_spell_that_begins_or_ends_on_a_day_to_come_is_a_fault(field: str) -> None:
    said = fault_of(a_file({"start": "2024", field: TO_COME}, status="DS_SENTENCED"), f"detentions[0].{field}")
    assert "still to come" in said and ("term_ends" in said) is (field == "end")


def test_without_a_day_the_status_is_as_of_the_day_of_the_import_and_no_first_of_january() -> None:
    bring_in(actor=a_person("ana"), cases=amparo.read(a_file({"start": "2026"}, status="DS_SENTENCED")))
    assert Case.objects.get().status_on == timezone.localdate()
    given = a_file({"start": "2019"}, status="DS_SENTENCED", status_on="2025-06-02", codename="Teasel")
    bring_in(actor=a_person("ana"), cases=amparo.read(given))
    assert Case.objects.get(codename="Teasel").status_on == dt.date(2025, 6, 2)


def test_the_end_of_a_term_comes_in_as_such() -> None:
    given = a_file({"start": "2024", "term_ends": TO_COME}, status="DS_SENTENCED")
    bring_in(actor=a_person("ana"), cases=amparo.read(given))
    row = Detention.objects.get()
    assert (row.term_ends, row.ended or "") == (TO_COME, "")
