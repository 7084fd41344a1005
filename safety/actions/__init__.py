"""The verbs of safety: assess and sign, hold and lift, decide the posture, tell what happened."""

from safety.actions.assessments import (
    end_assessment,
    send_back_assessment,
    sign_assessment,
    why_not_sign_this,
    write_assessment,
    write_revision_check,
)
from safety.actions.drafts import drop_assessment_draft, keep_assessment_draft
from safety.actions.holds import ask_to_lift, confirm_hold, hold, lift_hold, lifting_was_asked, why_not_lift
from safety.actions.office import change_office_safety
from safety.actions.posture import decide_posture
from safety.actions.risk_events import note_risk_event
from safety.actions.second_sets import give_second_set, second_set_of
from safety.actions.twins import rule_on_twin
from safety.assessing.harms import HarmGiven

__all__ = [
    "HarmGiven",
    "ask_to_lift",
    "change_office_safety",
    "confirm_hold",
    "decide_posture",
    "drop_assessment_draft",
    "end_assessment",
    "give_second_set",
    "hold",
    "keep_assessment_draft",
    "lift_hold",
    "lifting_was_asked",
    "note_risk_event",
    "rule_on_twin",
    "second_set_of",
    "send_back_assessment",
    "sign_assessment",
    "why_not_lift",
    "why_not_sign_this",
    "write_assessment",
    "write_revision_check",
]
