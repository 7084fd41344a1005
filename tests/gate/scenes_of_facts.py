"""Scenes at the edges of what is asked about the facts under a text: each kind of row, rulings, and what is not looked at."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import connection

from casework.models import Ask, Case, Demand, Detention, NoStatement, TypedWords
from casework.models.aims import HELD, situation_of
from casework.translating.originals import Original
from materials.models import Material, MaterialFact
from safety.conditions.facts import ROW_TABLES
from tests.casework.translated import a_translation
from tests.factories import a_case, a_claim, a_correction, a_detention, a_prisoner, a_source
from tests.gate.ready import Ready, make_ready
from tests.gate.scenes import AT, NOBODY, Change, Scene, both, now, scene

CHANGED = "facts-changed"
NOT_SIGNED = "translation-not-signed"
OTHER = b"x" * 32


def _rows(case: Any, by: Any) -> dict[str, Any]:
    """Return one row of each kind that a text may print."""
    person = a_prisoner(case, "Ilan Vey")
    spell = a_detention(case, place="Ward 4", charge="Article 12")
    demand = Demand.objects.create(case=case, text="Let her see a doctor.", said_for=HELD)
    of_ask = Original(TypedWords.DEMAND, demand, "Let her see a doctor.")
    return {
        "claim": a_claim(case),
        "name": person.names.get(),
        "person": person,
        "spell": spell,
        "place": spell.places.get(),
        "charge": spell.charges.get(),
        "ask": Ask.objects.create(case=case, demand=demand, to="The minister", text="Ask for a visit."),
        "demand": demand,
        "source": a_source(case),
        "translated": a_translation(of_ask, "كلمات", translated_by=by),
        "nothing": NoStatement.objects.create(case=case, as_of="2026-10-01", created_by=by),
    }


def fact(ready: Ready, case: Any, kind: str, **columns: Any) -> MaterialFact:
    """Write one fact under the present revision, with some columns otherwise."""
    row = MaterialFact(material=ready.material, revision=ready.material.revision, case=case, kind=kind)
    row.made_by = ready.ana
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def _write(table: str, key: Any, column: str, value: Any) -> None:
    """Write a column that no verb writes alone."""
    with connection.cursor() as cursor:
        known = key.hex if connection.vendor == "sqlite" else key
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [value, known])


def row_of(kind: str, what: str) -> Change:
    """Return a change that notes a row of this kind under the text, and then does something to row or note."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        row = _rows(a_case() if what == "of another case" else case, ready.ana)[kind]
        key, table = row.pk, ROW_TABLES[kind]
        row.refresh_from_db()
        told: dict[str, Any] = {"row_id": key, "row_mac": bytes(row.facts_mac)}
        if what == "with another key":
            told["row_id"] = NOBODY
        kinds = list(ROW_TABLES)
        of = kinds[(kinds.index(kind) + 1) % len(kinds)] if what == "noted as another kind" else kind
        fact(ready, case, of, **told)
        if what == "changed":
            _write(table, key, "facts_mac", OTHER)
        if what == "removed":
            _write(table, key, "removed_at", now())

    return change


def _of_rows() -> Iterator[Scene]:
    for kind in ROW_TABLES:
        yield scene(f"a {kind} as it was", row_of(kind, "as it was"))
        yield scene(f"a {kind} that was removed", row_of(kind, "removed"), *(() if kind == "claim" else (CHANGED,)))
        for what in ("changed", "of another case", "with another key", "noted as another kind"):
            is_none = (kind, what) in {("translated", "with another key"), ("nothing", "noted as another kind")}
            yield scene(f"a {kind} {what}", row_of(kind, what), CHANGED, *([NOT_SIGNED] if is_none else []))


def one(kind: str, **columns: Any) -> Change:
    """Return a change that notes one more fact; `case`, `revision`, `material` may be of another."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        told = dict(columns)
        of = a_case() if told.pop("elsewhere", False) else case
        if told.pop("of_another_material", False):
            told["material"] = make_ready("MIN_BRIEF", "AU_DIPLO").material
        if told.get("row_mac") == "of the cover":
            case.refresh_from_db()
            told["row_mac"] = bytes(case.facts_mac or b"")
        if told.get("code") == "as it is":
            told["code"] = Case.objects.get(pk=case.pk).status
        fact(ready, of, kind, **told)

    return change


def status(*changes: Change) -> Change:
    """Return a change in which the status changed since the words were written, and then what else was noted."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        Case.objects.filter(pk=case.pk).update(status="DS_RELEASED")
        fact(ready, case, "asked", code=situation_of("DS_RELEASED"))  # that is not what these scenes are about

    return both(change, *changes)


def _without_status(ready: Ready, case: Any, _row: Any) -> None:
    MaterialFact.objects.filter(material=ready.material, kind="status").delete()


def _cover(what: str) -> Change:
    def change(ready: Ready, case: Any, row: Any) -> None:
        case.refresh_from_db()
        case.public_label = "An editor"
        case.save()
        one("case", row_mac="of the cover")(ready, case, row)
        if what == "changed":
            _write("casework_case", case.pk, "facts_mac", OTHER)

    return change


def spells(code: str, *, present: int, removed: int = 0, elsewhere: int = 0) -> Change:
    """Return a change that notes how many spells there were, and makes as many as there are."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        for _ in range(present + removed):
            a_detention(case)
        for row in Detention.objects.filter(case=case)[:removed]:
            _write("casework_detention", row.pk, "removed_at", now())
        for _ in range(elsewhere):
            a_detention(a_case())
        fact(ready, case, "spells", code=code)

    return change


def corrected(code: str, *, times: int, elsewhere: int = 0) -> Change:
    """Return a change that notes how often the treaties of a State were corrected, and corrects them so often."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        for _ in range(times):
            a_correction(case)
        for _ in range(elsewhere):
            a_correction(case, country="NZL")
        fact(ready, case, "law", code=code)

    return change


def _two_names(ready: Ready, case: Any, _row: Any) -> None:
    """One name changed; the ruling is on the other."""
    first, second = a_prisoner(case, "Ilan Vey", "I. Vey").names.order_by("value")
    fact(ready, case, "name", row_id=first.pk, row_mac=OTHER)
    second.refresh_from_db()
    fact(ready, case, "name", row_id=second.pk, row_mac=bytes(second.facts_mac), number=2)


def _same_name_ruled(ready: Ready, case: Any, _row: Any) -> None:
    name = a_prisoner(case, "Ilan Vey").names.get()
    name.refresh_from_db()
    fact(ready, case, "name", row_id=name.pk, row_mac=OTHER)
    fact(ready, case, "name", row_id=name.pk, row_mac=bytes(name.facts_mac), number=2)


RULED: dict[str, Any] = {"code": "as it is", "number": 2}
SECONDED: dict[str, Any] = {"needs_second": True, "seconded_by": "rui"}


def ruling(**columns: Any) -> Change:
    """Return a change that rules “still right” on the status as it is, in one way or another."""

    def change(ready: Ready, case: Any, row: Any) -> None:
        told = {**RULED, **columns}
        if told.get("seconded_by") == "rui":
            told |= {"seconded_by": ready.rui, "seconded_at": now()}
        one(told.pop("kind", "status"), **told)(ready, case, row)

    return change


def stops_on(day: dt.date) -> Change:
    """Return a change of the stop date."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        Material.objects.filter(pk=ready.material.pk).update(stop_on=day)

    return change


SCENES: tuple[Scene, ...] = (
    scene("the stop date is today", stops_on(AT.date()), at=AT),
    scene("the stop date is today, by the clock of the database", stops_on(dt.datetime.now(dt.UTC).date())),
    *_of_rows(),
    scene("the status is noted by nobody", _without_status, CHANGED),
    scene("another kind is noted, the status is not", both(_without_status, _cover("as it was")), CHANGED),
    scene("the status is noted of another case", both(_without_status, one("status", elsewhere=True)), CHANGED),
    scene("noted of another revision", both(_without_status, one("status", code="as it is", revision=77)), CHANGED),
    scene(
        "the status is noted under another material",
        both(_without_status, one("status", code="as it is", of_another_material=True)),
        CHANGED,
    ),
    scene("a changed fact under another material", one("status", code="DS_DEAD", of_another_material=True)),
    scene("a changed fact under another revision", one("status", code="DS_DEAD", revision=77)),
    scene("a changed fact of a case that the text is not about", one("status", code="DS_DEAD", elsewhere=True)),
    scene("the cover as it was", _cover("as it was")),
    scene("the cover changed", _cover("changed"), CHANGED),
    scene("nothing is known of the cover", one("case", row_mac=None), CHANGED),
    scene(
        "the mark of the cover noted as a name", both(_cover("as it was"), one("name", row_mac="of the cover")), CHANGED
    ),
    scene("the status noted as a name", one("name", code="as it is"), CHANGED),
    scene("the number of spells noted as a name", one("name", code="0"), CHANGED),
    scene("as many spells as there were", spells("2", present=2, removed=1, elsewhere=1)),
    scene("one spell more than there was", spells("1", present=2), CHANGED),
    scene("corrected as often as it was noted", corrected("XPR:2", times=2, elsewhere=1)),
    scene("never corrected", corrected("XPR:0", times=0, elsewhere=1)),
    scene("corrected once more", corrected("XPR:1", times=2), CHANGED),
    scene("as often as another State", corrected("NZL:1", times=1, elsewhere=1), CHANGED),
    scene("the count of corrections noted as a name", one("name", code="XPR:0"), CHANGED),
    scene("the status changed, and somebody ruled that the words are still right", status(ruling())),
    scene("ruled by two people", status(ruling(**SECONDED))),
    scene("the ruling waits for a second person", status(ruling(needs_second=True)), CHANGED),
    scene("a ruling that waits is no ground", ruling(code="DS_DEAD", needs_second=True)),
    scene("a seconded ruling that has become wrong", ruling(**{**SECONDED, "code": "DS_DEAD"}), CHANGED),
    scene("ruled under another material", status(ruling(of_another_material=True)), CHANGED),
    scene("ruled under another revision", status(ruling(revision=77)), CHANGED),
    scene("ruled on another case", status(ruling(elsewhere=True)), CHANGED),
    scene(
        "ruled on the cover alone", status(_cover("as it was"), ruling(kind="case", row_mac="of the cover")), CHANGED
    ),
    scene("a changed name, and the ruling is on another name", _two_names, CHANGED),
    scene("a changed name, and the ruling is on it", _same_name_ruled),
)
