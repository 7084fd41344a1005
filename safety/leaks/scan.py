"""One run of the scan over one revision, its findings, and what a reader may rule on them."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import lock, require
from casework.models import Case
from safety.leaks.looking import look
from safety.leaks.terms import opened_by_consent
from safety.leaks.twins import cases_beside
from safety.models import LeakFinding, LeakScan


@transaction.atomic
def scan(
    *,
    actor: User,
    material: Any,
    parts: dict[str, str],
    disclosed: dict[uuid.UUID, set[str]],
    has_no_name: bool = False,
) -> LeakScan:
    """Scan this revision as it will be read and keep the result; `disclosed` names by case the items that it shows.

    Of these only what consent opens is passed over. Where no name is stored (`has_no_name`) a person reads for it.
    """
    cases: list[Case] = lock(*material.cases.values_list("pk", flat=True))
    opened = opened_by_consent(cases, material, disclosed)
    seen = look(cases, parts, opened, beside=cases_beside(cases), has_no_name=has_no_name)
    row = LeakScan(
        material_id=material.pk,
        revision=material.revision,
        material_mac=bytes(material.mac),
        verdict=seen.verdict,
        why=[{"script": script, "people": count} for script, count in seen.blind.items()],
        scanned_by=actor,
    )
    row.save(force_insert=True)
    for hit in seen.hits:
        LeakFinding(material_id=material.pk, scan=row, **vars(hit)).save(force_insert=True)
    record(
        actor=actor,
        verb="safety.leaks.scanned",
        case=cases[0] if cases else None,
        about=row,
        verdict=seen.verdict,
        findings=len(seen.hits),
    )
    return row


@transaction.atomic
def rule_on(*, actor: User, finding: LeakFinding, material: Any, reason: str) -> LeakFinding:
    """Pass a finding with a reason. Only who may sign reviews on every case, and never the author or last editor."""
    cases = lock(*material.cases.values_list("pk", flat=True))
    for case in cases:
        require(actor, "sign_review", case)
    _not_own_work(actor, material)
    if not reason.strip():
        raise ValidationError(_("Say why these words may stand."))
    row = LeakFinding.objects.select_for_update().get(pk=finding.pk)
    if row.ruled_at:
        return row
    row.ruled_by, row.ruled_at, row.reason = actor, timezone.now(), reason
    row.save(update_fields=["ruled_by", "ruled_at", "reason"])
    record(actor=actor, verb="safety.leaks.passed", case=cases[0], about=row, field=row.field)
    return row


@transaction.atomic
def tick_read(*, actor: User, result: LeakScan, material: Any) -> LeakScan:
    """Record that a reader of the language read the text for names where the scan could not check it."""
    cases = lock(*material.cases.values_list("pk", flat=True))
    for case in cases:
        require(actor, "sign_review", case)
    _not_own_work(actor, material)
    row = LeakScan.objects.select_for_update().get(pk=result.pk)
    if row.read_at is None:
        row.read_by, row.read_at = actor, timezone.now()
        row.save(update_fields=["read_by", "read_at"])
        record(actor=actor, verb="safety.leaks.read", case=cases[0], about=row)
    return row


def _not_own_work(actor: User, material: Any) -> None:
    if actor.pk in {material.author_id, material.last_editor_id}:
        raise ValidationError(_("The author or last editor of a text may not rule on what was found in it."))
