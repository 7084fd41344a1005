"""The person refused and the family agreed: ledger, draft, scan, review page and gate all say no."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework import consent_rule
from casework.actions.consent import record_consent
from casework.consent_rule import Why
from casework.models import Case, Consent
from casework.pages.consent_matrix import given_consent, prisoner_ledger
from consents.pages.answers import state_of
from materials.actions import materials
from materials.actions.materials import StatedDisclosures
from materials.models import Material
from materials.pages.review_page.evidence import consent_rows
from safety import gate
from safety.models import LeakFinding
from tests.advocacy.journeys import a_written, in_review
from tests.factories import a_claim, a_consent, a_contact, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def refuse(case: Case, *, giver: str = "CG_SELF", items: Any = ("CI_NAME",), **other: Any) -> Consent:
    """Write down that this giver refused these items to diplomats."""
    return a_consent(case, items, ("AU_DIPLO",), status="CS_REFUSED", giver=giver, **other)


@pytest.fixture
def case() -> Case:
    packet = a_full_packet(items=())
    a_consent(packet, ("CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS"), ("AU_DIPLO", "AU_PUBLIC"), giver="CG_FAMILY")
    return packet


def a_draft(case: Case) -> Material:
    return materials.write(actor=a_person("ana"), cases=[case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en")


def words_of(material: Material) -> str:
    return " ".join([material.title, *(section["text"] for section in material.body)])


def gate_codes(material: Material) -> set[str]:
    verdict = gate.examine(gate.Leaving.of(material), moment="review")
    return {refusal.code for refusal in verdict.refusals}


def typed_by_hand(case: Case) -> Material:
    """Return a text sent to review into which ana typed the name, ticking that it shows it."""
    a_claim(case, "The ministry says that the case is about tax alone.", use="authorities")
    material = a_written(case)
    texts = {section["code"]: section["text"] or "Ilias Varanen is known to you." for section in material.body}
    texts["MIN_BRIEF.2"] = f"{texts['MIN_BRIEF.2']}\nWe write for Ilias Varanen."
    changed = materials.edit(
        actor=a_person("ana"),
        material=material,
        version=material.version,
        title=material.title,
        texts=texts,
        told=StatedDisclosures(items={case.pk: frozenset({"CI_NAME"})}),
    )
    return materials.send_to_review(actor=a_person("ana"), material=changed)


def test_while_only_the_family_has_answered_the_draft_names_the_person(case: Case) -> None:
    assert "Ilias Varanen" in words_of(a_draft(case))
    assert not LeakFinding.objects.filter(scan__material_id=typed_by_hand(case).pk).exists()


def test_the_draft_withholds_what_the_person_refused_though_the_family_agreed(case: Case) -> None:
    refuse(case)
    material = a_draft(case)
    assert "Ilias" not in words_of(material) and "Varanen" not in words_of(material)
    kept_back = {row["what"] for row in material.withheld["rows"]}
    assert "name" in kept_back


def test_the_scan_protects_what_the_person_refused_though_the_author_ticked_it(case: Case) -> None:
    refuse(case)
    material = typed_by_hand(case)
    found = LeakFinding.objects.filter(material_id=material.pk)
    assert "casework.name.value" in {row.field for row in found}


def test_the_review_page_says_no_where_the_person_refused_after_the_text_was_written(
    client: Client, case: Case
) -> None:
    material = in_review(case)
    rui = signed_in(client, on_case(case, "rui", "reviewer"), fresh=False)
    page = reverse("materials:review", args=[material.pk])
    assert {row.state for row in consent_rows(material, [case])} == {"CS_GIVEN"}
    panel = rui.get(page).content.decode().partition('id="consent-h"')[2].partition("</section>")[0]
    assert "No</" not in panel and "Yes</" in panel
    refuse(case, items=("CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS"))
    assert {row.state for row in consent_rows(material, [case])} == {"CS_REFUSED"}
    panel = rui.get(page).content.decode().partition('id="consent-h"')[2].partition("</section>")[0]
    assert "Yes</" not in panel and "No</" in panel


def test_the_gate_and_the_ledger_refuse_as_the_draft_does(client: Client, case: Case) -> None:
    material = in_review(case)
    refuse(case)
    assert "refused-by-the-person" in gate_codes(material)
    ledger = prisoner_ledger(case)
    assert ledger.state("CI_NAME", "AU_DIPLO") == "CS_REFUSED"
    assert ledger.state("CI_NAME", "AU_PUBLIC") == "CS_GIVEN"


def test_the_rule_tells_the_item_that_was_refused_from_the_others_of_that_audience(case: Case) -> None:
    refusal = refuse(case)
    asked = consent_rule.ledger_of(case).ask("AU_DIPLO", "disclosure")
    name, bio, photo = asked.of("CI_NAME"), asked.of("CI_BIO"), asked.of("CI_PHOTO")
    assert (name.why, name.by) == (Why.REFUSED_BY_THE_PERSON, refusal)
    assert bio.why is Why.OPEN
    assert (photo.why, photo.by) == (Why.NOT_AMONG, None)


def test_a_refusal_has_no_end_until_a_giver_of_its_rank_answers_anew(case: Case) -> None:
    long_ago = timezone.now() - dt.timedelta(days=200)
    material = in_review(case)
    refusal = refuse(case, at=long_ago, lasts=dt.timedelta(days=90), created_at=long_ago)
    assert "Varanen" not in words_of(a_draft(case))
    assert "refused-by-the-person" in gate_codes(material)
    assert state_of(refusal, consent_rule.ledger_of(case)) == "CS_REFUSED"
    on_case(case, "leila", "liaison")
    record_consent(
        actor=a_person("leila"),
        case=case,
        values={"giver": "CG_SELF", "status": "CS_GIVEN", "subject": "prisoner"},
        grants=[("CI_NAME", "AU_DIPLO")],
    )
    assert "Varanen" in words_of(a_draft(case))
    assert "refused-by-the-person" not in gate_codes(material)


def test_a_relative_refuses_for_the_relative_alone(case: Case) -> None:
    sister = a_contact(case, "Milena Vesela")
    refuse(case, subject="contact", subject_contact=sister)
    assert "Ilias Varanen" in words_of(a_draft(case))
    assert prisoner_ledger(case).state("CI_NAME", "AU_DIPLO") == "CS_GIVEN"


def test_what_everybody_refuses_gives_no_line_of_who_gave_it(case: Case) -> None:
    words = given_consent(prisoner_ledger(case))
    assert words is not None
    every = ("CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS")
    a_consent(case, every, ("AU_DIPLO", "AU_PUBLIC"), status="CS_REFUSED", giver="CG_SELF")
    assert given_consent(prisoner_ledger(case)) is None


def test_a_wish_for_silence_closes_the_draft_and_the_ledger(case: Case) -> None:
    case.wishs.create(number=1, wants="silence")
    assert "Varanen" not in words_of(a_draft(case))
    assert prisoner_ledger(case).state("CI_NAME", "AU_DIPLO") == "CS_REFUSED"


def test_best_interest_opens_a_draft_only_once_a_second_person_agreed() -> None:
    packet = a_full_packet(items=())
    now = timezone.now()
    presumed = a_consent(
        packet,
        ("CI_NAME",),
        ("AU_DIPLO",),
        at=now - dt.timedelta(hours=1),
        lasts=dt.timedelta(hours=72),
        giver="CG_NONE_BEST",
        basis="best_interest",
        status="CS_PRESUMED",
        tried="The sister, twice.",
    )
    assert "Varanen" not in words_of(a_draft(packet))
    presumed.seconded_by = a_person("rui")
    presumed.save(update_fields=["seconded_by"])
    assert "Varanen" in words_of(a_draft(packet))
