"""As it was seen: somebody who is not on a case raises the alarm for the same person. From there to the ruling, in pages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.actions import cases, people
from casework.actions.consent import record_wish
from casework.models import Case, PossibleTwin
from materials.models import Copy, Material
from safety.models import LeakScan
from tests.advocacy.alarms import a_recipient, as_, raised, signed, to
from tests.factories import on_case
from tests.people import a_person
from work.models import Notice

pytestmark = pytest.mark.django_db
NEUTRAL = "A signer looks at this first."
PHONE = "+386 40 123 456"


@pytest.fixture
def first() -> Case:
    """The case that was there: a wish for silence, the wife's telephone, rui to sign; ana may not see it."""
    tomas = a_person("tomas")
    names = [("legal", "Latn", "Ilias Varanen")]
    case = cases.open_case(actor=tomas, codename="Kestrel", country="BLR", names=names)
    on_case(case, "rui", "reviewer")
    on_case(case, "leila", "liaison")
    wife = {"kind": "family", "name": "Nadia Sorel", "phone": PHONE}
    people.add_contact(actor=tomas, case=case, values=wife)
    return case


def silence(case: Case, wants: str = "silence") -> None:
    record_wish(actor=a_person("leila"), case=case, wants=wants, told_by="To his lawyer, alone.")


def new_case(material: Material) -> Case:
    return Case.objects.get(pk=material.cases.get().pk)


def in_words(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_wish_for_silence_of_the_first_case_stops_the_alarm_until_a_signer_rules(
    client: Client, first: Case
) -> None:
    silence(first)
    material = raised(client, a_recipient())
    page = in_words(client.get(to("urgent_notice", material)))
    assert NEUTRAL in page and "Kestrel" not in page and "One person" not in page
    case = new_case(material)
    assert set(Notice.objects.filter(kind="casework.twin.found").values_list("user__username", flat=True)) == {
        "rui",
        "tomas",
    }
    sign = in_words(as_(client, "rui", fresh=True).get(to("urgent_sign", material)))
    assert f"This person may also be in case Kestrel, {first.reference}." in sign
    refused = signed(client, material)
    assert refused.status_code == 409 and NEUTRAL in in_words(refused)
    sent = as_(client, "ana").post(to("urgent_send", material))
    assert sent.status_code == 409 and NEUTRAL in in_words(sent) and "Kestrel" not in in_words(sent)
    assert not Copy.objects.exists()
    where = reverse("safety:rule_on_twin", args=[case.reference, PossibleTwin.objects.get().pk])
    ruled = as_(client, "rui", fresh=True).post(where, {"verdict": "another", "reason": "Born 20 years later."})
    assert ruled.status_code == 302
    assert signed(client, material).status_code == 302
    assert as_(client, "ana").post(to("urgent_send", material)).status_code == 302
    assert Copy.objects.get().dispatched_at


def test_a_wish_that_comes_after_the_signature_keeps_what_waits_in_the_house(client: Client, first: Case) -> None:
    material = raised(client, a_recipient())
    assert signed(client, material).status_code == 302
    silence(first)
    sent = in_words(as_(client, "ana").post(to("urgent_send", material)))
    assert NEUTRAL in sent and "Kestrel" not in sent and not Copy.objects.exists()
    silence(first, "publicity")
    assert as_(client, "ana").post(to("urgent_send", material)).status_code == 302


def test_the_telephone_of_the_wife_does_not_pass_as_clean(client: Client, first: Case) -> None:
    material = raised(client, a_recipient(), ask=f"Ask his wife, {PHONE}, what she needs.")
    scan = LeakScan.objects.filter(material_id=material.pk).latest("scanned_at")
    assert scan.verdict == "findings"
    page = in_words(client.get(to("urgent_notice", material)))
    assert NEUTRAL in page and "telephone of somebody" not in page and "Kestrel" not in page


def test_whoever_sees_the_first_case_is_led_to_it_before_and_after_the_alarm(client: Client, first: Case) -> None:
    on_case(first, "ana", "researcher")
    row = a_recipient()
    material = raised(client, row, is_other_person="on")
    page = in_words(client.get(to("urgent_notice", material)))
    assert f"This person may also be in case Kestrel, {first.reference}." in page
    assert reverse("casework:case", args=[first.reference]) in page
