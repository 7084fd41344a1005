"""What the database holds of notes, and how they end."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models.deletion import Collector
from django.utils import timezone

from casework.models import CaseKey, Claim
from notes.actions import notes
from notes.models import Note, NoteAnswer, NoteMention
from sealing import keys
from sealing.errors import DecryptionError
from tests.factories import a_case, a_claim
from tests.notes.office import a_case_of_two, a_note, a_step

pytestmark = pytest.mark.django_db


def test_without_the_key_of_the_case_nobody_reads_its_notes() -> None:
    case, _ana, leila = a_case_of_two()
    note = a_note(case)
    answer = notes.answer_note(actor=leila, note=note, text="Yes, at ten.")
    CaseKey.objects.filter(case=case).delete()
    keys.forget_keys()
    for row in (Note.objects.get(pk=note.pk), NoteAnswer.objects.get(pk=answer.pk)):
        with pytest.raises(DecryptionError):
            _ = row.text


def test_a_case_that_is_purged_takes_its_notes_with_it() -> None:
    case, _ana, leila = a_case_of_two()
    claim = Claim.objects.create(case=case, number=1, text="Said by nobody yet")
    note = a_note(case, "@leila look", claim=claim)
    a_note(case, milestone=a_step(case))
    notes.answer_note(actor=leila, note=note, text="Yes")
    found = Collector(using="default", origin=case)
    found.collect([case])  # what only restricts goes with the case; nothing is raised
    assert len(found.data[Note]) == 2
    gone = {*found.data, *(rows.model for rows in found.fast_deletes)}
    assert {NoteAnswer, NoteMention} <= gone


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
