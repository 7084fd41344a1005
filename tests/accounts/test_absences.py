"""Somebody writes when they are away and who stands in; the database holds what is said of the days."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import end_absence, write_absence
from accounts.models import Absence, User
from accounts.refusals import Refused
from audit.models import Entry
from tests.people import a_person, signed_in
from work.models import Notice

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def days(first: int = 0, last: int = 3) -> dict[str, dt.date]:
    today = timezone.localdate()
    return {"begins_on": today + first * DAY, "ends_on": today + last * DAY}


def away(person: User, deputy: User, first: int = 0, last: int = 3, **fields: Any) -> Absence:
    """Insert an absence past the verb."""
    with transaction.atomic():
        return Absence.objects.create(user=person, deputy=deputy, written_by=person, **days(first, last), **fields)


def test_somebody_writes_their_days_away_and_the_deputy_is_told(client: Any) -> None:
    ana, leila = a_person("ana"), a_person("leila")
    signed_in(client, ana)
    address, span = reverse("accounts:away"), days(1, 4)
    answer = client.post(address, {**span, "deputy": leila.pk})
    assert (answer.status_code, answer["Location"]) == (302, address)
    row = Absence.objects.get()
    assert (row.user, row.deputy, row.written_by, row.ends_on) == (ana, leila, ana, span["ends_on"])
    assert [(told.user, told.kind, told.person) for told in Notice.objects.all()] == [
        (leila, "accounts.absence.deputy", ana)
    ]
    assert Entry.objects.filter(verb="accounts.absence.written", actor_id=ana.pk).count() == 1
    assert "Leila" in client.get(address).content.decode() and "Leila" in client.get("/account/").content.decode()
    told = signed_in(client.__class__(), leila)
    assert "You stand in for a colleague while they are away: Ana" in told.get("/notices/").content.decode()
    assert "For <bdi>Ana</bdi>" in told.get(address).content.decode()


def test_a_refused_form_keeps_what_was_typed(client: Any) -> None:
    ana, leila = a_person("ana"), a_person("leila")
    signed_in(client, ana)
    span = days(4, 1)
    answer = client.post(reverse("accounts:away"), {**span, "deputy": leila.pk})
    text = answer.content.decode()
    assert answer.status_code == 422 and "The last day lies before the first one." in text
    assert span["begins_on"].isoformat() in text and f'value="{leila.pk}" selected' in text
    assert not Absence.objects.exists()


def test_who_is_here_again_ends_it_and_a_second_press_does_nothing(client: Any) -> None:
    ana, leila = a_person("ana"), a_person("leila")
    row = away(ana, leila)
    signed_in(client, ana)
    for _twice in range(2):
        assert client.post(reverse("accounts:end_absence", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.ended_by == ana and not Absence.objects.on(timezone.localdate()).exists()
    assert Entry.objects.filter(verb="accounts.absence.ended").count() == 1
    assert Notice.objects.get().kind == "accounts.absence.over"


@pytest.mark.parametrize("writer", ["dara", "admin"])
def test_a_director_or_an_administrator_writes_it_for_somebody_who_is_told(client: Any, writer: str) -> None:
    ana, leila = a_person("ana"), a_person("leila")
    signed_in(client, a_person(writer))
    address = reverse("accounts:away_of", args=[ana.pk])
    assert f'href="{address}"' in client.get(reverse("accounts:away")).content.decode()
    assert "When <bdi>Ana</bdi> is away" in client.get(address).content.decode()
    assert client.post(address, {**days(), "deputy": leila.pk}).status_code == 302
    assert set(Notice.objects.values_list("user__username", "kind")) == {
        ("ana", "accounts.absence.written"),
        ("leila", "accounts.absence.deputy"),
    }


@pytest.mark.parametrize("reader", ["leila", "rui", "noor", "omar"])
def test_nobody_else_finds_the_page_or_ends_it(client: Any, reader: str) -> None:
    ana = a_person("ana")
    row = away(ana, a_person("leila"))
    signed_in(client, a_person(reader))
    address = reverse("accounts:away_of", args=[ana.pk])
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("accounts:away")).content.decode()
    assert client.post(reverse("accounts:end_absence", args=[row.pk])).status_code == 404
    for act in (
        lambda: end_absence(actor=a_person(reader), absence=row),
        lambda: write_absence(actor=a_person(reader), person=ana, deputy=a_person("leila"), **days(10, 11)),
    ):
        with pytest.raises(Refused, match="Only a director or an administrator"):
            act()
    row.refresh_from_db()
    assert row.ended_at is None and Absence.objects.count() == 1


def test_who_reviews_from_outside_reads_no_names_of_the_office(client: Any) -> None:
    omar = a_person("omar")
    signed_in(client, omar)
    assert client.get(reverse("accounts:away")).status_code == 404
    assert reverse("accounts:away") not in client.get("/account/").content.decode()
    with pytest.raises(Refused, match="works in this office"):
        write_absence(actor=omar, person=omar, deputy=a_person("leila"), **days())


def test_every_reason_against_it_is_named() -> None:
    ana, omar = a_person("ana"), a_person("omar")
    with pytest.raises(Refused) as refused:
        write_absence(actor=ana, person=ana, deputy=omar, **days(-5, -9))
    assert len(refused.value.reasons) == 3, "the days are over and in the wrong order, and the deputy works elsewhere"


def test_a_deputy_who_is_away_on_one_of_the_days_is_refused() -> None:
    ana, leila, rui = a_person("ana"), a_person("leila"), a_person("rui")
    away(leila, rui, 3, 5)
    with pytest.raises(Refused, match="The deputy is away"):
        write_absence(actor=ana, person=ana, deputy=leila, **days(0, 3))
    write_absence(actor=ana, person=ana, deputy=leila, **days(0, 2))


@pytest.mark.parametrize(("first", "last"), [(0, 3), (-2, 0), (3, 9), (1, 2), (-1, 8)])
def test_the_database_refuses_two_absences_on_one_day(first: int, last: int) -> None:
    ana, leila = a_person("ana"), a_person("leila")
    away(ana, leila, 0, 3)
    with pytest.raises(IntegrityError, match="away-twice|somebody_is_away"):
        away(ana, leila, first, last)
    with pytest.raises(Refused, match="written as away already"):
        write_absence(actor=ana, person=ana, deputy=leila, **days(max(first, 0), last))


def test_days_beside_each_other_days_of_others_and_ended_ones_are_no_hindrance() -> None:
    ana, leila = a_person("ana"), a_person("leila")
    row = away(ana, leila, 0, 3)
    away(ana, leila, 4, 5)
    away(a_person("rui"), leila, 0, 3)
    end_absence(actor=ana, absence=row)
    away(ana, leila, 1, 2)


def test_the_database_refuses_oneself_a_closed_account_the_wrong_order_and_days_that_are_over() -> None:
    ana, leila, gone = a_person("ana"), a_person("leila"), a_person("tomas", is_active=False)
    for deputy, first, last in ((ana, 0, 1), (gone, 0, 1), (leila, 2, 1), (leila, -9, -3)):
        with pytest.raises(IntegrityError):
            away(ana, deputy, first, last)
    away(ana, leila, -9, 0)


def test_the_database_lets_an_absence_only_be_ended() -> None:
    row = away(a_person("ana"), a_person("leila"))
    rows = Absence.objects.filter(pk=row.pk)
    for changed in (
        {"ends_on": row.ends_on + DAY},
        {"deputy": a_person("rui")},
        {"ended_at": timezone.now()},
        {"user": a_person("rui")},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changed)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()
    rows.update(ended_at=timezone.now(), ended_by=row.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(ended_at=None, ended_by=None)
