"""The verbs of safety: assess and sign, hold and lift, decide the posture, tell what happened."""

from safety.actions.assessments import (
    SIGNED_BY_A_DIRECTOR,
    end_assessment,
    send_back_assessment,
    sign_assessment,
    why_not_sign_this,
    write_assessment,
    write_revision_check,
)
from safety.actions.holds import ask_to_lift, confirm_hold, hold, lift_hold, lifting_was_asked, why_not_lift
from safety.actions.office import change_office_safety
from safety.actions.posture import decide_posture
from safety.actions.risk_events import note_risk_event
from safety.actions.twins import rule_on_twin
from safety.assessing.harms import HarmGiven

__all__ = [
    "SIGNED_BY_A_DIRECTOR",
    "HarmGiven",
    "ask_to_lift",
    "change_office_safety",
    "confirm_hold",
    "decide_posture",
    "end_assessment",
    "hold",
    "lift_hold",
    "lifting_was_asked",
    "note_risk_event",
    "rule_on_twin",
    "send_back_assessment",
    "sign_assessment",
    "why_not_lift",
    "why_not_sign_this",
    "write_assessment",
    "write_revision_check",
]
