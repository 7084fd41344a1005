"""The summary of the week goes to each person once, on the first working day, in numbers and without any case."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Absence, User
from advocacy.models import Milestone, WeekDigest
from audit.trail import record
from casework.access import settle_rights
from casework.models import Case, Membership
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from tests.web.test_load import a_bare_plan, a_step, waits
from web import digests
from work import heartbeat
from work.models import Notice

pytestmark = pytest.mark.django_db
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
MONDAY = dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_a_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def a_late_step() -> Milestone:
    """One late step of ana, of a case for which somebody did something today."""
    case = a_case(codename="Heron")
    record(actor=case.lead, verb="casework.event.added", case=case)
    return a_step(a_bare_plan(case), "Ring the ministry", -DAY)


def summaries() -> list[Any]:
    return list(Notice.objects.filter(kind="advocacy.digest.week"))


def test_each_person_is_told_once_a_week_by_mail_and_in_the_app(client: Any) -> None:
    row = a_late_step()
    for minutes in (0, 1, 5, 60 * 24, 60 * 96):
        digests.sweep_digests(now=MONDAY + minutes * MINUTE)
    (sent,), (told,) = mail.outbox, summaries()
    assert sent.to == [row.owner.email] and told.user == row.owner
    assert WeekDigest.objects.get(person=row.owner).mailed_at
    digests.sweep_digests(now=MONDAY + 7 * DAY)
    assert len(mail.outbox) == len(summaries()) == 2
    text = signed_in(client, row.owner).get("/notices/").content.decode()
    assert "Your week, in numbers" in text and 'href="/load/"' in text


def test_the_mail_holds_numbers_and_a_link_and_nothing_of_a_case() -> None:
    row = a_late_step()
    plan, ana, rui = row.plan, row.owner, on_case(row.case, "rui", "researcher")
    waits(a_step(plan, "Write", 2 * DAY), row)
    a_step(plan, "Call", 3 * DAY)
    a_step(plan, "Ask", DAY, owner=rui)
    a_case(codename="Quince", at=MONDAY - 40 * DAY)
    today = timezone.localdate()
    Absence.objects.create(user=rui, deputy=ana, written_by=rui, begins_on=today, ends_on=today + DAY)
    digests.sweep_digests(now=MONDAY)
    (sent,) = [message for message in mail.outbox if message.to == [ana.email]]
    for sentence in (
        "1 step of yours is late.",
        "2 steps of yours are due in 7 days.",
        "1 step of yours waits for another one.",
        "1 step of a colleague who is away is late or due in 7 days: you stand in.",
        "For 1 case that you lead nothing was done in three weeks.",
    ):
        assert sentence in sent.body
    whole = sent.message().as_string()
    for word in ("Heron", "Quince", row.case.reference, "ministry", "Rui", str(row.case_id), str(plan.pk)):
        assert word not in whole
    assert sent.body.count("/load/") == 1


@pytest.mark.parametrize(
    ("at", "begins_on"),
    [
        ((2027, 3, 1, 5, 59), None),
        ((2027, 3, 1, 6, 0), dt.date(2027, 3, 1)),
        ((2027, 3, 2, 5, 59), None),
        ((2027, 3, 2, 6, 0), dt.date(2027, 3, 1)),
        ((2027, 3, 5, 23, 59), dt.date(2027, 3, 1)),
        ((2027, 3, 6, 12, 0), None),
        ((2027, 3, 7, 12, 0), None),
    ],
)
def test_a_week_begins_on_the_first_working_day_at_six(at: tuple[int, ...], begins_on: dt.date | None) -> None:
    office_time = dt.datetime(*at, tzinfo=timezone.get_default_timezone())  # type: ignore[arg-type]
    assert digests.week_begins_on(office_time) == begins_on


def test_a_monday_on_which_the_machine_was_off_is_made_up_for() -> None:
    a_late_step()
    digests.sweep_digests(now=MONDAY - DAY)
    assert not mail.outbox
    digests.sweep_digests(now=MONDAY + 2 * DAY)
    assert len(mail.outbox) == 1


def off(row: Milestone) -> None:
    User.objects.filter(pk=row.owner_id).update(without_digest=True)


def gone(row: Milestone) -> None:
    User.objects.filter(pk=row.owner_id).update(is_active=False)


def lost(row: Milestone) -> None:
    Membership.objects.filter(case=row.case, user=row.owner).update(ended_at=timezone.now())
    settle_rights(Case.objects.get(pk=row.case_id), row.owner)


@pytest.mark.parametrize("how", [off, gone, lost])
@pytest.mark.parametrize("is_late", [False, True])
def test_nobody_is_told_who_switched_it_off_may_not_sign_in_or_lost_the_case(how: Any, is_late: bool) -> None:
    row = a_late_step()
    Case.objects.filter(pk=row.case_id).update(lead=a_person("tomas"))
    if is_late:  # between the writing and the sending
        digests.write_digests(now=MONDAY)
    how(row)
    digests.sweep_digests(now=MONDAY)
    assert not mail.outbox and not summaries()
    assert not WeekDigest.objects.filter(mailed_at=None, dropped_at=None).exists()


def test_who_has_nothing_to_do_and_who_reviews_from_outside_hears_nothing() -> None:
    a_person("sam")
    row = a_late_step()
    omar = on_case(row.case, "omar", "outside_reviewer")
    a_step(row.plan, "Look", -DAY, owner=omar)
    digests.sweep_digests(now=MONDAY)
    assert [message.to for message in mail.outbox] == [[row.owner.email]]
    assert not WeekDigest.objects.filter(person=omar).exists()


def test_it_is_switched_off_in_my_account(client: Any) -> None:
    ana = a_late_step().owner
    signed_in(client, ana)
    assert "No summary of the week" in client.get("/account/").content.decode()
    told = {"name": ana.name, "language": "en", "theme": "system", "without_digest": "on"}
    assert client.post("/account/", told).status_code == 302
    digests.sweep_digests(now=MONDAY)
    assert not mail.outbox


def test_two_sweeps_at_once_claim_a_summary_once() -> None:
    row = a_late_step()
    digests.write_digests(now=MONDAY)
    assert digests.write_digests(now=MONDAY) == 0
    pk = WeekDigest.objects.get(person=row.owner).pk
    assert digests.claim_digest(pk, now=MONDAY) is not None
    assert digests.claim_digest(pk, now=MONDAY) is None


def test_a_claimed_and_unmarked_summary_goes_again_after_two_minutes_under_the_same_id(monkeypatch: Any) -> None:
    row = a_late_step()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", killed)
        with pytest.raises(KeyboardInterrupt):
            digests.sweep_digests(now=MONDAY)
    digest = WeekDigest.objects.get(person=row.owner)
    assert digest.claimed_at and digest.mailed_at is None and len(summaries()) == 1
    digests.sweep_digests(now=MONDAY + MINUTE)
    assert not mail.outbox, "another worker may still be at it"
    digests.sweep_digests(now=MONDAY + 3 * MINUTE)
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [digests.message_id(digest)]
    assert len(summaries()) == 1


def test_the_command_does_what_beat_does(capsys: Any) -> None:
    a_late_step()
    heartbeat.record_heartbeat(heartbeat.DAILY)
    call_command("sweep", "--json")
    assert capsys.readouterr().out.startswith('{"mails": 1,') and len(mail.outbox) == 1
