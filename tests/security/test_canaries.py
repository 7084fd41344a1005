"""After the whole journey, with a real worker on the file queue, nothing sealed is found anywhere it should not be."""

import datetime as dt
import io
import logging
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Draft
from advocacy.actions.results import judge_target, record_outcome, set_target, withdraw_outcome
from advocacy.models import Approach, AskStanding, OfficeTarget, OfficeTargetFigure, Reply, Target, TargetFigure
from casework.models import Case, NoStatement, PacketAnswer, PossibleTwin, TwinRuling, Wish
from casework.translating.originals import originals_of
from config.celery import app
from directory.models import OfficeDate
from materials.models import Copy, EmergencyCheck, Material, PageExtension, PublicPage
from notes.models import Note, NoteAnswer
from papers.pdf.rendering import is_available
from safety.models import AssessmentDraft, CriticalException, Hold, MarkProposal, Review, RiskHarm, SecondSet
from tests.casework.test_cases import lines
from tests.casework.translated import a_translation
from tests.directory.entries import chosen
from tests.factories import a_consent, a_contact, a_correction, a_date_of_the_office, a_detention, on_case
from tests.materials.packets import a_full_packet
from tests.materials.test_materials import as_typed
from tests.materials.test_reviews import signature
from tests.people import a_person, signed_in
from tests.security import canaries
from tests.security.table import ROWS
from tests.security.world import World, make_world
from tests.workers.real import Site, a_site, wait_for
from tests.workers.steps import due_steps
from work.models import Job, Notice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker, pytest.mark.timeout(400)]
PUBLIC_WORD = "Codenamedheron"
SWEEPS = ("web.tasks.sweep_reminders", "web.tasks.requeue_stale_jobs", "web.tasks.daily")


class Kept(logging.Handler):
    """Keeps every line that the web process logs, debug lines of ours included."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.stream = io.StringIO()

    def emit(self, record: logging.LogRecord) -> None:
        self.stream.write(f"{self.format(record)}\n")


@pytest.fixture
def site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The web of this process and a worker beside it: one data folder, one queue, one cache in the database."""
    folder = Path(ours.DATA_DIR)
    settings.CACHES = {"default": {"BACKEND": "accounts.caching.rows.RowCache"}}
    app.conf.task_always_eager = False
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "tmp"))
    with a_site(folder) as made:
        yield made
    app.conf.task_always_eager = True


@pytest.fixture
def logged() -> Iterator[Kept]:
    """Every line of the web, except those of the database driver, which only a debugger switches on."""
    kept, root = Kept(), logging.getLogger()
    before = root.level
    quiet = [logging.getLogger(name) for name in ("django", "amparo", "celery")]  # these hand nothing upwards
    for logger in (root, *quiet):
        logger.addHandler(kept)
    root.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").propagate = False
    yield kept
    logging.getLogger("django.db.backends").propagate = True
    root.setLevel(before)
    for logger in (root, *quiet):
        logger.removeHandler(kept)


def to(name: str, row: Any) -> str:
    return reverse(name if ":" in name else f"materials:{name}", args=[row.pk])


def open_a_case(ana: Client) -> None:
    """Open a case by its form, after one refusal that gives back what was typed, and look for the name."""
    given = [("Latn", canaries.NAME), ("Arab", canaries.ARABIC_NAME)]
    ana.post(reverse("casework:open_case"), lines(given, country=""))
    before = set(Case.objects.values_list("pk", flat=True))
    sent = lines(given, csrfmiddlewaretoken="T" * 64)
    assert ana.post(reverse("casework:open_case"), sent).status_code == 302
    Case.objects.exclude(pk__in=before).update(codename=PUBLIC_WORD)
    ana.post(reverse("casework:search"), {"words": canaries.NAME}, follow=True)
    case = Case.objects.get(codename=PUBLIC_WORD)
    ana.get(reverse("casework:identity", args=[case.reference]))
    sent = {"text": canaries.DEMAND, "is_lead": "on", "rank": "1"}
    ana.post(reverse("casework:add_demand", args=[case.reference]), sent)
    ana.post(reverse("casework:add_charge", args=[case.reference]), {"law": canaries.CHARGE, "judge": canaries.JUDGE})


def a_packet_with_canaries() -> Case:
    """Return a full packet, ready to be written from, with the canaries in it."""
    case = a_full_packet()
    person = case.persons.get()
    a_prisoner_name = {"case": case, "person": person, "script": "Latn", "value": canaries.NAME, "kind": "alias"}
    type(person.names.first()).objects.create(**a_prisoner_name)
    a_contact(case, "Ermintrude Quillfeather", phone="+999 555 019283")
    held = a_detention(case, started=canaries.DATE, place="Salt Marsh Prison", charge=canaries.CHARGE)
    charge = held.charges.get()
    charge.case_number, charge.judge = canaries.CASE_NUMBER, canaries.JUDGE
    charge.save()
    return case


def write_and_sign(ana: Client, rui: Client, case: Case) -> Material:
    """Write a briefing, edit it, send it to review and sign it, all by the pages."""
    typed = {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en"}
    assert ana.post(reverse("materials:material_new", args=[case.reference]), typed).status_code == 302
    material = Material.objects.get(cases=case)
    assert ana.post(to("material_edit", material), as_typed(material)).status_code == 302
    assert ana.post(to("send_to_review", material)).status_code == 302
    material.refresh_from_db()
    rui.get(to("review", material))
    assert rui.post(to("sign", material), signature(material)).status_code == 302
    return material


def walk(world: World, browser: Client) -> None:
    """Open and send every page of the table as somebody who may, with a canary in the form."""
    for row in ROWS:
        if row.name in {
            "account_logout",
            "web:stop_job",
            "accounts:close",
            "accounts:sessions",
            "account_change_password",
        }:
            continue
        address = reverse(row.name, args=world.args(row.parts))
        browser.get(address)
        browser.post(address, {"note": canaries.JUDGE, "text": canaries.CHARGE, "reason": canaries.NAME})


def more_days_for_a_page(world: World) -> None:
    """Ask that the published page stays; before the walk, which takes it down."""
    page = PublicPage.objects.at(world.parts["address"]).select_related("dispatch").get()
    asked = {"material_id": page.dispatch.material_id, "asked_by": world.people["coordinator"]}
    PageExtension.objects.create(page=page, reason="a planted canary of a row that never changes: more days", **asked)


def results_that_never_change(world: World, word: str) -> None:
    """Adjust and judge a target, withdraw an outcome, and adjust a target of the office."""
    case, ana = world.case, world.people["coordinator"]
    target = Target.objects.get(pk=world.parts["target"])
    adjusted = {"wanted": 2, "by": timezone.localdate(), "reason": word % "adjusted"}
    TargetFigure(case=case, target=target, number=2, said_by=ana, **adjusted).save(force_insert=True)
    judged = set_target(actor=ana, case=case, what="OU_BAIL", wanted=1, by=adjusted["by"], counts_from=adjusted["by"])
    judge_target(actor=ana, target=judged, version=1, verdict="missed", words=word % "judged")
    came = {"what": "OU_BAIL", "on": "2025", "words": word % "outcome", "effect": "IM_P1"}
    came |= {name: word % name for name in ("other_cause", "who_else", "answer")}
    withdraw_outcome(actor=ana, outcome=record_outcome(actor=ana, case=case, values=came), reason=word % "withdrawn")
    of_office = OfficeTarget.objects.get(pk=world.parts["office_target"])
    OfficeTargetFigure.objects.create(target=of_office, number=2, wanted=2, said_by=ana, reason=word % "of the office")


def rows_that_never_change(world: World) -> None:
    """Insert rows of the kinds whose words are written once and for all."""
    case, ana = world.case, world.people["coordinator"]
    word = "a planted canary of a row that never changes: %s"
    a_consent(case, **{name: word % name for name in ("giver_name", "limits", "proof", "pressure")})
    nobody = {"basis": "best_interest", "giver": "CG_NONE_BEST", "status": "CS_PRESUMED", "tried": word % "tried"}
    a_consent(case, lasts=dt.timedelta(hours=72), **nobody)
    PacketAnswer.objects.create(case=case, field="det_forces", answer="unknown", asked=word % "asked")
    Review.objects.create(
        material_id=world.parts["material"],
        revision=1,
        material_mac=b"-",
        uses_mac=b"-",
        verdict="sent_back",
        reviewer=world.people["reviewer"],
        author=ana,
        last_editor=ana,
        reason=word % "sent back",
    )
    a_correction(case, country="NZL", source=word % "source of law", reason=word % "corrected law")
    gone = {"ended_at": timezone.now(), "ended_by": ana, "end_reason": word % "date taken away"}
    OfficeDate.objects.filter(pk=a_date_of_the_office(reason=word % "date of the office").pk).update(**gone)
    note = Note.objects.get(pk=world.parts["note"])
    NoteAnswer.objects.create(case=case, note=note, text=word % "answer to a note", written_by=ana)
    results_that_never_change(world, word)
    gone = {"removed_at": timezone.now(), "removed_by": ana, "withdrawn_because": word % "withdrawn"}
    met = {"kind": "meeting", "happened_at": timezone.now(), "made_by": ana, "told_items": [word % "items told"]}
    names = {"to_name": word % "office", "met_name": word % "who was met", "told": word % "told"}
    talk = Approach.objects.create(case=case, **met, **names, **gone)
    promise = {"promise": "open", "promised": word % "promised", "due_on": dt.date(2099, 1, 1)}
    came = {"kind": "RS_PLEDGED", "effect": "none", "received_on": dt.date(2026, 11, 1), "words": word % "their words"}
    Reply.objects.create(case=case, approach=talk, **came, **promise, **gone)
    stands = {"number": 1, "state": "met", "on": timezone.localdate(), "words": word % "how it stands", "said_by": ana}
    AskStanding.objects.create(case=case, ask_id=world.parts["ask"], **stands)
    NoStatement.objects.create(case=case, as_of=word % "as of", created_by=ana)
    a_translation(originals_of(case)[0], word % "translation", is_signed=False, translated_by=ana)
    Wish.objects.create(case=case, number=9, wants="none_known", told_by=word % "told by")
    MarkProposal.objects.create(
        table="casework_wish", row_id="9", shown=b"-" * 32, reason=word % "marked anew", proposed_by=ana
    )
    in_words = {"lawyer_view": word % "lawyer", "reason": word % "not acting"}
    CriticalException.objects.create(
        case=case,
        assessment_id=world.parts["assessment"],
        material_id=world.parts["page_material"],
        acting=16,
        not_acting=25,
        asked_by=ana,
        **in_words,
    )
    draft = AssessmentDraft(case=case, kind="full", begun_by=ana, last_kept_by=ana)
    draft.content = {"fields": {"note": word % "draft"}, "by": {}}
    draft.save(force_insert=True)
    second = SecondSet(case=case, assessment_id=world.parts["assessment"], given_by=ana)
    second.answers, second.explained = {"note": word % "second set"}, {"RQ01": word % "why signed"}
    second.save(force_insert=True)
    twin = PossibleTwin.objects.of(case).get()
    ruling = TwinRuling(twin=twin, case=case, question=1, verdict="same", is_for_both=False, ruled_by=ana)
    ruling.reason = word % "one person"
    ruling.save()
    over = timezone.now() - dt.timedelta(hours=1)  # it stops nothing of what follows
    wide = {"wide_reason": word % "wide hold", "wide_lift_reason": word % "wide lift"}
    Hold.objects.create(
        scope="office", kind="precaution", held_by=ana, held_at=over, ends_at=over, lift_asked_by=ana, **wide
    )
    rated = {"likelihood": 1, "impact": 1, "likelihood_after": 1, "impact_after": 1}
    RiskHarm.objects.create(
        case=case,
        assessment_id=world.parts["assessment"],
        category="HC_FAMILY",
        mitigation=word % "mitigation",
        reason_below=word % "below",
        **rated,
    )
    answers = {
        "is_silence_wished": False,
        "may_expose_somebody": False,
        "is_name_passed_on_known": True,
        "can_be_stopped": True,
    }
    material = Material.objects.get(pk=world.parts["material"])
    EmergencyCheck.objects.create(
        material=material, revision=material.revision, note=word % "note", answered_by=ana, **answers
    )


def end_a_session_with_a_form(ana: Client, case: Case) -> None:
    """Send a form after the session has ended: it is kept for its writer, sealed."""
    session = ana.session
    session["accounts.began"] = session["accounts.seen"] = time.time() - 11 * 3600
    session.save()
    ana.post(reverse("casework:add_claim", args=[case.reference]), {"text": canaries.CHARGE})
    assert Draft.objects.filter(user__username="ana").exists()


def test_what_is_sealed_is_found_nowhere_after_the_whole_journey(site: Site, logged: Kept, capfd: Any) -> None:
    case = a_packet_with_canaries()
    on_case(case, "rui", "reviewer")
    ana, rui = (signed_in(Client(), a_person(who), fresh=True) for who in ("ana", "rui"))
    open_a_case(ana)
    material = write_and_sign(ana, rui, case)
    named = chosen("Undersecretary Featherstonehaugh")
    assert ana.post(to("dispatch", material), named).status_code == 302
    waiting = canaries.folder(site.folder / "queue")
    job, copy = Job.objects.get(), Copy.objects.get()
    due_steps()
    for task in SWEEPS:
        site.send(task)
    end_a_session_with_a_form(signed_in(Client(), case.lead), case)
    world = make_world()
    more_days_for_a_page(world)
    for who in ("ana", "rui"):
        walk(world, signed_in(Client(), a_person(who), fresh=True))
    rows_that_never_change(world)
    worker = site.start_worker()
    wait_for(lambda: Job.objects.get(pk=job.pk).state in {"done", "failed"}, limit=120)
    wait_for(lambda: site.post.mails, limit=120)
    assert Job.objects.get(pk=job.pk).state == "done", site.logs()
    canaries.plant_the_rest()  # after the copy has left: what changes under a text stops it
    copy.refresh_from_db()
    ana.get(to("web:job", job))
    ana.get(to("copy_file", copy))
    assert " ".join(sorted(canaries.never_filled())) == ""
    sealed = canaries.everything_sealed()
    assert set(canaries.CANARIES) < sealed and len(sealed) > 100
    places = everywhere(site, logged, capfd, waiting, copy)
    found = {place: words for place, data in places.items() if (words := canaries.found_in(sealed, data))}
    assert not found
    assert not canaries.memory_files(worker.pid)
    the_search_finds_what_is_there(places, job, case)


def everywhere(site: Site, logged: Kept, capfd: Any, waiting: dict[str, bytes], copy: Copy) -> dict[str, bytes]:
    """Return every place with what lies in it."""
    out, err = capfd.readouterr()
    mails = [*(part.as_bytes() for part in site.post.mails), *(one.message().as_bytes() for one in mail.outbox)]
    decoded = [
        part.get_payload(decode=True) or b""
        for one in site.post.mails
        for part in one.walk()
        if not part.is_multipart()
    ]
    everything = {f"waiting in the queue: {name}": data for name, data in waiting.items()}
    everything |= {f"the data folder: {name}": data for name, data in canaries.folder(site.folder).items()}
    return everything | {
        "the database": canaries.database(),
        "the log of the web": (logged.stream.getvalue() + out + err).encode(),
        "the log of the worker": site.logs().encode(),
        "the mails": b"\n".join([*mails, *decoded]),
        "the sessions": canaries.sessions(),
        "the cache": canaries.cached(),
        "the metadata of the paper": metadata_of(copy),
    }


def metadata_of(copy: Copy) -> bytes:
    """Return what a PDF tells about itself beside its pages and their title; nothing where this machine makes none."""
    if not is_available():
        return b""
    paper = PdfReader(io.BytesIO(bytes(copy.file)))
    told = dict(paper.metadata or {})
    assert not {"/Author", "/CreationDate", "/ModDate"} & set(told)
    assert not canaries.found_in(set(canaries.CANARIES), repr(told).encode())
    more = paper.trailer["/Root"].get_object().get("/Metadata")
    title = str(told.pop("/Title", ""))
    shown = more.get_object().get_data().replace(title.encode(), b"") if more is not None else b""
    return repr(told).encode() + shown


def the_search_finds_what_is_there(places: dict[str, bytes], job: Job, case: Case) -> None:
    """A word that stands in clear is found in each kind of place, so that finding nothing means something."""
    assert canaries.found_in({PUBLIC_WORD}, places["the database"])
    assert any(str(job.pk).encode() in data for name, data in places.items() if name.startswith("waiting in the queue"))
    assert case.reference.encode() in places["the mails"] or b"Subject:" in places["the mails"]
    assert b"/cases/" in places["the log of the web"]
    assert b"_auth_user_id" in places["the sessions"]
    assert Notice.objects.exists() and Hold.objects.exists()
    if connection.vendor == "sqlite":
        assert any(canaries.found_in({PUBLIC_WORD}, data) for name, data in places.items() if "sqlite" in name)
    cache.set("a public word", PUBLIC_WORD)
    assert canaries.found_in({PUBLIC_WORD}, canaries.cached())
