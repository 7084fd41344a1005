"""Detention, charge, trial, sentence and transfer stand in order with day and place, as far as they are known and open."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Case, Charge, Detention, Place, Translation
from materials.actions import materials
from materials.facts_used import changed_facts
from papers.composing.composing import Composed, compose
from papers.kinds import registry
from papers.pdf.paper import Text, sheet
from tests.advocacy.journeys import a_written
from tests.factories import on_case
from tests.materials.packets import a_full_packet
from tests.people import signed_in

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
LINE = (
    "Detention: about 14 March 2025 · Charge: 19 March 2025 · Trial: May 2026, Westmark ·"
    " Sentence: 2 June 2026, 4 years · Transfer: June 2026, Colony no. 4, Lower Tarn.°"
)
BEFORE = {"since": "2025-03-14~", "until": "2026-06", "place": "Remand prison, Westmark"}


def a_tried_case(command: str = "minister", *, items: Any = ("CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS")) -> Case:
    case = a_full_packet(items=items, audiences=[registry.by_command()[command].audiences[0]])
    spell, place, charge = (model.objects.get(case=case) for model in (Detention, Place, Charge))
    Place.objects.create(case=case, detention=spell, **BEFORE)
    place.since = "2026-06"
    place.save()
    charge.charged_on, charge.tried_on, charge.trial_place = "2025-03-19", "2026-05", "Westmark"
    charge.sentence, charge.sentenced_on = "4 years", "2026-06-02"
    charge.save()
    return case


def composed(case: Case, command: str = "minister", language: str = "en") -> Composed:
    kind = registry.by_command()[command]
    return compose([case], kind=kind.code, audience=kind.audiences[0], language=language, today=TODAY)


def said(made: Composed, place: str) -> str:
    return next(row["text"] for row in made.body if row["code"].endswith(f".{place}")).replace("\u00a0", " ")


def test_the_ministers_briefing_tells_the_stages_in_one_line_before_the_facts() -> None:
    assert said(composed(a_tried_case()), "5").splitlines()[0] == LINE


def test_the_commissions_briefing_lists_them_each_with_the_mark_that_it_is_ours() -> None:
    lines = said(composed(a_tried_case("commission"), "commission"), "6").splitlines()
    place = lines.index("In order:")
    parts = LINE.removesuffix(".°").split(" · ")
    assert lines[place + 1 : place + 6] == [f"- {part}.°" for part in parts]


def test_each_stage_discloses_its_own_consent_item_and_one_without_is_listed_and_not_said() -> None:
    made = composed(a_tried_case(items=("CI_NAME", "CI_BIO", "CI_DOCS")))
    assert said(made, "5").splitlines()[0] == LINE.replace(" · Transfer: June 2026, Colony no. 4, Lower Tarn", "")
    left = next(row for row in made.withheld if row.what == "stages")
    assert (left.why, left.items) == ("no-consent", ["CI_LOCATION"])
    told = {row["value"].partition(":")[0]: row["items"] for row in made.fields if row["what"] == "stages"}
    assert told == {"Detention": ["CI_BIO"], **{key: ["CI_DOCS"] for key in ("Charge", "Trial", "Sentence")}}


def test_what_nobody_knows_is_silent() -> None:
    case = a_tried_case()
    charge = Charge.objects.get(case=case)
    charge.charged_on = charge.tried_on = charge.sentenced_on = charge.trial_place = None
    charge.save()
    assert said(composed(case), "5").splitlines()[0] == (
        "Detention: about 14 March 2025 · Transfer: June 2026, Colony no. 4, Lower Tarn.°"
    )
    for place in Place.objects.filter(case=case):
        place.since = None
        place.save()
    assert "Detention: " not in said(composed(case), "5"), "one stage alone says no more than since when he is held"


def test_a_detention_after_another_one_tells_where_the_first_ended_and_never_what_the_last_ended_with() -> None:
    case = a_tried_case()
    first = Detention.objects.get(case=case)
    first.ended = "2026-08"
    first.save()
    again = Detention.objects.create(case=case, started="2026-09-01")
    assert said(composed(case), "5").splitlines()[0] == (
        LINE.removesuffix(".°") + " · End of detention: August 2026 · Detention: 1 September 2026.°"
    )
    again.ended = "2026-11-01"
    again.save()
    assert "1 November" not in said(composed(case), "5").splitlines()[0]


def test_a_first_place_is_no_transfer_whenever_it_begins() -> None:
    case = a_full_packet()
    place = Place.objects.get(case=case)
    place.since = "2026-06"
    place.save()
    made = composed(case)
    assert "Transfer" not in said(made, "5") and not [row for row in made.withheld if row.what == "stages"]


def test_the_place_of_a_trial_without_a_day_stands_before_its_sentence() -> None:
    case = a_tried_case()
    charge = Charge.objects.get(case=case)
    charge.tried_on = None
    charge.save()
    assert " · Trial: Westmark · Sentence: 2 June 2026" in said(composed(case), "5")


@pytest.mark.parametrize(
    ("told", "said_so"),
    [
        ("2026-05-04/2026-06-02", "4 May 2026 – 2 June 2026"),
        ("2026-05-04/2026-05-06", "4–6 May 2026"),
        ("2026-05~", "about May 2026"),
    ],
)
def test_a_trial_that_lasted_is_told_from_day_to_day(told: str, said_so: str) -> None:
    case = a_tried_case()
    charge = Charge.objects.get(case=case)
    charge.tried_on = told
    charge.save()
    assert f" · Trial: {said_so}, Westmark · " in said(composed(case), "5")


def test_without_a_fact_that_may_print_the_stages_do_not_fill_the_gap() -> None:
    case = a_tried_case()
    case.claims.filter(use="fact").update(use="ground")
    assert said(composed(case), "5") == ""


def test_a_stage_that_nobody_translated_is_left_out_as_not_translated() -> None:
    case = a_tried_case()
    made = composed(case, language="fr")
    assert "Westmark" not in str(made.body)
    assert "stages" in {row.what for row in made.withheld}
    assert not Translation.objects.exists()


def test_another_kind_lists_the_stages_among_what_it_leaves_out() -> None:
    made = composed(a_tried_case("supporters"), "supporters")
    assert [row.why for row in made.withheld if row.what == "stages"] == ["no-place"]


def test_in_arabic_the_line_is_of_one_piece_and_reads_from_right_to_left() -> None:
    case = a_tried_case()
    case.language = "ar"
    case.save()
    made = composed(case, language="ar")
    assert said(made, "5").startswith("الاحتجاز: نحو 14 مارس 2025 · توجيه التهمة: 19 مارس 2025 · المحاكمة: مايو 2026، ")
    html = sheet(Text("MIN_BRIEF", "ar", made.title, made.body, 1, TODAY), None)
    assert '<p dir="rtl">الاحتجاز' in html


@pytest.mark.parametrize(
    ("column", "value"), [("tried_on", "2026-04"), ("trial_place", "Tarn"), ("sentenced_on", "2026")]
)
def test_a_text_is_stale_when_a_stage_of_it_changes(column: str, value: str) -> None:
    case = a_tried_case()
    material = a_written(case)
    assert "Westmark" in str(material.body) and not changed_facts(material)
    charge = Charge.objects.get(case=case)
    setattr(charge, column, value)
    charge.save()
    assert [fact.kind for fact in changed_facts(material)] == ["charge"]


def test_a_text_that_tells_a_charge_by_its_stages_alone_rests_on_it_too() -> None:
    case = a_tried_case()
    material = a_written(case)
    texts = {row["code"]: "" if row["code"] == "MIN_BRIEF.6" else row["text"] for row in material.body or []}
    saved = materials.edit(
        actor=case.lead,
        material=material,
        version=material.version,
        title=material.title or "",
        texts=texts,
        told=materials.StatedDisclosures(is_nothing_further=True),
    )
    assert "Penal Code" not in str(saved.body) and not changed_facts(saved)
    charge = Charge.objects.get(case=case)
    charge.trial_place = "Tarn"
    charge.save()
    assert [fact.kind for fact in changed_facts(saved)] == ["charge"]


def test_the_form_of_a_charge_asks_for_the_stages_and_the_packet_shows_them(client: Client) -> None:
    case = a_tried_case()
    charge = Charge.objects.get(case=case)
    signed_in(client, case.lead)
    address = reverse("casework:change_charge", args=[case.reference, charge.pk])
    page = client.get(address).content.decode()
    assert "Place of the trial" in page and "Date of the sentence" in page
    shown = client.get(reverse("casework:case", args=[case.reference])).content.decode()
    assert "Westmark" in shown and "May 2026" in shown
    signed_in(client, on_case(a_full_packet(codename="Quince"), "sam", "coordinator"))
    assert client.get(address).status_code == 404
