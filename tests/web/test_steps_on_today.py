"""A late step is closed or moved on Today itself: opened in one load, done in the next."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from advocacy.actions.plans import make_plan
from advocacy.models import Milestone
from casework.models import Case
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def a_late_step(case: Case, **fields: Any) -> Milestone:
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now())
    row = plan.milestones.earliest("due_at")
    plan.milestones.exclude(pk=row.pk).update(due_at=timezone.now() + dt.timedelta(days=60))
    columns = {"owner": case.lead, "due_at": timezone.now() - dt.timedelta(days=3), **fields}
    plan.milestones.filter(pk=row.pk).update(**columns)
    row.refresh_from_db()
    return row


def today(client: Client, query: str = "") -> str:
    return html.unescape(client.get(f"/{query}").content.decode())


def form_of(text: str, act: str) -> dict[str, str]:
    """Return what the opened form of this act holds, as a browser would send it."""
    form = re.search(rf'<form method="post" action="[^"]*/{act}/".*?</form>', text, re.S)
    assert form, act
    fields = re.findall(r"<(?:input|textarea)[^>]*>", form[0])
    named = [(re.search(r'name="([^"]+)"', field), re.search(r'value="([^"]*)"', field)) for field in fields]
    kept = {
        name[1]: value[1] if value else "" for name, value in named if name and 'type="checkbox"' not in name.string
    }
    return {**kept, "action": re.search(r'action="([^"]+)"', form[0])[1]}  # type: ignore[index]


def test_a_late_step_is_done_on_today_in_two_loads(client: Client) -> None:
    row = a_late_step(a_case(codename="Heron"))
    signed_in(client, row.case.lead)
    assert f'href="?step={row.pk}#step"' in today(client)
    opened = form_of(today(client, f"?step={row.pk}"), "complete")
    answer = client.post(opened.pop("action"), {**opened, "evidence": "Rui and Ana met the family."}, follow=True)
    assert answer.request["PATH_INFO"] == "/" and "The step is done." in answer.content.decode()
    row.refresh_from_db()
    assert row.done_at and row.done_by == row.case.lead and row.evidence == "Rui and Ana met the family."
    assert f"?step={row.pk}" not in today(client)


def test_a_late_step_is_moved_on_today(client: Client) -> None:
    row = a_late_step(a_case(codename="Heron"))
    signed_in(client, row.case.lead)
    opened = form_of(today(client, f"?step={row.pk}"), "move")
    day = timezone.localdate() + dt.timedelta(days=4)
    typed = {"on_0": str(day.day), "on_1": str(day.month), "on_2": str(day.year), "on": day.isoformat()}
    answer = client.post(opened.pop("action"), {**opened, **typed}, follow=True)
    assert answer.request["PATH_INFO"] == "/" and "The step was moved" in answer.content.decode()
    row.refresh_from_db()
    assert timezone.localdate(row.due_at) == day


def test_a_faulty_answer_is_told_at_its_field_and_keeps_what_was_typed(client: Client) -> None:
    row = a_late_step(a_case(codename="Heron"))
    signed_in(client, row.case.lead)
    opened = form_of(today(client, f"?step={row.pk}"), "complete")
    answer = client.post(opened.pop("action"), {**opened, "evidence": " "})
    assert answer.status_code == 422 and "Say what shows that it is done." in html.unescape(answer.content.decode())
    row.refresh_from_db()
    assert row.done_at is None


def test_who_may_not_close_a_step_is_shown_no_form_and_a_stranger_no_step(client: Client) -> None:
    row = a_late_step(a_case(codename="Heron"))
    reader = on_case(row.case, "leila", "reader")
    assert "/complete/" not in today(signed_in(Client(), reader), f"?of=cases&step={row.pk}")
    text = today(signed_in(client, a_person("sam")), f"?step={row.pk}")
    assert "/complete/" not in text and "Heron" not in text and (row.title or "?") not in text


@pytest.mark.parametrize("key", ["", "1", "x" * 40, "00000000-0000-4000-8000-000000000000"])
def test_a_step_that_is_none_opens_nothing(client: Client, key: str) -> None:
    row = a_late_step(a_case(codename="Heron"))
    text = today(signed_in(client, row.case.lead), f"?step={key}")
    assert "/complete/" not in text and "Late" in text


def test_nothing_but_today_is_gone_back_to(client: Client) -> None:
    row = a_late_step(a_case(codename="Heron"))
    signed_in(client, row.case.lead)
    opened = form_of(today(client, f"?step={row.pk}"), "complete") | {"came_from": "https://elsewhere.example/"}
    answer = client.post(opened.pop("action"), {**opened, "evidence": "Done by telephone."})
    assert answer.status_code == 302 and answer["Location"].startswith(f"/cases/{row.case.reference}/")
