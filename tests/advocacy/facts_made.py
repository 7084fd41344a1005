"""Each fact that a step may rest on, made for a case as people make it; and undone, where it can be."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from advocacy.actions.approaches import NewApproach, record_approach, withdraw_approach
from advocacy.actions.plans import make_plan
from advocacy.actions.replies import NewReply, record_reply, withdraw_reply
from advocacy.actions.results import judge_target, withdraw_outcome
from advocacy.models import Approach, Outcome, Reply, Target
from advocacy.step_facts.of_answers import APPROACHED
from casework.models import Ask, Case, Claim, Consent, Demand
from materials.actions.handing_over import hand_over
from materials.models import Copy, Dispatch, Material, PublicPage
from safety.actions.holds import hold
from safety.models import Posture, RiskAssessment
from tests.advocacy.results_made import a_target, an_outcome
from tests.directory.entries import an_entry
from tests.factories import a_claim, a_consent, a_detention, a_prisoner
from tests.gate.ready import Ready, a_signed_assessment, make_ready
from tests.people import a_person

Make = Callable[[Case], Any]


def a_packet(case: Case) -> None:
    """Fill the five parts of the minimum."""
    a_detention(case)
    a_prisoner(case, "Jan Novak")
    a_claim(case)
    demand = Demand.objects.create(case=case, text="Let an independent doctor see him", aim="doctor")
    Ask.objects.create(case=case, demand=demand, text="Ask for a visit", to="the Minister of Justice")


def a_ruling(case: Case) -> None:
    """Rule on every claim, and on one at least."""
    if not case.claims.exists():
        a_claim(case)
    Claim.objects.filter(case=case).update(verified_by=a_person("rui"), verified_at=timezone.now())


def assessed(kind: str) -> Make:
    """Return how an assessment of this kind is signed."""
    return lambda case: a_signed_assessment(
        case, author=case.lead, signer=a_person("rui"), kind=kind, at=timezone.now()
    )


def a_posture(case: Case, kind: str = "PO_PUBLIC") -> Posture:
    """Decide how visible the case is."""
    return Posture.objects.create(
        case=case,
        number=case.postures.count() + 1,
        kind=kind,
        decided_by=case.lead,
        review_on=timezone.localdate() + dt.timedelta(days=30),
        reason="Asked for",
    )


def fit(case: Case) -> Case:
    """Give a case what the gate asks of it."""
    a_consent(case, ("CI_NAME", "CI_BIO"), ("AU_SUPPORT", "AU_PUBLIC", "AU_DIPLO", "AU_PARL", "AU_UN", "AU_HOLDER"))
    a_posture(case)
    assessed("full")(case)
    return case


def a_paper(kind: str, audience: str) -> Callable[[Case], Ready]:
    """Return how a paper of this kind is signed, so that it may leave."""

    def make(case: Case) -> Ready:
        ready = make_ready(kind, audience, about=[fit(case)])
        Material.objects.filter(pk=ready.material.pk).update(status=Material.Status.CLEARED)
        return ready

    return make


def left(ready: Ready) -> Dispatch:
    """Let a paper leave."""
    row = ready.a_dispatch()
    row.save(force_insert=True)
    Dispatch.objects.filter(pk=row.pk).update(dispatched_at=timezone.now())
    return Dispatch.objects.get(pk=row.pk)


def a_handed_copy(kind: str, audience: str) -> Make:
    """Return how a copy of such a paper is handed over."""

    def make(case: Case) -> Copy:
        ready = a_paper(kind, audience)(case)
        copy = ready.a_copy(left(ready))
        copy.save(force_insert=True)
        Copy.objects.filter(pk=copy.pk).update(dispatched_at=timezone.now())
        return hand_over(actor=case.lead, copy=copy, on=timezone.localdate())

    return make


def a_page(case: Case) -> PublicPage:
    """Publish the supporters' page of a case."""
    row = left(a_paper("SUPPORTER", "AU_SUPPORT")(case))
    return PublicPage.objects.create(dispatch=row, address=f"address-{row.pk.hex[:12]}")


def a_notice(case: Case) -> Dispatch:
    """Write, sign and send a protective notice."""
    return left(make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", about=[fit(case)]))


def a_judgement(case: Case) -> Target:
    """Judge a target."""
    given = {"version": 1, "verdict": "missed", "words": "The bench never sat."}
    return judge_target(actor=case.lead, target=a_target(case), **given)


def an_approach_to(actor_type: str, kind: str = "call") -> Make:
    """Return how somebody of this kind, of another State, is approached."""

    def make(case: Case) -> Approach:
        new = NewApproach(kind=kind, to=an_entry(actor_type=actor_type))
        return record_approach(actor=case.lead, case=case, new=new)

    return make


def an_answer(case: Case) -> Reply:
    """Approach a ministry, which answers."""
    row = an_approach_to("AC_FM")(case)
    return record_reply(actor=case.lead, case=case, approach=row, new=NewReply(kind="RS_ACK"))


MAKES: Mapping[str, Make] = {
    "APPROACHED_MINISTRY": an_approach_to("AC_EMBASSY"),
    "APPROACHED_THIRD": an_approach_to("AC_FAITH", "meeting"),
    "APPROACHED_UN": an_approach_to("AC_UNSP", "submission"),
    "APPROACHED_MEDIA": an_approach_to("AC_MEDIA", "meeting"),
    "ANSWERED_MINISTRY": an_answer,
    "PACKET_MINIMUM": a_packet,
    "CONSENT": lambda case: a_consent(case, at=timezone.now()),
    "CLAIMS_RULED": a_ruling,
    "ASSESSMENT": assessed("rapid"),
    "FULL_ASSESSMENT": assessed("full"),
    "POSTURE": a_posture,
    "HOLD": lambda case: hold(actor=case.lead, case=case, reason="His brother was summoned."),
    "CLEARED_MIN_BRIEF": a_paper("MIN_BRIEF", "AU_DIPLO"),
    "CLEARED_COMM_BRIEF": a_paper("COMM_BRIEF", "AU_PARL"),
    "CLEARED_SUPPORTER": a_paper("SUPPORTER", "AU_SUPPORT"),
    "HANDED_MINISTRY": a_handed_copy("MIN_BRIEF", "AU_DIPLO"),
    "HANDED_UN": a_handed_copy("COMM_BRIEF", "AU_UN"),
    "HANDED_QUESTION": a_handed_copy("QUESTION", "AU_PARL"),
    "HANDED_LETTER": a_handed_copy("OFFICIAL_LETTER", "AU_HOLDER"),
    "HANDED_STOP": a_handed_copy("WITHDRAWAL", "AU_DIPLO"),
    "PUBLISHED": a_page,
    "NOTICE_WRITTEN": a_notice,
    "FOUR_QUESTIONS": a_notice,
    "NOTICE_READ": a_notice,
    "NOTICE_SENT": a_notice,
    "PLAN_BEGUN": lambda case: make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now()),
    "TARGET_JUDGED": a_judgement,
    "OUTCOME": an_outcome,
}


def _unruled(case: Case) -> None:
    Claim.objects.filter(case=case).update(verified_by=None, verified_at=None)


def _withdrawn(case: Case) -> None:
    for reply in Reply.objects.present().filter(case=case):
        withdraw_reply(actor=case.lead, reply=reply, reason="Wrong")
    for row in Approach.objects.present().filter(case=case):
        withdraw_approach(actor=case.lead, approach=row, reason="Wrong")


def _outcomes_withdrawn(case: Case) -> None:
    for row in Outcome.objects.filter(case=case):
        withdraw_outcome(actor=case.lead, outcome=row, reason="It was about somebody else.")


UNDOES: Mapping[str, Callable[[Case], Any]] = {
    "OUTCOME": _outcomes_withdrawn,
    **dict.fromkeys([*APPROACHED, "ANSWERED_MINISTRY"], _withdrawn),
    "PACKET_MINIMUM": lambda case: Ask.objects.filter(case=case).update(removed_at=timezone.now()),
    "CONSENT": lambda case: Consent.objects.filter(case=case).update(withdrawn_at=timezone.now()),
    "CLAIMS_RULED": _unruled,
    "ASSESSMENT": lambda case: RiskAssessment.objects.filter(case=case).update(ended_at=timezone.now()),
    "FULL_ASSESSMENT": lambda case: RiskAssessment.objects.filter(case=case).update(ended_at=timezone.now()),
    "PUBLISHED": lambda case: PublicPage.objects.update(taken_down_at=timezone.now(), taken_down_by=case.lead),
    **{
        code: lambda case: Material.objects.filter(cases=case).update(status=Material.Status.DRAFT)
        for code in ("CLEARED_MIN_BRIEF", "CLEARED_COMM_BRIEF", "CLEARED_SUPPORTER")
    },
}
