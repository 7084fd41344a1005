"""A protective notice asks about other people too: whom it names may not leave on one person's word."""

import pytest
from django.test import Client

from materials.models import Copy
from safety.leaks import rule_on
from safety.models import LeakFinding, LeakScan
from tests.advocacy.alarms import as_, raised, to, wait
from tests.people import a_person

pytestmark = pytest.mark.django_db


def test_a_notice_that_names_who_took_the_person_does_not_leave_alone_until_a_signer_ruled(client: Client) -> None:
    wait(0)
    material = raised(client, taken_by="Captain Orlov and three men")
    assert [row.words for row in LeakFinding.objects.all()] == ["Captain Orlov"]
    answer = client.post(to("urgent_send", material))
    assert answer.status_code == 409 and "name of another person" in answer.content.decode()
    assert not Copy.objects.exists()
    rule_on(
        actor=a_person("rui"),
        finding=LeakFinding.objects.get(),
        material=material,
        reason="He signs arrests in public.",
    )
    as_(client, "ana")
    assert client.post(to("urgent_send", material)).status_code == 302


def test_the_person_the_place_and_our_own_line_are_not_asked_about(client: Client) -> None:
    wait(0)
    material = raised(client, place="Harthome, Lower Tarn")
    assert LeakScan.objects.get(material_id=material.pk).verdict == "clean"
