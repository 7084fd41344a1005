"""Scenes at the edges of what is asked about text, claims, what they disclose, and the leak scan."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from casework.models import Citation, Claim, ClaimItem, Source
from materials.models import Material, MaterialClaim, MaterialItem
from safety.models import LeakFinding, LeakScan
from tests.factories import a_case, a_claim, a_contact, a_source
from tests.gate.near_misses import SPOILERS
from tests.gate.ready import Ready, know_protected_words, make_ready
from tests.gate.scenes import NOBODY, Change, Scene, both, now, scene

WEAK, DOUBT, OUT = "claim-not-publishable", "claim-in-doubt", "claim-taken-out"


def claim(**columns: Any) -> Change:
    """Return a change of the claim that the text uses; `attributed` says how it is printed."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        told = dict(columns)
        if told.pop("attributed", False):
            MaterialClaim.objects.filter(material=ready.material).update(printed_as="attributed")
        if "reliability" in told:
            Source.objects.filter(case=case).update(reliability=told.pop("reliability"))
        if told:
            Claim.objects.filter(case=case).update(**told)

    return change


def _graded() -> Iterator[Scene]:
    """Every grade of a claim beside every grade of its source, printed as fact and attributed."""
    for reliability in ("A", "B", "C", "D"):
        for credibility in (1, 2, 3, 4, None):
            for attributed in (False, True):
                strong = reliability in ("A", "B")
                known = credibility is not None
                as_fact = strong and known and credibility <= 2
                by_name = known and ((strong and credibility == 3) or (reliability == "C" and credibility <= 2))
                right = as_fact or (attributed and by_name)
                how = "attributed" if attributed else "as fact"
                change = claim(reliability=reliability, credibility=credibility, attributed=attributed)
                yield scene(f"{reliability}{credibility or '-'} {how}", change, *(() if right else (WEAK,)))


def support(*, credibility: int, attributed: bool, rest: str, **spoiled: Any) -> Change:
    """Return a change in which the one good source does not support the claim as it should; `rest` grades the other."""

    def change(ready: Ready, case: Any, row: Any) -> None:
        claim(reliability=rest, credibility=credibility, attributed=attributed)(ready, case, row)
        good = a_source(case, reliability=spoiled.get("reliability", "A"))
        of = a_claim(case, sources=[]) if spoiled.get("of_another_claim") else ready.claims[0]
        cited = Citation.objects.create(case=case, claim=of, source=good, kind=spoiled.get("kind", "supports"))
        if spoiled.get("citation_removed"):
            Citation.objects.filter(pk=cited.pk).update(removed_at=now())
        if spoiled.get("source_removed"):
            Source.objects.filter(pk=good.pk).update(removed_at=now())
        if spoiled.get("of_another_source"):
            Citation.objects.filter(pk=cited.pk).delete()

    return change


SPOILED: dict[str, dict[str, Any]] = {
    "supports it": {},
    "contradicts it": {"kind": "contradicts"},
    "is of another claim": {"of_another_claim": True},
    "is not cited": {"of_another_source": True},
    "was cited, and that was taken back": {"citation_removed": True},
    "was removed": {"source_removed": True},
}


def _supported() -> Iterator[Scene]:
    ways = (("as fact", 1, False, "A"), ("attributed, credibility 3", 3, True, "A"), ("attributed, C", 1, True, "C"))
    for how, credibility, attributed, reliability in ways:
        for what, spoiled in SPOILED.items():
            change = support(
                credibility=credibility, attributed=attributed, rest="D", reliability=reliability, **spoiled
            )
            yield scene(f"{how}: the good source {what}", change, *(() if not spoiled else (WEAK,)))


def use(*, of: str, **columns: Any) -> Change:
    """Return a change that makes a wrong claim which this revision does not use."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        wrong = a_claim(case, sources=[a_source(case, reliability="D")], status="VS_CONFLICT", credibility=5)
        ClaimItem.objects.filter(claim=wrong).delete()
        Claim.objects.filter(pk=wrong.pk).update(removed_at=now(), discloses_nothing=False)
        undisclosed = a_claim(case, items=("CI_HEALTH",), status="VS_CONFLICT", credibility=5)
        where: dict[str, Any] = {"material": ready.material, "revision": 77}
        if of == "another material":
            where = {"material": make_ready("MIN_BRIEF", "AU_DIPLO").material, "revision": ready.material.revision}
        if of != "nothing":
            for one in (wrong, undisclosed):
                MaterialClaim.objects.create(claim=one, **where)

    return change


def item(**columns: Any) -> Change:
    """Return a change of the item that the claim discloses, as it is counted under the text."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        told = dict(columns)
        rows = MaterialItem.objects.filter(material=ready.material, case=case, item="CI_BIO")
        if told.pop("of_a_contact", False):
            told["contact"] = a_contact(case)
        if told.pop("of_another_case", False):
            told["case"] = a_case()
        if told.pop("of_another_material", False):
            told["material"] = Material.objects.exclude(pk=ready.material.pk)[0]
            MaterialItem.objects.filter(material=told["material"]).delete()
        rows.update(**told)

    return change


def _discloses_nothing(ready: Ready, case: Any, _row: Any) -> None:
    ClaimItem.objects.filter(claim__case=case).delete()
    Claim.objects.filter(case=case).update(discloses_nothing=True)


def scan(**columns: Any) -> Change:
    """Return a change of the scan of this revision."""

    def change(ready: Ready, _case: Any, _row: Any) -> None:
        told = dict(columns)
        if told.get("read_by") == "rui":
            told |= {"read_by": ready.rui, "read_at": now()}
        LeakScan.objects.filter(material_id=ready.material.pk).update(**told)

    return change


def another_scan(verdict: str = "clean", *, later: bool, finding: bool = False, **columns: Any) -> Change:
    """Return a change that adds a scan, before or after the one that is there."""

    def change(ready: Ready, case: Any, _row: Any) -> None:
        at = now() + dt.timedelta(minutes=5 if later else -5)
        told = {"material_id": ready.material.pk, "revision": ready.material.revision, "verdict": verdict}
        told |= {"material_mac": bytes(ready.material.mac), "scanned_at": at, **columns}
        row = LeakScan(**told)
        row.save(force_insert=True)
        know_protected_words(row, [case])
        if finding:
            _finding(ready, case, row)

    return change


def twin_scan(verdict: str = "clean", *, finding: bool = False, **columns: Any) -> Change:
    """Return a change that adds a scan with our mark and of the same moment, which is of something else."""

    def change(ready: Ready, case: Any, row: Any) -> None:
        at = LeakScan.objects.get(material_id=ready.material.pk).scanned_at
        another_scan(verdict, later=False, finding=finding, scanned_at=at, **columns)(ready, case, row)

    return change


def _on_a_notice(ready: Ready, case: Any, _row: Any) -> None:
    """A notice names claims that no other text may use: what is sent in the first hours is not asked for them."""
    wrong = a_claim(case, sources=[], status="VS_CONFLICT", credibility=5)
    Claim.objects.filter(pk=wrong.pk).update(removed_at=now(), discloses_nothing=False)
    undisclosed = a_claim(case, items=("CI_HEALTH",))
    for one in (wrong, undisclosed):
        MaterialClaim.objects.create(claim=one, material=ready.material, revision=ready.material.revision)


def _finding(ready: Ready, case: Any, row: LeakScan) -> None:
    told = {"field": "casework.name.value", "part": "body", "start": 0, "end": 2}
    LeakFinding(material_id=ready.material.pk, scan=row, case_id=case.pk, **told).save()


def _ruled(ready: Ready, case: Any, row: Any) -> None:
    SPOILERS["leak-finding-open"](ready, case, row)
    for one in LeakFinding.objects.filter(material_id=ready.material.pk):
        one.ruled_by, one.ruled_at, one.reason = ready.rui, now(), "A common word."
        one.save()


OTHER = b"x" * 32
ELSEWHERE: dict[str, dict[str, Any]] = {"material": {"material_id": NOBODY}, "revision": {"revision": 77}}
MISSING, UNREAD, FOUND = "leak-scan-missing", "leak-scan-cannot-check", "leak-finding-open"
BAD = {"verdict": "cannot_check"}

SCENES: tuple[Scene, ...] = (
    *_graded(),
    *_supported(),
    *(scene(f"a claim is {status}", claim(status=status), DOUBT) for status in ("VS_NEW", "VS_REFUTED", "VS_STALE")),
    *(scene(f"wrong claims of {of}", use(of=of)) for of in ("nothing", "another revision", "another material")),
    *(
        scene(f"{code}, and a paper for officials", SPOILERS[code], code, kind="paper")
        for code in (OUT, DOUBT, WEAK, "claim-names-no-items", "item-not-counted")
    ),
    scene("the claim discloses nothing, and somebody said so", _discloses_nothing),
    scene("the item is counted under another revision", item(revision=77), "item-not-counted"),
    scene("the item is counted of a contact", item(of_a_contact=True), "item-not-counted"),
    scene("the item is counted of another case", item(of_another_case=True), "item-not-counted"),
    scene("another item is counted", item(item="CI_FAMILY"), "item-not-counted"),
    scene("the item is counted under another material", item(of_another_material=True), "item-not-counted"),
    scene("the scan is of another material", scan(material_id=NOBODY), MISSING),
    scene("the scan is of another revision", scan(revision=77), MISSING),
    scene("the scan is of another text", scan(material_mac=OTHER), MISSING),
    scene("a later scan is of another text", another_scan(later=True, material_mac=OTHER), MISSING),
    scene("an earlier scan is of another text", another_scan(later=False, material_mac=OTHER)),
    scene("a later scan is of another revision", another_scan(later=True, revision=77)),
    scene("the scan could not check, and somebody read it", scan(read_by="rui", **BAD)),
    scene("an earlier scan could not check", another_scan("cannot_check", later=False)),
    scene("a later scan could not check", another_scan("cannot_check", later=True), UNREAD),
    scene("could not check another text", scan(material_mac=OTHER, **BAD), MISSING),
    scene("could not check another revision", scan(revision=77, **BAD), MISSING),
    scene(
        "could not check, a later one of another revision",
        both(scan(**BAD), another_scan(later=True, revision=77)),
        UNREAD,
    ),
    scene("could not check another material", another_scan(later=False, material_id=NOBODY, **BAD)),
    *(
        scene(
            f"our scan is of another text, one with our mark of another {what}",
            both(scan(material_mac=OTHER), twin_scan(**of)),
            MISSING,
        )
        for what, of in ELSEWHERE.items()
    ),
    *(
        scene(f"could not check another {what}, at the same moment", twin_scan("cannot_check", **of))
        for what, of in ELSEWHERE.items()
    ),
    *(
        scene(f"found in another {what}, at the same moment", twin_scan("findings", finding=True, **of))
        for what, of in ELSEWHERE.items()
    ),
    *(
        scene(
            f"{code}, and a later scan of another material",
            both(SPOILERS[code], another_scan(later=True, material_id=NOBODY)),
            code,
        )
        for code in (UNREAD, FOUND)
    ),
    scene("wrong claims on a notice", _on_a_notice, kind="notice"),
    scene("the findings were ruled on", _ruled),
    scene("an earlier scan found something", another_scan("findings", later=False, finding=True)),
    scene("a later scan found something", another_scan("findings", later=True, finding=True), FOUND),
    scene("found in another text", another_scan("findings", later=True, finding=True, material_mac=OTHER), MISSING),
    scene("found in another revision", another_scan("findings", later=True, finding=True, revision=77)),
    scene("found in another material", another_scan("findings", later=False, finding=True, material_id=NOBODY)),
    scene(
        "found, and a later scan of another revision found nothing",
        both(SPOILERS[FOUND], another_scan(later=True, revision=77)),
        FOUND,
    ),
)
