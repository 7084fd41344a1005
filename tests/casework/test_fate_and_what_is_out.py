"""A fate takes the public page down at once in whichever way it is typed, and its page lists what is out."""

import datetime as dt
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Case, Detention
from exchange.bringing_in import bring_in
from materials.models import Copy
from tests.advocacy.journeys import a_written, cleared, fit_for_the_public
from tests.casework.fates import TODAY, a_file, at, cover, ended, stops
from tests.directory.entries import chosen
from tests.factories import on_case
from tests.materials.packets import a_full_packet
from tests.people import signed_in

pytestmark = pytest.mark.django_db
WAYS = {
    "cover": lambda client, case: client.post(at("change_case", case), cover(case, status="DS_RELEASED")),
    "detention": lambda client, case: client.post(
        at("change_detention", case, Detention.objects.get(case=case).pk),
        ended(Detention.objects.get(case=case), outcome="DS_DIED"),
    ),
    "import": lambda client, case: bring_in(actor=case.lead, cases=a_file(case, status="DS_ESCAPED")),
    "page": lambda client, case: client.post(at("fate", case), {"status": "DS_BAIL"}),
}


def published(client: Client) -> tuple[Case, Any]:
    """Return a case of somebody who is held and its material, which is out as a public page."""
    material = cleared(
        fit_for_the_public(a_full_packet(status="DS_SENTENCED")),
        kind="SUPPORTER",
        audience="AU_SUPPORT",
        stop_on=TODAY + dt.timedelta(days=17),
    )
    case = material.cases.get()
    signed_in(client, case.lead)
    told = {"codename": case.codename, f"who-{case.pk}": "His sister", f"on-{case.pk}": TODAY.isoformat()}
    client.post(reverse("materials:publish", args=[material.pk]), told)
    return case, material


@pytest.mark.parametrize("way", WAYS)
def test_a_public_page_is_gone_at_once_in_whichever_way_it_is_typed(client: Client, way: str) -> None:
    case, material = published(client)
    page = material.dispatches.get().page
    where = reverse("materials:public_page", args=[page.address])
    assert Client().get(where).status_code == 200
    WAYS[way](client, case)
    assert len(stops(case)) == 1 and Client().get(where).status_code == 410


def test_the_page_lists_what_is_out_and_in_hand_to_those_who_may_see_it(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    material = cleared()
    case = material.cases.get()
    a_written(case)
    signed_in(client, case.lead)
    sent = chosen()
    without_pango = mock.patch("papers.pdf.rendering.is_available", return_value=False)
    with without_pango, django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("materials:dispatch", args=[material.pk]), sent)
    copy = Copy.objects.get()
    page = client.get(at("concerned", case)).content.decode()
    assert "Copy 1, Minister’s office" in page and reverse("materials:copy", args=[copy.pk]) in page
    assert "Draft" in page
    leila = signed_in(Client(), on_case(case, "leila", "reader"))
    page = leila.get(at("concerned", case)).content.decode()
    assert "Minister’s office" not in page and "None that you may see." in page


def test_the_page_lists_public_pages_until_they_are_taken_down(client: Client) -> None:
    case, material = published(client)
    address = reverse("materials:material", args=[material.pk])
    assert f'href="{address}"' in client.get(at("concerned", case)).content.decode()
    client.post(reverse("materials:take_down", args=[material.pk]))
    assert f'href="{address}"' not in client.get(at("concerned", case)).content.decode()


@pytest.mark.parametrize("way", WAYS)
def test_the_offers_stand_on_the_case_in_whichever_way_the_fate_was_typed(client: Client, way: str) -> None:
    case = a_full_packet(status="DS_SENTENCED")
    demand = case.demands.get()
    demand.aim = "release"
    demand.save()
    signed_in(client, case.lead)
    WAYS[way](client, case)
    page = client.get(at("case", case)).content.decode()
    if way == "import":  # the file tells of this case, and changes no fact of it: the stop alone is raised
        assert stops(case) and at("concerned", case) not in page
        return
    assert at("concerned", case) in page and "See what this concerns" in page
    concerned = client.get(at("concerned", case)).content.decode()
    assert "makes no sense while the person is recorded as" in concerned or way == "page"
    assert f"kind={'DEATH_NOTICE' if way == 'detention' else 'UPDATE'}" in concerned


def test_the_offers_stand_on_a_case_that_a_file_brought_in(client: Client) -> None:
    ana = a_full_packet().lead
    bring_in(actor=ana, cases=a_file(Case(codename="Plover", country="XPR"), status="DS_DIED"))
    case = Case.objects.get(status="DS_DIED")
    signed_in(client, ana)
    assert "kind=DEATH_NOTICE" in client.get(at("case", case)).content.decode()
    assert "kind=DEATH_NOTICE" in client.get(at("concerned", case)).content.decode()
