"""Scenes of protected words that changed after the leak scan: of the text's own case, and of one that counts beside it."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from casework.models import Case, PossibleTwin
from safety.models import LeakScan, ScannedCase
from tests.factories import a_case
from tests.gate.ready import Ready
from tests.gate.scenes import NOBODY, Change, Scene, both, scene
from tests.gate.test_twins import a_ruling
from tests.people import a_person

OUTDATED, MISSING = "leak-scan-outdated", "leak-scan-missing"
OTHER = b"x" * 32
FIRST, LAST = uuid.UUID(int=1), uuid.UUID(int=2**128 - 1)


def _its_scan(ready: Ready) -> LeakScan:
    return LeakScan.objects.filter(material_id=ready.material.pk).earliest("scanned_at")


def _counts(case: Any, revision: int) -> None:
    Case.objects.filter(pk=case.pk).update(protected_revision=revision)


def words(*, now_at: int, knew: int | None) -> Change:
    """Return a change in which the words of the case stand at one count, and the scan knew them at another or not at all."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        _counts(case, now_at)
        rows = ScannedCase.objects.filter(scan=_its_scan(ready), case_id=case.pk)
        rows.delete() if knew is None else rows.update(protected_revision=knew)

    return change


def another(*, later: bool, knew: int | None, **columns: Any) -> Change:
    """Return a change that adds a scan which knew the words of the case at this count."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        at = _its_scan(ready).scanned_at + dt.timedelta(minutes=5 if later else -5)
        told = {"material_id": ready.material.pk, "revision": ready.material.revision, "verdict": "clean"}
        row = LeakScan(**{**told, "material_mac": bytes(ready.material.mac), "scanned_at": at, **columns})
        row.save(force_insert=True)
        if knew is not None:
            ScannedCase.objects.create(scan=row, case_id=case.pk, protected_revision=knew)

    return change


def at_that_moment(**columns: Any) -> Change:
    """Return a change that adds a scan of the same moment which knew nothing."""
    return lambda ready, case, row: another(
        later=True, knew=None, **{"scanned_at": _its_scan(ready).scanned_at, **columns}
    )(ready, case, row)


def beside(
    *, now_at: int = 4, knew: int | None = None, elsewhere: int = 0, key: uuid.UUID = LAST, then: Any = None
) -> Change:
    """Return a change that ties another case to this one; the scan, and one of another text, knew its words or did not."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        there = a_case(lead=a_person("tomas"), id=key)
        one, other = sorted((case.pk, there.pk))
        PossibleTwin.objects.create(one_id=one, other_id=other)
        _counts(there, now_at)
        if knew is not None:
            ScannedCase.objects.create(scan=_its_scan(ready), case_id=there.pk, protected_revision=knew)
        if elsewhere:
            of = LeakScan.objects.exclude(material_id=ready.material.pk)[0]
            ScannedCase.objects.create(scan=of, case_id=there.pk, protected_revision=elsewhere)
        if then:
            then(case, there)

    return change


def _pair(one: Any) -> PossibleTwin:
    return PossibleTwin.objects.of(one).get()


def says(who: str, verdict: str = "another", *, both: bool = False, there: bool = False) -> Any:
    """Return a ruling on the present question, for this case, the other, or both."""
    return lambda case, other: a_ruling(_pair(other), other if there else case, who, verdict, is_for_both=both)


def _asked_again(_case: Any, other: Any) -> None:
    PossibleTwin.objects.filter(pk=_pair(other).pk).update(question=_pair(other).question + 1)


def _all(*acts: Any) -> Any:
    def act(case: Any, other: Any) -> None:
        for one in acts:
            one(case, other)

    return act


BY_ONE, BY_OTHER = says("rui"), says("dara", there=True)
# What was said of the pair, and whether the other case counts then.
RULED: dict[str, tuple[Any, bool]] = {
    "by one who may sign on both": (says("rui", both=True), False),
    "by one, for one side": (BY_ONE, True),
    "by two, each for a side": (_all(BY_ONE, BY_OTHER), False),
    "by two, for one side": (_all(BY_ONE, says("dara")), True),
    "by one, for each side": (_all(BY_ONE, says("rui", there=True)), True),
    "the same person": (says("rui", "same", both=True), True),
    "another, and the same": (_all(says("rui", both=True), says("dara", "same")), True),
    "one side another, one the same": (_all(BY_ONE, says("dara", "same", there=True)), True),
    "and asked again": (_all(says("rui", both=True), _asked_again), True),
    "one side, asked again, the other side": (_all(BY_ONE, _asked_again, BY_OTHER), True),
    "the same, asked again, another": (_all(says("rui", "same"), _asked_again, says("rui", both=True)), False),
    "the same, asked again": (_all(says("rui", "same"), _asked_again), True),
}


def _of_another_pair(how: Any) -> Any:
    """Return a ruling on a pair of two cases that have nothing to do with this one."""

    def act(_case: Any, _other: Any) -> None:
        one, other = sorted((a_case(lead=a_person("tomas")) for _ in range(2)), key=lambda case: case.pk)
        PossibleTwin.objects.create(one=one, other=other)
        how(one, other)

    return act


def _of_two_pairs(case: Any, there: Any) -> None:
    """One side is ruled on here, the other side of another pair."""
    BY_ONE(case, there)
    _of_another_pair(BY_OTHER)(case, there)


def _pair_of_others(ready: Ready, case: Any, _row: Any) -> None:
    """Two cases of which the scan knew nothing, and which may be one person; this one is none of them."""
    one, other = sorted((a_case(lead=a_person("tomas")) for _ in range(2)), key=lambda found: found.pk)
    for found in (one, other):
        _counts(found, 4)
    PossibleTwin.objects.create(one=one, other=other)


def _of_pairs() -> Iterator[Scene]:
    for side, key in (("first", FIRST), ("last", LAST)):
        yield scene(f"the {side} of a pair, known", beside(now_at=4, knew=4, key=key))
        yield scene(f"the {side} of a pair, changed", beside(now_at=4, knew=3, key=key), OUTDATED)
        yield scene(f"the {side} of a pair, not known", beside(now_at=4, key=key), OUTDATED)
    for told, (rulings, counts) in RULED.items():
        yield scene(f"ruled {told}", beside(then=rulings), *((OUTDATED,) if counts else ()))


SCENES: tuple[Scene, ...] = (
    scene("the scan knew the words as they are", words(now_at=5, knew=5)),
    scene("one word was added", words(now_at=6, knew=5), OUTDATED),
    scene("it knew nothing of the case", words(now_at=5, knew=None), OUTDATED),
    scene("it knew nothing, and one word is protected", words(now_at=1, knew=None), OUTDATED),
    scene("it knew nothing, and nothing is protected", words(now_at=0, knew=None)),
    scene("nothing is protected beside it", beside(now_at=0)),
    scene("one word is protected beside it", beside(now_at=1), OUTDATED),
    *_of_pairs(),
    scene("known, at another count than this case", both(beside(now_at=9, knew=9), words(now_at=5, knew=5))),
    scene("not known, and this case stands at its count", both(beside(now_at=5), words(now_at=5, knew=5)), OUTDATED),
    scene("changed, and another scan knew it", beside(now_at=4, knew=3, elsewhere=4), OUTDATED),
    scene("not known, but by another scan", beside(now_at=4, elsewhere=4), OUTDATED),
    scene("known, and another scan knew less", beside(now_at=4, knew=4, elsewhere=3)),
    scene("two other cases are a pair", _pair_of_others),
    scene("another pair was ruled on", beside(then=_of_another_pair(says("rui", both=True))), OUTDATED),
    scene("sides of two pairs were ruled on", beside(then=_of_two_pairs), OUTDATED),
    scene(
        "another pair is the same person",
        beside(then=_all(says("rui", both=True), _of_another_pair(says("rui", "same", both=True)))),
    ),
    scene("a later scan knew it", both(words(now_at=6, knew=5), another(later=True, knew=6))),
    scene("an earlier scan knew it", both(words(now_at=6, knew=5), another(later=False, knew=6)), OUTDATED),
    scene("an earlier scan did not know it", both(words(now_at=6, knew=6), another(later=False, knew=5))),
    scene("a later scan does not know it", another(later=True, knew=None), OUTDATED),
    scene(
        "a scan of another material knew it",
        both(words(now_at=6, knew=5), another(later=True, knew=6, material_id=NOBODY)),
        OUTDATED,
    ),
    scene(
        "a scan of another revision knew it",
        both(words(now_at=6, knew=5), another(later=True, knew=6, revision=77)),
        OUTDATED,
    ),
    scene("a scan of another revision, which knew nothing", another(later=True, knew=None, revision=77)),
    scene("a scan of another material, which knew nothing", another(later=False, knew=None, material_id=NOBODY)),
    scene("another material at the same moment", at_that_moment(material_id=NOBODY)),
    scene("another revision at the same moment", at_that_moment(revision=77)),
    scene("another text at the same moment", at_that_moment(material_mac=OTHER)),
    scene("the latest scan is of another text", another(later=True, knew=None, material_mac=OTHER), MISSING),
)
