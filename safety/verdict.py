"""What the gate answers: open, or every reason why not, each with who can mend it and where."""

import uuid
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.models import Case


@dataclass(frozen=True)
class Words:
    """A refusal in words: what is wrong, what mends it, and the name of the page that does, with the place on it."""

    sentence: str | Promise
    mend: str | Promise
    page: str
    place: str = ""

    def address(self, *arguments: object) -> str:
        """Return where it is mended; raises NoReverseMatch without what the page is about."""
        return reverse(self.page, args=arguments) + self.place


REFUSALS: dict[str, Words] = {
    "no-consent": Words(
        _("There is no live consent for this audience."),
        _("Record what the person or family said"),
        "casework:consents",
    ),
    "item-without-consent": Words(
        _("The text discloses something for which there is no consent."),
        _("See the consent ledger"),
        "casework:consents",
    ),
    "refused-by-the-person": Words(
        _("The person has refused this audience."), _("See the consent ledger"), "casework:consents"
    ),
    "family-disagrees": Words(
        _("The family disagrees about this audience, and the person's own word is not known."),
        _("See the consent ledger"),
        "casework:consents",
    ),
    "wish-for-silence": Words(_("The known wish is silence or delay."), _("See the known wish"), "casework:consents"),
    "on-hold": Words(_("Public work is on hold."), _("See who holds it and why"), "safety:hold"),
    "paused": Words(
        _("Public work is paused until a new assessment is signed."), _("Assess the risk again"), "safety:assess"
    ),
    "review-of-risk-due": Words(
        _("Something happened, and the risk has not been looked at again."), _("Assess the risk again"), "safety:assess"
    ),
    "review-of-risk-late": Words(_("A new look at the risk is late."), _("Assess the risk again"), "safety:assess"),
    "posture-forbids": Words(
        _("The posture of the case does not allow public words."), _("See the posture"), "safety:safety"
    ),
    "no-assessment": Words(_("There is no risk assessment."), _("Assess the risk"), "safety:assess"),
    "assessment-not-signed": Words(
        _("The latest risk assessment is not signed."), _("Ask a second person to sign it"), "safety:safety"
    ),
    "assessment-out-of-date": Words(
        _("The latest risk assessment is out of date."), _("Assess the risk again"), "safety:assess"
    ),
    "risk-is-critical": Words(
        _("The added risk is critical: nothing is public, unless three people agree on the one exception."),
        _("See the exception"),
        "materials:exception",
    ),
    "high-risk-unsigned-by-director": Words(
        _("The added risk is high, and no director has signed it."), _("See the assessment"), "safety:safety"
    ),
    "high-risk-without-wish": Words(
        _("The added risk is high, and no wish for publicity is recorded after a talk."),
        _("Record what the person or family said"),
        "casework:consents",
    ),
    "needs-full-assessment": Words(
        _("An answer in the rapid assessment asks for a full one."),
        _("Write the full assessment"),
        "safety:assess",
        "?kind=full",
    ),
    "hard-stop": Words(_("An answer in the assessment is a hard stop."), _("See the assessment"), "safety:safety"),
    "no-rapid-check": Words(
        _("The twelve questions were not answered for this revision in the last 72 hours, or one of them stops it."),
        _("Open the review"),
        "materials:review",
        "#decision-h",
    ),
    "family-not-told": Words(
        _("Nobody has recorded that the family was told."), _("Record who was told"), "materials:publish"
    ),
    "claim-taken-out": Words(
        _("The text uses a claim that was taken out of the packet."), _("Edit the text"), "materials:material"
    ),
    "claim-in-doubt": Words(
        _("The text uses a claim that is unchecked, in conflict, stale or found false."),
        _("See the claims"),
        "casework:claims",
    ),
    "claim-not-publishable": Words(
        _("The text uses a claim whose sources are too weak for the way it is printed."),
        _("See the claims"),
        "casework:claims",
    ),
    "claim-names-no-items": Words(
        _("Nobody has said what a claim in the text discloses."), _("See the claims"), "casework:claims"
    ),
    "item-not-counted": Words(
        _("What a claim discloses has changed since the text was written."), _("Edit the text"), "materials:material"
    ),
    "leak-scan-missing": Words(
        _("The leak scan has not run on this revision."), _("Send it to review"), "materials:material"
    ),
    "leak-scan-cannot-check": Words(
        _("The leak scan could not check this text, and nobody has read it for names."),
        _("Go to the findings"),
        "materials:review",
        "#findings-h",
    ),
    "leak-finding-open": Words(
        _("The leak scan found protected words that nobody has ruled on."),
        _("Go to the findings"),
        "materials:review",
        "#findings-h",
    ),
    "about-no-case": Words(_("The material is about no case."), _("Open the material"), "materials:material"),
    "inside-only": Words(_("This material is for inside use only."), _("Open the material"), "materials:material"),
    "revision-is-old": Words(
        _("The text has changed since it was cleared."), _("Open the material"), "materials:material"
    ),
    "text-differs": Words(_("The text is not the text that was signed."), _("Open the material"), "materials:material"),
    "no-clearance": Words(_("This revision is not cleared."), _("Open the material"), "materials:material"),
    "clearance-revoked": Words(_("The clearance was revoked."), _("Open the material"), "materials:material"),
    "clearance-ended": Words(_("The clearance has ended."), _("Send it to review again"), "materials:material"),
    "no-review": Words(_("No second person has signed this revision."), _("Send it to review"), "materials:material"),
    "review-revoked": Words(
        _("The reviewer has taken the signature back."), _("Open the material"), "materials:material"
    ),
    "four-eyes": Words(
        _("The author or last editor may not be the one who signs."), _("Open the material"), "materials:material"
    ),
    "four-questions-open": Words(
        _("The four safety questions are not answered."), _("Open the notice"), "advocacy:urgent_notice"
    ),
    "a-signer-may-still-answer": Words(
        _("A signer may still answer; sending alone is not possible yet."),
        _("Open the notice"),
        "advocacy:urgent_notice",
    ),
    "nobody-agreed": Words(
        _("Nobody agreed within 24 hours, as second person, that best interest may be presumed."),
        _("Open the notice"),
        "advocacy:urgent_notice",
    ),
    "emergency-right-rests": Words(
        _("An earlier notice that you sent alone was not reviewed in time, so sending alone rests."),
        _("See Today"),
        "web:today",
    ),
    "recipient-not-trusted": Words(
        _("The recipient is not on the approved list."), _("See the trusted recipients"), "directory:recipients"
    ),
    "copy-of-another-text": Words(
        _("The copy is not of the text that was dispatched."), _("Open the material"), "materials:material"
    ),
    "not-authentic": Words(
        _("A record behind this text does not carry our mark; it is not served."),
        _("See the audit trail"),
        "audit:entries",
    ),
    "withdrawn": Words(_("It was taken down."), _("Open the material"), "materials:material"),
}


@dataclass(frozen=True)
class Refusal:
    """One unmet condition, of one case or of the material as a whole."""

    code: str
    case: Case | None = None
    material_id: uuid.UUID | None = None
    further_cases: int = 0

    @property
    def sentence(self) -> str:
        """Return what is wrong, in words."""
        return str(REFUSALS[self.code].sentence)

    @property
    def title(self) -> str:
        """Return the sentence for the refusal list."""
        return self.sentence

    @property
    def text(self) -> str:
        """Return which case it is about, as far as the reader may know it."""
        if self.case is not None:
            return f"{self.case.codename} {self.case.reference}"
        return str(_("One further case")) if self.further_cases else ""

    @property
    def label(self) -> str:
        """Return the words of the link that leads to the mend."""
        return str(REFUSALS[self.code].mend)

    @property
    def url(self) -> str:
        """Return the page that mends it, or nothing where the reader may not go."""
        words = REFUSALS[self.code]
        page = words.page
        of_material = page.startswith("advocacy:") and page not in {"web:today", "directory:recipients"}
        arguments = [self.material_id] if of_material else [self.case.reference] if self.case else []
        try:
            return words.address(*arguments)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Verdict:
    """Every refusal, in the gate's order. True when there is none."""

    refusals: tuple[Refusal, ...] = field(default=())

    def __bool__(self) -> bool:
        return not self.refusals

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes without doubles, in the gate's order."""
        return tuple(dict.fromkeys(refusal.code for refusal in self.refusals))


class GateClosed(Exception):
    """The gate refused. Carries the verdict; nothing was changed."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(", ".join(verdict.codes))
