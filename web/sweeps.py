"""What beat or cron does again and again, beside the reminders. Rows are the truth: a sweep may run twice or late."""

import datetime as dt
import logging

from django.utils import timezone

from accounts import drafts
from accounts.models.sent_form import forget_sent_forms
from accounts.sign_in.middleware import LONGEST
from advocacy.actions import lost_facts
from audit.trail import anchor
from casework.actions.members import end_overdue
from casework.models import Case, Consent
from materials.leaving import page_expiry, staleness
from safety.models import RiskAssessment
from sealing import keys
from work import heartbeat, jobs, notices
from work.models import Heartbeat

log = logging.getLogger(__name__)

DAILY_IS_LATE_AFTER = dt.timedelta(hours=25)
TOLD_BEFORE = dt.timedelta(days=7)


def requeue_stale_jobs(*, now: dt.datetime | None = None) -> int:
    """Give back work whose worker gave no sign for two minutes, end roles on cases whose time is over, mark what is stale,
    count anew when the pages on Today run out, and open the steps whose fact counts no more.

    Returns how much waits again.
    """
    again = jobs.requeue_abandoned(now=now)
    end_overdue(at=now)
    staleness.mark_stale(now=now)
    page_expiry.store_shown_ends(now=now)
    heartbeat.record_heartbeat(heartbeat.JOBS, at=now)
    lost_facts.reopen_lost_facts(now=now)
    return again


def daily(*, now: dt.datetime | None = None) -> None:
    """Anchor the audit trail, tell once of what ends within a week, and count when each public page runs out."""
    now = now or timezone.now()
    try:
        tell_of_ending_consents(now=now)
        tell_of_ending_assessments(now=now)
        page_expiry.store_all_ends()
        anchor()
        drafts.sweep(now)
        forget_sent_forms(now, after=LONGEST)
        heartbeat.record_heartbeat(heartbeat.DAILY, at=now)
    finally:
        keys.forget_keys()


def catch_up(*, now: dt.datetime | None = None) -> bool:
    """Do what is done once a day when nobody did it for a day and an hour; a worker that slept at night misses nothing."""
    now = now or timezone.now()
    if Heartbeat.objects.filter(name=heartbeat.DAILY, at__gt=now - DAILY_IS_LATE_AFTER).exists():
        return False
    daily(now=now)
    return True


def tell_of_ending_consents(*, now: dt.datetime) -> None:
    """Tell the lead of a case that a consent of it ends within a week; no content, only that."""
    ending = Consent.objects.filter(
        status__in=Consent.LIVE,
        withdrawn_at=None,
        removed_at=None,
        until_at__gt=now,
        until_at__lte=now + TOLD_BEFORE,
    ).select_related("case__lead")
    for row in ending.defer(*(field.name for field in Consent.sealed_fields())).iterator():
        _tell_lead(row.case, kind="casework.consent.ends", row=row, until=row.until_at)


def tell_of_ending_assessments(*, now: dt.datetime) -> None:
    """Tell the lead of a case that its signed assessment ends within a week."""
    rows = RiskAssessment.objects.of_cases().filter(signed_at__isnull=False, ended_at=None, expires_at__gt=now)
    ending = rows.filter(expires_at__lte=now + TOLD_BEFORE).select_related("case__lead")
    for row in ending.defer(*(field.name for field in RiskAssessment.sealed_fields())).iterator():
        _tell_lead(row.case, kind="safety.assessment.ends", row=row, until=row.expires_at)


def _tell_lead(case: Case, *, kind: str, row: Consent | RiskAssessment, until: dt.datetime) -> None:
    if Case.objects.visible_to(case.lead).filter(pk=case.pk).exists():
        notices.give([case.lead], kind=kind, case_id=case.pk, about_id=row.pk, dedup=f"{kind}:{row.pk}:{until:%Y%m%d}")
