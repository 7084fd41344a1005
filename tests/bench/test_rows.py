"""What the bench writes in bulk, the program reads as its own: seals, tags, marks, rights; and every guard stands afterwards."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, QuerySet
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bench.rows import cases, people
from bench.rows.unguarded import unguarded
from casework.models import Case, Claim, Consent, Detention, Name, NameTag, Person, TimelineEvent
from casework.search import findable_by, found_condition, retag
from safety.models import Posture, RiskAssessment
from sealing import keys, triggers
from sealing.fields import MarkedModel, opened
from tests.people import signed_in

pytestmark = pytest.mark.django_db
FEW = 60


@pytest.fixture
def ana() -> User:
    """The coordinator of a few cases that were written in bulk."""
    made = cases.make(FEW)
    keys.forget_keys()
    return made


def indexes() -> set[str]:
    """Every index of the database, as it is made."""
    sql = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
    if connection.vendor == "sqlite":
        sql = "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


def test_names_and_texts_open_with_the_key_of_their_case(ana: User) -> None:
    for number in (0, FEW - 1):
        case = Case.objects.get(codename=cases.codename(number))
        assert case.summary == cases.SUMMARY
        assert Name.objects.get(case=case).value == cases.name_of(number)
        assert [row.event for row in TimelineEvent.objects.filter(case=case)] == ["A hearing was put off."] * 3
    assert Case.objects.count() == len(set(Case.objects.values_list("keys__dek", flat=True))) == FEW


def found_by(user: User, words: str) -> QuerySet[Case]:
    """Return the cases that this person finds by these words."""
    found = findable_by(user, words)
    return Case.objects.filter(found_condition(found.cases, found.countries))


def test_a_name_finds_its_case_and_no_other(ana: User) -> None:
    assert [case.codename for case in found_by(ana, cases.name_of(7))] == [cases.codename(7)]
    same_first = [n for n in range(FEW) if cases.name_of(n).split()[0] == cases.name_of(7).split()[0]]
    assert 1 < len(same_first) < FEW
    assert found_by(ana, cases.name_of(7).split()[0]).count() == len(same_first)


def test_the_tags_are_those_that_the_program_makes(ana: User) -> None:
    def kept() -> set[tuple[Any, str, bytes]]:
        return {(row.row_id, row.purpose, bytes(row.tag)) for row in NameTag.objects.all()}

    written = kept()
    for name in Name.objects.all():
        retag(name)
    assert kept() == written


def test_every_row_carries_the_mark_of_the_gate(ana: User) -> None:
    marked = [model for model in cases.Sheets.MODELS if issubclass(model, MarkedModel) and model._meta.get_fields()]
    assert {Case, Claim, Consent, Detention, Name, Person, Posture, RiskAssessment} <= set(marked)
    for model in marked:
        rows = list(model._default_manager.all())
        assert rows
        assert all(row.carries_mark() for row in rows), model


def test_a_mark_that_binds_further_rows_binds_those(ana: User) -> None:
    claim = Claim.objects.first()
    assert claim is not None
    claim.items.all().delete()
    assert not Claim.objects.get(pk=claim.pk).carries_mark()


def test_no_link_leads_nowhere(ana: User) -> None:
    for model in cases.Sheets.MODELS:
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey):
                known = field.related_model._base_manager.values(field.target_field.name)  # type: ignore[union-attr]
                rows = model._base_manager.exclude(**{field.attname: None})
                assert not rows.exclude(**{f"{field.attname}__in": known}).exists(), field


def test_every_guard_and_index_stands_afterwards(ana: User) -> None:
    assert triggers.missing(connection) == []
    before = indexes()
    cases.make(5, start=FEW)
    assert triggers.missing(connection) == []
    assert indexes() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(codename=cases.codename(0)).update(protected_revision=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Name.objects.filter(pk=Name.objects.values("pk")[:1]).update(case_id="00000000-0000-4000-8000-000000000000")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(codename="")


def test_guards_and_indexes_come_back_after_a_fault() -> None:
    before = indexes()
    with pytest.raises(RuntimeError), unguarded(cases.Sheets.MODELS):
        raise RuntimeError("the disk is full")
    assert triggers.missing(connection) == []
    assert indexes() == before


def test_a_row_that_breaks_a_rule_of_its_table_is_refused_in_bulk_too(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "codename", lambda _number: "")
    with pytest.raises(IntegrityError):
        cases.make(1, start=FEW)


def test_its_people_work_on_them_and_nobody_else_sees_them(ana: User) -> None:
    second, stranger = User.objects.get(username=people.SECOND), people.a_person("stranger")
    assert Case.objects.visible_to(ana).count() == Case.objects.visible_to(second).count() == FEW
    assert not Case.objects.visible_to(stranger).exists()


def test_pages_show_what_was_written(ana: User, client: Client) -> None:
    signed_in(client, ana, fresh=True)
    assert cases.codename(3) in client.get("/cases/").content.decode()
    before = opened()
    page = client.get(f"/cases/{Case.objects.get(codename=cases.codename(3)).reference}/").content.decode()
    assert opened() - before >= 20, "the case of the bench shows twenty sealed fields"
    assert {"He was held without charge.", "Prison number four"} & set(page.replace("<", ">").split(">")), page
    assert "Talk" in client.get("/").content.decode()


def test_assessments_end_and_wait_as_the_bench_says(ana: User) -> None:
    assert RiskAssessment.objects.filter(signed_at=None).count() == 2  # one in fifty
    assert Consent.objects.filter(until_at__gt=timezone.now() + dt.timedelta(hours=1)).count() == FEW
