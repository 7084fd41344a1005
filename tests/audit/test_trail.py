"""The trail: it only grows, and every touch is found."""

import json
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import override_settings

from accounts.models import User
from audit.models import Anchor, Entry
from audit.trail import anchor, record, record_each, verify
from sealing import keys
from sealing.errors import DecryptionError
from tests.audit.conftest import CANARY, CASE, OTHER_CASE
from tests.trigger_switch import triggers_off


@pytest.fixture
def ana(db: None) -> User:
    return User.objects.create_user("ana", name="Ana")


@pytest.fixture
def trail(ana: User, case_keys: dict[uuid.UUID, bytes]) -> list[Entry]:
    """Six entries, with and without a case."""
    for number in range(3):
        record(actor=ana, verb="tests.office.done", about=ana, number=number)
        record(actor=ana, verb="tests.case.done", case=CASE, words=CANARY)
    return list(Entry.objects.order_by("sequence"))


def raw(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def tamper(sql: str, *values: Any) -> None:
    """What somebody does who owns the database and takes the triggers off first."""
    with triggers_off():
        raw(sql, *values)


def test_an_entry_says_who_did_what_to_which_thing(ana, case_keys):
    written = record(actor=ana, verb="tests.case.done", case=CASE, about=ana, code="RL_HIGH")
    entry = Entry.objects.get()
    assert entry.pk == written.pk
    assert (entry.sequence, entry.actor_id, entry.verb, entry.case_id) == (1, ana.pk, "tests.case.done", CASE)
    assert entry.target == f"accounts.user:{ana.pk}"
    assert entry.facts() == {"code": "RL_HIGH"}


def test_one_entry_about_each_case_is_written_in_one_go_and_the_chain_holds(
    ana: User, case_keys: dict[uuid.UUID, bytes], django_assert_num_queries: Any
) -> None:
    record(actor=ana, verb="tests.case.done", case=CASE)
    with django_assert_num_queries(2):
        of_a_case = SimpleNamespace(label_lower="casework.case")
        cases: Any = [SimpleNamespace(pk=key, _meta=of_a_case) for key in (CASE, OTHER_CASE)]
        record_each(actor=ana, verb="tests.case.seen", cases=cases, fields=["name"])
    record_each(actor=ana, verb="tests.case.seen", cases=[])
    record(actor=ana, verb="tests.case.done", case=CASE)
    rows = Entry.objects.order_by("sequence")
    assert [(row.sequence, row.case_id, row.facts()) for row in rows[1:3]] == [
        (2, CASE, {"fields": ["name"]}),
        (3, OTHER_CASE, {"fields": ["name"]}),
    ]
    assert rows.count() == 4 and verify() == []


def test_detail_about_a_case_lies_under_its_key_and_other_detail_under_the_master_key(trail):
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail, office_detail FROM audit_entry")
        rows = cursor.fetchall()
    for detail, office_detail in rows:
        assert (detail is None) != (office_detail is None)
        assert CANARY.encode() not in bytes(detail or b"") and "number" not in (office_detail or "")
    assert trail[0].facts() == {"number": 0} and trail[1].facts() == {"words": CANARY}


def test_a_shredded_case_leaves_a_chain_that_verifies(trail, case_keys):
    case_keys.clear()
    keys.forget_keys()
    assert verify() == []
    with pytest.raises(DecryptionError):
        Entry.objects.get(sequence=2).facts()


def test_an_entry_falls_with_the_act_that_failed(ana, case_keys):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(actor=ana, verb="tests.office.done")
        raise RuntimeError
    assert not Entry.objects.exists()


def test_the_activity_of_one_case_is_that_case_alone(trail, ana):
    record(actor=ana, verb="tests.case.done", case=OTHER_CASE)
    assert {entry.case_id for entry in Entry.objects.about_case(CASE)} == {CASE}
    assert [entry.sequence for entry in Entry.objects.about_case(CASE)] == [6, 4, 2]


def test_a_trail_that_nobody_touched_is_whole(trail):
    assert verify() == []


CHANGES: dict[str, Callable[[Entry], tuple[str, Any]]] = {
    "verb": lambda entry: ("verb = %s", "tests.nothing.done"),
    "actor": lambda entry: ("actor_id = %s", None),
    "time": lambda entry: ("at = %s", "2020-01-01 00:00:00"),
    "case": lambda entry: ("case_id = %s", connection.ops.adapt_unknown_value(OTHER_CASE.hex)),
    "target": lambda entry: ("target = %s", "accounts.user:0"),
    "detail": lambda entry: ("detail = %s", b"\x01" * 40),
    "mac": lambda entry: ("mac = %s", b"\x02" * 32),
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_row_is_found(trail, column):
    entry = trail[3]
    change, value = CHANGES[column](entry)
    key = entry.pk.hex if connection.vendor == "sqlite" else str(entry.pk)
    tamper(f"UPDATE audit_entry SET {change} WHERE id = %s", value, key)
    assert (entry.sequence, "entry-changed") in {(fault.sequence, fault.code) for fault in verify()}


def test_a_removed_row_is_found(trail):
    tamper("DELETE FROM audit_entry WHERE sequence = 3")
    assert {fault.code for fault in verify()} == {"entries-gone", "chain-broken"}


def test_two_rows_that_change_places_are_found(trail):
    tamper("UPDATE audit_entry SET sequence = 99 WHERE sequence = 2")
    tamper("UPDATE audit_entry SET sequence = 2 WHERE sequence = 4")
    tamper("UPDATE audit_entry SET sequence = 4 WHERE sequence = 99")
    assert {fault.sequence for fault in verify()} >= {2, 4}


def test_an_entry_forged_without_the_key_is_found(trail, settings):
    with override_settings(AMPARO_AUDIT_KEY="another-key-another-key-another-key-another"):
        record(actor=None, verb="tests.forged.done")
    assert [(fault.sequence, fault.code) for fault in verify()] == [(7, "entry-changed")]


def test_a_tail_that_was_cut_off_is_found_by_the_anchor(trail):
    kept = anchor()
    assert kept and kept.sequence == 6
    tamper("DELETE FROM audit_entry WHERE sequence > 4")
    assert [(fault.sequence, fault.code) for fault in verify()] == [(6, "anchored-entry-gone")]


def test_a_tail_cut_off_with_its_anchor_is_found_by_the_message_outside(trail):
    kept = anchor()
    assert kept is not None
    head = (kept.sequence, bytes(kept.mac))
    tamper("DELETE FROM audit_anchor")
    tamper("DELETE FROM audit_entry WHERE sequence > 4")
    assert verify() == []
    assert [fault.code for fault in verify((head,))] == ["anchored-entry-gone"]


def test_the_head_is_mailed_without_saying_what_was_done(trail, ana, monkeypatch):
    monkeypatch.setattr("audit.anchors._readers", [lambda: ["noor@office.example"]])
    kept = anchor()
    assert kept and kept.sent_to == "noor@office.example"
    [letter] = mail.outbox
    assert f"{kept.sequence}:{bytes(kept.mac).hex()}" in letter.body
    assert "tests." not in letter.body and CANARY not in letter.body


def test_an_empty_trail_has_no_anchor(db):
    assert anchor() is None and not Anchor.objects.exists()


STATEMENTS = [
    "UPDATE audit_entry SET verb = 'x'",
    "UPDATE audit_entry SET sequence = sequence",
    "DELETE FROM audit_entry",
    "UPDATE audit_anchor SET sent_to = 'x'",
    "DELETE FROM audit_anchor",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_rewrite_the_trail(trail, statement):
    anchor()
    with pytest.raises(IntegrityError):
        raw(statement)
    assert Entry.objects.count() == 6 and Anchor.objects.count() == 1 and verify() == []


def test_an_act_whose_entry_is_swallowed_is_not_done(ana: User):
    """SQLite lets any connection lay a temporary trigger over a table; on PostgreSQL the owner can lay a rule."""
    swallow = "CREATE TEMP TRIGGER hush BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(IGNORE); END"
    if connection.vendor == "postgresql":
        swallow = "CREATE RULE hush AS ON INSERT TO audit_entry DO INSTEAD NOTHING"
    with pytest.raises(IntegrityError, match="trail"), transaction.atomic():
        raw(swallow)
        record(actor=ana, verb="tests.office.done")
    assert record(actor=ana, verb="tests.office.done").pk


@pytest.mark.sqlite_only
def test_replacing_an_entry_is_refused(trail):
    columns = "id, sequence, at, verb, target, previous_mac, mac"
    with pytest.raises(IntegrityError):
        raw(f"REPLACE INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry WHERE sequence = 2")
    assert verify() == []


@pytest.mark.postgresql_only
@pytest.mark.parametrize("table", ["audit_entry", "audit_anchor"])
def test_emptying_the_trail_is_refused(trail, table):
    with pytest.raises(DatabaseError):
        raw(f"TRUNCATE {table}")
    assert Entry.objects.count() == 6


def test_entries_are_changed_by_no_door_of_the_orm(trail):
    entry = trail[0]
    for act in (
        lambda: Entry.objects.filter(pk=entry.pk).update(verb="x"),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
        lambda: Entry.objects.bulk_update([entry], ["verb"]),
        lambda: entry.save(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert verify() == []


def test_the_command_says_whether_the_trail_is_whole(trail, capsys):
    call_command("verify_audit")
    assert "whole: 6 entries" in capsys.readouterr().out
    call_command("verify_audit", "--json")
    assert json.loads(capsys.readouterr().out) == {"entries": 6, "faults": []}


def test_the_command_ends_with_1_and_names_every_place(trail, capsys):
    tamper("UPDATE audit_entry SET verb = 'x' WHERE sequence IN (2, 5)")
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit", "--json")
    assert refused.value.returncode == 1
    assert [fault["sequence"] for fault in json.loads(capsys.readouterr().out)["faults"]] == [2, 5]
    assert "Entry 2" in str(refused.value) and "Entry 5" in str(refused.value)


def test_the_command_checks_a_head_that_was_kept_outside(trail):
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit", "--head", f"6:{'00' * 32}")
    assert refused.value.returncode == 1


def test_appending_asks_the_database_few_times(ana, case_keys, django_assert_max_num_queries):
    record(actor=ana, verb="tests.office.done")
    with django_assert_max_num_queries(5), transaction.atomic():
        record(actor=ana, verb="tests.case.done", case=CASE, code="x")
