"""The tasks of a case in the browser: one next step on every page of it, for who does it and for who may not."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from advocacy.actions.plans import make_plan
from advocacy.models import Milestone
from casework.models import Ask, Case, Demand
from materials.models import Copy, Dispatch, Material
from safety.models import Hold, Posture
from tests.factories import a_case, a_claim, a_consent, a_detention, a_prisoner, on_case
from tests.gate.ready import Ready, a_material, a_signed_assessment, make_ready
from tests.people import a_person, signed_in
from web.pages.case_tasks.facts import facts_of_case, facts_of_cases

pytestmark = pytest.mark.django_db

TABS = ("tasks/", "", "plan/", "safety/", "materials/", "activity/")


def page(client: Client, case: Case, tab: str = "tasks/") -> str:
    return html.unescape(client.get(f"/cases/{case.reference}/{tab}").content.decode())


def next_of(text: str) -> str:
    found = re.search(r'<section class="next".*?</section>', text, re.S)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found[0])).strip() if found else ""


def row_of(text: str, label: str) -> str:
    """Return a row of the list of tasks, from its label to the end of its item."""
    found = re.search(rf"<li>\s*<a [^>]*>{label}</a>.*?</li>", text, re.S)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found[0])).strip() if found else ""


def a_whole_packet() -> Case:
    case = a_case(codename="Sorrel")
    a_detention(case)
    a_prisoner(case, "Jan Novak")
    a_claim(case)
    demand = Demand.objects.create(case=case, text="Let him go", aim="release")
    Ask.objects.create(case=case, demand=demand, to="The Minister", text="Raise the case")
    return case


def test_the_next_step_follows_what_is_there_and_is_the_same_on_every_tab(client: Client) -> None:
    case = a_case(codename="Sorrel")
    signed_in(client, case.lead)
    shown = [page(client, case, tab) for tab in TABS]
    assert {next_of(text) for text in shown} == {next_of(shown[0])} and "since when and by whom" in next_of(shown[0])
    assert all(text.count('class="button act"') == 1 for text in shown)
    a_detention(case)
    assert "write the name" in next_of(page(client, case))
    a_prisoner(case, "Jan Novak")
    assert "write what is known as claims" in next_of(page(client, case))
    a_claim(case)
    demand = Demand.objects.create(case=case, text="Let him go", aim="release")
    Ask.objects.create(case=case, demand=demand, to="The Minister", text="Raise the case")
    assert "put a second person on the case" in next_of(page(client, case))
    rui = on_case(case, "rui", "reviewer")
    assert "nobody has been asked yet" in next_of(page(client, case))
    assert "5 of 5" in row_of(page(client, case), "Packet minimum")
    a_consent(case)
    assert "risk of this case has not been assessed" in next_of(page(client, case))
    a_signed_assessment(case, author=case.lead, signer=rui)
    assert "nobody has decided how visible" in next_of(page(client, case))
    day = timezone.localdate() + dt.timedelta(days=30)
    Posture.objects.create(case=case, number=1, kind="PO_QUIET", decided_by=case.lead, review_on=day, reason="Asked")
    assert "start a plan" in next_of(page(client, case))
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now())
    plan.milestones.filter(key="1").update(due_at=timezone.now())
    assert "“Case intake, conflict check and coordinator named” is due now." in next_of(page(client, case))
    plan.milestones.update(due_at=timezone.now() + dt.timedelta(days=9))
    assert "write the first paper from the packet" in next_of(page(client, case))


def test_who_may_not_do_the_next_step_reads_who_may(client: Client) -> None:
    case = a_whole_packet()
    on_case(case, "rui", "reviewer")
    leila, reader = on_case(case, "leila", "liaison"), on_case(case, "tomas", "reader")
    asked = next_of(page(signed_in(Client(), leila), case))
    assert "nobody has been asked yet" in asked and "Record a consent" in asked and "may do it" not in asked
    told = page(signed_in(client, reader), case)
    assert "nobody has been asked yet" in next_of(told) and "Ana, Leila may do it." in next_of(told)
    assert "Record a consent" not in next_of(told) and "/consent/add/" not in told


def test_a_stranger_learns_nothing_of_the_tasks(client: Client) -> None:
    case = a_whole_packet()
    answer = signed_in(client, a_person("sam")).get(f"/cases/{case.reference}/tasks/")
    assert answer.status_code == 404 and "Sorrel" not in answer.content.decode()


def test_a_text_about_a_case_that_the_reader_may_not_see_is_no_task_of_theirs(client: Client) -> None:
    case, other = a_whole_packet(), a_case(codename="Quince", lead=a_person("tomas"))
    ana = case.lead
    both = a_material([case, other], "MIN_BRIEF", "AU_DIPLO", author=a_person("tomas"))
    assert row_of(page(signed_in(client, ana), case), "First paper")
    on_case(other, "ana", "reader")
    assert row_of(page(client, case), str(both.get_kind_display())) and not row_of(page(client, case), "First paper")


def test_that_a_text_about_a_hidden_case_left_is_not_told(client: Client) -> None:
    ready = make_ready("MIN_BRIEF", "AU_DIPLO", cases=2)
    case = ready.cases[0]
    a_copy_out(ready)
    Material.objects.filter(pk=ready.material.pk).update(status="sent")
    told = page(signed_in(Client(), ready.ana), case)
    assert "What was written has left." in row_of(told, "Papers") and "To hand over" in row_of(told, "Copies out")
    hidden = page(signed_in(client, on_case(case, "leila", "reader")), case)
    assert "Nothing is written yet." in row_of(hidden, "First paper") and "Not yet" in row_of(hidden, "Copies out")


def test_public_steps_are_nobodys_next_while_public_work_stands_still(client: Client) -> None:
    case = a_whole_packet()
    ana = case.lead
    make_plan(
        actor=ana,
        case=case,
        template="SIX_WEEK",
        starts_at=timezone.now() - dt.timedelta(days=30),
        now=timezone.now() - dt.timedelta(days=30),
    )
    row = Milestone.objects.filter(case=case, gate_level="none").earliest("due_at")
    Milestone.objects.filter(case=case).exclude(pk=row.pk).update(gate_level="full")
    Milestone.objects.filter(pk=row.pk).update(due_at=timezone.now() + dt.timedelta(days=90))
    assert facts_of_case(ana, case).steps.late
    Hold.objects.create(case=case, held_by=ana, case_reason="A threat", ends_at=timezone.now() + dt.timedelta(hours=9))
    steps = facts_of_case(ana, case).steps
    assert (steps.first, steps.late, steps.open) == (row, 0, 1)
    assert "start the fallback plan" in next_of(page(signed_in(client, ana), case))


def test_of_late_steps_the_one_that_can_be_done_comes_first() -> None:
    case = a_whole_packet()
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now())
    waiting = plan.milestones.filter(waits_for__isnull=False, gate_level="none").first()
    assert waiting is not None
    link = waiting.waits_for.first()
    waiting.waits_for.exclude(pk=link.pk).delete()
    far, now = timezone.now() + dt.timedelta(days=20), timezone.now()
    plan.milestones.update(due_at=far)
    plan.milestones.filter(pk=waiting.pk).update(due_at=now - dt.timedelta(days=4))
    steps = facts_of_case(case.lead, case).steps
    assert steps.first == waiting and steps.waits_for == link.needs.title
    plan.milestones.filter(pk=link.needs_id).update(due_at=now - dt.timedelta(days=1))
    assert facts_of_case(case.lead, case).steps.first == link.needs


def a_copy_out(ready: Ready, **fields: Any) -> Copy:
    dispatch = Dispatch.objects.filter(material=ready.material).first() or ready.a_dispatch()
    dispatch.save()
    copy = ready.a_copy(dispatch, number=Copy.objects.filter(material=ready.material).count() + 1)
    copy.save()
    Copy.objects.filter(pk=copy.pk).update(dispatched_at=timezone.now(), **fields)
    return copy


def test_a_stale_copy_comes_before_everything_until_its_holder_was_told(client: Client) -> None:
    ready = make_ready("MIN_BRIEF", "AU_DIPLO")
    case = ready.cases[0]
    a_copy_out(ready)
    signed_in(client, ready.ana)
    assert "A copy is made and not handed over" in row_of(page(client, case), "Copies out")
    Copy.objects.update(stale_at=timezone.now())
    assert "Send them an update or a stop notice" in next_of(page(client, case))
    a_copy_out(ready)
    assert "Send them an update" not in next_of(page(client, case))


def test_the_list_names_the_first_task_of_each_case_and_opens_no_words(client: Client) -> None:
    case = a_whole_packet()
    on_case(case, "rui", "reviewer")
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now())
    text = signed_in(client, case.lead).get("/cases/").content.decode()
    assert "Consent: Not asked" in text
    assert all((row.title or "") not in text for row in plan.milestones.all())


def test_many_cases_are_asked_as_few_questions_as_one(django_assert_max_num_queries: Any) -> None:
    case = a_whole_packet()
    ana = case.lead
    make_plan(actor=ana, case=case, template="SIX_WEEK", starts_at=timezone.now())
    facts_of_cases(ana, [case])
    with django_assert_max_num_queries(9) as one:
        facts_of_cases(ana, [case])
    others = [a_case(lead=ana) for _ in range(3)]
    for other in others:
        make_plan(actor=ana, case=other, template="FALLBACK", starts_at=timezone.now())
        a_material([other], "MIN_BRIEF", "AU_DIPLO", author=ana)
    with django_assert_max_num_queries(len(one)):
        found = facts_of_cases(ana, [case, *others])
    assert [len(found[other.pk].materials) for other in others] == [1, 1, 1] and not found[case.pk].materials


def test_a_text_on_its_way_stands_with_its_state(client: Client) -> None:
    case = a_whole_packet()
    row = a_material([case], "MIN_BRIEF", "AU_DIPLO", author=case.lead)
    signed_in(client, case.lead)
    assert str(Material.Status.DRAFT.label) in row_of(page(client, case), str(row.get_kind_display()))
