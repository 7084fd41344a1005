"""The pages of the load and of days away, in a real Chromium, in every mode."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence
from tests.browser.taken import faults_of_pages
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from tests.web.test_forgotten import worked
from tests.web.test_load import a_bare_plan, a_step, waits

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(600)]
DAY = dt.timedelta(days=1)
LONG = "A-step-whose-title-has-no-place-to-break-and-goes-on-and-on-as-an-address-would-do"


def pages(client: Any) -> dict[str, str]:
    """Take each page as the person who meets it."""
    case, dara = a_case(codename="Heron"), a_person("dara")
    plan, rui = a_bare_plan(case), on_case(case, "rui", "researcher")
    on_case(case, "dara", "director")
    first = a_step(plan, LONG, -DAY, owner=rui, moves=3)
    waits(a_step(plan, "اتصلي بالمحامية قبل الظهر", 3 * DAY), first)
    a_step(plan, "Nobody's", DAY, owner=False)
    for number in range(12):
        worked(a_case(codename=f"Sedge {number}"), ago=30 + number)
    today = timezone.localdate()
    for person, deputy in ((rui, case.lead), (dara, rui)):
        span = {"begins_on": today, "ends_on": today + 3 * DAY}
        Absence.objects.create(user=person, deputy=deputy, written_by=person, **span)

    def take(name: str, *args: Any, query: str = "", data: Any = None) -> str:
        url = reverse(name, args=args) + query
        return str((client.post(url, data) if data is not None else client.get(url)).content.decode())

    signed_in(client, case.lead)
    taken = {
        "today": take("web:today"),
        "mine": take("web:load"),
        "office": take("web:load", query="?of=office"),
        "case": take("web:load", query=f"?of=case&case={case.reference}"),
        "case-unknown": take("web:load", query="?of=case&case=ZZZZ-2345"),
        "slips": take("web:load", query="?of=office&list=slips"),
        "forgotten": take("web:forgotten"),
        "sheet": take("web:forgotten_sheet"),
        "away": take("accounts:away"),
        "away-refused": take("accounts:away", data={"begins_on": "soon", "ends_on": "", "deputy": ""}),
    }
    signed_in(client, dara)
    taken |= {"away-written": take("accounts:away"), "away-of": take("accounts:away_of", rui.pk)}
    signed_in(client, a_person("sam"))
    return taken | {"load-empty": take("web:load"), "forgotten-empty": take("web:forgotten"), "me": take("accounts:me")}


def test_the_pages_of_the_load_are_whole_in_every_mode(client: Any) -> None:
    assert faults_of_pages(pages(client)) == []
