"""What triggers refuse, on both engines, whatever code writes the rows."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from sealing import checks, triggers
from sealing.errors import TriggersMissing
from sealing.triggers import Clause, Trigger
from sealing.triggers.sql import NOW
from tests.sealing.conftest import a_folder, database_key
from tests.sealing.lab import GUARDS, Folder, FolderKey, Letter, Line, Page

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def guarded(folder: Folder) -> Iterator[Folder]:
    triggers.install(connection, only=GUARDS)
    yield folder
    triggers.drop_all(connection, only=GUARDS)


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(act: Callable[[], Any], why: str) -> None:
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        act()


def a_letter(folder: Folder, **given: Any) -> Letter:
    return Letter.objects.create(**{"folder": folder, "title": "T", "text": "x", **given})


def revision(letter: Letter) -> int:
    return Letter.objects.values_list("revision", flat=True).get(pk=letter.pk)


def test_rows_of_an_append_only_table_stay_as_they_are(guarded: Folder) -> None:
    line = Line.objects.create(text="one")
    refused(lambda: Line.objects.update(text="two"), "lab_lines_only_grow_no_update: append-only")
    refused(line.delete, "lab_lines_only_grow_no_delete: never-deleted")
    refused(lambda: run("DELETE FROM sealing_lab_line"), "never-deleted")
    if connection.vendor == "postgresql":
        refused(lambda: run("TRUNCATE sealing_lab_line"), "lab_lines_only_grow_no_truncate: never-deleted")
    else:
        refused(
            lambda: run("INSERT OR REPLACE INTO sealing_lab_line (id, text) VALUES (%s, 'x')", line.pk), "never-deleted"
        )
    assert Line.objects.get().text == "one"


def test_a_stated_reason_lets_a_row_be_deleted(guarded: Folder) -> None:
    letter = a_letter(guarded)
    kept, freed = Page.objects.create(letter=letter, number=1), Page.objects.create(letter=letter, number=99)
    refused(kept.delete, "lab_pages_stay_no_delete: never-deleted")
    freed.delete()
    assert list(Page.objects.all()) == [kept]


def test_only_named_columns_change_and_each_under_its_condition(guarded: Folder) -> None:
    key = FolderKey.objects.get()
    key.dek = key.dek
    key.save()
    refused(lambda: FolderKey.objects.update(version=2), "lab_keys_only_change_their_wrapping: only-these-columns")
    refused(lambda: FolderKey.objects.update(dek=None), "lab_keys_only_change_their_wrapping: dek")
    refused(lambda: FolderKey.objects.update(folder=a_folder("Other")), "only-these-columns")


def test_the_revision_counts_changes_of_bytes(guarded: Folder) -> None:
    letter = a_letter(guarded)
    for change in ({"title": "U"}, {"text": "y"}, {"language": "fr"}, {"is_urgent": True}):
        before = revision(letter)
        for name, value in change.items():
            setattr(letter, name, value)
        letter.save()
        assert letter.revision == revision(letter) == before + 1
    letter = Letter.objects.get()
    letter.seen_by = "rui"
    letter.save()
    assert revision(letter) == 5
    Letter.objects.filter(pk=letter.pk).update(language="de")
    assert revision(letter) == 6


def test_the_revision_never_falls(guarded: Folder) -> None:
    letter = a_letter(guarded)
    Letter.objects.update(language="fr")
    Letter.objects.update(language="de")
    refused(lambda: Letter.objects.update(revision=1), "lab_letter_counts_never_falls: revision-fell")
    refused(lambda: Letter.objects.update(revision=F("revision") - 1), "revision-fell")
    run("UPDATE sealing_lab_letter SET language = 'pt', revision = revision WHERE id = %s", database_key(letter))
    assert revision(letter) == 4


def test_a_stale_save_does_not_put_an_old_revision_back(guarded: Folder) -> None:
    a_letter(guarded)
    fresh, stale = Letter.objects.get(), Letter.objects.get()
    fresh.text = "A"
    fresh.save()
    stale.seen_by = "rui"
    stale.save()
    assert revision(stale) == 3
    assert stale.revision == 3


def test_raw_replay_of_old_bytes_raises_the_revision(guarded: Folder) -> None:
    letter = a_letter(guarded, text="first")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM sealing_lab_letter WHERE id = %s", [database_key(letter)])
        old = bytes(cursor.fetchone()[0])
    letter.text = "second"
    letter.save()
    run("UPDATE sealing_lab_letter SET text = %s WHERE id = %s", old, database_key(letter))
    again = Letter.objects.get()
    assert (again.text, again.revision) == ("first", 3)


def test_rows_of_a_child_table_raise_the_parents_revision(guarded: Folder) -> None:
    letter, other = a_letter(guarded), a_letter(guarded)
    page = Page.objects.create(letter=letter)
    assert revision(letter) == 2
    page.number = 99
    page.save()
    assert revision(letter) == 3
    page.save()
    assert revision(letter) == 3
    page.letter = other
    page.save()
    assert (revision(letter), revision(other)) == (4, 2)
    page.delete()
    assert (revision(letter), revision(other)) == (4, 3)


@pytest.fixture
def ready(guarded: Folder) -> Letter:
    """A letter of which everything is right."""
    letter = a_letter(guarded, seen_by="rui", is_urgent=True)
    Page.objects.create(letter=letter)
    return letter


BREAKERS: dict[str, Callable[[Letter], Any]] = {
    "no-page": lambda letter: Page.objects.update(letter=a_letter(letter.folder)),
    "not-now": lambda letter: datetime.now(UTC) + timedelta(hours=1),
    "unseen": lambda letter: Letter.objects.update(seen_by=""),
    "urgent-here": lambda letter: Letter.objects.update(is_urgent=False),
}


def leave(letter: Letter, at: datetime = LONG_AGO) -> None:
    Letter.objects.filter(pk=letter.pk).update(sent_at=at)


@pytest.mark.sqlite_only
def test_what_was_written_in_this_millisecond_does_not_lie_in_the_future(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT strftime('%Y-%m-%d %H:%M:%f', 'now') || '998' <= {NOW['sqlite']}")
        assert cursor.fetchone() == (1,)


def test_what_meets_every_clause_passes(ready: Letter) -> None:
    leave(ready)
    assert Letter.objects.get(pk=ready.pk).sent_at == LONG_AGO


@pytest.mark.parametrize("clause", BREAKERS)
def test_one_false_clause_refuses_and_is_named(ready: Letter, clause: str) -> None:
    broken = BREAKERS[clause](ready)
    at = broken if isinstance(broken, datetime) else LONG_AGO
    refused(lambda: leave(ready, at), f"lab_letter_leaves_when_all_is_right: {clause}")


@pytest.mark.parametrize("clause", BREAKERS)
def test_leaving_a_clause_out_lets_exactly_that_fault_pass(ready: Letter, clause: str) -> None:
    broken = BREAKERS[clause](ready)
    triggers.install(connection, drop=[f"lab_letter_leaves_when_all_is_right:{clause}"], only=GUARDS)
    leave(ready, broken if isinstance(broken, datetime) else LONG_AGO)


def test_a_condition_that_is_null_refuses(folder: Folder) -> None:
    asks_nothing = Trigger("lab_null", "sealing_lab_line", "INSERT", (Clause("null", "NULL = 1"),), when="NULL = 1")
    triggers.install(connection, only=[asks_nothing])
    refused(lambda: Line.objects.create(text="x"), "lab_null: null")


def test_whole_triggers_can_be_left_out_but_not_unknown_ones(guarded: Folder) -> None:
    triggers.install(connection, drop=["lab_lines_only_grow_no_update"], only=GUARDS)
    Line.objects.create(text="one")
    Line.objects.update(text="two")
    assert triggers.missing(connection, only=GUARDS) == ["lab_lines_only_grow_no_update"]
    with pytest.raises(ValueError, match="called lab_nothing"):
        triggers.install(connection, drop=["lab_nothing"], only=GUARDS)


def test_changed_disabled_and_unknown_triggers_are_found(guarded: Folder) -> None:
    assert triggers.missing(connection, only=GUARDS) == []
    name, others = "lab_lines_only_grow_no_delete", [t for t in GUARDS if t.table != "sealing_lab_line"]
    for change in CHANGES[connection.vendor]:
        run(change)
        assert triggers.missing(connection, only=GUARDS) == [name], change
        triggers.install(connection, only=GUARDS)
    assert set(triggers.missing(connection, only=[*others, GUARDS[0]])) >= {f"{name} (unknown)"}


WEAKER = "CREATE OR REPLACE FUNCTION public.lab_lines_only_grow_no_delete() RETURNS trigger LANGUAGE plpgsql {0} AS $$ {1} $$"
CHANGES = {
    "sqlite": ["DROP TRIGGER lab_lines_only_grow_no_delete"],
    "postgresql": [
        "DROP TRIGGER lab_lines_only_grow_no_delete ON sealing_lab_line",
        "ALTER TABLE sealing_lab_line DISABLE TRIGGER lab_lines_only_grow_no_delete",
        "ALTER TABLE sealing_lab_line ENABLE REPLICA TRIGGER lab_lines_only_grow_no_delete",
        WEAKER.format("SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp", "BEGIN RETURN OLD; END"),
        "ALTER FUNCTION public.lab_lines_only_grow_no_delete() SECURITY INVOKER",
        "ALTER FUNCTION public.lab_lines_only_grow_no_delete() RESET ALL",
        "DROP TRIGGER lab_lines_only_grow_no_delete ON sealing_lab_line; CREATE TRIGGER lab_lines_only_grow_no_delete"
        " BEFORE DELETE ON sealing_lab_line FOR EACH ROW WHEN (OLD.id = 0)"
        " EXECUTE FUNCTION lab_lines_only_grow_no_delete()",
    ],
}


def test_the_site_refuses_to_start_without_a_guard(db: None) -> None:
    assert triggers.missing(connection) == []
    triggers.require_installed()
    first = triggers.registered()[0]
    triggers.install(connection, drop=[first.name])
    with pytest.raises(TriggersMissing, match=first.name):
        triggers.require_installed()
    assert [fault.id for fault in checks.guards_stand(None, databases=["default"])] == ["sealing.W020"]
    triggers.install(connection)
    assert checks.guards_stand(None, databases=["default"]) == []


def test_every_registered_trigger_is_made_of_both_engines_words() -> None:
    for trigger in triggers.registered():
        assert trigger.clauses or trigger.sqlite, trigger.name
        for clause in trigger.clauses:
            assert all(clause.sql(engine) for engine in trigger.engines), f"{trigger.name}: {clause.name}"


def test_no_trigger_calls_a_function_of_python(db: None) -> None:
    functions = ("regexp", "django_", "json_valid")
    for trigger in triggers.registered():
        for clause in trigger.clauses:
            assert not any(name in clause.sql("sqlite").lower() for name in functions), trigger.name


def test_a_wrong_registration_is_refused() -> None:
    fine = Trigger("lab_registered", "sealing_lab_line", "INSERT", (Clause("a", "1 = 1"),))
    for wrong in (
        Trigger("lab-registered", "sealing_lab_line", "INSERT", fine.clauses),
        Trigger("x" * 64, "sealing_lab_line", "INSERT", fine.clauses),
        Trigger("lab_registered", "sealing_lab_line", "SELECT", fine.clauses),
        Trigger("lab_registered", "sealing_lab_line", "INSERT", (*fine.clauses, *fine.clauses)),
    ):
        with pytest.raises(ValueError, match=r"trigger|clauses"):
            triggers.register(wrong)
    with pytest.raises(ValueError, match="does not have: nothing"):
        triggers.only_these_columns_change("sealing_lab_line", name="x", columns={"nothing": "1 = 1"})


@pytest.mark.django_db(transaction=True)
def test_flush_of_guarded_tables_is_refused(_laboratory: None) -> None:
    Line.objects.create(text="one")
    triggers.install(connection, only=GUARDS)
    try:
        with pytest.raises(Exception, match=r"lab_lines_only_grow|flush|couldn't be flushed"):
            if connection.vendor == "postgresql":
                run("TRUNCATE sealing_lab_line CASCADE")
            else:
                run("DELETE FROM sealing_lab_line")
    finally:
        triggers.drop_all(connection, only=GUARDS)
    Line.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_migrating_again_puts_the_guards_back() -> None:
    triggers.drop_all(connection)
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []
