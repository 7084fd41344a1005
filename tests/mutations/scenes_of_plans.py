"""Plans: dates are counted from the start and move with it, what waits moves along on wish, reminders stand by the dates."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import drafts
from accounts.models import Draft
from advocacy import plan_columns, plan_templates, reminder_sweep
from advocacy.actions.milestones import assign, complete, drop, move, move_start, open_after, undo_done
from advocacy.actions.plans import end_plan, make_plan, owners_by_role
from advocacy.actions.reminders import remind_times
from advocacy.actions.told_days import born_at, seen_on
from advocacy.models import Milestone, MilestoneDependency, Plan, Reminder
from casework.access import NotAllowed, settle_rights
from casework.models import Membership
from directory.dates import office_time, working_days
from tests.factories import a_case, on_case
from tests.people import a_person
from work.models import Notice

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)


def world() -> SimpleNamespace:
    """Return a plan of six weeks that begins at nine on a Monday, a week from now or later, with its first four steps.

    2 waits for 1, 3 for 2.
    """
    case = a_case(codename="Heron")
    leila = on_case(case, "leila", "liaison")
    start = timezone.localtime(timezone.now()).replace(hour=9, minute=0, second=0, microsecond=0) + 8 * DAY
    start += (7 - start.weekday()) % 7 * DAY
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=start)
    plan.milestones.exclude(key__in=["1", "2", "3", "4"]).delete()
    MilestoneDependency.objects.filter(milestone__plan=plan).delete()
    rows = {row.key: row for row in plan.milestones.all()}
    MilestoneDependency.objects.create(milestone=rows["2"], needs=rows["1"])
    MilestoneDependency.objects.create(milestone=rows["3"], needs=rows["2"])
    return SimpleNamespace(case=case, plan=plan, ana=case.lead, leila=leila)


def step(world: Any, key: str) -> Milestone:
    """Return one step as it stands now."""
    return world.plan.milestones.get(key=key)  # type: ignore[no-any-return]


def dates(world: Any) -> dict[str, dt.datetime]:
    """Return when each step is due."""
    return dict(world.plan.milestones.values_list("key", "due_at"))


def reminded(row: Milestone) -> dict[str, dt.datetime]:
    """Return when a step is reminded of."""
    return {one.lead: one.remind_at for one in Reminder.objects.filter(milestone=row, dropped_at=None)}


def refusal(act: Any) -> str:
    """Return why something is refused, or nothing."""
    try:
        act()
    except ValidationError as refused:
        return " ".join(refused.messages)
    except NotAllowed:
        return "not allowed"
    return ""


def due_dates_are_counted_from_the_start(world: Any) -> None:
    case = a_case(codename="Quince")
    start = world.plan.starts_at
    for template in ("URGENT_72H", "SIX_WEEK"):
        plan = make_plan(actor=case.lead, case=case, template=template, starts_at=start)
        for row in plan_templates.steps(template):
            made = plan.milestones.get(key=row.key)
            hours = dt.timedelta(hours=row.offset_hours)
            is_in_hours = template == "URGENT_72H"
            in_weeks = working_days.next_open(max(office_time.later(start, hours), start + DAY), case.country)
            assert made.due_at == (start + hours if is_in_hours else in_weeks), row.key


def a_plan_of_hours_counts_hours_when_the_clocks_change(world: Any) -> None:
    case = a_case(codename="Quince")
    with timezone.override("Europe/Lisbon"):
        start = dt.datetime(2026, 10, 24, 8, 0, tzinfo=dt.UTC)
        hours = make_plan(actor=case.lead, case=case, template="URGENT_72H", starts_at=start, now=start)
        weeks = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=start, now=start)
        assert hours.milestones.get(key="9").due_at - start in {
            dt.timedelta(hours=row.offset_hours) for row in plan_templates.steps("URGENT_72H") if row.key == "9"
        }
        due = weeks.milestones.get(key="4").due_at
        assert timezone.localtime(due).hour == timezone.localtime(start).hour == 9
        assert due - start == dt.timedelta(hours=73)


def what_a_step_waits_for_is_that_of_the_template(world: Any) -> None:
    case = a_case(codename="Quince")
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=world.plan.starts_at)
    needs = {row.key: {one.needs.key for one in row.waits_for.all()} for row in plan.milestones.all()}
    assert needs["4"] == {"2", "3"} and needs["1"] == set() and needs["23"] == {"22"}
    repeated = {row.key for row in plan_templates.steps("SIX_WEEK") if row.repeat_days}
    assert needs["22"] == {row.key for row in plan_templates.steps("SIX_WEEK")} - repeated - {"22", "23"}


def the_owner_of_a_step_is_the_first_with_its_role_else_the_lead(world: Any) -> None:
    noor = on_case(world.case, "noor", "liaison")
    assert owners_by_role(world.case)["liaison"] == world.leila.pk != noor.pk
    Membership.objects.filter(user=world.leila).update(ended_at=timezone.now())
    assert owners_by_role(world.case)["liaison"] == noor.pk
    Membership.objects.filter(user=noor).update(until=timezone.now() - MINUTE)
    assert "liaison" not in owners_by_role(world.case)
    case = a_case(codename="Quince")
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=world.plan.starts_at)
    assert {row.owner_id for row in plan.milestones.all()} == {case.lead_id}


def one_template_runs_once_on_a_case(world: Any) -> None:
    make = {"actor": world.ana, "case": world.case, "starts_at": world.plan.starts_at}
    assert "runs already" in refusal(lambda: make_plan(template="SIX_WEEK", **make))
    assert refusal(lambda: make_plan(template="FALLBACK", **make)) == ""
    end_plan(actor=world.ana, plan=world.plan)
    assert refusal(lambda: make_plan(template="SIX_WEEK", **make)) == ""
    assert refusal(lambda: make_plan(template="SIX_WEEKS", **make)) != ""


def every_open_step_moves_with_the_start_and_so_do_its_reminders(world: Any) -> None:
    before = dates(world)
    done = step(world, "1")
    complete(actor=world.ana, milestone=done, version=done.version, evidence="Noted")
    move_start(actor=world.ana, plan=world.plan, starts_at=world.plan.starts_at + 3 * DAY)
    after = dates(world)
    assert {key: after[key] - before[key] for key in before} == {"1": DAY * 0, "2": 3 * DAY, "3": 3 * DAY, "4": 3 * DAY}
    for key in ("2", "3", "4"):
        row = step(world, key)
        assert {one.due_at for one in Reminder.objects.filter(milestone=row, dropped_at=None)} == {row.due_at}
        assert reminded(row)["7d"] == row.due_at - 7 * DAY and row.version == 2
    assert Plan.objects.get(pk=world.plan.pk).starts_at == world.plan.starts_at + 3 * DAY


def an_ended_plan_does_not_move(world: Any) -> None:
    end_plan(actor=world.ana, plan=world.plan)
    moved = lambda: move_start(actor=world.ana, plan=world.plan, starts_at=world.plan.starts_at + DAY)  # noqa: E731
    assert "has ended" in refusal(moved)
    assert not Reminder.objects.filter(dropped_at=None).exists()


def who_may_not_plan_moves_nothing(world: Any) -> None:
    row = step(world, "2")
    row.owner = a_person("sam")
    assert refusal(lambda: move_start(actor=world.leila, plan=world.plan, starts_at=row.due_at)) == "not allowed"
    assert refusal(lambda: drop(actor=a_person("sam"), milestone=row, version=1, reason="No")) == "not allowed"


def what_waits_for_a_step_moves_by_as_much_on_wish(world: Any) -> None:
    before, row = dates(world), step(world, "1")
    move(actor=world.ana, milestone=row, version=1, due_at=row.due_at + 2 * DAY, is_with_following=True)
    assert {key for key, at in dates(world).items() if at == before[key] + 2 * DAY} == {"1", "2", "3"}
    assert reminded(step(world, "3"))["1d"] == dates(world)["3"] - DAY
    row = step(world, "1")
    move(actor=world.ana, milestone=row, version=row.version, due_at=row.due_at + DAY)
    assert dates(world)["2"] == before["2"] + 2 * DAY, "without the wish it stays"


def what_is_over_does_not_wait(world: Any) -> None:
    row = step(world, "2")
    complete(actor=world.ana, milestone=row, version=row.version, evidence="Noted")
    assert [one.key for one in open_after(step(world, "1"))] == ["3"]
    row = step(world, "3")
    drop(actor=world.ana, milestone=row, version=row.version, reason="Not needed")
    assert open_after(step(world, "1")) == []


def nothing_moves_along_into_the_past(world: Any) -> None:
    row = step(world, "1")
    back = row.due_at - 21 * DAY
    told = refusal(lambda: move(actor=world.ana, milestone=row, version=1, due_at=back, is_with_following=True))
    assert "would be due in the past" in told
    assert refusal(lambda: move(actor=world.ana, milestone=row, version=1, due_at=back)) == ""


def a_step_that_is_over_stays_as_it_is(world: Any) -> None:
    row = step(world, "4")
    complete(actor=world.ana, milestone=row, version=1, evidence="Noted")
    assert "is over" in refusal(lambda: move(actor=world.ana, milestone=row, version=2, due_at=row.due_at))
    assert not reminded(row)


def a_step_is_done_with_evidence_and_dropped_with_a_reason(world: Any) -> None:
    row = step(world, "4")
    assert "shows that it is done" in refusal(lambda: complete(actor=world.ana, milestone=row, version=1, evidence=" "))
    assert "Say why" in refusal(lambda: drop(actor=world.ana, milestone=row, version=1, reason=" "))


def a_step_is_given_to_somebody_who_sees_the_case(world: Any) -> None:
    row = step(world, "4")
    sam = a_person("sam")
    assert "does not work on the case" in refusal(lambda: assign(actor=world.ana, milestone=row, version=1, owner=sam))
    row = step(world, "4")
    assign(actor=world.ana, milestone=row, version=row.version, owner=world.leila)
    assert {one.owner_id for one in Reminder.objects.filter(milestone=row, dropped_at=None)} == {world.leila.pk}


def what_is_done_is_taken_back_within_ten_minutes(world: Any) -> None:
    row, now = step(world, "4"), timezone.now()
    complete(actor=world.ana, milestone=row, version=1, evidence="Noted", now=now)
    late = now + 10 * MINUTE + dt.timedelta(seconds=1)
    assert "more than ten minutes" in refusal(lambda: undo_done(actor=world.ana, milestone=row, now=late))
    assert refusal(lambda: undo_done(actor=world.ana, milestone=row, now=now + 10 * MINUTE)) == ""
    assert step(world, "4").done_at is None and reminded(row)


def a_repeated_step_is_made_again(world: Any) -> None:
    now = timezone.now()
    Milestone.objects.filter(pk=step(world, "4").pk).update(repeat_days=14)
    row = step(world, "4")
    complete(actor=world.ana, milestone=row, version=1, evidence="Noted", now=now)
    (again,) = world.plan.milestones.filter(key="4", done_at=None)
    assert again.due_at == office_time.later(row.due_at, 14 * DAY) and reminded(again)
    late = row.due_at + 30 * DAY
    complete(actor=world.ana, milestone=again, version=1, evidence="Noted", now=late)
    soonest = working_days.next_open(late + 14 * DAY, world.case.country)
    assert world.plan.milestones.get(key="4", done_at=None).due_at == soonest
    undo_done(actor=world.ana, milestone=again, now=late)
    assert world.plan.milestones.filter(key="4", done_at=None, dropped_at=None).count() == 1


def a_date_is_reminded_of_seven_days_and_one_before_and_in_the_morning(world: Any) -> None:
    now = timezone.localtime(timezone.now()).replace(hour=12, minute=0, second=0, microsecond=0)
    due = (now + 20 * DAY).replace(hour=15)
    at = remind_times(due, now=now)
    assert at == {"7d": due - 7 * DAY, "1d": due - DAY, "0d": due.replace(hour=6)}
    assert remind_times(due.replace(hour=6, minute=30), now=now)["0d"] == due.replace(hour=5, minute=30)
    assert set(remind_times(now + 7 * DAY, now=now)) == {"1d", "0d"}, "an hour that has passed is left out"
    assert remind_times(now.replace(hour=15), now=now) == {"0d": now}, "what is due today is told at once"
    assert remind_times(now - DAY, now=now) == {}


def a_reminder_of_another_date_or_owner_is_dropped_and_comes_back_with_its_date(world: Any) -> None:
    row = step(world, "4")
    before = set(Reminder.objects.filter(milestone=row, dropped_at=None).values_list("pk", flat=True))
    move(actor=world.ana, milestone=row, version=1, due_at=row.due_at + DAY)
    now_stand = set(Reminder.objects.filter(milestone=row, dropped_at=None).values_list("pk", flat=True))
    assert before and not before & now_stand
    move(actor=world.ana, milestone=row, version=2, due_at=row.due_at)
    assert set(Reminder.objects.filter(milestone=row, dropped_at=None).values_list("pk", flat=True)) == before


def a_reminder_goes_once_to_who_still_has_the_case(world: Any) -> None:
    row = step(world, "4")
    Milestone.objects.filter(plan=world.plan).exclude(pk=row.pk).delete()
    at = row.due_at - DAY
    reminder_sweep.sweep_reminders(now=at - MINUTE)
    before = Notice.objects.count()
    assert before == 1, "the week's"
    for _twice in range(2):
        reminder_sweep.sweep_reminders(now=at)
    assert Notice.objects.count() == len(mail.outbox) == 2
    Membership.objects.filter(case=world.case, user=world.ana).update(ended_at=timezone.now())
    settle_rights(world.case, world.ana)
    reminder_sweep.sweep_reminders(now=row.due_at)
    assert Notice.objects.count() == 2
    mail.outbox.clear()


def only_the_latest_of_two_reminders_of_a_step_goes(world: Any) -> None:
    row = step(world, "4")
    Milestone.objects.filter(plan=world.plan).exclude(pk=row.pk).delete()
    reminder_sweep.sweep_reminders(now=row.due_at)
    assert list(Notice.objects.values_list("kind", flat=True)) == ["advocacy.milestone.due_0d"]
    mail.outbox.clear()


def a_claimed_reminder_waits_two_minutes(world: Any) -> None:
    row = step(world, "4")
    one = Reminder.objects.get(milestone=row, lead="1d", dropped_at=None)
    now = one.remind_at
    assert reminder_sweep.claim_reminder(one.pk, now=now) is not None
    again = [reminder_sweep.claim_reminder(one.pk, now=now + wait) for wait in (MINUTE, 2 * MINUTE)]
    assert again == [None, None]
    assert reminder_sweep.claim_reminder(one.pk, now=now + 2 * MINUTE + dt.timedelta(seconds=1)) is not None


def an_ended_plan_reminds_nobody(world: Any) -> None:
    row = step(world, "4")
    Plan.objects.filter(pk=world.plan.pk).update(ended_at=timezone.now())
    for one in Reminder.objects.filter(milestone=row, dropped_at=None):
        assert reminder_sweep.claim_reminder(one.pk, now=row.due_at) is None
    assert reminder_sweep.sweep_reminders(now=row.due_at) == 0 and not Notice.objects.exists()


def the_columns_of_a_plan_are_its_weeks(world: Any) -> None:
    start, now = world.plan.starts_at, world.plan.starts_at + 8 * DAY
    columns = plan_columns.columns_of(world.plan, last_due=start + 20 * DAY, now=now)
    assert len(columns) == 6 and [column.is_now for column in columns].index(True) == 1
    assert plan_columns.column_of(start + 7 * DAY, columns) == 1 and plan_columns.column_of(start - DAY, columns) == 0
    longer = plan_columns.columns_of(world.plan, last_due=start + 42 * DAY, now=now)
    assert len(longer) == 7 and plan_columns.column_of(start + 90 * DAY, longer) == 6


def what_was_told_of_a_day_is_about_and_never_guessed(world: Any) -> None:
    today = dt.date(2026, 11, 20)
    assert seen_on("yesterday, in the evening", today) == ("2026-11-19~", False)
    assert seen_on("today", today) == ("2026-11-20~", True) and seen_on("today", today, is_told_today=False)[0] == ""
    assert seen_on("14 March 2025", today) == ("2025-03-14~", True) and seen_on("2027-01-01", today) == ("", False)
    assert (born_at("40", today), born_at("0", today), born_at("120", today)) == ("1985/1986", "", "")


# Forms that came too late: sealed, of that person alone, kept a week.


def kept(world: Any, now: dt.datetime, path: str = "/notices/") -> Draft | None:
    """Keep a form of ana."""
    fields = [("note", "His mother is ill."), ("password", "open sesame"), ("csrfmiddlewaretoken", "token")]
    return drafts.keep_draft(person=world.ana, request_path=path, fields=fields, now=now)


def a_kept_form_is_of_its_writer_alone_for_a_week(world: Any) -> None:
    now = timezone.now()
    row = kept(world, now)
    assert row is not None and list(Draft.objects.of(world.ana, now)) == [row]
    assert not Draft.objects.of(world.leila, now).exists()
    assert Draft.objects.of(world.ana, now + 7 * DAY - MINUTE).exists()
    assert not Draft.objects.of(world.ana, now + 7 * DAY).exists()
    assert list(Draft.objects.expired(now + 7 * DAY)) == [row] and not Draft.objects.expired(now).exists()


def a_kept_form_holds_no_password_and_lies_sealed(world: Any) -> None:
    row = kept(world, timezone.now())
    assert row is not None and row.fields() == [("note", "His mother is ill.")]
    assert drafts.is_secret("password1") and drafts.is_secret("code") and not drafts.is_secret("note")


def a_kept_form_of_a_case_is_shown_to_who_still_sees_it(world: Any) -> None:
    now = timezone.now()
    row = kept(world, now, f"/cases/{world.case.reference}/")
    assert row is not None and drafts.may_reopen(world.ana, row) and not drafts.may_reopen(a_person("sam"), row)
    Membership.objects.filter(case=world.case, user=world.ana).update(ended_at=now)
    settle_rights(world.case, world.ana)
    assert not drafts.may_reopen(world.ana, row)
