"""Cases come in from a file: all or none, none twice, every fault named by case, field and reason."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from casework.models import (
    Ask,
    Case,
    Citation,
    Claim,
    Detention,
    Name,
    NameTag,
    Person,
    Place,
    RightImplicated,
    Source,
    TimelineEvent,
)
from exchange import amparo
from exchange.faults import FileRefused
from sealing.fields import note_of
from tests.factories import a_case
from tests.people import a_person

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "historical_cases.json"


def bring(path: Any, *options: str, who: str = "ana") -> None:
    call_command("import_cases", str(path), "--as", who, *options)


def told(tmp_path: Path, *changes: Any) -> Path:
    """Return a file of the five cases after these changes to its list of cases."""
    given = json.loads(FILE.read_text(encoding="utf-8"))
    for change in changes:
        change(given["cases"])
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    return path


def faults_of(path: Path) -> set[tuple[str, str]]:
    with pytest.raises(FileRefused) as refused:
        amparo.read_file(str(path))
    return {(fault.case, fault.field) for fault in refused.value.faults}


def test_the_five_historical_cases_come_in_whole(capsys: pytest.CaptureFixture[str]) -> None:
    ana = a_person("ana")
    bring(FILE)
    assert "5 brought in, 0 already here." in capsys.readouterr().out
    given = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
    assert set(Case.objects.values_list("codename", "country")) == {(row["codename"], row["country"]) for row in given}
    assert Case.objects.visible_to(ana).count() == 5
    for row in given:
        case = Case.objects.get(codename=row["codename"])
        assert {(n.kind, n.script, n.value) for n in Name.objects.filter(case=case)} == {
            (n["kind"], n["script"], n["value"]) for n in row["names"]
        }
        person = Person.objects.get(case=case)
        assert (person.born, person.occupation, case.activity) == (row["born"], row["occupation"], row["activity"])
        assert [d.started for d in Detention.objects.filter(case=case).order_by("created_at")] == [
            d["start"] for d in row["detentions"]
        ]
        assert Place.objects.filter(case=case).count() == sum(len(d["places"]) for d in row["detentions"])
        assert {(e.on, e.event) for e in TimelineEvent.objects.filter(case=case)} == {
            (e["date"], e["event"]) for e in row["timeline"]
        }
        assert set(RightImplicated.objects.filter(case=case).values_list("right", flat=True)) == set(row["rights"])
        assert {(s.title, s.reliability, s.is_general) for s in Source.objects.filter(case=case)} == {
            (s["title"], s["reliability"], s.get("general", False)) for s in row["sources"]
        }
        assert [(c.text, c.status) for c in Claim.objects.filter(case=case)] == [
            (c["text"], c["status"]) for c in row["claims"]
        ]
        assert Citation.objects.filter(case=case).count() == sum(len(c["sources"]) for c in row["claims"])
        assert {(a.to, a.text, a.demand.text) for a in Ask.objects.filter(case=case)} == {
            (a["to"], a["text"], a["demand"]) for a in row["asks"]
        }
        assert NameTag.objects.filter(case=case).exists()
    willow = Case.objects.get(codename="Willow")
    assert (willow.year_detained, willow.status) == (1956, "DS_DIED")
    assert sum(bool(note_of(row.on)) for row in TimelineEvent.objects.filter(case=willow)) == 3
    assert Entry.objects.filter(verb="casework.case.imported").count() == 5


def test_twice_makes_no_doubles(capsys: pytest.CaptureFixture[str]) -> None:
    a_person("ana")
    bring(FILE)
    counts = [model.objects.count() for model in (Case, Name, Claim, Source, Citation)]
    bring(FILE)
    assert "0 brought in, 5 already here." in capsys.readouterr().out
    assert [model.objects.count() for model in (Case, Name, Claim, Source, Citation)] == counts


def test_a_renamed_case_is_known_by_its_content_and_a_changed_one_by_its_codename(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_person("ana")
    bring(FILE)
    Case.objects.filter(codename="Heron").update(codename="Wagtail")
    bring(told(tmp_path, lambda rows: rows[1].update(occupation="retired")))
    said = capsys.readouterr().out
    assert Case.objects.count() == 5
    assert "the file tells it otherwise" in said


def test_what_others_brought_in_is_not_betrayed(capsys: pytest.CaptureFixture[str]) -> None:
    a_person("ana")
    a_person("sam")
    bring(FILE)
    capsys.readouterr()
    bring(FILE, who="sam")
    assert "5 brought in, 0 already here." in capsys.readouterr().out
    assert Case.objects.visible_to(a_person("sam")).count() == 5 and Case.objects.count() == 10


def test_a_dry_run_says_all_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    a_person("ana")
    entries = Entry.objects.count()
    bring(FILE, "--dry-run")
    assert "Dry run: 5 would be brought in" in capsys.readouterr().out
    assert not Case.objects.exists()
    assert Entry.objects.count() == entries


def test_the_answer_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    a_person("ana")
    bring(FILE, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert {row["outcome"] for row in answer["cases"]} == {"brought-in"}
    assert {row["reference"] for row in answer["cases"]} == set(Case.objects.values_list("reference", flat=True))


def spoil(rows: list[dict[str, Any]]) -> None:
    rows[0]["country"] = "ATL"
    rows[0]["detentions"][0]["start"] = "the fifth of August"
    rows[1]["claims"][0]["sources"] = ["s99"]
    rows[1]["claims"][0]["status"] = "VS_TRUE"
    rows[2]["asks"][0]["demand"] = "A pardon"
    rows[2]["names"][0]["script"] = "Runr"
    rows[3]["rights"].append("R_NAP")
    rows[4]["shoe_size"] = 44
    del rows[4]["codename"]


def test_every_fault_is_named_by_case_field_and_reason_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_person("ana")
    path = told(tmp_path, spoil)
    found = faults_of(path)
    names = [row["codename"] for row in json.loads(FILE.read_text(encoding="utf-8"))["cases"]]
    assert found == {
        (names[0], "country"),
        (names[0], "detentions[0].start"),
        (names[1], "claims[0].sources"),
        (names[1], "claims[0].status"),
        (names[2], "asks[0].demand"),
        (names[2], "names[0].script"),
        (names[3], f"rights[{len(json.loads(path.read_text())['cases'][3]['rights']) - 1}]"),
        ("case 5", "codename"),
        ("case 5", "shoe_size"),
    }
    with pytest.raises(CommandError) as refused:
        bring(path)
    assert refused.value.returncode == 1
    said = capsys.readouterr().err
    assert f"{names[0]}: country: " in said
    assert "case 5: shoe_size: " in said
    assert not Case.objects.exists()


def test_one_case_that_fails_late_takes_the_others_back(tmp_path: Path) -> None:
    a_person("ana")
    with pytest.raises(CommandError) as refused:
        bring(
            told(
                tmp_path,
                lambda rows: rows[-1].update(
                    codename="Madiba", names=[{"kind": "clan", "script": "Latn", "value": "Madiba"}]
                ),
            )
        )
    assert refused.value.returncode == 1
    assert not Case.objects.exists()


def test_a_file_keeps_its_codename_and_nothing_tells_that_a_hidden_case_has_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    a_person("ana")
    bring(FILE, "--dry-run")
    before = capsys.readouterr()
    hidden = a_case(lead=a_person("sam"), codename="Heron", country="XPR")
    bring(FILE, "--dry-run")
    assert capsys.readouterr() == before and Case.objects.get() == hidden
    bring(FILE)
    assert Case.objects.filter(codename="Heron").count() == 2


def test_a_codename_may_not_stand_twice_in_a_file(tmp_path: Path) -> None:
    path = told(tmp_path, lambda rows: rows.append(copy.deepcopy(rows[0])))
    assert {field for _case, field in faults_of(path)} == {"codename"}


@pytest.mark.parametrize(
    "text", ["", "{", "[1, 2]", '{"cases": 7}', '{"cases": [null, {"codename": 4}]}', "[" * 100_000]
)
def test_what_is_no_file_of_cases_is_refused_in_words(tmp_path: Path, text: str) -> None:
    a_person("ana")
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(CommandError) as refused:
        bring(path)
    assert refused.value.returncode == 1
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "options",
    [("--profile", "uwazi"), ("--profile", "bayanat"), ("--profile", "table"), ("--profile", "nothing-known")],
)
def test_other_profiles_say_that_they_come_later(options: tuple[str, ...]) -> None:
    a_person("ana")
    with pytest.raises(CommandError, match="later|no profile") as refused:
        bring(FILE, *options)
    assert refused.value.returncode == 2


def test_a_missing_file_and_an_unknown_person_are_wrong_usage(tmp_path: Path) -> None:
    a_person("ana")
    for path, who in ((tmp_path / "none.json", "ana"), (FILE, "nobody")):
        with pytest.raises(CommandError) as refused:
            bring(path, who=who)
        assert refused.value.returncode == 2


def test_an_outside_reviewer_brings_nothing_in() -> None:
    a_person("omar")
    with pytest.raises(CommandError) as refused:
        bring(FILE, who="omar")
    assert refused.value.returncode == 1
    assert not Case.objects.exists()
