"""Notes of colleagues: written, told, answered and done through the pages; and refused to whoever has no business with them."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from advocacy.actions.plans import make_plan
from advocacy.models import Milestone
from audit.models import Entry
from casework.access import NotAllowed, settle_rights
from casework.actions.versions import SavedMeanwhile
from casework.models import Case, CaseKey, Claim, Membership
from notes.actions import notes
from notes.models import Note, NoteAnswer, NoteMention
from sealing import keys
from sealing.errors import DecryptionError
from tests.factories import a_case, a_claim, on_case
from tests.people import a_person, give_office_role, signed_in
from work.models import Notice

pytestmark = pytest.mark.django_db
WORDS = "Ring the lawyer before noon, she leaves at one."


def a_case_of_two() -> tuple[Case, User, User]:
    """Return a case with ana, who coordinates it, and leila, who reads it."""
    case = a_case(codename="Sorrel")
    return case, case.lead, on_case(case, "leila", "reader")


def a_step(case: Case) -> Milestone:
    plan = make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=timezone.now())
    return plan.milestones.order_by("key")[0]


def a_note(case: Case, text: str = WORDS, *, by: User | None = None, **about: Any) -> Note:
    return notes.write_note(actor=by or case.lead, case=case, text=text, **about)


def read(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return html.unescape(answer.content.decode())


def a_browser(user: User) -> Client:
    return signed_in(Client(), user)


def panel(text: str, of: str = "notes") -> str:
    """Return a panel of a page as words."""
    found = re.search(rf'<section class="panel[^"]*" aria-labelledby="{of}-h">.*?</section>', text, re.S)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found[0])).strip() if found else ""


def test_a_note_on_the_case_is_written_read_and_told_through_the_pages() -> None:
    case, ana, leila = a_case_of_two()
    answer = a_browser(ana).post(reverse("notes:add", args=[case.reference]), {"text": f"@Leila {WORDS}"})
    assert answer.status_code == 302 and answer.url == f"/cases/{case.reference}/tasks/#notes-h"
    note = Note.objects.get()
    assert (note.created_by, note.claim, note.milestone) == (ana, None, None)
    hers = a_browser(leila)
    shown = panel(read(hers, "web:case_tasks", case.reference))
    assert WORDS in shown and "Notes of colleagues 1 " in shown and "Waits for you" in shown and "for Leila" in shown
    assert "Note on the case" in panel(read(hers, "web:today")) and WORDS not in read(hers, "web:today")
    (line,) = Notice.objects.filter(user=leila, kind="notes.note.mentioned")
    assert (line.case_id, line.about_id, line.by) == (case.pk, note.pk, ana)
    told = read(hers, "web:notices")
    assert "A colleague wrote you a note" in told and reverse("notes:note", args=[case.reference, note.pk]) in told


def test_a_note_stands_on_its_claim_and_on_its_step() -> None:
    case, ana, _leila = a_case_of_two()
    claim, other, step = a_claim(case), a_claim(case), a_step(case)
    hers = a_browser(ana)
    sent = hers.post(reverse("notes:add_to_claim", args=[case.reference, claim.pk]), {"text": "Who saw it?"})
    assert sent.url == reverse("casework:claim", args=[case.reference, claim.pk]) + "#notes-h"
    hers.post(reverse("notes:add_to_step", args=[case.reference, step.pk]), {"text": "He is ill today."})
    assert "Who saw it?" in panel(read(hers, "casework:claim", case.reference, claim.pk))
    assert "Who saw it?" not in read(hers, "casework:claim", case.reference, other.pk)
    of_step = panel(read(hers, "advocacy:milestone", case.reference, step.pk))
    assert "He is ill today." in of_step and "Who saw it?" not in of_step
    whole = panel(read(hers, "web:case_tasks", case.reference))
    assert "Notes of colleagues 2 " in whole and f"Claim {claim.number}" in whole and step.title in whole
    table = read(hers, "casework:claims", case.reference)
    assert re.search(r"\b1 note\s", re.sub("<[^>]+>", " ", table)) and table.count("Write to colleagues") == 1


def test_who_has_no_business_with_notes_finds_none_and_writes_none() -> None:
    case, _ana, _leila = a_case_of_two()
    claim, step = a_claim(case), a_step(case)
    note = a_note(case)
    here = case.reference
    outside = on_case(case, "omar", "outside_reviewer")
    strangers = [a_person("sam"), outside, a_person("noor"), a_person("admin"), a_person("root", is_superuser=True)]
    for user in strangers:
        theirs = a_browser(user)
        for name, parts in {
            "notes": (here,),
            "add": (here,),
            "add_to_claim": (here, claim.pk),
            "add_to_step": (here, step.pk),
            "note": (here, note.pk),
            "change": (here, note.pk),
            "from_mail": (note.pk,),
        }.items():
            assert theirs.get(reverse(f"notes:{name}", args=parts)).status_code == 404, (user, name)
        for name in ("note", "change", "done", "reopen", "take_back", "bring_back"):
            answer = theirs.post(reverse(f"notes:{name}", args=[here, note.pk]), {"text": "x", "version": "1"})
            assert answer.status_code == 404, (user, name)
        for verb, given in (
            (notes.write_note, {"case": case, "text": "x"}),
            (notes.answer_note, {"note": note, "text": "x"}),
            (notes.change_note, {"note": note, "version": 1, "text": "x"}),
            (notes.mark_done, {"note": note}),
            (notes.open_again, {"note": note}),
            (notes.take_back, {"note": note}),
            (notes.bring_back, {"note": note}),
        ):
            with pytest.raises(NotAllowed):
                verb(actor=user, **given)
    assert (Note.objects.count(), NoteAnswer.objects.count()) == (1, 0)
    assert Note.objects.get().text == WORDS


def test_who_reviews_from_outside_reads_no_note_even_of_a_case_they_were_let_see() -> None:
    case, _ana, _leila = a_case_of_two()
    claim, note = a_claim(case), a_note(case, "Do not tell @Leila yet")
    omar = on_case(case, "omar", "reader")
    give_office_role(omar, "outside_reviewer")
    his = a_browser(omar)
    for name, parts in (("web:case_tasks", (case.reference,)), ("casework:claim", (case.reference, claim.pk))):
        assert "Notes of colleagues" not in read(his, name, *parts) and "Do not tell" not in read(his, name, *parts)
    assert "Write to colleagues" not in read(his, "casework:claims", case.reference)
    assert his.get(reverse("notes:notes", args=[case.reference])).status_code == 404
    assert his.get(reverse("notes:from_mail", args=[note.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        notes.answer_note(actor=omar, note=note, text="x")
    with pytest.raises(ValidationError, match="nobody who reads"):
        a_note(case, "@Omar look")


@pytest.mark.parametrize("text", ["@sam look", "@Sam look", "@nobody-of-that-name look"])
def test_somebody_who_does_not_read_the_case_cannot_be_named_and_looks_like_nobody(text: str) -> None:
    case, ana, _leila = a_case_of_two()
    sam = a_person("sam")
    answer = a_browser(ana).post(reverse("notes:add", args=[case.reference]), {"text": text})
    name = text.split()[0][1:]
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and f"“@{name}” is nobody who reads this case." in shown and text in shown
    ticked = a_browser(ana).post(reverse("notes:add", args=[case.reference]), {"text": "look", "tell": [str(sam.pk)]})
    assert ticked.status_code == 422 and "Choose people who read this case." in html.unescape(ticked.content.decode())
    assert not Note.objects.exists() and not Notice.objects.filter(user=sam).exists() and not mail.outbox
    with pytest.raises(ValidationError, match="Choose people"):
        a_note(case, "look", tell=[sam])


def test_a_tick_tells_as_a_name_does_and_only_readers_are_offered() -> None:
    case, ana, leila = a_case_of_two()
    a_person("sam")
    hers = a_browser(ana)
    form = read(hers, "notes:add", case.reference)
    ticks = re.findall(r'type="checkbox" name="tell" value="(\d+)"', form)
    assert ticks == [str(leila.pk)]
    hers.post(reverse("notes:add", args=[case.reference]), {"text": "look", "tell": ticks})
    assert [row.user for row in NoteMention.objects.all()] == [leila]


def test_a_note_that_is_answered_waits_no_longer_and_its_writer_hears_of_it() -> None:
    case, ana, leila = a_case_of_two()
    note = a_note(case, f"@leila {WORDS}")
    hers, address = a_browser(leila), reverse("notes:note", args=[case.reference, note.pk])
    assert "Note on the case" in panel(read(hers, "web:today"))
    assert hers.post(address, {"text": ""}).status_code == 422
    assert hers.post(address, {"text": "She was rung at ten."}).status_code == 302
    assert "Note on the case" not in read(hers, "web:today")
    shown = read(a_browser(ana), "notes:note", case.reference, note.pk)
    assert "object (" not in shown
    assert "She was rung at ten." in panel(shown, "answers") and "Answered" in panel(shown, "note")
    assert [row.user for row in Notice.objects.filter(kind="notes.note.answered")] == [ana]
    assert "1 answer" in panel(read(hers, "web:case_tasks", case.reference))  # open until somebody says it is done


def test_a_note_is_done_and_opened_again_by_its_writer_whom_it_asks_or_who_plans() -> None:
    case, ana, leila = a_case_of_two()
    rui, tomas = on_case(case, "rui", "reviewer"), on_case(case, "tomas", "legal")
    note = a_note(case, "@rui look", by=leila)
    for user, may in ((leila, True), (rui, True), (ana, True), (tomas, False)):
        theirs = a_browser(user)
        assert ("Mark as done" in read(theirs, "notes:note", case.reference, note.pk)) is may
        answer = theirs.post(reverse("notes:done", args=[case.reference, note.pk]))
        note.refresh_from_db()
        assert (answer.status_code, bool(note.done_at)) == ((302, True) if may else (403, False)), user
        if may:
            assert note.done_by == user and "Open it again" in read(theirs, "notes:note", case.reference, note.pk)
            theirs.post(reverse("notes:reopen", args=[case.reference, note.pk]))
            note.refresh_from_db()
            assert note.done_at is None
    with pytest.raises(NotAllowed):
        notes.mark_done(actor=tomas, note=note)
    his = a_browser(rui)
    assert "Note on the case" in panel(read(his, "web:today"))
    notes.mark_done(actor=leila, note=note)
    assert "Note on the case" not in read(his, "web:today")
    assert "Notes of colleagues 0 " in panel(read(his, "web:case_tasks", case.reference))
    with pytest.raises(NotAllowed):
        notes.open_again(actor=tomas, note=note)
    late = his.post(reverse("notes:note", args=[case.reference, note.pk]), {"text": "My long answer"})
    assert late.status_code == 422 and "My long answer" in late.content.decode()  # what was typed is not lost


def test_an_edit_tells_nobody_twice_and_ends_with_the_first_answer() -> None:
    case, ana, leila = a_case_of_two()
    rui = on_case(case, "rui", "reviewer")
    note = a_note(case, f"@leila {WORDS}")
    hers, address = a_browser(ana), reverse("notes:change", args=[case.reference, note.pk])
    form = {"text": "@leila and @rui: at eleven", "version": "1"}
    assert hers.post(address, form).status_code == 302
    note.refresh_from_db()
    assert (note.text, note.version) == ("@leila and @rui: at eleven", 2)
    for text in ("@rui alone", "@leila @rui again"):
        note = notes.change_note(actor=ana, note=note, version=note.version, text=text)
    assert Notice.objects.filter(user=leila).count() == Notice.objects.filter(user=rui).count() == 1
    with pytest.raises(SavedMeanwhile):
        notes.change_note(actor=ana, note=note, version=1, text="over it")
    meanwhile = hers.post(address, {"text": "over it", "version": "1"})
    assert (
        meanwhile.status_code == 409
        and "over it" in meanwhile.content.decode()
        and "again" in meanwhile.content.decode()
    )
    with pytest.raises(Refused):
        notes.change_note(actor=leila, note=note, version=note.version, text="hers now")
    assert a_browser(leila).get(address).status_code == 404
    notes.answer_note(actor=leila, note=note, text="Yes")
    refused = hers.post(address, {"text": "too late", "version": str(note.version)})
    assert refused.status_code == 422 and "Somebody has answered" in html.unescape(refused.content.decode())
    assert "Change the note" not in read(hers, "notes:note", case.reference, note.pk)


def test_whom_a_change_leaves_out_is_asked_no_more() -> None:
    case, ana, leila = a_case_of_two()
    note = a_note(case, f"@leila {WORDS}")
    notes.change_note(actor=ana, note=note, version=1, text="It was for nobody")
    assert "Note on the case" not in read(a_browser(leila), "web:today")
    with pytest.raises(NotAllowed):
        notes.mark_done(actor=leila, note=note)


def test_an_answer_asks_anew_whom_it_names() -> None:
    case, ana, leila = a_case_of_two()
    note = a_note(case, "@leila when?")
    notes.answer_note(actor=leila, note=note, text="@ana morning or evening?")
    assert "Note on the case" in panel(read(a_browser(ana), "web:today"))
    assert [row.kind for row in Notice.objects.filter(user=ana)] == [
        "notes.note.mentioned"
    ]  # once, not also as an answer
    notes.answer_note(actor=ana, note=note, text="@leila morning")
    assert "Note on the case" in panel(read(a_browser(leila), "web:today"))
    assert Notice.objects.filter(user=leila, kind="notes.note.mentioned").count() == 2


def test_a_note_is_taken_back_by_its_writer_alone_and_comes_again_for_ten_minutes() -> None:
    case, ana, leila = a_case_of_two()
    note = a_note(case, f"@leila {WORDS}")
    with pytest.raises(Refused):
        notes.take_back(actor=leila, note=note)
    hers, undo = a_browser(ana), reverse("notes:bring_back", args=[case.reference, note.pk])
    page = hers.post(reverse("notes:take_back", args=[case.reference, note.pk]), follow=True).content.decode()
    assert undo in page and WORDS not in page
    assert hers.get(reverse("notes:note", args=[case.reference, note.pk])).status_code == 404
    assert "Note on the case" not in read(a_browser(leila), "web:today")
    assert a_browser(leila).post(undo).status_code == 404
    with pytest.raises(Refused):
        notes.bring_back(actor=leila, note=note)
    with pytest.raises(ValidationError, match="taken back"):
        notes.answer_note(actor=leila, note=note, text="x")
    assert hers.post(undo).status_code == 302
    assert WORDS in panel(read(hers, "web:case_tasks", case.reference))
    notes.take_back(actor=ana, note=note)
    with pytest.raises(ValidationError, match="ten minutes"):
        notes.bring_back(actor=ana, note=note, at=timezone.now() + dt.timedelta(minutes=11))
    assert Note.objects.filter(pk=note.pk).exists()
    verbs = set(Entry.objects.about_case(case.pk).values_list("verb", flat=True))
    assert {"notes.note.written", "notes.note.taken_back", "notes.note.restored"} <= verbs


def test_a_note_with_an_answer_is_not_taken_back() -> None:
    case, ana, leila = a_case_of_two()
    note = a_note(case, f"@leila {WORDS}")
    notes.answer_note(actor=leila, note=note, text="Yes")
    with pytest.raises(ValidationError, match="Somebody has answered"):
        notes.take_back(actor=ana, note=note)


def test_a_mail_says_that_there_is_a_note_and_nothing_of_the_case(django_capture_on_commit_callbacks: Any) -> None:
    case, ana, leila = a_case_of_two()
    with django_capture_on_commit_callbacks(execute=True):
        note = a_note(case, f"@leila {WORDS}")
    (sent,) = mail.outbox
    assert sent.to == [leila.email] and reverse("notes:from_mail", args=[note.pk]) in sent.body
    whole = sent.message().as_string()
    for word in (case.reference, case.codename, str(case.pk), "lawyer", ana.name):
        assert word not in whole
    landed = a_browser(leila).get(reverse("notes:from_mail", args=[note.pk]))
    assert landed.url == reverse("notes:note", args=[case.reference, note.pk])


def test_who_lost_the_case_is_asked_nothing_of_it() -> None:
    case, _ana, leila = a_case_of_two()
    note = a_note(case, f"@leila {WORDS}")
    Membership.objects.filter(case=case, user=leila).update(ended_at=timezone.now())
    settle_rights(case, leila)
    hers = a_browser(leila)
    assert "Sorrel" not in read(hers, "web:today") and "wrote you a note" not in read(hers, "web:notices")
    assert hers.get(reverse("notes:from_mail", args=[note.pk])).status_code == 404
    notes.answer_note(actor=case.lead, note=note, text="Never mind")
    assert not Notice.objects.filter(user=leila, kind="notes.note.answered").exists()


def test_the_list_shows_open_notes_first_and_those_of_mine_alone() -> None:
    case, ana, leila = a_case_of_two()
    tomas = on_case(case, "tomas", "legal")
    done = a_note(case, "First of ana", by=ana)
    notes.mark_done(actor=ana, note=done)
    a_note(case, "Of leila for @tomas", by=leila)
    a_note(case, "Of ana for nobody", by=ana)
    text = read(a_browser(ana), "notes:notes", case.reference)
    assert "Of ana for nobody" in panel(text, "open") and "Of leila for" in panel(text, "open")
    assert "First of ana" in panel(text, "done") and text.index("Of leila for") < text.index("First of ana")
    mine = read(a_browser(tomas), "notes:notes", case.reference, query="?of=me")
    assert "Of leila for" in mine and "Of ana for nobody" not in mine and "First of ana" not in mine
    assert "No note yet" in read(a_browser(a_case().lead), "notes:notes", a_case().reference)


def test_the_list_pages_by_key_and_loses_none() -> None:
    case, ana, _leila = a_case_of_two()
    made = [a_note(case, f"note number {number:02d}.") for number in range(60)]
    for note in made[:20]:
        notes.mark_done(actor=ana, note=note)
    hers, query, seen, pages = a_browser(ana), "", [], 0
    while True:
        text = read(hers, "notes:notes", case.reference, query=query)
        seen += re.findall(r"note number (\d\d)\.", text)
        pages += 1
        found = re.search(r'href="(\?after=[^"]+)" rel="next"', text)
        if not found:
            break
        query = found[1]
    wanted = [f"{number:02d}" for number in [*range(59, 19, -1), *range(19, -1, -1)]]
    assert (seen, pages) == (wanted, 3)
    assert hers.get(reverse("notes:notes", args=[case.reference]) + "?after=nothing").status_code == 404
    assert hers.get(reverse("notes:notes", args=[case.reference]) + f"?after={case.pk}").status_code == 404


def test_thirty_notes_ask_the_database_as_often_as_one() -> None:
    case, _ana, leila = a_case_of_two()
    claim, step = a_claim(case), a_step(case)
    places: list[dict[str, Any]] = [{}, {"claim": claim}, {"milestone": step}]
    for about in places:
        a_note(case, "@leila look", **about)
    hers = a_browser(leila)
    pages = [
        reverse("web:case_tasks", args=[case.reference]),
        reverse("casework:claim", args=[case.reference, claim.pk]),
        reverse("advocacy:milestone", args=[case.reference, step.pk]),
        reverse("casework:claims", args=[case.reference]),
        reverse("notes:notes", args=[case.reference]),
        reverse("web:today"),
    ]
    from_one = {page: queries(hers, page) for _warm in range(2) for page in pages}
    for number in range(27):
        a_note(case, f"@leila look {number}", **places[number % 3])
    assert [page for page in pages if queries(hers, page) > from_one[page]] == []


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_without_the_key_of_the_case_nobody_reads_its_notes() -> None:
    case, _ana, leila = a_case_of_two()
    note = a_note(case)
    answer = notes.answer_note(actor=leila, note=note, text="Yes, at ten.")
    CaseKey.objects.filter(case=case).delete()
    keys.forget_keys()
    for row in (Note.objects.get(pk=note.pk), NoteAnswer.objects.get(pk=answer.pk)):
        with pytest.raises(DecryptionError):
            _ = row.text


def test_the_database_holds_what_a_note_is_about() -> None:
    case, ana, leila = a_case_of_two()
    other, claim, step = a_case(), a_claim(case), a_step(case)
    foreign, note = a_claim(other), a_note(case)
    wrong: list[dict[str, Any]] = [
        {"claim": claim, "milestone": step},
        {"claim": foreign},
        {"milestone": a_step(other)},
        {"done_at": timezone.now()},
    ]
    for about in wrong:
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            Note(case=case, text="x", created_by=ana, **about).save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(case=other)
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(claim=claim)
    with pytest.raises(DatabaseError), transaction.atomic():
        NoteAnswer(case=other, note=note, text="x", written_by=ana).save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        NoteMention.objects.create(case=other, note=note, user=leila)
    answer = notes.answer_note(actor=ana, note=note, text="First")
    answer.text = "Second"
    with pytest.raises(DatabaseError), transaction.atomic():
        answer.save(update_fields=["text"])
    with pytest.raises(ValidationError):
        a_note(case, claim=foreign)
    Claim.objects.filter(pk=claim.pk).update(removed_at=timezone.now())
    claim.refresh_from_db()
    with pytest.raises(ValidationError, match="not there any more"):
        a_note(case, claim=claim)
