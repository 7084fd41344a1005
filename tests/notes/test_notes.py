"""Notes of colleagues: written and told through the pages, and refused to whoever has no business with them."""

import html
import re
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework.access import NotAllowed, settle_rights
from casework.models import Membership
from notes.actions import notes
from notes.models import Note, NoteAnswer, NoteMention
from tests.factories import a_claim, on_case
from tests.notes.office import WORDS, a_browser, a_case_of_two, a_note, a_step, panel, read
from tests.people import a_person, give_office_role
from work.models import Notice

pytestmark = pytest.mark.django_db


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
