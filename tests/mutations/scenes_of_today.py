"""What Today shows one person: what is late, the next seven days, what ends within fourteen, what waits for them, and whose."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from advocacy.actions.plans import make_plan
from advocacy.models import Milestone
from casework.access import settle_rights
from casework.models import Consent, Membership
from materials.leaving.page_expiry import grace
from safety.actions.holds import ask_to_lift, hold
from safety.models import Hold, RiskAssessment
from tests.factories import a_case, a_consent, on_case
from tests.gate.near_misses import triggers_off
from tests.gate.ready import a_signed_assessment
from tests.people import a_person
from web import sweeps
from web.pages import today_dates, today_waiting
from web.pages.today import today_page
from work import heartbeat
from work.models import Notice

DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


def world() -> SimpleNamespace:
    """Return ana's case with leila and rui on it, and a case of somebody else."""
    case = a_case(codename="Heron")
    other = a_case(codename="Quince", lead=a_person("tomas"))
    leila, rui = on_case(case, "leila", "liaison"), on_case(case, "rui", "reviewer")
    return SimpleNamespace(
        case=case, other=other, ana=case.lead, leila=leila, rui=rui, dara=on_case(case, "dara", "director")
    )


def steps(case: Any, *due: dt.datetime, owner: Any = None) -> list[Milestone]:
    """Return steps of a plan of this case, due then, and no others."""
    plan = case.plans.filter(template="SIX_WEEK").first() or make_plan(
        actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now()
    )
    rows = list(plan.milestones.order_by("key")[: len(due)])
    plan.milestones.exclude(pk__in=[row.pk for row in rows]).delete()
    for row, at in zip(rows, due, strict=True):
        row.due_at, row.owner = at, owner or case.lead
        row.save()
    return rows


def open_of(world: Any, **options: Any) -> Any:
    """Return whose steps are asked for: those of ana."""
    return {"user": world.ana, "is_all": options.get("is_all", False)}


def midnight(now: dt.datetime) -> dt.datetime:
    """Return the beginning of the day of the office."""
    return timezone.make_aware(dt.datetime.combine(timezone.localdate(now), dt.time()))


def what_is_due_before_now_is_overdue_and_the_oldest_stands_first(world: Any) -> None:
    now = timezone.now()
    rows = steps(world.case, now - DAY, now - 2 * DAY, now, now + MINUTE)
    late = today_dates.overdue(**open_of(world), now=now)
    assert [row.due_at for row in late.rows] == [rows[1].due_at, rows[0].due_at] and late.number == 2
    assert [row.late for row in late.rows] == ["2 days late", "1 day late"]


def seven_days_are_shown_and_today_is_the_first(world: Any) -> None:
    now = timezone.now()
    end = midnight(now) + 7 * DAY
    steps(world.case, now - MINUTE, now, end - MINUTE, end, end + DAY - MINUTE)
    week, days = today_dates.next_days(**open_of(world), now=now)
    assert [row.due_at for row in week.rows] == [now, end - MINUTE]
    assert len(days) == 7 and [day.number for day in days] == [1, 0, 0, 0, 0, 0, 1]
    assert [day.is_today for day in days] == [True, *[False] * 6]
    assert [len(day.rows) for day in days] == [day.number for day in days]


def a_week_fuller_than_the_page_is_counted_by_a_question_of_its_own(world: Any) -> None:
    now = timezone.now()
    steps(world.case, *[now] * (today_dates.SHOWN + 1))
    week, days = today_dates.next_days(**open_of(world), now=now)
    assert (len(week.rows), week.number, days[0].number) == (today_dates.SHOWN, *[today_dates.SHOWN + 1] * 2)


def a_list_is_cut_and_counted_to_a_hundred(world: Any) -> None:
    assert today_dates.CountedSteps([], 100).count == "100" and today_dates.CountedSteps([], 101).count == "100+"
    assert today_dates.CountedSteps([], 1).is_more and not today_dates.CountedSteps([], 0).is_more


def my_steps_are_mine_and_those_of_my_cases_are_all_i_may_see(world: Any) -> None:
    now = timezone.now()
    steps(world.case, now - DAY, owner=world.leila)
    steps(world.other, now - DAY)
    late = [today_dates.overdue(**open_of(world, is_all=is_all), now=now).number for is_all in (False, True)]
    assert late == [0, 1]


def a_step_on_a_case_that_was_taken_away_is_nobodys(world: Any) -> None:
    now = timezone.now()
    steps(world.case, now - DAY, owner=world.leila)
    assert today_dates.overdue(world.leila, is_all=False, now=now).number == 1
    Membership.objects.filter(case=world.case, user=world.leila).update(ended_at=now)
    settle_rights(world.case, world.leila)
    for is_all in (False, True):
        assert today_dates.overdue(world.leila, is_all=is_all, now=now).number == 0


def what_is_done_dropped_or_ended_is_not_late(world: Any) -> None:
    now = timezone.now()
    done, dropped, open_one = steps(world.case, now - DAY, now - DAY, now - 3 * DAY)
    Milestone.objects.filter(pk=done.pk).delete()
    dropped.dropped_at = now
    dropped.save()
    assert [row.due_at for row in today_dates.overdue(**open_of(world), now=now).rows] == [open_one.due_at]
    world.case.plans.update(ended_at=now)
    assert today_dates.overdue(**open_of(world), now=now).number == 0


def labels(world: Any, now: dt.datetime, user: Any = None) -> list[str]:
    """Return what ends, as Today lists it; the reference beside the codename is left out."""
    reference = f" {world.case.reference}"
    return [row.label.replace(reference, "") for row in today_dates.ending(user or world.ana, now=now)]


def a_consent_ending(world: Any, at: dt.datetime, **fields: Any) -> Consent:
    """Return a consent that ends then; `fields` change afterwards."""
    row = a_consent(world.case, until_at=at, granted_until=at, status=fields.pop("status", "CS_GIVEN"))
    with triggers_off():
        Consent.objects.filter(pk=row.pk).update(**(fields or {"until_at": at}))
    return row


def a_consent_stands_here_fourteen_days_before_its_end(world: Any) -> None:
    now = timezone.now()
    row = a_consent_ending(world, now + 14 * DAY)
    assert labels(world, now) == ["Consent, Heron"]
    assert labels(world, now - MINUTE) == [] and labels(world, row.until_at) == []
    assert labels(world, now, world.other.lead) == []


def a_consent_that_is_over_or_allows_nothing_does_not_end(world: Any) -> None:
    now = timezone.now()
    a_consent_ending(world, now + DAY, withdrawn_at=now)
    a_consent_ending(world, now + DAY, status="CS_REFUSED")
    a_consent_ending(world, now + DAY, removed_at=now)
    assert labels(world, now) == []


def an_assessment_ending(world: Any, at: dt.datetime, **fields: Any) -> RiskAssessment:
    """Return a signed assessment of the case that ends then."""
    begun = at - 60 * DAY
    return a_signed_assessment(
        world.case, author=world.ana, signer=world.rui, at=begun, expires_at=at, granted_until=at, **fields
    )


def an_assessment_stands_here_fourteen_days_before_and_thirty_after_its_end(world: Any) -> None:
    now = timezone.now()
    an_assessment_ending(world, now + 14 * DAY)
    for shown_at in (now, now + 20 * DAY, now + 44 * DAY - MINUTE):
        assert labels(world, shown_at) == ["Risk assessment, Heron"], shown_at
    for hidden_at in (now - MINUTE, now + 44 * DAY):
        assert labels(world, hidden_at) == [], hidden_at


def an_assessment_that_a_newer_one_overtook_does_not_stand_here(world: Any) -> None:
    now = timezone.now()
    an_assessment_ending(world, now + DAY)
    an_assessment_ending(world, now + 40 * DAY)
    assert labels(world, now) == []
    assert labels(world, now + 30 * DAY) == ["Risk assessment, Heron"]


def an_assessment_that_nobody_signed_or_somebody_ended_does_not_end(world: Any) -> None:
    now = timezone.now()
    an_assessment_ending(world, now + DAY, ended_at=now, ended_by=world.rui, end_reason="Moved")
    assert labels(world, now) == []


def what_ends_is_red_on_its_day_and_stands_out_within_seven(world: Any) -> None:
    now = timezone.now()
    ends = {}
    for name, ahead in (("day", DAY - MINUTE), ("one", DAY), ("seven", 7 * DAY - MINUTE), ("later", 7 * DAY)):
        row = today_dates._ending(now + ahead, name, "", now)
        ends[name] = [bool(row.late), bool(row.soon), bool(row.when)]
    assert ends == {
        "day": [True, False, False],
        "one": [False, True, False],
        "seven": [False, True, False],
        "later": [False, False, True],
    }
    assert "ended" in today_dates._ending(now, "over", "", now).late


def the_soonest_end_stands_first(world: Any) -> None:
    now = timezone.now()
    a_consent_ending(world, now + 3 * DAY)
    an_assessment_ending(world, now + 2 * DAY)
    a_consent_ending(world, now + DAY)
    assert labels(world, now) == ["Consent, Heron", "Risk assessment, Heron", "Consent, Heron"]


def waits(user: Any, now: dt.datetime | None = None) -> list[str]:
    """Return what waits for somebody."""
    return [row.label for row in today_waiting.waiting_for(user, now=now or timezone.now())]


def an_assessment_to_sign_waits_for_who_may_sign_it_and_did_not_write_it(world: Any) -> None:
    leave = {"case": world.case, "kind": "full", "danger_now": "some", "level": "RL_LOW", "written_at": timezone.now()}
    RiskAssessment.objects.create(number=1, author=world.ana, **leave)
    assert waits(world.rui) == ["Risk assessment, full"] and waits(world.ana) == waits(world.leila) == []
    assert waits(a_person("sam")) == []
    RiskAssessment.objects.create(number=2, author=world.rui, **leave)
    assert waits(world.rui) == [], "what they wrote themselves is signed by somebody else, and the older is overtaken"
    assert waits(world.dara) == ["Risk assessment, full"]


def a_high_risk_waits_for_a_director_until_one_signs(world: Any) -> None:
    row = a_signed_assessment(world.case, author=world.ana, signer=world.rui, level="RL_HIGH")
    assert waits(world.dara) == ["Risk assessment, full"] and waits(world.rui) == []
    assert waits(world.dara, row.expires_at + MINUTE) == []


def a_low_risk_waits_for_no_director(world: Any) -> None:
    a_signed_assessment(world.case, author=world.ana, signer=world.rui, level="RL_LOW")
    assert waits(world.dara) == []


def who_signed_a_high_risk_is_not_asked_as_its_director(world: Any) -> None:
    a_signed_assessment(world.case, author=world.ana, signer=world.dara, level="RL_HIGH")
    assert waits(world.dara) == []


def a_lift_waits_for_somebody_else_than_who_asked(world: Any) -> None:
    order = hold(actor=world.ana, case=world.case, reason="Moved", kind="until_lifted")
    assert waits(world.dara) == []
    ask_to_lift(actor=world.rui, hold=order, reason="He is back.")
    assert waits(world.dara) == ["Lift the hold?"] and waits(world.rui) == [] and waits(world.leila) == []


def who_asks_to_join_waits_for_who_manages_the_case(world: Any) -> None:
    sam = a_person("sam")
    Membership.objects.create(case=world.case, user=sam, granted_by=sam, role="reader")
    assert waits(world.ana) == ["Agree to a person on the case"] and waits(sam) == waits(world.other.lead) == []


def what_waits_longest_stands_first(world: Any) -> None:
    sam = a_person("sam")
    long_ago = timezone.now() - 3 * DAY
    leave = {"case": world.case, "kind": "full", "danger_now": "some", "level": "RL_LOW"}
    RiskAssessment.objects.create(number=1, author=world.ana, written_at=timezone.now() - DAY, **leave)
    on_case(world.case, "noor", "coordinator")
    Membership.objects.create(case=world.case, user=sam, granted_by=sam, role="reader", granted_at=long_ago)
    order = hold(actor=world.ana, case=world.case, reason="Moved", kind="until_lifted")
    ask_to_lift(actor=world.ana, hold=order, reason="He is back.")
    assert waits(world.rui) == ["Risk assessment, full", "Lift the hold?"]


def holds_are_those_of_my_cases_their_group_and_country_and_of_the_office(world: Any) -> None:
    now = timezone.now()
    told = {"scope": "country", "kind": "until_lifted", "held_by": world.ana}
    Hold.objects.create(country=world.case.country, reason="Here", **told)
    Hold.objects.create(country="IRN", reason="There", **told)
    Hold.objects.create(scope="office", kind="until_lifted", held_by=world.ana, reason="Everywhere")
    hold(actor=world.other.lead, case=world.other, reason="Not mine", kind="until_lifted")
    mine = hold(actor=world.ana, case=world.case, reason="Mine", kind="until_lifted")
    found = [row.reason for row in today_waiting.holds_of(world.ana, now=now + MINUTE)]
    assert found[0] == mine.reason and set(found) == {"Mine", "Here", "Everywhere"}
    assert [row.reason for row in today_waiting.holds_of(a_person("sam"), now=now + MINUTE)] == ["Everywhere"]


def the_next_step_is_what_waits_then_what_is_late_then_what_comes(world: Any) -> None:
    now = timezone.now()
    row, _other = steps(world.case, now + 2 * MINUTE, now + 3 * MINUTE)
    assert "is due" in str(today_page(world.ana, is_all=False).next)
    row.due_at = now - DAY
    row.save()
    assert "is overdue" in str(today_page(world.ana, is_all=False).next)
    sam = a_person("sam")
    Membership.objects.create(case=world.case, user=sam, granted_by=sam, role="reader")
    assert "waits for your answer" in str(today_page(world.ana, is_all=False).next)


def a_precaution_is_an_alarm_before_everything(world: Any) -> None:
    steps(world.case, timezone.now() - DAY)
    assert today_page(world.ana, is_all=False).alarm is None
    hold(actor=world.leila, case=world.case, reason="His brother was summoned.")
    page = today_page(world.ana, is_all=False)
    assert page.alarm is not None and page.next is None


def a_hold_until_it_is_lifted_is_no_alarm_and_hides_none(world: Any) -> None:
    mine = a_case(codename="Marram")
    hold(actor=world.leila, case=world.case, reason="His brother was summoned.")
    hold(actor=world.ana, case=mine, reason="Moved", kind="until_lifted")
    alarm = today_page(world.ana, is_all=False).alarm
    assert alarm is not None and "Heron" in alarm.title


def a_lead_is_told_within_seven_days_of_an_end_once(world: Any) -> None:
    now = timezone.now()
    a_consent_ending(world, now + 7 * DAY)
    an_assessment_ending(world, now + 7 * DAY)
    sweeps.daily(now=now - MINUTE)
    assert not Notice.objects.exists()
    sweeps.daily(now=now)
    assert Notice.objects.count() == 2
    sweeps.daily(now=now + DAY)
    kinds = sorted(Notice.objects.filter(user=world.ana).values_list("kind", flat=True))
    assert kinds == ["casework.consent.ends", "safety.assessment.ends"] and Notice.objects.count() == 2


def nobody_is_told_of_what_is_over(world: Any) -> None:
    now = timezone.now()
    a_consent_ending(world, now + DAY, withdrawn_at=now)
    a_consent_ending(world, now + DAY, removed_at=now)
    an_assessment_ending(world, now + DAY, ended_at=now, ended_by=world.rui, end_reason="Moved")
    sweeps.daily(now=now)
    sweeps.daily(now=now + 3 * DAY)
    assert not Notice.objects.exists()


def what_is_done_daily_is_made_good_after_a_day_and_an_hour(world: Any) -> None:
    now = timezone.now()
    assert sweeps.catch_up(now=now)
    assert not sweeps.catch_up(now=now + DAY + 59 * MINUTE) and sweeps.catch_up(now=now + DAY + 60 * MINUTE)


def five_minutes_without_a_sweep_are_late(world: Any) -> None:
    now = timezone.now()
    assert heartbeat.is_late(None, now=now)
    heartbeat.record_heartbeat(heartbeat.REMINDERS, at=now)
    last = heartbeat.last_sweep()
    late = [heartbeat.is_late(last, now=now + number * MINUTE) for number in (4, 5)]
    assert late == [False, False] and heartbeat.is_late(last, now=now + 5 * MINUTE + dt.timedelta(seconds=1))


def the_days_of_grace_are_doubled_by_two_people_alone(world: Any) -> None:
    counts, waiting = SimpleNamespace(counts=True), SimpleNamespace(counts=False)
    days = [grace(3, row).days for row in (None, waiting, counts)]  # type: ignore[arg-type]
    assert days == [3, 3, 6]
