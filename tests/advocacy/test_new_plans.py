"""A plan begins with what is done already, never late, on days with work; on the quiet route without what is published."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy import plan_templates
from advocacy.actions.milestones import complete, move
from advocacy.actions.plans import add_public_steps, make_plan
from advocacy.models import Milestone, MilestoneDependency, Plan, Reminder
from casework.access import NotAllowed
from casework.models import Case, TimelineEvent
from directory.dates import working_days
from safety.models import Posture
from tests.advocacy.facts_made import a_packet, a_page, a_posture, assessed
from tests.factories import a_case, a_consent, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
ONLY_PUBLIC = {row.key for row in plan_templates.steps("SIX_WEEK") if row.is_only_public}


def a_plan(template: str = "SIX_WEEK", *, country: str = "XPR", **options: Any) -> Plan:
    case = a_case(country=country)
    return make_plan(actor=case.lead, case=case, template=template, **{"starts_at": MONDAY, **options})


def due(plan: Plan) -> dict[str, dt.datetime]:
    return dict(plan.milestones.values_list("key", "due_at"))


# Days with work.


@pytest.mark.parametrize(
    ("country", "closed"),
    [("XPR", {6, 7}), ("EGY", {5, 6, 7}), ("IRN", {5, 6, 7}), ("IND", {6, 7}), ("AFG", {4, 5, 6, 7})],
)
def test_no_step_of_weeks_falls_on_a_day_on_which_the_office_or_the_country_rests(
    country: str, closed: set[int]
) -> None:
    plan = a_plan(country=country)
    days = {at.isoweekday() for at in due(plan).values()}
    assert days and not days & closed
    for step in plan_templates.steps("SIX_WEEK"):
        counted = max(MONDAY + dt.timedelta(hours=step.offset_hours), MONDAY + DAY)
        assert dt.timedelta() <= due(plan)[step.key] - counted <= 4 * DAY, "on the next day with work, and no later"
    assert {at.hour for at in due(plan).values()} == {9}


def test_a_plan_of_hours_knows_no_weekend() -> None:
    saturday = MONDAY - 2 * DAY
    plan = a_plan("URGENT_72H", starts_at=saturday)
    assert due(plan)["9"] == saturday + dt.timedelta(hours=24), "an alarm on a Saturday goes on on the Sunday"


def test_whoever_moves_a_step_to_a_sunday_insists() -> None:
    plan = a_plan()
    row, sunday = plan.milestones.get(key="12"), MONDAY + 20 * DAY
    moved = move(actor=plan.case.lead, milestone=row, version=row.version, due_at=sunday)
    assert moved.due_at == sunday and sunday.isoweekday() == 7


def test_a_repeated_step_comes_again_on_a_day_with_work() -> None:
    plan = a_plan()
    row = plan.milestones.get(key="R1")
    complete(actor=plan.case.lead, milestone=row, version=row.version, evidence="Published")
    again = plan.milestones.get(key="R1", done_at=None)
    assert again.due_at == working_days.next_open(row.due_at + 30 * DAY, "XPR")
    assert again.due_at.isoweekday() not in {6, 7}


def test_every_weekend_is_known_by_a_code_of_a_country_and_leaves_days_to_work() -> None:
    for code, days in working_days.weekends().items():
        assert (
            len(code) == 3
            and days < set(range(1, 8))
            and any(working_days.is_open((MONDAY + n * DAY).date(), code) for n in range(7))
        )


# Never late.


@pytest.mark.parametrize("template", Plan.Template.values)
@pytest.mark.parametrize("ago", [0, 5, 30])
def test_a_plan_never_begins_late_however_long_ago_it_counts_from(template: str, ago: int) -> None:
    now = timezone.now()
    plan = a_plan(template, starts_at=now - ago * DAY)
    soonest = HOUR if template in plan_templates.IN_HOURS else DAY
    assert min(due(plan).values()) >= now + soonest
    assert not Milestone.objects.overdue(at=now + soonest - dt.timedelta(minutes=1)).exists()


def test_a_plan_of_weeks_that_begins_later_gives_its_first_day() -> None:
    assert min(due(a_plan()).values()) == MONDAY + DAY


# What is done already.


def test_a_plan_begins_with_what_the_facts_show(client: Client) -> None:
    case = a_case()
    a_packet(case)
    a_consent(case)
    signed_in(client, case.lead)
    address = reverse("advocacy:plan_new", args=[case.reference])
    form = client.get(address).content.decode()
    for key in ("SIX_WEEK:1", "SIX_WEEK:2", "URGENT_72H:2"):
        tick = form.split(f'value="{key}"')[1].split(">")[0]
        assert "checked" in tick, f"{key} is ticked beforehand"
    assert 'value="SIX_WEEK:4"' not in form and "Consent recorded by" in form
    sent = {"template": "SIX_WEEK", "on": "2027-03-01", "hour": "09:00", "done": ["SIX_WEEK:1", "URGENT_72H:2"]}
    assert client.post(address, sent).status_code == 302
    plan = case.plans.get()
    done = plan.milestones.get(key="1")
    assert (done.fact, done.done_by, done.fact_row) == ("PACKET_MINIMUM", case.lead, case.pk) and done.evidence
    assert not Reminder.objects.filter(milestone=done).exists()
    assert plan.milestones.get(key="2").done_at is None, "it was unticked, and the tick of another plan does not count"


def test_without_a_fact_nothing_is_ticked_and_a_key_alone_closes_no_step(client: Client) -> None:
    case = a_case()
    signed_in(client, case.lead)
    address = reverse("advocacy:plan_new", args=[case.reference])
    assert "Done already" not in client.get(address).content.decode()
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=MONDAY, done=["1", "2", "nonsense"])
    assert not plan.milestones.filter(done_at__isnull=False).exists()


# The quiet route.


@pytest.mark.parametrize(
    ("kind", "is_ticked"),
    [
        ("PO_SILENT", True),
        ("PO_QUIET", True),
        ("PO_LIST", True),
        ("PO_PUBLIC", False),
        ("PO_REACTIVE", False),
        ("", False),
    ],
)
def test_the_quiet_route_is_ticked_where_somebody_decided_that_nothing_is_published(
    client: Client, kind: str, is_ticked: bool
) -> None:
    case = a_case()
    if kind:
        a_posture(case, kind)
    signed_in(client, case.lead)
    form = client.get(reverse("advocacy:plan_new", args=[case.reference])).content.decode()
    assert ("checked" in form.split('name="is_quiet"')[1].split(">")[0]) == is_ticked


@pytest.mark.parametrize("template", ["SIX_WEEK"])
def test_no_private_or_policy_step_waits_for_a_publication(template: str) -> None:
    steps = {row.key: row for row in plan_templates.steps(template)}
    for row in steps.values():
        if row.is_only_public or row.needs == ("all",):
            continue
        assert not [key for key in row.needs if steps[key].is_only_public], f"step {row.key} waits for a publication"


def test_on_the_quiet_route_nothing_is_public_and_everything_else_stands(client: Client) -> None:
    case = a_case()
    a_posture(case, "PO_QUIET")
    signed_in(client, case.lead)
    sent = {"template": "SIX_WEEK", "on": "2027-03-01", "hour": "09:00", "is_quiet": "on"}
    assert client.post(reverse("advocacy:plan_new", args=[case.reference]), sent).status_code == 302
    plan = case.plans.get()
    assert plan.is_quiet and not plan.milestones.filter(gate_level="full").exists()
    assert set(due(plan)) == {row.key for row in plan_templates.steps("SIX_WEEK")} - ONLY_PUBLIC
    text = client.get(reverse("advocacy:plan", args=[case.reference])).content.decode()
    assert "Quiet route: nothing in this plan is published." in text and "Add the public steps" not in text
    refused = client.post(reverse("advocacy:plan_public", args=[case.reference, plan.pk]), follow=True)
    assert "The posture keeps this case quiet" in refused.content.decode()
    assert Plan.objects.get(pk=plan.pk).is_quiet


def test_the_public_steps_come_when_the_posture_allows_them_and_none_is_late(client: Client) -> None:
    now = timezone.now()
    begun = now - 60 * DAY
    plan = a_plan(starts_at=begun, now=begun, is_quiet=True)
    case = plan.case
    a_posture(case, "PO_QUIET")
    with pytest.raises(ValidationError):
        add_public_steps(actor=case.lead, plan=plan)
    a_posture(case, "PO_PUBLIC")
    signed_in(client, case.lead)
    assert "Add the public steps" in client.get(reverse("advocacy:plan", args=[case.reference])).content.decode()
    client.post(reverse("advocacy:plan_public", args=[case.reference, plan.pk]))
    added = plan.milestones.filter(key__in=ONLY_PUBLIC)
    assert {row.key for row in added} == ONLY_PUBLIC and plan.milestones.count() == 27
    assert min(row.due_at for row in added) >= now + DAY
    waits = MilestoneDependency.objects.filter(milestone__plan=plan)
    assert set(waits.filter(milestone__key="13").values_list("needs__key", flat=True)) == {"12", "15a"}
    assert waits.filter(milestone__key="22", needs__key="13").exists(), "the evaluation waits for them too"
    assert Reminder.objects.filter(milestone__in=added).exists()
    before = plan.milestones.count()
    add_public_steps(actor=case.lead, plan=Plan.objects.get(pk=plan.pk))
    assert plan.milestones.count() == before, "twice is once"


def test_an_embargo_keeps_a_case_quiet_until_its_date() -> None:
    plan = a_plan(is_quiet=True)
    until = timezone.now() + DAY
    row = Posture(case=plan.case, number=1, kind="PO_EMBARGO", embargo_until=until, decided_by=plan.case.lead)
    row.review_on, row.reason = until.date(), "Until the verdict"
    row.save(force_insert=True)
    with pytest.raises(ValidationError):
        add_public_steps(actor=plan.case.lead, plan=plan)
    assert not add_public_steps(actor=plan.case.lead, plan=plan, now=until + HOUR).is_quiet


def test_who_may_not_plan_adds_no_public_steps() -> None:
    plan = a_plan(is_quiet=True)
    reader = on_case(plan.case, "dara", "reader")
    for person, status in ((reader, 403), (a_person("sam"), 404)):
        answer = signed_in(Client(), person).post(reverse("advocacy:plan_public", args=[plan.case.reference, plan.pk]))
        assert answer.status_code == status
        with pytest.raises(NotAllowed):
            add_public_steps(actor=person, plan=plan)
    text = signed_in(Client(), reader).get(reverse("advocacy:plan", args=[plan.case.reference])).content.decode()
    assert "Quiet route" in text and "Add the public steps" not in text


# What is expected, and what was published, on the plan.


def test_an_expected_hearing_stands_on_the_plan_and_what_is_over_does_not(client: Client) -> None:
    plan = a_plan(starts_at=timezone.now())
    day = timezone.localdate() + 8 * DAY
    case: Case = plan.case
    TimelineEvent.objects.create(case=case, on=day.isoformat(), event="The appeal is heard", is_expected=True)
    TimelineEvent.objects.create(case=case, on="2031", event="The term ends", is_expected=True)
    TimelineEvent.objects.create(case=case, on="2025-01-01", event="He was arrested")
    signed_in(client, case.lead)
    text = client.get(reverse("advocacy:plan", args=[case.reference])).content.decode()
    lanes = text.split('<table class="lanes"')[1].split("</table>")[0]
    assert "The appeal is heard" in lanes and "The term ends" not in lanes
    assert text.count("The appeal is heard") == 2 and "The term ends" in text and "He was arrested" not in text


def test_a_public_step_and_its_publication_name_each_other(client: Client) -> None:
    case = a_case()
    on_case(case, "rui", "reviewer")
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now() - HOUR)
    page = a_page(case)
    paper = page.dispatch.material
    signed_in(client, case.lead)
    row = plan.milestones.get(key="13")
    step = reverse("advocacy:milestone", args=[case.reference, row.pk])
    at_paper = reverse("materials:material", args=[paper.pk])
    assert at_paper in client.get(step).content.decode(), "the offer leads to it"
    assert "Steps of the plan that it closed" not in client.get(at_paper).content.decode()
    sent = {"version": row.version, "fact": "PUBLISHED", "fact_row": str(page.pk)}
    client.post(reverse("advocacy:take_milestone", args=[case.reference, row.pk]), sent)
    assert at_paper in client.get(step).content.decode()
    text = client.get(at_paper).content.decode()
    assert "Steps of the plan that it closed" in text and step in text
    assert plan.milestones.get(key="13").fact == "PUBLISHED"


def test_the_tasks_of_a_case_say_that_a_fact_proves_the_first_step(client: Client) -> None:
    case = a_case()
    on_case(case, "rui", "reviewer")
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now())
    plan.milestones.exclude(key="4").delete()
    signed_in(client, case.lead)
    address = reverse("web:case_tasks", args=[case.reference])
    assert "as a fact shows" not in client.get(address).content.decode()
    assessed("rapid")(case)
    text = client.get(address).content.decode()
    assert "as a fact shows" in text and "signed by Rui" in text
