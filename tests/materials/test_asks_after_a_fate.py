"""Nothing asks for the release of somebody who is dead or free: not composed, sent, signed, copied or served."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from casework.actions.asks import add_demand, change_demand, still_makes_sense
from casework.actions.fate import died, released
from casework.models import Case, Demand
from materials.actions import dispatches, materials
from materials.actions.changed_facts import agree_still_right, still_right
from materials.asks_used import cases_to_look_at
from materials.models import Material
from safety import gate
from tests.advocacy.journeys import cleared
from tests.casework.fates import at
from tests.directory.entries import to_somebody
from tests.factories import a_claim, a_source, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
BRIEF = {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en"}


@pytest.fixture
def case() -> Case:
    return a_full_packet(status="DS_SENTENCED")


def asked(case: Case, aim: str, text: str = "Let him go") -> Demand:
    """Let the one demand of the packet, and its ask, be about this."""
    demand = case.demands.get()
    demand.aim, demand.text, demand.said_for = aim, text, ""
    demand.save()
    ask = demand.asks.get()
    ask.text = text
    ask.save()
    return demand


def codes(material: Material, moment: str = "review") -> set[str]:
    return set(gate.examine(gate.Leaving.of(material), moment=moment).codes)


@pytest.mark.parametrize(("verb", "status"), [(died, "DS_DIED"), (released, "DS_RELEASED")])
@pytest.mark.parametrize("kind", ["MIN_BRIEF", "SUPPORTER"])
def test_a_text_that_asks_for_the_release_of_somebody_dead_or_free_is_not_composed(
    client: Client, case: Case, verb: Any, status: str, kind: str
) -> None:
    asked(case, "release")
    verb(actor=case.lead, case=case, status=status)
    signed_in(client, case.lead)
    sent = {"kind": kind, "audience": {"MIN_BRIEF": "AU_DIPLO"}.get(kind, "AU_SUPPORT"), "language": "en"}
    answer = client.post(
        reverse("materials:material_new", args=[case.reference]),
        {**sent, "stop_on_0": "1", "stop_on": "2030-01-01"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and page.count("makes no sense while") == 1 and at("concerned", case) in page
    assert not Material.objects.exists()


def test_a_demand_in_words_of_our_own_is_refused_until_somebody_says_that_it_makes_sense(
    client: Client, case: Case
) -> None:
    demand = asked(case, "own", "Let an observer look at his papers")
    released(actor=case.lead, case=case, status="DS_RELEASED")
    with pytest.raises(ValidationError, match="nobody has said"):
        materials.write(actor=case.lead, cases=[case], **BRIEF)
    signed_in(client, case.lead)
    page = client.get(at("concerned", case)).content.decode()
    assert at("still_makes_sense", case, demand.pk) in page
    client.post(at("still_makes_sense", case, demand.pk))
    assert at("still_makes_sense", case, demand.pk) not in client.get(at("concerned", case)).content.decode()
    assert materials.write(actor=case.lead, cases=[case], **BRIEF)
    died(actor=case.lead, case=case, status="DS_DIED")
    with pytest.raises(ValidationError, match="nobody has said"):
        materials.write(actor=case.lead, cases=[case], **BRIEF)


def test_only_who_changes_the_case_says_so_and_of_no_demand_whose_aim_is_known(case: Case) -> None:
    demand = asked(case, "own")
    reader, sam = on_case(case, "leila", "reader"), a_person("sam")
    for person in (reader, sam):
        with pytest.raises(PermissionDenied):
            still_makes_sense(actor=person, row=demand)
    released(actor=case.lead, case=case, status="DS_RELEASED")
    with pytest.raises(ValidationError):
        still_makes_sense(actor=case.lead, row=asked(case, "release"))


def test_a_signed_text_is_refused_at_every_moment_once_its_ask_is_in_vain(case: Case) -> None:
    asked(case, "release", "Let an independent doctor see him")
    material = cleared(case)
    assert "asks-overtaken-by-fate" not in codes(material)
    Case.objects.filter(pk=case.pk).update(status="DS_RELEASED")
    for moment in ("review", "insert", "leave", "serve"):
        assert {"asks-overtaken-by-fate", "asks-not-looked-at"} <= codes(material, moment)


def test_the_ruling_that_the_text_still_holds_is_refused_while_it_asks_in_vain(case: Case) -> None:
    asked(case, "release", "Let an independent doctor see him")
    material = cleared(case)
    released(actor=case.lead, case=case, status="DS_RELEASED")
    material.refresh_from_db()
    with pytest.raises(ValidationError, match="makes no sense while"):
        still_right(actor=case.lead, material=material)
    Demand.objects.filter(case=case).update(aim="charges")
    still_right(actor=case.lead, material=material)
    assert not {"asks-overtaken-by-fate", "asks-not-looked-at"} & codes(material)


def test_words_edited_after_a_fate_do_not_go_to_review_until_somebody_ticks_that_they_ask_nothing_in_vain(
    client: Client, case: Case
) -> None:
    asked(case, "charges", "End the charge")
    released(actor=case.lead, case=case, status="DS_RELEASED", on="2026-11-01")
    material = materials.write(actor=case.lead, cases=[case], **BRIEF)
    assert cases_to_look_at(material) == []
    signed_in(client, case.lead)
    edit = reverse("materials:material_edit", args=[material.pk])
    page = client.get(edit).content.decode()
    assert "What the text asks makes sense all the same" in page and "Released, no conditions known" in page
    texts = {f"text-{row['code'].replace('.', '-')}": row["text"] for row in material.body or []}
    sent = {**texts, "title": "He must be let go", "version": material.version, "is_nothing_further": "on"}
    assert client.post(edit, sent).status_code == 302
    material.refresh_from_db()
    send = reverse("materials:send_to_review", args=[material.pk])
    refused = client.post(send)
    assert refused.status_code == 409 and "nobody has said that what this text asks" in refused.content.decode()
    assert "asks-not-looked-at" in codes(material)
    client.post(edit, {**sent, "version": material.version, "asks_make_sense": "on"})
    material.refresh_from_db()
    assert "asks-not-looked-at" not in codes(material) and client.post(send).status_code == 302


def test_of_words_that_are_out_it_counts_when_a_second_person_agreed(case: Case) -> None:
    asked(case, "charges", "Let an independent doctor see him")
    material = cleared(case)
    dispatches.dispatch(actor=case.lead, material=material, to=[to_somebody("Minister’s office")])
    released(actor=case.lead, case=case, status="DS_RELEASED")
    material.refresh_from_db()
    assert still_right(actor=case.lead, material=material) is True
    assert "asks-not-looked-at" in codes(material, "serve")
    agree_still_right(actor=a_person("rui"), material=material)
    assert "asks-not-looked-at" not in codes(material, "serve")


def test_after_a_death_the_form_offers_what_makes_sense_and_the_verb_refuses_the_rest(
    client: Client, case: Case
) -> None:
    died(actor=case.lead, case=case, status="DS_DIED")
    signed_in(client, case.lead)
    page = client.get(at("add_demand", case)).content.decode()
    assert 'value="body"' in page and 'value="inquiry"' in page and 'value="release"' not in page
    answer = client.post(at("add_demand", case), {"text": "Let him go", "rank": "1"})
    assert answer.status_code == 422 and "Choose what the demand is about." in answer.content.decode()
    values = {"text": "Let him go", "aim": "release", "is_lead": False}
    with pytest.raises(ValidationError):
        add_demand(actor=case.lead, case=case, values=values)
    row = add_demand(actor=case.lead, case=case, values={**values, "aim": "body"})
    with pytest.raises(ValidationError):
        change_demand(actor=case.lead, row=row, version=row.version, values=values)


def test_the_notice_after_a_death_is_offered_on_every_page_and_says_each_thing_with_its_source(
    client: Client, case: Case
) -> None:
    asked(case, "inquiry", "Open an independent inquiry")
    died(actor=case.lead, case=case, status="DS_DIED")
    a_claim(case, "He died in the prison hospital.", use="death", on="2026-11-02", items=["CI_BIO"])
    signed_in(client, case.lead)
    new = reverse("materials:material_new", args=[case.reference])
    for page in (at("case", case), at("concerned", case), reverse("materials:materials", args=[case.reference])):
        shown = client.get(page).content.decode()
        assert f"{new}?kind=DEATH_NOTICE" in shown and "Notice after a death" in shown, page
    form = client.get(f"{new}?kind=DEATH_NOTICE").content.decode()
    assert form.index("DEATH_NOTICE") < form.index("MIN_BRIEF") and "not the first choice" in form
    answer = client.post(new, {"kind": "DEATH_NOTICE", "audience": "AU_DIPLO", "language": "en"})
    material = Material.objects.get()
    assert answer.url == reverse("materials:material", args=[material.pk])
    texts = {row["code"]: row["text"] for row in material.body or []}
    assert "He died in the prison hospital. [5]" in texts["DEATH_NOTICE.2"]
    assert "Open an independent inquiry" in texts["DEATH_NOTICE.3"]
    assert f"{new}?kind=DEATH_NOTICE" not in client.get(at("case", case)).content.decode()


def test_without_a_claim_of_the_death_the_notice_has_a_gap_that_says_what_to_do(case: Case) -> None:
    asked(case, "inquiry", "Open an independent inquiry")
    died(actor=case.lead, case=case, status="DS_DIED")
    material = materials.write(actor=case.lead, cases=[case], **{**BRIEF, "kind": "DEATH_NOTICE"})
    with pytest.raises(ValidationError, match="Add claims of the use"):
        materials.send_to_review(actor=case.lead, material=material)


def test_a_notice_after_a_death_is_not_written_of_somebody_who_lives(client: Client, case: Case) -> None:
    with pytest.raises(ValidationError, match="is not written of"):
        materials.write(actor=case.lead, cases=[case], **{**BRIEF, "kind": "DEATH_NOTICE"})
    signed_in(client, case.lead)
    assert "DEATH_NOTICE" not in client.get(reverse("materials:material_new", args=[case.reference])).content.decode()


def test_after_a_release_an_update_fits_and_says_what_is_new(client: Client, case: Case) -> None:
    asked(case, "charges", "End the charge")
    released(actor=case.lead, case=case, status="DS_CONDITIONAL")
    court = a_source(case, "Order", reliability="A", attribution="the court record")
    a_claim(case, "He was let out on 3 November.", sources=[court], items=["CI_BIO"], on="2026-11-03")
    signed_in(client, case.lead)
    page = client.get(at("concerned", case)).content.decode()
    assert "kind=UPDATE" in page
    material = materials.write(actor=case.lead, cases=[case], **{**BRIEF, "kind": "UPDATE"})
    texts = {row["code"]: row["text"] for row in material.body or []}
    assert "He was let out on 3 November." in texts["UPDATE.1"] and "do not act on earlier papers" in texts["UPDATE.3"]
    assert "End the charge" in texts["UPDATE.2"]


def test_nobody_who_may_not_write_is_offered_a_paper(client: Client, case: Case) -> None:
    died(actor=case.lead, case=case, status="DS_DIED")
    signed_in(client, on_case(case, "leila", "reader"))
    for page in (at("case", case), at("concerned", case), reverse("materials:materials", args=[case.reference])):
        assert "kind=DEATH_NOTICE" not in client.get(page).content.decode()
