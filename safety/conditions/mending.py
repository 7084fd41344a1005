"""Who may mend what a condition asks for, in the words of the act, and on which page."""

import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = tuple[str | Promise, str | Promise]  # of the reader, and of others by name


@dataclass(frozen=True)
class Mender:
    """The right that mends it, and the words of who was given it."""

    right: str
    words: Words


NO_RIGHT: Final = None  # nothing that a right allows mends it: it is somebody's word, or time, or the office's


class About(Enum):
    """What a page is about, and so which argument its address takes."""

    MATERIAL = "material"
    CASE = "case"
    NOTHING = "nothing"


@dataclass(frozen=True)
class MendPage:
    """The page that mends a refusal, what it is about, and the place on it."""

    name: str
    about: About
    place: str = ""

    def address(self, *, case: str = "", material: uuid.UUID | None = None) -> str:
        """Return where it is mended; nothing while the case or the material that the page is about is not known."""
        arguments: dict[About, list[str | uuid.UUID]] = {
            About.MATERIAL: [material] if material else [],
            About.CASE: [case] if case else [],
            About.NOTHING: [],
        }
        if self.about is not About.NOTHING and not arguments[self.about]:
            return ""
        return reverse(self.name, args=arguments[self.about]) + self.place


CLAIMS_PAGE = MendPage("casework:claims", About.CASE)
CONSENTS_PAGE = MendPage("casework:consents", About.CASE)
HOLD_PAGE = MendPage("safety:hold", About.CASE)
ASSESS_PAGE = MendPage("safety:assess", About.CASE)
SAFETY_PAGE = MendPage("safety:safety", About.CASE)
CONCERNED_PAGE = MendPage("casework:concerned", About.CASE)
MATERIAL_PAGE = MendPage("materials:material", About.MATERIAL)
EDIT_PAGE = MendPage("materials:material_edit", About.MATERIAL)
PUBLISH_PAGE = MendPage("materials:publish", About.MATERIAL)
EXCEPTION_PAGE = MendPage("materials:exception", About.MATERIAL)
DECISION_PAGE = MendPage("materials:review", About.MATERIAL, "#decision-h")
FINDINGS_PAGE = MendPage("materials:review", About.MATERIAL, "#findings-h")
NOTICE_PAGE = MendPage("advocacy:urgent_notice", About.MATERIAL)
TODAY_PAGE = MendPage("web:today", About.NOTHING)
DIRECTORY_PAGE = MendPage("directory:actors", About.NOTHING)
RECIPIENTS_PAGE = MendPage("directory:recipients", About.NOTHING)
TRAIL_PAGE = MendPage("audit:entries", About.NOTHING)

RULE: Words = (_("You may rule on it."), _("%(names)s may rule on it."))
RECORD: Words = (_("You may record an answer."), _("%(names)s may record an answer."))

RULES_ON_CLAIMS = Mender("change_case", RULE)
RULES_ON_FINDINGS = Mender("sign_review", RULE)
RECORDS_CONSENT = Mender("keep_consent", RECORD)
CHANGES_TEXT = Mender("write_material", (_("You may change the text."), _("%(names)s may change the text.")))
TRANSLATES = Mender(
    "change_case",
    (
        _("You may translate it; another reader of the language signs."),
        _("%(names)s may translate it; another reader of the language signs."),
    ),
)
SENDS_TO_REVIEW = Mender("write_material", (_("You may send it to review."), _("%(names)s may send it to review.")))
SIGN: Words = (_("You may sign it."), _("%(names)s may sign it."))
SIGNS_REVIEW = Mender("sign_review", SIGN)
SIGNS_RISK = Mender("sign_risk", SIGN)
SIGNS_HIGH_RISK = Mender("sign_high", SIGN)
ASSESSES = Mender("assess_risk", (_("You may assess the risk."), _("%(names)s may assess the risk.")))
LIFTS_HOLD = Mender(
    "lift_hold", (_("Two people lift it; you may be one of them."), _("Two people lift it; %(names)s may."))
)
CHANGES_POSTURE = Mender("plan", (_("You may change it, with a reason."), _("%(names)s may change it, with a reason.")))
TELLS_FAMILY = Mender("dispatch", (_("You may record who was told."), _("%(names)s may record who was told.")))
