"""The one exception at a critical risk: for one material, 72 hours, and only while every one of its conditions holds."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from casework.models import Wish
from safety.gate import Leaving, examine
from safety.models import CriticalException, RiskAssessment
from tests.gate.channels import INSERTS, LEAVES, undone
from tests.gate.near_misses import triggers_off
from tests.gate.ready import Ready, a_signed_assessment, make_ready
from tests.gate.test_forged_chains import published, read
from tests.people import a_person

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(hours=73)


def excepted(*, cases: int = 1, **changed: Any) -> Ready:
    """Return a page whose cases are at critical risk, with the exception signed by both for each of them."""
    ready = make_ready(cases=cases)
    for case in ready.cases:
        Wish.objects.create(case=case, number=2, wants="publicity", told_by="She said so herself, on a free line.")
        a_signed_assessment(case, author=ready.ana, signer=ready.rui, level="RL_CRIT", danger_now="imminent")
        grant(ready, case, **changed)
    return ready


def grant(ready: Ready, case: Any, **changed: Any) -> CriticalException:
    """Ask for the exception and sign it twice, past the verbs but not past the database."""
    latest = RiskAssessment.objects.latest_of(case)
    columns = {"material_id": ready.material.pk, "assessment": latest, "acting": 16, "not_acting": 25}
    row = CriticalException(case=case, asked_by=ready.ana, **{**columns, **changed})
    row.lawyer_view, row.reason = "His lawyer, on Monday: he agrees.", "He may be executed this week."
    row.save(force_insert=True)
    # A moment ago: SQLite's clock has milliseconds, and one that is granted within this very one is not granted yet.
    row.granted_at = timezone.now() - dt.timedelta(seconds=1)
    row.reviewer, row.director = ready.rui, a_person("dara")
    row.save(update_fields=["reviewer", "director", "granted_at"])
    return row


def _not_imminent(ready: Ready, case: Any) -> None:
    RiskAssessment.objects.filter(case=case).update(danger_now="grave")


def _no_wish(ready: Ready, case: Any) -> None:
    Wish.objects.create(case=case, number=3, wants="none_known", told_by="Nobody knows.")


def _wish_without_a_talk(ready: Ready, case: Any) -> None:
    Wish.objects.create(case=case, number=3, wants="publicity")


def _unsigned(ready: Ready, case: Any) -> None:
    CriticalException.objects.filter(case=case).update(granted_at=None, director=None)


def _ended(ready: Ready, case: Any) -> None:
    CriticalException.objects.filter(case=case).update(ended_at=timezone.now())


def _after_72_hours(ready: Ready, case: Any) -> None:
    CriticalException.objects.filter(case=case).update(granted_at=timezone.now() - LONG_AGO)


def _of_another_material(ready: Ready, case: Any) -> None:
    CriticalException.objects.filter(case=case).update(material_id=make_ready().material.pk)


def _assessed_again(ready: Ready, case: Any) -> None:
    a_signed_assessment(case, author=ready.ana, signer=ready.rui, level="RL_CRIT", danger_now="imminent")


SPOILERS: dict[str, Callable[[Ready, Any], None]] = {
    "danger is not imminent": _not_imminent,
    "no wish is known": _no_wish,
    "nobody talked about the wish": _wish_without_a_talk,
    "a signature is missing": _unsigned,
    "it was ended": _ended,
    "72 hours are over": _after_72_hours,
    "it is of another material": _of_another_material,
    "a newer assessment was written": _assessed_again,
}


def test_with_the_exception_whole_the_page_goes_out_by_every_way() -> None:
    row = excepted(cases=2).a_dispatch()
    assert [way for way, insert in INSERTS.items() if undone(lambda insert=insert: insert(row))] == []
    row.save(force_insert=True)
    assert [way for way, leave in LEAVES.items() if undone(lambda leave=leave: leave(row))] == []


@pytest.mark.parametrize("which", ["first", "last"])
@pytest.mark.parametrize("spoiler", SPOILERS)
def test_without_one_of_its_conditions_nothing_goes_out(spoiler: str, which: str) -> None:
    ready = excepted(cases=3)
    waits, new = ready.a_dispatch(kind="sent"), ready.a_dispatch()
    waits.save(force_insert=True)
    case = sorted(ready.cases, key=lambda one: one.pk)[0 if which == "first" else -1]
    with triggers_off():
        SPOILERS[spoiler](ready, case)
    said = {way: undone(lambda insert=insert: insert(new)) for way, insert in INSERTS.items()}
    said |= {f"{way} leaves": undone(lambda leave=leave: leave(waits)) for way, leave in LEAVES.items()}
    assert all("risk-is-critical" in words for words in said.values()), said
    known = {"clearance_id": ready.clearance.pk, "created_by_id": ready.ana.pk}
    assert examine(Leaving.of(ready.material, **known), moment="insert").codes == ("risk-is-critical",)


def test_the_exception_is_not_for_the_state_that_holds_the_person() -> None:
    ready = make_ready("MIN_BRIEF", "AU_HOLDER")
    (case,) = ready.cases
    Wish.objects.create(case=case, number=2, wants="publicity", told_by="She said so herself.")
    a_signed_assessment(case, author=ready.ana, signer=ready.rui, level="RL_CRIT", danger_now="imminent")
    grant(ready, case)
    assert "risk-is-critical" in undone(lambda: ready.a_dispatch().save(force_insert=True))


def test_a_page_under_the_exception_is_read_for_72_hours_and_then_gone_without_days_of_grace() -> None:
    ready = excepted()
    page = published(ready)
    assert read(page)[0] == 200
    with triggers_off():
        _after_72_hours(ready, ready.cases[0])
    assert read(page)[0] == 410


def test_an_exception_that_does_not_carry_our_mark_serves_nothing() -> None:
    page = published(excepted())
    with triggers_off():
        CriticalException.objects.update(mac=b"x" * 32)
    assert Client().get(f"/p/{page.address}/").status_code == 410


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"not_acting": 16}, "an_exception_is_for_when_not_acting_is_worse"),
        ({"asked_by_id": "rui"}, "an_exception_is_signed_by_two_others"),
        ({"asked_by_id": "dara"}, "an_exception_is_signed_by_two_others"),
    ],
)
def test_the_database_asks_for_three_people_and_a_worse_harm(changed: dict[str, Any], name: str) -> None:
    people = {key: a_person(value).pk for key, value in changed.items() if key == "asked_by_id"}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        excepted_by(**{**changed, **people})


def excepted_by(*, asked_by_id: Any = None, **changed: Any) -> None:
    """Grant an exception that somebody else asked for."""
    ready = make_ready()
    (case,) = ready.cases
    a_signed_assessment(case, author=ready.ana, signer=ready.rui, level="RL_CRIT", danger_now="imminent")
    if asked_by_id:
        ready.ana = type(ready.ana).objects.get(pk=asked_by_id)
    grant(ready, case, **changed)


@pytest.mark.parametrize("is_left_out", [False, True])
def test_an_exception_is_born_unsigned_and_its_guard_is_needed(is_left_out: bool) -> None:
    ready = excepted()
    row = CriticalException.objects.get()
    with triggers_off():
        CriticalException.objects.all().delete()
    row._state.adding = True
    if is_left_out:
        with triggers_off(left_out=("an_exception_is_born_unsigned",)):
            pass
    said = undone(lambda: row.save(force_insert=True))
    assert ready.ana.pk == row.asked_by_id
    assert said == "" if is_left_out else "born-signed" in said
