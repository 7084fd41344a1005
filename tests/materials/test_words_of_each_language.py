"""Papers in five languages: dates, numbers and the person's own gender as each language says them, and no English left."""

import datetime as dt
import re
import unicodedata

import pytest

from casework.models import Case, Person, RightImplicated
from directory.countries import countries, names_by_language
from directory.vocabulary import terms
from materials.actions.materials import write
from materials.facts_used import changed_facts
from materials.forms.materials import NewMaterialForm
from papers.composing import words
from papers.composing.composing import compose
from papers.composing.marks import sentences
from papers.composing.naming import Naming
from papers.composing.packet import Packet
from papers.composing.paper_blocks import paper_words
from papers.composing.parts import closed
from papers.composing.small_words import inside
from papers.composing.word_table import OF_A_NUMBER
from papers.kinds import registry
from papers.kinds.kind import Kind
from papers.pdf.fonts import letters_without_font
from papers.pdf.joining import joined
from papers.pdf.paper import Text
from papers.pdf.rendering import pdf
from safety.leaks.third_persons import KnownNames, others_in
from sealing.letters.languages import OF_PAPERS, READ, language_name
from sealing.matching.index import Index
from sealing.matching.names import forms_of
from tests.factories import a_case, a_claim, a_source
from tests.materials.packets import a_full_packet, fit_for
from tests.materials.test_pdf import COPY, needs_pango, needs_poppler, read

TODAY = dt.date(2026, 11, 20)
TABLE = words.fixed_words()
OTHERS = [code for code in words.NAMES if code != "en"]
each_language = pytest.mark.parametrize("language", words.NAMES)
each_other = pytest.mark.parametrize("language", OTHERS)
COUNTED = sorted(key for key, row in TABLE.items() if OF_A_NUMBER in row["ru"])
FORMS_OF_THE_NAME = ("Ilias Varanen", "Илиас Варанен", "إلياس فارانن")
LATIN_ALLOWED = {"A", "F"}  # the grades of sources


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# --- how the person is spoken of ----------------------------------------------------------------------------------------

HELD = {
    "en": ("Held since", "Held since", "Held since"),
    "fr": ("En détention depuis", "Détenue depuis", "Détenu depuis"),
    "es": ("En detención desde", "Detenida desde", "Detenido desde"),
    "ar": ("الاحتجاز منذ", "محتجزة منذ", "محتجز منذ"),
    "ru": ("Под стражей с", "Под стражей с", "Под стражей с"),
}


def held(case: Case, language: str, naming: str = Naming.NAMED) -> str:
    return Packet(case, "AU_DIPLO", "RL_DIPLO", language, today=TODAY, naming=naming).held()


def spoken_of(case: Case, how: str) -> Case:
    person = Person.objects.get(case=case)
    person.spoken_of = how
    person.save()
    return case


@pytest.mark.django_db
@each_language
def test_the_paper_speaks_of_the_person_as_the_person_chose_and_else_without_gender(language: str) -> None:
    case = a_full_packet()
    neutral, woman, man = HELD[language]
    assert held(case, language).startswith(neutral)
    for how, begins in (("neutral", neutral), ("woman", woman), ("man", man), ("", neutral)):
        assert held(spoken_of(case, how), language).startswith(begins), how


@pytest.mark.django_db
def test_of_somebody_who_was_held_russian_and_french_follow_too() -> None:
    case = spoken_of(a_full_packet(), "woman")
    spell = case.detentions.get()
    spell.ended = "2025-09-12"
    spell.save()
    assert plain(held(case, "ru")).startswith("Содержалась под стражей с 14 марта 2025 г.")
    assert plain(held(case, "fr")) == "Détenue depuis le 14 mars 2025 environ jusqu’au 12 septembre 2025."


@pytest.mark.django_db
def test_a_text_without_consent_or_that_names_nobody_speaks_without_gender() -> None:
    case = spoken_of(a_full_packet(items=("CI_NAME",)), "woman")
    packet = Packet(case, "AU_DIPLO", "RL_DIPLO", "fr", today=TODAY)
    assert packet.spoken_of() == "" and "Détenue" not in packet.held()
    open_case = spoken_of(a_full_packet(), "woman")
    assert held(open_case, "fr").startswith("Détenue")
    assert held(open_case, "fr", Naming.ANONYMOUS).startswith("En détention")


@pytest.mark.django_db
def test_a_paper_is_stale_when_the_person_wants_to_be_spoken_of_otherwise() -> None:
    case = spoken_of(a_full_packet(), "man")
    material = write(actor=case.lead, cases=[case], kind="MIN_BRIEF", audience="AU_DIPLO", language="fr")
    assert "Détenu depuis" in str(material.body) and not changed_facts(material)
    spoken_of(case, "woman")
    assert [fact.kind for fact in changed_facts(material)] == ["person"]


@each_language
def test_a_row_for_a_woman_has_its_twin_for_a_man_and_one_without_gender(language: str) -> None:
    chosen = {key for key in TABLE if key.endswith((".woman", ".man"))}
    bases = {key.rpartition(".")[0] for key in chosen}
    assert chosen == {f"{base}.{how}" for base in bases for how in ("woman", "man")} and bases <= set(TABLE)
    for word in ("détenu", "détenue", "detenido", "detenida", "محتجز", "محتجزة", "содержался", "содержалась"):
        rows = [key for key, row in TABLE.items() if re.search(rf"(?<!\w){word}(?!\w)", row[language].casefold())]
        assert set(rows) <= chosen, word


# --- letters and signs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_no_latin_letter_stands_in_words_of_another_script(language: str) -> None:
    for key, row in TABLE.items():
        bare = re.sub(r"%\([\w.]+\)s", " ", row[language])
        latin = {sign for sign in bare if sign.isalpha() and unicodedata.name(sign).startswith("LATIN")}
        assert latin <= (LATIN_ALLOWED if key == "source.key" else set()), key


@each_language
def test_signs_are_those_of_the_language(language: str) -> None:
    for key, row in TABLE.items():
        said = row[language]
        assert "'" not in said and '"' not in said, key
        if language != "en":
            assert not set("“”") & set(said), key
        if language == "fr":
            assert not re.search(r"[^\u00a0][:;?!»]|«[^\u00a0]", said), key
        if language == "es":
            assert (said.count("¿"), said.count("¡")) == (said.count("?"), said.count("!")), key
        if language == "ar":
            assert not set(",;?") & set(said), key
        if language == "ru":
            assert not re.search(r"№[^\u00a0]", said), key
        assert not letters_without_font(said), key


@each_language
def test_every_right_has_its_name(language: str) -> None:
    assert all(TABLE[f"right.{code}"][language] for code in terms("right"))
    assert {key.removeprefix("right.") for key in TABLE if key.startswith("right.")} == set(terms("right"))
    assert all(TABLE[f"right.{code}"]["en"] == term.english for code, term in terms("right").items())


@each_other
def test_every_state_and_language_has_its_name(language: str) -> None:
    table = names_by_language()
    assert set(table) == set(countries())
    for code, row in table.items():
        own = {unicodedata.name(sign).partition(" ")[0] for sign in row[language] if sign.isalpha()}
        assert own == {{"ar": "ARABIC", "ru": "CYRILLIC"}.get(language, "LATIN")}, code
        assert not letters_without_font(row[language]), code
    for code in READ:
        assert language_name(code, language) != language_name(code, "en"), code


# --- small words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said", "within"),
    [
        ("en", "He was questioned.", "he was questioned."),
        ("en", "The Hague heard him.", "The Hague heard him."),
        ("fr", "L’avocat n’a pas été entendu.", "l’avocat n’a pas été entendu."),
        ("fr", "Il a été interrogé.", "il a été interrogé."),
        ("fr", "La Haye a statué.", "La Haye a statué."),
        ("fr", "Ilias Varanen a été interrogé.", "Ilias Varanen a été interrogé."),
        ("es", "Los agentes lo detuvieron.", "los agentes lo detuvieron."),
        ("es", "El Salvador lo extraditó.", "El Salvador lo extraditó."),
        ("ru", "Его допрашивали пять дней.", "его допрашивали пять дней."),
        ("ru", "Адвокат не был допущен.", "Адвокат не был допущен."),
    ],
)
def test_a_sentence_inside_another_begins_small_where_it_begins_with_no_name(
    language: str, said: str, within: str
) -> None:
    assert inside(said, language) == within


@pytest.mark.parametrize(
    "said",
    [
        "Selon M. Kaboré, il a été interrogé.",
        "Selon Mme. Diallo, elle a été entendue.",
        "Il est détenu selon l’art. 12 de la loi.",
        "Según el Sr. Peña, fue interrogado.",
        "Según la Sra. Peña y p. ej. otros, fue interrogada.",
        "Según el art. 5 y la pág. 12, fue juzgada.",
        "По словам проф. Иванова, его допросили.",
        "Его судили по ст. 5 и ч. 2 в г. Минске.",
        "Он писал статьи, т. е. комментировал новости.",
        "بحسب د. سالم، استُجوب.",
    ],
)
def test_an_abbreviation_ends_no_sentence(said: str) -> None:
    assert [words for words, _labels in sentences(said)] == [said]


@pytest.mark.parametrize(
    "said",
    [
        "Его задержали 14 марта 2025 г. Он не видел адвоката.",
        "Он писал о судах, тюрьмах и т. д. Его допросили.",
        "Il a été interrogé. M. Kaboré a signé.",
        "Fue interrogado. El juez firmó.",
        "استُجوب خمسة أيام. لم يحضر محامٍ.",
    ],
)
def test_a_sentence_ends_where_it_ends(said: str) -> None:
    assert len(sentences(said)) == 2


def test_a_quoted_sentence_gets_no_second_full_stop() -> None:
    assert closed("Il a dit «\u00a0non.\u00a0»") == "Il a dit «\u00a0non.\u00a0»"
    assert closed("Libérer cette personne") == "Libérer cette personne."


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("le 1er mars 2025", "1er\u00a0mars\u00a02025"),
        ("el 14 de marzo de 2025", "14\u00a0de\u00a0marzo\u00a0de\u00a02025"),
        ("с 14 марта 2025 г. он", "14\u00a0марта\u00a02025\u00a0г."),
        ("по ст. 5", "ст.\u00a05"),
        ("núm. 4", "núm.\u00a04"),
    ],
)
def test_a_typed_date_or_article_breaks_over_no_line_in_any_language(text: str, whole: str) -> None:
    assert whole in joined(text)


def test_a_packet_is_translated_into_the_languages_that_papers_have_and_no_other() -> None:
    assert tuple(code for code, _name in words.languages()) == OF_PAPERS


# --- whole papers -------------------------------------------------------------------------------------------------------


def a_packet_in(language: str) -> Case:
    """Return the full packet with what was typed as somebody of that language types it: here only figures and signs."""
    case = a_full_packet()
    case.language = language
    case.save()
    a_claim(case, "12345.", use="authorities", sources=[a_source(case, attribution="6789")], on="2026-07-02")
    RightImplicated.objects.create(case=case, right="R_FAIRTRIAL")
    return case


@pytest.mark.django_db
@each_language
def test_dates_and_days_of_asks_are_found_again_in_the_words_of_a_briefing(language: str) -> None:
    made = compose([a_packet_in(language)], kind="MIN_BRIEF", audience="AU_DIPLO", language=language, today=TODAY)
    drawn = {row.role: row for row in paper_words("MIN_BRIEF", language, made.title, made.body).sections}
    dated = [line for block in drawn["dated"].blocks for line in block.lines]
    assert dated and all(line.date for line in dated)
    asked = [line for block in drawn["asks"].blocks if block.is_list for line in block.lines]
    opens = words.say("ask.by", language, date="\x00").partition("\x00")[0]
    assert asked and all(line.until and line.until[0].text.startswith(opens) for line in asked)


@pytest.mark.django_db
@each_other
@pytest.mark.parametrize("kind", registry.composed(), ids=lambda kind: kind.code)
def test_no_fixed_word_of_english_stands_in_a_paper_of_another_language(kind: Kind, language: str) -> None:
    """Fixed words of two words or more are looked for; that each letter is explained, test_fixed_words shows."""
    case = a_packet_in(language)
    fit_for(kind, case)
    audience = kind.audiences[0]
    made = compose([case], kind=kind.code, audience=audience, language=language, stop_on=TODAY, today=TODAY)
    text = plain("\n".join([made.title, *(f"{row['heading']}\n{row['text']}" for row in made.body)]))
    english = {part.strip() for row in TABLE.values() for part in re.split(r"%\([\w.]+\)s|[|]", row["en"])}
    assert not {part for part in english if len(part.split()) > 1 and part in text}


@pytest.mark.django_db
@each_language
def test_our_own_words_are_taken_for_nobodys_name(language: str) -> None:
    case = a_packet_in(language)
    forms = (forms_of(name) for name in (*FORMS_OF_THE_NAME, "Mina Quill", "Lower Tarn", "Ministry of Justice"))
    known = KnownNames(forms=Index((one, ()) for one in forms))
    for kind in registry.composed():
        fit_for(kind, case)
        audience = kind.audiences[0]
        made = compose([case], kind=kind.code, audience=audience, language=language, stop_on=TODAY, today=TODAY)
        text = "\n".join(f"{row['heading']}\n{row['text']}" for row in made.body)
        assert not [row.words for row in others_in({"title": made.title, "text": text}, known).named], kind.code


@pytest.mark.django_db
def test_a_new_material_is_offered_in_five_languages() -> None:
    assert [code for code, _name in words.languages()] == ["en", "fr", "es", "ar", "ru"]
    offered = NewMaterialForm(case=a_case()).fields["language"]
    assert dict(offered.choices) == dict(words.languages())  # type: ignore[attr-defined]


@needs_pango
@needs_poppler
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "es", "ru"])
def test_a_briefing_is_one_page_and_its_fixed_words_are_read_whole(language: str) -> None:
    """The order of every paper in every language, Arabic too, is read in test_signed_is_printed."""
    case = a_full_packet()
    case.language = language
    case.save(update_fields=["language"])
    made = compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language=language, today=TODAY)
    pages = read(pdf(Text("MIN_BRIEF", language, made.title, made.body, 6, TODAY), COPY)).split("\f")
    assert len([page for page in pages if page.strip()]) == 1
    seen = set(re.findall(r"\w+", pages[0]))
    for key in ("rights.lead", "print.confidence", "ours.key", "source.key", "donot.us", "treaty.ICCPR", "talk.news"):
        assert set(re.findall(r"\w+", words.say(key, language))) <= seen, key
