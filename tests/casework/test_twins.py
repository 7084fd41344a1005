"""Two cases that hold a prisoner of the same name are kept as a pair, whoever wrote the name and whatever they may see."""

from typing import Any

import pytest

from accounts.models import User
from casework.actions import cases, people, removal
from casework.models import Case, CaseKey, Name, PossibleTwin
from casework.twins import same_name
from casework.twins.same_name import namesakes_of
from exchange import bringing_in
from exchange.records import CaseTold, NameTold
from tests.factories import a_contact, on_case
from tests.people import a_person
from work.models import Notice

pytestmark = pytest.mark.django_db
LATIN, ARABIC, HAN = "Latn", "Arab", "Hans"


@pytest.fixture
def ana() -> User:
    return a_person("ana")


def opened(who: str, codename: str, *names: Any, country: str = "XPR", kind: str = "legal") -> Case:
    """Open a case as this person does, with names in Latin script or pairs of script and name."""
    told = [(kind, *(name if isinstance(name, tuple) else (LATIN, name))) for name in names]
    return cases.open_case(actor=a_person(who), codename=codename, country=country, names=told)


def pairs() -> set[frozenset[str]]:
    rows = PossibleTwin.objects.select_related("one", "other")
    return {frozenset({row.one.codename, row.other.codename}) for row in rows}


def tied(one: Any, other: Any, **where: Any) -> bool:
    """Say whether the second of two cases of two people, with these names, is tied to the first."""
    opened("tomas", "Heron", *(one if isinstance(one, list) else [one]), **where.get("first", {}))
    opened("ana", "Quince", *(other if isinstance(other, list) else [other]), **where.get("second", {}))
    return pairs() == {frozenset({"Heron", "Quince"})}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilias Varanen", "Ilias Varanen"),
        ("Ilias Varanen", "VARANEN, Iliás"),
        ("Ilias M. Varanen", "Ilias Varanen"),
        ("Ilias Varanen", "Ilias Jan Varanen"),
        ("Ilias Jan Varanen", "Varanen Ilias"),
        ("Abd al-Rahman Karimi", "Abdalrahman Karimi"),
        ((ARABIC, "زهرا کریمی"), (ARABIC, "زهرا كريمي")),
        ((HAN, "王小明"), (HAN, "王小明")),
        ("Sutarjo", "Sutarjo"),
        (["Ilias Varanen", (ARABIC, "زهرا کریمی")], ["Somebody Else", (ARABIC, "زهرا کریمی")]),
    ],
    ids=str,
)
def test_the_same_name_ties_two_cases_in_any_script_and_order(one: Any, other: Any) -> None:
    assert tied(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Karimi", "Mohammed"),
        ("Mohammed Karimi", "Mohammed Hassan"),
        ("Ilias Jan Varanen", "Ilias Piet Varanen"),
        ((HAN, "王小明"), (HAN, "王小")),
        ("Ilias Varanen", "Ilias Varanenko"),
    ],
    ids=str,
)
def test_one_part_alone_or_another_part_ties_nothing(one: Any, other: Any) -> None:
    assert not tied(one, other) and not PossibleTwin.objects.exists()


def test_a_whole_name_ties_across_states_and_a_part_of_it_does_not() -> None:
    assert tied("Ilias Varanen", "Ilias Varanen", second={"country": "SVN"})
    opened("ana", "Alder", "Ilias Jan Varanen", country="HRV")
    assert len(pairs()) == 1


@pytest.mark.parametrize("kind", ["nickname", "clan"])
def test_a_nickname_or_family_name_of_one_word_ties_nothing(kind: str) -> None:
    assert not tied("Abu", "Abu", first={"kind": kind}, second={"kind": kind})


def test_a_contact_of_the_same_name_is_nobody_in_prison() -> None:
    case = opened("tomas", "Heron", "Somebody Else")
    people.add_contact(actor=a_person("tomas"), case=case, values={"kind": "family", "name": "Ilias Varanen"})
    a_contact(case, "Ilias Varanen")
    opened("ana", "Quince", "Ilias Varanen")
    assert pairs() == set()


def test_a_name_that_is_added_corrected_or_brought_back_asks_the_index(ana: User) -> None:
    opened("tomas", "Heron", "Ilias Varanen")
    case = opened("ana", "Quince", "Ilias Varanin")
    assert pairs() == set()
    row = Name.objects.get(case=case)
    people.change_name(actor=ana, row=row, version=row.version, values={"value": "Ilias Varanen"})
    assert pairs() == {frozenset({"Heron", "Quince"})}
    other = opened("ana", "Alder")
    added = people.add_name(actor=ana, case=other, kind="legal", script=LATIN, value="Ilias Varanen")
    assert frozenset({"Heron", "Alder"}) in pairs()
    removal.remove(actor=ana, row=added)
    opened("sam", "Juniper", "Ilias Varanen")
    assert frozenset({"Juniper", "Alder"}) not in pairs()
    removal.undo(actor=ana, row=added)
    assert frozenset({"Juniper", "Alder"}) in pairs()


def test_a_name_that_is_corrected_away_leaves_the_pair_to_a_signer(ana: User) -> None:
    opened("tomas", "Heron", "Ilias Varanen")
    case = opened("ana", "Quince", "Ilias Varanen")
    row = Name.objects.get(case=case)
    people.change_name(actor=ana, row=row, version=row.version, values={"value": "Somebody Else"})
    assert PossibleTwin.objects.counted().count() == 1


def test_another_state_asks_again(ana: User) -> None:
    opened("tomas", "Heron", "Ilias Jan Varanen", country="SVN")
    case = opened("ana", "Quince", "Ilias Varanen")
    assert pairs() == set()
    cases.change_case(actor=ana, case=case, version=case.version, values={"country": "SVN"})
    assert pairs() == {frozenset({"Heron", "Quince"})}


def test_the_pair_is_one_row_whichever_case_was_there_first(ana: User) -> None:
    first = opened("tomas", "Heron", "Ilias Varanen")
    second = opened("ana", "Quince", "Ilias Varanen")
    people.add_name(actor=a_person("tomas"), case=first, kind="alias", script=LATIN, value="Varanen Ilias")
    (row,) = PossibleTwin.objects.select_related("one", "other")
    assert (row.earlier, row.later, row.found_by) == (first, second, ana)
    assert set(PossibleTwin.objects.of(first)) == set(PossibleTwin.objects.of(second.pk)) == {row}


def test_finding_reads_no_other_case(ana: User) -> None:
    other = opened("tomas", "Heron", "Ilias Varanen")
    CaseKey.objects.filter(case=other).delete()
    opened("ana", "Quince", "Ilias Varanen")
    assert pairs() == {frozenset({"Heron", "Quince"})}


def test_a_common_name_ties_so_many_cases_and_says_that_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_name, "MOST", 3)
    near = [opened("tomas", f"Near {number}", "Mohammed Jan Karimi") for number in range(3)]
    equal = [opened("tomas", f"Equal {number}", "Mohammed Karimi", country="SVN") for number in range(2)]
    case = opened("ana", "Quince", "Mohammed Karimi")
    found = namesakes_of(case)
    assert found.is_more and len(found.keys) == 3
    assert set(found.keys[:2]) == {row.pk for row in equal} and found.keys[2] == near[-1].pk
    assert PossibleTwin.objects.of(case).count() == 3


def test_finding_asks_as_much_of_few_cases_as_of_many(django_assert_max_num_queries: Any) -> None:
    case = opened("ana", "Quince", "Mohammed Karimi")
    opened("tomas", "Heron", "Mohammed Karimi")
    with django_assert_max_num_queries(5) as few:
        namesakes_of(case)
    for number in range(5):
        opened("tomas", f"Other {number}", "Mohammed Karimi", (ARABIC, "محمد کریمی"))
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(namesakes_of(case).keys) == 6


def told_by_file(codename: str, name: str) -> CaseTold:
    told = {"status": "DS_UNKNOWN", "status_on": "", "born": "", "occupation": "", "activity": ""}
    tag = codename.encode().ljust(16, b".")
    return CaseTold(codename=codename, country="XPR", tag=tag, names=(NameTold("legal", LATIN, name),), **told)


def test_an_imported_case_is_tied_and_a_dry_run_leaves_and_tells_nothing(ana: User) -> None:
    on_case(opened("tomas", "Heron", "Ilias Varanen"), "rui", "reviewer")
    file = [told_by_file("Quince", "Ilias Varanen"), told_by_file("Alder", "Somebody Else")]
    dry = bringing_in.bring_in(actor=ana, cases=file, is_dry_run=True)
    assert pairs() == set() and not Notice.objects.exists()
    done = bringing_in.bring_in(actor=ana, cases=file)
    assert pairs() == {frozenset({"Heron", "Quince"})}
    for quince, alder in (dry, done):
        words = alder.sentence.replace("Alder", "Quince").replace(alder.reference, quince.reference)
        assert words == quince.sentence
