"""One person, two cases: what the other case knows stops this one, until signers ruled that it is another person."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casework.consent_codes import OWN_GIVERS
from casework.consent_rule import ledger_of
from casework.models import Case, CaseGroup, Consent, PossibleTwin, TwinRuling, Wish
from materials.models import Material, MaterialItem
from safety.gate import GateClosed, Leaving, clear, examine
from safety.models import Hold
from tests.factories import a_case, a_consent, a_contact, a_twin
from tests.gate.near_misses import triggers_off
from tests.gate.ready import Ready, a_clean_scan, a_material, make_ready
from tests.gate.test_consent_rule import ANSWER, AUDIENCES, ITEMS, OUTLETS, Said, World, world
from tests.gate.test_forged_chains import published, read
from tests.people import a_person

pytestmark = pytest.mark.django_db
CODE = "signer-looks-first"
__all__ = ["world"]


def codes(ready: Ready, moment: str = "insert") -> tuple[str, ...]:
    a_clean_scan(ready.material, ready.cases)  # of what both cases protect by now: this is not about the scan
    asked = Leaving.of(ready.material, clearance_id=ready.clearance.pk, created_by_id=ready.ana.pk)
    return examine(asked, moment=moment).codes


def silence(twin: Case) -> Any:
    return Wish.objects.create(case=twin, number=1, wants="silence")


def held(twin: Case, **fields: Any) -> Any:
    kind = {"kind": "until_lifted", "reason": "Summoned", "held_by": a_person("tomas"), **fields}
    return Hold.objects.create(case=twin, **kind)


def refused(twin: Case, **fields: Any) -> Any:
    return a_consent(twin, ("CI_NAME",), ("AU_SUPPORT",), **{"status": "CS_REFUSED", **fields})


@pytest.mark.parametrize("moment", ["review", "insert", "leave", "serve"])
@pytest.mark.parametrize("stop", [silence, held, refused])
def test_what_the_other_case_knows_stops_this_one_at_every_moment(stop: Any, moment: str) -> None:
    ready = make_ready()
    twin = a_twin(ready.cases[0])
    assert codes(ready, moment) == ()
    stop(twin)
    assert codes(ready, moment) == (CODE,)


@pytest.mark.parametrize("stop", [silence, held, refused])
@pytest.mark.parametrize(("kind", "audience"), [("MIN_BRIEF", "AU_DIPLO"), ("PROTECTIVE_NOTICE", "AU_TRUSTED")])
def test_below_the_public_a_hold_does_not_count_and_a_wish_or_refusal_does(stop: Any, kind: str, audience: str) -> None:
    ready = make_ready(kind, audience)
    twin = a_twin(ready.cases[0])
    if stop is refused:
        a_consent(twin, ("CI_NAME",), ("AU_DIPLO", "AU_OWNGOV"), status="CS_REFUSED")
    else:
        stop(twin)
    assert codes(ready) == (() if stop is held else (CODE,))


@pytest.mark.parametrize(
    ("stop", "other"),
    [
        (silence, lambda twin: Wish.objects.create(case=twin, number=2, wants="publicity")),
        (lambda twin: Wish.objects.create(case=twin, number=1, wants="publicity"), None),
        (lambda twin: held(twin, kind="precaution", ends_at=timezone.now() - dt.timedelta(minutes=1)), None),
        (lambda twin: a_consent(twin, ("CI_HEALTH",), ("AU_SUPPORT",), status="CS_REFUSED"), None),
        (lambda twin: a_consent(twin, ("CI_NAME",), ("AU_DIPLO",), status="CS_REFUSED"), None),
        (lambda twin: refused(twin, giver="CG_FAMILY"), None),
        (lambda twin: refused(twin, status="CS_DISPUTED", giver="CG_FAMILY"), None),
        (lambda twin: refused(twin, subject="contact", subject_contact=a_contact(twin)), None),
        (lambda twin: refused(twin, removed_at=timezone.now()), None),
        (lambda twin: refused(twin, at=timezone.now() + dt.timedelta(hours=1)), None),
        (refused, lambda twin: a_consent(twin, ("CI_NAME",), ("AU_SUPPORT",))),
    ],
    ids=[
        "a later wish",
        "publicity",
        "a hold that ended",
        "another item",
        "another audience",
        "the family refused",
        "the family disputes",
        "a contact refused",
        "taken out",
        "not begun",
        "answered anew",
    ],
)
def test_what_is_over_or_about_something_else_does_not_count(stop: Any, other: Any) -> None:
    ready = make_ready()
    twin = a_twin(ready.cases[0])
    stop(twin)
    if other:
        other(twin)
    assert codes(ready) == ()


def test_a_yes_in_this_case_does_not_take_the_place_of_a_refusal_in_the_other() -> None:
    ready = make_ready()
    refused(a_twin(ready.cases[0]))
    a_consent(ready.cases[0], ("CI_NAME",), ("AU_SUPPORT",))
    assert codes(ready) == (CODE,)


def test_a_hold_of_the_group_of_the_other_case_counts() -> None:
    ready = make_ready()
    group = CaseGroup.objects.create(codename="The printers")
    twin = a_twin(ready.cases[0])
    Case.objects.filter(pk=twin.pk).update(group=group)
    columns = {"scope": "group", "group": group, "kind": "until_lifted", "held_by": ready.ana}
    Hold.objects.create(**columns, wide_reason="Two were summoned.")
    assert codes(ready) == (CODE,)


def test_a_case_that_nobody_tied_does_not_count() -> None:
    ready = make_ready()
    silence(a_case(lead=a_person("tomas")))
    assert codes(ready) == ()


def a_ruling(twin: PossibleTwin, case: Case, who: str, verdict: str = "another", **columns: Any) -> TwinRuling:
    known = {"twin": twin, "case": case, "question": twin.question, "verdict": verdict, "is_for_both": True}
    row = TwinRuling(**{**known, "ruled_by": a_person(who), **columns})
    row.reason = "Born 20 years later."
    row.save(force_insert=True)
    return row


@dataclass
class Tied:
    """A text that may leave, a case beside it that stops it, and the pair."""

    ready: Ready
    here: Case
    there: Case
    pair: PossibleTwin

    def rule(self, who: str, *, for_both: bool = True, there: bool = False, verdict: str = "another") -> TwinRuling:
        self.pair.refresh_from_db()
        case = self.there if there else self.here
        return a_ruling(self.pair, case, who, verdict, is_for_both=for_both)

    def asked_again(self) -> None:
        self.pair.refresh_from_db()
        PossibleTwin.objects.update(question=self.pair.question + 1)


@pytest.fixture
def tied() -> Tied:
    ready = make_ready()
    there = a_twin(ready.cases[0])
    silence(there)
    return Tied(ready, ready.cases[0], there, PossibleTwin.objects.select_related("one", "other").get())


RULINGS: dict[str, tuple[Callable[[Tied], Any], bool]] = {
    "nobody": (lambda tied: None, True),
    "one for both": (lambda tied: tied.rule("rui"), False),
    "one side": (lambda tied: tied.rule("rui", for_both=False), True),
    "two people, two sides": (
        lambda tied: (tied.rule("rui", for_both=False), tied.rule("dara", for_both=False, there=True)),
        False,
    ),
    "two people, one side": (
        lambda tied: (tied.rule("rui", for_both=False), tied.rule("dara", for_both=False)),
        True,
    ),
    "one person, two sides": (
        lambda tied: (tied.rule("rui", for_both=False), tied.rule("rui", for_both=False, there=True)),
        True,
    ),
    "the same": (lambda tied: tied.rule("rui", verdict="same"), True),
    "another, then the same": (lambda tied: (tied.rule("rui"), tied.rule("dara", verdict="same")), True),
    "one side says another, the other the same": (
        lambda tied: (
            tied.rule("rui", for_both=False),
            tied.rule("dara", for_both=False, there=True, verdict="same"),
        ),
        True,
    ),
    "asked again": (lambda tied: (tied.rule("rui"), tied.asked_again()), True),
    "asked again, one side each time": (
        lambda tied: (
            tied.rule("rui", for_both=False),
            tied.asked_again(),
            tied.rule("dara", for_both=False, there=True),
        ),
        True,
    ),
    "the same, asked again, another": (
        lambda tied: (tied.rule("rui", verdict="same"), tied.asked_again(), tied.rule("rui")),
        False,
    ),
}


@pytest.mark.parametrize(("rule", "counts"), RULINGS.values(), ids=RULINGS)
def test_the_gate_and_the_pages_agree_on_which_pairs_count(tied: Tied, rule: Any, counts: bool) -> None:
    rule(tied)
    assert codes(tied.ready) == ((CODE,) if counts else ())
    assert PossibleTwin.objects.of(tied.here).counted().exists() is counts


def test_a_pair_counts_from_either_side(tied: Tied) -> None:
    other = make_ready(about=[tied.there])
    assert CODE not in codes(other)
    Wish.objects.create(case=tied.here, number=2, wants="silence")
    assert CODE in codes(other)


@pytest.mark.parametrize("forge", ["mark", "question"])
def test_a_ruling_that_does_not_carry_our_mark_clears_nothing_and_takes_the_page_down(tied: Tied, forge: str) -> None:
    tied.rule("rui")
    page = published(tied.ready)
    assert read(page)[0] == 200
    with triggers_off():
        columns: dict[str, Any] = {"mark": b"x" * 32} if forge == "mark" else {"question": 7}
        TwinRuling.objects.update(**columns)
        PossibleTwin.objects.update(question=7 if forge == "question" else 1)
    status, text = read(page)
    assert status != 200 and "held without charge" not in text
    stored = Material.objects.get(pk=tied.ready.material.pk)
    with pytest.raises(GateClosed, match="not-authentic"):
        clear(actor=a_person("rui"), material=stored, uses=["uses"], review=tied.ready.review)


def test_a_forged_answer_in_the_other_case_takes_the_page_down(tied: Tied) -> None:
    Wish.objects.create(case=tied.there, number=2, wants="none_known")
    answer = a_consent(tied.there, ("CI_NAME",), ("AU_SUPPORT",))
    a_clean_scan(tied.ready.material, tied.ready.cases)
    page = published(tied.ready)
    assert read(page)[0] == 200
    with triggers_off():
        Consent.objects.filter(pk=answer.pk).update(mac=b"x" * 32)
    assert read(page)[0] != 200


# --- the refusal there, by the rule of consent itself --------------------------------------------


@pytest.mark.timeout(0)
@given(ledger=st.lists(ANSWER, min_size=1, max_size=5))
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_gate_refuses_by_the_other_ledger_exactly_what_the_rule_of_consent_says_is_refused_there(
    world: World, ledger: list[Said]
) -> None:
    with transaction.atomic():
        here = a_case(lead=world.ana)
        one, other = sorted((here.pk, world.case.pk))
        PossibleTwin.objects.create(one_id=one, other_id=other)
        rows = [world.say(said) for said in ledger]
        for said, row in zip(ledger, rows, strict=True):
            if said.is_withdrawn:
                world.withdraw(row)
        rule = ledger_of(world.case)
        for kind, audience in OUTLETS:
            material = a_material([here], kind, audience, author=world.ana)
            for item in ITEMS:
                MaterialItem.objects.create(material=material, revision=material.revision, case=here, item=item)
            audiences = AUDIENCES if audience == "AU_TRUSTED" else (audience,)
            by_rule = any(
                row.giver in OWN_GIVERS
                for item in ITEMS
                for named in audiences
                for row in rule.standing(None, item, named)
            )
            assert (CODE in examine(Leaving.of(material), moment="insert").codes) is by_rule
        transaction.set_rollback(True)
