"""Numbered copies: made through the gate, printed by a job, leaving through the second gate, downloaded once asked again."""

import hashlib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.models import Consent
from materials.actions import dispatches
from materials.models import Copy, Dispatch, Material
from papers.pdf import rendering
from safety.models import Clearance
from sealing.fields import save_each
from tests.advocacy.journeys import cleared, in_review
from tests.directory.entries import chosen, to_somebody
from tests.factories import a_case, on_case
from tests.kept import one_world
from tests.people import a_person, signed_in
from work import jobs
from work.models import Job

pytestmark = pytest.mark.django_db
KEPT: list[Material] = []
needs_pango = pytest.mark.skipif(not rendering.is_available(), reason="needs pango")


@pytest.fixture(scope="module", autouse=True)
def _kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), one_world(cleared) as made:
        KEPT.append(made)
        yield
        KEPT.clear()


def the_cleared() -> Material:
    """The briefing that rui signed and that every test here finds."""
    return deepcopy(KEPT[0])


@pytest.fixture
def ana(client: Client) -> Client:
    return signed_in(client, a_person("ana"))


def to(name: str, row: Any) -> str:
    return reverse(name if ":" in name else f"materials:{name}", args=[row.pk])


def send(client: Client, material: Any, run: Any) -> Copy:
    """Make a copy through the page and let its job run, as a worker would."""
    with run(execute=True):
        answer = client.post(to("dispatch", material), chosen())
    assert answer.status_code == 302, answer.content.decode()
    return Copy.objects.latest("created_at")


@needs_pango
def test_a_copy_is_numbered_printed_and_leaves(ana: Client, django_capture_on_commit_callbacks: Any) -> None:
    material = the_cleared()
    copy = send(ana, material, django_capture_on_commit_callbacks)
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    assert copy.number == 1 and copy.dispatched_at and copy.dispatch.dispatched_at
    assert dispatches.is_whole(copy)
    material.refresh_from_db()
    assert material.status == "sent"
    assert ana.get(to("web:job", job))["Location"] == to("copy", copy)
    answer = ana.get(to("copy_file", copy))
    assert answer.content == copy.file and answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"] and "Varanen" not in answer["Content-Disposition"]
    assert Entry.objects.filter(verb="materials.copy.downloaded").count() == 1
    page = ana.get(to("copy", copy)).content.decode()
    assert "Minister’s office" in page and hashlib.sha256(copy.file).hexdigest() in page


@needs_pango
def test_a_second_recipient_gets_the_next_number_of_the_same_dispatch(
    ana: Client, django_capture_on_commit_callbacks: Any
) -> None:
    material = the_cleared()
    first, second = (send(ana, material, django_capture_on_commit_callbacks) for _number in range(2))
    assert (first.number, second.number) == (1, 2) and Dispatch.objects.count() == 1
    assert first.file != second.file


def test_what_is_not_cleared_makes_no_copy_and_says_every_reason(ana: Client) -> None:
    material = in_review()
    save_each(Consent.objects.all(), withdrawn_at=timezone.now())
    answer = ana.post(to("dispatch", material), chosen())
    page = answer.content.decode()
    assert (
        answer.status_code == 409
        and "This revision is not cleared." in page
        and "was withdrawn" in page
        and "No second person has signed" in page
    )
    assert not Copy.objects.exists() and not Dispatch.objects.exists() and not Job.objects.exists()


def test_a_consent_withdrawn_while_it_waits_stops_what_is_queued(
    ana: Client, django_capture_on_commit_callbacks: Any
) -> None:
    material = the_cleared()
    ana.post(to("dispatch", material), chosen())
    save_each(Consent.objects.all(), withdrawn_at=timezone.now())
    job, copy = Job.objects.get(), Copy.objects.get()
    jobs.run_job(str(job.pk))
    job.refresh_from_db()
    copy.refresh_from_db()
    assert (job.state, job.failure) == ("failed", "gate-closed") and copy.dispatched_at is None
    material.refresh_from_db()
    assert material.status == "cleared" and copy.dispatch.dispatched_at is None
    assert "The gate closed while it waited" in ana.get(to("web:job", job)).content.decode()
    assert ana.get(to("copy_file", copy)).status_code == 302


@needs_pango
def test_a_copy_is_not_handed_out_after_consent_was_withdrawn(
    ana: Client, django_capture_on_commit_callbacks: Any
) -> None:
    copy = send(ana, the_cleared(), django_capture_on_commit_callbacks)
    save_each(Consent.objects.all(), withdrawn_at=timezone.now())
    answer = ana.get(to("copy_file", copy))
    assert answer.status_code == 409 and "was withdrawn" in answer.content.decode()


@needs_pango
def test_a_copy_forged_by_hand_is_never_served(ana: Client, django_capture_on_commit_callbacks: Any) -> None:
    copy = send(ana, the_cleared(), django_capture_on_commit_callbacks)
    with mock.patch("safety.gate.keys.gate_mac_matches", return_value=False):
        answer = ana.get(to("copy_file", copy))
    assert answer.status_code == 409 and "was changed outside the program" in answer.content.decode()


@needs_pango
def test_a_job_that_runs_twice_sends_once(ana: Client, django_capture_on_commit_callbacks: Any) -> None:
    copy = send(ana, the_cleared(), django_capture_on_commit_callbacks)
    left, made = copy.dispatched_at, copy.file_mac
    job = Job.objects.get()
    jobs.run_job(str(job.pk))
    Job.objects.update(state="queued")
    jobs.run_job(str(job.pk))
    copy.refresh_from_db()
    assert (copy.dispatched_at, copy.file_mac) == (left, made)
    assert Entry.objects.filter(verb="materials.copy.left").count() == 1


def test_who_lost_the_right_meanwhile_sends_nothing(ana: Client) -> None:
    material = the_cleared()
    ana.post(to("dispatch", material), chosen())
    material.cases.get().memberships.filter(user__username="ana").update(ended_at=timezone.now())
    from casework.access import settle_rights

    settle_rights(material.cases.get(), a_person("ana"))
    jobs.run_job(str(Job.objects.get().pk))
    assert Job.objects.get().failure == "rights-ended" and Copy.objects.get().dispatched_at is None


def test_copies_are_there_only_for_who_dispatches(client: Client) -> None:
    material = the_cleared()
    (copy,) = dispatches.dispatch(actor=a_person("ana"), material=material, to=[to_somebody("Somebody")])
    for user in (a_person("rui"), on_case(material.cases.get(), "leon", "reader"), a_case(lead=a_person("sam")).lead):
        for name in ("copy", "copy_file", "copy_print"):
            assert signed_in(client, user).get(to(name, copy)).status_code == 404
    assert signed_in(client, a_person("rui")).get(to("dispatch", material)).status_code == 403


def test_a_job_is_seen_and_stopped_by_its_owner_alone(ana: Client) -> None:
    material = the_cleared()
    ana.post(to("dispatch", material), chosen())
    job = Job.objects.get()
    page = ana.get(to("web:job", job)).content.decode()
    assert "It waits for its turn." in page and "Stop after this one" in page and 'http-equiv="refresh"' in page
    stranger = Client()
    signed_in(stranger, a_person("rui"))
    assert stranger.get(to("web:job", job)).status_code == stranger.post(to("web:stop_job", job)).status_code == 404
    ana.post(to("web:stop_job", job))
    job.refresh_from_db()
    assert job.state == "stopped"
    jobs.run_job(str(job.pk))
    assert Copy.objects.get().dispatched_at is None


def test_a_job_left_lying_is_tried_three_times_and_then_told(ana: Client) -> None:
    material = the_cleared()
    ana.post(to("dispatch", material), chosen())
    long_ago = timezone.now() - jobs.GIVES_NO_SIGN_AFTER * 2
    with mock.patch("work.jobs.enqueue") as hinted:
        for attempts in range(1, 3):
            Job.objects.update(state="running", attempts=attempts, heartbeat_at=long_ago)
            assert jobs.requeue_abandoned() == 1
        Job.objects.update(state="running", attempts=3, heartbeat_at=long_ago)
        assert jobs.requeue_abandoned() == 0
    assert hinted.call_count == 2
    assert (Job.objects.get().state, Job.objects.get().failure) == ("failed", "left-lying")


def test_without_pango_the_copy_leaves_and_is_printed_by_the_browser(
    ana: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with mock.patch("papers.pdf.rendering.is_available", return_value=False):
        copy = send(ana, the_cleared(), django_capture_on_commit_callbacks)
    assert copy.dispatched_at and not copy.file_mac
    assert "Print view" in ana.get(to("copy", copy)).content.decode()
    page = ana.get(to("copy_print", copy)).content.decode()
    assert "Copy 1, Minister’s office" in page and "DRAFT" not in page


def test_the_recipient_is_sealed_and_a_letter_without_font_is_refused(ana: Client) -> None:
    material = the_cleared()
    answer = ana.post(to("dispatch", material), chosen("Office of \u16a0"))
    assert answer.status_code == 422 and "runic letter" in answer.content.decode()
    ana.post(to("dispatch", material), chosen())
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient_name, channel FROM materials_copy")
        assert b"Minister" not in bytes(cursor.fetchone()[0])


def test_an_ended_clearance_makes_no_further_copy(ana: Client) -> None:
    material = the_cleared()
    save_each(Clearance.objects.all(), revoked_at=timezone.now())
    assert ana.post(to("dispatch", material), chosen()).status_code == 409
    assert not Copy.objects.exists()


def test_a_refused_copy_keeps_what_was_typed(ana: Client) -> None:
    named = chosen()
    answer = ana.post(to("dispatch", in_review()), named)
    page = answer.content.decode()
    assert answer.status_code == 409 and "No copy was made" in page
    (ticked,) = [box for box in page.split("<input") if named["recipient"] in box]
    assert " checked" in ticked.partition(">")[0]
    assert page.count('class="button act"') + page.count('<button class="act"') == 1


def test_a_copy_for_nobody_says_what_to_write(ana: Client) -> None:
    page = ana.post(to("dispatch", the_cleared()), {"format": "pdf"}).content.decode()
    assert "Choose who gets it" in page and "This field is required" not in page


@needs_pango
def test_pages_and_trail_say_what_happened_to_a_copy_and_never_that_it_left(
    ana: Client, django_capture_on_commit_callbacks: Any
) -> None:
    material = the_cleared()
    (waiting,) = dispatches.dispatch(actor=a_person("ana"), material=material, to=[to_somebody("Another office")])
    assert "nothing is made yet" in ana.get(to("copy", waiting)).content.decode()
    assert "Not made yet" in ana.get(to("material", material)).content.decode()
    copy = send(ana, material, django_capture_on_commit_callbacks)
    pages = [ana.get(to(name, row)).content.decode() for name, row in (("copy", copy), ("material", material))]
    activity = ana.get(reverse("casework:activity", args=[material.cases.get().reference])).content.decode()
    assert all("PDF made" in page or "File made" in page for page in pages) and "Copies made" in pages[1]
    assert "A copy passed the last check and was opened" in activity
    for page in [*pages, activity]:
        assert "eft the office" not in page and ">Sent<" not in page
