"""Acts on notes of colleagues; and what of notes asks nobody."""

from typing import Any

from accounts.models import User
from accounts.refusals import Refused
from casework.access import NotAllowed
from casework.models import Claim
from notes.actions import notes
from notes.models import Note
from tests.people import give_office_role
from tests.security.acts.record import Act, part, reads
from tests.security.acts.world import ActWorld, take_rights, with_everything

SEE = ("view_case",)
NOT_YOURS = "Only who wrote a note"


def from_outside(world: ActWorld) -> User:
    """Return somebody with every right on the case, who reviews from outside."""
    person = with_everything(world, "oda")
    give_office_role(person, "outside_reviewer")
    return person


OUTSIDE = {"who reviews from outside": from_outside}


def a_note(world: ActWorld) -> Note:
    """Return a note of ana that asks a reader."""
    reader = world.people["a reader"]
    return notes.write_note(actor=world.people["ana"], case=world.case, text="Look at it", tell=[reader])


def done(world: ActWorld) -> Note:
    """Return that note, marked as done."""
    return notes.mark_done(actor=world.people["ana"], note=a_note(world))


def taken_back(world: ActWorld) -> Note:
    """Return that note, taken back a moment ago."""
    return notes.take_back(actor=world.people["ana"], note=a_note(world))


def own(world: ActWorld, **more: Any) -> dict[str, Any]:
    """Return the note as it is stored now."""
    return {"note": Note.objects.get(pk=world.ready.pk), **more}


def of_another_case(world: ActWorld) -> dict[str, Any]:
    """Return a note about a claim of another case."""
    return {"case": world.other, "text": "x", "claim": world.row(Claim, "claim")}


def off_the_case(world: ActWorld) -> User:
    """Return ana, from whom every right was taken."""
    take_rights(world.people["ana"], but=set())
    return world.people["ana"]


ANA = {"who wrote it": lambda w: w.people["ana"]}
ASKED = {"whom it asks": lambda w: w.people["a reader"]}
ACTS = (
    Act(
        "notes.actions.notes.write_note",
        lambda w: {"case": w.case, "text": "Look at it"},
        all_of=SEE,
        spoiled=lambda w: {"case": w.case, "text": ""},
        never={"about a claim of another case": of_another_case},
        refuses=OUTSIDE,
    ),
    Act(
        "notes.actions.notes.answer_note",
        lambda w: own(w, text="I did"),
        ready=a_note,
        all_of=SEE,
        spoiled=lambda w: own(w, text=""),
        refuses=OUTSIDE,
    ),
    *(
        Act(
            f"notes.actions.notes.{verb}",
            own,
            ready=ready,
            all_of=("view_case", "plan"),
            refuses=OUTSIDE,
        )
        for verb, ready in (("mark_done", a_note), ("open_again", done))
    ),
    *(
        Act(
            f"notes.actions.notes.{verb}",
            given,
            ready=ready,
            is_own=True,
            refusal=(NotAllowed, Refused),
            refuses={"who wrote it, off the case": off_the_case},
            allows=ANA,
        )
        for verb, given, ready in (
            ("change_note", lambda w: own(w, version=w.ready.version, text="Look at it twice"), a_note),
            ("take_back", own, a_note),
            ("bring_back", own, taken_back),
        )
    ),
)

UNASKED = (
    *reads("it is the question itself", "notes.actions.notes.may_close"),
    part(
        "asks people by a note, and tells them, for the verb that wrote, changed or answered it",
        "notes.actions.telling.ask_people",
        "notes.actions.notes",
    ),
    part(
        "has a note ask no longer whom its new words leave out, for the verb that changed it",
        "notes.actions.telling.leave_out",
        "notes.actions.notes",
    ),
    part(
        "tells of an answer, for the verb that wrote it",
        "notes.actions.telling.tell_of_answer",
        "notes.actions.notes",
    ),
)
