"""What colleagues do with notes: write, change, answer, mark as done, open again, take back."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import is_of_the_office
from advocacy.models import Milestone
from audit.trail import record
from casework.access import NotAllowed, lock, require
from casework.actions.removal import UNDO_LASTS
from casework.actions.versions import claim_version
from casework.models import Case, Claim
from notes.actions.telling import ask_people, leave_out, tell_of_answer
from notes.mentions import people_named
from notes.models import Note, NoteAnswer, NoteMention
from notes.readers import readers_of

NOT_YOURS = gettext_lazy("Only who wrote a note may change it or take it back.")


@transaction.atomic
def write_note(
    *,
    actor: User,
    case: Case,
    text: str,
    tell: Collection[User] = (),
    claim: Claim | None = None,
    milestone: Milestone | None = None,
) -> Note:
    """Write a note about a case, or about one claim or step of it, and tell whom it names.

    Refused to who may not see the case or reviews from outside, without words, where it names somebody who does not read
    the case, and about what is of another case or was removed.
    """
    case = _begin(actor, case.pk)
    if claim is not None and (claim.case_id != case.pk or claim.removed_at):
        raise ValidationError(_("This claim is not there any more."))
    if milestone is not None and milestone.case_id != case.pk:
        raise ValidationError(_("This step is not there any more."))
    people = _meant(case, actor, text, tell)
    note = Note(case=case, claim=claim, milestone=milestone, text=text.strip(), created_by=actor)
    note.validate_constraints()
    note.save(force_insert=True)
    ask_people(actor, note, people)
    record(actor=actor, verb="notes.note.written", case=case, about=note, asked=_keys(people))
    return note


@transaction.atomic
def change_note(*, actor: User, note: Note, version: int, text: str, tell: Collection[User] = ()) -> Note:
    """Change the words of one's own note, and whom it asks; who was told before is not told again.

    Refused to everybody else, once somebody answered, and where it was changed since `version` (SavedMeanwhile).
    """
    case = _begin(actor, note.case_id)
    note = _own(actor, case, note)
    people = _meant(case, actor, text, tell)
    claim_version(note, version)
    was, note.text = note.text, text.strip()
    note.save(update_fields=["text"])
    leave_out(note, people)
    ask_people(actor, note, people)
    record(actor=actor, verb="notes.note.changed", case=case, about=note, was=was, now=note.text, asked=_keys(people))
    return note


@transaction.atomic
def answer_note(*, actor: User, note: Note, text: str, tell: Collection[User] = ()) -> NoteAnswer:
    """Answer a note, and tell its writer and whom it asks. It waits no longer for who answered.

    Refused to who may not see the case or reviews from outside, to a note that is done or taken back, and without words.
    """
    case = _begin(actor, note.case_id)
    note = _present(case, note)
    if note.done_at:
        raise ValidationError(_("This note is done. Open it again first."))
    people = _meant(case, actor, text, tell)
    answer = NoteAnswer(case=case, note=note, text=text.strip(), written_by=actor)
    answer.save(force_insert=True)
    NoteMention.objects.filter(note=note, user=actor, answered_at=None).update(answered_at=answer.written_at)
    ask_people(actor, note, people, again=answer)
    tell_of_answer(actor, answer, but=people)
    record(actor=actor, verb="notes.note.answered", case=case, about=note, answer=answer.pk, asked=_keys(people))
    return answer


@transaction.atomic
def mark_done(*, actor: User, note: Note) -> Note:
    """Mark a note as done: it waits for nobody any more. Whoever wrote it may, whom it asks, and who plans the case."""
    case = _begin(actor, note.case_id)
    note = _present(case, note)
    _may_close(actor, case, note)
    if note.done_at:
        return note
    note.done_at, note.done_by, note.version = timezone.now(), actor, note.version + 1
    note.save(update_fields=["done_at", "done_by", "version"])
    record(actor=actor, verb="notes.note.done", case=case, about=note)
    return note


@transaction.atomic
def open_again(*, actor: User, note: Note) -> Note:
    """Open a note again that was marked as done. Whoever may mark it may open it."""
    case = _begin(actor, note.case_id)
    note = _present(case, note)
    _may_close(actor, case, note)
    if not note.done_at:
        return note
    note.done_at, note.done_by, note.version = None, None, note.version + 1
    note.save(update_fields=["done_at", "done_by", "version"])
    record(actor=actor, verb="notes.note.opened", case=case, about=note)
    return note


@transaction.atomic
def take_back(*, actor: User, note: Note) -> Note:
    """Take one's own note back; undo brings it again for ten minutes. Refused to others, and once somebody answered."""
    case = _begin(actor, note.case_id)
    note = _own(actor, case, note)
    note.removed_at, note.removed_by, note.version = timezone.now(), actor, note.version + 1
    note.save(update_fields=["removed_at", "removed_by", "version"])
    record(actor=actor, verb="notes.note.taken_back", case=case, about=note)
    return note


@transaction.atomic
def bring_back(*, actor: User, note: Note, at: dt.datetime | None = None) -> Note:
    """Bring a note back that was taken back. Refused to others, and after ten minutes."""
    case = _begin(actor, note.case_id)
    note = Note.objects.select_for_update(of=("self",)).get(pk=note.pk, case=case)
    if note.created_by_id != actor.pk:
        raise Refused(NOT_YOURS)
    if note.removed_at is None:
        return note
    if (at or timezone.now()) - note.removed_at > UNDO_LASTS:
        raise ValidationError(_("This was removed more than ten minutes ago. Write it again if it is needed."))
    note.removed_at, note.removed_by, note.version = None, None, note.version + 1
    note.save(update_fields=["removed_at", "removed_by", "version"])
    record(actor=actor, verb="notes.note.restored", case=case, about=note)
    return note


def may_close(actor: User, note: Note, *, asked: Iterable[int], may_plan: bool) -> bool:
    """Say whether somebody who reads the note may mark it as done: its writer, whom it asks, who plans."""
    return may_plan or note.created_by_id == actor.pk or actor.pk in set(asked)


def _begin(actor: User, case_key: object) -> Case:
    """Lock the case and ask whether the actor reads its notes."""
    case: Case = lock(case_key)[0]
    require(actor, "view_case", case)
    if not is_of_the_office(actor):
        raise NotAllowed("view_case", case)
    return case


def _present(case: Case, note: Note) -> Note:
    """Return the note as it is stored now, locked; refused where it was taken back."""
    found: Note = Note.objects.select_for_update(of=("self",)).get(pk=note.pk, case=case)
    if found.removed_at:
        raise ValidationError(_("This note was taken back."))
    found.case = case
    return found


def _own(actor: User, case: Case, note: Note) -> Note:
    """Return one's own note, locked, which nobody has answered yet."""
    found = Note.objects.select_for_update(of=("self",)).get(pk=note.pk, case=case)
    if found.created_by_id != actor.pk:
        raise Refused(NOT_YOURS)
    found = _present(case, found)
    if NoteAnswer.objects.filter(note=found).exists():
        raise ValidationError(_("Somebody has answered: the note stays as it is. Answer it, or mark it as done."))
    return found


def _may_close(actor: User, case: Case, note: Note) -> None:
    asked = NoteMention.objects.filter(note=note, ended_at=None).values_list("user_id", flat=True)
    if not may_close(actor, note, asked=asked, may_plan=False):
        require(actor, "plan", case)


def _meant(case: Case, actor: User, text: str, tell: Collection[User]) -> list[User]:
    """Return whom the words name and who was ticked, without the actor; refused where a name is nobody's here."""
    if not text.strip():
        raise ValidationError({"text": _("Write the words of the note.")})
    readers = readers_of(case)
    named = people_named(text, readers)
    if named.unknown:
        words = _(
            "“@%(name)s” is nobody who reads this case. Tick whom you mean under “Tell”, or write it without the @."
        )
        raise ValidationError({"text": [words % {"name": name} for name in named.unknown]})
    if named.doubtful:
        words = _(
            "“@%(name)s” is more than one person here. Tick whom you mean under “Tell”, and write it without the @."
        )
        raise ValidationError({"text": [words % {"name": name} for name in named.doubtful]})
    if {person.pk for person in tell} - {person.pk for person in readers}:
        raise ValidationError({"tell": _("Choose people who read this case.")})
    meant = {person.pk: person for person in [*named.people, *tell] if person.pk != actor.pk}
    return sorted(meant.values(), key=lambda person: (person.name, person.pk))


def _keys(people: Iterable[User]) -> list[int]:
    return [person.pk for person in people]
