"""Plans made from templates: what they hold, who may change them, and what the pages show."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from advocacy import plan_templates
from advocacy.actions.plans import make_plan
from advocacy.models import Milestone, MilestoneDependency, Plan, Reminder
from casework.access import NotAllowed
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
START = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)


def a_team(case):
    return {
        name: on_case(case, name, role)
        for name, role in (("rui", "reviewer"), ("leila", "liaison"), ("tomas", "legal"))
    }


@pytest.mark.parametrize(("template", "steps"), [("URGENT_72H", 11), ("SIX_WEEK", 27), ("FALLBACK", 5)])
def test_a_template_gives_every_step_a_stage_an_owner_and_a_date(template, steps):
    case = a_case()
    team = a_team(case)
    plan = make_plan(actor=case.lead, case=case, template=template, starts_at=START)
    rows = {row.key: row for row in plan.milestones.all()}
    assert len(rows) == steps
    for step in plan_templates.steps(template):
        row = rows[step.key]
        assert row.title == step.title
        assert row.due_at >= START + dt.timedelta(hours=step.offset_hours)
        assert row.stage.track == row.track == step.track
        expected = {"reviewer": team["rui"], "liaison": team["leila"], "legal": team["tomas"]}.get(step.role, case.lead)
        assert row.owner == expected


@pytest.mark.parametrize("template", Plan.Template.values)
def test_the_cut_into_stages_takes_each_step_once_and_in_its_own_track(template):
    cut = [
        (key, track)
        for track, stages in plan_templates.CUT[template].items()
        for _title, keys in stages
        for key in keys
    ]
    assert sorted(cut) == sorted((step.key, step.track) for step in plan_templates.steps(template))


def test_all_means_every_earlier_step_that_does_not_repeat():
    case = a_case()
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=START)
    needs = set(
        MilestoneDependency.objects.filter(milestone__plan=plan, milestone__key="22").values_list(
            "needs__key", flat=True
        )
    )
    assert "21" in needs and "19" in needs
    assert not needs & {"23", "R1", "R2", "R3", "22"}


def test_a_plan_needs_the_right_to_plan_and_runs_once():
    case = a_case()
    leila = on_case(case, "leila", "liaison")
    with pytest.raises(NotAllowed):
        make_plan(actor=leila, case=case, template="SIX_WEEK", starts_at=START)
    with pytest.raises(NotAllowed):
        make_plan(actor=a_person("sam"), case=case, template="SIX_WEEK", starts_at=START)
    make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=START)
    make_plan(actor=case.lead, case=case, template="URGENT_72H", starts_at=START)
    with pytest.raises(ValidationError):
        make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=START)
    assert Plan.objects.count() == 2


def test_a_new_plan_has_reminders_that_are_still_to_come_and_one_for_today():
    case = a_case()
    now = timezone.now()
    plan = make_plan(actor=case.lead, case=case, template="URGENT_72H", starts_at=now)
    first = plan.milestones.get(key="1")
    assert list(Reminder.objects.filter(milestone=first).values_list("lead", flat=True)) == ["0d"]
    last = plan.milestones.get(key="11")
    assert set(Reminder.objects.filter(milestone=last).values_list("lead", flat=True)) == {"1d", "0d"}
    assert Milestone.objects.filter(plan=plan, owner=None).count() == 0


def test_every_page_of_a_plan_answers(client):
    case = a_case()
    a_team(case)
    now = timezone.now()
    signed_in(client, case.lead)
    assert client.get(f"/cases/{case.reference}/plan/").status_code == 200
    for template in Plan.Template.values:
        start = now - dt.timedelta(days=9)
        plan = make_plan(actor=case.lead, case=case, template=template, starts_at=start, now=start)
        page = client.get(f"/cases/{case.reference}/plan/?plan={plan.pk}")
        assert page.status_code == 200
        for row in plan.milestones.all():
            assert str(row.pk) in page.content.decode()
    row = plan.milestones.first()
    for address in ("new/", f"{plan.pk}/move/", f"{plan.pk}/end/", f"steps/{row.pk}/"):
        assert client.get(f"/cases/{case.reference}/plan/{address}").status_code == 200
    assert client.get("/").status_code == 200
    assert client.get("/?of=cases").status_code == 200
    assert client.get("/notices/").status_code == 200
