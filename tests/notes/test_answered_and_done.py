"""What becomes of a note: answered, done, opened again, changed until somebody answered, taken back."""

import datetime as dt
import html

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import Refused
from audit.models import Entry
from casework.access import NotAllowed
from casework.actions.versions import SavedMeanwhile
from notes.actions import notes
from notes.models import Note
from tests.factories import on_case
from tests.notes.office import WORDS, a_browser, a_case_of_two, a_note, panel, read
from work.models import Notice

pytestmark = pytest.mark.django_db


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
