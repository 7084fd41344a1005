"""Every page of an alarm in a real Chromium, and the whole way with JavaScript off at 360 px."""

import re
import shutil
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from advocacy.models import Copy, Material
from tests.advocacy.test_urgent import FILLED, a_recipient, as_, as_typed, raised, retagged, signed, to, wait
from tests.browser.axe import sideways
from tests.browser.taken import PICTURES, chromium, faults_of_pages
from tests.factories import a_case
from tests.people import a_person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def taken(client: Client) -> dict[str, str]:
    """Return the HTML of every page of an alarm, refused forms included."""
    wait(30)
    rows = [a_recipient(), a_recipient("Consulate in Orlen", "AU_DIPLO", passes_name_on=True), a_recipient("A lawyer", "AU_COURT", seconded_by=None)]
    html: dict[str, str] = {}

    def take(name: str, answer: Any) -> None:
        assert answer.status_code in {200, 409, 422}, (name, answer.status_code)
        html[name] = answer.content.decode()

    retagged(a_case(codename="Heron"), "Another Person")
    as_(client, "ana")
    take("urgent", client.get(reverse("advocacy:urgent")))
    take("urgent-refused", client.post(reverse("advocacy:urgent"), {"name": "Another Person", "danger": "He needs insulin."}))
    material = raised(client, *rows[:2])
    take("notice", client.get(to("urgent_notice", material)))
    take("notice-refused", client.post(to("urgent_send", material)))
    as_(client, "rui", fresh=True)
    take("sign", client.get(to("urgent_sign", material)))
    take("sign-refused", client.post(to("urgent_sign", material), {"revision": material.revision, "mac": "00"}))
    take("notice-of-a-signer", client.get(to("urgent_notice", material)))
    signed(client, material)
    as_(client, "ana")
    take("notice-signed", client.get(to("urgent_notice", material)))
    wait(0)
    alone = raised(client, *rows[:2], name="Somebody Else")
    client.post(to("urgent_send", alone))
    take("sent", client.get(to("urgent_sent", alone)))
    as_(client, "rui", fresh=True)
    take("look-back", client.get(to("urgent_look_back", alone)))
    take("recipients", client.get(reverse("advocacy:recipients")))
    take("recipient-enter-refused", client.post(reverse("advocacy:recipient_enter"), {"name": "A desk"}))
    take("recipient-approve", client.get(reverse("advocacy:recipient_approve", args=[rows[2].pk])))
    return html


@pytest.mark.django_db
def test_every_page_of_an_alarm_is_clean_in_both_themes_directions_and_widths(client: Client) -> None:
    assert faults_of_pages(taken(client)) == []
