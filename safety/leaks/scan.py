"""One run of the scan over one revision, its findings, and what a reader may rule on them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.models import Case
from safety.leaks.carrying import StandingRulings, is_of_the_same_words
from safety.leaks.looking import Look, look
from safety.leaks.terms import opened_by_consent
from safety.leaks.third_persons import THIRD_PERSON, by_right, surroundings_mac
from safety.leaks.twins import cases_beside
from safety.models import LeakFinding, LeakScan, ScannedCase


@transaction.atomic
def scan(
    *,
    actor: User | None,
    material: Any,
    parts: dict[str, str],
    disclosed: dict[uuid.UUID, set[str]],
    has_no_name: bool = False,
    has_left: bool = False,
) -> LeakScan:
    """Scan this revision as it will be read and keep the result; `disclosed` names by case the items that it shows.

    Of these only what consent opens is passed over. Where no name is stored (`has_no_name`) a person reads for it.
    What somebody ruled on or read in the same words before is taken over, and a ruling on the name of another person
    from the revision before where its sentences are the same; what is new waits for a ruling. Of words that have left
    (`has_left`) the gate judges consent itself, with its days of grace: all that they show is passed over.
    """
    cases: list[Case] = lock(*material.cases.values_list("pk", flat=True))
    opened = disclosed if has_left else opened_by_consent(cases, material, disclosed)
    beside = cases_beside(cases)
    seen = look(cases, parts, opened, has_no_name=has_no_name, by_right=by_right(material), beside=beside)
    row = _keep_scan(actor, material, seen, parts, cases, has_no_name=has_no_name)
    for case in (*cases, *(other.case for other in beside)):
        ScannedCase.objects.create(scan=row, case_id=case.pk, protected_revision=case.protected_revision)
    record(
        actor=actor,
        verb="safety.leaks.scanned",
        case=cases[0] if cases else None,
        about=row,
        verdict=seen.verdict,
        findings=len(seen.hits),
    )
    return row


def latest_scan(material: Any) -> LeakScan | None:
    """Return the latest scan of exactly these words, with its findings; None when nobody has scanned them."""
    rows = LeakScan.objects.filter(
        material_id=material.pk, revision=material.revision, material_mac=bytes(material.mac or b"")
    )
    told = rows.prefetch_related("findings__ruled_by", "findings__carried_from__scan").select_related("read_by")
    return told.order_by("-scanned_at").first()


def _keep_scan(
    actor: User | None, material: Any, seen: Look, parts: Mapping[str, str], cases: list[Case], *, has_no_name: bool
) -> LeakScan:
    """Keep the result and its findings, with what was ruled on or read in the same words before.

    What was changed outside the program is not taken over: its copy would carry our mark.
    """
    before = latest_scan(material) or _scan_of_the_revision_before(material)
    if before is not None and not before.carries_mark():
        before = None
    row = LeakScan(
        material_id=material.pk,
        revision=material.revision,
        material_mac=bytes(material.mac),
        audience=material.audience,
        language=material.language,
        verdict=seen.verdict,
        why=[{"script": script, "people": count} for script, count in seen.unchecked],
        has_no_name=has_no_name,
        scanned_by=actor,
    )
    if before is not None and is_of_the_same_words(before, row) and _covers(before, seen):
        row.read_by, row.read_at = before.read_by, before.read_at
    row.save(force_insert=True)
    ruled = StandingRulings.of(before, row, material, cases)
    for hit in seen.hits:
        finding = LeakFinding(material_id=row.material_id, scan=row, **vars(hit))
        if hit.field == THIRD_PERSON:
            finding.surroundings_mac = surroundings_mac(material, hit.case_id, hit.words, parts)
        if (old := ruled.on(finding)) is not None:
            finding.carry(old)
        finding.save(force_insert=True)
    return row


def _scan_of_the_revision_before(material: Any) -> LeakScan | None:
    """Return the latest scan of the last revision before this one that was scanned."""
    rows = LeakScan.objects.filter(material_id=material.pk, revision__lt=material.revision)
    return rows.prefetch_related("findings__ruled_by").order_by("-revision", "-scanned_at").first()


def _covers(before: LeakScan, seen: Look) -> bool:
    """Say whether whoever read the words instead of the scan read them for as many people as now, in each script."""
    read = {row["script"]: row["people"] for row in before.why} if before.read_at else {}
    return all(script in read and count <= read[script] for script, count in seen.unchecked)


@transaction.atomic
def rule_on(*, actor: User, finding: LeakFinding, material: Any, reason: str) -> LeakFinding:
    """Pass a finding with a reason. Only who may sign reviews on every case, and never the author or last editor.

    Where what was found is protected by another case, about the same person perhaps, whoever passes it signs there too:
    nobody lets out what they may not see. A ruling of this revision stays as it is; one that was carried from an earlier
    revision may be made anew. Refused for a finding of another text than the one whose cases were asked about.
    """
    keys = set(material.cases.values_list("pk", flat=True))
    cases = [case for case in lock(*keys, finding.case_id) if case.pk in keys]
    for case in cases:
        require(actor, "sign_review", case)
    _not_own_work(actor, material)
    _of_this_text(finding, material)
    if not signs_where_it_is_protected(actor, finding):
        raise ValidationError(_("A signer looks at this first."))
    if not reason.strip():
        raise ValidationError(_("Say why these words may stand."))
    row = LeakFinding.objects.select_for_update().get(pk=finding.pk)
    if row.ruled_at and not row.is_ruled_before:
        return row
    row.ruled_by, row.ruled_at, row.reason, row.carried_from = actor, timezone.now(), reason, None
    row.save(update_fields=["ruled_by", "ruled_at", "reason", "carried_from"])
    record(actor=actor, verb="safety.leaks.passed", case=cases[0], about=row, field=row.field)
    return row


def signs_where_it_is_protected(user: User, finding: LeakFinding) -> bool:
    """Say whether this person signs on the case that protects what was found, and so may see it."""
    return Case.objects.where(user, may="sign_review").filter(pk=finding.case_id).exists()


@transaction.atomic
def tick_read(*, actor: User, result: LeakScan, material: Any) -> LeakScan:
    """Record that a reader of the language read the text for names where the scan could not check it.

    Refused as `rule_on` is.
    """
    cases = lock(*material.cases.values_list("pk", flat=True))
    for case in cases:
        require(actor, "sign_review", case)
    _not_own_work(actor, material)
    _of_this_text(result, material)
    row = LeakScan.objects.select_for_update().get(pk=result.pk)
    if row.read_at is None:
        row.read_by, row.read_at = actor, timezone.now()
        row.save(update_fields=["read_by", "read_at"])
        record(actor=actor, verb="safety.leaks.read", case=cases[0], about=row)
    return row


def _of_this_text(row: LeakFinding | LeakScan, material: Any) -> None:
    if row.material_id != material.pk:
        raise ValidationError(_("This was found in another text."))


def _not_own_work(actor: User, material: Any) -> None:
    if actor.pk in {material.author_id, material.last_editor_id}:
        raise ValidationError(_("The author or last editor of a text may not rule on what was found in it."))
