"""One switch says whether a text names the person, and it is honoured wherever a name or what tells who it is would print."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.models import Case
from materials.actions import materials
from materials.actions.materials import StatedDisclosures
from materials.models import Material
from materials.review.readiness import why_not_ready
from papers.composing.composing import Composed, compose
from papers.composing.wishes import Wishes
from papers.kinds import registry
from papers.kinds.kind import Kind
from tests.advocacy.journeys import a_written
from tests.casework.translated import translated_into
from tests.factories import a_claim, a_source
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
KINDS = [kind for kind in registry.composed() if not kind.is_only_for]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)


def composed(kind: Kind, case: Case, naming: str, language: str = "en") -> Composed:
    return compose([case], kind=kind.code, audience=kind.audiences[0], language=language, wishes=Wishes(naming=naming))


def everything(made: Any) -> str:
    return "\n".join([made.title, *(row["text"] for row in made.body)])


def a_packet_that_names(kind: Kind) -> Case:
    case = a_full_packet(audiences=[kind.audiences[0]])
    said = "Ilias Varanen was seen at the gate."
    a_claim(case, said, sources=[a_source(case)], items=["CI_NAME"], on="2025-03-13")
    return case


@each_kind
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_pseudonymous_text_holds_no_name_in_any_script_and_the_label_instead(kind: Kind, language: str) -> None:
    case, label = a_packet_that_names(kind), "A newspaper editor"
    if language != "en":
        label = translated_into(case, language)["case.public_label"][0].text
    made = composed(kind, case, "pseudonymous", language)
    text = everything(made)
    assert "Varanen" not in text and "فارانن" not in text
    assert kind.is_stop_notice or label in text
    assert {row.why for row in made.withheld if row.what in {"claim:5"}} == {"not-named"}


@each_kind
def test_an_anonymous_text_says_nothing_that_tells_who_it_is(kind: Kind) -> None:
    text = everything(composed(kind, a_packet_that_names(kind), "anonymous"))
    for word in ("Varanen", "editor", "Colony", "Lower Tarn"):
        assert word not in text
    assert kind.is_stop_notice or "A case in Practice Republic" in text


def test_the_default_names_where_consent_opens_it_and_not_where_it_does_not() -> None:
    kind = registry.find("MIN_BRIEF")
    assert "Varanen" in everything(composed(kind, a_packet_that_names(kind), "named"))
    shut = a_full_packet(items=("CI_BIO",))
    made = composed(kind, shut, "named")
    assert "Varanen" not in everything(made)
    assert {row.why for row in made.withheld if row.what == "name"} == {"no-consent"}


def test_what_consent_shuts_is_told_as_such_and_not_as_the_choice() -> None:
    kind = registry.find("MIN_BRIEF")
    made = composed(kind, a_full_packet(items=("CI_BIO",)), "pseudonymous")
    assert {row.why for row in made.withheld if row.what == "name"} == {"no-consent"}


def saved(material: Material, place: str, text: str) -> Material:
    body = {row["code"]: row["text"] for row in material.body or []}
    body[f"{material.kind}.{place}"] = text
    return materials.edit(
        actor=a_person("ana"),
        material=material,
        version=material.version,
        title=material.title or "",
        texts=body,
        told=StatedDisclosures(is_nothing_further=True),
    )


def test_a_name_that_is_typed_into_a_text_that_was_to_name_nobody_keeps_it_from_review() -> None:
    case = a_full_packet()
    material = saved(a_written(case, naming="pseudonymous"), "4", "ilias varanen waits.")
    assert any("chosen to name nobody" in why for why in why_not_ready(material))
    assert not any("name nobody" in why for why in why_not_ready(saved(a_written(case), "4", "Ilias Varanen waits.")))
    clean = saved(material, "4", "The court sits.")
    assert not any("name nobody" in why for why in why_not_ready(clean))


def test_a_claim_that_tells_the_name_may_not_be_typed_back() -> None:
    material = a_written(a_packet_that_names(registry.find("MIN_BRIEF")), naming="pseudonymous")
    with pytest.raises(ValidationError, match="chosen to name nobody"):
        saved(material, "4", "He was seen at the gate. [5]")


def test_composing_again_keeps_the_choice() -> None:
    material = a_written(a_full_packet(), naming="anonymous")
    again = materials.compose_again(actor=a_person("ana"), material=material, version=material.version)
    assert (again.withheld or {})["naming"] == "anonymous" and "Varanen" not in everything(again)


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="shouted"):
        a_written(a_full_packet(), naming="shouted")


def test_the_author_chooses_in_the_browser_and_the_page_says_what_was_chosen(client: Client) -> None:
    case = a_full_packet()
    signed_in(client, a_person("ana"))
    address = reverse("materials:material_new", args=[case.reference])
    assert 'name="naming"' in client.get(address).content.decode()
    sent = {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en", "naming": "pseudonymous"}
    page = client.post(address, sent, follow=True).content.decode()
    assert "By the safe public label, never by name" in page and "this text was chosen to name nobody" in page
    del sent["naming"]
    page = client.post(address, sent, follow=True).content.decode()
    assert "Ilias Varanen" in page and "never by name" not in page
