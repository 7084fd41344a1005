"""Every page of safety in a real Chromium: light and dark, both directions, 360 and 1280 px, refused forms included."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from safety import actions
from tests.browser.taken import faults_of_pages
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from tests.safety.answers import (
    a_harm,
    a_signed_assessment,
    an_assessment,
    answered_unseen,
    as_typed,
    calm_answers,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(300)]


def a_case_with_a_history() -> Any:
    case = a_case(codename="Heron")
    for username, role in (("rui", "reviewer"), ("dara", "director"), ("sam", "reader")):
        on_case(case, username, role)
    harms = [("HC_FAMILY", 4, 4, 2, 4, "Agree the wording with his brother first.", case.lead), ("HC_PRIVACY", 2, 2)]
    a_signed_assessment(case, case.lead, a_person("rui"), harms=harms)
    decided = {"reason": "Quiet work has ended.", "review_on": a_day_later(), "embargo_until": None}
    actions.decide_posture(actor=case.lead, case=case, kind="PO_REACTIVE", **decided)
    actions.note_risk_event(actor=case.lead, case=case, code="TR_FAMTHREAT", what="His brother was summoned.")
    actions.note_risk_event(actor=case.lead, case=case, code="TR_HEARING", what="The appeal is heard on 26 November.")
    return case


def a_day_later() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=30)


def pages_of(client: Any) -> dict[str, str]:
    """Return the HTML of every page by name, as the people who meet it see it."""
    case = a_case_with_a_history()
    harms = [("HC_LIFE", 2, 5), ("HC_FAMILY", 2, 3)]
    notes = {
        "RQ03": "It was put off to January.",
        "RQ04": "The summons was about a tax matter; his brother says so.",
    }
    waiting = an_assessment(case, case.lead, harms=harms, notes=notes)
    ana, rui = case.lead, a_person("rui")
    taken: dict[str, str] = {}

    def take(name: str, page: str, user: Any, *args: Any, sent: Any = None, query: str = "") -> None:
        address = reverse(f"safety:{page}", args=[case.reference, *args] if page != "office_safety" else [])
        signed_in(client, user, fresh=True)
        answer = client.get(address + query) if sent is None else client.post(address + query, sent)
        taken[name] = answer.content.decode()
        assert answer.status_code in {200, 409, 422}, (name, answer.status_code)

    take("safety", "safety", rui)
    take("safety-as-reader", "safety", a_person("sam"))
    take("assess", "assess", ana, query=f"?from={waiting.pk}")
    take("assess-full", "assess", ana, query="?kind=full")
    take("assess-refused", "assess", ana, sent=as_typed(harms=[a_harm(likelihood="")], RQ04="yes", worst_case=""))
    alarm = {"RQ03": "yes", "RQ04": "not_known", "RQ05": "yes", "RQ10": "yes", "step": "add"}
    take("assess-opened", "assess", ana, sent=as_typed(harms=[a_harm()], **alarm))
    take("assessment", "assessment", ana, waiting.pk)
    take("sign", "sign_assessment", rui, waiting.pk)
    take("sign-refused", "sign_assessment", rui, case.risk_assessments.order_by("number").first().pk)
    take("posture", "posture", ana, sent={"kind": "PO_EMBARGO"})
    take("trigger", "new_risk_event", ana, sent={})
    take("risk_event", "risk_event", rui, case.risk_events.first().pk)
    take("hold", "hold", ana)
    held = actions.hold(actor=ana, case=case, reason="His brother was summoned this morning.")
    take("on-hold", "hold", ana)
    actions.ask_to_lift(actor=ana, hold=held, reason="The lawyer agrees; he is home.")
    take("on-hold-asked", "hold", rui)
    take("lift", "lift", rui, held.pk, sent={"codename": "Wren"})
    take("safety-on-hold", "safety", rui)
    take("office", "office_safety", a_person("dara"))
    return taken


def pages_of_two_in_turn(client: Any) -> dict[str, str]:
    """Return what stands around a kept draft, and around a signer's own answers where both differ."""
    case = a_case(codename="Plover")
    for username, role in (("rui", "reviewer"), ("mara", "researcher")):
        on_case(case, username, role)
    ana, mara, rui = case.lead, a_person("mara"), a_person("rui")
    assess = reverse("safety:assess", args=[case.reference])
    signed_in(client, ana).post(assess, as_typed(RQ04="yes", FQ02="The Interior Ministry.", step="keep"))
    taken = {
        "safety-with-a-draft": signed_in(client, mara).get(reverse("safety:safety", args=[case.reference])),
        "assess-draft": client.get(assess),
        "assess-fault-in-a-harm": client.post(assess, as_typed(harms=[a_harm(likelihood=2, impact="")], RQ04="yes")),
    }
    harms, more = [("HC_FAMILY", 3, 4), ("HC_CUSTODY", 3, 2)], {"full": told("RQ04")}
    row = an_assessment(case, ana, harms=harms, answers=calm_answers(RQ04="yes"), more=more)
    sign = reverse("safety:sign_assessment", args=[case.reference, row.pk])
    signed_in(client, rui, fresh=True)
    taken["second-set-refused"] = client.post(sign, {"step": "second"})
    answered_unseen(row, rui, RQ04="no", RQ08="no", RQ11="not_known")
    taken["sign-refused-where-both-differ"] = client.post(sign, {"is_free": ""})
    assert [answer.status_code for answer in taken.values()] == [200, 200, 422, 422, 422]
    return {name: answer.content.decode() for name, answer in taken.items()}


def test_every_page_is_clean_and_never_scrolls_sideways(client: Any) -> None:
    assert faults_of_pages(pages_of(client) | pages_of_two_in_turn(client)) == []
