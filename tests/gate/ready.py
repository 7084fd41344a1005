"""Everything right: materials that may leave, with each row they rest on, inserted without the verbs."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.models import Case, Claim, FamilyTold, Wish
from directory.models import Channel, Recipient
from materials.disclosures import parts_of, uses_mac
from materials.facts_used import keep_facts
from materials.material_keys import MATERIAL_KEYS
from materials.models import Copy, Dispatch, EmergencyCheck, Material, MaterialCase, MaterialClaim, MaterialItem
from papers.kinds import registry
from safety import gate
from safety.leaks.twins import cases_beside
from safety.models import (
    Clearance,
    LeakScan,
    Posture,
    Review,
    ReviewCheck,
    RiskAssessment,
    ScannedCase,
    SignerAlarm,
)
from tests.directory.entries import a_channel_for
from tests.factories import a_case, a_claim, a_consent, on_case
from tests.people import a_person

ITEMS = ("CI_NAME", "CI_BIO")
Words = tuple[str, list[dict[str, str]], str]
EVERYONE = ("AU_SUPPORT", "AU_PUBLIC", "AU_DIPLO", "AU_HOLDER", "AU_OWNGOV")


@dataclass
class Ready:
    """A material about which nothing is wrong, and the people around it."""

    material: Material
    cases: list[Case]
    claims: list[Claim]
    review: Review | None
    clearance: Clearance
    ana: User
    rui: User
    recipient: Recipient | None = None
    sent_to: Channel | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def a_dispatch(self, **other: Any) -> Dispatch:
        """Return an unsaved dispatch of exactly what was cleared."""
        kind = "published" if self.material.level == "full" else "sent"
        columns = {
            "material": self.material,
            "revision": self.material.revision,
            "kind": kind,
            "audience": self.material.audience,
            "clearance": self.clearance,
            "title": self.material.title,
            "body": self.material.body,
            "language": self.material.language,
            "mac": bytes(self.material.mac),
            "created_by": self.ana,
            "review_due_at": timezone.now() + dt.timedelta(hours=24) if self.clearance.is_alone else None,
        }
        return Dispatch(**{**columns, **other})

    def a_copy(self, dispatch: Dispatch, number: int = 1, **other: Any) -> Copy:
        """Return an unsaved copy of that dispatch."""
        columns = {
            "material": self.material,
            "dispatch": dispatch,
            "revision": self.material.revision,
            "number": number,
            "clearance": self.clearance,
            "recipient": self.recipient,
            "sent_to": self.sent_to,
            "recipient_name": "The human rights desk",
            "mac": bytes(self.material.mac),
            "created_by": self.ana,
        }
        return Copy(**{**columns, **other})

    def asked_of_a_copy(self, dispatch: Dispatch) -> dict[str, Any]:
        """Return what the gate is asked with where a copy of that dispatch is meant."""
        recipient, sent_to = self.recipient, self.sent_to
        return {
            "recipient_id": recipient.pk if recipient else None,
            "sent_to_id": sent_to.pk if sent_to else None,
            "dispatch_id": dispatch.pk,
        }


def a_signed_assessment(
    case: Case, *, author: User, signer: User, level: str = "RL_LOW", at: dt.datetime | None = None, **fields: Any
) -> RiskAssessment:
    """Return an assessment of the case, signed by another person and in date."""
    now = at or timezone.now() - dt.timedelta(hours=2)
    until = now + dt.timedelta(days=60)
    number = case.risk_assessments.count() + 1
    columns = {
        "kind": "full",
        "danger_now": "some",
        "level": level,
        "author": author,
        "written_at": now,
        "signed_by": signer,
        "signed_at": now,
    }
    columns |= {"expires_at": until, "granted_until": until, "signed_with": "totp"}
    return RiskAssessment.objects.create(case=case, number=number, **{**columns, **fields})


def a_rapid_check(
    material: Material, case: Case, *, author: User, at: dt.datetime | None = None, **fields: Any
) -> RiskAssessment:
    """Return the twelve answers for this revision of the material."""
    number = case.risk_assessments.count() + 1
    return RiskAssessment.objects.create(
        case=case,
        number=number,
        material_id=material.pk,
        revision=material.revision,
        kind="rapid",
        danger_now="some",
        level="RL_LOW",
        author=author,
        written_at=at or timezone.now() - dt.timedelta(hours=1),
        **fields,
    )


def make_ready(
    kind: str = "SUPPORTER",
    audience: str = "AU_SUPPORT",
    *,
    cases: int = 1,
    alone: bool = False,
    about: list[Case] | None = None,
    words: Words | None = None,
) -> Ready:
    """Return a material of this kind for this audience that the gate lets through, about new cases or about these."""
    ana, rui = a_person("ana"), a_person("rui")
    chosen = about or [a_ready_case(ana) for _ in range(cases)]
    material = a_material(chosen, kind, audience, author=ana, words=words)
    is_told = material.level not in {"emergency", "stop"}
    claims = [a_claim(case, items=("CI_BIO",)) for case in chosen] if is_told else []
    for claim in claims:
        MaterialClaim.objects.create(material=material, revision=material.revision, claim=claim)
    for case in chosen:
        for item in ITEMS if material.level != "stop" else ():
            MaterialItem.objects.create(material=material, revision=material.revision, case=case, item=item)
        FamilyTold.objects.create(case=case, material_id=material.pk, told_by=ana, who="The sister, by telephone")
    keep_facts(material, actor=ana)
    a_clean_scan(material, chosen)
    recipient = _for_an_emergency(material, ana, rui, alone) if material.level == "emergency" else None
    sent_to = None if recipient else a_channel_for(audience)
    review = None if alone else _a_signed_review(material, chosen, ana, rui)
    now = timezone.now()
    until = now + dt.timedelta(days=7)
    clearance = Clearance(
        material_id=material.pk,
        revision=material.revision,
        material_mac=bytes(material.mac),
        level=material.level,
        audience=audience,
        review=review,
        is_alone=alone,
        granted_by=ana if alone else rui,
        until=until,
        granted_until=until,
        judged=gate.judged(chosen, material, review, parts_of(material.pk, material.revision)),
    )
    clearance.save()
    return Ready(material, chosen, claims, review, clearance, ana, rui, recipient, sent_to)


def a_clean_scan(material: Material, cases: list[Case]) -> LeakScan:
    """Return a scan of these words that found nothing and knew all that is protected now."""
    scan = LeakScan(
        material_id=material.pk, revision=material.revision, material_mac=bytes(material.mac or b""), verdict="clean"
    )
    scan.save()
    know_protected_words(scan, cases)
    return scan


def know_protected_words(scan: LeakScan, cases: list[Case]) -> None:
    """Note that the scan knew the protected words of these cases, and of those that count beside them, as they are now."""
    known = [case.pk for case in cases] + [row.case.pk for row in cases_beside(cases)]
    for case in Case.objects.filter(pk__in=known):
        ScannedCase.objects.create(scan=scan, case_id=case.pk, protected_revision=case.protected_revision)


def a_material(
    cases: list[Case],
    kind: str = "SUPPORTER",
    audience: str = "AU_SUPPORT",
    *,
    author: User,
    text: str = "He is held without charge.",
    words: Words | None = None,
) -> Material:
    """Return a draft with its key, its cases and a few words, or those of a whole paper: title, body and language."""
    level = registry.find(kind).least_level(audience)
    material = Material(kind=kind, audience=audience, level=level, author=author, last_editor=author)
    material.save(force_insert=True)
    MATERIAL_KEYS.make(material.pk)
    few = ("An editor is held", [{"code": f"{kind}.2", "heading": "Who", "text": text}], "en")
    material.title, material.body, material.language = words or few
    material.save()
    material.refresh_from_db()
    for case in cases:
        MaterialCase.objects.create(material=material, case=case)
    return material


def a_ready_case(ana: User) -> Case:
    """Return a case that stops nothing: consent, a wish, a posture and a signed assessment."""
    case = a_case(lead=ana)
    on_case(case, "rui", "reviewer")
    a_consent(case, ITEMS, EVERYONE)
    Wish.objects.create(case=case, number=1, wants="none_known")
    Posture.objects.create(
        case=case,
        number=1,
        kind="PO_PUBLIC",
        decided_by=ana,
        review_on=timezone.localdate() + dt.timedelta(days=30),
        reason="Asked for",
    )
    a_signed_assessment(case, author=ana, signer=a_person("rui"))
    return case


def _a_signed_review(material: Material, cases: list[Case], ana: User, rui: User) -> Review:
    review = Review(
        material_id=material.pk,
        revision=material.revision,
        material_mac=bytes(material.mac),
        uses_mac=uses_mac(material.pk, material.revision),
        verdict="signed",
        reviewer=rui,
        author=ana,
        last_editor=ana,
        signed_with="totp",
    )
    review.save()
    if material.level == "full":
        for case in cases:
            ReviewCheck.objects.create(
                review=review, case_id=case.pk, assessment=a_rapid_check(material, case, author=ana)
            )
    return review


def _for_an_emergency(material: Material, ana: User, rui: User, alone: bool) -> Recipient:
    EmergencyCheck.objects.create(
        material=material,
        revision=material.revision,
        is_silence_wished=False,
        may_expose_somebody=False,
        is_name_passed_on_known=True,
        can_be_stopped=True,
        answered_by=ana,
    )
    if alone:
        called = timezone.now() - dt.timedelta(minutes=40)
        SignerAlarm.objects.create(
            material_id=material.pk,
            revision=material.revision,
            signer=rui,
            alarmed_at=called,
            alone_from=called + dt.timedelta(minutes=30),
        )
    row = Recipient.objects.create(
        name="Human rights desk",
        audience="AU_OWNGOV",
        channel="desk line",
        channel_verified_on=timezone.localdate(),
        entered_by=rui,
    )
    row.approved_by, row.seconded_by = a_person("dara"), rui
    row.save(update_fields=["approved_by", "seconded_by"])
    return row
