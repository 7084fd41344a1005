"""While an owner is away, the deputy who may see the case reads and is reminded; else its lead; nobody else, and no owner changes."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.actions import end_absence, write_absence
from accounts.models import Absence, User
from advocacy import reminder_sweep
from advocacy.actions.milestones import assign, move
from advocacy.actions.plans import make_plan
from advocacy.models import Milestone, Reminder
from advocacy.models.standing_in import stand_ins
from casework.access import settle_rights
from casework.models import Membership
from tests.factories import a_case, on_case, put_on
from tests.people import a_person, signed_in
from web.pages.today_away import stood_in_for
from work.models import Notice

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def a_step(*, due: dt.timedelta = DAY, owner: str = "rui", lead: str = "ana", codename: str = "Heron") -> Milestone:
    """One open step of rui, on a case that ana leads, whose reminders were written long ago."""
    case, now = a_case(lead=a_person(lead), codename=codename), timezone.now()
    plan = make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=now + due, now=now - 30 * DAY)
    row: Milestone = plan.milestones.get(key="1")
    plan.milestones.exclude(pk=row.pk).delete()
    if owner != lead:
        person = on_case(case, owner, "researcher")
        row = assign(actor=case.lead, milestone=row, version=row.version, owner=person, now=now - 30 * DAY)
    return row


def away(person: User, deputy: User, *, last: int = 3) -> Absence:
    today = timezone.localdate()
    return write_absence(actor=person, person=person, deputy=deputy, begins_on=today, ends_on=today + last * DAY)


def today(client: Any, person: User) -> str:
    return str(signed_in(client.__class__(), person).get("/").content.decode())


def test_the_deputy_finds_the_step_on_today_with_for_whom_and_until_when(client: Any) -> None:
    row = a_step(due=-DAY)
    leila = on_case(row.case, "leila", "liaison")
    assert "For colleagues" not in today(client, leila)
    ends_on = away(row.owner, leila).ends_on
    text = today(client, leila)
    assert "For colleagues who are away" in text and row.title in text
    assert f"for Rui, away until {ends_on.day} {ends_on:%B} · Heron" in text and "1 day late" in text
    assert "For colleagues" not in today(client, a_person("ana")), "the lead has nothing to do with it"
    row.refresh_from_db()
    assert row.owner.username == "rui", "nothing changed owner"


def test_a_deputy_who_may_not_see_the_case_hears_nothing_and_its_lead_is_told(client: Any) -> None:
    row = a_step()
    sam = a_person("sam")
    away(row.owner, sam)
    text = today(client, sam)
    assert "Heron" not in text and row.title not in text and "For colleagues" not in text
    assert "for Rui, away until" in today(client, a_person("ana"))
    for _pass in range(2):
        reminder_sweep.sweep_reminders(now=row.due_at - dt.timedelta(minutes=30))
    assert sorted(message.to[0] for message in mail.outbox) == ["ana@office.example", "rui@office.example"]
    assert not Notice.objects.filter(user=sam).exclude(kind="accounts.absence.deputy").exists()


def lost(row: Milestone, deputy: User) -> None:
    Membership.objects.filter(case=row.case, user=deputy).update(ended_at=timezone.now())
    settle_rights(row.case, deputy)


def closed(row: Milestone, deputy: User) -> None:
    User.objects.filter(pk=deputy.pk).update(is_active=False)


def gone_too(row: Milestone, deputy: User) -> None:
    away(deputy, a_person("tomas"))


@pytest.mark.parametrize("how", [lost, closed, gone_too])
def test_where_the_deputy_can_no_more_the_lead_stands_in(how: Callable[[Milestone, User], None]) -> None:
    row = a_step()
    leila = on_case(row.case, "leila", "liaison")
    away(row.owner, leila)
    assert stand_ins([row.pk], day=timezone.localdate()) == {row.pk: leila.pk}
    how(row, leila)
    assert stand_ins([row.pk], day=timezone.localdate()) == {row.pk: row.case.lead_id}


def test_of_a_lead_who_is_away_with_a_deputy_beside_the_case_nobody_is_asked() -> None:
    row = a_step(owner="ana")
    away(row.owner, a_person("sam"))
    assert stand_ins([row.pk], day=timezone.localdate()) == {}


def test_before_and_after_the_days_nobody_stands_in() -> None:
    row = a_step()
    leila, day = on_case(row.case, "leila", "liaison"), timezone.localdate()
    absence = away(row.owner, leila, last=2)
    asked = {number: stand_ins([row.pk], day=day + number * DAY) for number in (-1, 0, 2, 3)}
    assert [bool(found) for found in asked.values()] == [False, True, True, False]
    end_absence(actor=row.owner, absence=absence)
    assert stand_ins([row.pk], day=day) == {}


def test_the_deputy_is_reminded_beside_the_owner_once(client: Any) -> None:
    row = a_step()
    leila = on_case(row.case, "leila", "liaison")
    away(row.owner, leila)
    Notice.objects.all().delete()
    for _time in range(3):
        reminder_sweep.sweep_reminders(now=row.due_at - dt.timedelta(minutes=30))
    assert sorted(message.to[0] for message in mail.outbox) == ["leila@office.example", "rui@office.example"]
    (to_deputy,) = [message for message in mail.outbox if message.to == ["leila@office.example"]]
    assert "whose owner is away: you stand in" in to_deputy.body
    whole = to_deputy.message().as_string()
    for word in (row.case.reference, row.case.codename, row.title, "Rui", str(row.case_id)):
        assert word not in whole
    kinds = set(Notice.objects.values_list("user__username", "kind"))
    assert kinds == {("rui", "advocacy.milestone.due_0d"), ("leila", "advocacy.milestone.due_away")}
    text = signed_in(client, leila).get("/notices/").content.decode()
    assert "A step is due, and you stand in for its owner: Rui" in text


def test_a_reminder_of_a_deputy_goes_when_the_date_moves_or_the_owner_is_back() -> None:
    row = a_step()
    leila = on_case(row.case, "leila", "liaison")
    absence = away(row.owner, leila)
    at = row.due_at - dt.timedelta(minutes=30)
    assert reminder_sweep.remind_stand_ins(now=at) == reminder_sweep.remind_stand_ins(now=at) > 0
    written = Reminder.objects.filter(owner=leila)
    assert set(written.values_list("stands_in_for__username", "dropped_at")) == {("rui", None)}
    end_absence(actor=row.owner, absence=absence)
    reminder_sweep.sweep_reminders(now=at)
    assert [message.to for message in mail.outbox] == [["rui@office.example"]]
    away(row.owner, leila)
    reminder_sweep.remind_stand_ins(now=at)
    move(actor=row.case.lead, milestone=row, version=row.version, due_at=row.due_at + 20 * DAY)
    assert not written.filter(dropped_at=None, mailed_at=None).exists()


def test_today_asks_as_often_for_twenty_steps_of_absent_colleagues_as_for_two(django_assert_num_queries: Any) -> None:
    leila = a_person("leila")
    row = a_step(codename="Case 0")
    put_on(row.case, leila, "liaison")
    away(row.owner, leila)
    for number in range(1, 20):
        put_on(a_step(codename=f"Case {number}").case, leila, "liaison")
        if number in (1, 19):
            stood_in_for(leila, now=timezone.now())
            with django_assert_num_queries(2):
                assert len(stood_in_for(leila, now=timezone.now())) == min(number + 1, 13)
