"""Which words of a text are the name of somebody else: by script, and what is none; told without a database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety.leaks.third_persons import KnownNames, Others, others_in
from sealing.matching.index import Index
from sealing.matching.names import forms_of

KNOWN = KnownNames(forms=Index((forms_of(name), ()) for name in ("Ilias Varanen", "Илиас Варанен", "إلياس فارانن")))


def asked(text: str, known: KnownNames = KNOWN) -> Others:
    return others_in({"text": text}, known)


def named(text: str, known: KnownNames = KNOWN) -> list[str]:
    return [row.words for row in asked(text, known).named]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He was held with Marwan Hadidi until May.", "Marwan Hadidi"),
        ("A guard called Salma bint Yusuf saw it.", "Salma bint Yusuf"),
        ("It was J. P. Okafor who wrote.", "J. P. Okafor"),
        ("It was Jean-Baptiste d’Almeida who wrote.", "Jean-Baptiste d’Almeida"),
        ("He saw U Aung Zeya there.", "U Aung Zeya"),
        ("Supreme Court Judge Petra Halvard signed.", "Judge Petra Halvard"),
        ("Hassan was beaten.", "Hassan"),
        ("Zhanna’s brother wrote.", "Zhanna"),
        ("Tariq, a cook, was taken.", "Tariq"),
        ("He is known as “Abu Omar”.", "Abu Omar"),
        ("They called him “Shorty”.", "Shorty"),
        ("Posted by @marwan_h in May.", "@marwan_h"),
        ("THE WITNESS IBRAHIM MUSA WAS NOT HEARD", "IBRAHIM MUSA"),
        ("Held with Mar<b>wan</b> Hadidi.", "Mar<b>wan</b> Hadidi"),
        ("His wife Karin Varanen waits.", "Karin Varanen"),
        ("Karin Varanen waits.", "Karin Varanen"),
        ("Mauricio fue golpeado.", "Mauricio"),
        ("Maurice était là.", "Maurice"),
        ("El juez Peñaloza no lo oyó.", "Peñaloza"),
        ("M. Kaboré a signé.", "M. Kaboré"),
        ("Приказ отдал полковник Дудаев.", "Дудаев"),
        ("Он сидел с Маратом Жумабаевым.", "Маратом Жумабаевым"),
        ("Στο κελί ήταν ο Γιώργος Μαυρίδης.", "Γιώργος Μαυρίδης"),
        ("Նույն խցում էր Հայկ Մարտիրոսյան։", "Հայկ Մարտիրոսյան"),
        ("قال الشاهد حسن كريم إنه سمع.", "حسن كريم"),
        ("كان معه أحمد بن سالم في الزنزانة.", "بن سالم"),
        ("به گفته آقای رضایی او را زدند.", "رضایی"),
        ("השופט מר כהן סירב.", "כהן"),
        ("法官拒绝听取王建业先生的证词。", "王建业"),
        ("田中さんが証言した。", "田中"),
        ("같은 방에 김수빈 씨가 있었다.", "김수빈"),
        ("พยานคือ นางมาลี สุขใจ", "มาลี สุขใจ"),
        ("သူနှင့် ဦးမောင်မောင် ရှိသည်။", "မောင်မောင်"),
        ("उसके साथ श्री मोहन यादव थे।", "मोहन यादव"),
        ("তার সঙ্গে জনাব রহিম ছিলেন।", "রহিম"),
        ("მოწმე ნინო ბერიძე არ მოუსმენიათ.", "ნინო ბერიძე"),
        ("ከእሱ ጋር አቶ አበበ ነበሩ።", "አበበ"),
        ("看守被称为“老刀”。", "老刀"),
        ("彼は「ほたる」と呼ばれていた。", "ほたる"),
    ],
)
def test_the_name_of_somebody_else_is_told(text: str, name: str) -> None:
    assert any(name in words for words in named(text)), named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ilias Varanen was arrested. Raise Ilias Varanen’s case. Varanen is ill.",
        "Илиас Варанен болен. Просим освободить Илиаса Варанена.",
        "We ask the Minister of Foreign Affairs and the Prosecutor General’s Office.",
        "Article 9 of the International Covenant on Civil and Political Rights.",
        "The Special Rapporteur on Torture and the Working Group on Arbitrary Detention wrote.",
        "On Monday, 2 June, the Westmark District Court in Belarus sentenced him.",
        "The Belarusian and Egyptian embassies in Warsaw; New Zealand and Sierra Leone.",
        "The UN, WGAD and UNESCO know. RE: REQUEST FOR A VISIT.",
        "Torture was used. Windows were painted over. Journalists said nothing.",
        "1. Ask the embassy.\n2. Send an observer.\n— Tell the family.",
        "He was moved to Aleppo prison in Raqqa. The Taliban held the road.".replace("to Aleppo prison ", ""),
        "La Corte Suprema y el Ministro de Relaciones Exteriores.",
        "Le ministère de la Justice et la Cour suprême.",
        "Верховный суд и Министерство юстиции. Европейский союз молчит.",
        "The Intermediate People’s Court heard it.",
        "In 2025 he wrote. I do not know. I’m here.",
    ],
)
def test_bodies_states_days_and_first_words_are_no_names(text: str) -> None:
    assert asked(text) == Others()


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("كان في الزنزانة مع مروان.", "ARABIC"),
        ("他和王建业关在一起。", "CJK"),
        ("เขาอยู่กับสมศักดิ์", "THAI"),
        ("მასთან იყო", "GEORGIAN"),
        ("Er wurde mit der Frau in die Zelle gebracht und nicht gehört.", "LATIN"),
    ],
)
def test_where_a_name_looks_like_any_word_the_script_is_told_as_not_checked(text: str, script: str) -> None:
    assert asked(text).untold == (script,)


def test_the_stored_name_of_the_prisoner_alone_makes_no_script_unchecked() -> None:
    assert asked("Ilias Varanen (إلياس فارانن) is ill.") == Others()
    assert asked("Ilias Varanen (إلياس فارانن، صحفي) is ill.").untold == ("ARABIC",)


def test_in_german_a_noun_is_no_name_and_a_full_name_still_is() -> None:
    assert named("Er wurde mit der Zelle und dem Gericht in Berlin bekannt.") == []
    assert named("Er wurde mit Helga Stein in die Zelle und nicht in den Hof gebracht.") == ["Helga Stein"]


def test_each_name_is_told_once_where_it_stands_first() -> None:
    seen = others_in({"title": "On Marwan Hadidi", "text": "Guards beat Marwan. They knew Marwan Hadidi."}, KNOWN)
    assert [(row.part, row.start, row.words) for row in seen.named] == [("title", 3, "Marwan Hadidi")]
    assert named("Guards beat Marwan. They knew Marwan Hadidi and Marwan Sule.") == [
        "Marwan",
        "Marwan Hadidi",
        "Marwan Sule",
    ]


def test_what_the_scan_found_already_is_not_told_twice() -> None:
    text = "She saw Mara Ilves and Pavel Zimin."
    seen = others_in({"text": text}, KNOWN, {"text": [(8, 18)]})
    assert [row.words for row in seen.named] == ["Pavel Zimin"]


def test_words_that_stand_by_right_are_not_told_and_a_name_that_shares_one_is() -> None:
    known = KnownNames(words=frozenset({"kalev", "sund", "tarn"}))
    assert named("He wrote to Kalev Sund from Lower Tarn.", known) == []
    assert named("He wrote to Kalev Ilves.", known) == ["Kalev Ilves"]


def test_who_looks_or_sounds_like_the_prisoner_is_somebody_else() -> None:
    from safety.leaks.third_persons.accounted import EXACT

    exact = KnownNames(forms=Index([({form for form in forms_of("Ilias Varanen") if form[0] in EXACT}, ())]))
    assert named("He was held with Ilja Veronen.", exact) == ["Ilja Veronen"]


SYLLABLES = st.sampled_from(["ka", "zo", "mri", "bel", "tu", "vash", "ngo", "pry", "lio", "dze"])
WORDS = st.lists(SYLLABLES, min_size=2, max_size=3).map(lambda parts: "".join(parts).title() + "x")


@settings(max_examples=60, deadline=None)
@given(
    WORDS,
    WORDS,
    st.sampled_from(["He was held with {}.", "{} saw it.", "The cook, {}, was there.", "Ask where {} is."]),
)
def test_two_unknown_words_with_capitals_are_always_told(given_name: str, family: str, frame: str) -> None:
    name = f"{given_name} {family}"
    assert name in named(frame.format(name))
