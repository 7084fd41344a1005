"""A notice says what happened in words, whatever its verb is called."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from audit import labels
from casework.actions.members import add_member
from directory.dates import relative_time
from safety.notify import notify_case
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from work.models import Notice

pytestmark = pytest.mark.django_db
DIRECTOR_SIGNED = "safety.assessment.director_signed"


def test_every_verb_that_safety_tells_reads_in_its_own_words(client: Any) -> None:
    case = a_case()
    leila = on_case(case, "leila", "liaison")
    signed_in(client, leila)
    told = [verb for verb in labels.known() if verb.startswith("safety.")]
    for verb in told:
        notify_case(verb=verb, case=case, about=case, actor=case.lead)
    page = client.get("/notices/").content.decode()
    assert "Something happened" not in page
    assert str(labels.words_of_verb(DIRECTOR_SIGNED)) in page
    assert Notice.objects.filter(user=leila).count() == len(told)


def test_who_is_put_on_a_case_is_told_and_nobody_else(client: Any) -> None:
    case = a_case(codename="Heron")
    leila, sam = a_person("leila"), a_person("sam")
    signed_in(client, leila)
    assert "You are on no case yet" in client.get("/").content.decode()
    add_member(actor=case.lead, case=case, user=leila, role="liaison")
    page = client.get("/").content.decode()
    assert "You were put on a case" in page and "Heron" in page and "You are on no case yet" not in page
    assert not Notice.objects.filter(user__in=[case.lead, sam]).exists()


@pytest.mark.parametrize(
    ("seconds", "late", "ahead", "waits"),
    [
        (30, "due now", "in less than an hour", "Waits less than an hour"),
        (59 * 60, "59 minutes late", "in less than an hour", "Waits less than an hour"),
        (2 * 3600, "2 hours late", "in 2 hours", "Waits 2 hours"),
        (50 * 3600, "2 days late", "in 2 days", "Waits 2 days"),
    ],
)
def test_how_far_away_an_instant_is_reads_as_a_person_says_it(seconds: int, late: str, ahead: str, waits: str) -> None:
    now = timezone.now()
    by = dt.timedelta(seconds=seconds)
    assert relative_time.late_words(now - by, now=now) == late
    assert relative_time.ahead_words(now + by, now=now) == ahead
    assert relative_time.waits_words(now - by, now=now) == waits


def test_a_notice_says_who_did_it_on_its_page_and_on_today(client: Any) -> None:
    case = a_case(codename="Heron")
    leila = on_case(case, "leila", "liaison")
    signed_in(client, leila)
    assert (
        client.post(f"/cases/{case.reference}/hold/", {"kind": "precaution", "reason": "Summoned."}).status_code == 302
    )
    signed_in(client, case.lead)
    for page in (client.get("/notices/").content.decode(), client.get("/").content.decode()):
        told = page.partition('id="notices-h"')[2]
        assert "Held public work" in told and "by <bdi>Leila</bdi>" in told


def test_a_reminder_is_by_nobody(client: Any) -> None:
    case = a_case()
    Notice.objects.create(user=case.lead, case_id=case.pk, kind="advocacy.milestone.due_0d", dedup="reminder:1")
    page = signed_in(client, case.lead).get("/notices/").content.decode()
    assert "A step of yours is due today" in page and "by <bdi>" not in page


def test_reminders_of_one_plan_are_one_line_on_today_and_hide_nothing_else(client: Any) -> None:
    case = a_case(codename="Heron")
    now = timezone.now()
    Notice.objects.create(
        user=case.lead, case_id=case.pk, kind="safety.hold.given", dedup="hold:1", made_at=now - dt.timedelta(hours=3)
    )
    for number in range(7):
        Notice.objects.create(
            user=case.lead,
            case_id=case.pk,
            kind="advocacy.milestone.due_0d",
            dedup=f"reminder:{number}",
            about_id=case.pk,
        )
    today = signed_in(client, case.lead).get("/").content.decode().partition('id="notices-h"')[2]
    assert today.count("A step of yours is due today") == 1 and "7 steps" in today
    assert f"/cases/{case.reference}/plan/" in today and "Held public work" in today
