"""The leak scan meets a name however it is written; and what is no name passes."""

import html
import unicodedata
import uuid
from collections.abc import Callable

import pytest

from casework.models import Consent
from safety.leaks import Protected, hits, protected_terms
from safety.leaks.terms import protected_name
from tests.factories import a_case, a_consent

CASE = uuid.uuid4()
NAMES = (
    "Wilhelmina Sturdivant",
    "Maria Petrova",
    "Müller-Óskarsdóttir",
    "Nguyễn Văn Đức",
    "Lukasz Orzeł",
    "Сергей Иванов",
    "محمد كريمي",
    "علی رضایی",
    "فاطمة الزهراء",
    "张伟明",
    "김철수",
    "Li Wu",
)
LOOKS_ALIKE = str.maketrans("aeopcxyijsABEHKMOPTXC", "аеорсхуіјѕАВЕНКМОРТХС")


def each(piece: str) -> Callable[[str], str]:
    return lambda name: piece.join(name)


def letters(first: int) -> Callable[[str], str]:
    return lambda name: "".join(chr(first + ord(c) - 97) if "a" <= c <= "z" else c for c in name)


# The kinds of SECURITY.md 5.
EVASIONS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "upper case": str.upper,
    "decimal entities": lambda name: "".join(f"&#{ord(c)};" for c in name),
    "hexadecimal entities": lambda name: "".join(f"&#x{ord(c):X};" for c in name),
    "entities without semicolon": lambda name: "".join(f"&#{ord(c)}" for c in name),
    "entities with noughts": lambda name: "".join(f"&#0000{ord(c)};" for c in name),
    "entities of entities": lambda name: html.escape("".join(f"&#{ord(c)};" for c in name)),
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "full width": lambda name: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
    "mathematical letters": letters(0x1D41A),
    "circled letters": letters(0x24D0),
    "monospaced letters": letters(0x1D68A),
    "zero width spaces": each("\u200b"),
    "joiners": each("\u200d"),
    "word joiners": each("\u2060"),
    "soft hyphens": each("\xad"),
    "variation selectors": each("\ufe0f"),
    "marks of direction": each("\u200e"),
    "blank letters": each("\u3164"),
    "object replacements": each("\ufffc"),
    "accents": lambda name: "".join(c + "\u0301" if c.isalpha() else c for c in name),
    "strokes": lambda name: "".join(c + "\u0336" for c in name),
    "lookalikes": lambda name: name.translate(LOOKS_ALIKE),
    "kashida": lambda name: "".join(c + "ـ" if "\u0620" <= c <= "\u06cc" else c for c in name),
    "tashkeel": lambda name: "".join(c + "\u064e" if "\u0620" <= c <= "\u06cc" else c for c in name),
    "persian letters": lambda name: name.translate(str.maketrans("يكهة", "یکەہ")),
    "arabic letters": lambda name: name.translate(str.maketrans("یک", "يك")),
    "spaces": each(" "),
    "full stops": each("."),
    "hyphens": each("-"),
    "underscores": each("_"),
    "stars": each("*"),
    "thin spaces": each("\u2009"),
    "new lines": each("\n"),
    "raised dots": each("·"),
    "emoji": each("😀"),
    "reversed names": lambda name: " ".join(reversed(name.split())),
    "family name first": lambda name: ", ".join(reversed(name.split())),
    "initial": lambda name: f"{name[0]}. {name.split()[-1]}",
    "family name alone": lambda name: name.split()[-1],
    "joined": lambda name: name.replace(" ", ""),
}


def found(text: str, name: str) -> list[str]:
    term = protected_name(CASE, "casework.name.value", name)
    return [hit.words for hit in hits({"text": text}, [term], [CASE]) if hit.field == term.field]


@pytest.mark.parametrize("evasion", EVASIONS)
def test_no_way_of_writing_hides_a_name(evasion: str):
    write = EVASIONS[evasion]
    missed = [name for name in NAMES if not found(f"They took {write(name)} from home.", name)]
    assert missed == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Сергей Иванов", "арест Сергея"),
        ("Сергей Иванов", "вместе с Ивановым"),
        ("Анна Петрова", "письмо Анне"),
        ("Maria Petrova", "z Petrovou"),
        ("Lukasz Orzeł", "Lukaszem"),
        ("Heinrich Schuster", "Schusters Haft"),
        ("محمد كريمي", "اعتقلوا وكريمي أمس"),
        ("محمد كريمي", "رسالة لمحمد"),
        ("فاطمة الزهراء", "بالزهراء"),
        ("Ahmet Yılmaz", "Yılmaz'ın"),
        ("Mai Ng", "Mr Ng was moved"),
        ("Ali", "A. l. i"),
    ],
)
def test_grammar_hides_no_name(name: str, text: str):
    assert found(text, name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Al Amin", "Al Jazeera wrote about El Salvador"),
        ("Do An", "what we do and where an answer is due"),
        ("Rosa Martin", "the rosary, a martingale"),
        ("Ali", "alibi, an ally in Alicante"),
        ("Сергей Иванов", "в серии новых решений"),
        ("محمد كريمي", "محمود والكرم"),
    ],
)
def test_words_that_only_begin_alike_pass(name: str, text: str):
    assert found(text, name) == []


def test_a_telephone_number_is_met_however_its_figures_are_written():
    term = Protected(CASE, "casework.contact.phone", figures=frozenset({"600123456"}))
    for text in (
        "+34 600 12 34 56",
        "6.0.0.1.2.3.4.5.6",
        "٦٠٠١٢٣٤٥٦",
        "&#54;&#48;&#48;123456",
        "６００１２３４５６",
        "tel600-123-456x",
    ):
        assert hits({"text": text}, [term], [CASE]), text
    assert not hits({"text": "⒈⒉⒊ and 600 124 456"}, [term], [CASE])


@pytest.mark.django_db
def test_a_relative_who_answered_for_the_person_is_protected_without_being_a_contact():
    case = a_case()
    a_consent(case, giver="CG_FAMILY", giver_name="Barnabas Thistlewood")
    a_consent(case, giver="CG_SELF", giver_name="Ottoline Ravensworth")
    assert Consent.objects.filter(case=case).count() == 2
    parts = {"text": "Mr Thistlewood and Ottoline spoke."}
    shut = [hit.field for hit in hits(parts, protected_terms([case], {}), [case.pk])]
    assert shut == ["casework.consent.giver_name"]
    assert hits(parts, protected_terms([case], {case.pk: {"CI_FAMILY"}}), [case.pk]) == []
