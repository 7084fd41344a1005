"""A row whose mark is broken is obeyed again when two people looked at it and a day has passed, and not before."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from casework.models import Wish
from safety import authenticity
from safety.actions import marking
from safety.authenticity import Behind
from safety.models import MarkProposal, Posture, Review
from tests.factories import on_case
from tests.gate.near_misses import triggers_off
from tests.gate.ready import Ready, make_ready
from tests.people import a_person
from work.models import Notice

pytestmark = pytest.mark.django_db
REASON = "Repaired by hand on 3 November."
LONG_AGO = timezone.now() - dt.timedelta(hours=30)
A_DAY_AGO = timezone.now() - dt.timedelta(hours=25)


@pytest.fixture
def ready() -> Ready:
    made = make_ready()
    on_case(made.cases[0], "dara", "director")
    break_mark(made)
    return made


def break_mark(ready: Ready) -> None:
    """Spoil the mark of a wish, which nothing but its mark may change: so a key that was lost leaves it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_wish SET mark = %s", [b"x" * 32])
    assert is_obeyed(ready) is False


def is_obeyed(ready: Ready) -> bool:
    return authenticity.forged(Behind.of(ready.material)) == ()


def the_wish(ready: Ready) -> Wish:
    return Wish.objects.get(case=ready.cases[0])


def refused(act: Any, row: Any, who: User, words: str, **more: Any) -> None:
    with pytest.raises(ValidationError) as told:
        act(actor=who, row=row, **more)
    assert words in " ".join(told.value.messages)


def agreed(ready: Ready) -> Wish:
    """Return the wish after two people agreed, more than a day ago."""
    wish = the_wish(ready)
    marking.propose_mark(actor=a_person("rui"), row=wish, reason=REASON, at=LONG_AGO)
    marking.second_mark(actor=a_person("dara"), row=wish, at=A_DAY_AGO)
    return wish


def command(ready: Ready, who: str, *more: str) -> str:
    out = io.StringIO()
    call_command("mark_anew", "casework.Wish", str(the_wish(ready).pk), "--as", who, *more, stdout=out)
    return out.getvalue()


def test_after_two_people_and_a_day_the_gate_obeys_the_row_again(ready: Ready) -> None:
    wish = agreed(ready)
    assert not is_obeyed(ready)
    marking.finish_mark(actor=a_person("rui"), row=wish)
    assert is_obeyed(ready) and the_wish(ready).carries_mark()
    entries = {row.verb: row for row in Entry.objects.filter(verb__startswith="safety.mark.")}
    rui, dara = a_person("rui"), a_person("dara")
    assert {verb: row.actor_id for verb, row in entries.items()} == {
        "safety.mark.proposed": rui.pk,
        "safety.mark.seconded": dara.pk,
        "safety.mark.made": rui.pk,
    }
    made = entries["safety.mark.made"]
    assert made.case_id == ready.cases[0].pk and made.target == f"casework.wish:{wish.pk}"
    assert (made.detail["proposed_by"], made.detail["seconded_by"]) == (rui.pk, dara.pk)
    assert entries["safety.mark.proposed"].detail["reason"] == REASON


def test_all_who_sign_are_told_of_each_step(ready: Ready) -> None:
    marking.finish_mark(actor=a_person("rui"), row=agreed(ready))
    for verb in ("proposed", "seconded", "made"):
        told = set(Notice.objects.filter(kind=f"safety.mark.{verb}").values_list("user__username", flat=True))
        assert {"rui", "dara"} <= told


def test_one_person_alone_cannot(ready: Ready) -> None:
    rui, wish = a_person("rui"), the_wish(ready)
    marking.propose_mark(actor=rui, row=wish, reason=REASON, at=LONG_AGO)
    refused(marking.second_mark, wish, rui, "Somebody else must confirm it.")
    refused(marking.finish_mark, wish, rui, "Nobody has confirmed this")
    assert not is_obeyed(ready)
    with pytest.raises(DatabaseError), transaction.atomic():
        MarkProposal.objects.update(seconded_by=rui, seconded_at=A_DAY_AGO)


def test_it_counts_after_a_day_and_until_then_one_person_takes_it_back(ready: Ready) -> None:
    wish = the_wish(ready)
    marking.propose_mark(actor=a_person("rui"), row=wish, reason=REASON)
    act = marking.second_mark(actor=a_person("dara"), row=wish)
    nearly = act.seconded_at + dt.timedelta(hours=24) - dt.timedelta(seconds=1)
    refused(marking.finish_mark, wish, a_person("rui"), "24 hours after", at=nearly)
    with pytest.raises(DatabaseError), transaction.atomic():
        act.done_at = nearly
        act.save(update_fields=["done_at"])
    marking.withdraw_mark(actor=a_person("dara"), row=wish)
    refused(marking.finish_mark, wish, a_person("rui"), "Nobody proposed this.")


@pytest.mark.parametrize("who", ["tomas", "ana", "noor"])
def test_a_stranger_and_who_signs_nothing_cannot(ready: Ready, who: str) -> None:
    person, wish = a_person(who), the_wish(ready)
    refused(marking.propose_mark, wish, person, "Only an administrator", reason=REASON)
    marking.propose_mark(actor=a_person("rui"), row=wish, reason=REASON, at=LONG_AGO)
    refused(marking.second_mark, wish, person, "The second person must be a reviewer or a director")
    refused(marking.withdraw_mark, wish, person, "Only an administrator")


def test_a_signer_of_another_case_learns_nothing_and_seconds_nothing(ready: Ready) -> None:
    other = a_person("lin", roles=["reviewer"])
    wish = the_wish(ready)
    marking.propose_mark(actor=a_person("rui"), row=wish, reason=REASON, at=LONG_AGO)
    refused(marking.second_mark, wish, other, "There is no such row for this person.")
    with pytest.raises(CommandError, match="There is no such row for this person"):
        command(ready, other.username, "--second")


def test_what_was_changed_after_it_was_shown_is_not_marked(ready: Ready) -> None:
    wish = agreed(ready)
    with triggers_off():
        Wish.objects.filter(pk=wish.pk).update(wants="publicity")
    refused(marking.finish_mark, wish, a_person("rui"), "The row has changed since it was proposed.")
    marking.propose_mark(actor=a_person("dara"), row=wish, reason=REASON)
    assert MarkProposal.objects.filter(withdrawn_at=None).get().seconded_by is None


def test_a_proposal_that_somebody_wrote_into_the_database_counts_for_nothing(ready: Ready) -> None:
    wish = the_wish(ready)
    act = marking.propose_mark(actor=a_person("rui"), row=wish, reason=REASON, at=LONG_AGO)
    MarkProposal.objects.filter(pk=act.pk).update(seconded_by=a_person("dara"), seconded_at=A_DAY_AGO)
    refused(marking.finish_mark, wish, a_person("rui"), "The proposal was changed outside the program.")


def test_what_stands_in_a_proposal_is_no_mark(ready: Ready) -> None:
    act = marking.propose_mark(actor=a_person("rui"), row=the_wish(ready), reason=REASON)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_wish SET mark = %s", [bytes(act.shown)])
    assert not is_obeyed(ready)


def test_a_row_that_carries_its_mark_and_one_of_a_revision_are_left(ready: Ready) -> None:
    posture = Posture.objects.get(case=ready.cases[0])
    refused(marking.propose_mark, posture, a_person("rui"), "there is nothing to do", reason=REASON)
    assert Review not in authenticity.may_be_marked_anew() and Posture in authenticity.may_be_marked_anew()
    with pytest.raises(CommandError, match="There is no table"):
        call_command("mark_anew", "safety.Review", "1", "--as", "rui")


def test_the_command_shows_codes_and_no_words_and_does_each_step(ready: Ready) -> None:
    told_by = "She said so herself, on a free line."
    Wish.objects.create(case=ready.cases[0], number=2, wants="publicity", told_by=told_by)
    wish = Wish.objects.get(case=ready.cases[0], number=2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_wish SET mark = %s", [b"x" * 32])
    out = io.StringIO()
    call_command("mark_anew", "casework.wish", str(wish.pk), "--as", "rui", "--reason", REASON, stdout=out)
    assert "wants: publicity" in out.getvalue() and "Proposed." in out.getvalue()
    assert told_by not in out.getvalue() and "told_by: something, not shown" in out.getvalue()
    out = io.StringIO()
    call_command("mark_anew", "casework.wish", str(wish.pk), "--as", "dara", "--second", stdout=out)
    assert "Confirmed." in out.getvalue()
    with pytest.raises(CommandError, match="24 hours"):
        call_command("mark_anew", "casework.wish", str(wish.pk), "--as", "rui", "--finish", stdout=out)
