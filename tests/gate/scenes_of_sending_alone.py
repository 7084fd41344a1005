"""Scenes at the edges of sending alone: how long somebody is here, on which cases, and what left alone and waits for a look."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from accounts.models import User
from casework.models import Membership
from tests.factories import a_case
from tests.gate.near_misses_alone import OTHERS
from tests.gate.ready import Ready, make_ready
from tests.gate.scenes import AT, Change, Scene, both, now, scene
from tests.people import a_person

NEW, ROLE, OWN, OFFICE = "account-is-too-new", "no-role-on-a-case", "own-lone-notice-unseen", "lone-notices-unseen"
RESTS = "emergency-right-rests"
DAY, HALF_AN_HOUR = dt.timedelta(hours=24), dt.timedelta(minutes=30)
ALONE = {"kind": "notice alone"}


def joined(when: dt.datetime, **columns: Any) -> Change:
    """Return a change in which the sender came at this time."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        User.objects.filter(pk=ready.ana.pk).update(joined_at=when, **columns)

    return change


def opened(when: dt.datetime) -> Change:
    """Return a change in which every case of the sender was opened by them at this time."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        Membership.objects.filter(user=ready.ana).update(granted_at=when)

    return change


def role(*, by: str = "tomas", **columns: Any) -> Change:
    """Return a change in which the sender has this role beside a case of their own that they opened just now."""

    def change(ready: Ready, case: Any, row: Any) -> None:
        opened(now())(ready, case, row)
        told = {"role": "reader", "granted_by": a_person(by), "granted_at": now() - 2 * DAY}
        Membership.objects.create(case=a_case(lead=a_person("tomas")), user=ready.ana, **{**told, **columns})

    return change


def agreed() -> dict[str, Any]:
    """Return that somebody else agreed to a role."""
    return {"seconded_by": a_person("tomas"), "seconded_at": now()}


def asked_and_agreed(ready: Ready, case: Any, row: Any) -> None:
    """The sender asked for the role, and somebody agreed to it."""
    role(by="ana", **agreed())(ready, case, row)


def left(
    *by: str, due: dt.datetime | None = None, alone: bool = True, looked: bool = False, revisions: int = 1
) -> Change:
    """Return a change in which each of these people sent a notice before, in so many revisions."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        for username in by:
            other = make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", alone=alone)
            for number in range(revisions):
                row = other.a_dispatch(review_due_at=due, created_by=a_person(username))
                row.revision += number
                if looked:
                    row.reviewed_after_by, row.reviewed_after_at = ready.rui, now()
                row.save(force_insert=True)

    return change


def left_before(by: str) -> Change:
    """Return a change in which this person sent an earlier revision of the same notice alone."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        later = now() + HALF_AN_HOUR
        ready.a_dispatch(revision=77, review_due_at=later, created_by=a_person(by)).save(force_insert=True)

    return change


def _age() -> Iterator[Scene]:
    yield scene("the account is half an hour too new", joined(now() - DAY + HALF_AN_HOUR), NEW, **ALONE)
    yield scene("the account is a day and half an hour old", joined(now() - DAY - HALF_AN_HOUR), **ALONE)
    yield scene("the account is a day old at this moment", joined(AT - DAY), at=AT, **ALONE)
    yield scene("the account of one of the first two is new", joined(now(), is_founder=True), **ALONE)
    yield scene("the account is new, and this notice was signed", joined(now()), kind="notice")


def _roles() -> Iterator[Scene]:
    yield scene("their case was opened half an hour too late", opened(now() - DAY + HALF_AN_HOUR), ROLE, **ALONE)
    yield scene("their case was opened a day and half an hour ago", opened(now() - DAY - HALF_AN_HOUR), **ALONE)
    yield scene("their case was opened a day ago at this moment", opened(AT - DAY), at=AT, **ALONE)
    yield scene("their case was opened today, and this notice was signed", opened(now()), kind="notice")
    yield scene("somebody gave them a role", role(), **ALONE)
    yield scene("somebody gave them a role just now", role(granted_at=now()), **ALONE)
    yield scene("somebody gave them a role, which was ended", role(ended_at=now()), ROLE, **ALONE)
    yield scene("the role ran out", role(until=now() - HALF_AN_HOUR), ROLE, **ALONE)
    yield scene("the role runs out in half an hour", role(until=now() + HALF_AN_HOUR), **ALONE)
    closed = both(role(until=AT), opened(AT))
    yield scene("the role runs out at this moment", closed, ROLE, at=AT, **ALONE)
    yield scene("they asked for a role, and nobody agreed", role(by="ana"), ROLE, **ALONE)
    yield scene("they asked for a role, and somebody agreed", asked_and_agreed, **ALONE)


def _own() -> Iterator[Scene]:
    later = now() + HALF_AN_HOUR
    yield scene("their own waits, and is due in half an hour", left("ana", due=later), OWN, **ALONE)
    yield scene("their own waits, and no look is due", left("ana"), OWN, **ALONE)
    yield scene("their own is half an hour late", left("ana", due=now() - HALF_AN_HOUR), RESTS, **ALONE)
    yield scene("their own is due at this moment", left("ana", due=AT), RESTS, at=AT, **ALONE)
    yield scene("their own was looked at", left("ana", due=later, looked=True), **ALONE)
    yield scene("their own was signed", left("ana", alone=False), **ALONE)
    yield scene("another one's waits", left("tomas", due=later), **ALONE)
    yield scene("their own earlier revision waits", left_before("ana"), OWN, **ALONE)
    yield scene("their own waits, and this notice was signed", left("ana", due=later), kind="notice")


def _office() -> Iterator[Scene]:
    later = now() + HALF_AN_HOUR
    two = OTHERS[:2]
    yield scene("two wait", left(*two, due=later), **ALONE)
    yield scene("three are late", left(*OTHERS, due=now() - HALF_AN_HOUR), OFFICE, **ALONE)
    yield scene("three were looked at", left(*OTHERS, due=later, looked=True), **ALONE)
    yield scene("three were signed", left(*OTHERS, alone=False), **ALONE)
    yield scene("two wait and a third was signed", both(left(*two, due=later), left("leila", alone=False)), **ALONE)
    yield scene("two wait in two revisions each", left(*two, due=later, revisions=2), **ALONE)
    yield scene(
        "two wait and an earlier revision of this one",
        both(left(*two, due=later), left_before("leila")),
        OFFICE,
        **ALONE,
    )
    yield scene("three wait, and this notice was signed", left(*OTHERS, due=later), kind="notice")


SCENES: tuple[Scene, ...] = (*_age(), *_roles(), *_own(), *_office())
