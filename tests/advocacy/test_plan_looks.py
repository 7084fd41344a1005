"""Today, the plan and its steps in a real Chromium: light and dark, narrow and wide, left to right and right to left."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy import reminder_sweep
from advocacy.actions.milestones import complete, drop
from advocacy.actions.plans import make_plan
from casework.models import Case
from safety.actions.holds import hold
from tests.browser.taken import faults_of_pages
from tests.factories import a_case, a_consent, on_case
from tests.people import a_person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(600)]


def a_busy_case(codename: str, *, template: str, started: dt.timedelta, done: tuple[str, ...] = ()) -> Case:
    """A case with its team and a plan in which some steps are done."""
    case = a_case(codename=codename)
    for username, role in (("leila", "liaison"), ("tomas", "legal"), ("rui", "reviewer"), ("sam", "communications")):
        on_case(case, username, role)
    plan = make_plan(
        actor=case.lead, case=case, template=template, starts_at=timezone.now() - started, now=timezone.now() - started
    )
    for key in done:
        row = plan.milestones.filter(key=key).first()
        complete(actor=case.lead, milestone=row, version=row.version, evidence="Noted in the safe.")
    return case


def pages(client: Any) -> dict[str, str]:
    """Take each page as the person who meets it."""
    ana = a_person("ana")
    heron = a_busy_case(
        "Heron", template="SIX_WEEK", started=dt.timedelta(days=16), done=("1", "2", "3", "4", "5", "6", "8", "9", "R2")
    )
    drop(actor=ana, milestone=(row := heron.milestones.get(key="7")), version=row.version, reason="The envoy retired.")
    quince = a_busy_case("Quince", template="URGENT_72H", started=dt.timedelta(hours=20), done=("1", "3"))
    plover = a_busy_case("Plover", template="SIX_WEEK", started=dt.timedelta(days=25), done=("1", "2", "3", "4"))
    a_consent(heron, ("CI_NAME",), ("AU_DIPLO",), lasts=dt.timedelta(days=6))
    alder = a_case(codename="Alder")
    signed_in(client, ana)

    def take(name: str, *args: Any, query: str = "", data: Any = None) -> str:
        url = reverse(name if ":" in name else f"advocacy:{name}", args=args) + query
        return str((client.post(url, data) if data is not None else client.get(url)).content.decode())

    taken = {"today-unswept": take("web:today")}
    reminder_sweep.sweep_reminders()
    taken["today"] = take("web:today")
    hold(actor=a_person("leila"), case=plover, reason="His brother was summoned this morning.")
    taken["plan-held-no-fallback"] = take("plan", plover.reference)
    make_plan(actor=ana, case=plover, template="FALLBACK", starts_at=timezone.now())
    taken |= {"today-held": take("web:today", query="?of=cases"), "plan-held": take("plan", plover.reference)}
    late = heron.milestones.get(key="10")
    steps = heron.reference, late.pk
    taken |= {
        "plan": take("plan", heron.reference),
        "plan-hours": take("plan", quince.reference),
        "plan-none": take("plan", alder.reference),
        "plan-new": take("plan_new", alder.reference),
        "plan-new-refused": take("plan_new", alder.reference, data={"on": "tomorrow"}),
        "plan-move": take("plan_move", heron.reference, late.plan_id),
        "plan-end": take("plan_end", heron.reference, late.plan_id),
        "step": take("milestone", heron.reference, heron.milestones.get(key="12").pk),
        "step-done": take("milestone", heron.reference, heron.milestones.get(key="5").pk),
        "step-refused": take("complete_milestone", *steps, data={"version": late.version, "evidence": ""}),
        "step-meanwhile": take("note_milestone", *steps, data={"version": late.version + 7, "note": "Called twice"}),
        "notices": take("web:notices"),
    }
    signed_in(client, a_person("noor"))
    taken |= {"today-empty": take("web:today"), "notices-empty": take("web:notices")}
    return taken


def test_the_pages_of_plans_and_today_are_whole_in_every_mode(client: Any) -> None:
    assert faults_of_pages(pages(client)) == []
