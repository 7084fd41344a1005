"""One leaked paper opens no table, log or mailbox: what leaves the office holds no reference, codename or id of a case."""

import email
import email.policy
import io
import re
import subprocess
import unicodedata
from typing import Any

import pikepdf
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions.calendar_address import make_calendar_address
from advocacy import reminder_sweep
from advocacy.actions.plans import make_plan
from advocacy.models import Milestone, Reminder
from casework.models import Case
from materials.leaving.frozen_text import draft_of
from materials.models import Copy
from papers.formats.names import PaperFormat
from papers.pdf.paper import sheet
from tests.advocacy.alarms import as_, raised, signed, to, wait
from tests.advocacy.journeys import cleared
from tests.architecture.code import CODE, name_of
from tests.directory.entries import chosen
from tests.factories import a_case, a_consent
from tests.gate.ready import ITEMS, a_ready_case, make_ready
from tests.materials.test_formats import in_all_parts
from tests.materials.test_signed_is_printed import a_text, each_kind, each_language, needs_a_printer
from tests.people import a_person, signed_in
from tests.security.asking import CHANGES
from work import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]  # what is asked is the same on both engines

# Every place that hands out a file or sends a mail. A new one stands here once the tests below read what it hands out.
DOWNLOADS = {"materials/views/dispatches.py", "web/views/source.py"}
MAILS = {"accounts/notify.py", "advocacy/mail.py", "audit/anchors.py", "web/digests.py", "work/mail.py"}
CALENDAR_FILES = {  # the address with its file, and bringing one in
    *("advocacy/calendar/ical.py", "advocacy/urls.py", "advocacy/views/calendar.py"),
    *("advocacy/actions/calendar_import.py", "advocacy/forms/calendar.py"),
}
CALENDARS = re.compile(r"text/calendar|BEGIN:VCALENDAR|\.ics\b", re.IGNORECASE)


def traces(case: Case) -> set[str]:
    """Return what leads to a case in a table, a log or a mailbox, in the spellings that a search would try."""
    key = str(case.pk)
    return {case.reference, case.reference.replace("-", ""), case.codename, key, key.replace("-", "")}


def found_in(text: str, cases: Any = None) -> list[str]:
    """Return each trace of a case that stands in a text, however it is broken over lines."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    run = re.sub(r"[\s\u00ad\u2066-\u2069\u200e\u200f]+", "", plain)
    known = set().union(*(traces(case) for case in cases or Case.objects.all()))
    return sorted(trace for trace in known if trace.casefold() in plain or trace.casefold() in run)


def said_in(pdf: bytes) -> str:
    """Return everything that can be read from a PDF: its words, its metadata, its outline, the names inside."""
    run = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        parts = [f"{key}: {value}" for key, value in paper.docinfo.items()]
        with paper.open_metadata() as metadata:
            parts += [f"{key}: {value}" for key, value in metadata.items()]
        parts += [repr(row) for row in paper.objects if not isinstance(row, pikepdf.Stream)]
        parts += [str(paper.trailer.get("/ID", ""))]
    return "\n".join([run.stdout.decode(), *parts])


def headers(answer: Any) -> str:
    return "\n".join(f"{name}: {value}" for name, value in answer.headers.items())


def a_copy_of(kind: Any, language: str, **other: Any) -> Copy:
    """Return a copy of this kind in this language that may leave, its words composed as they would be."""
    ana = a_person("ana")
    case = a_ready_case(ana)
    audience = kind.audiences[0]
    if not case.consents.filter(grants__audience=audience).exists():
        a_consent(case, ITEMS, (audience,))
    text = a_text(kind, language)
    ready = make_ready(kind.code, audience, about=[case], words=(text.title, text.body, language))
    dispatch = ready.a_dispatch(kind="sent")
    dispatch.save(force_insert=True)
    copy = ready.a_copy(dispatch, **other)
    copy.save(force_insert=True)
    return copy


@needs_a_printer
@each_kind
@each_language
def test_no_paper_leads_to_its_case(kind: Any, language: str, client: Client) -> None:
    copy = a_copy_of(kind, language)
    ana = signed_in(client, a_person("ana"))
    jobs.run_job(str(jobs.queue(actor=a_person("ana"), kind="make_copy", about_id=copy.pk, total=2).pk))
    answer = ana.get(reverse("materials:copy_file", args=[copy.pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf", answer.content[:2000]
    words = said_in(answer.content)
    assert found_in(words) == [] and copy.paper_number in words
    assert answer["Content-Disposition"] == f'attachment; filename="{copy.paper_number}.pdf"'
    assert found_in(headers(answer)) == []
    view = ana.get(reverse("materials:copy_print", args=[copy.pk]))
    assert found_in(view.content.decode() + headers(view)) == [] and copy.paper_number in view.content.decode()


@each_kind
@pytest.mark.parametrize("name", [PaperFormat.DOCX, PaperFormat.TEXT])
@each_language
def test_no_copy_in_another_format_leads_to_its_case(kind: Any, name: str, language: str, client: Client) -> None:
    copy = a_copy_of(kind, language, format=name)
    jobs.run_job(str(jobs.queue(actor=a_person("ana"), kind="make_copy", about_id=copy.pk, total=2).pk))
    answer = signed_in(client, a_person("ana")).get(reverse("materials:copy_file", args=[copy.pk]))
    assert answer.status_code == 200, answer.content[:2000]
    words = in_all_parts(answer.content) if name == PaperFormat.DOCX else answer.content.decode()
    assert found_in(words) == [] and copy.paper_number in words
    assert answer["Content-Disposition"] == f'attachment; filename="{copy.paper_number}.{name}"'
    assert found_in(headers(answer)) == []


@each_kind
@each_language
def test_no_draft_leads_to_its_case_and_none_has_a_number(kind: Any, language: str) -> None:
    material = a_copy_of(kind, language).material
    html = sheet(draft_of(material), None)
    assert found_in(html) == []
    assert not re.search(r"\b[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}\b", html)


def test_the_tests_above_would_see_a_trace() -> None:
    case = Case.objects.get(pk=a_ready_case(a_person("ana")).pk)
    for trace in traces(case):
        assert found_in(f"x {trace[:4]}\n{trace[4:]} y") and found_in(trace.upper())


# --- mails ---------------------------------------------------------------------------------------


def whole(message: Any) -> str:
    """Return a mail as a mailbox keeps it and as it is read: headers and body, nothing left encoded."""
    raw = message.message().as_bytes()
    read = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [f"{name}: {value}" for name, value in read.items()]
    parts += [part.get_content() for part in read.walk() if part.get_content_maintype() == "text"]
    return "\n".join([raw.decode("ascii", "replace"), *parts])


def test_no_mail_of_a_whole_story_leads_to_its_case(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    """An alarm, its signature, a notice sent alone, a text sent to review and signed, copies, and reminders."""
    wait(0)
    with django_capture_on_commit_callbacks(execute=True):
        first, alone = raised(client), raised(client, name="Somebody else")
    with django_capture_on_commit_callbacks(execute=True):
        signed(client, first)
    as_(client, "ana")
    for material in (first, alone):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(to("urgent_send", material)).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        briefing = cleared()
        client.post(reverse("materials:dispatch", args=[briefing.pk]), chosen("The minister’s office"))
    assert Copy.objects.filter(dispatched_at__isnull=False).count() == 3
    Reminder.objects.update(remind_at=timezone.now())
    reminder_sweep.sweep_reminders()
    subjects = {message.subject.rpartition(" is due on ")[0] or message.subject for message in mail.outbox}
    assert {
        "An urgent notice waits for your signature",
        "Your urgent notice is signed",
        "An urgent notice was sent alone; please look at it within 24 hours",
        "A step",
    } <= subjects, subjects
    for message in mail.outbox:
        assert found_in(whole(message)) == [], message.subject
    assert Case.objects.count() == 4, "two alarms, the briefing, and the case on which ana has a role"


def test_the_link_of_a_reminder_leads_who_sees_the_case_to_the_step_and_nobody_else(client: Client) -> None:
    raised(client)
    step = Milestone.objects.first()
    assert step is not None
    at = reverse("advocacy:step", args=[step.pk])
    assert client.get(at)["Location"] == reverse("advocacy:milestone", args=[step.case.reference, step.pk])
    as_(client, "sam")
    missing = client.get(reverse("advocacy:step", args=[step.case_id]))
    hidden = client.get(at)
    assert hidden.status_code == missing.status_code == 404
    assert CHANGES.sub(b"", hidden.content) == CHANGES.sub(b"", missing.content)


# --- the ways out --------------------------------------------------------------------------------


def places(pattern: str) -> set[str]:
    found = re.compile(pattern)
    return {name_of(path) for path in CODE if found.search(path.read_text(encoding="utf-8"))}


def test_every_download_and_every_mail_is_known_here() -> None:
    assert places(r"Content-Disposition|FileResponse|StreamingHttpResponse|as_attachment") == DOWNLOADS
    assert places(r"(?<!import )\bEmail(?:Multi\w+|Message)\(|\bsend_mail\(|\bsend_mass_mail\(") == MAILS


def test_no_entry_of_a_calendar_leads_to_its_case() -> None:
    assert {name_of(path) for path in CODE if CALENDARS.search(path.read_text(encoding="utf-8"))} == CALENDAR_FILES
    case = a_case()
    make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now())
    address = reverse("advocacy:calendar_feed", args=[make_calendar_address(actor=case.lead)])
    file = Client().get(address).content.decode().replace("\r\n ", "")
    assert file.count("BEGIN:VEVENT") > 3
    assert {trace for trace in traces(case) if trace in file} == set()
