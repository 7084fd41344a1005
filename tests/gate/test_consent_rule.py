"""The rule of consent in Python and the gate's conditions in SQL give one answer, whatever the ledger says."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import User
from casework import consent_rule
from casework.consent_codes import FAMILY_GIVERS, OWN_GIVERS, lawyer_may_give
from casework.consent_rule import Use, Why
from casework.models import Case, Consent, ConsentGrant, Contact, Wish
from materials.models import Material, MaterialItem
from papers.kinds import registry
from safety import gate
from tests.factories import a_case, a_contact
from tests.gate.ready import a_material
from tests.people import a_person

CODES = frozenset(
    {
        "no-consent",
        "item-without-consent",
        "nobody-agreed",
        "refused-by-the-person",
        "family-disagrees",
        "wish-for-silence",
    }
)
OF_AN_ITEM = frozenset({"item-without-consent", "refused-by-the-person", "family-disagrees"})
STOPS = frozenset({"no-consent", "wish-for-silence"})
OUTLETS = (
    ("SUPPORTER", "AU_SUPPORT"),
    ("MIN_BRIEF", "AU_DIPLO"),
    ("PROTECTIVE_NOTICE", "AU_TRUSTED"),
    ("WITHDRAWAL", "AU_DIPLO"),
)
AUDIENCES = ("AU_SUPPORT", "AU_DIPLO", "AU_OWNGOV")
ITEMS = ("CI_NAME", "CI_BIO")
GIVERS = (*sorted(OWN_GIVERS), *sorted(FAMILY_GIVERS), "CG_LAWYER")
HOUR = dt.timedelta(hours=1)
BEGAN = (-100, -71, -25, -23, -1, -1, -1, -1, 1)
WHOSE = ("prisoner", "prisoner", "prisoner", "prisoner", "sister", "friend")


@dataclass(frozen=True)
class Said:
    """One answer of a made-up ledger; hours are counted from now."""

    whose: str
    giver: str
    status: str
    pairs: frozenset[tuple[str, str]]
    began: int
    lasts: int
    ended_pairs: frozenset[tuple[str, str]]
    is_seconded: bool
    is_withdrawn: bool
    is_removed: bool


PAIRS = st.frozensets(st.tuples(st.sampled_from(ITEMS), st.sampled_from(AUDIENCES)), min_size=1, max_size=6)
RARELY = st.sampled_from([*[False] * 9, True])
ANSWER = st.builds(
    Said,
    whose=st.sampled_from(WHOSE),
    giver=st.sampled_from(GIVERS),
    status=st.sampled_from(
        ["CS_GIVEN", "CS_GIVEN", "CS_LIMITED", "CS_ASKED", "CS_REFUSED", "CS_DISPUTED", "CS_PRESUMED", "CS_PRESUMED"]
    ),
    pairs=PAIRS,
    began=st.sampled_from(BEGAN),
    lasts=st.sampled_from([10, 200, 200, 200, 4000, 4000]),
    ended_pairs=st.one_of(*[st.just(frozenset())] * 4, PAIRS),
    is_seconded=st.booleans(),
    is_withdrawn=st.sampled_from([False, False, False, True]),
    is_removed=RARELY,
)
USES = st.frozensets(st.tuples(st.sampled_from(ITEMS), st.sampled_from(sorted(set(WHOSE)))), min_size=1, max_size=4)


@dataclass
class World:
    """One case with two people around the prisoner, and one text for each outlet."""

    case: Case
    ana: User
    rui: User
    contacts: dict[str, Contact]
    materials: dict[tuple[str, str], Material]

    def contact_id(self, whose: str) -> uuid.UUID | None:
        """Return whose information it is: nobody for the prisoner."""
        return self.contacts[whose].pk if whose in self.contacts else None

    def say(self, told: Said) -> Consent:
        """Write one answer into the ledger, past the verbs."""
        is_presumed = told.status == "CS_PRESUMED"
        now = timezone.now()
        start = now + told.began * HOUR
        row = Consent.objects.create(
            case=self.case,
            subject="contact" if told.whose in self.contacts else "prisoner",
            subject_contact=self.contacts.get(told.whose),
            giver="CG_NONE_BEST" if is_presumed else told.giver,
            giver_name=None if is_presumed else "Who gave it, and by what right",
            method="" if is_presumed else "CM_SIGNED",
            language="" if is_presumed else "Slovene",
            explained="What for, and that they may say no.",
            proof="Signed paper, in the safe.",
            basis="best_interest" if is_presumed else "consent",
            status=told.status,
            tried="Everybody." if is_presumed else None,
            from_at=start,
            until_at=start + told.lasts * HOUR,
            granted_until=start + told.lasts * HOUR,
            explained_by=self.ana,
            seconded_by=self.rui if told.is_seconded else None,
            removed_at=now if told.is_removed else None,
        )
        ConsentGrant.objects.bulk_create(
            ConsentGrant(
                consent=row,
                item=item,
                audience=audience,
                ended_at=now if (item, audience) in told.ended_pairs else None,
            )
            for item, audience in sorted(told.pairs)
            if told.status not in {"CS_GIVEN", "CS_LIMITED"}
            or told.giver != "CG_LAWYER"
            or lawyer_may_give(item, audience)
        )
        return row

    def withdraw(self, row: Consent) -> None:
        """Take an answer back; a refusal stays where its giver has not answered anew."""
        try:
            with transaction.atomic():
                Consent.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now())
        except DatabaseError:
            assert row.status in consent_rule.REFUSING


@pytest.fixture
def world() -> World:
    ana, rui = a_person("ana"), a_person("rui")
    case = a_case(lead=ana)
    contacts = {"sister": a_contact(case, "Milena Vesela"), "friend": a_contact(case, "Otto Reed", kind="friend")}
    texts = {outlet: a_material([case], *outlet, author=ana) for outlet in OUTLETS}
    return World(case, ana, rui, contacts, texts)


def codes_of_gate(material: Material) -> set[str]:
    """Return which conditions of consent the gate, asked in SQL, finds unmet for the items that the text uses."""
    verdict = gate.examine(gate.Leaving.of(material), moment="insert")
    return {refusal.code for refusal in verdict.refusals} & CODES


def closed_by_gate(material: Material) -> set[str]:
    """Return the items that the gate names: without consent, refused by the person, disputed by the family."""
    rows = gate.refused_rows(gate.Leaving.of(material), sorted(OF_AN_ITEM))
    return {item for pairs in rows.values() for _case, item in pairs}


def differs(world: World, outlet: tuple[str, str], uses: frozenset[tuple[str, str]]) -> Iterator[str]:
    """Tell each point in which the rule and the gate disagree about a text with these uses."""
    material = world.materials[outlet]
    told: list[Use] = [(item, world.contact_id(whose)) for item, whose in uses]
    MaterialItem.objects.bulk_create(
        MaterialItem(material=material, revision=material.revision, case=world.case, item=item, contact_id=contact)
        for item, contact in told
    )
    asked = consent_rule.ledger_of(world.case).ask(material.audience, material.level)
    by_gate = codes_of_gate(material)
    if (by_rule := set(asked.refusals(told))) != by_gate:
        yield f"the rule says {sorted(by_rule)}, the gate {sorted(by_gate)}"
    is_whole = all(asked.of(*use).is_open for use in told)
    if is_whole is not (not by_gate - {"nobody-agreed"}):
        yield f"each item open: {is_whole}, the gate {sorted(by_gate)}"
    own = {item for item, contact in told if contact is None}
    if own == {item for item, _contact in told} and len(own) == len(told):
        closed = {item for item in own if asked.of(item).why is not Why.OPEN}
        closed_in_gate = own if by_gate & STOPS else closed_by_gate(material)
        if closed != closed_in_gate:
            yield f"closed by the rule: {sorted(closed)}, by the gate: {sorted(closed_in_gate)}"
        if own - closed != own & asked.open_items:
            yield "the set of open items is another than the items that are open one by one"


def disagreements(
    world: World, ledger: list[Said], wants: str, uses: frozenset[tuple[str, str]]
) -> dict[tuple[str, str], list[str]]:
    """Write a ledger, tell by outlet in what the rule and the gate disagree, and take it all back."""
    with transaction.atomic():
        rows = [world.say(said) for said in ledger]
        for said, row in zip(ledger, rows, strict=True):
            if said.is_withdrawn:
                world.withdraw(row)
        if wants:
            Wish.objects.create(case=world.case, number=1, wants="silence" if wants == "publicity" else "publicity")
            Wish.objects.create(case=world.case, number=2, wants=wants)
        faults = {outlet: list(differs(world, outlet, uses)) for outlet in OUTLETS}
        transaction.set_rollback(True)
    return {outlet: told for outlet, told in faults.items() if told}


def said(giver: str, status: str, **other: Any) -> Said:
    """Return an answer about the prisoner for every item and audience, begun an hour ago."""
    every = frozenset((item, audience) for item in ITEMS for audience in AUDIENCES)
    plain = Said("prisoner", giver, status, every, -1, 4000, frozenset(), False, False, False)
    return replace(plain, **other)


BY_SELF, BY_FATHER = said("CG_SELF", "CS_GIVEN"), said("CG_FAMILY", "CS_GIVEN")
NO, DISPUTE = said("CG_SELF", "CS_REFUSED"), said("CG_GUARDIAN", "CS_DISPUTED")
PRESUMED = said("", "CS_PRESUMED")
NAME_TO_SUPPORTERS = frozenset({("CI_NAME", "AU_SUPPORT")})
KNOWN = {
    "the father agreed and the person refused": [BY_FATHER, NO],
    "the person refused, then the father agreed": [NO, BY_FATHER],
    "the person refused one item for one audience": [BY_FATHER, replace(NO, pairs=NAME_TO_SUPPORTERS)],
    "the person refused and agreed later": [NO, BY_SELF],
    "the person agreed later to another audience": [NO, replace(BY_SELF, pairs=NAME_TO_SUPPORTERS)],
    "the person refused and whoever has a power of attorney agreed later": [NO, replace(BY_SELF, giver="CG_POA")],
    "whoever has a power of attorney refused and the person agreed later": [replace(NO, giver="CG_POA"), BY_SELF],
    "a refusal ran out and nobody answered anew": [BY_FATHER, replace(NO, began=-100, lasts=10)],
    "a power of attorney refused": [BY_FATHER, replace(NO, giver="CG_POA")],
    "the family disputes what the lawyer gave": [said("CG_LAWYER", "CS_GIVEN"), DISPUTE],
    "the guardian disputes what the father gave": [BY_FATHER, DISPUTE],
    "the father agreed after the guardian disputed": [DISPUTE, BY_FATHER],
    "the guardian disputes what the person gave": [BY_SELF, DISPUTE],
    "the person gave one item and the father all, disputed": [
        replace(BY_SELF, pairs=NAME_TO_SUPPORTERS),
        BY_FATHER,
        DISPUTE,
    ],
    "the person withdrew what the father gives": [BY_FATHER, replace(BY_SELF, is_withdrawn=True)],
    "what the person gave is over and the father gives it": [BY_FATHER, replace(BY_SELF, began=-100, lasts=10)],
    "the sister refused for herself": [BY_SELF, replace(NO, whose="sister")],
    "presumed by one": [PRESUMED],
    "presumed by one a day ago": [replace(PRESUMED, began=-25)],
    "presumed by two": [replace(PRESUMED, is_seconded=True)],
    "presumed by two more than three days ago": [replace(PRESUMED, is_seconded=True, began=-100)],
    "presumed against what the person refused": [NO, replace(PRESUMED, is_seconded=True)],
}


@pytest.mark.django_db
@pytest.mark.parametrize("ledger", KNOWN.values(), ids=KNOWN)
def test_the_rule_and_the_gate_give_one_answer_where_answers_collide(world: World, ledger: list[Said]) -> None:
    uses = frozenset((item, "prisoner") for item in ITEMS)
    assert disagreements(world, ledger, "", uses) == {}


@pytest.mark.timeout(0)
@pytest.mark.django_db
@given(
    ledger=st.lists(ANSWER, min_size=1, max_size=7),
    wants=st.sampled_from(["", "", "none_known", "publicity", "silence"]),
    uses=USES,
)
@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a ledger of seven answers is short enough to read, and shrinking one takes minutes
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_rule_and_the_gate_give_one_answer_for_every_ledger(
    world: World, ledger: list[Said], wants: str, uses: frozenset[tuple[str, str]]
) -> None:
    assert disagreements(world, ledger, wants, uses) == {}


def test_the_outlets_of_the_test_reach_every_level() -> None:
    assert {registry.find(kind).least_level(audience) for kind, audience in OUTLETS} == {
        "emergency",
        "disclosure",
        "stop",
        "full",
    }
