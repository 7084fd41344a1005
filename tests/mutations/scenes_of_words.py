"""What a text says of itself: what it leaves out and why, what its marks claim, what its lines lack."""

from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError

from casework.models import Ask, Case, Demand, NoStatement
from papers.composing.kept_back import LeftOut
from papers.composing.left_out import left_out
from papers.composing.marks import found_in, sentences, stands_in
from papers.composing.packet import Packet
from papers.composing.parts import with_signs
from papers.composing.reading_back import fields_in, read_back
from tests.factories import a_claim, a_source
from tests.materials.packets import a_full_packet
from tests.mutations.scenes_of_composing import TODAY, brief, section, text_of, whys


def world() -> SimpleNamespace:
    """Return the packet of a newspaper editor."""
    return SimpleNamespace(case=a_full_packet())


def packet_of(case: Any) -> Packet:
    """Return the packet as diplomats may read it."""
    return Packet(case, "AU_DIPLO", "disclosure", "en", today=TODAY)


def faults(case: Any, *texts: str, place: str = "5", level: str = "disclosure") -> list[str]:
    """Read these texts back as sections of a briefing and return every fault."""
    return list(back_of(case, *texts, place=place, level=level).faults)


def back_of(case: Any, *texts: str, place: str = "5", level: str = "disclosure") -> Any:
    """Read these texts back as sections of a briefing."""
    body = [{"code": f"MIN_BRIEF.{place}", "heading": "Facts", "text": text} for text in texts]
    return read_back([case], body, audience="AU_DIPLO", level=level, language="en")


def what_a_text_does_not_print_is_listed_and_what_it_prints_is_not(world: Any) -> None:
    rows = {row.what for row in left_out(packet_of(world.case), "Ilias Varanen (إلياس) [1]")}
    assert {"claim:2", "claim:3", "place", "charge:1", "right:R_LIBERTY", "ask:1"} <= rows
    assert "claim:1" not in rows


def each_line_of_what_is_printed_must_stand(world: Any) -> None:
    world.case.why_now = "The court sits on Monday.\nHis lawyer is ill."
    world.case.save()
    rows = {row.what for row in left_out(packet_of(world.case), "The court sits on Monday.")}
    assert "why_now" in rows
    rows = {row.what for row in left_out(packet_of(world.case), "His lawyer is ill. The  COURT sits on Monday.")}
    assert "why_now" not in rows


def what_an_editor_took_out_is_told_apart_from_what_has_no_place(world: Any) -> None:
    packet = packet_of(world.case)
    assert {row.why for row in left_out(packet, "") if row.what == "claim:1"} == {"no-place"}
    assert {row.why for row in left_out(packet, "", before=[]) if row.what == "claim:1"} == {"edited-out"}


def the_reason_of_an_earlier_composing_stands_and_a_gap_is_asked_about_anew(world: Any) -> None:
    reference = world.case.reference
    before = [LeftOut("claim:1", "no-room", reference), LeftOut("position", "missing", reference)]
    before.append(LeftOut("claim:2", "no-room", "another-case"))
    rows = {row.what: row.why for row in left_out(packet_of(world.case), "", before=before)}
    assert rows["claim:1"] == "no-room" and "position" not in rows and rows["claim:2"] == "edited-out"


def what_is_kept_back_for_want_of_consent_names_the_items(world: Any) -> None:
    rows = {row.what: row for row in left_out(packet_of(world.case), "")}
    assert (rows["claim:3"].why, rows["claim:3"].items) == ("no-consent", ["CI_HEALTH"])
    assert rows["claim:1"].items == [] and (rows["place"].why, rows["place"].items) == ("no-place", [])


# Reading back.


def a_mark_without_a_claim_is_a_fault(world: Any) -> None:
    assert faults(world.case, "- He was seen. [9]") == ["There is no claim 9 in the packet."]
    assert faults(world.case, "- He was arrested. [1]") == []


def a_claim_that_may_not_print_is_a_fault_where_it_stands(world: Any) -> None:
    found = faults(world.case, "- He is thin. [3]")
    assert len(found) == 1 and "Claim 3 may not stand here" in found[0] and "no consent" in found[0]


def a_claim_that_needs_its_speaker_is_a_fault_without_them(world: Any) -> None:
    found = faults(world.case, "- He was questioned. [2]")
    assert len(found) == 1 and "prints only with its attribution" in found[0]
    assert faults(world.case, "- According to a witness, he was questioned. [2]") == []
    twice = "- According to a witness, he was questioned. [2]\n- They questioned him. [2]"
    assert len(faults(world.case, twice)) == 1, "each sentence that bears the mark says who says so"


def one_of_its_speakers_is_enough(world: Any) -> None:
    sources = [
        a_source(world.case, attribution="a clerk", reliability="C"),
        a_source(world.case, attribution="a guard"),
    ]
    row = a_claim(world.case, "The door was locked.", sources=sources, items=("CI_BIO",), status="VS_SINGLE")
    assert faults(world.case, f"- According to a guard, it was locked. [{row.number}]") == []
    assert faults(world.case, f"- According to A CLERK, it was locked. [{row.number}]") == []


def what_is_read_back_says_which_items_and_how(world: Any) -> None:
    back = back_of(world.case, "- The court heard nobody. [4]\n- According to a witness, he was questioned. [2]")
    assert back.items == {world.case.pk: frozenset({"CI_BIO", "CI_DOCS"})}
    assert set(back.by_label) == {"2", "4"}
    assert back.claims == {back.by_label["2"].pk: "attributed", back.by_label["4"].pk: "fact"}


def more_than_two_asks_are_a_fault_and_two_are_none(world: Any) -> None:
    assert faults(world.case, "- Open it.\n- Close it.", place="3") == []
    assert len(faults(world.case, "- Open it.\n- Close it.\n- Lock it.", place="3")) == 1


def each_dated_fact_ends_with_its_claim(world: Any) -> None:
    assert len(faults(world.case, "- He was arrested. [1]\n- It rained.")) == 1
    assert faults(world.case, "- He was arrested. [1]\n\nIn our view:") == []


def marks_in_the_list_of_sources_count_for_nothing(world: Any) -> None:
    assert faults(world.case, "- A register [9]", place="S") == []


def a_field_whose_words_were_taken_out_discloses_nothing(world: Any) -> None:
    key = str(world.case.pk)
    fields = [
        {"value": "Colony no. 4", "case": key, "items": ["CI_LOCATION"]},
        {"value": "Ilias Varanen", "case": key, "items": ["CI_NAME"]},
    ]
    body = [{"code": "MIN_BRIEF.2", "heading": "Who", "text": "Held in colony  no. 4."}]
    assert fields_in(fields, "A title", body) == {world.case.pk: frozenset({"CI_LOCATION"})}
    assert fields_in(fields, "Ilias Varanen", []) == {world.case.pk: frozenset({"CI_NAME"})}


# Marks and lines.


def marks_are_found_once_each_in_their_order(world: Any) -> None:
    assert found_in("One [3]. Two [1, B2]. Three [3]. No mark: [x], [12345].") == ["3", "1", "B2"]


def a_mark_belongs_to_the_sentence_that_it_ends(world: Any) -> None:
    told = sentences("He was held. [1] He was freed! [2] Nobody knows.")
    assert told == [("He was held.", ["1"]), ("He was freed!", ["2"]), ("Nobody knows.", [])]


def words_stand_in_a_text_line_by_line(world: Any) -> None:
    assert stands_in("One\nTwo", "Here is ONE [1],\nand  two.")
    assert not stands_in("One\nThree", "Here is one, and two.") and not stands_in(" ", "One")


def a_line_of_our_own_bears_the_sign(world: Any) -> None:
    assert with_signs("It is so. [1]\nWe say so.\nThese are:\n\nIt is.°", "en") == (
        "It is so. [1]\nWe say so.°\nThese are:\n\nIt is.°"
    )


def no_statement_is_told_only_where_no_position_is_held(world: Any) -> None:
    NoStatement.objects.create(case=world.case, as_of="2026-11-18", created_by=world.case.lead)
    assert "no statement" not in text_of(brief(world.case))
    world.case.authorities_say = ""
    world.case.save()
    assert "no statement" in section(brief(world.case), "7")
    a_claim(world.case, "The ministry says otherwise.", use="authorities", status="VS_NEW")
    assert section(brief(world.case), "7") == "" and whys(brief(world.case))["position"] == "missing"


def a_claim_of_what_they_say_takes_the_place_of_the_cover(world: Any) -> None:
    a_claim(world.case, "The ministry says that the case is about fuel.", use="authorities")
    made = brief(world.case)
    assert "about fuel" in section(made, "7") and "about tax alone" not in text_of(made)
    assert whys(made)["authorities"] == "in-a-claim"


def the_first_day_by_which_something_is_asked_is_named(world: Any) -> None:
    demand = Demand.objects.get(case=world.case)
    Ask.objects.create(case=world.case, demand=demand, to="the Minister of Justice", text="See him", by="2026-12-01")
    assert "1\u00a0December\u00a02026" in section(brief(world.case), "10")
    assert "15\u00a0December" not in section(brief(world.case), "10")


def the_addressee_is_named_once_above_their_asks(world: Any) -> None:
    demand = Demand.objects.get(case=world.case)
    Ask.objects.create(case=world.case, demand=demand, to="the Minister of Justice", text="Let her in")
    asks = section(brief(world.case), "3")
    assert asks.lower().count("minister of justice") == 1 and "Let her in." in asks
    assert asks.count("By 15\u00a0December\u00a02026.") == 1


def a_name_keeps_its_capital_inside_a_sentence(world: Any) -> None:
    witness = a_source(world.case, reliability="C", attribution="a witness", secrecy="AT_BACKGROUND")
    a_claim(world.case, "Marta was beside him.", sources=[witness], items=("CI_BIO",), credibility=2)
    assert "According to a witness, Marta was beside him." in text_of(brief(world.case))
    assert "According to a witness, he was questioned" in text_of(brief(world.case))


def refusal_of(case: Case, **options: Any) -> str:
    """Return why no text is composed, or nothing."""
    try:
        brief(case, **options)
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


def the_release_of_somebody_who_died_is_not_asked_for(world: Any) -> None:
    assert refusal_of(world.case) == ""
    world.case.status = "DS_DIED"
    world.case.save(update_fields=["status"])
    assert refusal_of(world.case).count("makes no sense while") == 1, "ask and demand say the same: told once"
    Demand.objects.filter(case=world.case).update(aim="inquiry")
    assert refusal_of(world.case) == ""


def a_notice_of_a_death_is_written_of_nobody_alive(world: Any) -> None:
    dead = {"kind": "DEATH_NOTICE", "audience": "AU_DIPLO"}
    assert "is not written of" in refusal_of(world.case, **dead)
    world.case.status = "DS_DIED"
    world.case.save(update_fields=["status"])
    Demand.objects.filter(case=world.case).update(aim="inquiry")
    assert "is not written of" not in refusal_of(world.case, **dead)


def the_list_of_sources_names_those_of_what_stands_in_the_text_alone(world: Any) -> None:
    a_claim(world.case, "He is ill.", sources=[a_source(world.case, attribution="the infirmary")], items=("CI_HEALTH",))
    sources = section(brief(world.case), "S")
    assert "infirmary" not in sources and "The court record" in sources and "A witness" in sources
