"""What a draft prints and what it keeps back."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from casework.models import Claim, Consent, Name, NoStatement, Source
from papers.composing.composing import compose
from papers.composing.kept_back import LeftOut
from papers.composing.marks import blocks, found_in, reading, sentences
from papers.composing.parts import with_signs
from papers.composing.reading_back import read_back
from papers.composing.sections import of
from papers.kinds.protective_notice import NoticeAnswers, notice
from tests.factories import a_case, a_claim
from tests.materials.packets import a_full_packet

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)


def brief(case: Any, **options: Any) -> Any:
    chosen = {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en", "today": TODAY}
    return compose([case], **{**chosen, **options})


def text_of(made: Any, place: str) -> str:
    return next(section["text"] for section in made.body if section["code"].endswith(f".{place}"))


def test_a_briefing_has_the_sections_of_its_template_in_their_order() -> None:
    made = brief(a_full_packet())
    assert [section["code"] for section in made.body] == [*(section.code for section in of("MIN_BRIEF")), "MIN_BRIEF.S"]
    assert made.title == "Ilias Varanen, newspaper editor, Practice Republic"
    assert (
        text_of(made, "2")
        == "Held since about 14\u00a0March\u00a02025: about 616 days by 20\u00a0November\u00a02026.°\n"
        "Held in Colony no. 4, Lower Tarn.°"
    )


def test_each_printed_fact_ends_with_its_claim_and_a_weak_one_says_who_says_so() -> None:
    facts = text_of(brief(a_full_packet()), "5").splitlines()
    assert facts[0].endswith("[1]") and facts[0].startswith("- about 14\u00a0March\u00a02025: Officers")
    assert "According to a witness, he was questioned" in facts[1] and facts[1].endswith("[2]")
    assert len(facts) == 2


def test_a_claim_without_consent_is_withheld_with_its_items() -> None:
    case = a_full_packet()
    made = brief(case)
    assert LeftOut("claim:3", "no-consent", case.reference, ["CI_HEALTH"]) in made.withheld
    assert "weight" not in str(made.body)


def test_without_consent_for_the_audience_nothing_personal_is_printed() -> None:
    case = a_full_packet()
    Consent.objects.filter(case=case).update(withdrawn_at=dt.datetime.now(dt.UTC))
    made = brief(case)
    everything = made.title + str(made.body)
    for secret in ("Varanen", "Colony", "Tarn", "Penal", "arrested", "2025", "Appeal"):
        assert secret not in everything
    assert made.title == "A newspaper editor, Practice Republic"
    assert {row.what for row in made.withheld} >= {
        "name",
        "place",
        "held",
        "charge:1",
        "claim:1",
        "claim:2",
        "claim:3",
        "why_now",
    }


def test_consent_for_one_audience_is_none_for_another() -> None:
    case = a_full_packet(audiences=("AU_DIPLO",))
    assert "Varanen" in brief(case).title
    assert "Varanen" not in brief(case, audience="AU_OWNGOV").title


def test_a_case_without_any_label_names_nobody() -> None:
    case = a_case()
    Name.objects.filter(case=case).delete()
    assert brief(case).title == "A case in Practice Republic"


def test_the_authorities_position_prints_or_is_a_gap_and_never_a_sentence_of_ours() -> None:
    case = a_full_packet()
    assert "about tax alone" in text_of(brief(case), "7")
    case.authorities_say = ""
    case.save()
    made = brief(case)
    assert text_of(made, "7") == "" and {"position"} == {row.what for row in made.withheld if row.why == "missing"}


def test_a_claim_of_what_the_authorities_say_stands_instead_of_the_note_on_the_cover() -> None:
    case = a_full_packet()
    claim = a_claim(case, "The ministry says that the case is about tax.", use="authorities")
    made = brief(case)
    assert text_of(made, "7") == f"The ministry says that the case is about tax. [{claim.number}]"
    assert ("authorities", "in-a-claim") in {(row.what, row.why) for row in made.withheld}


def test_a_position_that_is_kept_back_is_listed_and_leaves_a_gap() -> None:
    made = brief(a_full_packet(items=("CI_NAME",)))
    assert text_of(made, "7") == ""
    assert {("authorities", "no-consent"), ("position", "missing")} <= {(row.what, row.why) for row in made.withheld}


def test_no_statement_is_printed_where_a_named_person_said_so_and_no_position_is_held() -> None:
    case = a_full_packet()
    case.authorities_say = ""
    case.save()
    NoStatement.objects.create(case=case, as_of="2026-11-18", created_by=case.lead)
    assert text_of(brief(case), "7") == "We know of no statement by the authorities as of 18\u00a0November\u00a02026.°"
    a_claim(case, "The ministry says that she was released.", use="authorities", status="VS_NEW")
    made = brief(case)
    assert text_of(made, "7") == "" and ("position", "missing") in {(row.what, row.why) for row in made.withheld}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": "VS_NEW"}, "band"),
        ({"status": "VS_CONFLICT"}, "band"),
        ({"credibility": 4}, "band"),
        ({"credibility": None}, "band"),
        ({"discloses_nothing": False}, "names-no-items"),
    ],
)
def test_a_claim_that_may_not_print_is_kept_back_with_its_reason(change: dict[str, Any], why: str) -> None:
    case = a_full_packet()
    claim = a_claim(case, "The hearing was closed.")
    assert "The hearing was closed." in text_of(brief(case), "5")
    Claim.objects.filter(pk=claim.pk).update(**change)
    made = brief(case)
    assert "The hearing was closed." not in str(made.body)
    assert any(row.what == f"claim:{claim.number}" and row.why == why for row in made.withheld)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({}, "not-decided"),
        ({"attribution": "her lawyer"}, "not-decided"),
        ({"secrecy": "AT_RECORD"}, "not-decided"),
        ({"secrecy": "AT_BACKGROUND", "attribution": ""}, "not-decided"),
        ({"secrecy": "AT_OFF", "attribution": "her lawyer"}, "off-the-record"),
        ({"secrecy": "AT_EMBARGO", "attribution": "her lawyer"}, "off-the-record"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_source_that_nobody_decided_on_prints_nowhere(named: dict[str, str], why: str, language: str) -> None:
    case = a_full_packet()
    source = Source.objects.create(
        case=case, title="Her lawyer, telephone 21 October", kind="S_LAWYER", reliability="A", **named
    )
    claim = a_claim(case, "The hearing was closed.", sources=[source])
    made = brief(case, language=language)
    assert "The hearing was closed." not in str(made.body) and "21 October" not in made.title + str(made.body)
    assert (f"claim:{claim.number}", why) in {(row.what, row.why) for row in made.withheld}


@pytest.mark.parametrize(
    ("secrecy", "words"),
    [("AT_RECORD", "her lawyer"), ("AT_BACKGROUND", "her lawyer"), ("AT_DEEP", "withheld"), ("AT_CHATHAM", "withheld")],
)
def test_a_source_is_named_by_its_words_for_outside_or_withheld_and_never_by_its_title(
    secrecy: str, words: str
) -> None:
    case = a_full_packet()
    source = Source.objects.create(
        case=case,
        title="Her lawyer, telephone 21 October",
        kind="S_LAWYER",
        reliability="C",
        secrecy=secrecy,
        attribution="her lawyer",
    )
    a_claim(case, "The hearing was closed.", sources=[source])
    made = brief(case)
    assert "the hearing was closed." in text_of(made, "5") and words in text_of(made, "S").casefold()
    assert "21 October" not in str(made.body) and (words == "her lawyer") == ("her lawyer" in str(made.body))


def test_at_most_two_asks_and_six_facts() -> None:
    case = a_full_packet()
    ask = case.asks.get()
    for number in range(3):
        type(ask).objects.create(
            case=case, demand=ask.demand, to="the Minister of Justice", text=f"Ask number {number}"
        )
    for number in range(8):
        a_claim(case, f"Fact {number}.", on=f"2026-0{number + 1}-01")
    made = brief(case)
    assert text_of(made, "3").count("\n- ") == 2
    assert text_of(made, "5").count("[") == 6
    assert any(row.why == "two-at-most" for row in made.withheld)


def test_sources_are_numbered_by_the_claims_they_carry() -> None:
    assert text_of(brief(a_full_packet()), "S").splitlines() == [
        "- The court record (A1) [1][4]",
        "- A witness (C2) [2]",
        "Letter: reliability of the source, A to F. Figure: credibility, 1 to 6.",
        "° from our own packet, without a source number.",
    ]


def test_each_line_of_a_briefing_has_a_source_number_or_the_sign_that_it_is_ours() -> None:
    made = compose(
        [a_full_packet(), a_full_packet()], kind="MIN_BRIEF", audience="AU_DIPLO", language="en", today=TODAY
    )
    for place in "24567":
        for line in filter(None, text_of(made, place).splitlines()):
            assert found_in(line) or line.endswith(("°", ":")) or line.startswith("|= "), line
    assert "°" in text_of(made, "S") and "°" not in text_of(made, "3") + text_of(made, "8")


def test_a_line_that_is_typed_gets_its_sign_and_one_with_a_number_loses_it() -> None:
    typed = "A line of ours.\nSaid before.°\n\nA list:\n- One. [1]\n- Two. [1]°"
    assert with_signs(typed, "en").splitlines() == [
        "A line of ours.°",
        "Said before.°",
        "",
        "A list:",
        "- One. [1]",
        "- Two. [1]",
    ]
    assert with_signs(with_signs(typed, "en"), "en") == with_signs(typed, "en")


def test_several_cases_carry_letters_and_a_withheld_row_names_its_case() -> None:
    first, second = a_full_packet(), a_full_packet()
    made = compose([first, second], kind="MIN_BRIEF", audience="AU_DIPLO", language="en", today=TODAY)
    assert {label[0] for label in found_in(text_of(made, "5"))} == {"A", "B"}
    assert {row.case for row in made.withheld} == {first.reference, second.reference}


def test_the_supporters_page_holds_its_eight_sections_and_a_stop_date() -> None:
    made = compose(
        [a_full_packet()],
        kind="SUPPORTER",
        audience="AU_SUPPORT",
        language="en",
        stop_on=dt.date(2026, 12, 15),
        today=TODAY,
    )
    assert [section["code"] for section in made.body] == [f"SUPPORTER.{number}" for number in (1, 2, 8, 3, 4, 5, 6, 7)]
    assert "15\u00a0December\u00a02026" in text_of(made, "7") and "If it is gone, please do not write." in text_of(
        made, "7"
    )
    assert "the Minister of Justice" in text_of(made, "4")


def test_an_arabic_briefing_takes_the_arabic_name_and_words() -> None:
    made = brief(a_full_packet(), language="ar")
    assert made.title.startswith("إلياس فارانن")
    assert made.body[4]["heading"] == "أهم الوقائع"


def test_a_name_in_a_script_of_its_own_is_spelled_for_the_reader_first() -> None:
    case = a_full_packet()
    Name.objects.filter(case=case, script="Latn").update(script="Cyrl")
    Name.objects.filter(case=case, script="Arab").delete()
    assert brief(case).title.startswith("Ilias Varanen,"), "better than nothing"
    for kind, value, begins in (
        ("alias", "The Editor", "Ilias Varanen,"),
        ("transliteration", "Elias Varanen", "Elias Varanen (Ilias Varanen),"),
        ("legal", "Elias A. Varanen", "Elias A. Varanen,"),
    ):
        person = case.persons.get()
        Name.objects.create(case=case, person=person, kind=kind, script="Latn", value=value, created_by=case.lead)
        assert brief(case).title.startswith(begins)


ANSWERS = NoticeAnswers(
    label="A teacher",
    country="XPR",
    last_seen="Monday, at school",
    taken_by="Unknown",
    danger="Torture",
    ask="Ask where she is",
    contact="desk@example.org",
    known_at=dt.datetime(2026, 11, 28, 22, 40, tzinfo=dt.UTC),
)


def test_a_notice_prints_the_answers_the_state_the_hour_and_nothing_else() -> None:
    title, body = notice(ANSWERS, "en")
    assert title == "Protective notice: A teacher"
    assert [row["text"].replace("\u00a0", " ") for row in body] == [
        "In confidence. To protect a person. Please do not name the person to the authorities.\n"
        "As known to us on 28 November 2026, 22:40 UTC.\nValid for 72 hours, until 1 December 2026, 22:40 UTC.",
        "A teacher\nState: Practice Republic.",
        "Monday, at school",
        "Unknown",
        "Torture",
        "Ask where she is",
        "desk@example.org",
    ]


def test_age_and_nationality_stand_where_they_are_known_and_naming_is_allowed_by_a_tick_alone() -> None:
    told = dataclasses.replace(ANSWERS, age="34", nationality="Verenian", may_be_named=True)
    _title, body = notice(told, "en")
    assert body[1]["text"].splitlines()[2:] == ["Age: 34.", "Nationality: Verenian."]
    assert "may be named to the authorities" in body[0]["text"] and "do not name" not in body[0]["text"]


def test_reading_back_finds_claims_items_and_every_fault() -> None:
    case = a_full_packet()
    made = brief(case)
    back = read_back([case], made.body, audience="AU_DIPLO", level="disclosure", language="en")
    assert back.faults == []
    assert sorted(claim.number for claim in back.by_label.values()) == [1, 2, 4]
    assert sorted(back.claims.values()) == ["attributed", "fact", "fact"]
    assert back.items[case.pk] == {"CI_BIO", "CI_DOCS"}
    body = [
        {**row, "text": "- He was questioned alone. [2]\n- He is ill. [3]\n- No claim here.\n- Nobody knows. [77]"}
        if row["code"] == "MIN_BRIEF.5"
        else row
        for row in made.body
    ]
    faults = " ".join(read_back([case], body, audience="AU_DIPLO", level="disclosure", language="en").faults)
    for words in (
        "Claim 2 prints only with its attribution",
        "Claim 3 may not stand here",
        "no claim 77",
        "ends with the number of its claim",
    ):
        assert words in faults


def test_marks_are_taken_out_for_the_reader_and_kept_in_place() -> None:
    text = "He was arrested. [1] Then, for five days [3, 4], alone.\n\n- one [B2]\n- two"
    read = reading(text)
    assert read.plain == "He was arrested. Then, for five days, alone.\n\n- one\n- two"
    assert found_in(text) == ["1", "3", "4", "B2"]
    assert sentences(text)[0] == ("He was arrested.", ["1"])
    drawn = blocks(text, [(3, 6, "x")])
    assert [block.is_list for block in drawn] == [False, True] and len(drawn[1].lines) == 2
    assert [piece.text for piece in drawn[0].lines[0] if piece.finding] == ["was"]
