"""Scenes of the gate: one thing done to a material that may leave, and which conditions must refuse it then."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from casework.models import Wish
from materials.models import Dispatch
from safety import gate
from safety.conditions import registry
from safety.conditions.consent import CONSENT
from safety.conditions.record import Condition
from safety.gate import Leaving
from safety.models import Posture, RiskAssessment
from tests.gate.near_misses import SPOILERS
from tests.gate.ready import Ready, make_ready
from tests.gate.sql_mutants import shifted

AT = timezone.now().replace(microsecond=0) + dt.timedelta(days=2)
NOBODY = uuid.UUID(int=7)
KINDS = {
    "page": ("SUPPORTER", "AU_SUPPORT", False),
    "paper": ("MIN_BRIEF", "AU_DIPLO", False),
    "stop notice": ("WITHDRAWAL", "AU_DIPLO", False),
    "notice": ("PROTECTIVE_NOTICE", "AU_TRUSTED", False),
    "notice alone": ("PROTECTIVE_NOTICE", "AU_TRUSTED", True),
}
WRONG_BESIDE = ("on-hold", "paused", "review-of-risk-due", "posture-forbids", "wish-for-silence")
ASKED = tuple(row for row in registry.ALL if row not in CONSENT)
Change = Callable[[Ready, Any, Any], None]


def nothing(ready: Ready, case: Any, dispatch: Any) -> None:
    """Leave everything right."""


def both(*changes: Change) -> Change:
    """Return a change that does each in turn."""

    def change(ready: Ready, case: Any, row: Any) -> None:
        for one in changes:
            one(ready, case, row)

    return change


@dataclass(frozen=True)
class Scene:
    """What is done to the material, and the codes that must refuse; `at` freezes the clock, `grace` is of a page."""

    name: str
    change: Change
    refuses: frozenset[str] = frozenset()
    kind: str = "page"
    at: dt.datetime | None = None
    grace: dt.timedelta = dt.timedelta(0)

    def refuse(self, code: str) -> bool:
        """Say whether this condition must refuse in this scene."""
        return code in self.refuses


def scene(name: str, change: Change, *refuses: str, **more: Any) -> Scene:
    """Return a scene in which exactly these conditions refuse."""
    return Scene(name, change, frozenset(refuses), **more)


def beside() -> None:
    """Make what stands beside every scene: whole materials of each kind, and a case about which everything is wrong."""
    for kind in KINDS:
        made = make_ready(KINDS[kind][0], KINDS[kind][1], alone=KINDS[kind][2])
        with connection.cursor() as cursor:
            cursor.execute("UPDATE materials_material SET revision = 5 WHERE id = %s", [_key(made.material.pk)])
    for number, signed in ((9, False), (1, False), (1, True)):
        _wrong(number, is_signed=signed)
    informed = make_ready().cases[0]
    for number in (2, 3):
        Wish.objects.create(case=informed, number=number, wants="publicity", told_by="She said so on a free line.")


def _wrong(number: int, *, is_signed: bool) -> None:
    ready = make_ready()
    (case,) = ready.cases
    for code in WRONG_BESIDE:
        SPOILERS[code](ready, case, None)
    rows = RiskAssessment.objects.filter(case=case, material_id=None)
    if not is_signed:
        SPOILERS["assessment-not-signed"](ready, case, None)
    level = "RL_HIGH" if is_signed else "RL_CRIT"
    rows.update(number=number, level=level, kind="rapid", needs_full=True, has_hard_stop=True, danger_now="none")
    rows.update(ended_at=timezone.now() if is_signed else None)
    Posture.objects.filter(case=case).update(number=number)


def everything_right(kind: str) -> tuple[Ready, Dispatch]:
    """Make the material of a kind, with its dispatch, that may leave."""
    of, audience, alone = KINDS[kind]
    ready = make_ready(of, audience, alone=alone)
    dispatch = ready.a_dispatch(review_due_at=AT + dt.timedelta(days=1) if alone else None)  # not late at any moment
    dispatch.save(force_insert=True)
    return ready, dispatch


def changed(one: Scene, right: tuple[Ready, Dispatch]) -> Leaving:
    """Do to what is right what the scene does, and return what wants to leave; what was handed in stays as it was."""
    ready, dispatch = deepcopy(right)
    one.change(ready, ready.cases[0], dispatch)
    known: dict[str, Any] = {"clearance_id": ready.clearance.pk, "created_by_id": ready.ana.pk}
    known |= ready.asked_of_a_copy(dispatch)
    return Leaving.of(ready.material, **known)


def _key(pk: uuid.UUID) -> Any:
    return pk.hex if connection.vendor == "sqlite" else pk


def frozen(sql: str, at: dt.datetime) -> str:
    """Return the SQL with its moments as they are at this time."""
    hours = {"{now}": 0, "{deadline}": 0, "{recent}": 72, "{day_ago}": 24}
    for name, before in hours.items():
        moment = connection.ops.adapt_datetimefield_value(at - dt.timedelta(hours=before))
        sql = sql.replace(name, f"'{moment}'")
    return sql.replace("{today}", f"'{at.date().isoformat()}'")


def answers(one: Scene, leaving: Leaving, conditions: Iterable[Condition]) -> list[bool | None]:
    """Return for each condition whether it refuses in this scene; None where the database cannot make sense of it."""
    asked = list(conditions)
    try:
        with transaction.atomic():
            return _asked(one, leaving, asked)
    except Exception:
        if len(asked) == 1:
            return [None]
    middle = len(asked) // 2
    return [*answers(one, leaving, asked[:middle]), *answers(one, leaving, asked[middle:])]


def _asked(one: Scene, leaving: Leaving, conditions: list[Condition]) -> list[bool | None]:
    engine = connection.vendor
    found: list[bool | None] = [None] * len(conditions)
    for of_each_case in (False, True):
        places = [place for place, row in enumerate(conditions) if row.of_each_case is of_each_case]
        sql = [shifted(conditions[place].holds, engine) for place in places]
        if one.at:
            sql = [frozen(words, one.at) for words in sql]
        rows = [replace(conditions[place], holds=words) for place, words in zip(places, sql, strict=True)]
        for start in range(0, len(rows), 80):
            part = tuple(rows[start : start + 80])
            told = gate._ask(leaving, part, gate._ago(one.grace), of_each_case=of_each_case)
            for offset in range(len(part)):
                found[places[start + offset]] = not all(row[1 + offset] for row in told)
    return found


def now() -> dt.datetime:
    """Return the present moment."""
    return timezone.now()
