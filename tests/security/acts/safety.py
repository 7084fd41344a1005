"""Acts of safety: assess and sign, hold and lift, posture, what happened, twins, the gate; and what asks nobody."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from casework.access import NotAllowed
from casework.models import Case, PossibleTwin
from materials import disclosures
from materials.models import Material
from safety import actions
from safety.actions.drafts import draft_of
from safety.models import Hold, RiskAssessment
from tests.gate.ready import Ready, make_ready
from tests.safety.answers import PROOF, an_assessment, as_kept, calm_answers
from tests.security.acts.record import Act, heard, part, reads
from tests.security.acts.world import (
    ActWorld,
    all_roles,
    at_own_request_on,
    cases_made,
    with_everything,
    without_right_on,
)

ASSESS, SIGN_RISK, SIGN = ("assess_risk",), ("sign_risk",), ("sign_review",)
NOTES = dict.fromkeys(calm_answers(), "So the lawyer says.")


def calm() -> dict[str, Any]:
    """Return the twelve answers, each with a note where the packet says otherwise."""
    return as_kept(calm_answers(), NOTES)


def written(world: ActWorld) -> RiskAssessment:
    """Return the assessment of the case, which ana wrote."""
    return world.row(RiskAssessment, "assessment")


def a_plan(world: ActWorld) -> dict[str, Any]:
    """Return an assessment as it is typed."""
    told = {"kind": "rapid", "danger_now": "none", "not_acting": "She is forgotten."}
    return {"case": world.case, "answers": {"rapid": calm()}, **told}


def a_high_one(world: ActWorld) -> RiskAssessment:
    """Return an assessment of a high risk by ana."""
    row = an_assessment(world.case, world.people["ana"], harms=[("HC_FAMILY", 4, 3)], notes=NOTES)
    assert row.takes_two_signatures
    return row


def answered_once(world: ActWorld) -> RiskAssessment:
    """Return the same after somebody gave their own answers to it."""
    row = a_high_one(world)
    actions.give_second_set(actor=world.people["another with every right"], assessment=row, answers=calm())
    return row


def signed(world: ActWorld) -> RiskAssessment:
    """Return an assessment of the case that was signed."""
    return actions.sign_assessment(
        actor=world.people["another with every right"], assessment=written(world), proof=PROOF
    )


def a_draft(world: ActWorld) -> Any:
    """Return a draft of an assessment that ana kept."""
    fields = {"RQ01": "yes"}
    return actions.keep_assessment_draft(actor=world.people["ana"], case=world.case, kind="full", fields=fields)


def of_two_people(world: ActWorld) -> Any:
    """Return a draft that ana and somebody else filled in."""
    a_draft(world)
    fields = {"RQ02": "no", "draft": draft_of(world.case, "full").version}
    return actions.keep_assessment_draft(
        actor=world.people["another with every right"], case=world.case, kind="full", fields=fields
    )


def asked_to_lift(world: ActWorld) -> Hold:
    """Return the hold, that ana asked to lift."""
    return actions.ask_to_lift(actor=world.people["ana"], hold=world.row(Hold, "hold"), reason="The lawyer agrees.")


def pair(world: ActWorld) -> PossibleTwin:
    """Return the pair, with everybody who has every right here on the other case too."""
    twin = world.row(PossibleTwin, "twin")
    world.bring(twin.beside(world.case))
    return twin


def of_pair(world: ActWorld) -> list[Case]:
    """Return the two cases of the pair."""
    twin = PossibleTwin.objects.get(pk=world.ready.pk)
    return [twin.one, twin.other]


def who_opened(world: ActWorld) -> User:
    """Return who opened the later case of the pair, with every right on both besides."""
    twin = PossibleTwin.objects.get(pk=world.ready.pk)
    person = with_everything(world, twin.later.opened_by.username)
    all_roles(twin.one, person)
    all_roles(twin.other, person)
    return person


def uncleared(world: ActWorld) -> Ready:
    """Return a material that was reviewed by somebody, and that no clearance was granted for."""
    made = make_ready("MIN_BRIEF", "AU_DIPLO")
    world.bring(*made.cases)
    return made


def of_two_cases(world: ActWorld) -> Ready:
    """Return the same about two cases."""
    made = make_ready("MIN_BRIEF", "AU_DIPLO", cases=2)
    world.bring(*made.cases)
    return made


def unsigned(world: ActWorld) -> Ready:
    """Return a notice about the case of the world whose signers did not answer in time."""
    return make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", about=[world.case], alone=True)


def clearance(world: ActWorld) -> dict[str, Any]:
    """Return what the gate is asked for a clearance with."""
    material = Material.objects.get(pk=world.ready.material.pk)
    uses = disclosures.parts_of(material.pk, material.revision)
    return {"material": material, "uses": uses, "review": world.ready.review}


def a_check(world: ActWorld) -> dict[str, Any]:
    """Return the twelve answers about a revision."""
    material = world.material()
    told = {"material_id": material.pk, "revision": material.revision, "danger_now": "none"}
    return {"case": world.case, "answers": calm(), **told}


ASSESSMENTS = (
    Act(
        "safety.actions.assessments.write_assessment",
        a_plan,
        all_of=ASSESS,
        never={"calmer than the packet": lambda w: a_plan(w) | {"answers": {"rapid": as_kept(calm_answers(), {})}}},
    ),
    Act(
        "safety.actions.assessments.write_revision_check",
        a_check,
        any_of=("sign_review", "assess_risk", "write_material"),
    ),
    Act(
        "safety.actions.assessments.sign_assessment",
        lambda w: {"assessment": written(w), "proof": PROOF},
        all_of=SIGN_RISK,
        waits_a_day=True,
        refuses={"who wrote it": lambda w: w.people["ana"]},
    ),
    Act(
        "safety.actions.assessments.send_back_assessment",
        lambda w: {"assessment": written(w), "reason": "Ask the lawyer."},
        all_of=SIGN_RISK,
        refuses={"who wrote it": lambda w: w.people["ana"]},
    ),
    Act(
        "safety.actions.assessments.end_assessment",
        lambda w: {"assessment": written(w), "reason": "He was moved."},
        ready=signed,
        any_of=("assess_risk", "sign_risk"),
    ),
    Act(
        "safety.actions.second_sets.give_second_set",
        lambda w: {"assessment": RiskAssessment.objects.get(pk=w.ready.pk), "answers": calm()},
        ready=answered_once,
        all_of=SIGN_RISK,
        refuses={
            "who wrote it": lambda w: w.people["ana"],
            "who answered already": lambda w: w.people["another with every right"],
        },
    ),
    Act(
        "safety.actions.drafts.keep_assessment_draft",
        lambda w: {"case": w.case, "kind": "full", "fields": {"RQ01": "yes"}},
        all_of=ASSESS,
    ),
    Act(
        "safety.actions.drafts.keep_assessment_draft",
        lambda w: {"case": w.case, "kind": "full", "fields": {"RQ01": "no", "draft": w.ready.version}},
        variant="that two people filled in",
        ready=of_two_people,
        is_own=True,
        refusal=(NotAllowed, Refused),
        allows={
            "who began it": lambda w: w.people["ana"],
            "who joined": lambda w: w.people["another with every right"],
        },
    ),
    Act(
        "safety.actions.drafts.drop_assessment_draft",
        lambda w: {"case": w.case, "kind": "full"},
        ready=a_draft,
        all_of=ASSESS,
    ),
)
HOLDS = (
    Act(
        "safety.actions.holds.hold", lambda w: {"case": w.case, "reason": "Her brother was summoned."}, is_on_case=True
    ),
    Act("safety.actions.holds.confirm_hold", lambda w: {"hold": w.row(Hold, "hold")}, is_on_case=True),
    Act(
        "safety.actions.holds.ask_to_lift",
        lambda w: {"hold": w.row(Hold, "hold"), "reason": "The lawyer agrees."},
        is_on_case=True,
    ),
    Act(
        "safety.actions.holds.ask_to_lift",
        lambda w: {"hold": w.row(Hold, "hold"), "reason": "The lawyer agrees."},
        variant="that somebody asked for",
        ready=asked_to_lift,
        is_own=True,
        refusal=(NotAllowed, Refused),
        allows={"who asked for it": lambda w: w.people["ana"]},
    ),
    Act(
        "safety.actions.holds.lift_hold",
        lambda w: {"hold": w.row(Hold, "hold"), "proof": PROOF},
        ready=asked_to_lift,
        all_of=("lift_hold",),
        waits_a_day=True,
        refuses={"who asked for it": lambda w: w.people["ana"]},
    ),
)
DECISIONS = (
    Act(
        "safety.actions.posture.decide_posture",
        lambda w: {"case": w.case, "kind": "PO_PUBLIC", "reason": "Asked for", "review_on": timezone.localdate()},
        all_of=("plan",),
    ),
    Act(
        "safety.actions.risk_events.note_risk_event",
        lambda w: {"case": w.case, "code": "TR_HEALTH", "what": "She was taken to hospital."},
        all_of=("view_case",),
    ),
    Act(
        "safety.actions.office.change_office_safety",
        lambda w: {"emergency_wait_minutes": 20, "grace_days": 7, "contact_line": "Duty desk", "reason": "Agreed"},
        office=("director",),
        refusal=Refused,
        says="Only a director",
    ),
    Act(
        "safety.actions.twins.rule_on_twin",
        lambda w: {
            "twin": PossibleTwin.objects.get(pk=w.ready.pk),
            "verdict": "same",
            "reason": "One birthday",
            "proof": PROOF,
        },
        ready=pair,
        all_of=SIGN,
        waits_a_day=True,
        refuses={
            "who opened the later case": who_opened,
            "who was put on the first case at their own request today": lambda w: at_own_request_on(0, w, of_pair(w)),
            "who was put on the last case at their own request today": lambda w: at_own_request_on(-1, w, of_pair(w)),
        },
        allows={
            "who signs on the last case alone": lambda w: without_right_on(0, w, of_pair(w), SIGN),
            "who signs on the first case alone": lambda w: without_right_on(-1, w, of_pair(w), SIGN),
        },
    ),
)
GATE = (
    Act("safety.gate.clear", clearance, ready=uncleared, all_of=SIGN),
    Act(
        "safety.gate.clear",
        clearance,
        variant="of two cases",
        ready=of_two_cases,
        all_of=SIGN,
        on_each=cases_made,
    ),
    Act(
        "safety.gate.clear",
        lambda w: clearance(w) | {"alone": True},
        variant="without a signature",
        ready=unsigned,
        all_of=("dispatch",),
    ),
)
ACTS = (*ASSESSMENTS, *HOLDS, *DECISIONS, *GATE)

UNASKED = (
    *reads(
        "it is the question itself",
        "safety.actions.assessments.why_not_sign_this",
        "safety.actions.holds.why_not_lift",
        "safety.actions.twins.who_rules_alone",
    ),
    *reads(
        "the gate answers and writes nothing; what a viewer may not see is counted, not named",
        "safety.gate.authentic",
        "safety.gate.examine",
        "safety.gate.judged",
        "safety.gate.refused_rows",
        "safety.gate.runs_out_at",
        "safety.gate.still_open",
    ),
    *reads(
        "it reads what it is handed and writes nothing",
        "safety.actions.drafts.answered_by",
        "safety.actions.drafts.draft_of",
        "safety.actions.drafts.why_not_go_on",
        "safety.actions.holds.lifting_was_asked",
        "safety.actions.second_sets.second_set_of",
    ),
    part(
        "joins who writes to the draft that is written", "safety.actions.drafts.take_up", "safety.actions.assessments"
    ),
    part(
        "keeps with a signature why it stands against the signer's own answers",
        "safety.actions.second_sets.explain_second_set",
        "safety.actions.assessments",
    ),
    part(
        "a scan can only find more; verbs that asked and each way out begin with it",
        "safety.leaks.scan.scan",
        "advocacy.actions.urgent",
        "materials.actions.materials",
        "materials.leaving.scanning",
    ),
    heard("hears of the verb that asked, and calls one that asks", "safety.listeners.note_risk_event_of_packet"),
    part(
        "tells people of what a verb did that asked",
        "safety.notify.notify_case",
        "safety.actions.assessments",
        "safety.actions.drafts",
        "safety.actions.holds",
        "safety.actions.posture",
        "safety.actions.risk_events",
    ),
)
