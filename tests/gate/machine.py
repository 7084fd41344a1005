"""A walk through everything people can do to one material, by rows; each attempt to get out is compared with the model."""

import datetime as dt
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from casework.models import Claim, ClaimItem, Consent, ConsentGrant, Demand, FamilyTold, Source, Wish
from materials.disclosures import uses_mac
from materials.facts_used import keep_facts
from materials.models import Copy, Dispatch, Material, MaterialClaim, MaterialItem
from safety.models import (
    Clearance,
    Hold,
    LeakFinding,
    LeakScan,
    Pause,
    Posture,
    Review,
    ReviewCheck,
    RiskAssessment,
    RiskEvent,
)
from tests.directory.entries import a_channel
from tests.factories import a_case, a_claim, a_consent
from tests.gate.machine_doors import DoorRules
from tests.gate.machine_facts import WHO, FactRules
from tests.gate.machine_twins import TwinRules
from tests.gate.model import Model, Signed
from tests.gate.ready import a_material, a_rapid_check, a_signed_assessment, know_protected_words
from tests.people import a_person

PAST = dt.timedelta(seconds=5)


class Walk(FactRules, TwinRules, DoorRules, RuleBasedStateMachine):
    """Fifty rules over one case; nothing is out at the start, and half of the walks begin with everything right."""

    @initialize(is_ready=st.booleans(), seed=st.integers(0, 2**32))
    def start(self, is_ready: bool, seed: int = 0) -> None:
        self.point = transaction.atomic()
        self.point.__enter__()
        self.people = {name: a_person(name) for name in ("ana", "rui", "dara", "leila")}
        self.case = a_case(lead=self.people["ana"])
        self.material = a_material([self.case], author=self.people["ana"])
        self.sent_to = a_channel()
        self.claim = a_claim(self.case, items=("CI_BIO",))
        Demand.objects.create(case=self.case, text="He is held without charge", aim="redress")
        self.model = Model(revision=self.material.revision)
        self.model.facts_now = {"claim": self.claim.text or "", "status": self.case.status}
        self.model.written()
        self.rows: list[tuple[Signed, Any]] = []
        self.waiting: list[tuple[Signed, Dispatch]] = []
        self.copies: list[tuple[Signed, Copy]] = []
        self.count, self.seed, self.to_spoil = 0, seed, []
        self._name_uses()
        if is_ready:
            self.consent_given()
            self.posture("PO_PUBLIC")
            self.assessment_signed("RL_LOW", director=False)
            self.family_told()
            self.scanned("clean")
            self.signed("rui", fresh=True)

    def teardown(self) -> None:
        if hasattr(self, "point"):
            transaction.set_rollback(True)
            self.point.__exit__(None, None, None)

    def _next(self) -> int:
        self.count += 1
        return self.count

    def _name_uses(self) -> None:
        MaterialClaim.objects.create(material=self.material, revision=self.material.revision, claim=self.claim)
        for item in ("CI_NAME", "CI_BIO"):
            MaterialItem.objects.create(
                material=self.material, revision=self.material.revision, case=self.case, item=item
            )
        keep_facts(self.material, actor=self.people["ana"])

    # --- the words

    @rule(who=WHO, bulk=st.booleans())
    def edit(self, who: str, bulk: bool) -> None:
        self.material.title = f"Title {self._next()}"
        self.material.last_editor = self.people[who]
        self.material.save(update_fields=["title"] if bulk else None)
        Material.objects.filter(pk=self.material.pk).update(last_editor=self.people[who])
        self.material.refresh_from_db()
        self.model.edited(who)
        assert self.material.revision == self.model.revision
        self._name_uses()

    @rule(who=st.sampled_from(["ana", "rui"]))
    def taken_over(self, who: str) -> None:
        Material.objects.filter(pk=self.material.pk).update(last_editor=self.people[who])
        self.model.editor = who

    @rule()
    def save_without_a_change(self) -> None:
        self.material.save()
        self.material.refresh_from_db()
        assert self.material.revision == self.model.revision

    # --- consent and wishes

    @rule()
    def consent_given(self) -> None:
        a_consent(self.case, ("CI_NAME", "CI_BIO"), ("AU_SUPPORT",))
        self.model.consents.append({"live": True, "withdrawn": False, "expired": False})
        self.model.knows_words = False

    @rule()
    def consent_given_for_others_alone(self) -> None:
        a_consent(self.case, ("CI_NAME", "CI_BIO"), ("AU_DIPLO",))
        self.model.knows_words = False

    @precondition(lambda self: self.model.consents)
    @rule()
    def consents_withdrawn(self) -> None:
        Consent.objects.filter(case=self.case, status="CS_GIVEN", withdrawn_at=None).update(withdrawn_at=timezone.now())
        self.model.consents = [{"live": False, "withdrawn": True, "expired": False} for _ in self.model.consents]

    @precondition(lambda self: self.model.consents)
    @rule()
    def consents_expire(self) -> None:
        Consent.objects.filter(case=self.case, status="CS_GIVEN", until_at__gt=timezone.now()).update(
            until_at=timezone.now() - PAST
        )
        self.model.consents = [
            {**consent, "live": False, "expired": consent["expired"] or consent["live"]}
            for consent in self.model.consents
        ]

    @precondition(lambda self: self.model.consents)
    @rule()
    def consent_narrowed(self) -> None:
        rows = ConsentGrant.objects.filter(consent__case=self.case, consent__status="CS_GIVEN", item="CI_BIO")
        rows.filter(ended_at=None).update(ended_at=timezone.now())
        self.model.consents = [{**consent, "live": False, "expired": False} for consent in self.model.consents]

    @rule()
    def person_refuses(self) -> None:
        a_consent(self.case, ("CI_NAME",), ("AU_SUPPORT",), status="CS_REFUSED")
        self.model.refused_after.append(len(self.model.consents))
        self.model.knows_words = False

    @rule(wants=st.sampled_from(["silence", "publicity", "none_known"]))
    def wish(self, wants: str) -> None:
        Wish.objects.create(case=self.case, number=self._next(), wants=wants, told_by="To his lawyer, alone.")
        self.model.wish = wants

    @rule()
    def family_told(self) -> None:
        FamilyTold.objects.create(
            case=self.case, material_id=self.material.pk, told_by=self.people["leila"], who="The sister"
        )
        self.model.family_told = True

    # --- risk

    @rule(kind=st.sampled_from(["PO_PUBLIC", "PO_QUIET", "PO_SILENT", "PO_LIST"]))
    def posture(self, kind: str) -> None:
        Posture.objects.create(
            case=self.case,
            number=self._next(),
            kind=kind,
            decided_by=self.people["ana"],
            review_on=timezone.localdate(),
            reason="Decided",
        )
        self.model.posture = kind

    @rule(level=st.sampled_from(["RL_LOW", "RL_MED", "RL_HIGH", "RL_CRIT"]), director=st.booleans())
    def assessment_signed(self, level: str, director: bool) -> None:
        extra = {"director": self.people["dara"], "director_at": timezone.now()} if director else {}
        a_signed_assessment(
            self.case, author=self.people["ana"], signer=self.people["rui"], level=level, at=timezone.now(), **extra
        )
        self.model.assessments.append({"signed": True, "ended": False, "level": level, "director": director})

    @rule(why=st.sampled_from(["has_hard_stop", "needs_full"]))
    def assessment_stops(self, why: str) -> None:
        told = {"kind": "rapid", why: True}
        a_signed_assessment(self.case, author=self.people["ana"], signer=self.people["rui"], at=timezone.now(), **told)
        self.model.assessments.append({"signed": True, "ended": False, "level": "RL_LOW", "stops": True})

    @rule()
    def assessment_written_and_not_signed(self) -> None:
        number = RiskAssessment.objects.filter(case=self.case).count() + 1
        RiskAssessment.objects.create(
            case=self.case, number=number, kind="full", danger_now="some", level="RL_LOW", author=self.people["ana"]
        )
        self.model.assessments.append({"signed": False, "ended": False, "level": "RL_LOW", "director": False})

    @precondition(lambda self: self.model.assessments)
    @rule()
    def assessment_ended(self) -> None:
        row = RiskAssessment.objects.filter(case=self.case, material_id=None).order_by("-number").first()
        RiskAssessment.objects.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now())
        self.model.assessments[-1]["ended"] = True

    @rule()
    def hold(self) -> None:
        Hold.objects.create(case=self.case, kind="until_lifted", reason="Summoned", held_by=self.people["leila"])
        self.model.holds.append(True)

    @rule()
    def hold_of_the_country(self) -> None:
        ends = timezone.now() + dt.timedelta(hours=24)
        Hold.objects.create(
            scope="country",
            country=self.case.country,
            kind="precaution",
            ends_at=ends,
            reason="Unrest",
            held_by=self.people["leila"],
        )
        self.model.holds.append(True)

    @precondition(lambda self: any(self.model.holds))
    @rule()
    def holds_lifted_by_two(self) -> None:
        now = timezone.now()
        Hold.objects.filter(lifted_at=None).update(lift_asked_by=self.people["ana"], lift_asked_at=now)
        Hold.objects.filter(lifted_at=None).update(lifted_by=self.people["rui"], lifted_at=now)
        self.model.holds = [False for _ in self.model.holds]
        self.model.twin.is_held = False

    @rule(review=st.booleans())
    def something_happens(self, review: bool) -> None:
        kind = "review" if review else "stop"
        row = RiskEvent.objects.create(case=self.case, code="TR_LEAK", event_class=kind, noted_by=self.people["leila"])
        if review:
            self.model.reviews_due += 1
        else:
            Pause.objects.create(case=self.case, risk_event=row)
            self.model.pauses += 1

    @precondition(lambda self: self.model.pauses or self.model.reviews_due)
    @rule()
    def assessed_again(self) -> None:
        now = timezone.now()
        row = a_signed_assessment(self.case, author=self.people["ana"], signer=self.people["rui"], at=now)
        Pause.objects.filter(case=self.case, ended_at=None).update(ended_at=now, ended_by_assessment=row)
        RiskEvent.objects.filter(case=self.case, answered_at=None).update(answered_at=now, answered_by_assessment=row)
        self.model.assessments.append({"signed": True, "ended": False, "level": "RL_LOW", "director": False})
        self.model.pauses = self.model.reviews_due = 0

    # --- claims and the scan

    @rule(status=st.sampled_from(["VS_DOC", "VS_CORROB", "VS_CONFLICT", "VS_REFUTED", "VS_NEW", "VS_STALE"]))
    def claim_ruled(self, status: str) -> None:
        Claim.objects.filter(pk=self.claim.pk).update(status=status)
        self.model.claim_status = status

    @rule(what=st.sampled_from(["what it said", "more", "nobody knows what", "nothing: it was taken out"]))
    def claim_says(self, what: str) -> None:
        is_out = "taken out" in what
        if is_out != ("taken out" in self.model.claim_says):
            Claim.objects.filter(pk=self.claim.pk).update(removed_at=timezone.now() if is_out else None)
            self.model.knows_words = False
        items = {"more": ["CI_BIO", "CI_DOCS"], "nobody knows what": []}.get(what, ["CI_BIO"])
        ClaimItem.objects.filter(claim=self.claim).delete()
        ClaimItem.objects.bulk_create([ClaimItem(claim=self.claim, item=item) for item in items])
        self.model.claim_says = what

    @rule(grade=st.sampled_from(["A", "B", "C", "D"]))
    def source_graded(self, grade: str) -> None:
        Source.objects.filter(case=self.case).update(reliability=grade)
        self.model.reliability = grade

    @rule(verdict=st.sampled_from(["clean", "findings", "cannot_check"]))
    def scanned(self, verdict: str) -> None:
        scan = LeakScan(
            material_id=self.material.pk,
            revision=self.material.revision,
            material_mac=bytes(self.material.mac),
            verdict=verdict,
            scanned_at=timezone.now(),
        )
        scan.save()
        if verdict == "findings":
            LeakFinding(
                material_id=self.material.pk,
                scan=scan,
                case_id=self.case.pk,
                field="casework.name.value",
                part="body",
                start=0,
                end=1,
            ).save()
        know_protected_words(scan, [self.case])
        self.scan = scan
        self.model.knows_words = True
        self.model.twin.is_scanned = self.model.twin.counts()
        self.model.scan, self.model.ruled, self.model.read = verdict, False, False

    @precondition(lambda self: self.model.scan == "findings")
    @rule()
    def finding_passed(self) -> None:
        for row in LeakFinding.objects.filter(scan=self.scan, ruled_at=None):
            row.ruled_by, row.ruled_at, row.reason = self.people["rui"], timezone.now(), "A common word"
            row.save(update_fields=["ruled_by", "ruled_at", "reason"])
        self.model.ruled = True

    @precondition(lambda self: self.model.scan == "cannot_check")
    @rule()
    def read_for_names(self) -> None:
        LeakScan.objects.filter(pk=self.scan.pk, read_at=None).update(
            read_by=self.people["rui"], read_at=timezone.now()
        )
        self.model.read = True

    # --- signing and getting out

    @rule(who=WHO, fresh=st.booleans())
    def signed(self, who: str, fresh: bool) -> None:
        review = Review(
            material_id=self.material.pk,
            revision=self.material.revision,
            material_mac=bytes(self.material.mac),
            uses_mac=uses_mac(self.material.pk, self.material.revision),
            verdict="signed",
            reviewer=self.people[who],
            author=self.people["ana"],
            last_editor=self.people[self.model.editor],
        )
        try:
            with transaction.atomic():
                review.save()
        except DatabaseError:
            assert who in {self.model.author, self.model.editor}
            return
        assert who not in {self.model.author, self.model.editor}
        at = timezone.now() - dt.timedelta(hours=1 if fresh else 73)
        ReviewCheck.objects.create(
            review=review,
            case_id=self.case.pk,
            assessment=a_rapid_check(self.material, self.case, author=self.people["ana"], at=at),
        )
        now = timezone.now()
        until = now + dt.timedelta(days=7)
        clearance = Clearance(
            material_id=self.material.pk,
            revision=self.material.revision,
            material_mac=bytes(self.material.mac),
            level="full",
            audience="AU_SUPPORT",
            review=review,
            granted_by=self.people[who],
            until=until,
            granted_until=until,
        )
        clearance.save()
        self.rows.append((Signed(self.model.revision, who, fresh, cleared=True), clearance))
        self.model.signed.append(self.rows[-1][0])

    @precondition(lambda self: self.rows)
    @rule(how=st.sampled_from(["review", "clearance", "shorten"]))
    def taken_back(self, how: str) -> None:
        signature, clearance = self.rows[-1]
        now = timezone.now()
        if how == "review":
            Review.objects.filter(pk=clearance.review_id, revoked_at=None).update(revoked_at=now)
            signature.revoked = True
        elif how == "clearance":
            Clearance.objects.filter(pk=clearance.pk, revoked_at=None).update(revoked_at=now)
            signature.clearance_revoked = True
        elif not signature.clearance_ended:
            Clearance.objects.filter(pk=clearance.pk).update(until=now - PAST)
            signature.clearance_ended = True
