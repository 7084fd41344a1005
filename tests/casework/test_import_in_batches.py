"""A file is written a hundred cases at a time: as if each was opened alone, and with the queries of one."""

from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from audit.trail import verify
from casework.models import (
    Ask,
    Case,
    CaseKey,
    CaseUserObjectPermission,
    Citation,
    Claim,
    Detention,
    Membership,
    Name,
    Person,
    PossibleTwin,
    Source,
)
from exchange import amparo, bringing_in
from exchange.bringing_in import bring_in
from exchange.faults import FileRefused
from exchange.records import CaseTold
from sealing.fields import insert_many
from tests.factories import a_case
from tests.people import a_person

pytestmark = pytest.mark.django_db
DEMAND = "Release her."
MARKED = (Case, Name, Source, Claim, Citation, PossibleTwin)


def a_told(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "codename": f"Sparrow {number}",
        "country": "NOR",
        "status": "DS_PRETRIAL",
        "occupation": "editor",
        "names": [{"kind": "legal", "script": "Latn", "value": f"Mira {'abcdefghijklmnopqrstuvwxy'[number % 25] * 4}"}],
        "detentions": [{"start": "2025-03-14~", "places": [{"place": "Prison four"}]}],
        "sources": [{"id": "s1", "title": "Judgment", "type": "S_COURTDOC", "reliability": "A"}],
        "claims": [{"text": "She was held.", "sources": ["s1"], "discloses": ["CI_NAME", "CI_FAMILY"]}],
        "demands": [{"text": DEMAND, "aim": "release"}],
        "asks": [{"to": "The minister", "text": "Order it.", "demand": DEMAND}],
        **changed,
    }


def read(*rows: dict[str, Any]) -> list[CaseTold]:
    return amparo.read({"about": "Made up", "cases": list(rows)})


def queries_of(rows: list[CaseTold]) -> int:
    with CaptureQueriesContext(connection) as asked:
        bring_in(actor=a_person("ana"), cases=rows)
    return len([query for query in asked if "SAVEPOINT" not in query["sql"] and "INSERT" not in query["sql"]])


def test_no_question_is_asked_for_each_case_but_who_may_open_and_change_it() -> None:
    few, many = read(*(a_told(n) for n in (1, 2))), read(*(a_told(n) for n in range(3, 23)))
    queries_of(read(a_told(0)))  # what is asked once a process
    of_few, of_many = queries_of(few), queries_of(many)
    assert (of_many - of_few) / 18 <= 3, (of_few, of_many)


def test_rows_of_a_batch_stand_as_if_each_case_was_opened_alone() -> None:
    ana = a_person("ana")
    bring_in(actor=ana, cases=read(*(a_told(n) for n in range(3))))
    assert Case.objects.visible_to(ana).count() == 3
    for case in Case.objects.all():
        assert [row.role for row in Membership.objects.filter(case=case)] == ["coordinator"]
        assert CaseKey.objects.filter(case=case).count() == 1 and case.year_detained == 2025
        assert Person.objects.get(case=case).occupation == "editor"
        assert Detention.objects.get(case=case).started == "2025-03-14~"
        assert Ask.objects.get(case=case).demand.text == DEMAND
    alone = a_case(lead=ana)
    rights = CaseUserObjectPermission.objects.order_by("permission_id")
    wanted = list(rights.filter(content_object=alone).values_list("user", "permission", "until"))
    for case in Case.objects.all():
        assert list(rights.filter(content_object=case).values_list("user", "permission", "until")) == wanted


def test_every_row_of_a_batch_carries_its_mark_with_the_items_of_its_claims() -> None:
    bring_in(actor=a_person("ana"), cases=read(*(a_told(n) for n in (1, 26))))
    for model in MARKED:
        rows = list(model.objects.all())
        assert rows and all(row.carries_mark() for row in rows), model
    claim = Claim.objects.all()[0]
    assert sorted(row.item for row in claim.items.all()) == ["CI_FAMILY", "CI_NAME"]
    claim.items.filter(item="CI_NAME").delete()
    assert not Claim.objects.get(pk=claim.pk).carries_mark()


def test_the_trail_names_each_case_and_its_chain_holds() -> None:
    bring_in(actor=a_person("ana"), cases=read(*(a_told(n) for n in range(4))))
    for verb in ("casework.case.opened", "casework.case.imported"):
        assert set(Entry.objects.filter(verb=verb).values_list("case_id", flat=True)) == set(
            Case.objects.values_list("pk", flat=True)
        )
    entry = Entry.objects.filter(verb="casework.case.imported").first()
    assert entry is not None and entry.facts() == {"claims": 1, "sources": 1, "translations": 0}
    verify()


def test_two_of_one_name_in_a_batch_and_one_that_was_there_are_pairs_once_each() -> None:
    ana = a_person("ana")
    bring_in(actor=ana, cases=read(a_told(1), a_told(2)))
    with CaptureQueriesContext(connection) as asked:
        bring_in(actor=ana, cases=read(a_told(26), a_told(51), a_told(3)))
    assert len([query for query in asked if 'INSERT INTO "casework_case"' in query["sql"]]) == 1, "not written together"
    cases = {case.codename: case.pk for case in Case.objects.all()}
    same = [cases[f"Sparrow {number}"] for number in (1, 26, 51)]
    pairs = {frozenset((row.one_id, row.other_id)) for row in PossibleTwin.objects.all()}
    assert pairs == {frozenset((same[0], same[1])), frozenset((same[0], same[2])), frozenset((same[1], same[2]))}
    assert Entry.objects.filter(verb="casework.twin.found").count() == 3


def test_a_name_that_is_part_of_a_longer_one_in_the_same_state_is_found_in_a_batch() -> None:
    def named(number: int, value: str, country: str = "NOR") -> dict[str, Any]:
        return a_told(number, names=[{"kind": "legal", "script": "Latn", "value": value}], country=country)

    bring_in(
        actor=a_person("ana"),
        cases=read(named(1, "Ilias Jan Varanen"), named(2, "Ilias Varanen"), named(3, "Ilias Varanen", "SWE")),
    )
    cases = {case.codename: case.pk for case in Case.objects.all()}
    pairs = {frozenset((row.one_id, row.other_id)) for row in PossibleTwin.objects.all()}
    one, two, abroad = (cases[f"Sparrow {number}"] for number in (1, 2, 3))
    assert pairs == {frozenset((one, two)), frozenset((two, abroad))}


def test_each_fault_of_a_batch_is_named_and_nothing_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = read(
        a_told(1),
        a_told(2, codename="Prison four"),
        a_told(3),
        a_told(4, codename="Editor Qqqq", names=[{"kind": "legal", "script": "Latn", "value": "Mira Qqqq"}]),
    )
    with pytest.raises(FileRefused) as refused:
        bring_in(actor=a_person("ana"), cases=rows)
    assert [(fault.case, fault.field) for fault in refused.value.faults] == [
        ("Prison four", "codename"),
        ("Editor Qqqq", "codename"),
    ]
    assert not Case.objects.exists() and not Entry.objects.filter(verb="casework.case.opened").exists()


def test_what_became_of_each_is_told_in_the_order_of_the_file_over_several_batches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bringing_in, "AT_ONCE", 3)
    ana = a_person("ana")
    bring_in(actor=ana, cases=read(a_told(2), a_told(5)))
    told = read(*(a_told(n) for n in (1, 2)), a_told(5, occupation="retired"), *(a_told(n) for n in range(6, 11)))
    outcomes = bring_in(actor=ana, cases=told)
    kinds = ["brought-in", "already-here", "differs", *["brought-in"] * 5]
    assert [row.kind for row in outcomes] == kinds
    assert [row.codename for row in outcomes] == [row.codename for row in told]
    assert Case.objects.count() == 8


def test_the_same_case_twice_in_one_call_is_written_once_whatever_its_capitals() -> None:
    one, same = read(a_told(1))[0], read(a_told(1, codename="SPARROW 1", occupation="retired"))[0]
    outcomes = bring_in(actor=a_person("ana"), cases=[one, same, one])
    assert [row.kind for row in outcomes] == ["brought-in", "differs", "already-here"]
    assert Case.objects.count() == 1


def test_many_rows_are_inserted_only_when_they_are_new_and_of_one_kind() -> None:
    case = a_case(lead=a_person("ana"))
    with pytest.raises(FieldError):
        insert_many([case])
    with pytest.raises(FieldError):
        insert_many([Name(case=case), Source(case=case)])
    assert insert_many([]) == 0
