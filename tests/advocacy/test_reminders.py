"""Reminders go out once each, to whoever still has the case, and never in a burst."""

import datetime as dt
import smtplib
import socket
import threading
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from advocacy import reminder_sweep
from advocacy.actions.milestones import assign, complete, drop, move
from advocacy.actions.plans import end_plan, make_plan
from advocacy.mail import message_id
from advocacy.models import Milestone, Reminder
from casework.access import settle_rights
from casework.models import Case, Membership
from tests.factories import a_case, on_case
from work import heartbeat
from work.models import Heartbeat, Notice

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def a_step(*, due: dt.timedelta, made: dt.timedelta = dt.timedelta(days=30)) -> Milestone:
    """One open step of ana, due this far from now, whose reminders were written long ago."""
    case = a_case()
    now = timezone.now()
    plan = make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=now + due, now=now - made)
    first = plan.milestones.get(key="1")
    plan.milestones.exclude(pk=first.pk).delete()
    return first


def of(row: Milestone) -> dict[str, Reminder]:
    return {reminder.lead: reminder for reminder in Reminder.objects.filter(milestone=row, dropped_at=None)}


def test_each_reminder_goes_once_by_mail_and_once_as_a_notice() -> None:
    row = a_step(due=7 * DAY - dt.timedelta(minutes=1))
    for _twice in range(3):
        reminder_sweep.sweep_reminders()
    assert len(mail.outbox) == Notice.objects.count() == 1
    assert Notice.objects.get().user == row.owner
    assert of(row)["7d"].mailed_at and not of(row)["1d"].mailed_at


def test_a_mail_holds_verb_date_and_link_and_nothing_that_leads_to_the_case() -> None:
    row = a_step(due=DAY - dt.timedelta(minutes=1))
    reminder_sweep.sweep_reminders()
    (sent,) = mail.outbox
    whole = sent.message().as_string()
    assert sent.subject.startswith("A step is due on ") and f"/steps/{row.pk}/" in sent.body
    for word in (row.case.reference, row.case.codename, row.title, str(row.case_id)):
        assert word not in whole
    assert sent.extra_headers["Message-ID"] == message_id(of(row)["1d"].pk)
    assert sent.to == [row.owner.email]


def test_three_reminders_are_written_for_a_date_far_away() -> None:
    row = a_step(due=20 * DAY)
    written = {lead: reminder.remind_at for lead, reminder in of(row).items()}
    assert written["7d"] == row.due_at - 7 * DAY and written["1d"] == row.due_at - DAY
    assert row.due_at - DAY < written["0d"] <= row.due_at


def test_a_moved_date_drops_the_old_reminders_and_writes_new_ones() -> None:
    row = a_step(due=20 * DAY)
    old = set(Reminder.objects.values_list("pk", flat=True))
    moved = move(actor=row.owner, milestone=row, version=row.version, due_at=row.due_at + 3 * DAY)
    assert set(Reminder.objects.filter(dropped_at__isnull=False).values_list("pk", flat=True)) == old
    assert {reminder.due_at for reminder in of(row).values()} == {moved.due_at}
    move(actor=row.owner, milestone=moved, version=moved.version, due_at=row.due_at)
    assert {reminder.pk for reminder in of(row).values()} == old, "moved back, the same reminders stand again"


def test_another_owner_gets_the_reminders_and_the_first_none() -> None:
    row = a_step(due=DAY)
    leila = on_case(row.case, "leila", "liaison")
    assign(actor=row.owner, milestone=row, version=row.version, owner=leila)
    reminder_sweep.sweep_reminders(now=row.due_at - dt.timedelta(hours=1))
    assert [message.to for message in mail.outbox] == [[leila.email]]


@pytest.mark.parametrize("over", ["done", "dropped", "ended"])
def test_what_is_over_reminds_nobody(over: str) -> None:
    row = a_step(due=DAY)
    if over == "done":
        complete(actor=row.owner, milestone=row, version=row.version, evidence="Noted")
    elif over == "dropped":
        drop(actor=row.owner, milestone=row, version=row.version, reason="Not needed")
    else:
        end_plan(actor=row.owner, plan=row.plan)
    reminder_sweep.sweep_reminders(now=row.due_at)
    assert not mail.outbox and not Notice.objects.exists()


@pytest.mark.parametrize("lost", ["case", "sign-in"])
def test_who_lost_the_case_or_may_not_sign_in_is_told_nothing(lost: str) -> None:
    row = a_step(due=DAY)
    if lost == "case":
        Membership.objects.filter(case=row.case, user=row.owner).update(ended_at=timezone.now())
        settle_rights(row.case, row.owner)
    else:
        row.owner.is_active = False
        row.owner.save(update_fields=["is_active"])
    reminder_sweep.sweep_reminders(now=row.due_at)
    assert not mail.outbox and not Notice.objects.exists()
    assert not of(row) or all(reminder.remind_at > row.due_at for reminder in of(row).values())


def test_after_a_long_silence_only_the_latest_reminder_of_a_step_goes() -> None:
    row = a_step(due=10 * DAY)
    reminder_sweep.sweep_reminders(now=row.due_at)
    assert len(mail.outbox) == Notice.objects.count() == 1
    assert set(of(row)) == {"0d"}


def test_a_claimed_and_unmarked_reminder_waits_two_minutes_and_goes_again_under_the_same_id(monkeypatch: Any) -> None:
    row = a_step(due=DAY - dt.timedelta(minutes=1))
    now = timezone.now()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", killed)
        with pytest.raises(KeyboardInterrupt):
            reminder_sweep.sweep_reminders(now=now)
    assert Notice.objects.count() == 1, "the notice came with the claim"
    reminder_sweep.sweep_reminders(now=now + dt.timedelta(minutes=1))
    assert not mail.outbox, "another worker may still be at it"
    reminder_sweep.sweep_reminders(now=now + dt.timedelta(minutes=3))
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [message_id(of(row)["1d"].pk)]
    assert Notice.objects.count() == 1
    assert of(row)["1d"].attempts == 2


def test_a_mail_server_that_is_down_is_asked_once_a_sweep_and_every_notice_still_comes(settings: Any) -> None:
    rows = [a_step(due=DAY - dt.timedelta(minutes=1)) for _number in range(3)]
    now, works = timezone.now(), settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_PORT, asked = server.getsockname()[1], []
        hanging_up = threading.Thread(target=hang_up, args=(server, asked), daemon=True)
        hanging_up.start()
        reminder_sweep.sweep_reminders(now=now)
        server.shutdown(socket.SHUT_RDWR)
        hanging_up.join(20)
    assert len(asked) == 1 and Notice.objects.count() == 3
    reminder_sweep.sweep_reminders(now=now + dt.timedelta(minutes=3))
    assert Notice.objects.count() == 3 and not mail.outbox, "nobody listens there now, and the sweep goes on"
    settings.EMAIL_BACKEND = works
    reminder_sweep.sweep_reminders(now=now + dt.timedelta(minutes=6))
    assert len(mail.outbox) == len(rows) and Notice.objects.count() == 3


def hang_up(server: socket.socket, asked: list[Any]) -> None:
    """A mail server that breaks: it closes each connection before a word was said, and counts them."""
    while True:
        try:
            connection, who = server.accept()
        except OSError:
            return
        asked.append(who)
        connection.close()


def test_an_address_that_does_not_exist_is_not_tried_for_ever(monkeypatch: Any) -> None:
    a_step(due=DAY - dt.timedelta(minutes=1))
    tried: list[Any] = []

    def refused(self: Any, *args: Any, **kwargs: Any) -> None:
        tried.append(self)
        raise smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refused)
    now = timezone.now()
    for minutes in (0, 3, 6):
        reminder_sweep.sweep_reminders(now=now + dt.timedelta(minutes=minutes))
    assert len(tried) == 1 and Notice.objects.count() == 1


def test_two_sweeps_at_once_claim_a_reminder_once() -> None:
    row = a_step(due=DAY - dt.timedelta(minutes=1))
    pk, now = of(row)["1d"].pk, timezone.now()
    assert reminder_sweep.claim_reminder(pk, now=now) is not None
    assert reminder_sweep.claim_reminder(pk, now=now) is None


def test_somebody_without_an_address_has_the_notice(settings: Any) -> None:
    row = a_step(due=DAY - dt.timedelta(minutes=1))
    row.owner.email = ""
    row.owner.save(update_fields=["email", "email_folded"])
    reminder_sweep.sweep_reminders()
    assert not mail.outbox and Notice.objects.count() == 1 and of(row)["1d"].mailed_at


def test_a_new_plan_reminds_at_once_of_what_is_due_today_alone() -> None:
    case: Case = a_case()
    with time_machine.travel(dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC), tick=False):
        make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=timezone.now())
        reminder_sweep.sweep_reminders()
    assert len(mail.outbox) == 4, "of five steps, one is due tomorrow"


def test_the_command_does_what_beat_does(capsys: Any) -> None:
    a_step(due=DAY - dt.timedelta(minutes=1))
    User.objects.update(without_digest=True)  # tests/web/test_week_digest.py asks for the summaries
    heartbeat.record_heartbeat(heartbeat.DAILY)
    call_command("sweep", "--json")
    assert capsys.readouterr().out.strip() == '{"mails": 1, "jobs": 0}'
    assert len(mail.outbox) == 1
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"reminders", "jobs", "daily"}


def test_the_test_mail_goes_to_the_address_and_a_wrong_address_is_refused() -> None:
    call_command("send_test_email", "ana@office.example")
    assert [message.to for message in mail.outbox] == [["ana@office.example"]]
    with pytest.raises(Exception, match="not an e-mail address"):
        call_command("send_test_email", "nobody")
