"""A protected name put through any usual evasion is found; words that only look like it are not."""

import contextlib
import html
import io
import json
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from safety.leaks import hits, look, protected_terms
from safety.leaks.terms import Protected, protected_name, telephone
from tests.factories import a_case, a_claim, a_contact, a_detention, a_prisoner

CASE = uuid.uuid4()


def found_in(text: str, *terms: Protected) -> list[str]:
    return [
        hit.words
        for hit in hits({"text": text}, terms, [CASE])
        if hit.field not in {"hidden-character", "mixed-scripts"}
    ]


def name(value: str) -> Protected:
    return protected_name(CASE, "casework.name.value", value)


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("Mohammed Al-Sayed", "We met Alsayed."),
        ("Mohammed Al-Sayed", "We met al sayed."),
        ("Mohammed Alsayed", "We met Al Sayed."),
        ("Seán Ó Conchúir-O'Malley", "We met OMalley in March."),
        ("Sean OMalley", "We met O'Malley."),
        ("عبد الرحمن المصري", "رأينا عبدالرحمن أمس"),
        ("عبدالرحمن", "رأينا عبد الرحمن أمس"),
        ("U Thant Zin Oo", "Thant Zin Oo was moved."),
        ("ဦးသန့်ဇင်ဦးလှ", "သန့်ဇင်ဦးလှ ရောက်သည်။"),
        ("Sheikh Fawzan Badrani", "Badrani spoke"),
        ("Dr. Ingeborg Hallqvist", "Frau Hallqvist sprach"),
        ("陈卫", "我们见到了陳衛先生。"),
        ("陈卫民", "卫民还好。"),
        ("ต้อม", "เราได้พบต้อมเมื่อวาน"),
        ("김서하", "서하에게 말했다"),
        ("サヨ", "サヨから聞いた"),
        ("Ahmed Rashid", "4hmed came"),
        ("Ahmed Rashid", "dihsaR demhA"),
        ("Ahmed Rashid", "d-i-h-s-a-R"),
        ("Ahmed Rashid", "Ah-\nmed came"),
        ("Ahmed Rashid", "<b>Ah</b>med came"),
        ("Ahmed Rashid", "%41hmed came"),
        ("Ahmed Rashid", "&#65;hmed came"),
        ("Ahmed Rashid", "#FreeAhmedRashid"),
        ("Ahmed Rashid", "#freeahmed"),
        ("Ahmed Rashid", "write to @a_rashid_"),
        ("Ahmed Rashid", "ahmed_rashid.jpg"),
        ("Ahmed Rashid", "IMG_rashid2.png"),
        ("Yusuf Harrani", "Youssef El Harrany"),
        ("Yusuf Harrani", "Yusuf Harani"),
        ("Yusuf Harrani", "คุณYusufมาแล้ว"),
        ("Yusuf Harrani", "ليYusufالآن"),
        ("สุรวัฒน์", "#saveสุรวัฒน์"),
        ("Ben Carter", "Ben was moved"),
        ("Nguyễn Thị Vân", "Vân was moved"),
        ("Sayed Qutlani", "Sayed was moved"),
    ],
)
def test_it_is_found(stored: str, text: str) -> None:
    assert found_in(text, name(stored))


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("สุรชัย", "We met สิรชัย in March."),
        ("कुमर", "केमर आए"),
        ("ต้อม", "ต้มยำกุ้ง"),
        ("ดาว", "ดาวี"),
        ("សុខ", "សុខា"),
        ("Sheikh Fawzan Badrani", "The Sheikh of another town"),
        ("U Thant Zin Oo", "U Min Thurein signed"),
        ("Mohammed Al-Sayed", "Al Jazeera"),
        ("Abd al-Muin", "abd"),
        ("María del Rocío Ibarguren", "el centro del pueblo"),
        ("Declan O'Sharrow", "the sparrow sang"),
        ("Ali", "Al is here"),
        ("陈卫民", "人民卫生工作很重要。"),
    ],
)
def test_another_word_is_no_finding(stored: str, text: str) -> None:
    assert found_in(text, name(stored)) == []


@pytest.mark.parametrize(
    "piece", ["a'", " ", "-\n", "<b", "%41", "a1", "อ", "Aa", "&#65;", "*_", "[ at", "1 ", "#x.", "\u200b"]
)
def test_no_text_takes_longer_than_its_length(piece: str) -> None:
    stored = name("Ahmed Rashid")

    def seconds(text: str) -> float:
        """Return the quickest of three runs: the first also reads tables, and a collection may fall into any."""
        runs = []
        for _run in range(3):
            start = time.process_time()
            found_in(text, stored)
            runs.append(time.process_time() - start)
        return min(runs)

    assert seconds(piece * 8000) < 60 * max(seconds(piece * 400), 0.01)  # twenty times the text; its square is 400


@pytest.mark.parametrize("text", ["می\u200cخواهیم", "क्\u200dष", "ผม\u200bรัก", "ខ្ញុំ\u200bចង់"])
def test_what_spelling_needs_is_not_hidden(text: str) -> None:
    assert hits({"text": text}, [], [CASE]) == []


@pytest.mark.parametrize("text", ["Ah\u200bmed", "Ah\u200cmed", "陈\u200b卫\u200d民", "\u202edemhA", "Iva\u00adn"])
def test_what_only_hides_is_a_finding_by_itself(text: str) -> None:
    assert "hidden-character" in [hit.field for hit in hits({"text": text}, [], [CASE])]


ARRANGED: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "spelled": " ".join,
    "with points": ".".join,
    "one letter a line": "\n".join,
    "with hyphens": "-".join,
    "zero width": "\u200b".join,
    "percent": lambda word: quote(word, safe=""),
    "every letter in percent": lambda word: "".join(f"%{byte:02X}" for byte in word.encode()),
    "entities": lambda word: "".join(f"&#{ord(letter)};" for letter in word),
    "entities twice": lambda word: html.escape("".join(f"&#{ord(letter)};" for letter in word)),
    "mark-up": lambda word: f"<b>{word[:2]}</b>{word[2:]}",
    "emphasis": lambda word: f"**{word[:2]}**{word[2:]}",
    "broken by a line": lambda word: f"{word[:3]}-\n{word[3:]}",
    "turned round": lambda word: word[::-1],
    "in a tag": lambda word: f"#Free{word.title()}",
    "in a handle": lambda word: f"@{word}_support",
    "in the name of a file": lambda word: f"img_{word}_02.jpg",
    "in an address": lambda word: f"https://example.org/{word}?x=1",
    "with an escape": lambda word: "".join(f"\\u{ord(letter):04x}" for letter in word),
    "figures for letters": lambda word: word.translate(str.maketrans("aeio", "4310")),
    "full width": lambda word: "".join(chr(ord(letter) + 0xFEE0) for letter in word),
    "possessive": lambda word: f"{word.title()}'s",
}
SYLLABLES = "ba ke li mo nu ra se ti vo zan dor fel gim hul jas"
NAMES = st.lists(st.sampled_from(SYLLABLES.split()), min_size=3, max_size=4).map("".join)


@pytest.mark.parametrize("arranged", ARRANGED)
@settings(max_examples=40, deadline=None)
@given(given=NAMES, family=NAMES)
def test_no_evasion_makes_a_name_pass(arranged: str, given: str, family: str) -> None:
    stored = name(f"{given} {family}".title())
    assert found_in(f"They took {ARRANGED[arranged](family)} from home.", stored), ARRANGED[arranged](family)


UNSPACED = st.sampled_from(
    ["陈卫民", "สุรวัฒน์", "ကျော်ဇံထွေး", "វិសាលរ៉ា", "ສົມພອນ", "タケベ", "さくらこ", "박도윤", "武部小夜"]
)


@settings(max_examples=60, deadline=None)
@given(value=UNSPACED, between=st.sampled_from(["", "-", " ", "\n", "·", "\u200b", "/", "<i></i>"]), before=UNSPACED)
def test_a_name_without_spaces_is_found_in_running_text(value: str, between: str, before: str) -> None:
    assert found_in(f"{before}{between.join(value)}{before}", name(value))


@pytest.mark.parametrize(
    "text",
    [
        "Call +353 1 555 0177",
        "Call 01 555 0177",
        "oh one, double five five, oh one double seven",
        "uno cinco cinco cinco cero uno siete siete",
        "un, cinq cent cinquante-cinq, zéro un, soixante-dix-sept",
        "один пять пять пять ноль один семь семь",
        "١٥٥٥٠١٧٧",
        "๑ ๕๕๕ ๐๑๗๗",
        "1 five-five-five 01 seventy-seven",
        "一五五五零一七七",
    ],
)
def test_a_telephone_number_is_found_in_figures_and_in_words(text: str) -> None:
    (term,) = telephone(CASE, "+353 1 555 0177")
    assert found_in(text, term)


@pytest.mark.parametrize(
    "told", ["+372 555 01234", "+380 44 555 0123", "00373 22 555 012", "+385 1 555 0123", "+7 495 5550177"]
)
def test_a_number_is_found_as_it_is_dialled_at_home_whatever_the_length_of_its_code(told: str) -> None:
    (term,) = telephone(CASE, told)
    at_home = told.partition(" ")[2]
    assert [hit.field for hit in hits({"text": f"Call {at_home} tonight."}, [term], [CASE])] == [term.field]


@pytest.mark.parametrize(
    "text",
    ["In 1555 there were 177 of them.", "five of one hundred and seventy-seven", "1 555 0178", "15.55 on 01.7.77"],
)
def test_other_numbers_are_none(text: str) -> None:
    (term,) = telephone(CASE, "+353 1 555 0177")
    assert found_in(text, term) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stored", "text", "verdict", "is_found"),
    [
        ("Seán Ó Conchúir-O'Malley", "We met OMalley in March.", "findings", True),
        ("陈卫", "我们见到了陳衛先生。", "cannot_check", True),
        ("สุรชัย", "เราได้พบสิรชัยเมื่อวาน", "cannot_check", False),
        ("สุรชัย", "We met สิรชัย in March.", "cannot_check", False),
    ],
)
def test_the_command_says_so_to_whoever_pipes_a_text_in(
    monkeypatch: Any, stored: str, text: str, verdict: str, is_found: bool
) -> None:
    case = a_case()
    a_prisoner(case, ("Zyyy", stored))
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    out = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("leak_scan", case.reference, "--audience", "public", "--json", "--as", "ana", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["verdict"], bool(told["findings"])) == (verdict, is_found)


@pytest.mark.django_db
def test_codename_reference_and_claim_numbers_are_protected_words() -> None:
    case = a_case(codename="Copper Lantern")
    a_prisoner(case, "Ilias Varanen")
    claim = a_claim(case)
    joined = case.reference.replace("-", "").lower()
    for text, field in (
        ("The Copper Lantern file", "codename"),
        ("copper_lantern.pdf", "codename"),
        (f"ref {case.reference}", "reference"),
        (f"https://example.org/{joined}", "reference"),
        (f"see claim {claim.number}", "number"),
    ):
        fields = [hit.field for hit in look([case], {"text": text}, {}).hits]
        assert [one.rsplit(".", 1)[1] for one in fields] == [field], text


@pytest.mark.django_db
def test_a_codename_of_one_word_is_no_finding_as_a_plain_word() -> None:
    case = a_case(codename="Heron")
    a_prisoner(case, "Ilias Varanen")
    assert look([case], {"text": "a heron by the river"}, {}).verdict == "clean"
    for text in ("The Heron case", "HERON", "heron.pdf", "#heron"):
        assert look([case], {"text": text}, {}).verdict == "findings", text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("the Government of Egypt in Cairo", False),
        ("The central question. Prison is no answer.", False),
        ("the Ministry of the Interior", False),
        ("held in Wadi Nasim", True),
        ("Wadi-Nasim Central Prison", True),
        ("a wadi in the desert", False),
        ("moved to Stonewick", True),
    ],
)
def test_a_place_is_known_by_its_own_words_and_not_by_those_of_many(text: str, is_found: bool) -> None:
    case = a_case(country="EGY")
    a_prisoner(case, "Ilias Varanen")
    a_detention(case, place="Wadi Nasim Central Prison, Cairo, Egypt")
    a_detention(case, started="2025-05-01", place="Stonewick Gaol, Cairo")
    assert bool(look([case], {"text": text}, {}).hits) is is_found


@pytest.mark.django_db
def test_every_protected_value_is_found_in_every_part_of_a_text() -> None:
    case = a_case()
    a_prisoner(case, "Ilias Varanen")
    a_contact(case, "Salme Varanen", phone="+372 555 01234", email="salme@example.org")
    parts = {"title": "Varanen", "recipient": "Salme", "text": "salme@example.org, 372 555 01234"}
    seen = [hit.part for hit in look([case], parts, {}).hits]
    assert seen[:2] == ["title", "recipient"]
    assert seen.count("text") >= 2
    assert len(protected_terms([case], {})) > 4
