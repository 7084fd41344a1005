"""A paper says who the person is: age, why taken, one line of weight, the charge characterised, what is said against it."""

import datetime as dt
from typing import Any

import pytest

from casework.models import Claim, Person, Source
from directory.dates.durations import age_on
from papers.composing.composing import compose, packets_of
from papers.composing.marks import found_in, sentences
from papers.composing.offered import PacketPart, offered
from papers.composing.packet import CHOSEN_USES
from papers.kinds import registry
from papers.kinds.kind import Kind
from tests.factories import a_claim
from tests.materials.packets import a_full_packet, fit_for

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)


def a_told_packet(**options: Any) -> Any:
    """A packet with one claim of each use, all of them open."""
    case = a_full_packet(**options)
    court = Source.objects.filter(case=case, reliability="A")[:1]
    for use in (*CHOSEN_USES, Claim.Use.DEATH):
        a_claim(case, f"This is a {use} claim.", on="2026-05-01", items=["CI_BIO"], use=use, sources=court)
    return case


def brief(case: Any, **options: Any) -> Any:
    return compose([case], **{"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en", "today": TODAY, **options})


def text_of(made: Any, place: str) -> str:
    return next(row["text"] for row in made.body if row["code"].endswith(f".{place}"))


@pytest.mark.parametrize(
    ("born", "number", "is_about"),
    [
        ("1978-11-20", 48, False),
        ("1978-11-21", 47, False),
        ("1978", 48, True),
        ("1978-11~", 48, True),
        ("1970/1980", 51, True),
        ("2026-11-21", None, None),
        ("1890", None, None),
        ("", None, None),
        ("..", None, None),
    ],
)
def test_age_is_counted_in_full_years_and_hedged_where_the_date_leaves_more_than_one(
    born: str, number: int | None, is_about: bool | None
) -> None:
    found = age_on(born, TODAY)
    assert (found and (found.number, found.is_about)) == ((number, is_about) if number else None)


def test_the_head_of_a_briefing_says_age_nationality_why_taken_and_one_line_of_weight_each_sourced_or_ours() -> None:
    case = a_told_packet(items=("CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS", "CI_STATUS"))
    person = Person.objects.get(case=case)
    person.born, person.nationality = "1978", "a citizen of Practice Republic"
    person.save()
    lines = text_of(brief(case), "2").splitlines()
    assert lines[0] == "Age: about 48. Nationality: a citizen of Practice Republic.°"
    assert "why_taken" in lines[1] and found_in(lines[1]) and "weight" in lines[2] and found_in(lines[2])
    assert all(line.endswith("°") or found_in(line) for line in lines)


def test_without_consent_neither_age_nor_nationality_prints_and_both_are_listed() -> None:
    case = a_full_packet(items=("CI_NAME",))
    person = Person.objects.get(case=case)
    person.born, person.nationality = "1978", "stateless"
    person.save()
    made = brief(case)
    assert "48" not in text_of(made, "2") and "stateless" not in str(made.body)
    assert {row.what for row in made.withheld if row.why == "no-consent"} >= {"age", "nationality"}


def test_of_somebody_who_died_no_age_is_counted_on() -> None:
    case = a_full_packet(status="DS_DIED")
    person = Person.objects.get(case=case)
    person.born = "1978"
    person.save()
    (packet,) = packets_of([case], registry.find("DEATH_NOTICE"), "AU_DIPLO", "en", today=TODAY)
    assert packet.who() == ""


def test_the_legal_position_runs_from_ground_to_charge_to_what_is_said_of_it_to_rights_to_findings() -> None:
    said = text_of(brief(a_told_packet()), "6")
    places = [
        said.find(word)
        for word in ("ground claim", "Charge", "character claim", "dispute claim", "At stake", "law claim")
    ]
    assert places == sorted(places) and places[0] >= 0, said


@pytest.mark.parametrize("kind", registry.composed(), ids=lambda kind: kind.code)
def test_whatever_a_kind_prints_by_itself_can_be_chosen_but_for_what_the_authorities_say(kind: Kind) -> None:
    case = a_told_packet()
    fit_for(kind, case)
    audience = kind.audiences[0]
    made = compose([case], kind=kind.code, audience=audience, language="en", stop_on=TODAY, today=TODAY)
    text = "\n".join(row["text"] for row in made.body)
    (packet,) = packets_of([case], kind, audience, "en", today=TODAY)
    keys = {row.key for row in offered(packet, kind.chosen, text)}
    rows = {str(row.claim.number): row.claim for row in packet.judged}
    printed = [rows[label] for label in found_in(text) if rows[label].use in CHOSEN_USES]
    assert not [claim.text for claim in printed if str(claim.pk) not in keys]
    if any(line in text for _what, line in packet.charge_lines()):
        assert PacketPart.CHARGES in kind.chosen
    if any((said := packet.right_line(row)) and said in text for row in packet.rows.rights):
        assert PacketPart.RIGHTS in kind.chosen
    assert not kind.asks or PacketPart.ASKS in kind.chosen


@pytest.mark.parametrize(
    "text",
    [
        "According to A. Sakharov, he was held.",
        "According to the U.S. Department of State, he was held.",
        "According to cell No. 4, he was held.",
        "According to the judges in Roe v. Doe, he was held.",
        "According to J.-P. Durand and Dr. Ames, he was held under art. 214.",
        "According to the St. Petersburg court, he was held.",
    ],
)
def test_initials_and_abbreviations_do_not_part_a_sentence_from_its_attribution(text: str) -> None:
    assert sentences(text + " [3] It is so. [4]") == [(text, ["3"]), ("It is so.", ["4"])]


@pytest.mark.parametrize(
    "text", ["He said no. Then he left.", "It was over. 4 men came.", "He asked why? No. 5 said so."]
)
def test_a_sentence_still_ends_where_it_ends(text: str) -> None:
    assert len(sentences(text)) >= 2


def with_a_link(case: Any, **fields: Any) -> str:
    """Return the list of sources of a briefing whose court record can be read on the web."""
    for source in Source.objects.filter(case=case, reliability="A"):
        source.link, source.seen_on = "https://example.org/judgments/214", "2026-06-03"
        for name, value in fields.items():
            setattr(source, name, value)
        source.save()
    return text_of(brief(case), "S").replace("\u00a0", " ")


def test_a_source_on_the_record_prints_where_it_can_be_read_and_when_it_was_seen() -> None:
    assert "- The court record, https://example.org/judgments/214, seen 3 June 2026 (A" in with_a_link(a_full_packet())


@pytest.mark.parametrize("secrecy", ["AT_BACKGROUND", "AT_DEEP", "AT_CHATHAM"])
def test_where_a_source_is_not_named_on_the_record_no_address_leads_to_it(secrecy: str) -> None:
    assert "example.org" not in with_a_link(a_full_packet(), secrecy=secrecy)
