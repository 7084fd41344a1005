"""A query that is written once: what is bound each time, and every way of freezing something into it that is refused."""

import datetime as dt
import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from accounts.models import User
from casework.access import settle_rights
from casework.models import Case, Membership
from sealing.queries import (
    FLAG,
    KEY,
    MOMENT,
    NUMBER,
    PERSON,
    TEXT,
    QueryNotWhole,
    TooManyShapes,
    WrittenQuery,
    among,
    array_of,
    begins_with,
    end_of,
    known_queries,
    now,
    row_of,
    several,
    written,
    written_once,
)
from tests.factories import a_case, a_prisoner, on_case
from tests.people import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_for_this_test() -> Iterator[None]:
    """Take the queries of a test out of those of the process."""
    before = list(known_queries())
    yield
    written._known[:] = before


def a_query(build: Any, **kinds: Any) -> WrittenQuery[Any]:
    return written_once(**kinds)(build)


def seen_cases() -> WrittenQuery[Any]:
    return a_query(lambda user: Case.objects.visible_to(user).select_related("lead").order_by("codename"), user=PERSON)


def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by one with each query that Django compiles."""
    found: list[str] = []
    plain = SQLCompiler.as_sql

    def counting(self: SQLCompiler, *args: Any, **options: Any) -> Any:
        found.append(str(self.query.model))
        return plain(self, *args, **options)

    monkeypatch.setattr(SQLCompiler, "as_sql", counting)
    return found


def test_the_same_text_answers_each_person_with_their_own_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = a_case(codename="Heron"), a_case(codename="Quince", lead=a_person("sam"))
    query, leila = seen_cases(), a_person("leila")
    assert query(user=mine.lead) == [mine]
    counted = compiled(monkeypatch)
    assert query(user=other.lead) == [other] and query(user=leila) == []
    leads = [case.lead.username for case in query(user=mine.lead)]
    assert leads == ["ana"] and counted == [], "a person of the row came with it, and nothing was compiled"


def test_a_right_taken_away_counts_at_the_next_use() -> None:
    case = a_case()
    leila = on_case(case, "leila", "reader")
    query = seen_cases()
    assert query(user=leila) == [case]
    Membership.objects.filter(user=leila).update(ended_at=timezone.now())
    settle_rights(case, leila)
    assert query(user=leila) == []


def test_a_right_that_runs_out_counts_no_more_because_now_is_asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case()
    leila = on_case(case, "leila", "reader")
    Membership.objects.filter(user=leila).update(until=timezone.now() + dt.timedelta(hours=1))
    settle_rights(case, leila)
    query = seen_cases()
    assert query(user=leila) == [case]
    later = timezone.now() + dt.timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert query(user=leila) == []


def test_who_may_not_work_here_any_more_is_answered_nothing() -> None:
    case = a_case()
    query = seen_cases()
    assert query(user=case.lead) == [case]
    case.lead.is_active = False
    assert query(user=case.lead) == [] and query.count(user=case.lead) == 0 and query.first(user=case.lead) is None


def test_rows_of_a_case_point_to_the_case_that_was_given(django_assert_num_queries: Any) -> None:
    one, other = a_case(), a_case(lead=a_person("sam"))
    a_prisoner(one, "Jan Novak")
    a_prisoner(other, "Petra Stern")
    query = a_query(lambda case: case.names.order_by("created_at"), case=row_of(Case))
    assert [row.value for row in query(case=one)] == ["Jan Novak"]
    with django_assert_num_queries(1):
        found = query(case=other)
        assert [row.case for row in found] == [other]
    assert found[0].case is other and found[0].value == "Petra Stern"


def test_several_values_are_padded_and_nothing_is_asked_for_none_of_them(django_assert_num_queries: Any) -> None:
    cases = [a_case(codename=f"Heron {n}") for n in range(7)]
    query = a_query(lambda keys: Case.objects.filter(pk__in=keys).order_by("codename"), keys=several(KEY))
    for size in range(1, 8):
        assert query(keys=[case.pk for case in cases[:size]]) == cases[:size]
    assert len(query.shapes) == 4, "texts for one, two, four and sixteen"
    with django_assert_num_queries(0):
        assert query(keys=[]) == [] and query.count(keys=[]) == 0


def test_a_bounded_count_is_made_by_the_database() -> None:
    cases = [a_case(codename=f"Heron {n}") for n in range(5)]
    query = a_query(lambda user: Case.objects.visible_to(user).values_list("pk", flat=True)[:3], user=PERSON)
    assert query.count(user=cases[0].lead) == 3


def test_a_value_that_is_absent_is_another_text() -> None:
    heron = a_case(codename="Heron")

    def build(after: str) -> QuerySet[Case]:
        return Case.objects.filter(codename__gt=after) if after else Case.objects.all()

    query = a_query(build, after=TEXT)
    assert query(after="Zebra") == [] and query(after="") == [heron] and len(query.shapes) == 2


def of_a_country(case: Case) -> Any:
    return Case.objects.filter(country=case.country)


def of_roles(user: User) -> Any:
    return Case.objects.visible_to(user) if user.current_roles else Case.objects.filter(lead=user)


def of_who_has_a_name(user: User) -> Any:
    return Case.objects.filter(lead=user) if user.name else Case.objects.none()


def of_a_later_one(since: dt.datetime, until: dt.datetime) -> Any:
    rows = Case.objects.filter(opened_at__gt=since, opened_at__lt=until)
    return rows.order_by("codename") if since < until else rows.order_by("reference")


def of_a_day_before(at: dt.datetime) -> Any:
    return Case.objects.filter(opened_at__gt=at - dt.timedelta(days=1), opened_at__lt=at)


def of_the_hour_it_was_written(user: User) -> Any:
    return Case.objects.filter(lead=user, opened_at__lt=timezone.now())


def of_nobody(user: User) -> Any:
    return Case.objects.all()


def of_a_beginning(words: str) -> Any:
    return Case.objects.filter(codename__startswith=words)


def of_a_number(number: int) -> Any:
    return Case.objects.filter(lead_id=number) if number % 2 else Case.objects.filter(opened_by_id=number)


@pytest.mark.parametrize(
    ("build", "kinds"),
    [
        (of_a_country, {"case": row_of(Case)}),
        (of_roles, {"user": PERSON}),
        (of_who_has_a_name, {"user": PERSON}),
        (of_a_later_one, {"since": MOMENT, "until": MOMENT}),
        (of_a_day_before, {"at": MOMENT}),
        (of_the_hour_it_was_written, {"user": PERSON}),
        (of_nobody, {"user": PERSON}),
        (of_a_beginning, {"words": TEXT}),
        (of_a_number, {"number": NUMBER}),
        (lambda user: Case.objects.filter(lead=user).prefetch_related("names"), {"user": PERSON}),
        (lambda user: Case.objects.filter(lead=user).select_for_update(), {"user": PERSON}),
    ],
)
def test_what_would_be_frozen_into_the_text_is_refused(build: Any, kinds: dict[str, Any]) -> None:
    case = a_case()
    at = timezone.now()
    values = {"case": case, "user": case.lead, "since": at, "until": at, "at": at, "words": "Her", "number": 1}
    query = a_query(build, **kinds)
    with pytest.raises(QueryNotWhole):
        query(**{name: values[name] for name in kinds})
    assert query.shapes == {}


def test_a_flag_with_too_many_values_is_refused_here_and_forgets_its_oldest_text_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(written, "MOST_SHAPES", 3)
    query = a_query(lambda at_least: Case.objects.filter(version__gte=at_least), at_least=FLAG)
    for number in range(3):
        query(at_least=number)
    with pytest.raises(TooManyShapes):
        query(at_least=3)
    monkeypatch.setattr(WrittenQuery, "is_strict", False)
    case = a_case()
    assert query(at_least=1) == [case] and query(at_least=9) == [] and len(query.shapes) == 3


def test_a_value_too_many_or_too_few_is_a_fault_of_the_caller() -> None:
    query = seen_cases()
    with pytest.raises(TypeError):
        query()
    with pytest.raises(TypeError):
        query(user=a_person("ana"), case=1)


def test_now_stands_still_in_the_thread_that_writes_a_text_and_in_no_other() -> None:
    seen: list[dt.datetime] = []

    def build(user: User) -> QuerySet[Case]:
        beside = threading.Thread(target=lambda: seen.append(now()))
        beside.start()
        beside.join()
        return Case.objects.visible_to(user)

    a_query(build, user=PERSON)(user=a_person("ana"))
    assert len(seen) == 2 and all(abs(timezone.now() - at) < dt.timedelta(minutes=1) for at in seen)


@pytest.mark.parametrize("start", ["Her", "Åsa", "王", "\ud7ff", "a\U0010ffff", "%", "_", "\\", "H"])
def test_a_beginning_is_a_range_in_the_order_of_code_points(start: str) -> None:
    names = ["Heron", "heron", "Hfron", "Åsa 1", "王 1", "%x", "_x", "\\x", "a\U0010ffff1", "\ud7ff1", "b", "I"]
    for name in names:
        a_case(codename=name)
    found = Case.objects.filter(begins_with("codename", start, end_of(start))).values_list("codename", flat=True)
    assert set(found) == {name for name in names if name.startswith(start)} != set()


def test_keys_and_wrapped_numbers_are_given_to_the_driver_as_django_gives_them() -> None:
    case = a_case()
    by_key = a_query(lambda key, lead: Case.objects.filter(pk=key, lead_id=lead), key=KEY, lead=NUMBER)
    assert by_key(key=case.pk, lead=case.lead_id) == [case]
    assert by_key(key=uuid.uuid4(), lead=case.lead_id) == []
    by_number = a_query(lambda number: Case.objects.filter(Q(version=number)), number=NUMBER)
    assert by_number(number=1) == [case] and by_number(number=2) == []


def test_many_keys_are_one_value_of_one_text() -> None:
    cases = [a_case(codename=f"Case {number}") for number in range(6)]
    asked = a_query(lambda keys: Case.objects.filter(among("pk", keys)).order_by("codename"), keys=array_of(KEY))
    for count in (0, 1, 2, 5, 6):
        assert asked(keys=[case.pk for case in cases[:count]]) == cases[:count]
    assert asked(keys=[uuid.uuid4(), cases[3].pk, cases[3].pk]) == [cases[3]]
    assert len(asked.shapes) == 2  # of none, and of any number


def test_only_keys_are_asked_for_as_one_value() -> None:
    with pytest.raises(TypeError, match="Only keys"):
        array_of(TEXT)
