"""What the application's own SQL role can write past the program, with every trigger in place, the gate does not obey."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import PersonRole
from advocacy.actions.sending import NothingSent, send
from config.grants import grant
from directory.actions import recipients
from directory.models import Recipient
from materials.actions import dispatches
from safety.actions.office import change_office_safety
from safety.models import Hold, OfficeSafety
from safety.verdict import GateClosed
from sealing.fields import save_each
from tests.directory.entries import to_somebody
from tests.gate.ready import Ready, make_ready
from tests.gate.test_forged_chains import published, read
from tests.people import a_person

pytestmark = pytest.mark.django_db
ROLE = "amparo_application_in_a_test"


@contextmanager
def as_the_application() -> Iterator[None]:
    """Write with no more than the application's rights; SQLite has one kind of right alone."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        grant(connection, role=ROLE)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield
        cursor.execute("RESET ROLE")


def sql(text: str, *values: Any) -> None:
    keys = [value.hex if connection.vendor == "sqlite" and hasattr(value, "hex") else value for value in values]
    with connection.cursor() as cursor:
        cursor.execute(text, keys)


def a_proposal() -> Recipient:
    row = Recipient(
        name="Our friend", audience="AU_OWNGOV", channel="a number", channel_verified_on=timezone.localdate()
    )
    row.entered_by = a_person("rui")
    row.save(force_insert=True)
    return row


def approve_by_hand(row: Recipient) -> None:
    approve = "UPDATE directory_recipient SET approved_by_id = %s, seconded_by_id = %s WHERE id = %s"
    sql(approve, a_person("dara").pk, a_person("rui").pk, row.pk)


def a_notice(recipient: Recipient) -> Ready:
    ready = make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED")
    ready.material.withheld = {"recipients": [str(recipient.pk)]}
    ready.material.save(update_fields=["withheld"])
    return ready


def test_a_recipient_that_was_approved_and_seconded_by_sql_gets_nothing() -> None:
    row = a_proposal()
    ready = a_notice(row)
    with as_the_application():
        approve_by_hand(row)
    assert row in Recipient.objects.approved(), "the database took it"
    with pytest.raises(NothingSent) as nothing:
        send(actor=ready.ana, material=ready.material)
    assert [reason.code for refused in nothing.value.refused for reason in refused.reasons] == ["not-authentic"]
    with pytest.raises(GateClosed):
        dispatches.dispatch(actor=ready.ana, material=ready.material, to=[dispatches.To("Our friend", "a number", row)])
    assert not ready.material.copies.exists()


def test_a_recipient_that_two_people_approved_gets_its_copy() -> None:
    row = a_proposal()
    ready = a_notice(row)
    save_each([row], approved_by=a_person("dara"), seconded_by=a_person("rui"))
    (copy,) = dispatches.dispatch(
        actor=ready.ana, material=ready.material, to=[dispatches.To("Our friend", "a number", row)]
    )
    assert dispatches.leave(actor=ready.ana, row=copy.dispatch) and dispatches.leave(actor=ready.ana, row=copy)


def test_a_second_person_does_not_heal_a_first_approval_that_was_written_by_sql() -> None:
    row = a_proposal()
    with as_the_application():
        sql("UPDATE directory_recipient SET approved_by_id = %s WHERE id = %s", a_person("dara").pk, row.pk)
    rui = a_person("rui")
    assert PersonRole.objects.filter(user=rui, role="reviewer", ended_at=None).exists()
    with pytest.raises(ValidationError, match="changed outside the program"):
        recipients.approve(actor=rui, recipient=row)
    assert not Recipient.objects.approved().exists()


def _lift(ready: Ready) -> None:
    now = timezone.now()
    (order,) = Hold.objects.all()
    sql("UPDATE safety_hold SET lift_asked_by_id = %s, lift_asked_at = %s WHERE id = %s", ready.ana.pk, now, order.pk)
    sql("UPDATE safety_hold SET lifted_by_id = %s, lifted_at = %s WHERE id = %s", ready.rui.pk, now, order.pk)


def _rule_on_a_claim(ready: Ready) -> None:
    sql("UPDATE casework_claim SET status = 'VS_DOC', credibility = 1 WHERE id = %s", ready.claims[0].pk)


def _grade_a_source(ready: Ready) -> None:
    source = ready.claims[0].citations.get().source_id
    sql("UPDATE casework_source SET reliability = 'A' WHERE id = %s", source)


def _hold(ready: Ready) -> None:
    Hold.objects.create(case=ready.cases[0], kind="until_lifted", reason="Summoned.", held_by=ready.ana)


def _doubt_a_claim(ready: Ready) -> None:
    save_each(ready.claims, status="VS_CONFLICT")


def _doubt_a_source(ready: Ready) -> None:
    save_each([ready.claims[0].citations.get().source], reliability="E")


ACTS: dict[str, tuple[Callable[[Ready], None], Callable[[Ready], None]]] = {
    "a hold is lifted": (_hold, _lift),
    "a claim is ruled on": (_doubt_a_claim, _rule_on_a_claim),
    "a source is graded": (_doubt_a_source, _grade_a_source),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_page_that_was_stopped_does_not_come_back_by_sql(act: str) -> None:
    ready = make_ready()
    page = published(ready)
    assert read(page)[0] == 200
    stop, forge = ACTS[act]
    stop(ready)
    assert read(page)[0] == 410
    with as_the_application():
        forge(ready)
    assert read(page)[0] == 410


def test_the_settings_of_the_office_are_not_taken_from_sql() -> None:
    told = {"grace_days": 0, "contact_line": "Desk", "reason": "No days."}
    change_office_safety(actor=a_person("dara"), emergency_wait_minutes=None, **told)
    with as_the_application():
        sql("UPDATE safety_officesafety SET emergency_wait_minutes = 0, grace_days = 30")
    assert (OfficeSafety.current().emergency_wait_minutes, OfficeSafety.current().grace_days) == (None, 0)
    change_office_safety(actor=a_person("dara"), emergency_wait_minutes=20, **told)
    assert OfficeSafety.current().emergency_wait_minutes == 20


def test_a_copy_that_waits_does_not_leave_once_a_row_behind_it_was_changed_by_sql() -> None:
    ready = make_ready("MIN_BRIEF", "AU_DIPLO")
    (copy,) = dispatches.dispatch(actor=ready.ana, material=ready.material, to=[to_somebody("The desk")])
    assert dispatches.leave(actor=ready.ana, row=copy.dispatch)
    with as_the_application():
        sql("UPDATE casework_claim SET status = 'VS_CORROB' WHERE id = %s", ready.claims[0].pk)
    with pytest.raises(GateClosed) as closed:
        dispatches.leave(actor=ready.ana, row=copy)
    assert closed.value.verdict.codes == ("not-authentic",)
    copy.refresh_from_db(fields=["dispatched_at"])
    assert copy.dispatched_at is None
