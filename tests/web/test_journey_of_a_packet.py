"""One modest packet from nothing, through HTTP without scripts: how many pages are loaded, and how many boxes filled in.

It took 96 loads and 137 boxes when every claim, source, event and box of consent had a page or a tick of its own. Counted
are pages that were received (what a redirect leads to is the page that follows it) and boxes that somebody wrote into,
ticked or chose; what a page brings filled in is nobody's work.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Case, Citation, Claim, Consent, Detention, Source, TimelineEvent
from tests.casework.sheet import address, new_row
from tests.casework.sheet import boxes as boxes_of
from tests.casework.test_claims_table import new_source
from tests.casework.test_three_questions import HIS_OWN, Sent
from tests.factories import on_case
from tests.packet.filling import boxes, event
from tests.packet.test_story import SIX
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
LOADS_BEFORE, BOXES_BEFORE = 96, 137
MOST_LOADS, MOST_BOXES = 30, 110


class Walker:
    """Somebody at a browser; every page and every box that they fill in is counted."""

    def __init__(self) -> None:
        self.loads = self.boxes = 0

    def get(self, client: Client, url: str) -> Any:
        return self._received(client.get(url, follow=True))

    def post(self, client: Client, url: str, base: dict[str, Any], filled: dict[str, Any], **press: str) -> Any:
        self.boxes += sum(len(value) if isinstance(value, list) else 1 for value in filled.values())
        return self._received(client.post(url, {**base, **filled, **press}, follow=True))

    def _received(self, answer: Any) -> Any:
        assert answer.status_code == 200
        self.loads += 1
        return answer


def opened_case(walker: Walker, ana: Client) -> tuple[Case, Any]:
    url = reverse("casework:open_case")
    form = boxes_of(walker.get(ana, url).content.decode(), 'class="stack"')
    told = {"country": "XPR", "status": "DS_APPEAL", "public_label": "A newspaper editor"}
    page = walker.post(ana, url, form, told)
    return Case.objects.get(), page


def add_events(walker: Walker, ana: Client, case: Case, page: Any) -> None:
    for text, on in SIX:
        page = walker.post(ana, reverse("casework:case", args=[case.reference]), boxes(page), event(text, on))


def add_detention(walker: Walker, ana: Client, case: Case) -> None:
    url = reverse("casework:add_detention", args=[case.reference])
    form = boxes_of(walker.get(ana, url).content.decode(), 'class="stack"')
    told = {"started_0": "14", "started_1": "3", "started_2": "2025", "taken_by": "Officers of the ministry"}
    walker.post(ana, url, form, told | {"authority": "Prison service", "legal_basis": "Penal Code, art. 214"})


def add_claims(walker: Walker, ana: Client, case: Case) -> None:
    page = walker.get(ana, address(case))
    page = walker.post(ana, address(case), boxes_of(page.content.decode()), {}, more="1")
    judgment = {"secrecy": "AT_RECORD", "attribution": "the judgment"}
    ruled = {"items": ["CI_BIO"], "status": "VS_DOC", "credibility": "1"}
    filled = {
        **new_row(1, text="A court sentenced him.", on="2 June 2026", **ruled),
        **new_source(1, "Judgment", "S_COURTDOC", **judgment),
        **new_row(2, text="He was arrested at the office.", on="about 14 March 2025", add="new-n1", **ruled),
        **new_row(3, text="He was questioned alone.", on="14 to 19 March 2025", **ruled),
        **new_source(3, "Lawyer's note", "S_LAWYER", secrecy="AT_BACKGROUND", attribution="his lawyer"),
        **new_row(4, text="The accountant was not heard.", on="June 2026", add="new-n3", **ruled),
        **new_row(5, text="It is about tax.", on="2026", use="authorities", discloses_nothing="on", status="VS_DOC"),
        **new_row(5, credibility="1"),
        **new_source(5, "Statement", "S_OFFICIAL", **judgment),
    }
    walker.post(ana, address(case), boxes_of(page.content.decode()), filled)


def record_consent(walker: Walker, leila: Client, case: Case) -> None:
    url = reverse("casework:add_consent", args=[case.reference])
    form = Sent(walker.get(leila, url).content.decode()).values
    shown = walker.post(leila, url, form, HIS_OWN)
    walker.post(leila, url, Sent(shown.content.decode()).values, {}, save="1")


def test_a_modest_packet_takes_sixteen_pages_and_seventy_seven_boxes(client: Client) -> None:
    walker, ana = Walker(), signed_in(client, a_person("ana"))
    case, page = opened_case(walker, ana)
    add_events(walker, ana, case, page)
    add_detention(walker, ana, case)
    add_claims(walker, ana, case)
    on_case(case, "leila", "liaison")
    record_consent(walker, signed_in(Client(), a_person("leila")), case)
    counted = {model: model.objects.filter(case=case).count() for model in (TimelineEvent, Detention, Source, Claim)}
    assert counted == {TimelineEvent: 6, Detention: 1, Source: 3, Claim: 5}
    assert Citation.objects.filter(case=case).count() == 5 and Claim.objects.filter(status="VS_DOC").count() == 5
    assert Consent.objects.filter(case=case, status="CS_LIMITED").exists()
    assert (walker.loads, walker.boxes) == (16, 77)
    assert walker.loads <= MOST_LOADS < LOADS_BEFORE and walker.boxes <= MOST_BOXES < BOXES_BEFORE
