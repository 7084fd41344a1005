"""A letter looks as letters do in its language: place and day, address, subject, salutation; and it says what they say."""

import datetime as dt

import pytest

from casework.actions.no_statement import say_no_statement
from casework.models import Case
from directory.models import OfficeIdentity
from materials.review.readiness import why_not_ready
from papers.composing import words
from papers.composing.composing import Composed, compose
from papers.composing.paper_blocks import paper_words
from papers.composing.wishes import Wishes
from papers.formats.plain_text import plain_text
from papers.kinds.letter import KIND
from papers.pdf.joining import joined
from papers.pdf.paper import Text, sheet
from tests.factories import a_claim
from tests.materials.packets import a_full_packet
from tests.materials.test_readers_of_the_directory import a_letter, a_minister
from tests.people import a_person

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
SALUTATION = "Dear Minister,"


def a_packet(language: str = "en", **fields: str) -> Case:
    case = a_full_packet(audiences=["AU_HOLDER"])
    for name, value in {"language": language, **fields}.items():
        setattr(case, name, value)
    case.save()
    return case


def composed(case: Case, language: str = "en") -> Composed:
    wishes = Wishes(reader=str(a_minister().pk))
    return compose([case], kind=KIND.code, audience="AU_HOLDER", language=language, today=TODAY, wishes=wishes)


def a_place(place: str) -> None:
    row = OfficeIdentity(name="Tarn Watch", address="3 Harbour Lane", place=place, made_by=a_person("admin"))
    row.save(force_insert=True)


def said(made: Composed, place: str) -> str:
    text = next(row["text"] for row in made.body if row["code"] == f"{KIND.code}.{place}")
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "head", "subject"),
    [
        ("en", ["Port Tarn, 20 November 2026", "Maria Lund, Minister"], "Re: "),
        ("es", ["Port Tarn, 20 de noviembre de 2026", "Maria Lund, Minister"], "Asunto: "),
        ("ar", ["Port Tarn، 20 نوفمبر 2026", "Maria Lund, Minister"], "الموضوع: "),
        ("fr", ["Maria Lund, Minister", "Port Tarn, le 20 novembre 2026"], "Objet : "),
        ("ru", ["Maria Lund, Minister", "Port Tarn, 20 ноября 2026 г."], "Тема: "),
    ],
)
def test_day_and_address_stand_above_the_subject_and_the_salutation_beneath(
    language: str, head: list[str], subject: str
) -> None:
    case = a_packet(language)
    a_place("Port Tarn")
    made = composed(case, language)
    lines = said(made, "1").splitlines()
    assert [lines[0], lines[1 if language in {"en", "es", "ar"} else -1]] == head
    text = Text(KIND.code, language, made.title, made.body, 1, TODAY)
    for drawn in (sheet(text, None), plain_text(text, None).decode()):
        flat = drawn.replace("\u00a0", " ")
        order = [flat.index(words_of_it) for words_of_it in (head[0].split(",")[0], subject, SALUTATION)]
        assert order == sorted(order)
        assert flat.index("4000 Ulm") < order[1]


def test_an_office_without_a_place_of_writing_has_the_day_alone() -> None:
    made = composed(a_packet())
    assert said(made, "1").splitlines()[0] == "20 November 2026"
    assert made.title == "Re: Ilias Varanen, newspaper editor"


def test_nothing_stands_above_the_title_of_a_paper_that_is_no_letter() -> None:
    drawn = paper_words("MIN_BRIEF", "en", "T", [{"code": "MIN_BRIEF.1", "heading": "H", "text": "In confidence."}])
    assert not drawn.opening and len(drawn.sections) == 1


def test_a_letter_says_what_the_authorities_say_where_the_packet_holds_it() -> None:
    case = a_packet()
    assert said(composed(case), "9") == "The Ministry of Justice states that the case is about tax alone."
    claim = a_claim(case, "The court was independent.", items=["CI_BIO"], on="2026-06-04", use="authorities")
    assert said(composed(case), "9") == f"4 June 2026: The court was independent. [{claim.number}]"


def test_where_nobody_said_so_the_letter_is_silent_and_is_not_refused_for_it() -> None:
    case = a_packet(authorities_say="")
    made = composed(case)
    assert said(made, "9") == "" and not [row for row in made.withheld if row.what == "position"]
    material = a_letter(a_minister())
    case = material.cases.get()
    assert not any("authorities" in why for why in why_not_ready(material))


def test_that_no_statement_is_known_stands_there_only_where_a_person_said_so() -> None:
    case = a_packet(authorities_say="")
    say_no_statement(actor=a_person("ana"), case=case, as_of=dt.date(2026, 11, 19))
    assert said(composed(case), "9") == "We know of no statement by the authorities as of 19 November 2026."


def test_what_they_say_stays_out_of_a_letter_without_consent() -> None:
    case = a_full_packet(items=["CI_NAME"], audiences=["AU_HOLDER"])
    assert said(composed(case), "9") == ""


@pytest.mark.parametrize("language", words.NAMES)
def test_the_sign_of_our_own_lines_never_begins_a_line_by_itself(language: str) -> None:
    sign = words.say("ours.mark", language)
    assert joined(f"Held in Lower Tarn.{sign}") == f"Held in Lower Tarn.\u2060{sign}"
