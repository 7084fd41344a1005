"""Papers in another language than their packet: translated, signed, never a sentence left as it was."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.actions import translations
from casework.actions.translations import Line
from casework.models import Ask, Case, Claim, Consent, FamilyTold, Translation, TypedWords, Wish
from casework.models.rows import CaseRow
from casework.translating.originals import originals_of
from materials.actions import materials
from materials.actions.materials import StatedDisclosures
from materials.facts_used import changed_facts, has_changed
from materials.leaving.staleness import is_stale
from materials.models import Material, MaterialFact
from materials.review.readiness import why_not_ready
from papers.composing.composing import compose
from papers.kinds import registry
from safety import gate
from sealing.fields import SealedTextField
from tests.advocacy.journeys import a_written
from tests.casework.translated import a_translation, translated_into
from tests.factories import a_consent, on_case
from tests.materials.packets import a_full_packet, fit_for
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
    head = next(row["text"] for row in made.body if row["code"] == "OFFICIAL_LETTER.1")
    assert head.splitlines()[1] == rows["ask.to"][0].text and Ask.objects.get().to not in head


# What a signed text rests on


def retranslated(case: Case, what: str, text: str) -> None:
    one = next(one for one in originals_of(Case.objects.get(pk=case.pk)) if one.what == what)
    row = Translation.objects.present().get(row_id=one.row.pk, what=what)
    line = Line(*one.key, text=text, version=row.version, read=one.mac.hex())
    assert translations.translate(actor=case.lead, case=case, language="ar", lines=[line]) == 1


def another_ask(case: Case) -> None:
    ask = Ask.objects.get(case=case)
    ask.text = "Let a doctor of her own choice see her"
    ask.save()


def another_place(case: Case) -> None:
    place = case.places.get()
    place.place = "Colony no. 9"
    place.save()


CHANGES: dict[str, Callable[[Case], None]] = {
    "a translation of a claim was corrected": lambda case: retranslated(case, "claim.text", "جملة مصححة"),
    "a translation of an ask was taken out": lambda case: retranslated(case, "ask.text", ""),
    "a translation on the cover was corrected": lambda case: retranslated(case, "case.why_now", "سبب آخر"),
    "the original of an ask changed": another_ask,
    "the original of a place changed": another_place,
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_under_a_translated_text_keeps_it_from_review_and_from_leaving(case: Case, name: str) -> None:
    translated_into(case)
    material = arabic(case)
    signed = materials.send_to_review(actor=a_person("ana"), material=material)
    assert gate.refused_rows(gate.Leaving.of(signed), ["facts-changed"])["facts-changed"] == []
    CHANGES[name](case)
    assert has_changed(signed) and is_stale(signed)
    materials.take_back(actor=a_person("ana"), material=signed)
    with pytest.raises(ValidationError, match="A fact of the case changed"):
        materials.send_to_review(actor=a_person("ana"), material=signed)


def test_a_corrected_translation_is_told_before_and_after_and_composing_again_takes_it(case: Case) -> None:
    before = translated_into(case)["case.why_now"][0].text
    material = arabic(case)
    retranslated(case, "case.why_now", "سبب آخر")
    (changed,) = changed_facts(material)
    assert changed.kind == "translated" and before in changed.before and "سبب آخر" in changed.after
    version = Material.objects.get(pk=material.pk).version
    again = materials.compose_again(actor=a_person("ana"), material=material, version=version)
    assert "سبب آخر" in text_of(again) and before not in text_of(again) and not has_changed(again)


def test_a_translation_into_another_language_makes_nothing_stale(case: Case) -> None:
    translated_into(case)
    translated_into(case, "ru")
    material, english = arabic(case), a_written(case)
    kinds = MaterialFact.objects.filter(material=english).values_list("kind", flat=True)
    assert "translated" in set(MaterialFact.objects.filter(material=material).values_list("kind", flat=True))
    assert "translated" not in set(kinds)
    one = next(one for one in originals_of(case) if one.what == "case.why_now")
    row = Translation.objects.get(row_id=one.row.pk, what=one.what, language="ru")
    line = Line(*one.key, text="иначе", version=row.version, read=one.mac.hex())
    translations.translate(actor=case.lead, case=case, language="ru", lines=[line])
    assert not has_changed(material) and not has_changed(english)


def test_the_reviewer_reads_original_and_translation(client: Client, case: Case) -> None:
    rows = translated_into(case)
    material = materials.send_to_review(actor=a_person("ana"), material=arabic(case))
    signed_in(client, on_case(case, "rui", "reviewer"), fresh=True)
    page = html.unescape(client.get(reverse("materials:review", args=[material.pk])).content.decode())
    panel = page.partition('aria-labelledby="claims-h"')[2].partition("</section>")[0]
    assert "He was questioned for five days without a lawyer." in panel and rows["claim.text"][1].text in panel


# The one list of what is translated


def test_every_typed_word_that_a_paper_prints_stands_in_the_list_of_what_is_translated(case: Case) -> None:
    """Every sealed text of the packet holds a word of its own; an untranslated paper of any kind prints none of them."""
    spoken: dict[str, str] = {}
    names = {("Name", "value"), ("Source", "link"), ("NoStatement", "as_of")}
    for model in apps.get_app_config("casework").get_models():
        if not issubclass(model, CaseRow | Case) or model in {Translation, Consent, FamilyTold, Wish}:
            continue
        rows = [case] if model is Case else model.objects.filter(case=case)
        for row in rows:
            for field in row.sealed_fields():
                if type(field) is SealedTextField and (model.__name__, field.name) not in names:
                    word = f"Zq{len(spoken)}word"
                    spoken[word] = f"{model.__name__}.{field.name}"
                    setattr(row, field.name, word)
            row.save()
    fresh, written = Case.objects.get(pk=case.pk), set()
    for kind in registry.composed():
        for audience in kind.audiences:
            a_consent(
                case, ("CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS", "CI_STATUS"), [audience], giver="CG_SELF_LAWYER"
            )
            fit_for(kind, fresh)
            try:
                made = compose([fresh], kind=kind.code, audience=audience, language="ar")
            except ValidationError:
                continue
            written.add(kind.code)
            text = text_of(made)
            assert not {spoken[word] for word in spoken if re.search(rf"\b{word}\b", text)}, kind.code
    assert len(written) >= len(registry.composed()) - 2, "a notice after a death is of the dead alone"
    listed = {what.value for what in TypedWords}
    assert {what.lower() for what in spoken.values()} >= listed
