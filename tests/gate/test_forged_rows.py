"""No column that a mark covers can be changed by SQL so that the gate obeys it, and no row put in without the key."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from accounts.models import User
from casework.models import (
    Ask,
    Charge,
    Demand,
    Detention,
    Name,
    NoStatement,
    Person,
    Place,
    PossibleTwin,
    TwinRuling,
    TypedWords,
)
from casework.translating.originals import Original
from materials.actions.dispatches import is_authentic
from materials.models import Copy, Dispatch, MaterialFact
from safety import authenticity, gate
from safety.actions.office import change_office_safety
from safety.models import CriticalException, Hold, LeakFinding, LeakScan, Pause, RiskEvent
from sealing.fields import SealedField, mark_of
from tests.casework.translated import a_translation
from tests.factories import a_correction, a_twin
from tests.gate.near_misses import triggers_off
from tests.gate.ready import Ready, make_ready
from tests.people import a_person

pytestmark = pytest.mark.django_db
NOW = timezone.now
PARTS = 4  # the columns of a page are many, and each is asked for by itself


def with_past_orders(ready: Ready) -> None:
    """Give the case a hold that two people lifted, and a pause, an event and an exception that came to an end."""
    case, ana, rui = ready.cases[0], ready.ana, ready.rui
    held = {"held_by": ana, "lift_asked_by": ana, "lift_asked_at": NOW(), "lifted_by": rui, "lifted_at": NOW()}
    Hold.objects.create(case=case, kind="until_lifted", reason="Summoned.", **held)
    signed = case.risk_assessments.filter(material_id=None).get()
    event = RiskEvent.objects.create(
        case=case,
        code="TR_SILENCE",
        event_class="review",
        noted_by=ana,
        answered_at=NOW(),
        answered_by_assessment=signed,
    )
    Pause.objects.create(case=case, risk_event=event, ended_at=NOW(), ended_by_assessment=signed)
    exception = CriticalException(case=case, assessment=signed, material_id=ready.material.pk, acting=5, not_acting=9)
    exception.asked_by, exception.lawyer_view, exception.reason, exception.ended_at = ana, "Told.", "Worse.", NOW()
    exception.save()
    scan = LeakScan.objects.get(material_id=ready.material.pk)
    finding = LeakFinding(material_id=ready.material.pk, scan=scan, case_id=case.pk, field="name", part="title")
    finding.start, finding.end, finding.ruled_by, finding.ruled_at, finding.reason = 0, 2, rui, NOW(), "Agreed."
    finding.save()
    twin = PossibleTwin.objects.of(a_twin(case)).get()
    ruling = TwinRuling(twin=twin, case=case, question=1, verdict="another", is_for_both=True, ruled_by=rui)
    ruling.reason = "Born 20 years later."
    ruling.save()
    change_office_safety(
        actor=a_person("dara"), emergency_wait_minutes=30, grace_days=14, contact_line="Desk", reason="At first."
    )


def with_facts(ready: Ready) -> None:
    """Note one fact of each kind under the text."""
    case = ready.cases[0]
    spell = Detention.objects.create(case=case, started="2025-03-14")
    person = Person.objects.create(case=case, occupation="editor")
    demand = Demand.objects.create(case=case, text="Release him")
    rows = {
        "name": Name.objects.create(case=case, person=person, value="Ilias Varanen"),
        "person": person,
        "place": Place.objects.create(case=case, detention=spell, place="Colony no. 4"),
        "charge": Charge.objects.create(case=case, detention=spell, law="Article 214"),
        "ask": Ask.objects.create(case=case, demand=demand, to="the Minister", text="Release him"),
        "nothing": NoStatement.objects.create(case=case, as_of="2026-05-01", created_by=ready.ana),
        "translated": a_translation(
            Original(TypedWords.DEMAND, demand, "Release him"), "أطلقوا سراحه", translated_by=ready.ana
        ),
    }
    for kind, row in rows.items():
        told = {"revision": ready.material.revision, "case": case, "row_mac": bytes(row.facts_mac)}
        MaterialFact.objects.create(material=ready.material, kind=kind, row_id=row.pk, made_by=ready.ana, **told)
    MaterialFact.objects.filter(material=ready.material, kind="spells").delete()
    a_correction(case)
    told = {"revision": ready.material.revision, "case": case, "code": f"{case.country}:1"}
    MaterialFact.objects.create(material=ready.material, kind="law", made_by=ready.ana, **told)


def left(ready: Ready) -> tuple[Dispatch, list[Copy]]:
    """Return what left of it, with a copy of it."""
    row = ready.a_dispatch()
    row.save(force_insert=True)
    copy = ready.a_copy(row)
    copy.save(force_insert=True)
    return row, [copy]


def a_page() -> tuple[Dispatch, list[Copy]]:
    ready = make_ready()
    found = left(ready)
    with triggers_off():
        with_past_orders(ready)
        with_facts(ready)
    return found


def a_notice_sent_alone() -> tuple[Dispatch, list[Copy]]:
    return left(make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", alone=True))


WORLDS = {"a page": a_page, "a notice sent alone": a_notice_sent_alone}


def holds_together(row: Dispatch, copies: list[Copy]) -> bool:
    """Ask as a reader of the dispatch does, from the database alone; what cannot even be read is not served."""
    try:
        fresh = Dispatch.objects.select_related("clearance__review", "material").get(pk=row.pk)
        return is_authentic(fresh, to=list(Copy.objects.filter(pk__in=[copy.pk for copy in copies])))
    except (Dispatch.DoesNotExist, AttributeError):
        return False


def behind(row: Dispatch, copies: list[Copy]) -> Iterator[Any]:
    """Return the first row of each table that the check reaches from here."""
    alone = row.clearance.is_alone
    asked = authenticity.Behind.of(row.material, revision=row.revision, is_alone=alone, to=copies)
    for model in authenticity.registered():
        rows = authenticity.reach_of(model)(asked)
        if rows is not None and (first := rows.first()) is not None:
            yield first


def another(field: Any, row: Any) -> Any:
    """Return a value that this column does not hold now, as the database takes it."""
    if isinstance(field, SealedField):
        return None if row.__dict__.get(field.attname) is not None else b"x" * 60
    value, kind = getattr(row, field.attname), field.target_field if field.is_relation else field
    if isinstance(field, models.ForeignKey) and field.related_model is User:
        return next(pk for pk in User.objects.values_list("pk", flat=True) if pk != value)
    choices = {
        models.BooleanField: lambda: not value,
        models.DateTimeField: lambda: (value or NOW()) - dt.timedelta(days=2),
        models.DateField: lambda: (value or NOW().date()) - dt.timedelta(days=2),
        models.UUIDField: uuid.uuid4,
        models.BinaryField: lambda: b"x" * 32,
        models.JSONField: lambda: {"cases": []},
        models.IntegerField: lambda: (value or 0) + 1,
    }
    made = next((make for known, make in choices.items() if isinstance(kind, known)), lambda: f"X{value}"[:2])
    return kind.get_db_prep_save(made(), connection)


def by_hand(row: Any, field: Any, value: Any) -> None:
    key = row._meta.pk.get_db_prep_value(row.pk, connection)
    with connection.cursor() as cursor:
        table = row._meta.db_table
        cursor.execute(f'UPDATE "{table}" SET "{field.column}" = %s WHERE "{row._meta.pk.column}" = %s', [value, key])


def obeyed(row: Any, field: Any, dispatch: Dispatch, copies: list[Copy]) -> bool:
    """Say whether a change of this column by SQL is taken by the database and then by the gate; it is taken back."""
    value, point = another(field, row), transaction.savepoint()
    try:
        with transaction.atomic():
            by_hand(row, field, value)
        return holds_together(dispatch, copies)
    except DatabaseError:
        return False
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("world", WORLDS)
def test_nothing_is_served_on_a_row_that_was_changed_by_sql(world: str, part: int) -> None:
    dispatch, copies = WORLDS[world]()
    for username in ("noa", "leila"):
        a_person(username)
    assert holds_together(dispatch, copies)
    rows = list(behind(dispatch, copies))
    columns = [(row, row._meta.get_field(name)) for row in rows for name in [*mark_of(row).covers, mark_of(row).name]]
    asked = columns[part::PARTS]
    with triggers_off():
        taken = [(row, field) for row, field in asked if obeyed(row, field, dispatch, copies)]
    still = [f"{row._meta.label}.{field.name}" for row, field in taken if obeyed(row, field, dispatch, copies)]
    assert len(columns) > 40 and still == [], "taken by the database, and then by the gate"
    assert holds_together(dispatch, copies)


def test_both_worlds_together_have_a_row_of_every_table_that_is_asked() -> None:
    met = {type(row) for make in WORLDS.values() for row in behind(*make())}
    assert set(authenticity.registered()) - met == set()


@pytest.mark.parametrize("spoilt", ["cases", "uses"])
def test_a_case_or_an_item_taken_from_behind_a_text_is_seen(spoilt: str) -> None:
    ready = make_ready(cases=2)
    dispatch, copies = left(ready)
    assert holds_together(dispatch, copies)
    with triggers_off():
        if spoilt == "cases":
            ready.material.case_links.filter(case=ready.cases[0]).delete()
        else:
            ready.material.item_uses.filter(case=ready.cases[0], item="CI_BIO").delete()
    assert not holds_together(dispatch, copies)


def test_an_item_taken_from_a_claim_is_seen() -> None:
    ready = make_ready()
    dispatch, copies = left(ready)
    ready.claims[0].items.all().delete()
    assert not holds_together(dispatch, copies)


def test_a_row_put_in_without_the_key_is_not_obeyed() -> None:
    ready = make_ready()
    dispatch, copies = left(ready)
    for model in (Hold, RiskEvent):
        assert not model.objects.exists()
    wish = ready.cases[0].wishs.get()
    with triggers_off():
        copied = type(wish)(case=wish.case, number=2, wants="publicity")
        copied.save()
        type(wish).objects.filter(pk=copied.pk).update(mark=bytes(wish.mark))
    assert not holds_together(dispatch, copies)


def test_the_gate_clears_nothing_on_a_forged_row() -> None:
    ready = make_ready()
    with triggers_off():
        ready.cases[0].postures.update(decided_by=ready.rui)
    with pytest.raises(gate.GateClosed) as closed:
        gate.clear(actor=ready.rui, material=ready.material, uses=["uses"], review=ready.review)
    assert closed.value.verdict.codes == ("not-authentic",)
