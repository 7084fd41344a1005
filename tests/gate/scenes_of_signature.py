"""Scenes at the edges of what is asked about the clearance, the review behind it, notices sent alone, and the copy."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from directory.models import Recipient
from materials.disclosures import uses_mac
from materials.models import Dispatch, EmergencyCheck, Material
from safety.models import Clearance, Review, SignerAlarm
from tests.gate.ready import Ready, make_ready
from tests.gate.scenes import AT, NOBODY, Change, Scene, both, now, scene
from tests.people import a_person

HALF_AN_HOUR = dt.timedelta(minutes=30)
OTHER = b"x" * 32
UNCLEARED, REVOKED, ENDED = "no-clearance", "clearance-revoked", "clearance-ended"
UNSIGNED, TAKEN_BACK, EYES = "no-review", "review-revoked", "four-eyes"
ALARM, RESTS = "a-signer-may-still-answer", "emergency-right-rests"
WAITS = "own-lone-notice-unseen"


def clearance(**columns: Any) -> Change:
    """Return a change of the clearance that is named."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        Clearance.objects.filter(pk=ready.clearance.pk).update(**columns)

    return change


def another_clearance(**columns: Any) -> Change:
    """Return a change that adds a clearance of the same revision, which is not the one that is named."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        until = now() + dt.timedelta(days=7)
        told = {"material_id": ready.material.pk, "revision": ready.material.revision, "level": ready.material.level}
        told |= {"material_mac": bytes(ready.material.mac), "audience": ready.material.audience}
        told |= {"review": ready.review, "is_alone": ready.review is None, "granted_by": ready.rui}
        Clearance(**{**told, "until": until, "granted_until": until, **columns}).save()

    return change


def review(**columns: Any) -> Change:
    """Return a change of the review behind the clearance."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        rows = Review.objects.filter(material_id=ready.material.pk)
        if columns.get("verdict") == "sent_back":
            row = rows.get()
            row.reason = "Leave the ward out."
            row.save()
        rows.update(**columns)

    return change


def another_review(*, cleared: bool = False, **columns: Any) -> Change:
    """Return a change that adds a signed review of the same revision; `cleared` with a clearance of its own."""

    def change(ready: Ready, case: Any, row: Any) -> None:
        told = {"material_id": ready.material.pk, "revision": ready.material.revision, "verdict": "signed"}
        told |= {"material_mac": bytes(ready.material.mac), "reviewer": ready.rui, "author": ready.ana}
        told |= {"uses_mac": uses_mac(ready.material.pk, ready.material.revision), "last_editor": ready.ana}
        people = {name: a_person(who) for name, who in columns.items() if who in ("ana", "rui")}
        made = Review(**{**told, "signed_with": "totp", **columns, **people})
        made.save()
        if cleared:
            another_clearance(review=made)(ready, case, row)

    return change


def edited_by(role: str) -> Change:
    """Return a change in which the reviewer is author or last editor too."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        Material.objects.filter(pk=ready.material.pk).update(**{role: ready.rui})

    return change


def _of_another_material(ready: Ready, _case: Any, _row: Any) -> None:
    """The reviewer wrote another material, not this one."""
    other = make_ready("MIN_BRIEF", "AU_DIPLO").material
    Material.objects.filter(pk=other.pk).update(author=ready.rui, last_editor=ready.rui)


def alarm(**columns: Any) -> Change:
    """Return a change of the alarm of the signer."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        SignerAlarm.objects.filter(material_id=ready.material.pk).update(**columns)

    return change


def another_alarm(**columns: Any) -> Change:
    """Return a change that adds an alarm to another signer."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        at = now() - dt.timedelta(minutes=40)
        told = {"material_id": ready.material.pk, "revision": ready.material.revision, "signer": a_person("dara")}
        SignerAlarm.objects.create(**{**told, "alarmed_at": at, "alone_from": at + HALF_AN_HOUR, **columns})

    return change


def sent_alone(*, due: dt.datetime | None, reviewed: bool = False, by: str = "ana") -> Change:
    """Return a change in which a notice was sent alone before."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        other = make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", alone=True)
        late = other.a_dispatch(review_due_at=due, created_by=a_person(by))
        if reviewed:
            late.reviewed_after_by, late.reviewed_after_at = ready.rui, now()
        late.save()

    return change


def recipient(**columns: Any) -> Change:
    """Return a change of the trusted recipient."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        assert ready.recipient is not None
        Recipient.objects.filter(pk=ready.recipient.pk).update(**columns)

    return change


def _another_dispatch(**columns: Any) -> Change:
    def change(ready: Ready, _case: Any, row: Any) -> None:
        Dispatch.objects.filter(pk=row.pk).update(**columns)
        ready.a_dispatch(kind="sent").save(force_insert=True)

    return change


def _four_questions_of(**columns: Any) -> Change:
    def change(ready: Ready, _case: Any, _row: Any) -> None:
        told = dict(columns)
        if told.pop("another_material", False):
            told["material"] = make_ready("MIN_BRIEF", "AU_DIPLO").material
        EmergencyCheck.objects.filter(material=ready.material).update(**told)

    return change


GONE = {"revoked_at": now(), "until": now() - HALF_AN_HOUR}
WRONG = ({"material_id": NOBODY}, {"revision": 77}, {"material_mac": OTHER})


def _named(columns: dict[str, Any]) -> str:
    return " and ".join(columns).replace("_", " ")


def _cleared() -> Iterator[Scene]:
    for wrong in (*WRONG, {"level": "disclosure"}):
        words = f"cleared with another {_named(wrong)}"
        yield scene(words, clearance(**wrong), UNCLEARED)
        yield scene(
            f"{words}, and a whole one stands beside it", both(clearance(**wrong), another_clearance()), UNCLEARED
        )
        yield scene(f"{words}, and that is over", clearance(**wrong, **GONE), UNCLEARED)
    for kind in ("page", "paper", "notice"):
        yield scene(f"a clearance of a {kind} that was revoked", clearance(revoked_at=now()), REVOKED, kind=kind)
        yield scene(f"a clearance of a {kind} that ended", clearance(until=now() - HALF_AN_HOUR), ENDED, kind=kind)
    yield scene("another clearance is over", another_clearance(**GONE))
    yield scene("the clearance ends in half an hour", clearance(until=now() + HALF_AN_HOUR))
    yield scene("the clearance ends at this moment", clearance(until=AT), ENDED, at=AT)


def _reviewed() -> Iterator[Scene]:
    for wrong in (*WRONG, {"verdict": "sent_back"}):
        words = f"the review has another {_named(wrong)}"
        yield scene(words, review(**wrong), UNSIGNED)
        yield scene(f"{words}, and a whole one stands beside it", both(review(**wrong), another_review()), UNSIGNED)
        yield scene(f"{words}, and another is cleared", both(review(**wrong), another_review(cleared=True)), UNSIGNED)
        yield scene(f"{words}, and was revoked", review(**wrong, revoked_at=now()), UNSIGNED)
        yield scene(f"{words}, and its reviewer wrote it", both(review(**wrong), edited_by("author")), UNSIGNED)
    for what, more in (("", {}), (" and is cleared", {"cleared": True})):
        yield scene(f"another review was revoked{what}", another_review(revoked_at=now(), **more))
        own = another_review(reviewer="ana", author="rui", last_editor="rui", **more)
        yield scene(f"the author signed another review{what}", own)
    yield scene("the reviewer is the author", edited_by("author"), EYES)
    yield scene("the reviewer wrote another material", _of_another_material)
    yield scene("nobody signed, and another notice went alone", review(revision=77), UNSIGNED, kind="notice")


def _alone() -> Iterator[Scene]:
    told: dict[str, Any] = {"kind": "notice alone"}
    yield scene("the signer was given no time", alarm(alone_from=None), ALARM, **told)
    yield scene("the signer answered", alarm(answered_at=now()), ALARM, **told)
    yield scene("no signer was called", _nobody_called, ALARM, **told)
    yield scene("the signer was called for another revision", alarm(revision=77), ALARM, **told)
    yield scene("the signer was called for another material", alarm(material_id=NOBODY), ALARM, **told)
    yield scene("the time of the signer ends at this moment", alarm(alone_from=AT), at=AT, **told)
    yield scene("another signer answered", another_alarm(answered_at=now()), ALARM, **told)
    yield scene("a signer answered about another revision", another_alarm(answered_at=now(), revision=77), **told)
    yield scene(
        "a signer answered about another material", another_alarm(answered_at=now(), material_id=NOBODY), **told
    )
    yield scene("an earlier notice is due in half an hour", sent_alone(due=now() + HALF_AN_HOUR), WAITS, **told)
    yield scene("an earlier notice is due at this moment", sent_alone(due=AT), RESTS, at=AT, **told)
    yield scene("an earlier notice was reviewed", sent_alone(due=now() - HALF_AN_HOUR, reviewed=True), **told)
    yield scene("somebody else is late", sent_alone(due=now() - HALF_AN_HOUR, by="dara"), **told)
    yield scene("late, and this notice was signed", sent_alone(due=now() - HALF_AN_HOUR), kind="notice")


def _nobody_called(ready: Ready, _case: Any, _row: Any) -> None:
    SignerAlarm.objects.filter(material_id=ready.material.pk).delete()


SCENES: tuple[Scene, ...] = (
    *_cleared(),
    *_reviewed(),
    *_alone(),
    scene(
        "four questions of another material",
        _four_questions_of(another_material=True),
        "four-questions-open",
        kind="notice",
    ),
    scene("the recipient was taken off the list", recipient(ended_at=now()), "recipient-not-trusted", kind="notice"),
    scene("one person approved the recipient", recipient(seconded_by=None), "recipient-not-trusted", kind="notice"),
    *(
        scene(
            f"a dispatch with another {_named(wrong)}", _another_dispatch(**wrong), "copy-of-another-text", kind="page"
        )
        for wrong in ({"revision": 77}, {"mac": OTHER}, {"material_id": NOBODY})
    ),
)
