"""What the tasks of cases follow from, read for any number of cases in the same few queries; no words are opened."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from accounts.models import User
from advocacy.models import Milestone
from advocacy.step_facts.registry import offers_for
from casework.models import Case, Consent, Demand
from casework.models.aims import HELD, situation_of
from casework.pages.fitting_papers import FittingPapers, papers_that_fit
from materials.models import Material
from safety.models import AssessmentDraft
from safety.pages.status import SafetyStatus, safety_statuses_of, with_what_happened
from web.pages.case_tasks import queries

Row = TypeVar("Row", Consent, Demand)


@dataclass(frozen=True)
class StepsState:
    """The open steps of the plans of a case: how many are late, how many there are, and the one that comes first.

    `proof` is the fact that proves that one done, where a page asks for it (`with_proof`).
    """

    first: Milestone | None = None
    late: int = 0
    open: int = 0
    waits_for: str = ""
    proof: str = ""


@dataclass(frozen=True)
class CaseFacts:
    """What the tasks of one case follow from, for one reader; brief where only two words of each task are shown."""

    case: Case
    user: User
    rights: frozenset[str]
    state: queries.CaseState
    demands: Sequence[Demand]
    consents: Sequence[Consent]
    safety: SafetyStatus
    steps: StepsState
    materials: Sequence[Material]
    is_brief: bool = True
    fitting: FittingPapers = field(default_factory=FittingPapers)

    @property
    def at(self) -> dt.datetime:
        """Return the moment for which this holds."""
        return self.safety.at

    @property
    def drafts(self) -> Sequence[AssessmentDraft]:
        """Return the draft of an assessment that this reader can take up."""
        return [AssessmentDraft(kind=self.state.draft)] if self.state.draft and "assess_risk" in self.rights else []

    @property
    def consent_until(self) -> dt.datetime | None:
        """Return until when the longest live answer of the person allows something; None when none is live."""
        return max((row.until_at for row in self.consents if row.is_live(at=self.at)), default=None)


def facts_of_case(
    user: User, case: Case, *, safety: SafetyStatus | None = None, rights: frozenset[str] | None = None
) -> CaseFacts:
    """Return the same for one case, with the papers that fit where the person is now."""
    known = {case.pk: safety} if safety else None
    given = None if rights is None else {case.pk: rights}
    facts = replace(facts_of_cases(user, [case], safety=known, rights=given)[case.pk], is_brief=False)
    first = facts.steps.first
    if first and first.due_at < facts.at and (need := queries.needed.first(milestone=first)):
        facts = replace(facts, steps=replace(facts.steps, waits_for=need.needs.title or ""))
    return facts if situation_of(case.status) == HELD else replace(facts, fitting=papers_that_fit(case, user))


def with_proof(facts: CaseFacts) -> CaseFacts:
    """Return the same with the fact that proves the first step done, for the one page that says it."""
    first = facts.steps.first
    rows = list(queries.step_of_plan(key=first.pk)) if first else []
    found = offers_for(facts.case, facts.user, rows, at=facts.at)
    proof = next((one.words for offered in found.values() for one in offered), "")
    return replace(facts, steps=replace(facts.steps, proof=proof))


def facts_of_cases(
    user: User,
    cases: Sequence[Case],
    *,
    safety: Mapping[uuid.UUID, SafetyStatus] | None = None,
    rights: Mapping[uuid.UUID, frozenset[str]] | None = None,
) -> Mapping[uuid.UUID, CaseFacts]:
    """Return what the tasks of each of these cases follow from, by its key. The reader was already found to see them.

    `safety` is how the cases stand, and `rights` what the reader was given on each, where the page has read that.
    """
    if not cases:
        return {}
    keys = [case.pk for case in cases]
    safety = safety or safety_statuses_of(cases)
    rows = _states(user, keys, safety)
    states = {key: queries.CaseState(*state) for key, _late, _open, _first, *state in rows}
    shaken = {key: safety[key] for key in keys if states[key].has_event or states[key].has_pause}
    safety = {**safety, **(with_what_happened(shaken) if shaken else {})}
    rights, steps = rights or _rights_by_case(user, keys), _steps_by_case(rows)
    not_held = [case.pk for case in cases if situation_of(case.status) != HELD]
    consents = _by_case(queries.consents(cases=keys))
    demands = _by_case(queries.demands(cases=not_held) if not_held else [])
    materials = _materials_by_case(user, keys)
    return {
        case.pk: CaseFacts(
            case=case,
            user=user,
            rights=rights[case.pk],
            state=states[case.pk],
            demands=demands[case.pk],
            consents=consents[case.pk],
            safety=safety[case.pk],
            steps=steps[case.pk],
            materials=materials[case.pk],
        )
        for case in cases
    }


def _states(user: User, keys: Sequence[uuid.UUID], safety: Mapping[uuid.UUID, SafetyStatus]) -> list[tuple[Any, ...]]:
    held = [key for key in keys if safety[key].holds]
    return queries.states(user=user, cases=keys, held=held, at=next(iter(safety.values())).at)


def _by_case(rows: Sequence[Row]) -> Mapping[uuid.UUID, list[Row]]:
    found: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _rights_by_case(user: User, keys: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, frozenset[str]]:
    found: dict[uuid.UUID, set[str]] = {key: set() for key in keys}
    for key, right in queries.rights(user=user, cases=keys):
        found[key].add(right)
    return {key: frozenset(rights) for key, rights in found.items()}


def _steps_by_case(rows: Sequence[tuple[Any, ...]]) -> Mapping[uuid.UUID, StepsState]:
    wanted = [first for _key, _late, _open, first, *_state in rows if first]
    found = {row.case_id: row for row in queries.steps(keys=wanted)} if wanted else {}
    return {key: StepsState(found.get(key), late or 0, every or 0) for key, late, every, _first, *_state in rows}


def _materials_by_case(user: User, keys: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, list[Material]]:
    found: dict[uuid.UUID, list[Material]] = defaultdict(list)
    for link in queries.papers_in_hand(user=user, cases=keys):
        found[link.case_id].append(link.material)
    return found
