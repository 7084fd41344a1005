"""What strangers read: published after a stop, asked at each request, gone without a reason."""

import datetime as dt
import hashlib
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Claim, Consent, FamilyTold
from materials.actions import materials
from materials.models import Dispatch, PublicPage
from safety.models import Clearance, Hold, RiskAssessment
from tests.advocacy.journeys import cleared, fit_for_the_public, in_review
from tests.factories import on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client: Client) -> Client:
    return signed_in(client, a_person("ana"))


def supporters() -> Any:
    """Return a cleared supporters' page."""
    return cleared(
        fit_for_the_public(a_full_packet()),
        kind="SUPPORTER",
        audience="AU_SUPPORT",
        stop_on=timezone.localdate() + dt.timedelta(days=17),
    )


def answers(material: Any, **changed: Any) -> dict[str, Any]:
    case = material.cases.get()
    data = {
        "codename": case.codename,
        f"who-{case.pk}": "His sister, by telephone",
        f"on-{case.pk}": timezone.localdate().isoformat(),
    }
    return {key: value for key, value in {**data, **changed}.items() if value is not None}


def publish(client: Client, material: Any, **changed: Any) -> Any:
    return client.post(reverse("materials:publish", args=[material.pk]), answers(material, **changed))


def address(page: PublicPage) -> str:
    return reverse("materials:public_page", args=[page.address])


def test_before_it_is_public_one_stops_tells_the_family_and_writes_the_codename(ana: Client) -> None:
    material = supporters()
    page = ana.get(reverse("materials:publish", args=[material.pk])).content.decode()
    assert "Stop for a moment" in page and "The name is in the text." in page and "checked" not in page
    assert publish(ana, material, codename="Wrong").status_code == 422
    case = material.cases.get()
    assert publish(ana, material, **{f"on-{case.pk}": None}).status_code == 422
    assert (
        publish(
            ana, material, **{f"on-{case.pk}": (timezone.localdate() + dt.timedelta(days=1)).isoformat()}
        ).status_code
        == 422
    )
    assert not PublicPage.objects.exists() and not FamilyTold.objects.exists()
    assert publish(ana, material).status_code == 302
    assert FamilyTold.objects.get().told_by.username == "ana"
    material.refresh_from_db()
    assert material.status == "published" and Dispatch.objects.get().dispatched_at


def test_a_stranger_reads_the_words_and_nothing_of_ours(ana: Client) -> None:
    material = supporters()
    publish(ana, material)
    answer = Client().get(address(PublicPage.objects.get()))
    page = answer.content.decode()
    assert answer.status_code == 200 and "Ilias Varanen" in page and "Let an independent doctor see him" in page
    case = material.cases.get()
    for ours in (case.codename, case.reference, "[1]", "revision", "Ana", str(material.pk), "Amparo"):
        assert ours not in page, ours
    assert answer["Cache-Control"] == "no-store" and "noindex" in answer["X-Robots-Tag"]


WAYS_TO_GO = {
    "consent withdrawn": lambda case: Consent.objects.filter(case=case).update(withdrawn_at=timezone.now()),
    "held": lambda case: Hold.objects.create(
        scope="case", case=case, kind="until_lifted", reason="Summoned.", held_by=a_person("leila")
    ),
    "claim found false": lambda case: Claim.objects.filter(case=case, number=1).update(status="VS_REFUTED"),
    "signature taken back": lambda case: Clearance.objects.update(revoked_at=timezone.now()),
    "assessment ended": lambda case: RiskAssessment.objects.filter(case=case, material_id=None).update(
        ended_at=timezone.now()
    ),
}


@pytest.mark.parametrize("way", WAYS_TO_GO)
def test_it_is_gone_at_the_next_request_without_a_reason(ana: Client, way: str) -> None:
    material = supporters()
    publish(ana, material)
    where = address(PublicPage.objects.get())
    assert Client().get(where).status_code == 200
    WAYS_TO_GO[way](material.cases.get())
    answer = Client().get(where)
    page = answer.content.decode()
    assert answer.status_code == 410 and "Varanen" not in page
    for reason in ("consent", "hold", "held", "risk", "claim", "withdrawn"):
        assert reason not in page.casefold()


def test_one_person_takes_it_down_at_once(ana: Client) -> None:
    material = supporters()
    publish(ana, material)
    rui = signed_in(Client(), a_person("rui"))
    assert rui.post(reverse("materials:take_down", args=[material.pk])).status_code == 403
    ana.post(reverse("materials:take_down", args=[material.pk]))
    page = PublicPage.objects.get()
    assert page.taken_down_by.username == "ana" and Client().get(address(page)).status_code == 410


def test_a_closed_gate_publishes_nothing_and_lists_every_reason(ana: Client) -> None:
    case = fit_for_the_public(a_full_packet())
    material = in_review(
        case, kind="SUPPORTER", audience="AU_SUPPORT", stop_on=timezone.localdate() + dt.timedelta(days=17)
    )
    Hold.objects.create(scope="case", case=case, kind="until_lifted", reason="Summoned.", held_by=a_person("leila"))
    answer = publish(ana, material)
    page = answer.content.decode()
    assert (
        answer.status_code == 409
        and "Public work is on hold." in page
        and "This revision is not cleared." in page
        and "twelve questions" in page
    )
    assert not PublicPage.objects.exists() and not Dispatch.objects.exists() and not FamilyTold.objects.exists()


def test_nobody_to_tell_needs_its_reason(ana: Client) -> None:
    material = supporters()
    case = material.cases.get()
    nobody = {f"nobody-{case.pk}": "on", f"on-{case.pk}": None}
    assert publish(ana, material, **nobody, **{f"who-{case.pk}": ""}).status_code == 422
    assert publish(ana, material, **nobody, **{f"who-{case.pk}": "No relative is alive."}).status_code == 302
    assert FamilyTold.objects.get().is_nobody_to_tell


def test_an_unknown_address_and_a_briefing_have_no_page(ana: Client) -> None:
    assert Client().get("/p/nothing-here/").status_code == 404
    assert ana.get(reverse("materials:publish", args=[cleared().pk])).status_code == 404


def test_what_is_public_is_offered_no_second_time(ana: Client) -> None:
    material = supporters()
    offer = f'<a class="button" href="{reverse("materials:publish", args=[material.pk])}">Publish it</a>'
    address_of = reverse("materials:material", args=[material.pk])
    assert offer in ana.get(address_of).content.decode()
    publish(ana, material)
    page = ana.get(address_of).content.decode()
    assert offer not in page and "Take the page down" in page


def test_a_revision_is_published_once(ana: Client) -> None:
    material = supporters()
    publish(ana, material)
    ana.post(reverse("materials:take_down", args=[material.pk]))
    answer = ana.post(reverse("materials:publish", args=[material.pk]), {"codename": material.cases.get().codename})
    assert answer.status_code == 422 and "published before" in answer.content.decode()


def test_composing_the_same_words_again_leaves_what_is_public_as_it_is(ana: Client) -> None:
    material = supporters()
    publish(ana, material)
    page = PublicPage.objects.get()
    texts = {section["code"]: section["text"] for section in material.body}
    told = materials.StatedDisclosures(is_nothing_further=True)
    material.refresh_from_db()
    again = {"title": material.title, "texts": texts, "told": told, "stop_on": material.stop_on}
    leila = on_case(material.cases.get(), "leila", "communications")
    saved = materials.edit(actor=leila, material=material, version=material.version, **again)
    assert (saved.status, saved.revision, saved.last_editor) == ("published", material.revision, a_person("ana"))
    assert Client().get(address(page)).status_code == 200
    texts["SUPPORTER.2"] = texts.get("SUPPORTER.2", "") + " One word more."
    changed = materials.edit(actor=a_person("ana"), material=saved, version=saved.version, **again)
    assert (changed.status, changed.revision) == ("draft", material.revision + 1)


def test_a_copy_of_the_table_does_not_lead_from_a_page_to_its_case(ana: Client) -> None:
    publish(ana, supporters())
    page = PublicPage.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM materials_publicpage")
        (row,) = cursor.fetchall()
    bare = [bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row]
    telling = (page.address.encode(), hashlib.sha256(page.address.encode()).digest())
    assert not any(word in value for word in telling for value in bare)


def test_a_page_is_found_again_after_the_key_of_the_index_was_changed(ana: Client, settings: Any) -> None:
    publish(ana, supporters())
    page = address(PublicPage.objects.get())
    settings.AMPARO_INDEX_KEY = "another key of the index, of forty characters"
    assert Client().get(page).status_code == 404
    call_command("make_tags", stdout=StringIO())
    assert Client().get(page).status_code == 200
