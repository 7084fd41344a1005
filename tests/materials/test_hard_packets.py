"""Packets that a composer stumbles over: each is refused with a sentence that says what to do, or comes out right."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.actions.fate import died, released
from casework.actions.no_statement import say_no_statement
from casework.models import Ask, Case, Charge, Claim, Demand
from materials.actions import materials
from materials.models import Material
from papers.composing.length import length_of
from papers.kinds import registry
from tests.factories import a_claim, a_source
from tests.materials.packets import a_full_packet
from tests.people import a_person

pytestmark = pytest.mark.django_db
BRIEF = {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en"}


def written(case: Case, **options: str) -> Material:
    return materials.write(actor=a_person("ana"), cases=[case], **{**BRIEF, **options})


def saved(material: Material, *, is_looked_at: bool = False, **texts: str) -> Material:
    """Save the words, some of them changed by their place, and say that they disclose nothing further."""
    own = {f"MIN_BRIEF.{place.removeprefix('at_')}": text for place, text in texts.items()}
    return materials.edit(
        actor=a_person("ana"),
        material=material,
        version=material.version,
        title=material.title or "",
        texts=own,
        told=materials.StatedDisclosures(is_nothing_further=True),
        asks_make_sense=is_looked_at,
    )


def goes_to_review(material: Material) -> bool:
    return materials.send_to_review(actor=a_person("ana"), material=material).status == "in_review"


def text_of(material: Material, place: str) -> str:
    text = next(row["text"] for row in material.body or [] if row["code"] == f"MIN_BRIEF.{place}")
    return str(text).replace("\u00a0", " ")


def left_out(material: Material) -> dict[str, str]:
    return {row["what"]: row["why"] for row in (material.withheld or {})["rows"]}


def asks_now(case: Case, aim: str, demand: str, text: str) -> None:
    """Let the packet ask for this, and for nothing else."""
    row = Demand.objects.get(case=case)
    row.aim, row.text = aim, demand
    row.save()
    ask = row.asks.get()
    ask.text = text
    ask.save()


def is_short(material: Material) -> bool:
    return not length_of(registry.find(material.kind), material.body).is_too_long


def test_of_somebody_free_a_doctor_is_not_asked_for_and_what_is_asked_now_goes_to_review() -> None:
    case = a_full_packet(status="DS_SENTENCED")
    released(actor=case.lead, case=case, status="DS_RELEASED", on="2026-11-20")
    with pytest.raises(ValidationError) as refused:
        written(case)
    assert "“Let an independent doctor see him” makes no sense while" in refused.value.messages[0]
    assert "Remove it under “What this concerns”, or write there what is asked now." in refused.value.messages[0]
    asks_now(case, "redress", "His name is cleared", "Have the judgment looked at again")
    made = saved(written(case), is_looked_at=True)
    assert text_of(made, "2") == "Held from about 14 March 2025 to 20 November 2026.°"
    assert "Have the judgment looked at again. By 15 December 2026." in text_of(made, "3")
    assert goes_to_review(made)


def test_where_nobody_knows_since_or_until_when_the_gap_says_what_to_add() -> None:
    case = a_full_packet(status="DS_SENTENCED")
    asks_now(case, "redress", "His name is cleared", "Have the judgment looked at again")
    released(actor=case.lead, case=case, status="DS_RELEASED")
    with pytest.raises(ValidationError) as refused:
        goes_to_review(saved(written(case), is_looked_at=True))
    (sentence,) = refused.value.messages
    assert "“The person” is empty" in sentence and "until when they are or were held" in sentence


def test_of_somebody_dead_no_doctor_is_asked_for_and_no_age_or_place_is_told() -> None:
    case = a_full_packet(status="DS_SENTENCED")
    person = case.persons.get()
    person.born = "1970-01-01"
    person.save()
    assert "Age: 56." in text_of(written(case), "2")
    died(actor=case.lead, case=case, status="DS_DIED", on="2026-11-20")
    with pytest.raises(ValidationError, match="makes no sense while"):
        written(case)
    asks_now(case, "inquiry", "An independent inquiry", "Have his death inquired into")
    made = saved(written(case), is_looked_at=True)
    assert text_of(made, "2") == "Held from about 14 March 2025 to 20 November 2026.°"
    assert "Have his death inquired into. By 15 December 2026." in text_of(made, "3")
    assert goes_to_review(made)


def test_of_a_state_that_nothing_bound_the_declaration_alone_is_cited() -> None:
    case = a_full_packet(country="ZAF")
    row = case.detentions.get()
    row.started = "1962-08-05"
    row.save()
    made = saved(written(case))
    law = text_of(made, "6")
    assert "Liberty and security; no arbitrary arrest (Universal Declaration 3, 9)°" in law
    assert "binding" not in law and "ICCPR" not in law and "ACHPR" not in law
    assert goes_to_review(made)


def test_a_paper_about_two_addressees_asks_the_one_it_is_for_and_lists_the_other() -> None:
    case = a_full_packet()
    demand = Demand.objects.get(case=case)
    Ask.objects.create(case=case, demand=demand, to="the Prime Minister", text="Receive his wife", by="2026-12-20")
    first, second = saved(written(case)), saved(written(case, addressee="The Prime Minister"))
    assert text_of(first, "3").startswith("We ask the Minister of Justice:") and "Receive" not in text_of(first, "3")
    assert text_of(second, "3") == "We ask the Prime Minister:\n- Receive his wife. By 20 December 2026."
    assert left_out(first)["ask:2"] == left_out(second)["ask:1"] == "other-addressee"
    assert goes_to_review(first) and goes_to_review(second)
    with pytest.raises(ValidationError, match="holds more than two asks. One reader is asked for one or two things"):
        saved(written(case), at_3="We ask the Minister of Justice:\n- One.\n- Two.\n- Three.")


def test_a_blank_view_of_the_authorities_is_refused_until_somebody_says_that_we_know_of_none() -> None:
    case = a_full_packet()
    case.authorities_say = "   "
    case.save()
    made = saved(written(case))
    with pytest.raises(ValidationError) as refused:
        goes_to_review(made)
    assert any("Nothing that the authorities say about" in sentence for sentence in refused.value.messages)
    say_no_statement(actor=a_person("ana"), case=Case.objects.get(pk=case.pk), as_of=timezone.localdate())
    made = saved(written(case))
    assert text_of(made, "7").startswith("We know of no statement by the authorities as of ")
    assert goes_to_review(made)


def test_of_forty_facts_the_first_and_the_newest_print_within_the_page_and_the_rest_is_listed() -> None:
    case = a_full_packet()
    for number in range(40):
        day = dt.date(2025, 4, 1) + dt.timedelta(days=7 * number)
        a_claim(case, f"The court sat for the {number}. time and sent everybody home.", items=["CI_BIO"], on=f"{day}")
    made = saved(written(case))
    facts = text_of(made, "5").splitlines()
    assert len(facts) == 6 and facts[0].startswith("- about 14 March 2025: Officers") and "the 39. time" in facts[-1]
    shown = {f"claim:{number}" for number in re.findall(r"\[(\d+)\]", text_of(made, "5"))}
    rest = {f"claim:{row.number}" for row in Claim.objects.filter(case=case, use="fact")} - shown
    assert len(rest) == 37 and {left_out(made)[what] for what in rest} == {"no-room", "no-consent"}
    assert is_short(made) and goes_to_review(made)


def test_of_four_charges_the_newest_print_oldest_first_and_the_section_keeps_its_length() -> None:
    case = a_full_packet()
    Charge.objects.filter(case=case).update(removed_at=timezone.now())
    for year in range(2022, 2026):
        law = f"Penal Code art. {year}, forming an association that is against the order of the State, in a group"
        told = {"court": "District Court of Port Tarn, second chamber", "verdict": "guilty", "sentence": "two years"}
        Charge.objects.create(case=case, law=law, charged_on=f"{year}-05-02", **told)
    made = saved(written(case))
    said = re.findall(r"Charge of 2 May (\d{4}): .*? Court: District Court of Port Tarn", text_of(made, "6"))
    listed = sorted(what for what, why in left_out(made).items() if what.startswith("charge:") and why == "no-room")
    assert said[-1] == "2025" and said == sorted(said) and len(said) + len(listed) == 4
    assert listed == [f"charge:{number}" for number in range(1, len(listed) + 1)]
    assert is_short(made) and goes_to_review(made)


def test_a_source_with_initials_stays_with_its_sentence_and_without_its_name_nothing_is_saved() -> None:
    case = a_full_packet()
    words = "A. D. Varanen, Ph.D., in a letter to the U.S. Embassy, No. 4"
    letter = a_source(case, "Letter", reliability="B", kind="S_LETTER", attribution=words)
    claim = a_claim(
        case, "He was fed by force.", sources=[letter], items=["CI_BIO"], status="VS_SINGLE", on="2026-10-01"
    )
    made = saved(written(case))
    facts = text_of(made, "5")
    assert f"- 1 October 2026: According to {words}, he was fed by force. [{claim.number}]" in facts
    assert f"- {words} (B1) [{claim.number}]" in text_of(made, "S")
    assert goes_to_review(made)
    with pytest.raises(
        ValidationError, match="prints only with its attribution: say who says so, in the same sentence"
    ):
        saved(written(case), at_5=facts.replace(f"According to {words}, he", "He"))
