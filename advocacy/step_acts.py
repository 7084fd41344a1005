"""What is done to do a step: the words on its button, the right it needs, and where it leads.

A row of plan_templates.csv names its act in `act`. What leaves no fact behind (a talk with the family, a map, a joint letter) is SAY: there
the act is to say what was done.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.models import Case

SAY = "SAY"


@dataclass(frozen=True)
class Act:
    """One act: its label, the right of whoever does it, the page, and what stands behind its question mark."""

    label: Promise
    right: str
    page: str
    query: str = ""

    def url(self, case: Case) -> str:
        """Return where this is done for a case."""
        address = reverse(self.page, args=[case.reference])
        return f"{address}?{self.query}" if self.query else address


def _paper(label: Promise, kind: str) -> Act:
    return Act(label, "write_material", "materials:material_new", f"kind={kind}" if kind else "")


ACTS: Mapping[str, Act] = {
    "PACKET": Act(_("Fill in the packet"), "view_case", "casework:case"),
    "ASK_CONSENT": Act(_("Record the consent"), "keep_consent", "casework:add_consent"),
    "CLAIMS": Act(_("Rule on the claims"), "view_case", "casework:claims"),
    "ASSESS": Act(_("Write the assessment"), "assess_risk", "safety:assess"),
    "POSTURE": Act(_("Decide the posture"), "plan", "safety:posture"),
    "HOLD": Act(_("Hold public work"), "view_case", "safety:hold"),
    "START_PLAN": Act(_("Start the plan of weeks"), "plan", "advocacy:plan_new", "template=SIX_WEEK"),
    "RESULTS": Act(_("Judge the targets"), "plan", "advocacy:results"),
    "RECORD_CALL": Act(_("Record a call"), "plan", "advocacy:record_call"),
    "RECORD_APPROACH": Act(_("Record an approach"), "plan", "advocacy:record_approach"),
    "HAND_OVER": Act(_("Say that a copy was handed over"), "view_case", "materials:copies"),
    "PUBLISH": Act(_("Write what is published"), "write_material", "materials:material_new"),
    "WRITE_MIN_BRIEF": _paper(_("Write the briefing"), "MIN_BRIEF"),
    "WRITE_COMM_BRIEF": _paper(_("Write the briefing"), "COMM_BRIEF"),
    "WRITE_QUESTION": _paper(_("Write the question"), "QUESTION"),
    "WRITE_SUPPORTER": _paper(_("Write the supporters’ page"), "SUPPORTER"),
    "WRITE_LETTER": _paper(_("Write the letter"), "OFFICIAL_LETTER"),
    "WRITE_STOP": _paper(_("Write that it stops"), "WITHDRAWAL"),
}


def find(code: str) -> Act | None:
    """Return the act of this code, or None for SAY; an unknown code raises KeyError."""
    return None if code == SAY else ACTS[code]
