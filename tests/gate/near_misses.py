"""Near misses: everything is right but one thing. Each spoils one condition of the gate with the triggers off."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from casework.models import Ask, Case, Claim, ClaimItem, Consent, Demand, FamilyTold, Source, Wish
from directory.models import Recipient
from materials.models import Dispatch, EmergencyCheck, Material, MaterialCase, MaterialFact, MaterialItem
from safety.conditions.recipient import RECIPIENT
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
    ScannedCase,
)
from tests.factories import a_consent, a_twin
from tests.gate.kept import a_ready
from tests.gate.near_misses_alone import ALONE_SPOILERS
from tests.gate.near_misses_of_recipients import RECIPIENT_SPOILERS
from tests.gate.near_misses_of_translations import not_signed
from tests.gate.ready import EVERYONE, ITEMS, Ready
from tests.trigger_switch import triggers_off

Spoiler = Callable[[Ready, Any, Any], None]
PAST = dt.timedelta(minutes=5)


def _of(rows: Any, **columns: Any) -> None:
    """Write columns behind everybody's back."""
    rows.update(**columns)


def _no_consent(ready: Ready, case: Any, row: Any) -> None:
    MaterialItem.objects.filter(case=case).delete()
    ClaimItem.objects.filter(claim__case=case).delete()
    Claim.objects.filter(case=case).update(discloses_nothing=True)
    _of(Consent.objects.filter(case=case), withdrawn_at=timezone.now() - PAST)


def _item_without_consent(ready: Ready, case: Any, row: Any) -> None:
    MaterialItem.objects.create(material=ready.material, revision=ready.material.revision, case=case, item="CI_HEALTH")


def _nobody_agreed(ready: Ready, case: Any, row: Any) -> None:
    yesterday = timezone.now() - dt.timedelta(hours=25)
    presumed = {"basis": "best_interest", "giver": "CG_NONE_BEST", "status": "CS_PRESUMED", "tried": "His sister."}
    _of(Consent.objects.filter(case=case), withdrawn_at=timezone.now() - PAST, giver="CG_FAMILY")
    a_consent(case, ITEMS, EVERYONE, at=yesterday, lasts=dt.timedelta(hours=72), **presumed)


def _refused(ready: Ready, case: Any, row: Any) -> None:
    a_consent(case, ("CI_NAME",), (ready.material.audience,), status="CS_REFUSED", giver="CG_SELF")


def _family(ready: Ready, case: Any, row: Any) -> None:
    _of(Consent.objects.filter(case=case), giver="CG_FAMILY")
    a_consent(case, ("CI_NAME",), (ready.material.audience,), status="CS_DISPUTED", giver="CG_FAMILY")


def _silence(ready: Ready, case: Any, row: Any) -> None:
    Wish.objects.create(case=case, number=2, wants="silence")


def _twin(ready: Ready, case: Any, row: Any) -> None:
    twin = a_twin(case)
    Wish.objects.create(case=twin, number=1, wants="silence")
    for scan in LeakScan.objects.filter(material_id=ready.material.pk):  # which knew it: nothing else is wrong
        ScannedCase.objects.create(scan=scan, case_id=twin.pk, protected_revision=twin.protected_revision)


def _hold(ready: Ready, case: Any, row: Any) -> None:
    Hold.objects.create(case=case, kind="until_lifted", reason="His brother was summoned.", held_by=ready.ana)


def _trigger(ready: Ready, case: Any, event_class: str) -> RiskEvent:
    return RiskEvent.objects.create(case=case, code="TR_LEAK", event_class=event_class, noted_by=ready.ana)


def _paused(ready: Ready, case: Any, row: Any) -> None:
    Pause.objects.create(case=case, risk_event=_trigger(ready, case, "stop"))


def _review_due(ready: Ready, case: Any, row: Any) -> None:
    _trigger(ready, case, "review")


def _review_late(ready: Ready, case: Any, row: Any) -> None:
    risk_event = _trigger(ready, case, "review")
    _of(RiskEvent.objects.filter(pk=risk_event.pk), due_at=timezone.now() - PAST)


def _posture(ready: Ready, case: Any, row: Any) -> None:
    _of(Posture.objects.filter(case=case), kind="PO_QUIET")


def _latest(case: Any) -> Any:
    return RiskAssessment.objects.filter(case=case, material_id=None)


def _no_assessment(ready: Ready, case: Any, row: Any) -> None:
    _latest(case).delete()


def _unsigned(ready: Ready, case: Any, row: Any) -> None:
    _of(_latest(case), signed_by=None, signed_at=None, expires_at=None, granted_until=None)


def _out_of_date(ready: Ready, case: Any, row: Any) -> None:
    now = timezone.now()
    _of(_latest(case), signed_at=now - dt.timedelta(days=91), expires_at=now - PAST)


def _critical(ready: Ready, case: Any, row: Any) -> None:
    _of(_latest(case), level="RL_CRIT", danger_now="imminent")
    Wish.objects.create(case=case, number=2, wants="publicity", told_by="She said so herself, on a free line.")


def _no_director(ready: Ready, case: Any, row: Any) -> None:
    _of(_latest(case), level="RL_HIGH")
    Wish.objects.create(case=case, number=2, wants="publicity", told_by="She said so herself, on a free line.")


def _no_informed_wish(ready: Ready, case: Any, row: Any) -> None:
    _of(_latest(case), level="RL_HIGH", director=ready.rui)
    Wish.objects.create(case=case, number=2, wants="publicity")


def _needs_full(ready: Ready, case: Any, row: Any) -> None:
    _of(_latest(case), kind="rapid", needs_full=True)


def _hard_stop(ready: Ready, case: Any, row: Any) -> None:
    _of(_latest(case), has_hard_stop=True)


def _no_rapid_check(ready: Ready, case: Any, row: Any) -> None:
    ReviewCheck.objects.filter(case_id=case.pk).delete()


def _family_not_told(ready: Ready, case: Any, row: Any) -> None:
    FamilyTold.objects.filter(case=case).delete()


def _claims(ready: Ready, case: Any) -> Any:
    return Claim.objects.filter(pk__in=[claim.pk for claim in ready.claims if claim.case_id == case.pk])


def _claim_out(ready: Ready, case: Any, row: Any) -> None:
    _of(_claims(ready, case), removed_at=timezone.now())


def _claim_in_doubt(ready: Ready, case: Any, row: Any) -> None:
    _of(_claims(ready, case), status="VS_CONFLICT")


def _claim_weak(ready: Ready, case: Any, row: Any) -> None:
    _of(Source.objects.filter(case=case), reliability="D")


def _claim_silent(ready: Ready, case: Any, row: Any) -> None:
    ClaimItem.objects.filter(claim__in=_claims(ready, case)).delete()


def _not_counted(ready: Ready, case: Any, row: Any) -> None:
    MaterialItem.objects.filter(case=case, item="CI_BIO").delete()


def _no_scan(ready: Ready, case: Any, row: Any) -> None:
    LeakScan.objects.filter(material_id=ready.material.pk).delete()


def _words_added(ready: Ready, case: Any, row: Any) -> None:
    _of(Case.objects.filter(pk=case.pk), protected_revision=F("protected_revision") + 1)


def _cannot_check(ready: Ready, case: Any, row: Any) -> None:
    _of(LeakScan.objects.filter(material_id=ready.material.pk), verdict="cannot_check")


def _finding(ready: Ready, case: Any, row: Any) -> None:
    scan = LeakScan.objects.get(material_id=ready.material.pk)
    _of(LeakScan.objects.filter(pk=scan.pk), verdict="findings")
    finding = LeakFinding(
        material_id=ready.material.pk,
        scan=scan,
        case_id=case.pk,
        field="casework.name.value",
        part="body",
        start=0,
        end=2,
    )
    finding.save()


def _no_case(ready: Ready, case: Any, row: Any) -> None:
    MaterialCase.objects.filter(material=ready.material).delete()


def _inside(ready: Ready, case: Any, row: Any) -> None:
    _of(Material.objects.filter(pk=ready.material.pk), level="none", audience="AU_ORG")
    _of(Clearance.objects.filter(pk=ready.clearance.pk), level="none")
    for one in ready.cases:
        a_consent(one, ("CI_NAME", "CI_BIO"), ("AU_ORG",))


def _stop_notice_tells(ready: Ready, case: Any, row: Any) -> None:
    MaterialItem.objects.create(material=ready.material, revision=ready.material.revision, case=case, item="CI_BIO")


def _fact_changed(ready: Ready, case: Any, row: Any) -> None:
    _of(Case.objects.filter(pk=case.pk), status="DS_POLICE")


def _ask_in_vain(ready: Ready, case: Any, row: Any) -> None:
    ask = Ask.objects.create(case=case, demand=Demand.objects.create(case=case, text="Give the body back", aim="body"))
    MaterialFact(
        material=ready.material,
        revision=ready.material.revision,
        case=case,
        kind="ask",
        row_id=ask.pk,
        row_mac=bytes(ask.facts_mac),
        made_by=ready.ana,
    ).save(force_insert=True)


def _not_looked_at(ready: Ready, case: Any, row: Any) -> None:
    _of(Case.objects.filter(pk=case.pk), status="DS_RELEASED")
    _of(MaterialFact.objects.filter(case=case, kind="status"), code="DS_RELEASED")


def _stop_date(ready: Ready, case: Any, row: Any) -> None:
    _of(Material.objects.filter(pk=ready.material.pk), stop_on=timezone.now().date() - dt.timedelta(days=1))


def _old_revision(ready: Ready, case: Any, row: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE materials_material SET revision = revision + 1")


def _other_text(ready: Ready, case: Any, row: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE materials_material SET mac = %s", [b"x" * 32])


def _clearance(ready: Ready, **columns: Any) -> None:
    _of(Clearance.objects.filter(pk=ready.clearance.pk), **columns)


def _not_cleared(ready: Ready, case: Any, row: Any) -> None:
    _clearance(ready, revision=77)


def _clearance_revoked(ready: Ready, case: Any, row: Any) -> None:
    _clearance(ready, revoked_at=timezone.now())


def _clearance_ended(ready: Ready, case: Any, row: Any) -> None:
    _clearance(ready, until=timezone.now() - PAST)


def _review(ready: Ready) -> Any:
    return Review.objects.filter(material_id=ready.material.pk)


def _not_reviewed(ready: Ready, case: Any, row: Any) -> None:
    _of(_review(ready), revision=77)


def _review_revoked(ready: Ready, case: Any, row: Any) -> None:
    _of(_review(ready), revoked_at=timezone.now())


def _two_eyes(ready: Ready, case: Any, row: Any) -> None:
    _of(Material.objects.filter(pk=ready.material.pk), last_editor=ready.rui)


def _four_questions(ready: Ready, case: Any, row: Any) -> None:
    _of(EmergencyCheck.objects.filter(material=ready.material), revision=77)


def _not_trusted(ready: Ready, case: Any, row: Any) -> None:
    _of(Recipient.objects.filter(pk=ready.recipient.pk), channel_verified_on=None)


def _copy_of_another(ready: Ready, case: Any, row: Any) -> None:
    _of(Dispatch.objects.filter(material=ready.material), revision=77)


SPOILERS: dict[str, Spoiler] = {
    "no-consent": _no_consent,
    "item-without-consent": _item_without_consent,
    "nobody-agreed": _nobody_agreed,
    "refused-by-the-person": _refused,
    "family-disagrees": _family,
    "wish-for-silence": _silence,
    "on-hold": _hold,
    "paused": _paused,
    "review-of-risk-due": _review_due,
    "posture-forbids": _posture,
    "no-assessment": _no_assessment,
    "assessment-not-signed": _unsigned,
    "assessment-out-of-date": _out_of_date,
    "risk-is-critical": _critical,
    "high-risk-unsigned-by-director": _no_director,
    "high-risk-without-wish": _no_informed_wish,
    "needs-full-assessment": _needs_full,
    "hard-stop": _hard_stop,
    "no-rapid-check": _no_rapid_check,
    "family-not-told": _family_not_told,
    "claim-taken-out": _claim_out,
    "claim-in-doubt": _claim_in_doubt,
    "claim-not-publishable": _claim_weak,
    "claim-names-no-items": _claim_silent,
    "item-not-counted": _not_counted,
    "leak-scan-missing": _no_scan,
    "leak-scan-outdated": _words_added,
    "leak-scan-cannot-check": _cannot_check,
    "leak-finding-open": _finding,
    "facts-changed": _fact_changed,
    "translation-not-signed": not_signed,
    "asks-overtaken-by-fate": _ask_in_vain,
    "asks-not-looked-at": _not_looked_at,
    "stop-date-passed": _stop_date,
    "about-no-case": _no_case,
    "inside-only": _inside,
    "stop-notice-discloses": _stop_notice_tells,
    "revision-is-old": _old_revision,
    "text-differs": _other_text,
    "no-clearance": _not_cleared,
    "clearance-revoked": _clearance_revoked,
    "clearance-ended": _clearance_ended,
    "no-review": _not_reviewed,
    "review-revoked": _review_revoked,
    "four-eyes": _two_eyes,
    "four-questions-open": _four_questions,
    **ALONE_SPOILERS,
    "recipient-not-trusted": _not_trusted,
    **RECIPIENT_SPOILERS,
    "copy-of-another-text": _copy_of_another,
    "signer-looks-first": _twin,
}

"""Asked only of what is public already: nothing is refused at the door for it."""
SPOILERS_OF_PAGES: dict[str, Spoiler] = {"review-of-risk-late": _review_late}

ALONE = set(ALONE_SPOILERS)
NOTICES = {"nobody-agreed", "four-questions-open", "recipient-not-trusted", *ALONE}
OF_A_COPY_ALONE = {row.code for row in RECIPIENT}
STOPS = {"stop-notice-discloses"}
PRIVATE = {"inside-only", *OF_A_COPY_ALONE} - NOTICES


def kind_of(code: str) -> str:
    """Return the kind of scene in which this condition is asked alone."""
    of = {"notice alone": ALONE, "notice": NOTICES, "stop notice": STOPS, "paper": PRIVATE}
    return next((kind for kind, codes in of.items() if code in codes), "page")


def ready_for(code: str, *, cases: int = 1) -> Ready:
    """Return the material on which this condition is asked alone: a notice, a briefing, or a supporters' page."""
    if code in NOTICES:
        return a_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", cases=cases, alone=code in ALONE)
    if code in STOPS:
        return a_ready("WITHDRAWAL", "AU_DIPLO", cases=cases)
    if code in PRIVATE:
        return a_ready("MIN_BRIEF", "AU_DIPLO", cases=cases)
    return a_ready("SUPPORTER", "AU_SUPPORT", cases=cases)


__all__ = [
    "ALONE",
    "NOTICES",
    "OF_A_COPY_ALONE",
    "PRIVATE",
    "SPOILERS",
    "SPOILERS_OF_PAGES",
    "STOPS",
    "kind_of",
    "ready_for",
    "triggers_off",
]
