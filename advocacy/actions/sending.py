"""Sending a protective notice: signed by a second person, or alone when no signer answered in time."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.actions.signers import LOOK_BACK_WITHIN, ask_to_look_back
from audit.trail import record
from casework.actions.twins import one_at_a_time
from directory.models import Recipient
from materials import disclosures
from materials.actions.dispatches import To, clearance_of, dispatch, leave, queue_copy
from materials.actions.materials import locked
from materials.actions.reviews import NotSignedReason
from materials.actions.reviews import is_authentic as is_authentic_text
from materials.leaving.scanning import scans_first
from materials.models import Copy, Dispatch, Material
from safety import gate
from safety.models import Clearance, SignerAlarm
from safety.verdict import GateClosed, Refusal, Verdict


@dataclass(frozen=True)
class RecipientRefused:
    """One recipient who got no copy, with every reason."""

    recipient: Recipient
    reasons: tuple[Refusal | NotSignedReason, ...]


@dataclass
class SendOutcome:
    """The copies that left, and the recipients who got none."""

    copies: list[Copy] = field(default_factory=list)
    refused: list[RecipientRefused] = field(default_factory=list)


class NothingSent(Exception):
    """No copy left. Carries every recipient with the reasons; nothing was changed."""

    def __init__(self, refused: list[RecipientRefused]) -> None:
        self.refused = refused
        super().__init__(f"{len(refused)} recipients got no copy")


@dataclass(frozen=True)
class SigningState:
    """How a notice stands with its signers."""

    alarms: tuple[SignerAlarm, ...]
    clearance: Clearance | None
    at: dt.datetime

    @property
    def alone_from(self) -> dt.datetime | None:
        """Return from when one person may send alone; None is never, and where nobody was called."""
        moments = [alarm.alone_from for alarm in self.alarms if alarm.alone_from is not None]
        return max(moments) if moments and len(moments) == len(self.alarms) else None

    @property
    def is_answered(self) -> bool:
        """Say whether one of the signers answered."""
        return any(alarm.answered_at for alarm in self.alarms)

    @property
    def may_be_alone(self) -> bool:
        """Say whether the wait is over and nobody answered."""
        return self.alone_from is not None and self.alone_from <= self.at and not self.is_answered


def signing_state(material: Material) -> SigningState:
    """Return who was called for the present revision and what is cleared."""
    rows = SignerAlarm.objects.filter(material_id=material.pk, revision=material.revision).select_related("signer")
    return SigningState(tuple(rows.order_by("signer__name")), clearance_of(material), timezone.now())


def chosen_recipients(material: Material) -> list[Recipient]:
    """Return the recipients the notice was written for, in the order in which they were entered."""
    return list(Recipient.objects.filter(pk__in=(material.withheld or {}).get("recipients", [])).order_by("entered_at"))


@scans_first("dispatch")
@transaction.atomic
def send(*, actor: User, material: Material) -> SendOutcome:
    """Let one numbered copy leave for each recipient; who may not get one is named with every reason, the others go.

    Raises ValidationError when it names no recipient, GateClosed when the notice as a whole may not leave or is past the
    bounds of sending alone, NothingSent when nobody may get it; nothing is changed then. Sent without a signature, a
    second person looks at it within 24 hours.
    """
    one_at_a_time()  # of two at once the second is told that the first waits for a look
    cases = locked(actor, material, "dispatch")
    stored = Material.objects.select_for_update().get(pk=material.pk)
    if stored.level != "emergency":
        raise ValidationError(_("Only a protective notice is sent from here."))
    if not chosen_recipients(stored):
        raise ValidationError({"recipients": _("This notice names no recipient. It needs at least one.")})
    clearance = _clearance(actor, stored)
    due = timezone.now() + LOOK_BACK_WITHIN if clearance.is_alone else None
    done = set(Copy.objects.filter(material=stored, revision=stored.revision).values_list("recipient_id", flat=True))
    outcome = SendOutcome()
    for recipient in chosen_recipients(stored):
        if recipient.pk not in done:
            _send_one(actor, stored, recipient, due, outcome)
    if outcome.refused and not outcome.copies:
        raise NothingSent(outcome.refused)
    if outcome.copies and clearance.is_alone:
        ask_to_look_back(stored)
    for case in cases:
        record(
            actor=actor,
            verb="advocacy.urgent.sent",
            case=case,
            about=stored,
            copies=len(outcome.copies),
            alone=clearance.is_alone,
        )
    return outcome


def _send_one(
    actor: User, material: Material, recipient: Recipient, due: dt.datetime | None, outcome: SendOutcome
) -> None:
    named = To(recipient.name, recipient.channel, recipient)
    try:
        with transaction.atomic():
            (copy,) = dispatch(actor=actor, material=material, to=[named], review_due_at=due)
            row = Dispatch.objects.select_related("clearance__review", "material").get(pk=copy.dispatch_id)
            leave(actor=actor, row=row)
            leave(actor=actor, row=copy)
            queue_copy(actor=actor, copy=copy)
    except GateClosed as closed:
        outcome.refused.append(RecipientRefused(recipient, closed.verdict.refusals))
    except ValidationError as fault:
        outcome.refused.append(
            RecipientRefused(recipient, tuple(NotSignedReason(sentence) for sentence in fault.messages))
        )
    else:
        outcome.copies.append(copy)


def _clearance(actor: User, material: Material) -> Clearance:
    """Return what cleared the notice, once the gate lets it go from this person."""
    clearance = clearance_of(material) or _clear_alone(actor, material)
    leaving = gate.Leaving.of(material, clearance_id=clearance.pk, created_by_id=actor.pk)
    verdict = gate.examine(leaving, moment="insert", viewer=actor)
    further = [] if is_authentic_text(material) else [Refusal("not-authentic", material_id=material.pk)]
    if not verdict or further:
        raise GateClosed(Verdict((*verdict.refusals, *further)))
    return clearance


def _clear_alone(actor: User, material: Material) -> Clearance:
    """Clear without a signature, or raise GateClosed with the conditions of the text and those of the signers together."""
    waiting = why_not_alone(actor, material)
    try:
        uses = disclosures.parts_of(material.pk, material.revision)
        clearance = gate.clear(actor=actor, material=material, uses=uses, review=None, alone=True)
    except GateClosed as closed:
        raise GateClosed(Verdict((*closed.verdict.refusals, *waiting))) from None
    if waiting:
        raise GateClosed(Verdict(waiting))
    return clearance


def why_not_alone(actor: User, material: Material) -> tuple[Refusal, ...]:
    """Return why this person may not send this revision alone now, as far as signers and earlier notices say."""
    found = []
    if not signing_state(material).may_be_alone or material.status == Material.Status.SENT_BACK:
        found.append(Refusal("a-signer-may-still-answer", material_id=material.pk))
    late = Dispatch.objects.filter(created_by=actor, review_due_at__lte=timezone.now(), reviewed_after_at=None)
    if late.exists():
        found.append(Refusal("emergency-right-rests", material_id=material.pk))
    return tuple(found)
