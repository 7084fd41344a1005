"""What is done once a day, and the command that cron can run."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from advocacy import reminder_sweep
from audit.models import Anchor
from casework.access import settle_rights
from casework.actions.cases import open_case
from casework.models import Membership
from tests.factories import a_case, a_consent, on_case
from tests.people import a_person
from web import sweeps
from work import heartbeat
from work.models import Heartbeat, Notice

pytestmark = pytest.mark.django_db


def test_a_consent_that_ends_within_a_week_is_told_once_to_the_lead() -> None:
    case = a_case()
    on_case(case, "leila", "liaison")
    a_consent(case, lasts=dt.timedelta(days=6))
    a_consent(case, lasts=dt.timedelta(days=60))
    for _day in range(2):
        sweeps.daily()
    (notice,) = Notice.objects.all()
    assert (notice.user, notice.kind, notice.case_id) == (case.lead, "casework.consent.ends", case.pk)


def test_a_withdrawn_consent_and_a_lead_who_lost_the_case_are_not_told() -> None:
    withdrawn = a_case()
    consent = a_consent(withdrawn, lasts=dt.timedelta(days=6))
    type(consent).objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
    lost = a_case()
    a_consent(lost, lasts=dt.timedelta(days=6))
    Membership.objects.filter(case=lost).update(ended_at=timezone.now())
    settle_rights(lost, lost.lead)
    sweeps.daily()
    assert not Notice.objects.exists()


def test_every_day_the_head_of_the_trail_is_anchored_and_the_sweep_leaves_its_sign() -> None:

    open_case(actor=a_person("ana"), codename="Heron", country="XPR")
    call_command("sweep", "--daily")
    assert Anchor.objects.count() == 1
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"reminders", "jobs", "daily"}


def test_five_minutes_without_a_sweep_is_late() -> None:
    now = timezone.now()
    assert heartbeat.is_late(heartbeat.last_sweep(), now=now)
    reminder_sweep.sweep_reminders(now=now)
    assert not heartbeat.is_late(heartbeat.last_sweep(), now=now + dt.timedelta(minutes=4))
    assert heartbeat.is_late(heartbeat.last_sweep(), now=now + dt.timedelta(minutes=6))


def test_a_day_that_was_missed_is_made_good_once() -> None:
    now = timezone.now()
    case = a_case()
    a_consent(case, lasts=dt.timedelta(days=6))
    assert sweeps.catch_up(now=now)
    assert Notice.objects.count() == 1
    assert not sweeps.catch_up(now=now + dt.timedelta(hours=24))
    assert sweeps.catch_up(now=now + dt.timedelta(hours=26))
    assert Notice.objects.count() == 1
