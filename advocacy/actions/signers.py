"""The signers of a protective notice: called all at once, heard when they answer, and asked to look back afterwards."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.notify import post
from accounts.roles import SECONDING_ROLES, OfficeRole, holds
from accounts.sign_in.freshness import Proof
from accounts.signing import may_sign_now
from audit.trail import record
from casework.actions.consent import second_consent
from casework.actions.members import add_member
from casework.consent_codes import SECOND_WITHIN
from casework.models import Case, Consent, Membership
from materials.actions.materials import locked
from materials.actions.reviews import ReadRevision, sign
from materials.models import Dispatch, Material
from safety.models import Clearance, OfficeSafety, SignerAlarm
from safety.people import why_not_sign
from work import notices

LOOK_BACK_WITHIN = dt.timedelta(hours=24)
AGREE_WITHIN = SECOND_WITHIN


@transaction.atomic
def call_signers(*, actor: User, material: Material) -> list[SignerAlarm]:
    """Call everybody who may sign for the office, for the present revision, and put them on the case so that they see it.

    Who was called for this revision already is not called again. From a moment that the office chose one person may
    send alone; where the office chose never, no such moment is set.
    """
    cases = locked(actor, material, "write_material")
    stored = Material.objects.get(pk=material.pk)
    if stored.status != Material.Status.IN_REVIEW or stored.level != "emergency":
        raise ValidationError(_("Signers are called for a protective notice that waits for a signature."))
    now, wait = timezone.now(), OfficeSafety.current().emergency_wait_minutes
    called = set(
        SignerAlarm.objects.filter(material_id=stored.pk, revision=stored.revision).values_list("signer_id", flat=True)
    )
    made = []
    for person in signers(but={stored.author_id, stored.last_editor_id, actor.pk, *called}):
        for case in cases:
            _put_on_case(actor, case, person)
        alarm = SignerAlarm(material_id=stored.pk, revision=stored.revision, signer=person, alarmed_at=now)
        alarm.alone_from = None if wait is None else now + dt.timedelta(minutes=wait)
        alarm.save(force_insert=True)
        made.append(alarm)
    _tell([alarm.signer for alarm in made], stored, cases[0], "advocacy.urgent.called", page="urgent_sign", by=actor)
    for case in cases:
        record(
            actor=actor, verb="advocacy.urgent.called", case=case, about=stored, signers=[row.signer_id for row in made]
        )
    return made


def signers(*, but: set[int]) -> list[User]:
    """Return the reviewers and directors of the office who may sign now, without these people."""
    people = User.objects.filter(
        is_active=True, office_roles__ended_at=None, office_roles__role__in=sorted(SECONDING_ROLES)
    )
    return [one for one in people.exclude(pk__in=but).distinct().order_by("name") if may_sign_now(one) is None]


@transaction.atomic
def sign_notice(
    *, actor: User, material: Material, seen: ReadRevision, proof: Proof, agrees: bool = False
) -> Clearance:
    """Sign the notice that was read, and where they say so agree to best interest as second person; its author is told.

    Raises NotSigned with every reason, and changes nothing then.
    """
    clearance = sign(actor=actor, material=material, seen=seen, proof=proof, checks={})
    if agrees:
        for row in consents_to_second(material, actor):
            second_consent(actor=actor, consent=row)
    case = sorted(material.cases.all(), key=lambda one: str(one.pk))[0]
    _tell([material.author], material, case, "advocacy.urgent.signed", page="urgent_notice", by=actor)
    return clearance


def consents_to_second(material: Material, actor: User) -> list[Consent]:
    """Return the presumed consents behind a notice that wait for a second person, as far as it may be this one."""
    rows = Consent.objects.filter(
        case__in=material.cases.all(), basis=Consent.Basis.BEST_INTEREST, seconded_by=None
    ).present()
    return [row for row in rows.exclude(explained_by=actor) if row.is_live()]


def is_agreement_late(row: Consent) -> bool:
    """Say whether best interest is presumed for over 24 hours without a second person's agreement."""
    return row.seconded_by_id is None and row.is_live() and row.from_at <= timezone.now() - AGREE_WITHIN


@transaction.atomic
def look_back(*, actor: User, dispatch: Dispatch, proof: Proof, note: str) -> Dispatch:
    """Record that a second person looked at what was sent alone; the sender's emergency right goes on then.

    Refused without the right to sign on every case, to the sender and whoever wrote it, and without a note.
    """
    material = dispatch.material
    cases = locked(actor, material, "sign_review")
    row = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    if row.reviewed_after_at or row.review_due_at is None:
        return row
    if actor.pk in {row.created_by_id, material.author_id, material.last_editor_id}:
        raise ValidationError(_("You wrote or sent it. Somebody else must look at it."))
    reasons = dict.fromkeys(str(reason) for case in cases if (reason := why_not_sign(actor, case, right="sign_review")))
    if not note.strip():
        reasons[_("Say in one sentence what you found.")] = None
    if reasons:
        raise ValidationError(list(reasons))
    row.reviewed_after_by, row.reviewed_after_at = actor, timezone.now()
    row.save(update_fields=["reviewed_after_by", "reviewed_after_at"])
    for case in cases:
        record(
            actor=actor,
            verb="advocacy.urgent.looked_back",
            case=case,
            about=row,
            note=note.strip(),
            factor=proof.method,
        )
    return row


def ask_to_look_back(material: Material) -> None:
    """Tell everybody who was called that a notice went out alone, and that one of them looks at it within 24 hours."""
    called = SignerAlarm.objects.filter(material_id=material.pk, revision=material.revision).select_related("signer")
    case = sorted(material.cases.all(), key=lambda one: str(one.pk))[0]
    _tell([row.signer for row in called], material, case, "advocacy.urgent.sent_alone", page="urgent_look_back")


def _put_on_case(actor: User, case: Case, person: User) -> None:
    """Put a signer on the case by the role the office gave them, unless they are on it as a signer already."""
    role = Membership.Role.REVIEWER if holds(person, OfficeRole.REVIEWER) else Membership.Role.DIRECTOR
    signing = [Membership.Role.REVIEWER, Membership.Role.DIRECTOR]
    if not Membership.objects.filter(case=case, user=person, role__in=signing, ended_at=None).exists():
        add_member(actor=actor, case=case, user=person, role=role)


def _tell(people: list[User], material: Material, case: Case, verb: str, *, page: str, by: User | None = None) -> None:
    """Give a notice and a message without content: what is asked, and a link."""
    dedup = f"{verb}:{material.pk}:{material.revision}"
    notices.give(people, kind=verb, case_id=case.pk, about_id=material.pk, by=by, dedup=dedup)
    link = settings.SITE.url + reverse(f"advocacy:{page}", args=[material.pk])
    for person in people:
        with override(person.language or settings.LANGUAGE_CODE):
            text = _("Sign in and open it:\n\n%(url)s\n") % {"url": link}
            post([person.email], subject=SUBJECTS[verb](), text=text)


SUBJECTS = {
    "advocacy.urgent.called": lambda: _("An urgent notice waits for your signature"),
    "advocacy.urgent.signed": lambda: _("Your urgent notice is signed"),
    "advocacy.urgent.sent_alone": lambda: _("An urgent notice was sent alone; please look at it within 24 hours"),
}
