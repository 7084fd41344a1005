"""What the gate reads may only get stricter: each guard refuses its act, and without the guard the act goes through."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from materials.models import Dispatch, EmergencyCheck, MaterialItem, PageExtension, PageShortening, PublicPage
from safety.models import CriticalException, Hold, LeakFinding, LeakScan, Pause, RiskAssessment, RiskEvent, SignerAlarm
from tests.factories import a_contact
from tests.gate.channels import undone
from tests.gate.near_misses import triggers_off
from tests.gate.ready import make_ready

pytestmark = pytest.mark.django_db
LATER = "'2099-01-01 00:00:00'"

DELETED = {
    "an_assessment_is_never_deleted_no_delete": "safety_riskassessment",
    "an_exception_is_never_deleted_no_delete": "safety_criticalexception",
    "postures_are_append_only_no_delete": "safety_posture",
    "a_review_is_never_deleted_no_delete": "safety_review",
    "confirmed_checks_are_append_only_no_delete": "safety_reviewcheck",
    "a_clearance_is_never_deleted_no_delete": "safety_clearance",
    "a_scan_is_never_deleted_no_delete": "safety_leakscan",
    "a_finding_is_never_deleted_no_delete": "safety_leakfinding",
    "a_hold_is_never_deleted_no_delete": "safety_hold",
    "a_pause_is_never_deleted_no_delete": "safety_pause",
    "a_trigger_is_never_deleted_no_delete": "safety_riskevent",
    "an_alarm_is_never_deleted_no_delete": "safety_signeralarm",
    "a_material_is_never_deleted_no_delete": "materials_material",
    "the_cases_of_a_material_never_change_no_delete": "materials_materialcase",
    "claims_of_a_revision_never_change_no_delete": "materials_materialclaim",
    "items_of_a_revision_never_change_no_delete": "materials_materialitem",
    "a_dispatch_is_never_deleted_no_delete": "materials_dispatch",
    "a_copy_is_never_deleted_no_delete": "materials_copy",
    "a_page_is_never_deleted_no_delete": "materials_publicpage",
    "an_extension_is_never_deleted_no_delete": "materials_pageextension",
    "a_shortening_is_never_deleted_no_delete": "materials_pageshortening",
    "the_four_answers_are_append_only_no_delete": "materials_emergencycheck",
}
CHANGED = {
    (
        "a_signed_assessment_only_gets_stricter",
        "lower",
    ): "UPDATE safety_riskassessment SET level = 'RL_MED' WHERE signed_at IS NOT NULL",
    ("a_signed_assessment_only_gets_stricter", "renumbered"): "UPDATE safety_riskassessment SET number = number + 100",
    (
        "an_exception_is_only_signed_or_ended",
        "for another material",
    ): "UPDATE safety_criticalexception SET acting = acting - 1",
    ("a_review_can_only_be_revoked", "of another text"): "UPDATE safety_review SET revision = revision + 1",
    ("a_clearance_can_only_shrink", "for another revision"): "UPDATE safety_clearance SET revision = revision + 1",
    (
        "a_scan_is_only_read_afterwards",
        "made clean",
    ): "UPDATE safety_leakscan SET verdict = 'clean' WHERE verdict = 'findings'",
    ("a_finding_is_only_ruled_on", "moved"): 'UPDATE safety_leakfinding SET "end" = "end" + 1',
    (
        "a_hold_is_only_confirmed_or_lifted",
        "of a country",
    ): "UPDATE safety_hold SET scope = 'country', case_id = NULL, country = 'XPR'",
    ("a_pause_ends_only_with_a_newer_signed_assessment", "moved"): f"UPDATE safety_pause SET since = {LATER}",
    (
        "a_trigger_is_only_answered_by_a_newer_signed_assessment",
        "a note",
    ): "UPDATE safety_riskevent SET event_class = 'note'",
    ("an_alarm_is_only_answered", "moved"): f"UPDATE safety_signeralarm SET alone_from = {LATER}",
    ("a_dispatch_is_append_only", "other audience"): "UPDATE materials_dispatch SET audience = 'AU_PUBLIC'",
    ("a_copy_is_append_only", "renumbered"): "UPDATE materials_copy SET number = number + 100",
    ("a_page_can_only_be_taken_down", "moved"): "UPDATE materials_publicpage SET address = 'elsewhere'",
    (
        "an_extension_is_only_agreed_to",
        "asked by another",
    ): "UPDATE materials_pageextension SET asked_at = '2020-01-01 00:00:00'",
    ("a_shortening_is_only_looked_at", "moved"): f"UPDATE materials_pageshortening SET review_due_at = {LATER}",
    (
        "claims_of_a_revision_never_change_no_update",
        "as fact",
    ): "UPDATE materials_materialclaim SET printed_as = 'attributed'",
    (
        "items_of_a_revision_never_change_no_update",
        "less",
    ): "UPDATE materials_materialitem SET item = 'CI_PHOTO' WHERE item = 'CI_BIO'",
    ("postures_are_append_only_no_update", "public"): "UPDATE safety_posture SET kind = 'PO_QUIET'",
    ("changed_words_raise_the_revision_never_falls", "back"): "UPDATE materials_material SET revision = 0",
    (
        "the_four_answers_are_append_only_no_update",
        "of newer words",
    ): "UPDATE materials_emergencycheck SET revision = revision + 1",
    ("sent_means_cleared", "sent"): "UPDATE materials_material SET status = 'sent'",
}
ACTS = {**{(name, "deleted"): f"DELETE FROM {table}" for name, table in DELETED.items()}, **CHANGED}


@pytest.fixture
def everything() -> None:
    """One row in each guarded table, all of it rightly made."""
    ready = make_ready()
    row = ready.a_dispatch()
    row.save(force_insert=True)
    ready.a_copy(row).save(force_insert=True)
    Dispatch.objects.filter(pk=row.pk).update(dispatched_at=timezone.now())
    page = PublicPage.objects.create(dispatch=row, address="somewhere")
    PageShortening.objects.create(page=page, shortened_by=ready.ana, review_due_at=timezone.now())
    PageExtension.objects.create(page=page, material=ready.material, reason="Why.", asked_by=ready.ana)
    case: Any = ready.cases[0]
    CriticalException.objects.create(
        case=case,
        assessment=RiskAssessment.objects.filter(case=case).first(),
        material_id=ready.material.pk,
        acting=16,
        not_acting=25,
        lawyer_view="He agrees.",
        reason="It is worse.",
        asked_by=ready.ana,
    )
    Hold.objects.create(case=case, kind="until_lifted", reason="Summoned", held_by=ready.ana)
    happened = RiskEvent.objects.create(case=case, code="TR_LEAK", event_class="stop", noted_by=ready.ana)
    Pause.objects.create(case=case, risk_event=happened)
    scan = LeakScan(
        material_id=ready.material.pk, revision=1, material_mac=bytes(ready.material.mac or b""), verdict="findings"
    )
    scan.save()
    LeakFinding(
        material_id=ready.material.pk, scan=scan, case_id=case.pk, field="x", part="body", start=0, end=1
    ).save()
    called = timezone.now() - dt.timedelta(minutes=5)
    four = {"is_silence_wished": False, "may_expose_somebody": False}
    four |= {"is_name_passed_on_known": True, "can_be_stopped": True}
    EmergencyCheck.objects.create(
        material=ready.material, revision=ready.material.revision, answered_by=ready.ana, **four
    )
    SignerAlarm.objects.create(
        material_id=ready.material.pk, revision=1, signer=ready.rui, alarmed_at=called, alone_from=called
    )


def by_hand(sql: str) -> str:
    """Do it with SQL, take it back, and return what the database said."""

    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return undone(act)


@pytest.mark.parametrize("named", ACTS, ids=" ".join)
@pytest.mark.usefixtures("everything")
def test_a_guard_refuses_its_act(named: tuple[str, str]) -> None:
    assert named[0] in by_hand(ACTS[named])


@pytest.mark.parametrize("named", ACTS, ids=" ".join)
@pytest.mark.usefixtures("everything")
def test_without_its_guard_the_act_goes_through(named: tuple[str, str]) -> None:
    others = [one for one in ACTS if ACTS[one] == ACTS[named]]
    assert others == [named]
    with triggers_off(left_out=(named[0],)):
        pass
    assert named[0] not in by_hand(ACTS[named])


@pytest.mark.parametrize("noun", ["dispatch", "copy"])
@pytest.mark.parametrize("is_left_out", [False, True])
def test_nothing_is_born_as_if_it_had_left(noun: str, is_left_out: bool) -> None:
    ready = make_ready()
    row = ready.a_dispatch()
    if noun == "copy":
        row.save(force_insert=True)
        row = ready.a_copy(row)
    row.dispatched_at = timezone.now()
    if is_left_out:
        with triggers_off(left_out=(f"{noun}_meets_every_condition:born-dispatched",)):
            pass
    said = undone(lambda: row.save(force_insert=True))
    assert said == "" if is_left_out else "born-dispatched" in said


@pytest.mark.parametrize("is_left_out", [False, True])
def test_the_four_questions_are_answered_for_the_present_words_alone(is_left_out: bool) -> None:
    ready = make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED")
    again = EmergencyCheck.objects.get()
    again.pk, again.revision, again._state.adding = uuid.uuid4(), ready.material.revision + 1, True
    if is_left_out:
        with triggers_off(left_out=("the_four_answers_are_about_the_present_words",)):
            pass
    said = undone(lambda: again.save(force_insert=True))
    assert said == "" if is_left_out else "the_four_answers_are_about_the_present_words" in said


@pytest.mark.parametrize("is_of_a_contact", [False, True])
def test_a_revision_names_an_item_once(is_of_a_contact: bool) -> None:
    ready = make_ready("MIN_BRIEF", "AU_DIPLO")
    case = ready.cases[0]
    contact = a_contact(case) if is_of_a_contact else None
    named = {"material": ready.material, "revision": ready.material.revision, "case": case, "item": "CI_HEALTH"}
    with triggers_off():  # they ask for a revision that nobody judged yet
        MaterialItem.objects.create(**named, contact=contact)
        with pytest.raises(IntegrityError), transaction.atomic():
            MaterialItem.objects.create(**named, contact=contact)
        MaterialItem.objects.create(**named, contact=a_contact(case, "Another One"))
