"""What the safety of a case asks for next, step by step: what protects a person comes first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
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


@dataclass(frozen=True)
class SafetySteps:
    """What may have to be done for the safety of a case, what protects first; None where nothing waits."""

    lift: Step | None
    draft: Step | None
    write: Step | None
    sign: Step | None
    director: Step | None
    answer: Step | None
    posture: Step | None
    renew: Step | None

    @property
    def assessing(self) -> Step | None:
        """Return what the assessment asks for, but for renewing one that ends soon."""
        return self.draft or self.write or self.sign or self.director or self.answer


def safety_steps(
    standing: SafetyStatus, user: User, rights: frozenset[str], drafts: Sequence[AssessmentDraft] = ()
) -> SafetySteps:
    """Return what this person, or somebody else, may have to do for the safety of a case.

    A draft that this person may take up comes before a new assessment, which would begin without it.
    """
    asked = (standing, user, rights)
    return SafetySteps(
        lift=_lift(*asked),
        draft=_go_on(standing, drafts),
        write=_write(*asked),
        sign=_sign(*asked),
        director=_sign_high(*asked),
        answer=_answer(*asked),
        posture=_posture(*asked),
        renew=_renew(*asked),
    )


def _go_on(standing: SafetyStatus, drafts: Sequence[AssessmentDraft]) -> Step | None:
    if not drafts:
        return None
    text = _("a draft of an assessment waits. It counts for nothing until it is saved.")
    url = reverse("safety:assess", args=[standing.case.reference])
    return Step(text, f"{url}?kind={drafts[0].kind}", _("Go on with the draft"))


def _lift(standing: SafetyStatus, user: User, rights: frozenset[str]) -> Step | None:
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
    row, reference = standing.assessment, standing.case.reference
    assess = reverse("safety:assess", args=[reference])
    if row is None:
        return _for(
            "assess_risk", rights, Step(_("the risk of this case has not been assessed."), assess, _("Assess the risk"))
        )
    if row.ended_at and not row.signed_at:
        text = _("%(name)s sent the assessment back. A new one is to be written.") % {"name": row.ended_by}
        return _for("assess_risk", rights, Step(text, f"{assess}?kind={row.kind}&from={row.pk}", _("Write it again")))
    if standing.is_late:
        return _for(
            "assess_risk",
            rights,
            Step(_("the assessment is out of date."), f"{assess}?from={row.pk}", _("Assess the risk again")),
        )
    if standing.pauses and not standing.waits_for_signature:
        text = _("public work is paused until a new assessment is signed.")
        return _for("assess_risk", rights, Step(text, f"{assess}?from={row.pk}", _("Assess the risk again")))
    if row.signed_at and row.needs_full:
        text = _("questions that an answer opened are not answered yet.")
        return _for("assess_risk", rights, Step(text, f"{assess}?from={row.pk}", _("Answer the opened questions")))
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
    url = f"{reverse('safety:assess', args=[standing.case.reference])}?from={standing.assessment.pk if standing.assessment else ''}"
    return _for(
        "assess_risk",
        rights,
        Step(_("something happened. The risk is to be looked at again."), url, _("Assess the risk again")),
    )


def _posture(standing: SafetyStatus, user: User, rights: frozenset[str]) -> Step | None:
    url = reverse("safety:posture", args=[standing.case.reference])
    if standing.posture is None:
        return _for(
            "plan", rights, Step(_("nobody has decided how visible this case is to be."), url, _("Decide the posture"))
        )
    if standing.posture.review_on <= timezone.localdate(standing.at):
        return _for("plan", rights, Step(_("the posture is to be looked at again."), url, _("Decide the posture")))
    return None


def _renew(standing: SafetyStatus, user: User, rights: frozenset[str]) -> Step | None:
    if not standing.ends_soon or standing.assessment is None:
        return None
    url = f"{reverse('safety:assess', args=[standing.case.reference])}?from={standing.assessment.pk}"
    return _for("assess_risk", rights, Step(_("the assessment ends soon."), url, _("Assess the risk again")))


def _for(right: str, rights: frozenset[str], step: Step) -> Step:
    """Return the step with its link for who has the right, and the sentence alone for everybody else."""
    return step if right in rights else Step(step.text)
