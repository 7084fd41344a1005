"""What the safety of a case asks for next, each by a question of its own: a list of cases asks few of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages.addresses import address_of
from safety.actions import lifting_was_asked
from safety.models import AssessmentDraft
from safety.pages.status import SafetyStatus
from safety.people import may_sign_high


@dataclass(frozen=True)
class Step:
    """One sentence, and where it is done; no address where another person must do it."""

    text: str
    url: str = ""
    label: str = ""


def assessing_step(
    standing: SafetyStatus, user: User, rights: frozenset[str], drafts: Sequence[AssessmentDraft] = ()
) -> Step | None:
    """Return what the assessment asks of this person or of somebody else, but for renewing one that ends soon.

    A draft that this person may take up comes before a new assessment, which would begin without it.
    """
    asked = (standing, user, rights)
    return _go_on(standing, drafts) or _write(*asked) or _sign(*asked) or _sign_high(*asked) or _answer(*asked)


def signing_step(standing: SafetyStatus, user: User, rights: frozenset[str]) -> Step | None:
    """Return the signature that this person may give to the latest assessment, or None."""
    asked = (_sign(standing, user, rights), _sign_high(standing, user, rights))
    return next((step for step in asked if step and step.url), None)


def _go_on(standing: SafetyStatus, drafts: Sequence[AssessmentDraft]) -> Step | None:
    if not drafts:
        return None
    text = _("a draft of an assessment waits. It counts for nothing until it is saved.")
    url = reverse("safety:assess", args=[standing.case.reference])
    return Step(text, f"{url}?kind={drafts[0].kind}", _("Go on with the draft"))


def lift_step(standing: SafetyStatus, user: User, rights: frozenset[str]) -> Step | None:
    """Return the decision about a hold that somebody asked to lift, for whoever may second it."""
    for hold in standing.holds:
        if (
            hold.case_id
            and "lift_hold" in rights
            and lifting_was_asked(hold, at=standing.at)
            and hold.lift_asked_by_id != user.pk
        ):
            text = _("%(name)s asks to lift the hold. A second person decides.") % {"name": hold.lift_asked_by}
            return Step(
                text, reverse("safety:lift", args=[standing.case.reference, hold.pk]), _("Decide about the hold")
            )
    return None


def _write(standing: SafetyStatus, user: User, rights: frozenset[str]) -> Step | None:
    row = standing.assessment
    if row is None:
        text = _("the risk of this case has not been assessed.")
        return _assess(standing, rights, text, _("Assess the risk"))
    if row.ended_at and not row.signed_at:
        text = _("%(name)s sent the assessment back. A new one is to be written.") % {"name": row.ended_by}
        return _assess(standing, rights, text, _("Write it again"), f"?kind={row.kind}&from={row.pk}")
    if standing.is_late:
        text = _("the assessment is out of date.")
        return _assess(standing, rights, text, _("Assess the risk again"), f"?from={row.pk}")
    if standing.pauses and not standing.waits_for_signature:
        text = _("public work is paused until a new assessment is signed.")
        return _assess(standing, rights, text, _("Assess the risk again"), f"?from={row.pk}")
    if row.signed_at and row.needs_full:
        text = _("questions that an answer opened are not answered yet.")
        return _assess(standing, rights, text, _("Answer the opened questions"), f"?from={row.pk}")
    return None


def _sign(standing: SafetyStatus, user: User, rights: frozenset[str]) -> Step | None:
    row = standing.assessment
    if row is None or not standing.waits_for_signature:
        return None
    if "sign_risk" in rights and user.pk not in row.writers:
        text = _("the assessment by %(name)s waits for your signature.") % {"name": row.author}
        return Step(text, reverse("safety:sign_assessment", args=[standing.case.reference, row.pk]), _("Read and sign"))
    return Step(_("somebody other than %(name)s signs the assessment.") % {"name": row.author})


def _sign_high(standing: SafetyStatus, user: User, rights: frozenset[str]) -> Step | None:
    row = standing.assessment
    if row is None or not standing.waits_for_director:
        return None
    if "sign_high" in rights and user.pk not in row.writers and may_sign_high(user, standing.case, at=standing.at):
        url = reverse("safety:sign_assessment", args=[standing.case.reference, row.pk])
        return Step(_("the risk is high. A director signs too before anything public."), url, _("Sign as director"))
    return Step(_("the risk is high. A director signs too before anything public."))


def _answer(standing: SafetyStatus, user: User, rights: frozenset[str]) -> Step | None:
    if not standing.risk_events or standing.waits_for_signature:
        return None
    text = _("something happened. The risk is to be looked at again.")
    before = f"?from={standing.assessment.pk if standing.assessment else ''}"
    return _assess(standing, rights, text, _("Assess the risk again"), before)


def is_posture_due(standing: SafetyStatus) -> bool:
    """Say whether it is to be decided how visible the case is: nobody has, or the day to look again has come."""
    return standing.posture is None or standing.posture.review_on <= timezone.localdate(standing.at)


def posture_step(standing: SafetyStatus, rights: frozenset[str]) -> Step | None:
    """Return the decision how visible the case is to be, where nobody has taken it or its day has come."""
    if not is_posture_due(standing):
        return None
    nobody = _("nobody has decided how visible this case is to be.")
    text = _("the posture is to be looked at again.") if standing.posture else nobody
    url = address_of("safety:posture", standing.case.reference)
    return _for("plan", rights, Step(text, url, _("Decide the posture")))


def renewing_step(standing: SafetyStatus, rights: frozenset[str]) -> Step | None:
    """Return the next assessment, where the one in force ends soon."""
    if not standing.ends_soon or standing.assessment is None:
        return None
    text = _("the assessment ends soon.")
    return _assess(standing, rights, text, _("Assess the risk again"), f"?from={standing.assessment.pk}")


def _assess(standing: SafetyStatus, rights: frozenset[str], text: str, label: str, query: str = "") -> Step:
    """Return a step that leads to the form of an assessment."""
    return _for("assess_risk", rights, Step(text, address_of("safety:assess", standing.case.reference) + query, label))


def _for(right: str, rights: frozenset[str], step: Step) -> Step:
    """Return the step with its link for who has the right, and the sentence alone for everybody else."""
    return step if right in rights else Step(step.text)
