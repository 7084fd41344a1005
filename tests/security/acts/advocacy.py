"""Acts on plans and steps, the alarm and its notices; and what of advocacy asks nobody."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.utils import timezone

from accounts.refusals import Refused
from advocacy import plan_templates
from advocacy.actions import milestones
from advocacy.actions.alarm_facts import Alarm
from advocacy.actions.approaches import NewApproach, record_approach
from advocacy.actions.asks import NewStanding
from advocacy.models import Approach, Milestone, Plan, Reply
from casework.models import Ask
from directory.models import Recipient
from materials.models import Copy, Dispatch, Material
from safety.models import OfficeSafety, RiskAssessment
from tests.advocacy.journeys import PROOF, seen
from tests.gate.ready import Ready, a_ready_case, a_signed_assessment, make_ready
from tests.security.acts.casework_packet import OPENS_NONE
from tests.security.acts.record import Act, part, reads
from tests.security.acts.world import ActWorld, cases_made
from tests.security.world import A_MEETING, A_PROMISE

PLAN, WRITE, SIGN = ("plan",), ("write_material",), ("sign_review",)
CALLS = ("write_material", "manage_access")
OWNER = {"whose step it is": lambda w: w.base.people["reviewer"]}


def a_step(world: ActWorld) -> Milestone:
    """Return an open step of the plan, which belongs to somebody on the case who does not plan."""
    step = world.row(Milestone, "step")
    step.owner = world.base.people["reviewer"]
    step.save(update_fields=["owner"])
    return step


def done(world: ActWorld) -> Milestone:
    """Return the step, done a moment ago."""
    step = a_step(world)
    return milestones.complete(actor=world.people["ana"], milestone=step, version=step.version, evidence="The letter")


def a_proved_step(world: ActWorld) -> Milestone:
    """Return the step that a signed assessment proves done, of somebody who does not plan."""
    plan = world.row(Plan, "plan")
    found = plan.milestones.get(key="4")
    found.owner = world.base.people["reviewer"]
    found.save(update_fields=["owner"])
    a_signed_assessment(world.case, author=world.people["ana"], signer=world.base.people["reviewer"])
    return found


IT_IS_MET = NewStanding("met", "An observer sat in the room", timezone.localdate())


def an_approach(world: ActWorld) -> Approach:
    """Return an approach to which nothing has come back."""
    return record_approach(actor=world.people["ana"], case=world.case, new=A_MEETING)


def a_copy_of_two(world: ActWorld) -> Copy:
    """Return a copy that was handed over, of a paper about this case and one on which only its lead has rights."""
    made = make_ready("MIN_BRIEF", "AU_DIPLO", about=[world.case, a_ready_case(world.base.people["sam"])])
    dispatch = made.a_dispatch()
    dispatch.save(force_insert=True)
    copy = made.a_copy(dispatch)
    copy.save(force_insert=True)
    now = timezone.now()
    Copy.objects.filter(pk=copy.pk).update(dispatched_at=now, handed_over_at=now, handed_over_by=copy.created_by)
    return Copy.objects.get(pk=copy.pk)


def a_quiet_plan(world: ActWorld) -> Plan:
    """Return the plan as one of the quiet route, without its public steps."""
    plan = world.row(Plan, "plan")
    only_public = [step.key for step in plan_templates.steps(plan.template) if step.is_only_public]
    plan.milestones.filter(key__in=only_public).delete()
    Plan.objects.filter(pk=plan.pk).update(is_quiet=True)
    return plan


def step(world: ActWorld, **more: Any) -> dict[str, Any]:
    """Return the step as it is stored now, with its version."""
    found = Milestone.objects.get(pk=world.ready.pk)
    return {"milestone": found, "version": found.version, **more}


def alarm(world: ActWorld) -> Alarm:
    """Return what is typed into an alarm."""
    return Alarm(
        name="Ilias Varanen",
        country="XPR",
        last_seen="today, about 19:00",
        place="Lower Tarn, by the bridge",
        taken_by="Four men without signs",
        danger="He needs insulin twice a day.",
        ask="Ask tonight where he is held.",
        told="Telephoned twice.",
        recipients=(world.row(Recipient, "recipient"),),
        may_be_named=True,
    )


def about_two(world: ActWorld, **how: Any) -> Ready:
    """Return a notice about the case of the world and one more."""
    other = a_ready_case(world.people["ana"])
    world.bring(other)
    return make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", about=[world.case, other], **how)


def a_notice(world: ActWorld) -> Material:
    """Return that notice, by ana, that waits for its signers; nobody was called."""
    OfficeSafety.objects.update_or_create(pk=1, defaults={"emergency_wait_minutes": 0, "contact_line": "Duty desk"})
    made = about_two(world)
    material = made.material
    own = {str(case.pk): ["CI_BIO", "CI_NAME"] for case in made.cases}
    material.withheld = {"recipients": [str(world.base.parts["recipient"])], "own": own, "is_nothing_further": False}
    material.status, material.sent_to_review_at = Material.Status.IN_REVIEW, timezone.now()
    material.save(update_fields=["withheld", "status", "sent_to_review_at"])
    material.refresh_from_db()
    return material


def own(world: ActWorld) -> dict[str, Any]:
    """Return the notice as it is stored now."""
    return {"material": Material.objects.get(pk=world.ready.pk)}


def sent_alone(world: ActWorld) -> Dispatch:
    """Return what ana sent without a signature."""
    made = about_two(world, alone=True)
    row = made.a_dispatch(review_due_at=timezone.now() + dt.timedelta(hours=24))
    row.save(force_insert=True)
    return row


PLANS = (
    Act(
        "advocacy.actions.plans.make_plan",
        lambda w: {"case": w.case, "template": "URGENT_72H", "starts_at": timezone.now()},
        all_of=PLAN,
    ),
    Act(
        "advocacy.actions.plans.add_public_steps",
        lambda w: {"plan": Plan.objects.get(pk=w.ready.pk)},
        ready=a_quiet_plan,
        all_of=PLAN,
    ),
    Act("advocacy.actions.plans.end_plan", lambda w: {"plan": w.row(Plan, "plan")}, all_of=PLAN),
    Act(
        "advocacy.actions.milestones.move_start",
        lambda w: {"plan": w.row(Plan, "plan"), "starts_at": timezone.now() + dt.timedelta(days=2)},
        all_of=PLAN,
    ),
    Act(
        "advocacy.actions.milestones.move",
        lambda w: step(w, due_at=timezone.now() + dt.timedelta(days=9)),
        ready=a_step,
        all_of=PLAN,
        refuses=OWNER,
    ),
    Act(
        "advocacy.actions.milestones.assign",
        lambda w: step(w, owner=w.people["ana"]),
        ready=a_step,
        all_of=PLAN,
        refuses=OWNER,
    ),
    Act(
        "advocacy.actions.milestones.drop",
        lambda w: step(w, reason="Not needed"),
        ready=a_step,
        all_of=PLAN,
        refuses=OWNER,
    ),
    Act(
        "advocacy.actions.milestones.complete",
        lambda w: step(w, evidence="The letter"),
        ready=a_step,
        all_of=PLAN,
        allows=OWNER,
    ),
    Act(
        "advocacy.actions.milestones.take_fact",
        lambda w: step(w, fact="ASSESSMENT", fact_row=RiskAssessment.objects.of_cases().latest("number").pk),
        ready=a_proved_step,
        all_of=PLAN,
        allows=OWNER,
    ),
    Act(
        "advocacy.actions.milestones.write_note",
        lambda w: step(w, note="They wrote back."),
        ready=a_step,
        all_of=PLAN,
        allows=OWNER,
    ),
    Act(
        "advocacy.actions.milestones.undo_done",
        lambda w: {"milestone": step(w)["milestone"]},
        ready=done,
        all_of=PLAN,
        allows=OWNER,
    ),
)
ALARM = (
    Act(
        "advocacy.actions.urgent.raise_alarm",
        lambda w: {"alarm": alarm(w)},
        variant="of a case that is opened",
        is_of_office=True,
        refusal=Refused,
        says=OPENS_NONE,
    ),
    Act(
        "advocacy.actions.urgent.raise_alarm",
        lambda w: {"alarm": alarm(w), "case": w.case},
        variant="of a case that is here",
        all_of=("write_material", "change_case", "keep_consent", "manage_access", "plan"),
        spoiled=lambda w: {"alarm": replace(alarm(w), recipients=()), "case": w.case},
    ),
    Act(
        "advocacy.actions.urgent.open_without_notice",
        lambda w: {"alarm": alarm(w)},
        is_of_office=True,
        refusal=Refused,
        says=OPENS_NONE,
    ),
    Act(
        "advocacy.actions.alarm_facts.keep_facts_of",
        lambda w: {"case": w.case, "alarm": alarm(w)},
        all_of=("change_case",),
        spoiled=lambda w: {"case": w.case, "alarm": Alarm("A cook", "XPR", is_label=True)},
    ),
    Act("advocacy.actions.urgent.hand_over", own, ready=a_notice, on_each=cases_made, all_of=WRITE),
    Act("advocacy.actions.urgent.call_again", own, ready=a_notice, on_each=cases_made, all_of=CALLS),
    Act("advocacy.actions.signers.call_signers", own, ready=a_notice, on_each=cases_made, all_of=CALLS),
    Act(
        "advocacy.actions.signers.sign_notice",
        lambda w: own(w) | {"seen": seen(own(w)["material"]), "proof": PROOF},
        ready=a_notice,
        on_each=cases_made,
        all_of=SIGN,
        waits_a_day=True,
        refuses={"who wrote it": lambda w: w.people["ana"]},
    ),
    Act("advocacy.actions.sending.send", own, ready=a_notice, on_each=cases_made, all_of=("dispatch",)),
    Act(
        "advocacy.actions.signers.look_back",
        lambda w: {"dispatch": Dispatch.objects.get(pk=w.ready.pk), "proof": PROOF, "note": "It was right."},
        ready=sent_alone,
        on_each=cases_made,
        all_of=SIGN,
        waits_a_day=True,
        refuses={"who sent it": lambda w: w.people["ana"]},
    ),
)
ANSWERS = (
    Act(
        "advocacy.actions.approaches.record_approach",
        lambda w: {"case": w.case, "new": A_MEETING},
        all_of=PLAN,
        spoiled=lambda w: {"case": w.case, "new": NewApproach(kind="letter")},
        never={
            "about an ask of another case": lambda w: {
                "case": w.other,
                "new": replace(A_MEETING, asks=[w.row(Ask, "ask")]),
            },
            "with a copy that they may not send": lambda w: {
                "case": w.case,
                "new": replace(A_MEETING, copy=a_copy_of_two(w)),
            },
        },
    ),
    Act(
        "advocacy.actions.approaches.withdraw_approach",
        lambda w: {"approach": Approach.objects.get(pk=w.ready.pk), "reason": "Another case"},
        ready=an_approach,
        all_of=PLAN,
        spoiled=lambda w: {"approach": Approach.objects.get(pk=w.ready.pk), "reason": ""},
    ),
    Act(
        "advocacy.actions.replies.record_reply",
        lambda w: {"case": w.case, "new": A_PROMISE, "approach": w.row(Approach, "approach")},
        variant="to an approach",
        all_of=PLAN,
        spoiled=lambda w: {"case": w.case, "new": A_PROMISE},
    ),
    Act(
        "advocacy.actions.replies.record_reply",
        lambda w: {"case": w.case, "new": A_PROMISE, "copy": w.row(Copy, "handed_copy")},
        variant="to a copy",
        all_of=("plan", "dispatch"),
        spoiled=lambda w: {"case": w.case, "new": A_PROMISE, "copy": w.row(Copy, "copy")},
        never={
            "to a copy that they may not send": lambda w: {
                "case": w.case,
                "new": A_PROMISE,
                "copy": a_copy_of_two(w),
            }
        },
    ),
    Act(
        "advocacy.actions.asks.say_how_an_ask_stands",
        lambda w: {"ask": w.row(Ask, "ask"), "after": 0, "new": IT_IS_MET},
        all_of=PLAN,
        spoiled=lambda w: {"ask": w.row(Ask, "ask"), "after": 0, "new": replace(IT_IS_MET, words="")},
    ),
    Act(
        "advocacy.actions.replies.settle_promise",
        lambda w: {"reply": w.row(Reply, "reply"), "is_kept": True, "on": timezone.localdate()},
        all_of=PLAN,
    ),
    Act(
        "advocacy.actions.replies.withdraw_reply",
        lambda w: {"reply": w.row(Reply, "reply"), "reason": "Another case"},
        all_of=PLAN,
        spoiled=lambda w: {"reply": w.row(Reply, "reply"), "reason": ""},
    ),
)
ACTS = (*PLANS, *ALARM, *ANSWERS)

UNASKED = (
    *reads("it only looks whether a reason was written", "advocacy.actions.replies.reason_of"),
    *reads("it looks who said the last word, for the form and the verb", "advocacy.actions.asks.may_verify"),
    part(
        "keeps a reply, for the verb that locked the case and asked",
        "advocacy.actions.replies.answer",
        "advocacy.actions.approaches",
        "advocacy.actions.replies",
    ),
    *reads(
        "it is the question itself",
        "advocacy.actions.milestones.is_planner_or_owner",
        "advocacy.actions.sending.why_not_alone",
        "advocacy.actions.signers.consents_to_second",
    ),
    *reads(
        "it reads what it is handed and writes nothing",
        "advocacy.actions.alarm_facts.is_known",
        "advocacy.actions.alarm_facts.name_line",
        "advocacy.actions.milestones.may_undo",
        "advocacy.actions.lost_facts.lost_fact",
        "advocacy.actions.milestones.close_by_fact",
        "advocacy.actions.milestones.open_again",
        "advocacy.actions.plans.due_at_of",
        "advocacy.actions.plans.is_kept_quiet",
        "advocacy.actions.plans.keeps_quiet",
        "advocacy.actions.plans.owners_by_role",
        "advocacy.actions.plans.proved_from_the_start",
        "advocacy.actions.reminders.remind_times",
        "advocacy.actions.sending.chosen_recipients",
        "advocacy.actions.sending.signing_state",
        "advocacy.actions.signers.is_agreement_late",
        "advocacy.actions.signers.signers",
        "advocacy.actions.told_days.born_at",
        "advocacy.actions.told_days.seen_on",
        "advocacy.actions.urgent.contact_line",
    ),
    part(
        "finds the steps that wait for a step (what it updates is a set in memory)",
        "advocacy.actions.milestones.open_after",
        "advocacy.actions.milestones",
        "advocacy.pages.milestone",
        "advocacy.views.milestones",
    ),
    part(
        "keeps reminders in step with what a verb did that asked, or the sweep",
        "advocacy.actions.reminders.remind",
        "advocacy.actions.lost_facts",
        "advocacy.actions.milestones",
        "advocacy.actions.plans",
        "advocacy.actions.urgent",
    ),
    part(
        "opens a step whose fact is gone, for the sweep, which is nobody",
        "advocacy.actions.lost_facts.reopen_lost_facts",
        "web.sweeps",
    ),
    part(
        "stops reminders of a plan that a verb ended, which asked",
        "advocacy.actions.reminders.drop_reminders",
        "advocacy.actions.plans",
    ),
    part(
        "tells the signers of what was sent alone, for the verb that sent it",
        "advocacy.actions.signers.ask_to_look_back",
        "advocacy.actions.sending",
    ),
)
