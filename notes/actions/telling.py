"""Whom a note asks, and how they hear of it: a line in the app, and a mail that says only that there is one."""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.notify import post
from casework.notify import notify_people
from notes.models import Note, NoteAnswer, NoteMention
from notes.readers import readers_of

MENTIONED, ANSWERED = "notes.note.mentioned", "notes.note.answered"


def ask_people(actor: User, note: Note, people: Collection[User], *, again: NoteAnswer | None = None) -> None:
    """Have a note wait for these people, and tell whom it did not ask before; `again` is the answer that asks them anew.

    Who was told of this note, or of this answer, is never told a second time.
    """
    now = timezone.now()
    known = {row.user_id: row for row in NoteMention.objects.filter(note=note)}
    fresh = [person for person in people if person.pk not in known]
    NoteMention.objects.bulk_create(
        [NoteMention(case_id=note.case_id, note=note, user=person, asked_at=now) for person in fresh]
    )
    wanted = {person.pk for person in people} & known.keys()
    rows = NoteMention.objects.filter(note=note, user__in=wanted)
    if again is None:
        rows.filter(ended_at__isnull=False).update(ended_at=None)
        _tell(MENTIONED, actor, note, fresh)
    else:
        rows.update(ended_at=None, answered_at=None, asked_at=now)
        _tell(MENTIONED, actor, note, people, occasion=str(again.pk))


def leave_out(note: Note, people: Iterable[User]) -> None:
    """Have a note wait no longer for whom its new words leave out."""
    kept = [person.pk for person in people]
    NoteMention.objects.filter(note=note, ended_at=None).exclude(user__in=kept).update(ended_at=timezone.now())


def tell_of_answer(actor: User, answer: NoteAnswer, *, but: Iterable[User]) -> None:
    """Tell who wrote the note and whom it asks that somebody answered; not the actor, and not whom the answer asks."""
    note = answer.note
    asked = NoteMention.objects.filter(note=note, ended_at=None).values_list("user_id", flat=True)
    wanted = ({note.created_by_id, *asked} - {actor.pk}) - {person.pk for person in but}
    people = [person for person in readers_of(note.case) if person.pk in wanted]
    _tell(ANSWERED, actor, note, people, occasion=str(answer.pk))


def _tell(verb: str, actor: User, note: Note, people: Collection[User], *, occasion: str = "") -> None:
    notify_people(verb=verb, case=note.case, about=note, actor=actor, people=people, occasion=occasion)
    link = settings.SITE.url + reverse("notes:from_mail", args=[note.pk])
    for person in people:
        with override(person.language or settings.LANGUAGE_CODE):
            post([person.email], subject=_subject(verb), text=_text() % {"link": link})


def _subject(verb: str) -> str:
    return _("A colleague answered a note") if verb == ANSWERED else _("A colleague wrote you a note")


def _text() -> str:
    return _("Sign in to read it:\n\n%(link)s\n\nThis mail says nothing of the case on purpose. Do not answer it.\n")
