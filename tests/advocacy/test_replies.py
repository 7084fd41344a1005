"""What came back: to one approach or one copy, promises by their day, and nothing that disappears."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from advocacy.actions.approaches import withdraw_approach
from advocacy.actions.replies import NewReply, record_reply, settle_promise, withdraw_reply
from advocacy.models import Approach, Reply
from casework.access import NotAllowed
from casework.models import Ask, Demand
from materials.models import Copy
from tests.advocacy.approached import (
    A_YEAR_AGO,
    a_browser,
    a_case_of_two,
    a_copy,
    a_promise,
    a_reply,
    an_approach,
    an_ask,
    days_ago,
    read,
)
from tests.advocacy.facts_made import a_paper, left
from tests.directory.entries import an_entry
from tests.factories import a_case, on_case
from tests.people import a_person

pytestmark = pytest.mark.django_db


def typed(**more: str) -> dict[str, str]:
    return {"kind": "RS_ACK", "effect": "none", "received_on": timezone.localdate().isoformat(), **more}


# Recorded.


def test_an_answer_is_recorded_from_its_row_also_one_that_harms() -> None:
    case, ana, leila = a_case_of_two()
    row = an_approach(case, days=5)
    address = reverse("advocacy:approach_reply", args=[case.reference, row.pk])
    assert address in read(a_browser(ana), "advocacy:answers", case.reference)
    sent = a_browser(ana).post(address, typed(kind="RS_COUNTER", effect="strong_negative", words="Mind your business."))
    assert sent.status_code == 302 and sent["Location"].endswith(f"#a-{row.pk}")
    shown = read(a_browser(leila), "advocacy:answers", case.reference)
    for words in ("Hostile or counter measure", "It harms gravely", "Mind your business.", "after 5 days", "rule R14"):
        assert words in shown, words


def test_an_answer_to_a_copy_stands_under_the_copy_that_nobody_typed_again() -> None:
    case, ana, leila = a_case_of_two()
    copy = a_copy(case)
    shown = read(a_browser(ana), "advocacy:answers", case.reference)
    assert f"copy {copy.number}" in shown and "The human rights desk" in shown and "Waiting 0 days" in shown
    address = reverse("advocacy:copy_reply", args=[case.reference, copy.pk])
    assert a_browser(ana).post(address, typed()).status_code == 302
    assert Reply.objects.get().copy == copy and not Approach.objects.exists()
    assert "Acknowledged receipt" in read(a_browser(ana), "advocacy:answers", case.reference)
    hers = read(a_browser(leila), "advocacy:answers", case.reference)
    assert "The human rights desk" not in hers and "Acknowledged receipt" not in hers


def test_half_an_answer_comes_back_with_what_was_typed() -> None:
    case, ana, _leila = a_case_of_two()
    address = reverse("advocacy:approach_reply", args=[case.reference, an_approach(case).pk])
    for more, at in (
        ({"kind": "RS_PLEDGED", "words": "We shall"}, "promised"),
        ({"promised": "A visit", "words": "We shall"}, "due_on"),
        ({"kind": "RS_NONE", "words": "Nothing"}, "kind"),
        ({"effect": "", "words": "Nothing"}, "effect"),
        ({"received_on": "2020-01-01", "words": "Long ago"}, "received_on"),
    ):
        sent = a_browser(ana).post(address, typed(**more))
        assert sent.status_code == 422 and at in sent.context["form"].errors, more
        assert more["words"] in sent.content.decode()
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "which", ["both", "neither", "of another case", "withdrawn", "a missed call", "not handed over"]
)
def test_an_answer_to_what_cannot_be_answered_is_refused(which: str) -> None:
    case, ana, _leila = a_case_of_two()
    row, copy = an_approach(case), a_copy(case)
    given: dict[str, Any] = {
        "both": {"approach": row, "copy": copy},
        "neither": {},
        "of another case": {"approach": an_approach(a_case())},
        "withdrawn": {"approach": row},
        "a missed call": {"approach": an_approach(case, kind="call", is_missed=True)},
        "not handed over": {"copy": copy},
    }[which]
    if which == "withdrawn":
        withdraw_approach(actor=ana, approach=row, reason="Wrong")
    if which == "not handed over":
        copy = a_copy_that_lies_here(case)
        given = {"copy": copy}
    with pytest.raises(ValidationError):
        record_reply(actor=ana, case=case, new=NewReply(kind="RS_ACK"), **given)
    assert not Reply.objects.exists()


def a_copy_that_lies_here(case: Any) -> Copy:
    ready = a_paper("COMM_BRIEF", "AU_PARL")(case)
    copy = ready.a_copy(left(ready))
    copy.save(force_insert=True)
    return copy


# Promises.


def test_a_promise_is_unkept_the_day_after_its_day_by_the_clock_of_the_office() -> None:
    case = a_case_of_two()[0]
    with time_machine.travel(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC), tick=False):
        reply = a_promise(an_approach(case), due=3)
    midnight = dt.datetime(2026, 12, 5, tzinfo=timezone.get_current_timezone())
    for minutes, is_unkept in ((-1, False), (1, True)):
        with time_machine.travel(midnight + dt.timedelta(minutes=minutes), tick=False):
            assert Reply.objects.unkept().filter(pk=reply.pk).exists() is is_unkept
            text = read(a_browser(case.lead), "advocacy:answers", case.reference)
            assert ("Unkept, 1 day past" in text, "rule R8" in text) == (is_unkept, is_unkept)


@pytest.mark.parametrize(
    ("state", "words", "rule"), [("kept", "Promise kept", "R7"), ("broken", "Promise broken", "R9")]
)
def test_a_promise_is_said_once_to_be_kept_or_broken(state: str, words: str, rule: str) -> None:
    case, ana, _leila = a_case_of_two()
    reply = a_promise(an_approach(case, days=9), due=-1, received=4)
    address = reverse("advocacy:settle_promise", args=[case.reference, reply.pk])
    hers, today = a_browser(ana), timezone.localdate()
    assert hers.post(address, {"state": state, "on": (today - dt.timedelta(days=8)).isoformat()}).status_code == 422
    assert hers.post(address, {"on": today.isoformat()}).status_code == 422
    assert hers.post(address, {"state": state, "on": today.isoformat()}).status_code == 302
    reply.refresh_from_db()
    assert (reply.promise, reply.settled_on, reply.settled_by) == (state, today, ana)
    assert not Reply.objects.promised().exists() and not Reply.objects.unkept().exists()
    shown = read(hers, "advocacy:answers", case.reference)
    assert words in shown and "Open promises" not in shown and f"rule {rule}" in shown
    with pytest.raises(ValidationError):
        settle_promise(actor=ana, reply=reply, is_kept=True, on=today)


def test_an_answer_is_withdrawn_with_a_reason_and_its_approach_waits_again() -> None:
    case, ana, _leila = a_case_of_two()
    row = an_approach(case)
    reply = a_promise(row, due=-1, received=2)
    address = reverse("advocacy:withdraw_reply", args=[case.reference, reply.pk])
    assert a_browser(ana).post(address, {}).status_code == 422
    assert a_browser(ana).post(address, {"reason": "Of another office"}).status_code == 302
    shown = read(a_browser(ana), "advocacy:answers", case.reference)
    assert "Of another office" in shown and "Waiting 3 days" in shown and "Open promises" not in shown
    assert list(Approach.objects.unanswered()) == [row] and not Reply.objects.unkept().exists()
    with pytest.raises(ValidationError):
        withdraw_reply(actor=ana, reply=reply, reason="Again")


# Who may.


@pytest.mark.parametrize("who", ["leila", "sam"])
def test_who_does_not_plan_the_case_records_settles_and_withdraws_nothing(who: str) -> None:
    case, _ana, _leila = a_case_of_two()
    row = an_approach(case)
    reply, person = a_promise(row), a_person(who)
    with pytest.raises(NotAllowed):
        record_reply(actor=person, case=case, new=NewReply(kind="RS_ACK"), approach=row)
    with pytest.raises(NotAllowed):
        settle_promise(actor=person, reply=reply, is_kept=True, on=timezone.localdate())
    with pytest.raises(NotAllowed):
        withdraw_reply(actor=person, reply=reply, reason="x")
    theirs, status = a_browser(person), 403 if who == "leila" else 404
    for name, key in (("approach_reply", row), ("settle_promise", reply), ("withdraw_reply", reply)):
        address = reverse(f"advocacy:{name}", args=[case.reference, key.pk])
        assert (theirs.get(address).status_code, theirs.post(address, {}).status_code) == (status, status)
    assert Reply.objects.filter(removed_at=None, promise="open").count() == 1


# What the database keeps.


def refused(act: Any) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def test_the_database_keeps_a_reply_to_one_thing_whole_and_in_its_case() -> None:
    case, other = a_case_of_two()[0], a_case()
    row, copy = an_approach(case), a_copy(case)
    day = timezone.localdate()
    good = {"case": case, "kind": "RS_ACK", "effect": "none", "received_on": day}
    promise = {"promise": "open", "promised": "A visit", "due_on": day}
    for bad in (
        {},
        {"approach": row, "copy": copy},
        {"approach": row, "kind": "RS_NONE"},
        {"approach": row, "effect": "great"},
        {"approach": row, "promised": "A visit"},
        {"approach": row, **promise, "promise": "kept"},
        {"approach": row, "removed_at": timezone.now(), "removed_by": case.lead},
        {"approach": row, "case": other},
        {"copy": copy, "case": other},
    ):
        assert refused(lambda bad=bad: Reply.objects.create(**{**good, **bad})), bad
    Reply.objects.create(**good, approach=row, **promise)
    Reply.objects.create(**good, copy=copy)


def test_the_database_keeps_approaches_and_replies_as_recorded_and_for_good() -> None:
    case = a_case_of_two()[0]
    row = an_approach(case)
    reply, other = a_promise(row), an_approach(case)
    for act in (
        lambda: Reply.objects.filter(pk=reply.pk).update(kind="RS_ACTED"),
        lambda: Reply.objects.filter(pk=reply.pk).update(approach=other),
        lambda: Reply.objects.filter(pk=reply.pk).update(due_on=timezone.localdate()),
        lambda: Reply.objects.filter(pk=reply.pk).delete(),
        lambda: Approach.objects.filter(pk=row.pk).update(happened_at=days_ago(9)),
        lambda: Approach.objects.filter(pk=row.pk).update(case=a_case()),
        lambda: Approach.objects.filter(pk=other.pk).delete(),
    ):
        assert refused(act)


def test_the_database_keeps_an_approach_to_one_office_and_a_missed_call_silent() -> None:
    case, other = a_case_of_two()[0], a_case()
    good = {"case": case, "kind": "call", "happened_at": timezone.now(), "made_by": case.lead}
    entry = an_entry()
    for bad in (
        {},
        {"actor": entry, "to_name": "x"},
        {"actor": entry, "kind": "visit"},
        {"actor": entry, "is_missed": True, "told": "x"},
        {"actor": entry, "is_missed": True, "kind": "letter"},
        {"actor": entry, "met": entry, "met_name": "x"},
        {"actor": entry, "follows": an_approach(other)},
        {"actor": entry, "copy": a_copy(other)},
        {"actor": entry, "removed_at": timezone.now()},
    ):
        assert refused(lambda bad=bad: Approach.objects.create(**{**good, **bad})), bad
    kept = Approach.objects.create(**good, actor=entry)
    demand = Demand.objects.create(case=other, text="x", aim="doctor")
    elsewhere = Ask.objects.create(case=other, demand=demand, to="x", text="x")
    assert refused(lambda: kept.ask_links.create(case=case, ask=elsewhere))
    kept.ask_links.create(case=case, ask=an_ask(case))


# For the arithmetic of waiting times.


def told(reader: User) -> set[Any]:
    """Return of each approach of a year the entry, its kind, the day, and the day of the first answer."""
    rows = Approach.objects.waits_for(reader, since=A_YEAR_AGO)
    return {(row.entry, row.entry_kind, row.approached_on, row.answered_on) for row in rows}


def test_waits_for_tells_of_each_approach_that_a_person_may_see_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    case, ana, leila = a_case_of_two()
    desk = an_entry("A desk", "AC_FM")
    answered = an_approach(case, to=desk, days=9)
    a_reply(answered, received_on=timezone.localdate() - dt.timedelta(days=2))
    a_reply(answered, received_on=timezone.localdate() - dt.timedelta(days=4))
    an_approach(case, to_name="Typed", days=5)
    an_approach(case, to=desk, kind="call", is_missed=True)
    copy = a_copy(case)
    today = timezone.localdate()
    record_reply(actor=ana, case=case, copy=copy, new=NewReply(kind="RS_ACK"))
    hidden = a_case(lead=on_case(a_case(), "sam", "coordinator"))
    an_approach(hidden, to=desk)
    with django_assert_num_queries(1):
        found = told(ana)
    own = {
        (desk.pk, "AC_FM", today - dt.timedelta(days=9), today - dt.timedelta(days=4)),
        (None, None, today - dt.timedelta(days=5), None),
    }
    entry = copy.sent_to.entry
    assert found == own | {(entry.pk, entry.actor_type, today, today)}
    assert told(leila) == own
    assert told(a_person("noor")) == set()
