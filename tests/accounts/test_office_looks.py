"""The pages of the office and of one's own account, and the same words saved again, in a real Chromium."""

import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import PendingAct, User
from casework.models import Case
from tests.accounts.conftest import Office
from tests.accounts.people import a_person
from tests.accounts.signing_in import sign_in
from tests.accounts.test_sessions_page import EDGE, PHONE
from tests.browser.taken import faults_of_pages
from tests.factories import a_case

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(400)]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w{64})"')
LONG = "She told me in person that her telephone was taken at the border, on the evening of the third, with the tablet."


def taken_by(client: Client, person: User, pages: dict[str, tuple[str, dict[str, str] | None]]) -> dict[str, str]:
    """Return the HTML of these pages as this person meets them, forms that are sent included."""
    sign_in(client, person, fresh=True)
    taken = {}
    for name, (address, sent) in pages.items():
        answer = client.get(address) if sent is None else client.post(address, sent)
        assert answer.status_code in {200, 404, 409, 422}, (name, answer.status_code)
        taken[name] = answer.content.decode()
    return taken


def an_office_at_work(office: Office) -> None:
    """Somebody is invited, somebody left, a role and a reset wait, and an administrator too many would go."""
    actions.invite(
        actor=office.admin, name="María-José Ümit Ó Conchobhair-Żółkiewska", username="maria", email="m@o.example"
    )
    gone = a_person("gone", "auditor", name="Gone Person")
    actions.deactivate(actor=office.admin, person=gone)
    actions.propose_role(actor=office.admin, person=office.ana, role="reviewer", reason=LONG)
    actions.propose_reset(actor=office.admin, person=office.noor, what=PendingAct.Kind.RESET_FACTOR, reason=LONG)


def pages_of(office: Office, client: Client) -> dict[str, str]:
    """Return the HTML of every page by name."""
    people, acts = reverse("accounts:people"), reverse("accounts:acts")
    before = {
        "people-alone": (people, None),
        "acts-none": (acts, None),
        "person-bare": (reverse("accounts:person", args=[office.ana.pk]), None),
    }
    taken = taken_by(client, office.admin, before)
    an_office_at_work(office)
    role, reset = PendingAct.objects.order_by("pk")
    gone = User.objects.get(username="gone")
    at_work = {
        "people": (people, None),
        "acts": (acts, None),
        "act-own": (reverse("accounts:act", args=[role.pk]), None),
        "act-refused": (reverse("accounts:act", args=[role.pk]), {}),
        "person": (reverse("accounts:person", args=[office.ana.pk]), None),
        "person-closed": (reverse("accounts:person", args=[gone.pk]), None),
        "person-founder": (reverse("accounts:person", args=[office.greg.pk]), None),
        "invite": (reverse("accounts:invite"), None),
        "invite-refused": (reverse("accounts:invite"), {"name": "", "username": "ana", "email": "none"}),
    }
    taken |= taken_by(client, office.admin, at_work)
    taken |= taken_by(client, office.greg, {"act": (reverse("accounts:act", args=[reset.pk]), None)})
    return taken | taken_by(client, office.ana, {"office-of-nobody": (people, None)})


def pages_of_ones_own(office: Office, client: Client) -> dict[str, str]:
    """Return the account of somebody with two sessions, and a closing that waits because too few would be left."""
    sign_in(client, office.fara)
    for says, browser in ((PHONE, Client()), (EDGE, client)):
        key = sign_in(browser, office.fara).session.row_key
        UserSession.objects.filter(session_key=key).delete()
        UserSession.objects.create(user=office.fara, ip="127.0.0.1", user_agent=says, session_key=key)
    mine = {"account": (reverse("accounts:me"), None), "sessions": (reverse("accounts:sessions"), None)}
    taken = taken_by(client, office.fara, mine)
    assert "Edge on Windows" in taken["sessions"] and "End all other sessions" in taken["sessions"]
    actions.deactivate(actor=office.fara, person=office.admin)
    closing = actions.propose_deactivation(actor=office.fara, person=office.greg, reason=LONG)
    waits = {
        "act-that-waits": (reverse("accounts:act", args=[closing.pk]), None),
        "person-last": (reverse("accounts:person", args=[office.greg.pk]), None),
    }
    return taken | taken_by(client, office.fara, waits)


def pages_of_a_case(ana: User) -> dict[str, str]:
    """Return the page with the same words saved again, and those around a new codename."""
    client = sign_in(Client(enforce_csrf_checks=True), ana)
    case: Case = a_case(codename="Heron", lead=ana)
    address = reverse("casework:add_demand", args=[case.reference])
    sent = {"text": LONG, "aim": "release", "rank": "1"}
    statuses, page = [], client.get(address).content.decode()
    for _time in range(2):
        answer = client.post(address, {**sent, "csrfmiddlewaretoken": TOKEN.findall(page)[-1]})
        statuses.append(answer.status_code)
        page = client.get(address).content.decode()
    assert statuses == [302, 409]
    change = reverse("casework:change_case", args=[case.reference])
    page = client.get(change).content.decode()
    token = {"csrfmiddlewaretoken": TOKEN.findall(page)[-1]}
    drawn = client.post(reverse("casework:draw_codename", args=[case.reference]), token, follow=True)
    assert "The codename is now" in drawn.content.decode()
    return {"saved-before": answer.content.decode(), "cover": page, "codename-drawn": drawn.content.decode()}


def test_every_page_of_the_office_is_clean_and_never_scrolls_sideways(office: Office, client: Any) -> None:
    pages = pages_of(office, client) | pages_of_a_case(office.ana) | pages_of_ones_own(office, client)
    assert faults_of_pages(pages) == []
