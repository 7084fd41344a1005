"""The pages on which a second person is asked, in a real Chromium: empty, filled, refused, asked by another, done."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from materials.models import Material
from safety.models import RiskAssessment
from tests.advocacy.journeys import cleared, fit_for_the_public, in_review
from tests.browser.taken import faults_of_pages
from tests.factories import on_case
from tests.gate.near_misses import triggers_off
from tests.materials import test_critical_exception as critical
from tests.materials.packets import a_full_packet
from tests.materials.test_public_pages import publish
from tests.people import a_person, signed_in
from web import sweeps

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(900)]
FULL = {"kind": "SUPPORTER", "audience": "AU_SUPPORT", "stop_on": dt.date(2027, 1, 15)}
FREE = {"is_free": "on"}
LAWYER = (
    "His lawyer, Renske Aldous, by telephone on Monday: she agrees, and asks that the date of the appeal is not named."
)
LONG = (
    "He may be executed this week, and the prison service has answered nobody since Friday.\n\nHis sister says that he "
    "asked for his name to be said aloud. See https://practice.example/statements/2026/a-very-long-address-of-a-statement"
)
Take = Callable[..., None]


def pages_of(client: Client) -> dict[str, str]:
    """Return the HTML of every page by name."""
    taken: dict[str, str] = {}

    def take(name: str, page: str, material: Material, person: str, sent: Any = None) -> None:
        signed_in(client, a_person(person), fresh=True)
        address = reverse(f"materials:{page}", args=[material.pk])
        answer = client.get(address, follow=True) if sent is None else client.post(address, sent, follow=True)
        taken[name] = answer.content.decode()
        assert answer.status_code in {200, 422}, (name, answer.status_code)

    take_the_exception(take)
    take_more_days(take)
    take_the_second_look(take)
    return taken


def take_the_exception(take: Take) -> None:
    """Take the exception at a critical risk."""
    case = fit_for_the_public(a_full_packet(codename="Heron"))
    material = in_review(case, **FULL)
    for person, role in (("rui", "reviewer"), ("dara", "director"), ("leila", "liaison")):
        on_case(case, person, role)
    said = {"lawyer_view": LAWYER, "reason": LONG}
    take("exception-not-needed", "exception", material, "ana")
    critical.assess(case, danger_now="grave", not_acting={"likelihood": 2, "impact": 2})
    take("exception-empty", "exception", material, "ana")
    take("exception-reader", "exception", material, "leila")
    take("exception-faulty", "exception", material, "ana", {"lawyer_view": "", "reason": ""})
    take("exception-refused", "exception", material, "ana", said)
    critical.fit(material)
    take("exception-asked", "exception", material, "ana", said)
    take("exception-asked-by-another", "exception", material, "rui")
    take("exception-sign", "sign_exception", material, "rui")
    take("exception-sign-faulty", "sign_exception", material, "rui", {"is_free": ""})
    take("exception-signed-once", "sign_exception", material, "rui", FREE)
    take("exception-sign-refused", "sign_exception", material, "rui", FREE)
    take("exception-granted", "sign_exception", material, "dara", FREE)
    take("exception-ended", "end_exception", material, "dara", {})


def a_page(client: Client, codename: str) -> Material:
    """Return a material that ana has published."""
    material = cleared(fit_for_the_public(a_full_packet(codename=codename)), **FULL)
    publish(signed_in(client, a_person("ana")), material)
    on_case(material.cases.get(), "leila", "liaison")
    return material


def take_more_days(take: Take) -> None:
    """Take more days for a page that runs out."""
    material = a_page(Client(), "Plover")
    take("days-empty", "extension", material, "ana")
    at = timezone.now() + dt.timedelta(days=3)
    row = RiskAssessment.objects.get(case=material.cases.get(), material_id=None)
    row.signed_at, row.expires_at, row.granted_until = at - dt.timedelta(days=30), at, at
    with triggers_off():
        row.save()
    sweeps.daily()
    take("days-filled", "extension", material, "ana")
    take("days-reader", "extension", material, "leila")
    take("days-faulty", "extension", material, "ana", {"reason": ""})
    take("days-asked", "extension", material, "ana", {"reason": LONG})
    take("days-refused", "extension", material, "ana", {"reason": LONG})
    take("days-asked-by-another", "extension", material, "rui")
    take("days-agree", "agree_extension", material, "rui")
    take("days-agree-faulty", "agree_extension", material, "rui", {"is_free": ""})
    take("days-agreed", "agree_extension", material, "rui", FREE)
    take("days-agree-refused", "agree_extension", material, "rui", FREE)


def take_the_second_look(take: Take) -> None:
    """Take the second look at a page that was taken down."""
    material = a_page(Client(), "Quince")
    take("down-taken", "take_down", material, "ana", {})
    take("down-material-of-a-signer", "material", material, "rui")
    take("down-asked-by-another", "taken_down", material, "rui")
    take("down-refused", "taken_down", material, "rui", {"note": "x" * 2001})
    take("down-done", "taken_down", material, "rui", {"note": LONG})
    take("down-empty", "taken_down", material, "rui")


def test_every_page_for_a_second_person_is_clean_and_never_scrolls_sideways(client: Client) -> None:
    assert faults_of_pages(pages_of(client)) == []
