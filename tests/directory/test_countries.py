"""The codes of States: those of today, territories, and former ones, each with its list; a case of each can come in."""

import csv

import pytest

from casework.forms.cases import OpenCaseForm
from casework.models import Case
from directory.countries import REFERENCE, countries, name_of
from exchange import amparo
from exchange.bringing_in import bring_in
from safety.leaks.terms import _of_states
from tests.people import a_person

# ISO 3166-3, the alpha-3 codes; the second line: where nobody lived, or the code goes on for another entry.
WITHDRAWN = [
    "AFI",
    "ANT",
    "BUR",
    "BYS",
    "CSK",
    "SCG",
    "DDR",
    "DHY",
    "GEL",
    "HVO",
    "NHB",
    "PCI",
    "PCZ",
    "RHO",
    "SKM",
    "SUN",
    "TMP",
    "VDR",
    "YMD",
    "YUG",
    "ZAR",
]
NOT_TAKEN = ["ATB", "ATF", "ATN", "CTE", "FXX", "JTN", "MID", "NTZ", "PUS", "WAK"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ZAR", "Zaire"),
        ("YMD", "Democratic Yemen"),
        ("SCG", "Serbia and Montenegro"),
        ("RHO", "Rhodesia"),
        ("MAC", "Macao"),
        ("SUN", "Soviet Union"),
        ("GRL", "Greenland"),
    ],
)
@pytest.mark.django_db
def test_a_case_of_a_former_state_or_a_territory_comes_in_and_can_be_opened_by_hand(code: str, name: str) -> None:
    told = [{"codename": "Bracken", "country": code, "status": "DS_RELEASED"}]
    bring_in(actor=a_person("ana"), cases=amparo.read(told))
    assert Case.objects.get().country == code and name_of(code) == name
    assert code in dict(OpenCaseForm().fields["country"].choices)


def test_every_former_state_where_people_lived_is_known_with_the_day_on_which_its_code_was_withdrawn() -> None:
    with (REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    assert {code for code, row in rows.items() if row["kind"] == "former"} == set(WITHDRAWN)
    assert not set(NOT_TAKEN) & set(rows)
    for code, row in rows.items():
        assert bool(row["withdrawn"]) == (row["kind"] == "former"), code
        assert row["source"] or row["kind"] == "practice", code
        assert not countries()[code].has_mechanisms or row["kind"] != "former"


def test_the_name_of_a_territory_takes_no_protection_from_a_place() -> None:
    assert "zaire" in _of_states() and not {"helena", "christmas", "martin"} & _of_states()
