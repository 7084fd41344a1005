"""Letters of every script in an alarm: nothing is printed when a case is opened, so no letter keeps it from being opened."""

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.models import Plan
from casework.models import Case, Name
from materials.models import Copy, Material
from papers.pdf import rendering
from tests.advocacy.alarms import a_recipient, as_, as_typed, has_a_role, to, wait
from tests.people import a_person

pytestmark = pytest.mark.django_db
RUNES = "\u16a0\u16a2"
TYPED = [
    {"name": "ဖြိုးမင်းသိန်း"},
    {"name": "ርዕዮት ዓለሙ"},
    {"danger": "The phone says 😡 → tonight ☐"},
    {"danger": "arrêtée\u202f; à 9\u202fh"},
    {"place": "Lower\u2028Tarn"},
]
each = pytest.mark.parametrize("typed", [*TYPED, {"name": RUNES}, {"danger": f"A paper with {RUNES} was found."}])


@each
def test_a_case_opens_without_a_notice_whatever_its_letters(client: Client, typed: dict[str, str]) -> None:
    as_(client, "ana")
    answer = client.post(reverse("advocacy:urgent"), as_typed(without_notice="1", **typed))
    assert answer.status_code == 302
    case = Case.objects.get()
    assert answer["Location"] == reverse("casework:case", args=[case.reference])
    if "name" in typed:
        assert Name.objects.get(case=case).value == typed["name"]


@pytest.mark.skipif(not rendering.is_available(), reason="needs pango")
@pytest.mark.parametrize("typed", TYPED)
def test_a_notice_in_every_script_is_made_with_its_plan_and_its_copies_print(
    client: Client, typed: dict[str, str]
) -> None:
    wait(0)
    as_(client, "ana")
    has_a_role(a_person("ana"))
    answer = client.post(reverse("advocacy:urgent"), as_typed(a_recipient(), **typed))
    assert answer.status_code == 302, answer.content.decode()
    assert Plan.objects.get().template == "URGENT_72H"
    client.post(to("urgent_send", Material.objects.get()))
    assert Copy.objects.get().dispatched_at


@pytest.mark.parametrize("field", ["name", "danger", "place"])
def test_a_notice_that_cannot_be_printed_says_which_letter_and_keeps_what_was_typed(client: Client, field: str) -> None:
    as_(client, "ana")
    typed = as_typed(a_recipient(), **{field: f"Vedran {RUNES}"})
    answer = client.post(reverse("advocacy:urgent"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "runic letter" in page and f"Vedran {RUNES}" in page
    assert not Case.objects.exists()
    client.post(reverse("advocacy:urgent"), {**typed, "without_notice": "1"})
    assert Case.objects.exists()
