"""What people do with the steps of a plan, through the pages."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.actions.plans import make_plan
from advocacy.models import Milestone, Plan, Reminder
from audit.models import Entry
from casework.models import Case
from safety.actions.holds import hold
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def a_running_plan(template: str = "SIX_WEEK", *, started: dt.timedelta = dt.timedelta(0)) -> Plan:
    case = a_case()
    for username, role in (("leila", "liaison"), ("rui", "reviewer"), ("tomas", "legal"), ("dara", "reader")):
        on_case(case, username, role)
    return make_plan(
        actor=case.lead, case=case, template=template, starts_at=timezone.now() - started, now=timezone.now() - started
    )


def step(plan: Plan, key: str) -> Milestone:
    return plan.milestones.filter(key=key).earliest("due_at")


def post(client: Any, act: str, row: Milestone, **data: Any) -> Any:
    data.setdefault("version", row.version)
    return client.post(reverse(f"advocacy:{act}_milestone", args=[row.case.reference, row.pk]), data)


def page(client: Any, row: Milestone) -> str:
    answer = client.get(reverse("advocacy:milestone", args=[row.case.reference, row.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_step_is_completed_with_evidence_and_can_be_undone_within_ten_minutes(client: Any) -> None:
    row = step(a_running_plan(), "1")
    signed_in(client, row.case.lead)
    refused = post(client, "complete", row, evidence="  ")
    assert refused.status_code == 422 and "Say what shows that it is done." in refused.content.decode()
    assert post(client, "complete", row, evidence="Packet at minimum set").status_code == 302
    row.refresh_from_db()
    assert (row.done_by, row.evidence) == (row.case.lead, "Packet at minimum set")
    assert not Reminder.objects.due(at=row.due_at).filter(milestone=row).exists()
    shown = page(client, row)
    assert "Take it back" in shown and ">Undo<" not in shown, "one way back is enough"
    post(client, "undo", row)
    row.refresh_from_db()
    assert row.done_at is None
    assert list(Entry.objects.order_by("-sequence").values_list("verb", flat=True)[:2]) == [
        "advocacy.milestone.undone",
        "advocacy.milestone.done",
    ]


def test_what_was_done_longer_ago_stays_done(client: Any) -> None:
    row = step(a_running_plan(), "1")
    signed_in(client, row.case.lead)
    post(client, "complete", row, evidence="Noted")
    Milestone.objects.filter(pk=row.pk).update(done_at=timezone.now() - dt.timedelta(minutes=11))
    assert "Take it back" not in page(client, row)
    post(client, "undo", row)
    row.refresh_from_db()
    assert row.done_at is not None


def test_a_repeated_step_is_made_again_when_it_is_done_and_the_undo_drops_it(client: Any) -> None:
    plan = a_running_plan()
    row = step(plan, "R2")
    signed_in(client, plan.case.lead)
    post(client, "complete", row, evidence="Talked on Monday")
    again = plan.milestones.get(key="R2", done_at=None)
    assert again.due_at == row.due_at + dt.timedelta(days=14)
    assert (again.title, again.owner, again.repeat_days) == (row.title, row.owner, 14)
    assert Reminder.objects.filter(milestone=again).exists()
    post(client, "undo", row)
    assert plan.milestones.get(key="R2", done_at=None, dropped_at=None).pk == row.pk


def test_completing_before_its_conditions_warns_and_asks_nothing(client: Any) -> None:
    plan = a_running_plan()
    row = step(plan, "13")
    signed_in(client, plan.case.lead)
    text = page(client, row)
    assert "This step waits for 2 others" in text
    assert "Go / no-go review for public phase" in text
    assert post(client, "complete", row, evidence="Agreed by telephone").status_code == 302
    row.refresh_from_db()
    assert row.done_at


def test_a_step_moves_with_its_reminders(client: Any) -> None:
    row = step(a_running_plan(), "12")
    signed_in(client, row.case.lead)
    to = timezone.localdate(row.due_at) + dt.timedelta(days=5)
    assert post(client, "move", row, on=to.isoformat(), hour="14:30").status_code == 302
    row.refresh_from_db()
    assert row.due_at == dt.datetime.combine(to, dt.time(14, 30), tzinfo=dt.UTC)
    assert set(Reminder.objects.filter(milestone=row, dropped_at=None).values_list("due_at", flat=True)) == {row.due_at}
    kept = row.due_at
    post(client, "move", row, on=(to + dt.timedelta(days=1)).isoformat(), hour="")
    row.refresh_from_db()
    assert row.due_at == kept + dt.timedelta(days=1), "without an hour the hour stays"


def test_a_step_is_given_only_to_somebody_who_works_on_the_case(client: Any) -> None:
    row = step(a_running_plan(), "5")
    signed_in(client, row.case.lead)
    assert post(client, "assign", row, owner=a_person("sam").pk).status_code == 422
    assert post(client, "assign", row, owner=a_person("tomas").pk).status_code == 302
    row.refresh_from_db()
    assert row.owner == a_person("tomas")


def test_a_dropped_step_says_why_and_stays_readable(client: Any) -> None:
    row = step(a_running_plan(), "7")
    signed_in(client, row.case.lead)
    assert post(client, "drop", row, reason="").status_code == 422
    assert post(client, "drop", row, reason="The envoy retired.").status_code == 302
    text = page(client, row)
    assert "Dropped: The envoy retired." in text and "Complete the step" not in text
    plan_page = client.get(reverse("advocacy:plan", args=[row.case.reference])).content.decode()
    assert "Dropped steps" in plan_page


def test_two_people_at_one_step_lose_nothing(client: Any) -> None:
    row = step(a_running_plan(), "5")
    signed_in(client, row.case.lead)
    stale = row.version
    post(client, "note", row, note="First words")
    answer = post(client, "note", row, version=stale, note="Second words")
    text = answer.content.decode()
    assert answer.status_code == 409 and "First words" in text and "Second words" in text
    assert "You saved this yourself on" in text
    differs = " ".join(text.partition('id="differs-h"')[2].partition("</section>")[0].split())
    assert ">Note<" in differs and "Who does it" not in differs, "what only stands beside the question does not differ"
    row.refresh_from_db()
    assert row.note == "First words"
    assert post(client, "note", row, note="Second words").status_code == 302


@pytest.mark.parametrize("act", ["complete", "move", "assign", "note", "drop", "undo"])
def test_who_may_not_plan_changes_no_step_of_another(client: Any, act: str) -> None:
    row = step(a_running_plan(), "5")
    given = {"evidence": "x", "on": "2027-01-01", "owner": a_person("dara").pk, "note": "x", "reason": "x"}
    for username, status in (("dara", 403), ("tomas", 403), ("sam", 404)):
        signed_in(client, a_person(username))
        assert post(client, act, row, **given).status_code == status, username
    fresh = Milestone.objects.get(pk=row.pk)
    assert (fresh.version, fresh.done_at, fresh.dropped_at) == (row.version, None, None)


def test_an_owner_completes_and_notes_their_own_step_and_moves_none(client: Any) -> None:
    plan = a_running_plan()
    row = step(plan, "2")
    leila = a_person("leila")
    assert row.owner == leila
    signed_in(client, leila)
    text = page(client, row)
    assert "Complete the step" in text and "Move the step" not in text
    assert post(client, "move", row, on="2027-01-01").status_code == 403
    assert post(client, "note", row, note="Called").status_code == 302
    row.refresh_from_db()
    assert post(client, "complete", row, evidence="Consent record").status_code == 302


def test_a_hidden_plan_and_a_missing_step_answer_alike(client: Any) -> None:
    row = step(a_running_plan(), "5")
    other = a_case(lead=a_person("sam"))
    signed_in(client, a_person("sam"))
    hidden = client.get(reverse("advocacy:milestone", args=[row.case.reference, row.pk]))
    elsewhere = client.get(reverse("advocacy:milestone", args=[other.reference, row.pk]))
    missing = client.get(reverse("advocacy:plan", args=["AAAA-AAAA"]))
    assert hidden.status_code == elsewhere.status_code == missing.status_code == 404
    assert client.get(reverse("advocacy:plan", args=[row.case.reference])).status_code == 404


def test_a_plan_is_started_moved_and_ended_on_its_pages(client: Any) -> None:
    case = a_case()
    signed_in(client, case.lead)
    new = reverse("advocacy:plan_new", args=[case.reference])
    assert client.post(new, {"template": "", "on": ""}).status_code == 422
    assert client.post(new, {"template": "SIX_WEEK", "on": "2027-03-01", "hour": "08:00"}).status_code == 302
    plan = case.plans.get()
    assert plan.starts_at == dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC)
    due = step(plan, "12").due_at
    client.post(reverse("advocacy:plan_move", args=[case.reference, plan.pk]), {"on": "2027-03-03", "hour": "08:00"})
    assert step(plan, "12").due_at == due + dt.timedelta(days=2)
    client.post(reverse("advocacy:plan_end", args=[case.reference, plan.pk]))
    plan.refresh_from_db()
    assert plan.ended_at
    assert not Reminder.objects.filter(milestone__plan=plan, dropped_at=None).exists()
    assert not Milestone.objects.overdue(at=timezone.now() + dt.timedelta(days=999)).exists()
    assert client.post(new, {"template": "SIX_WEEK", "on": "2027-03-01"}).status_code == 302, "it may run again"


def test_on_hold_the_fallback_is_offered_and_then_stands_first_and_public_steps_rest(client: Any) -> None:
    plan = a_running_plan(started=dt.timedelta(days=16))
    case: Case = plan.case
    address = reverse("advocacy:plan", args=[case.reference])
    signed_in(client, case.lead)
    assert "is-paused" not in client.get(address).content.decode()
    hold(actor=a_person("leila"), case=case, reason="His brother was summoned.")
    text = client.get(address).content.decode()
    assert text.count("is-paused") == 5 and "Start the fallback plan" in text
    make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=timezone.now())
    text = client.get(address).content.decode()
    assert "Start the fallback plan" not in text
    assert text.index("Nobody comes to harm") < text.index("Private diplomacy")
    assert "Pause all public items" in text


def test_a_closed_stage_says_what_opens_it(client: Any) -> None:
    plan = a_running_plan()
    signed_in(client, plan.case.lead)
    address = reverse("advocacy:plan", args=[plan.case.reference])
    words = "opens when “Go / no-go review for public phase” is done"
    assert words in client.get(address).content.decode()
    for key in ("12", "15a"):
        post(client, "complete", step(plan, key), evidence="Signed")
    assert words not in client.get(address).content.decode()


def test_the_plan_page_asks_as_many_questions_for_many_steps_as_for_few(
    client: Any, django_assert_max_num_queries: Any
) -> None:
    plan = a_running_plan()
    signed_in(client, plan.case.lead)
    address = reverse("advocacy:plan", args=[plan.case.reference])
    with django_assert_max_num_queries(45) as few:
        client.get(address)
    for row in plan.milestones.all():
        Milestone.objects.create(
            plan=plan, stage=row.stage, case=row.case, key=row.key, track=row.track, due_at=row.due_at, title=row.title
        )
    with django_assert_max_num_queries(len(few)):
        client.get(address)
