"""The second pair of eyes: signing a revision, sending it back, and taking a signature back."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.sign_in.freshness import Proof
from audit.trail import record
from casework.models import Case
from materials import disclosures
from materials.actions.materials import locked
from materials.leaving.scanning import scans_first
from materials.material_mac import text_parts
from materials.models import Material
from materials.notify import SENDERS, tell
from safety import gate
from safety.actions import write_revision_check
from safety.models import Clearance, Review, SignerAlarm
from safety.models.review import ReviewCheck
from safety.people import why_not_sign
from safety.verdict import Refusal
from sealing import keys
from sealing.fields import save_each


@dataclass(frozen=True)
class NotSignedReason:
    """Why a signature was refused, in the shape of a gate's refusal: a sentence, more words, and the way to the mend."""

    title: str
    text: str = ""
    url: str = ""
    label: str = ""


class NotSigned(Exception):
    """The signature was refused. Carries every reason; nothing was changed."""

    def __init__(self, reasons: Iterable[Any]) -> None:
        self.reasons = list(reasons)
        super().__init__(f"{len(self.reasons)} conditions are not met")


@dataclass(frozen=True)
class ReadRevision:
    """Which text the reviewer had before their eyes."""

    revision: int
    mac: str


@scans_first("sign_review")
@transaction.atomic
def sign(
    *, actor: User, material: Material, seen: ReadRevision, proof: Proof, checks: Mapping[uuid.UUID, Mapping[str, Any]]
) -> Clearance:
    """Sign exactly the revision that was read; the gate then grants a clearance for seven days. Nothing is sent.

    `checks` holds the answers to the twelve questions by case, asked at the full level. Raises NotSigned with every
    reason at once: about the person, about the text, and each condition of the gate.
    """
    cases = locked(actor, material, "sign_review")
    stored = Material.objects.select_for_update().get(pk=material.pk)
    written = [_check(actor, case, stored, checks[case.pk]) for case in cases if case.pk in checks]
    reasons = [*_about_person(actor, cases, stored), *_about_text(stored, seen)]
    reasons += gate.examine(gate.Leaving.of(stored), moment="review", viewer=actor).refusals
    reasons += _about_checks(cases, stored, written)
    if reasons:
        raise NotSigned(reasons)
    review = _write(actor, stored, Review.Verdict.SIGNED, proof=proof)
    for check in written:
        ReviewCheck(review=review, case_id=check.case_id, assessment=check).save(force_insert=True)
    try:
        uses = disclosures.parts_of(stored.pk, stored.revision)
        clearance = gate.clear(actor=actor, material=stored, uses=uses, review=review)
    except gate.GateClosed as closed:
        raise NotSigned(closed.verdict.refusals) from None
    stored.status = Material.Status.CLEARED
    stored.save(update_fields=["status"])
    for case in cases:
        record(
            actor=actor,
            verb="materials.review.signed",
            case=case,
            about=stored,
            revision=stored.revision,
            factor=proof.method,
        )
    tell(verb="materials.review.signed", material=stored, cases=cases, actor=actor, next_readers=[SENDERS])
    return clearance


@transaction.atomic
def send_back(*, actor: User, material: Material, reason: str) -> Review:
    """Send the text back to its author with a reason. The author and the last editor take it back instead."""
    cases = locked(actor, material, "sign_review")
    stored = Material.objects.select_for_update().get(pk=material.pk)
    if not reason.strip():
        raise ValidationError({"note": _("Name the place and what to change.")})
    if actor.pk in {stored.author_id, stored.last_editor_id}:
        raise ValidationError(_("You wrote or edited this. Take it back from review instead."))
    if stored.status != Material.Status.IN_REVIEW:
        raise ValidationError(_("It is not in review any more."))
    review = _write(actor, stored, Review.Verdict.SENT_BACK, reason=reason)
    stored.status = Material.Status.SENT_BACK
    stored.save(update_fields=["status"])
    for case in cases:
        record(actor=actor, verb="materials.review.sent_back", case=case, about=stored, revision=stored.revision)
    tell(verb="materials.review.sent_back", material=stored, cases=cases, actor=actor)
    return review


@transaction.atomic
def revoke(*, actor: User, material: Material) -> None:
    """Take back every signature under the present revision, at once; what it cleared cannot leave any more."""
    cases = locked(actor, material, "sign_review")
    stored = Material.objects.select_for_update().get(pk=material.pk)
    now = timezone.now()
    of_it = {"material_id": stored.pk, "revision": stored.revision, "revoked_at": None}
    save_each(Clearance.objects.filter(**of_it), revoked_at=now, revoked_by=actor)
    save_each(Review.objects.filter(**of_it, verdict="signed"), revoked_at=now, revoked_by=actor)
    if stored.status == Material.Status.CLEARED:
        stored.status = Material.Status.SENT_BACK
        stored.save(update_fields=["status"])
    for case in cases:
        record(actor=actor, verb="materials.review.revoked", case=case, about=stored, revision=stored.revision)
    tell(verb="materials.review.revoked", material=stored, cases=cases, actor=actor, next_readers=[SENDERS])


def _check(actor: User, case: Case, material: Material, answers: Mapping[str, Any]) -> Any:
    return write_revision_check(
        actor=actor,
        case=case,
        material_id=material.pk,
        revision=material.revision,
        audience=material.audience,
        level=material.level,
        **answers,
    )


def _write(actor: User, material: Material, verdict: str, *, proof: Proof | None = None, reason: str = "") -> Review:
    review = Review(
        material_id=material.pk,
        revision=material.revision,
        material_mac=bytes(material.mac or b""),
        uses_mac=disclosures.uses_mac(material.pk, material.revision),
        verdict=verdict,
        reviewer=actor,
        author=material.author,
        last_editor=material.last_editor,
        signed_with=proof.method if proof else "",
        factor_age_seconds=int(proof.age.total_seconds()) if proof else None,
        reason=reason,
    )
    review.save(force_insert=True)
    called = SignerAlarm.objects.filter(
        material_id=material.pk, revision=material.revision, signer=actor, answered_at=None
    )
    save_each(called, answered_at=timezone.now())
    return review


def _about_person(actor: User, cases: list[Case], material: Material) -> list[Any]:
    reasons: list[Any] = []
    if actor.pk in {material.author_id, material.last_editor_id}:
        reasons.append(Refusal("four-eyes", material_id=material.pk))
    sentences = dict.fromkeys(
        str(reason) for case in cases if (reason := why_not_sign(actor, case, right="sign_review"))
    )
    return [*reasons, *(NotSignedReason(sentence) for sentence in sentences)]


def _about_text(material: Material, seen: ReadRevision) -> list[Any]:
    reasons: list[Any] = []
    if material.status != Material.Status.IN_REVIEW:
        reasons.append(
            NotSignedReason(_("It is not in review any more."), _("Somebody signed it, sent it back or took it back."))
        )
    if (material.revision, bytes(material.mac or b"").hex()) != (seen.revision, seen.mac):
        reasons.append(
            NotSignedReason(
                _("The text changed after you opened it."), _("Open the page again and read it as it is now.")
            )
        )
    if not is_authentic(material):
        reasons.append(Refusal("not-authentic", material_id=material.pk))
    return reasons


def _about_checks(cases: list[Case], material: Material, written: list[Any]) -> list[Any]:
    if material.level != "full":
        return []
    passed = {check.case_id for check in written if not check.has_hard_stop}
    return [Refusal("no-rapid-check", case, material.pk) for case in cases if case.pk not in passed]


def is_authentic(material: Material) -> bool:
    """Say whether the stored MAC is ours and is of the words as they read now."""
    parts = text_parts(
        material_id=material.pk,
        kind=material.kind,
        audience=material.audience,
        language=material.language,
        title=material.title,
        body=material.body,
    )
    return keys.gate_mac_matches(bytes(material.mac or b""), parts)
