"""Detention, charge, trial, sentence and transfer stand in order with day and place, as far as they are known and open."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.actions.detention import change_detention
from casework.models import Case, Charge, Claim, Detention, Place, Translation
from casework.translating.originals import originals_of
from materials.actions import materials
from materials.facts_used import changed_facts
from papers.composing.composing import Composed, compose
from papers.composing.left_out import left_out
from papers.composing.packet import Packet
from papers.composing.reading_back import read_back
from papers.composing.sections import is_sources
from papers.kinds import registry
from papers.pdf.paper import Text, sheet
from safety.leaks.terms import protected_terms
from tests.advocacy.journeys import a_written
from tests.casework.translated import translated_into
from tests.factories import a_case, on_case
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


def told_after(case: Case, ended: str, since: str) -> str:
    """Return what stands behind LINE where he was taken to his house, in a detention that began when the first ended."""
    first, again = Detention.objects.filter(case=case).order_by("created_at")
    first.ended = again.started = ended
    first.save()
    again.save()
    Place.objects.filter(detention=again).delete()
    Place.objects.create(case=case, detention=again, since=since, place="His house, Orlen")
    return said(composed(case), "5").splitlines()[0].removeprefix(LINE.removesuffix(".°")).removeprefix(" · ")


def test_who_is_taken_from_a_prison_into_house_arrest_on_one_day_was_not_let_go() -> None:
    case = a_tried_case()
    Detention.objects.create(case=case, started="2026-08-20")
    assert told_after(case, "2026-08-20", "2026-08-20") == "Transfer: 20 August 2026, His house, Orlen.°"
    ends = "End of detention: August 2026 · Detention: August 2026, His house, Orlen.°"
    assert told_after(case, "2026-08", "2026-08") == ends, "without a day nobody knows what lay between"
    assert told_after(case, "2026-08-20", "2026-09-02") == "Detention: 20 August 2026.°", "nobody said where, that day"


def test_a_later_place_is_told_only_where_consent_opens_places() -> None:
    case = a_tried_case(items=("CI_NAME", "CI_BIO", "CI_DOCS"))
    Detention.objects.create(case=case, started="2026-08-20")
    told = told_after(case, "2026-08-20", "2026-08-20")
    assert "Orlen" not in told and "Detention: 20 August 2026" in told


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


# Where the arrest was, and who says so


def arrested(case: Case, place: str = "at the market of Westmark", claim: int | None = None) -> Detention:
    spell = Detention.objects.get(case=case)
    spell.taken_at = place
    spell.arrest_claim = Claim.objects.get(case=case, number=claim) if claim else None
    spell.save()
    return spell


def first_stage(made: Composed) -> str:
    return said(made, "5").splitlines()[0].split(" · ")[0]


def test_the_place_of_the_arrest_stands_where_consent_opens_places() -> None:
    case = a_tried_case()
    arrested(case)
    made = composed(case)
    assert first_stage(made) == "Arrest: about 14 March 2025, at the market of Westmark"
    assert "taken_at" not in {row.what for row in made.withheld}
    told = {row["value"].partition(":")[0]: row["items"] for row in made.fields if row["what"] == "stages"}
    assert told["Arrest"] == ["CI_BIO", "CI_LOCATION"]
    shut = a_tried_case(items=("CI_NAME", "CI_BIO", "CI_DOCS"))
    arrested(shut)
    kept = composed(shut)
    assert first_stage(kept) == "Detention: about 14 March 2025" and "market" not in str(kept.body)
    (left,) = [row for row in kept.withheld if row.what == "taken_at"]
    assert (left.why, left.items) == ("no-consent", ["CI_LOCATION"])


def test_an_arrest_whose_place_is_known_is_told_alone() -> None:
    case = a_full_packet()
    spell = arrested(case)
    assert said(composed(case), "5").splitlines()[0] == "Arrest: about 14 March 2025, at the market of Westmark.°"
    spell.taken_at = None
    spell.save()
    assert "Arrest: " not in said(composed(case), "5") and "Detention: " not in said(composed(case), "5")


def test_the_place_of_the_arrest_is_translated_or_left_out() -> None:
    case = a_tried_case()
    arrested(case)
    made = composed(case, language="fr")
    assert "market" not in str(made.body)
    assert {row.why for row in made.withheld if row.what == "taken_at"} == {"not-translated"}
    translated_into(case, "fr")
    spell = next(one for one in originals_of(case) if one.what == "detention.taken_at")
    now = first_stage(composed(case, language="fr"))
    assert now.startswith("Arrestation : ") and Translation.objects.get(row_id=spell.row.pk).text in now


def test_a_text_is_stale_when_the_place_of_the_arrest_changes() -> None:
    case = a_tried_case()
    arrested(case)
    material = a_written(case)
    arrested(case, "in Tarn")
    assert [fact.kind for fact in changed_facts(material)] == ["spell"]


def test_a_stage_bears_the_number_of_its_claim_and_each_other_one_our_sign() -> None:
    case = a_tried_case()
    arrested(case, claim=1)
    charge = Charge.objects.get(case=case)
    charge.sentence_claim = Claim.objects.get(case=case, number=4)
    charge.save()
    assert said(composed(case), "5").splitlines()[0] == (
        "Arrest: about 14 March 2025, at the market of Westmark [1] · Charge: 19 March 2025° · Trial: May 2026,"
        " Westmark° · Sentence: 2 June 2026, 4 years [4] · Transfer: June 2026, Colony no. 4, Lower Tarn°."
    )
    long = a_tried_case("commission")
    arrested(long, claim=1)
    lines = said(composed(long, "commission"), "6").splitlines()
    place = lines.index("In order:")
    assert lines[place + 1 : place + 3] == [
        "- Arrest: about 14 March 2025, at the market of Westmark. [1]",
        "- Charge: 19 March 2025.°",
    ]


def test_a_claim_that_prints_with_its_attribution_or_not_at_all_lends_no_number() -> None:
    case = a_tried_case()
    for number in (2, 3):  # a witness of grade C; health, which consent does not open
        arrested(case, claim=number)
        assert first_stage(composed(case)) == "Arrest: about 14 March 2025, at the market of Westmark"


def test_a_claim_that_was_taken_out_lends_none_either() -> None:
    case = a_tried_case()
    arrested(case, claim=1)
    Claim.objects.filter(case=case, number=1).update(removed_at=timezone.now())
    assert first_stage(composed(case)) == "Arrest: about 14 March 2025, at the market of Westmark"


def test_a_claim_whose_number_alone_stands_in_the_text_is_listed_as_left_out() -> None:
    case = a_tried_case()
    arrested(case, claim=1)
    made = composed(case)
    lines = said(made, "5").splitlines()
    without = "\n".join([lines[0], *(line for line in lines[1:] if "[1]" not in line)])
    body = [{**row, "text": without} if row["code"] == "MIN_BRIEF.5" else row for row in made.body]
    packet = Packet(case, "AU_DIPLO", "disclosure", "en", today=TODAY)
    text = "\n".join(row["text"] for row in body if not is_sources(row["code"]))
    assert "[1]" in without and "claim:1" in {row.what for row in left_out(packet, text)}
    assert "claim:1" not in {row.what for row in left_out(packet, said(made, "5"))}


def test_the_source_behind_a_stage_stands_in_the_list_and_the_text_reads_back() -> None:
    case = a_tried_case()
    arrested(case, claim=1)
    material = a_written(case)
    assert material.claim_uses.filter(claim__number=1, printed_as="fact").exists()
    back = read_back([case], material.body, audience="AU_DIPLO", level="disclosure", language="en")
    assert back.faults == []


def test_the_claim_of_a_fact_is_of_the_same_case(client: Client) -> None:
    case, other = a_tried_case(), a_full_packet(codename="Quince")
    spell, claim = Detention.objects.get(case=case), Claim.objects.get(case=other, number=1)
    with pytest.raises(ValidationError, match="another case"):
        change_detention(actor=case.lead, row=spell, version=spell.version, values={"arrest_claim": claim})
    spell.arrest_claim = claim
    with pytest.raises(IntegrityError), transaction.atomic():
        spell.save()
    signed_in(client, case.lead)
    address = reverse("casework:change_detention", args=[case.reference, spell.pk])
    page = client.get(address).content.decode()
    assert "Place of the arrest" in page and "Officers of the Interior Ministry" in page
    sent = {"version": spell.version, "started": "2025-03-14~", "taken_at": "in Tarn", "arrest_claim": claim.pk}
    assert client.post(address, sent).status_code == 422 and not Detention.objects.get(pk=spell.pk).arrest_claim
    own = Claim.objects.get(case=case, number=1)
    assert client.post(address, {**sent, "arrest_claim": own.pk}).status_code == 302
    stored = Detention.objects.get(pk=spell.pk)
    assert (stored.taken_at, stored.arrest_claim) == ("in Tarn", own)
    assert "in Tarn" in client.get(reverse("casework:case", args=[case.reference])).content.decode()
    signed_in(client, on_case(other, "sam", "coordinator"))
    assert client.get(address).status_code == 404
    tomas = on_case(case, "tomas", "reader")
    with pytest.raises(PermissionDenied):
        change_detention(actor=tomas, row=stored, version=stored.version, values={"taken_at": "in Brezje"})


def test_the_leak_scan_protects_the_place_of_the_arrest_until_consent_opens_places() -> None:
    case = a_tried_case()
    arrested(case, "Old Mill, Brezje")
    for items, is_found in ((set(), True), ({"CI_LOCATION"}, False)):
        found = protected_terms([case], {case.pk: items})
        assert any("brezje" in str(one.forms).casefold() for one in found) is is_found


def test_a_case_without_claims_is_asked_for_none(client: Client) -> None:
    case = a_case()
    Detention.objects.create(case=case, started="2025-03-14")
    signed_in(client, case.lead)
    page = client.get(reverse("casework:add_charge", args=[case.reference])).content.decode()
    assert "Place of the trial" in page and "Claim that says" not in page
