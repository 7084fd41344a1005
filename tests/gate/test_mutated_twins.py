"""Values inside the condition about another case of the same person are changed one by one; some scene must show each."""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from casework.consent_codes import OWN_GIVERS
from casework.models import Case, CaseGroup, Consent, PossibleTwin, Wish
from materials.models import MaterialItem
from safety import gate
from safety.conditions.registry import TEXT, by_code
from safety.gate import Leaving, examine
from safety.models import Hold
from tests.factories import a_case, a_consent, a_contact
from tests.gate.near_misses import triggers_off
from tests.gate.ready import Ready, make_ready
from tests.gate.test_twins import CODE, a_ruling, held, refused, silence
from tests.mutation_counts import MutantCount
from tests.people import a_person

pytestmark = pytest.mark.django_db
FIRST, LAST = uuid.UUID(int=1), uuid.UUID(int=2**128 - 1)
HOUR = dt.timedelta(hours=1)
PUBLIC = ("SUPPORTER", "AU_SUPPORT")
NOTICE = ("PROTECTIVE_NOTICE", "AU_TRUSTED")

# `tr.verdict` is not among them: whoever ruled "the same" is found by `tv` too, so its change shows nowhere.
CHANGES: tuple[tuple[str, str], ...] = (
    (r"\(tr\.is_for_both OR", "(1 = 0 OR"),
    (r"\(tr\.is_for_both OR", "(1 = 1 OR"),
    (r"ts\.case_id <> tr\.case_id", "1 = 1"),
    (r"ts\.ruled_by_id <> tr\.ruled_by_id", "1 = 1"),
    (r"tr\.twin_id = tw\.id", "1 = 1"),
    (r"tr\.question = tw\.question", "1 = 1"),
    (r"ts\.question = tw\.question", "1 = 1"),
    (r"tv\.question = tw\.question", "1 = 1"),
    (r"ts\.verdict = 'another'", "ts.verdict = 'same'"),
    (r"tv\.verdict = 'same'", "tv.verdict = 'nothing'"),
    (r"\(tw\.one_id = mc\.case_id OR tw\.other_id = mc\.case_id\)", "tw.one_id = mc.case_id"),
    (r"\(tw\.one_id = mc\.case_id OR tw\.other_id = mc\.case_id\)", "tw.other_id = mc.case_id"),
    (r"h\.lifted_at IS NULL", "1 = 1"),
    (r"\(h\.ends_at IS NULL OR h\.ends_at > \{now\}\)", "1 = 1"),
    (r"\(h\.ends_at IS NULL OR ", "(1 = 0 OR "),
    (r"h\.ends_at > \{now\}", "1 = 0"),
    (r"h\.scope = 'office'", "1 = 0"),
    (r"h\.scope = 'case' AND h\.case_id = x\.id", "1 = 0"),
    (r"h\.scope = 'country' AND h\.country = x\.country", "1 = 0"),
    (r"h\.scope = 'group' AND h\.group_id = x\.group_id", "1 = 0"),
    (r"h\.case_id = x\.id", "1 = 1"),
    (r"w\.wants = 'silence'", "w.wants = 'publicity'"),
    (r"w\.number = \(SELECT MAX\(v\.number\)[^)]+\)", "1 = 1"),
    (r"= 'full' AND", "<> 'emergency' AND"),
    (r"= 'full' AND", "= 'emergency' AND"),
    (r"i\.revision = NEW\.revision", "1 = 1"),
    (r"i\.case_id = mc\.case_id", "1 = 1"),
    (r"i\.contact_id IS NULL", "1 = 1"),
    (r"rg\.item = i\.item", "1 = 1"),
    (r"r\.case_id = x\.id", "1 = 1"),
    (r"r\.subject = 'prisoner' AND \(rg", "1 = 1 AND (rg"),
    (r"rg\.audience = \{audience\}", "1 = 1"),
    (r"rg\.audience = \{audience\}", "1 = 0"),
    (r"\{audience\} = 'AU_TRUSTED'", "1 = 0"),
    (r"r\.removed_at IS NULL", "1 = 1"),
    (r"r\.from_at <= \{now\}", "1 = 1"),
    (r"r\.status IN \('CS_REFUSED', 'CS_DISPUTED'\)", "r.status = 'CS_REFUSED'"),
    (r"r\.status IN \('CS_REFUSED', 'CS_DISPUTED'\)", "r.status <> 'CS_ASKED'"),
    (r"n\.withdrawn_at IS NULL", "1 = 1"),
    (r"ng\.item = rg\.item", "1 = 1"),
    (r"ng\.audience = rg\.audience", "1 = 1"),
    (r"n\.case_id = r\.case_id", "1 = 1"),
)


@dataclass
class Scene:
    """A text of one kind, the case beside it, and the pair."""

    ready: Ready
    there: Case

    @property
    def here(self) -> Case:
        """Return the case of the text to which the other is tied."""
        return self.ready.cases[0]

    @property
    def pair(self) -> PossibleTwin:
        """Return the pair as it stands."""
        return PossibleTwin.objects.of(self.there).get()

    def rule(self, who: str, verdict: str = "another", *, both: bool = False, there: bool = False) -> None:
        """Write a ruling on the present question."""
        a_ruling(self.pair, self.there if there else self.here, who, verdict, is_for_both=both)

    def ask_again(self) -> None:
        """Ask about the pair anew."""
        PossibleTwin.objects.update(question=self.pair.question + 1)

    def uses(self, item: str, **columns: Any) -> None:
        """Let the text disclose one more item."""
        known = {"material": self.ready.material, "revision": self.ready.material.revision, "case": self.here}
        with triggers_off():
            MaterialItem.objects.create(item=item, **{**known, **columns})

    def other_pair(self) -> None:
        """Rule on a pair of two cases that have nothing to do with this one."""
        one, other = sorted((a_case(lead=a_person("tomas")) for _ in range(2)), key=lambda case: case.pk)
        pair = PossibleTwin.objects.create(one=one, other=other)
        a_ruling(pair, one, "rui")


def then(*acts: Callable[[Scene], Any]) -> Callable[[Scene], None]:
    """Return these acts as one."""

    def act(scene: Scene) -> None:
        for one in acts:
            one(scene)

    return act


def says(*items: str, **fields: Any) -> Callable[[Scene], Any]:
    """Return the act of writing an answer into the other ledger, a refusal unless it says otherwise."""
    audiences = fields.pop("audiences", ("AU_SUPPORT",))
    return lambda scene: a_consent(scene.there, items or ("CI_NAME",), audiences, **{"status": "CS_REFUSED", **fields})


def wide_hold(**columns: Any) -> None:
    Hold.objects.create(kind="until_lifted", held_by=a_person("ana"), wide_reason="Unrest.", **columns)


def withdrew(scene: Scene) -> None:
    Consent.objects.filter(case=scene.there, status="CS_GIVEN").update(withdrawn_at=timezone.now())


def lifted(scene: Scene) -> None:
    held(scene.there)
    now = timezone.now()
    Hold.objects.update(lift_asked_by=a_person("ana"), lift_asked_at=now)
    Hold.objects.update(lifted_by=a_person("rui"), lifted_at=now)


def of_a_group(scene: Scene) -> None:
    group = CaseGroup.objects.create(codename="The printers")
    Case.objects.filter(pk=scene.there.pk).update(group=group)
    wide_hold(scope="group", group=group)


def of_its_state(scene: Scene) -> None:
    Case.objects.filter(pk=scene.there.pk).update(country="SVN")
    wide_hold(scope="country", country="SVN")


def quiet(scene: Scene) -> None:
    silence(scene.there)


SCENES: dict[str, tuple[tuple[str, str], Callable[[Scene], Any], bool]] = {
    "nothing is known": (PUBLIC, lambda scene: None, False),
    "silence": (PUBLIC, quiet, True),
    "silence, then publicity": (
        PUBLIC,
        then(quiet, lambda scene: Wish.objects.create(case=scene.there, number=2, wants="publicity")),
        False,
    ),
    **{
        name: (PUBLIC, then(quiet, rule), stops)
        for name, rule, stops in (
            ("one for both", lambda scene: scene.rule("rui", both=True), False),
            ("one side", lambda scene: scene.rule("rui"), True),
            ("two sides", lambda scene: (scene.rule("rui"), scene.rule("dara", there=True)), False),
            ("two people, one side", lambda scene: (scene.rule("rui"), scene.rule("dara")), True),
            ("one person, two sides", lambda scene: (scene.rule("rui"), scene.rule("rui", there=True)), True),
            ("same", lambda scene: scene.rule("rui", "same", both=True), True),
            ("another and same", lambda scene: (scene.rule("rui", both=True), scene.rule("dara", "same")), True),
            ("asked again", lambda scene: (scene.rule("rui", both=True), scene.ask_again()), True),
            (
                "one side each time",
                lambda scene: (scene.rule("rui"), scene.ask_again(), scene.rule("dara", there=True)),
                True,
            ),
            (
                "same, asked again, another",
                lambda scene: (scene.rule("rui", "same"), scene.ask_again(), scene.rule("rui", both=True)),
                False,
            ),
        )
    },
    "held": (PUBLIC, lambda scene: held(scene.there), True),
    "held, not public": (("MIN_BRIEF", "AU_DIPLO"), lambda scene: held(scene.there), False),
    "held for a day": (
        PUBLIC,
        lambda scene: held(scene.there, kind="precaution", ends_at=timezone.now() + HOUR),
        True,
    ),
    "held until an hour ago": (
        PUBLIC,
        lambda scene: held(scene.there, kind="precaution", ends_at=timezone.now() - HOUR),
        False,
    ),
    "lifted": (PUBLIC, lifted, False),
    "the office": (PUBLIC, lambda scene: wide_hold(scope="office"), True),
    "its State": (PUBLIC, of_its_state, True),
    "its group": (PUBLIC, of_a_group, True),
    "a third case": (PUBLIC, lambda scene: held(a_case(lead=a_person("tomas"))), False),
    **{f"{giver} refused": (PUBLIC, says(giver=giver), True) for giver in sorted(OWN_GIVERS)},
    "the family refused": (PUBLIC, says(giver="CG_FAMILY"), False),
    "disputed by the person": (PUBLIC, says(status="CS_DISPUTED"), True),
    "agreed": (PUBLIC, says(status="CS_GIVEN"), False),
    "agreed anew": (PUBLIC, then(says(), says(status="CS_GIVEN")), False),
    "agreed anew to another item": (
        PUBLIC,
        then(says(), says("CI_PHOTO", status="CS_GIVEN")),
        True,
    ),
    "agreed anew to another audience": (
        PUBLIC,
        then(says(), says(status="CS_GIVEN", audiences=("AU_DIPLO",))),
        True,
    ),
    "agreed anew and withdrew": (
        PUBLIC,
        then(says(), says(status="CS_GIVEN"), withdrew),
        True,
    ),
    "agreed here": (
        PUBLIC,
        then(says(), lambda scene: a_consent(scene.here, ("CI_NAME",), ("AU_SUPPORT",))),
        True,
    ),
    "another item": (PUBLIC, says("CI_HEALTH"), False),
    "another audience": (PUBLIC, says(audiences=("AU_DIPLO",)), False),
    "to a trusted recipient": (NOTICE, says(audiences=("AU_OWNGOV",)), True),
    "taken out": (PUBLIC, says(removed_at=timezone.now()), False),
    "not begun": (PUBLIC, says(at=timezone.now() + HOUR), False),
    "a contact refused": (
        PUBLIC,
        lambda scene: refused(scene.there, subject="contact", subject_contact=a_contact(scene.there)),
        False,
    ),
    "refused here alone": (PUBLIC, lambda scene: refused(scene.here), False),
    "an earlier revision showed it": (
        PUBLIC,
        then(says("CI_HEALTH"), lambda scene: scene.uses("CI_HEALTH", revision=99)),
        False,
    ),
    "of somebody around": (
        PUBLIC,
        then(says("CI_HEALTH"), lambda scene: scene.uses("CI_HEALTH", contact=a_contact(scene.here))),
        False,
    ),
    "of another case of the text": (
        PUBLIC,
        then(says("CI_HEALTH"), lambda scene: scene.uses("CI_HEALTH", case=scene.ready.cases[1])),
        False,
    ),
    "another pair was ruled on": (PUBLIC, then(quiet, Scene.other_pair), True),
}


def mutants() -> list[tuple[str, Any]]:
    """Return every changed copy of the condition, with what was changed."""
    condition = by_code(CODE)
    sql = condition.holds  # type: ignore[attr-defined]
    changes = [(f"{found} -> {instead}", re.sub(found, instead, sql)) for found, instead in CHANGES]
    changes += [
        (f"without {giver}", sql.replace(f"'{giver}', ", "").replace(f", '{giver}'", "")) for giver in OWN_GIVERS
    ]
    assert [change for change, changed in changes if changed == sql] == []
    return [(change, replace(condition, holds=changed)) for change, changed in changes]


def set_up(kind: tuple[str, str], key: uuid.UUID) -> Scene:
    ready = make_ready(*kind, cases=2)
    there = a_case(lead=a_person("tomas"), id=key)
    one, other = sorted((ready.cases[0].pk, there.pk))
    PossibleTwin.objects.create(one_id=one, other_id=other)
    return Scene(ready, there)


def shown_by(name: str, key: uuid.UUID, living: list[tuple[str, Any]], monkeypatch: Any) -> Iterator[str]:
    """Return each change that this scene shows; the condition itself must answer as the scene says."""
    kind, act, stops = SCENES[name]
    with transaction.atomic():
        scene = set_up(kind, key)
        act(scene)
        named = tuple(replace(one, code=f"m{place}") for place, (_change, one) in enumerate(living))
        monkeypatch.setattr(gate.registry, "OF_A_DISPATCH", (*TEXT, *named, by_code(CODE), by_code("on-hold")))
        asked = Leaving.of(scene.ready.material, clearance_id=scene.ready.clearance.pk)
        codes = set(examine(asked, moment="insert").codes)
        assert (CODE in codes) is stops, name
        yield from (change for place, (change, _one) in enumerate(living) if (f"m{place}" in codes) is not stops)
        transaction.set_rollback(True)


@pytest.mark.timeout(0)
def test_each_value_in_the_condition_about_another_case_is_held_by_some_scene(
    monkeypatch: pytest.MonkeyPatch, mutant_count: MutantCount
) -> None:
    living = every = mutants()
    for name in SCENES:
        for key in (FIRST, LAST) if name == "silence" else (FIRST,):
            shown = set(shown_by(name, key, living, monkeypatch))
            living = [(change, one) for change, one in living if change not in shown]
    mutant_count.tried("values of twins", len(every))
    mutant_count.killed("values of twins", len(every) - len(living))
    assert [change for change, _one in living] == []
