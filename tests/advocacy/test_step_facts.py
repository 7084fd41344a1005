"""A fact that is recorded anywhere offers to close its step in each plan; when it goes, the step opens again."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy import plan_templates, step_acts
from advocacy.actions.approaches import NewApproach, record_approach
from advocacy.actions.lost_facts import reopen_lost_facts
from advocacy.actions.milestones import complete, take_fact, undo_done
from advocacy.actions.plans import make_plan
from advocacy.models import Milestone, Plan
from advocacy.step_facts.registry import ALL, offers_for
from audit.models import Entry
from casework.access import NotAllowed
from casework.models import Case
from materials.models import Material
from tests.advocacy.facts_made import MAKES, UNDOES, a_packet, assessed, fit
from tests.directory.entries import an_entry
from tests.factories import a_case, a_consent, on_case
from tests.gate.ready import a_signed_assessment, make_ready
from tests.people import a_person, signed_in
from web import sweeps
from work.models import Notice

pytestmark = pytest.mark.django_db
EVERY_STEP = [step for template in Plan.Template.values for step in plan_templates.steps(template)]
ASKED_FOR = sorted({code for step in EVERY_STEP for code in step.facts})


def planned(*templates: str) -> Case:
    """Return a case with these plans, begun yesterday, whose steps are due now: what is asked anew may be new."""
    case = a_case()
    on_case(case, "rui", "reviewer")
    begun = timezone.now() - dt.timedelta(days=1)
    for template in templates:
        make_plan(actor=case.lead, case=case, template=template, starts_at=begun, now=begun)
    Milestone.objects.filter(case=case).update(due_at=timezone.now())
    return case


def steps_of(case: Case) -> list[Milestone]:
    return list(Milestone.objects.filter(case=case).select_related("plan"))


def offered(case: Case, reader: Any = None) -> set[tuple[str, str, str]]:
    """Return plan, step and code of every fact that is offered to a reader, the lead unless somebody else is named."""
    rows = {row.pk: row for row in steps_of(case)}
    found = offers_for(case, reader or case.lead, list(rows.values()))
    return {(rows[key].plan.template, rows[key].key, one.code) for key, facts in found.items() for one in facts}


def step(case: Case, key: str, template: str = "SIX_WEEK") -> Milestone:
    return Milestone.objects.select_related("plan", "case").get(case=case, plan__template=template, key=key)


def taken(case: Case, key: str, template: str = "SIX_WEEK") -> Milestone:
    """Return a step that its lead closed by the first fact that is offered."""
    row = step(case, key, template)
    (first, *_others) = offers_for(case, case.lead, [row])[row.pk]
    return take_fact(actor=case.lead, milestone=row, version=row.version, fact=first.code, fact_row=first.row)


# The table: which fact closes which step of which plan.


def test_every_fact_that_a_template_names_is_known_and_has_a_maker_here() -> None:
    assert set(ASKED_FOR) <= set(ALL) and set(ASKED_FOR) == set(MAKES)
    assert {code for code in ASKED_FOR if ALL[code].lost} == set(UNDOES)


@pytest.mark.parametrize("template", Plan.Template.values)
def test_every_step_names_its_act_and_only_what_leaves_no_fact_is_said_in_words(template: str) -> None:
    case = a_case()
    for row in plan_templates.steps(template):
        assert row.since in {"", "plan", "anew"}
        act = step_acts.find(row.act)
        assert act is None or act.url(case).startswith("/cases/")
        assert row.facts or act is None, f"{template} {row.key} has an act that leaves no fact"


@pytest.mark.parametrize("code", ASKED_FOR)
def test_a_fact_recorded_anywhere_offers_to_close_its_step_in_each_plan(code: str) -> None:
    begun = [template for template in Plan.Template.values if not (code == "PLAN_BEGUN" and template == "SIX_WEEK")]
    case = planned(*begun)
    assert code not in {found for _plan, _step, found in offered(case)}, "nothing is offered before it is there"
    MAKES[code](case)
    steps = {(template, row.key) for template in begun for row in plan_templates.steps(template) if code in row.facts}
    assert {(template, key) for template, key, found in offered(case) if found == code} == steps and steps


@pytest.mark.parametrize("code", ASKED_FOR)
def test_a_closed_step_opens_again_when_its_fact_goes_and_its_owner_is_told(code: str) -> None:
    template, row = next((p, s) for p in Plan.Template.values for s in plan_templates.steps(p) if code in s.facts)
    case = planned(template)
    MAKES[code](case)
    milestone = step(case, row.key, template)
    one = next(found for found in offers_for(case, case.lead, [milestone])[milestone.pk] if found.code == code)
    take_fact(actor=case.lead, milestone=milestone, version=milestone.version, fact=code, fact_row=one.row)
    assert reopen_lost_facts() == 0 and step(case, row.key, template).done_at
    if code not in UNDOES:
        return
    UNDOES[code](case)
    assert reopen_lost_facts() == 1 and reopen_lost_facts() == 0
    again = step(case, row.key, template)
    assert (again.done_at, again.fact, again.fact_row, again.fact_by) == (None, "", None, None)
    assert again.due_at > timezone.now() and one.words in (again.note or "")
    notice = Notice.objects.get(kind="advocacy.milestone.reopened")
    assert (notice.user, notice.about_id, notice.case_id) == (again.owner, again.pk, case.pk)
    last = Entry.objects.latest("sequence")
    assert (last.verb, last.actor_id) == ("advocacy.milestone.reopened", None)


# What is asked anew, and what one fact may close.


def test_what_is_asked_anew_is_not_proved_by_what_it_renews() -> None:
    case = planned("SIX_WEEK")
    a_consent(case, at=timezone.now())
    Milestone.objects.filter(case=case, key="21").update(due_at=timezone.now() + dt.timedelta(days=30))
    assert ("SIX_WEEK", "21", "CONSENT") not in offered(case)
    assert ("SIX_WEEK", "2", "CONSENT") in offered(case)


def test_one_fact_closes_one_step_of_a_plan() -> None:
    case = planned("SIX_WEEK")
    assessed("rapid")(case)
    taken(case, "4")
    assert ("SIX_WEEK", "23", "ASSESSMENT") not in offered(case)
    assessed("rapid")(case)
    assert ("SIX_WEEK", "23", "ASSESSMENT") in offered(case)


def test_a_superseded_assessment_keeps_its_step_while_another_counts() -> None:
    case = planned("SIX_WEEK")
    first = assessed("rapid")(case)
    taken(case, "4")
    assessed("rapid")(case)
    type(first).objects.filter(pk=first.pk).update(ended_at=timezone.now())
    assert reopen_lost_facts() == 0 and step(case, "4").done_at


def test_a_high_risk_without_its_director_closes_nothing() -> None:
    case = planned("SIX_WEEK")
    now, rui = timezone.now(), a_person("rui")
    a_signed_assessment(case, author=case.lead, signer=rui, level="RL_HIGH", at=now, kind="rapid")
    assert offered(case) == set()
    seen = {"director": a_person("dara"), "director_at": now}
    a_signed_assessment(case, author=case.lead, signer=rui, level="RL_HIGH", at=now, kind="rapid", **seen)
    assert ("SIX_WEEK", "4", "ASSESSMENT") in offered(case)


def test_a_paper_that_names_another_case_too_is_no_fact_of_this_one() -> None:
    case = planned("SIX_WEEK")
    both = make_ready("MIN_BRIEF", "AU_DIPLO", about=[fit(case), fit(a_case(lead=case.lead))])
    Material.objects.filter(pk=both.material.pk).update(status=Material.Status.CLEARED)
    assert "CLEARED_MIN_BRIEF" not in {code for _plan, _step, code in offered(case)}
    alone = make_ready("MIN_BRIEF", "AU_DIPLO", about=[case])
    Material.objects.filter(pk=alone.material.pk).update(status=Material.Status.CLEARED)
    assert ("SIX_WEEK", "5", "CLEARED_MIN_BRIEF") in offered(case)


# The page of a step.


def page(client: Client, row: Milestone) -> str:
    return client.get(reverse("advocacy:milestone", args=[row.case.reference, row.pk])).content.decode()


def post(client: Client, row: Milestone, **data: Any) -> Any:
    address = reverse("advocacy:take_milestone", args=[row.case.reference, row.pk])
    return client.post(address, {"version": row.version, **data})


def test_without_a_fact_the_act_is_the_filled_button_and_with_one_the_offer(client: Client) -> None:
    case = planned("SIX_WEEK")
    signed_in(client, case.lead)
    text = page(client, step(case, "4"))
    assert "A fact closes this step" not in text and 'class="button act"' in text and "Write the assessment" in text
    assert "It was done in another way" in text and "It will not be done" in text
    assessed("rapid")(case)
    text = page(client, step(case, "4"))
    assert "A fact closes this step" in text and "Take it as done, " in text and "signed by Rui" in text
    assert 'class="button act"' not in text and "Write the assessment" in text
    both = page(client, step(case, "2"))
    assert "A fact closes this step" not in both


def test_two_facts_are_both_offered(client: Client) -> None:
    case = planned("SIX_WEEK")
    assessed("full")(case)
    MAKES["POSTURE"](case)
    signed_in(client, case.lead)
    assert page(client, step(case, "12")).count("A fact closes this step") == 2


def test_a_fact_is_taken_in_two_loads_and_the_next_step_stands_on_the_page(client: Client) -> None:
    case = planned("SIX_WEEK")
    assessed("rapid")(case)
    signed_in(client, case.lead)
    row = step(case, "4")
    (one,) = offers_for(case, case.lead, [row])[row.pk]
    answer = client.post(
        reverse("advocacy:take_milestone", args=[case.reference, row.pk]),
        {"version": row.version, "fact": one.code, "fact_row": str(one.row)},
        follow=True,
    )
    text = answer.content.decode()
    row = step(case, "4")
    assert (row.done_by, row.fact, row.fact_row, row.fact_by) == (case.lead, "ASSESSMENT", one.row, a_person("rui"))
    assert row.evidence == one.words and one.words in text
    assert "<b>Next:</b>" in text and "Write the briefing" in text, "step 5 waited for this one alone"
    assert "Take it back" in text
    undo_done(actor=case.lead, milestone=row)
    assert step(case, "4").fact == "" and "A fact closes this step" in page(client, step(case, "4"))


@pytest.mark.parametrize("sent", [{}, {"fact": "ASSESSMENT"}, {"fact": "ASSESSMENT", "fact_row": str(uuid.uuid4())}])
def test_a_fact_that_is_not_there_is_refused_in_words(client: Client, sent: dict[str, str]) -> None:
    case = planned("SIX_WEEK")
    signed_in(client, case.lead)
    answer = post(client, step(case, "4"), **sent)
    text = answer.content.decode()
    assert answer.status_code == 422 and ("not there any more" in text or "Choose one of the facts" in text)
    assert step(case, "4").done_at is None


def test_who_may_not_close_a_step_is_offered_nothing_and_refused() -> None:
    case = planned("SIX_WEEK")
    assessed("rapid")(case)
    row = step(case, "4")
    Milestone.objects.filter(pk=row.pk).update(owner=case.lead)
    (one,) = offers_for(case, case.lead, [row])[row.pk]
    sent = {"fact": one.code, "fact_row": one.row}
    reader = on_case(case, "dara", "reader")
    for person, status in ((reader, 403), (a_person("sam"), 404)):
        client = signed_in(Client(), person)
        assert post(client, row, **{key: str(value) for key, value in sent.items()}).status_code == status
        with pytest.raises(NotAllowed):
            take_fact(actor=person, milestone=row, version=row.version, **sent)
    text = page(signed_in(Client(), reader), row)
    assert "A fact closes this step" not in text and "Write the assessment" not in text


def test_an_owner_takes_a_fact_for_their_own_step() -> None:
    case = planned("SIX_WEEK")
    assessed("rapid")(case)
    row = step(case, "4")
    leila = on_case(case, "leila", "reader")
    Milestone.objects.filter(pk=row.pk).update(owner=leila)
    (one,) = offers_for(case, leila, [row])[row.pk]
    assert take_fact(actor=leila, milestone=row, version=row.version, fact=one.code, fact_row=one.row).done_by == leila


def test_a_step_that_is_over_takes_no_fact() -> None:
    case = planned("SIX_WEEK")
    assessed("rapid")(case)
    row = step(case, "4")
    (one,) = offers_for(case, case.lead, [row])[row.pk]
    complete(actor=case.lead, milestone=row, version=row.version, evidence="On paper")
    row = step(case, "4")
    with pytest.raises(ValidationError):
        take_fact(actor=case.lead, milestone=row, version=row.version, fact=one.code, fact_row=one.row)


def test_a_fact_that_is_gone_is_told_before_the_sweep_comes_round(client: Client) -> None:
    case = planned("SIX_WEEK")
    assessed("rapid")(case)
    taken(case, "4")
    signed_in(client, case.lead)
    assert "counts no more" not in page(client, step(case, "4"))
    UNDOES["ASSESSMENT"](case)
    assert "What closed this step counts no more" in page(client, step(case, "4"))


def test_an_ended_plan_opens_nothing_again() -> None:
    case = planned("SIX_WEEK")
    assessed("rapid")(case)
    taken(case, "4")
    Plan.objects.filter(case=case).update(ended_at=timezone.now())
    UNDOES["ASSESSMENT"](case)
    assert reopen_lost_facts() == 0


@pytest.mark.parametrize("column", ["fact", "fact_row", "fact_at", "fact_by", "done_at"])
def test_the_database_keeps_the_fact_of_a_step_whole(column: str) -> None:
    case = planned("SIX_WEEK")
    assessed("rapid")(case)
    row = taken(case, "4")
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(pk=row.pk).update(**{column: "" if column == "fact" else None})


# Plan and Today.


def test_the_plan_lists_what_the_facts_show_and_asks_no_more_for_many_steps(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    case = planned("SIX_WEEK")
    a_packet(case)
    signed_in(client, case.lead)
    address = reverse("advocacy:plan", args=[case.reference])
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        text = client.get(address).content.decode()
    assert "Done, as the facts show" in text and "Packet at its minimum" in text
    for row in steps_of(case):
        copied = {name: getattr(row, name) for name in ("plan", "stage", "case", "key", "track", "due_at", "title")}
        Milestone.objects.create(**copied)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_late_step_takes_its_fact_on_today(client: Client) -> None:
    case = planned("SIX_WEEK")
    assessed("rapid")(case)
    row = step(case, "4")
    Milestone.objects.filter(pk=row.pk).update(owner=case.lead, due_at=timezone.now() - dt.timedelta(days=2))
    signed_in(client, case.lead)
    text = client.get(f"/?step={row.pk}").content.decode()
    assert "A fact closes this step" in text and "Write the assessment" in text
    (one,) = offers_for(case, case.lead, [row])[row.pk]
    answer = client.post(
        reverse("advocacy:take_milestone", args=[case.reference, row.pk]),
        {"version": row.version, "fact": one.code, "fact_row": str(one.row), "came_from": "today"},
        follow=True,
    )
    assert answer.request["PATH_INFO"] == "/" and "The step is done." in answer.content.decode()
    assert step(case, "4").fact == "ASSESSMENT"


def test_the_sweep_that_gives_back_work_opens_steps_and_tells_the_lead_where_the_owner_left() -> None:
    case = planned("SIX_WEEK")
    assessed("rapid")(case)
    row = taken(case, "4")
    Milestone.objects.filter(pk=row.pk).update(owner=a_person("sam"))
    UNDOES["ASSESSMENT"](case)
    sweeps.requeue_stale_jobs()
    assert step(case, "4").done_at is None
    assert Notice.objects.get(kind="advocacy.milestone.reopened").user == case.lead


# Approaches and answers.


def test_an_approach_proves_a_step_only_where_it_reached_somebody_of_that_kind() -> None:
    case = planned("SIX_WEEK")
    for entry, more in (
        (an_entry(actor_type="AC_FM", country="XPR"), {}),  # of the State that holds the person
        (an_entry(actor_type="AC_EMBASSY"), {"is_missed": True}),
        (an_entry(actor_type="AC_JUDGE"), {}),
    ):
        record_approach(actor=case.lead, case=case, new=NewApproach(kind="call", to=entry, **more))
    record_approach(actor=case.lead, case=case, new=NewApproach(kind="letter", to_name="A ministry"))
    assert not {code for _plan, _step, code in offered(case) if code.startswith("APPROACHED")}


def test_a_call_that_is_recorded_offers_itself_to_the_step_whose_act_it_is() -> None:
    case = planned("SIX_WEEK")
    row = step(case, "R3")
    hers = signed_in(Client(), case.lead)
    page = hers.get(reverse("advocacy:milestone", args=[case.reference, row.pk])).content.decode()
    assert reverse("advocacy:record_call", args=[case.reference]) in page
    desk = an_entry("The desk of the ministry")
    record_approach(actor=case.lead, case=case, new=NewApproach(kind="call", to=desk))
    page = hers.get(reverse("advocacy:milestone", args=[case.reference, row.pk])).content.decode()
    assert "A fact closes this step" in page and "The desk of the ministry" in page
    taken(case, "R3")
    assert Milestone.objects.get(pk=row.pk).fact == "APPROACHED_MINISTRY"
