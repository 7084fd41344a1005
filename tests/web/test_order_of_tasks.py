"""What comes next in a case, walked over every place of the order of harm: no row of a database is needed to say it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from advocacy.models import Milestone
from casework.access.roles import RIGHTS
from casework.models import Case, Consent, Demand
from casework.pages.fitting_papers import FittingPaper, FittingPapers
from materials.models import Material
from safety.models import Hold, Pause, Posture, RiskAssessment, RiskEvent
from safety.pages.status import SafetyStatus
from web.pages.case_tasks.facts import CaseFacts, StepsState
from web.pages.case_tasks.next_step import first_of, tasks_of
from web.pages.case_tasks.queries import CaseState
from web.pages.case_tasks.rows import Order

NOW = timezone.now()
DAY = dt.timedelta(days=1)
WHOLE = CaseState(
    has_spell=True,
    has_name=True,
    has_claim=True,
    has_demand=True,
    has_ask=True,
    has_signer=True,
    is_asked_to_join=False,
    has_plan=True,
    has_fallback=False,
    has_left=True,
)
ANA, RUI = User(pk=1, username="ana", name="Ana"), User(pk=2, username="rui", name="Rui")


def signed(**fields: Any) -> RiskAssessment:
    columns = {"kind": "rapid", "level": "RL_LOW", "author": ANA, "signed_by": RUI, "signed_at": NOW - DAY}
    until = NOW + 60 * DAY
    return RiskAssessment(number=1, **{**columns, "expires_at": until, "granted_until": until, **fields})


def in_order(case: Case, **fields: Any) -> CaseFacts:
    """Return a case in which nothing at all waits, seen by Ana, who coordinates it."""
    posture = Posture(kind="PO_QUIET", decided_by=ANA, decided_at=NOW, review_on=(NOW + 60 * DAY).date())
    whole: dict[str, Any] = {
        "case": case,
        "user": ANA,
        "rights": RIGHTS["coordinator"],
        "state": WHOLE,
        "demands": [],
        "consents": [Consent(status="CS_GIVEN", from_at=NOW - DAY, until_at=NOW + 100 * DAY)],
        "safety": SafetyStatus(case, NOW, signed(), posture, (), (), ()),
        "steps": StepsState(),
        "materials": (),
    }
    return CaseFacts(**{**whole, **fields})


def a_case_of(status: str = "DS_SENTENCED") -> Case:
    return Case(reference="AAAA-2222", codename="Sorrel", country="XPR", status=status)


def safe(facts: CaseFacts, **changes: Any) -> CaseFacts:
    return replace(facts, safety=replace(facts.safety, **changes))


def packet(facts: CaseFacts, **changes: Any) -> CaseFacts:
    return replace(facts, state=replace(facts.state, **changes))


def paper(facts: CaseFacts, status: str, **fields: Any) -> CaseFacts:
    columns = {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "author": ANA, "last_editor": ANA, **fields}
    return replace(facts, materials=[Material(status=status, **columns)])


def step(facts: CaseFacts, due_in: dt.timedelta, **fields: Any) -> CaseFacts:
    row = Milestone(due_at=NOW + due_in, **fields)
    return replace(facts, steps=StepsState(row, int(due_in < dt.timedelta()), 1))


def held(facts: CaseFacts) -> CaseFacts:
    return safe(facts, holds=(Hold(scope="case", case=facts.case, held_by=RUI, held_at=NOW),))


def freed(facts: CaseFacts) -> CaseFacts:
    return replace(facts, case=a_case_of("DS_RELEASED"), demands=[Demand(aim="release")])


Change = Callable[[CaseFacts], CaseFacts]
# One change, or several, that makes each place of the order the next one, and words of the step that follows.
WHAT_COMES: dict[Order, list[tuple[Change, str]]] = {
    Order.HOLD: [(held, "start the fallback plan")],
    Order.UNTRUE_OUTSIDE: [(lambda f: packet(f, is_stale_outside=True), "Send them an update or a stop notice")],
    Order.FATE: [
        (freed, "nothing says that it makes sense now"),
        (
            lambda f: replace(
                f, case=a_case_of("DS_RELEASED"), fitting=FittingPapers([FittingPaper("Update", "/write/", False)])
            ),
            "This is the paper that fits: Update.",
        ),
    ],
    Order.RISK_CHANGED: [
        (lambda f: safe(f, assessment=signed(expires_at=NOW - DAY)), "the assessment is out of date"),
        (lambda f: safe(f, pauses=(Pause(),)), "public work is paused"),
        (lambda f: safe(f, risk_events=(RiskEvent(),)), "something happened"),
    ],
    Order.ASKED_TO_JOIN: [(lambda f: packet(f, is_asked_to_join=True), "somebody asks to join")],
    Order.PACKET: [
        (lambda f: packet(f, has_spell=False), "since when and by whom"),
        (lambda f: packet(f, has_name=False), "write the name"),
        (lambda f: packet(f, has_claim=False), "write what is known as claims"),
        (lambda f: packet(f, has_demand=False), "what must change for the person"),
        (lambda f: packet(f, has_ask=False), "what one reader is asked to do"),
    ],
    Order.PEOPLE: [(lambda f: packet(f, has_signer=False), "put a second person on the case")],
    Order.CONSENT: [
        (lambda f: replace(f, consents=[]), "nobody has been asked yet"),
        (lambda f: replace(f, consents=[Consent(status="CS_ASKED", until_at=NOW + DAY)]), "no answer is written down"),
        (
            lambda f: replace(f, consents=[Consent(status="CS_GIVEN", from_at=NOW - 9 * DAY, until_at=NOW - DAY)]),
            "the consent has ended",
        ),
    ],
    Order.ASSESSMENT: [
        (lambda f: safe(f, assessment=None), "has not been assessed"),
        (lambda f: safe(f, assessment=signed(signed_at=None, expires_at=None)), "somebody other than Ana signs"),
        (lambda f: packet(f, draft="rapid"), "a draft of an assessment waits"),
    ],
    Order.POSTURE: [(lambda f: safe(f, posture=None), "nobody has decided how visible")],
    Order.CAME_BACK: [
        (lambda f: paper(f, "sent_back"), "came back"),
        (lambda f: paper(f, "draft", is_stale=True), "has changed. Compare"),
    ],
    Order.CLEARED: [
        (lambda f: paper(f, "cleared"), "Name who gets a copy"),
        (lambda f: paper(f, "cleared", kind="SUPPORTER", audience="AU_PUBLIC"), "Publishing it is the last step"),
    ],
    Order.HAND_OVER: [(lambda f: packet(f, is_to_hand_over=True), "Hand it over, and write down when")],
    Order.PLAN: [(lambda f: packet(f, has_plan=False), "start a plan")],
    Order.LATE_STEP: [(lambda f: step(f, -3 * DAY), "is overdue: 3 days late")],
    Order.LOOK_AGAIN: [
        (
            lambda f: safe(f, posture=Posture(kind="PO_QUIET", decided_by=ANA, decided_at=NOW, review_on=NOW.date())),
            "to be looked at again",
        )
    ],
    Order.ENDS_SOON: [
        (
            lambda f: safe(
                f, assessment=signed(expires_at=NOW + DAY, granted_until=NOW + DAY, signed_at=NOW - 60 * DAY)
            ),
            "the assessment ends soon",
        ),
        (
            lambda f: replace(f, consents=[Consent(status="CS_GIVEN", from_at=NOW - DAY, until_at=NOW + DAY)]),
            "the consent ends soon",
        ),
    ],
    Order.WRITE: [
        (lambda f: packet(f, has_left=False), "write the first paper"),
        (lambda f: paper(f, "draft"), "have a second person read it"),
    ],
    Order.WITH_REVIEWER: [(lambda f: paper(f, "in_review"), "a second person reads")],
    Order.NEXT_STEP: [(lambda f: step(f, 2 * DAY), "is due")],
}
EACH = [(order, change, words) for order, found in WHAT_COMES.items() for change, words in found]


def whole(facts: CaseFacts) -> CaseFacts:
    return replace(facts, is_brief=False)


def test_every_place_of_the_order_is_walked() -> None:
    assert list(WHAT_COMES) == list(Order)


def test_where_nothing_waits_there_is_no_next_step() -> None:
    tasks = tasks_of(in_order(a_case_of()))
    assert first_of(tasks) is None and all(task.is_done for task in tasks)


@pytest.mark.parametrize(
    ("order", "change", "words"), EACH, ids=[f"{order.name}: {words}" for order, _c, words in EACH]
)
def test_what_is_open_is_the_next_step_in_its_words(order: Order, change: Change, words: str) -> None:
    first = first_of(tasks_of(change(whole(in_order(a_case_of())))))
    assert first is not None and first.todo is not None
    assert first.todo.order == order and words in first.todo.step.text
    assert first.row.state and first.row.label


@pytest.mark.parametrize("later", list(Order)[1:], ids=[order.name for order in list(Order)[1:]])
def test_what_may_hurt_somebody_comes_before_all_that_may_wait(later: Order) -> None:
    """The place before in the order wins, whatever else is open; both changes touch different parts of the case."""
    earlier = list(Order)[list(Order).index(later) - 1]
    facts = WHAT_COMES[earlier][0][0](WHAT_COMES[later][0][0](whole(in_order(a_case_of()))))
    opened = {task.todo.order for task in tasks_of(facts) if task.todo}
    first = first_of(tasks_of(facts))
    assert first is not None and first.todo is not None and first.todo.order == min(opened)


def test_whoever_wrote_a_text_is_not_sent_to_its_review() -> None:
    facts = paper(whole(in_order(a_case_of())), "in_review")
    mine = first_of(tasks_of(facts))
    other = first_of(tasks_of(replace(facts, user=RUI, rights=RIGHTS["reviewer"])))
    assert mine and mine.todo and not mine.todo.step.url
    assert other and other.todo and other.todo.step.url.startswith("/review/")


@pytest.mark.parametrize("answer", ["CS_REFUSED", "CS_DISPUTED"])
def test_nobody_is_sent_to_ask_again_who_refused_or_withdrew(answer: str) -> None:
    facts = whole(in_order(a_case_of()))
    refused = replace(facts, consents=[Consent(status=answer, from_at=NOW - DAY, until_at=NOW + DAY)])
    withdrawn = Consent(status="CS_GIVEN", from_at=NOW - DAY, until_at=NOW + DAY, withdrawn_at=NOW)
    assert first_of(tasks_of(refused)) is None
    assert first_of(tasks_of(replace(facts, consents=[withdrawn]))) is None
    assert not next(task for task in tasks_of(refused) if task.code == "consent").is_done


def test_a_step_of_somebody_else_says_whose_it_is() -> None:
    facts = step(whole(in_order(a_case_of())), 2 * DAY, owner=RUI)
    first = first_of(tasks_of(facts))
    assert first and first.todo and "It is with Rui." in first.todo.step.text
    of_rui = first_of(tasks_of(replace(facts, user=RUI)))
    assert of_rui and of_rui.todo and "Rui" not in of_rui.todo.step.text


def test_a_step_that_is_due_this_minute_is_not_called_overdue() -> None:
    first = first_of(tasks_of(step(whole(in_order(a_case_of())), dt.timedelta(seconds=-30), title="Ask the embassy")))
    assert first and first.todo and first.todo.step.text == "“Ask the embassy” is due now."
    late = first_of(tasks_of(step(whole(in_order(a_case_of())), dt.timedelta(hours=-30), title="Ask the embassy")))
    assert late and late.todo and "overdue" in late.todo.step.text


def test_a_late_step_says_what_it_waits_for() -> None:
    facts = step(whole(in_order(a_case_of())), -2 * DAY, title="Ask the embassy")
    first = first_of(tasks_of(replace(facts, steps=replace(facts.steps, waits_for="Call the lawyer"))))
    assert first and first.todo and "It waits for “Call the lawyer”." in first.todo.step.text


@pytest.mark.parametrize("role", ["coordinator", "reviewer", "director"])
def test_whoever_may_agree_to_a_person_is_led_to_who_asks(role: str) -> None:
    facts = packet(whole(in_order(a_case_of())), is_asked_to_join=True)
    first = first_of(tasks_of(replace(facts, rights=RIGHTS[role])))
    assert first and first.todo and first.todo.step.url.endswith("/access/")
    reader = first_of(tasks_of(replace(facts, rights=RIGHTS["reader"])))
    assert reader and reader.todo and not reader.todo.step.url
