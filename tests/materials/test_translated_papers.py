"""Papers in another language than their packet: translated, signed, never a sentence left as it was."""

import html
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.actions import translations
from casework.models import Ask, Case, Claim, Translation
from casework.translating.originals import originals_of
from materials.actions import materials
from materials.actions.materials import StatedDisclosures
from materials.models import Material
from materials.review.readiness import why_not_ready
from papers.composing.composing import compose
from tests.advocacy.journeys import a_written
from tests.casework.translated import a_translation, translated_into
from tests.factories import on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return a_full_packet()


def text_of(material: Any) -> str:
    return "\n".join([material.title, *(section["text"] for section in material.body)])


def arabic(case: Case) -> Material:
    return a_written(case, language="ar")


def typed(material: Material, place: str, text: str) -> Material:
    """Save other words in one section."""
    texts = {row["code"]: row["text"] for row in material.body or []}
    texts[f"{material.kind}.{place}"] = text
    return materials.edit(
        actor=a_person("ana"),
        material=material,
        version=Material.objects.get(pk=material.pk).version,
        title=material.title or "",
        texts=texts,
        told=StatedDisclosures(is_nothing_further=True),
    )


def test_without_translations_no_english_word_stands_in_the_text_and_everything_is_listed(case: Case) -> None:
    made = compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="ar")
    for original in originals_of(case):
        assert original.words.rstrip(".") not in text_of(made), original.what
    why = {row.what for row in made.withheld if row.why == "not-translated"}
    assert why >= {
        "claim:1",
        "claim:2",
        "claim:4",
        "charge:1",
        "ask:1",
        "place",
        "occupation",
        "why_now",
        "authorities",
    }
    assert ("claim:3", "no-consent") in {(row.what, row.why) for row in made.withheld}, "what is shut stays shut first"


def test_an_arabic_briefing_of_nothing_translated_is_refused_and_leads_to_the_translation(
    client: Client, case: Case
) -> None:
    material = arabic(case)
    with pytest.raises(ValidationError) as refused:
        materials.send_to_review(actor=a_person("ana"), material=material)
    told = " ".join(refused.value.messages)
    assert "“نرجو” is empty." in told and "Part of the packet is not translated into Arabic" in told
    signed_in(client, a_person("ana"))
    page = html.unescape(client.get(reverse("materials:material", args=[material.pk])).content.decode())
    url = reverse("materials:translation", args=[case.reference, "ar"])
    assert f'href="{url}"' in page and "are not translated: translate" in page
    assert "nobody has translated it into the language of the text" in page


def test_composed_with_signed_translations_it_prints_them_and_is_ready(case: Case) -> None:
    rows = translated_into(case)
    material = arabic(case)
    text = text_of(material)
    for what in ("claim.text", "source.attribution", "ask.text", "ask.to", "place.place", "charge.law", "case.why_now"):
        assert rows[what][0].text in text, what
    assert "According to" not in text and f"{rows['source.attribution'][1].text}" in text
    assert why_not_ready(material) == []
    assert materials.send_to_review(actor=a_person("ana"), material=material).status == "in_review"


def test_english_papers_of_the_same_packet_are_what_they_were(case: Case) -> None:
    before = compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en")
    translated_into(case)
    assert compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en") == before


def test_a_packet_in_arabic_prints_in_arabic_without_a_translation_and_in_english_with_one(case: Case) -> None:
    case.language = "ar"
    case.save(update_fields=["language"])
    Claim.objects.get(case=case, number=1).save()
    assert "Officers of the Interior Ministry" in text_of(
        compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="ar")
    )
    assert "Officers of the Interior Ministry" not in text_of(
        compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en")
    )


def test_a_translation_that_nobody_signed_refuses_and_names_the_line(case: Case) -> None:
    rows = translated_into(case, but=["claim.text"])
    claims = [one for one in originals_of(case) if one.what == "claim.text"]
    for number, one in enumerate(claims):
        a_translation(one, f"جملة عن الدعوى {'أبتث'[number]}", is_signed=number != 0)
    material = arabic(case)
    (reason,) = why_not_ready(material)
    assert "جملة عن الدعوى أ" in reason and "no second reader has signed" in reason and rows
    tomas = on_case(case, "tomas", "reader")
    tomas.reads = "ar"
    tomas.save(update_fields=["reads"])
    row = Translation.objects.get(signed_by=None)
    translations.sign(actor=tomas, case=case, language="ar", rows=[(row.pk, row.version)])
    assert why_not_ready(material) == []


def test_a_claim_whose_source_is_not_translated_prints_nowhere(case: Case) -> None:
    translated_into(case, but=["source.attribution"])
    made = compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="ar")
    why = {row.what: row.why for row in made.withheld}
    assert {why[f"claim:{number}"] for number in (1, 2, 4)} == {"not-translated"}


def test_a_charge_prints_whole_or_not_at_all(case: Case) -> None:
    charge = case.charges.get()
    charge.verdict = "Guilty on all counts"
    charge.save()
    translated_into(case, but=["charge.verdict"])
    made = compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="ar")
    assert ("charge:1", "not-translated") in {(row.what, row.why) for row in made.withheld}
    assert not [row for row in made.fields if row["what"] == "charge"]


@pytest.mark.parametrize(
    ("place", "sentence", "told"),
    [
        ("5", "- He was questioned for five days without a lawyer. [1]", "stands in the text as it is in the packet"),
        ("9", "He must be seen by an independent doctor.", "is not in Arabic. Translate this sentence"),
        ("9", "حتى 3 مارس: He must be seen by a doctor.", "is not in Arabic"),
        ("9", "Его должен осмотреть врач.", "is not in Arabic"),
    ],
)
def test_a_sentence_that_somebody_typed_and_left_is_refused(case: Case, place: str, sentence: str, told: str) -> None:
    translated_into(case)
    material = typed(arabic(case), place, sentence)
    assert any(told in reason for reason in why_not_ready(material)), why_not_ready(material)


def test_a_name_a_sign_and_an_address_in_other_letters_are_no_sentence(case: Case) -> None:
    translated_into(case)
    material = typed(
        arabic(case), "9", "الاسم: Ilias Varanen\nICCPR\nhttps://example.org/a/long/way write@example.org\nArt. 214"
    )
    assert why_not_ready(material) == []


def test_words_that_are_the_same_in_both_languages_stand_where_a_reader_signed_them(case: Case) -> None:
    translated_into(case, but=["charge.law"])
    (law,) = [one for one in originals_of(case) if one.what == "charge.law"]
    row = a_translation(law, law.words, is_signed=False)
    material = arabic(case)
    assert "no second reader" in " ".join(why_not_ready(material))
    row.signed_by, row.signed_at = Translation.objects.exclude(signed_by=None)[0].signed_by, row.translated_at
    row.save()
    assert why_not_ready(material) == []


def test_an_ask_that_is_not_translated_is_a_gap_and_is_offered_to_nobody(case: Case) -> None:
    translated_into(case, but=["ask.to"])
    made = compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="ar")
    assert ("ask:1", "not-translated") in {(row.what, row.why) for row in made.withheld}
    assert next(row["text"] for row in made.body if row["code"] == "MIN_BRIEF.3") == ""


def test_the_addressee_of_a_letter_is_the_translated_one(case: Case) -> None:
    rows = translated_into(case)
    made = compose([case], kind="OFFICIAL_LETTER", audience="AU_DIPLO", language="ar")
    first = next(row["text"] for row in made.body if row["code"] == "OFFICIAL_LETTER.1")
    assert first.startswith(rows["ask.to"][0].text) and Ask.objects.get().to not in first
