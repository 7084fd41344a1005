"""Scenes of what a text asks after what happened to the person: each aim in each situation, and of what nothing is asked.

The grid below is written by hand, from what a coordinator would say; it is not made from the table that the conditions
are made of (`casework.models.aims`), or both would be wrong together.
"""

import uuid
from collections.abc import Iterator
from typing import Any

from casework.models import Ask, Case, Demand
from materials.models import MaterialFact
from tests.factories import a_case
from tests.gate.ready import Ready, make_ready
from tests.gate.scenes import Change, Scene, both, now, scene
from tests.gate.scenes_of_facts import fact

VAIN, UNSEEN = "asks-overtaken-by-fate", "asks-not-looked-at"

# Who is where; of whom nothing stands here may be held.
PLACES = {
    "held": ("DS_POLICE", "DS_UNKNOWN", "DS_HOUSE", "DS_NEW_ONE"),
    "out_for_a_time": ("DS_FURLOUGH",),
    "restricted": ("DS_BAIL", "DS_TRIALFREE", "DS_CONDITIONAL", "DS_EXILE"),
    "free": ("DS_RELEASED", "DS_EXCHANGED"),
    "away": ("DS_DEPORTED", "DS_ESCAPED"),
    "dead": ("DS_DIED", "DS_EXECUTED"),
}
# Where asking for it makes sense.
GRID = """
              held  out_for_a_time  restricted  free  away  dead
release       yes   yes             -           -     -     -
whereabouts   yes   -               -           -     -     -
doctor        yes   -               -           -     -     -
visits        yes   -               -           -     -     -
treatment     yes   -               -           -     -     -
lawyer        yes   yes             yes         -     -     -
life          yes   yes             -           -     -     -
trial         yes   yes             yes         -     yes   -
charges       yes   yes             yes         yes   yes   -
restrictions  -     yes             yes         -     -     -
safety        -     yes             yes         yes   yes   -
return        -     -               -           -     yes   -
family        yes   yes             yes         yes   yes   yes
inquiry       yes   yes             yes         yes   yes   yes
redress       yes   yes             yes         yes   yes   yes
body          -     -               -           -     -     yes
post_mortem   -     -               -           -     -     yes
death_papers  -     -               -           -     -     yes
funeral       -     -               -           -     -     yes
"""
COLUMNS, *ROWS = [line.split() for line in GRID.strip().splitlines()]
SENSE = {(aim, place): said == "yes" for aim, *row in ROWS for place, said in zip(COLUMNS, row, strict=True)}


def _is_at(ready: Ready, case: Any, status: str) -> None:
    """Let the person be at this status, and the text know it: what changed under its words is asked elsewhere."""
    Case.objects.filter(pk=case.pk).update(status=status)
    MaterialFact.objects.filter(material=ready.material, case=case, kind="status").update(code=status)


def at(status: str, *changes: Change) -> Change:
    """Return a change in which the person is at this status, and then what else is done."""
    return both(lambda ready, case, _row: _is_at(ready, case, status), *changes)


def seen(code: str, **columns: Any) -> Change:
    """Return a change in which somebody said that what the text asks makes sense, of the person being there."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        told: dict[str, Any] = {"kind": "asked", "code": code, **columns}
        of = a_case() if told.pop("elsewhere", False) else case
        if told.pop("of_another_material", False):
            told["material"] = make_ready("MIN_BRIEF", "AU_DIPLO").material
        if told.get("seconded_by") == "rui":
            told |= {"seconded_by": ready.rui, "seconded_at": now()}
        fact(ready, of, **told)

    return change


def asks(*aims: str, kind: str = "ask", said_for: str = "", **columns: Any) -> Change:
    """Return a change in which the text asks for these; `noted` is the kind of the note, `elsewhere` of whom it is."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        told = dict(columns)
        of = a_case() if told.pop("elsewhere", False) else case
        noted = told.pop("noted", kind)
        if told.pop("of_another_material", False):
            told["material"] = make_ready("MIN_BRIEF", "AU_DIPLO").material
        for aim in aims:
            row: Any = Demand.objects.create(case=of, text="As it stands.", aim=aim, said_for=said_for)
            if kind == "ask":
                row = Ask.objects.create(case=of, demand=row, to="The minister", text="So we ask.")
            row.refresh_from_db()
            if noted:
                fact(ready, of, noted, **{"row_id": row.pk, "row_mac": bytes(row.facts_mac), **told})

    return change


def _told(*codes: str, place: str) -> tuple[str, ...]:
    """Return who refuses where a look was taken."""
    return codes if place != "held" else tuple(code for code in codes if code != UNSEEN)


def _of_the_grid() -> Iterator[Scene]:
    """At each status everything at once that makes sense there; then alone what does not, now of an ask, now of a demand."""
    for place, statuses in PLACES.items():
        right = [aim for aim, _place in SENSE if SENSE[aim, place] and _place == place]
        wrong = [aim for aim, _place in SENSE if not SENSE[aim, place] and _place == place]
        for number, status in enumerate(statuses):
            look = (seen(place),) if place != "held" else ()
            own = asks("own", kind="demand", said_for=place)
            for kind in ("ask", "demand"):
                yield scene(
                    f"{kind} at {status}: all that makes sense", at(status, *look, own, asks(*right, kind=kind))
                )
            yield scene(f"at {status}, and nobody looked", at(status), *_told(UNSEEN, place=place))
            yield scene(f"at {status}, a look at nothing", at(status, seen("nothing")), *_told(UNSEEN, place=place))
            for other in (*PLACES, ""):
                if other != place and (number == 0 or other in ("", "held")):
                    said = asks("own", said_for=other)
                    yield scene(f"our own words at {status}, of {other or 'nobody'}", at(status, *look, said), VAIN)
                    looked = at(status, seen(other))
                    yield scene(f"at {status}, a look at {other or 'nobody'}", looked, *_told(UNSEEN, place=place))
            for count, aim in enumerate(wrong if number == 0 else wrong[:2]):
                kind = ("ask", "demand")[count % 2]
                yield scene(f"{kind} at {status}: {aim}", at(status, *look, asks(aim, kind=kind)), VAIN)


def _another_ask(ready: Ready, case: Any, row: Any) -> None:
    """The text asks what makes sense; what is asked of somebody else is not in it, and stands first by its key."""
    first = uuid.UUID(int=1)
    demand = Demand.objects.create(id=first, case=case, text="As it stands.", aim="body")
    Ask.objects.create(id=first, case=case, demand=demand, to="The minister", text="So we ask.")
    asks("doctor", kind="demand")(ready, case, row)
    asks("doctor")(ready, case, row)


def _in_vain_under_its_key(ready: Ready, case: Any, row: Any) -> None:
    """A row of another kind that bears the key of a demand; nothing was noted of what it asks."""
    demand = Demand.objects.create(case=case, text="Give the body back.", aim="body")
    fact(ready, case, "asked", row_id=demand.pk, code="held")


def _no_such_row(ready: Ready, case: Any, _row: Any) -> None:
    """A note of a row that is no more is a changed fact; nothing is known of what it asked."""
    fact(ready, case, "ask", row_id=uuid.uuid4(), row_mac=b"x" * 32)


SECONDED: dict[str, Any] = {"needs_second": True, "seconded_by": "rui"}
OUT = "DS_RELEASED"

SCENES: tuple[Scene, ...] = (
    *_of_the_grid(),
    scene("a word of ours on what has an aim", asks("body", said_for="held"), VAIN),
    scene("asked for in vain under another material", asks("body", of_another_material=True)),
    scene("asked for in vain under another revision", asks("body", revision=77)),
    scene("asked for in vain of another case", asks("body", elsewhere=True)),
    scene("asked for in vain, and not by this text", _another_ask),
    scene("its key is noted of something else", _in_vain_under_its_key),
    scene("what was asked is no more", _no_such_row, "facts-changed"),
    scene("looked at under another material", at(OUT, seen("free", of_another_material=True)), UNSEEN),
    scene("looked at under another revision", at(OUT, seen("free", revision=77)), UNSEEN),
    scene("looked at in another case", at(OUT, seen("free", elsewhere=True)), UNSEEN),
    scene("the status noted in the words of a look", at(OUT, seen("free", kind="status")), "facts-changed", UNSEEN),
    scene("a look that waits for a second person", at(OUT, seen("free", needs_second=True)), UNSEEN),
    scene("a look that a second person agreed to", at(OUT, seen("free", **SECONDED))),
)
