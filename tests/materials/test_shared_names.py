"""A name that consent opens is no leak where a relative or a source bears part of it; their own given name is."""

import contextlib
import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from casework.models import Case, Name, Person
from tests.factories import a_case, a_consent, a_contact, a_prisoner, a_source

pytestmark = pytest.mark.django_db


def found_in(monkeypatch: Any, case: Case, text: str, *, audience: str = "public") -> list[str]:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    with contextlib.suppress(SystemExit):
        call_command("leak_scan", case.reference, "--json", "--as", "ana", "--audience", audience, stdout=out)
    return [row["words"] for row in json.loads(out.getvalue())["findings"]]


def of_a_prisoner(*names: Any, consented: bool = True) -> Case:
    case = a_case()
    a_prisoner(case, *names)
    if consented:
        a_consent(case, ["CI_NAME"], ["AU_PUBLIC"])
    return case


def test_a_family_name_that_the_prisoner_agreed_to_show_needs_no_ruling(monkeypatch: Any) -> None:
    case = of_a_prisoner("Ilias Varanen")
    a_contact(case, "Salme Varanen")
    a_source(case, identity="Joosep Varanen")
    assert found_in(monkeypatch, case, "Ilias Varanen was sentenced. Mr Varanen is ill.") == []


@pytest.mark.parametrize(
    "text", ["His sister Salme writes.", "S a l m e V a r a n e n", "Salme Varanen", "Varanen, Salme"]
)
def test_the_given_name_of_a_relative_needs_one(monkeypatch: Any, text: str) -> None:
    case = of_a_prisoner("Ilias Varanen")
    a_contact(case, "Salme Varanen")
    assert found_in(monkeypatch, case, f"Ilias Varanen. {text}")


def test_so_does_the_given_name_of_a_source_of_the_same_family(monkeypatch: Any) -> None:
    case = of_a_prisoner("Ilias Varanen")
    a_source(case, identity="Joosep Varanen")
    assert found_in(monkeypatch, case, "Joosep saw Varanen.") == ["Joosep"]


def test_without_consent_to_the_name_the_family_name_is_protected(monkeypatch: Any) -> None:
    case = of_a_prisoner("Ilias Varanen", consented=False)
    a_contact(case, "Salme Varanen")
    assert found_in(monkeypatch, case, "Varanen") == ["Varanen"]


def test_consent_to_the_name_counts_for_its_audience_alone(monkeypatch: Any) -> None:
    case = of_a_prisoner("Ilias Varanen")
    a_contact(case, "Salme Varanen")
    assert found_in(monkeypatch, case, "Varanen", audience="parliament") == ["Varanen"]


def test_a_father_stands_inside_the_whole_name_of_his_son_and_nowhere_else(monkeypatch: Any) -> None:
    case = of_a_prisoner("Yusuf Karim Haddan")
    a_contact(case, "Karim Haddan")
    assert found_in(monkeypatch, case, "Yusuf Karim Haddan was taken.") == []
    assert "Karim" in found_in(monkeypatch, case, "Yusuf Karim Haddan was taken. Karim waits.")
    assert found_in(monkeypatch, case, "They took Yusuf. Karim Haddan was summoned.")


def test_a_given_name_is_no_family_name_because_both_bear_it(monkeypatch: Any) -> None:
    case = of_a_prisoner("Ilias Varanen")
    a_contact(case, "Ilias Korvel")
    assert found_in(monkeypatch, case, "Ilias waits.") == ["Ilias"]
    assert found_in(monkeypatch, case, "Ilias Varanen waits.") == []


def test_the_given_name_of_a_father_that_his_son_bears_as_a_family_name_needs_a_ruling(monkeypatch: Any) -> None:
    case = of_a_prisoner("Yusuf Karim")
    a_contact(case, "Karim Haddan")
    assert found_in(monkeypatch, case, "Yusuf Karim was taken.") == []
    assert found_in(monkeypatch, case, "Karim waits.") == ["Karim"]


def test_a_family_name_stored_as_such_needs_no_whole_name(monkeypatch: Any) -> None:
    case = of_a_prisoner("Ilias")
    Name.objects.create(case=case, person=Person.objects.get(case=case), value="Varanen", kind="clan")
    a_contact(case, "Salme Varanen")
    assert found_in(monkeypatch, case, "Varanen") == []
    assert found_in(monkeypatch, case, "Salme") == ["Salme"]


def test_a_name_written_without_spaces_shares_its_first_character(monkeypatch: Any) -> None:
    case = of_a_prisoner(("Hans", "陶文远"))
    a_contact(case, "陶丽君")
    assert found_in(monkeypatch, case, "陶文远被捕。陶先生病了。") == []
    assert found_in(monkeypatch, case, "陶丽君写道。")


def test_the_consent_of_one_opens_no_name_of_another_case(monkeypatch: Any) -> None:
    case, sister = of_a_prisoner("Ilias Varanen"), of_a_prisoner("Salme Varanen", consented=False)
    assert found_in(monkeypatch, case, "Varanen") == []
    assert found_in(monkeypatch, sister, "Varanen") == ["Varanen"]
