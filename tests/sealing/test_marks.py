"""The gate's mark: made with the row, made anew by a lawful change, never by saving what was forged."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from sealing.fields import mark_of, renewing, seal_many
from tests.sealing.conftest import a_folder, database_key
from tests.sealing.lab import Folder, Permit

NOON = dt.datetime(2026, 5, 1, 12, 0, 0, 250, tzinfo=dt.timezone(dt.timedelta(hours=3)))


@pytest.fixture
def permit(folder: Folder) -> Permit:
    return Permit.objects.create(folder=folder, scope="one", until=NOON, note="Told by her.")


def again(row: Permit) -> Permit:
    return Permit.objects.get(pk=row.pk)


def by_hand(row: Permit, column: str, value: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE sealing_lab_permit SET {column} = %s WHERE id = %s", [value, database_key(row)])


def test_a_row_written_by_the_program_carries_its_mark(permit: Permit, folder: Folder) -> None:
    many = Permit.objects.bulk_create([Permit(folder=folder, scope=str(number)) for number in range(3)])
    assert again(permit).carries_mark() and all(again(row).carries_mark() for row in many)


@pytest.mark.parametrize("column, value", [("scope", "all"), ("until", None), ("note", None), ("mark", None)])
def test_a_row_changed_by_sql_carries_no_mark(permit: Permit, column: str, value: Any) -> None:
    by_hand(permit, column, value)
    assert not again(permit).carries_mark()


def test_a_row_moved_to_another_owner_carries_no_mark(permit: Permit) -> None:
    by_hand(permit, "folder_id", database_key(a_folder("Heron")))
    assert not again(permit).carries_mark()


def test_a_mark_taken_from_another_row_is_no_mark(permit: Permit, folder: Folder) -> None:
    twin = Permit.objects.create(folder=folder, scope="one", until=NOON, note="Told by her.")
    by_hand(permit, "mark", bytes(twin.mark))
    assert not again(permit).carries_mark()


def test_a_column_that_the_mark_does_not_cover_may_change(permit: Permit) -> None:
    by_hand(permit, "remark", "read")
    assert again(permit).carries_mark()


def _whole(row: Permit) -> None:
    row.scope, row.note = "two", "Told again."
    row.save()


def _named(row: Permit) -> None:
    row.scope = "two"
    row.save(update_fields=["scope"])


def _partly_loaded(row: Permit) -> None:
    part = Permit.objects.only("scope").get(pk=row.pk)
    part.scope = "two"
    part.save()


def _sealed_alone(row: Permit) -> None:
    row.note = None
    seal_many([row], ["note"])


def _within(row: Permit) -> None:
    with renewing(row):
        Permit.objects.filter(pk=row.pk).update(scope="two")


CHANGES = [_whole, _named, _partly_loaded, _sealed_alone, _within]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_lawful_change_marks_the_row_anew(permit: Permit, change: Callable[[Permit], None]) -> None:
    was = bytes(permit.mark)
    change(again(permit))
    assert again(permit).carries_mark() and bytes(again(permit).mark) != was


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_saving_a_forged_row_never_heals_it(permit: Permit, change: Callable[[Permit], None]) -> None:
    by_hand(permit, "until", None)
    change(again(permit))
    assert not again(permit).carries_mark()


def test_what_was_forged_behind_a_loaded_row_is_not_marked(permit: Permit) -> None:
    loaded = again(permit)
    by_hand(permit, "until", None)
    loaded.scope = "two"
    loaded.save(update_fields=["scope"])
    assert not again(permit).carries_mark()


def test_a_row_loaded_before_another_lawful_change_keeps_that_change_and_a_true_mark(permit: Permit) -> None:
    early = again(permit)
    _named(again(permit))
    early.note = None
    early.save(update_fields=["note"])
    row = again(permit)
    assert row.carries_mark() and row.scope == "two" and not row.note


def test_nothing_and_an_empty_text_are_not_the_same(permit: Permit) -> None:
    mark = mark_of(Permit)
    empty, nothing = Permit(pk=permit.pk, scope=""), Permit(pk=permit.pk, scope="-")
    assert mark is not None and mark.parts(empty) != mark.parts(nothing)
    assert mark_of(Folder) is None


def test_a_change_of_the_mark_alone_passes_the_guard_of_its_table() -> None:
    from sealing.triggers.shapes import marks_of

    assert marks_of("safety_leakfinding") == ("mark",) and marks_of("casework_membership") == ()
