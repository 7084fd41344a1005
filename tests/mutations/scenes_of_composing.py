"""What a text prints of a packet and what it keeps back. Each scene is played in a packet where nearly everything is open."""

import datetime as dt
import uuid
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from casework.disclosing.printed_fields import DISCLOSES
from casework.models import Ask, Charge, Citation, Claim, Consent, Demand, Name, RightImplicated
from casework.translating.wording import wording_of
from papers.composing.composing import compose
from papers.composing.judging import judge
from papers.composing.packet import Packet
from papers.composing.wishes import Wishes
from tests.factories import a_case, a_claim, a_consent, a_contact, a_source
from tests.materials.packets import a_full_packet

TODAY = dt.date(2026, 11, 20)
ALL = frozenset({"CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS"})
OUTSIDE = "It is known at the harbour."


def world() -> SimpleNamespace:
    """Return the packet of a newspaper editor."""
    return SimpleNamespace(case=a_full_packet())


def brief(case: Any, **options: Any) -> Any:
    """Return a briefing from this packet for diplomats, as of one day."""
    chosen = {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en", "today": TODAY}
    return compose([case], **{**chosen, **options})


def text_of(made: Any) -> str:
    """Return everything that is read, the list of sources too."""
    return "\n".join([made.title, *(section["text"] for section in made.body)])


def section(made: Any, place: str) -> str:
    """Return one section by its place."""
    return next(row["text"] for row in made.body if row["code"].endswith(f".{place}"))


def whys(made: Any) -> dict[str, str]:
    """Return why each thing was kept back."""
    return {row.what: row.why for row in made.withheld}


def judged(case: Any, sources: Any, **fields: Any) -> Any:
    """Judge a claim that rests on these sources, with name and biography open."""
    row = a_claim(case, OUTSIDE, sources=sources, items=("CI_BIO",), **fields)
    return judge(Claim.objects.with_evidence().get(pk=row.pk), ALL, wording_of([case], "en"))


def leave_only(case: Any, *items: str, audiences: Any = ("AU_DIPLO",)) -> None:
    """Let the one consent of the packet open these items alone."""
    Consent.objects.filter(case=case, withdrawn_at=None).update(withdrawn_at=timezone.now())
    a_consent(case, items, audiences)


# Sources, and how a claim prints.


def what_was_said_off_the_record_prints_nowhere(world: Any) -> None:
    found = judged(world.case, [a_source(world.case, secrecy="AT_OFF")])
    assert (found.printed_as, found.why) == ("", "off-the-record")
    assert OUTSIDE not in text_of(brief(world.case))


def what_is_embargoed_prints_nowhere(world: Any) -> None:
    found = judged(world.case, [a_source(world.case, secrecy="AT_EMBARGO")])
    assert (found.printed_as, found.why) == ("", "off-the-record")
    assert OUTSIDE not in text_of(brief(world.case))


def a_source_off_the_record_beside_an_undecided_one_leaves_something_to_decide(world: Any) -> None:
    sources = [a_source(world.case, secrecy="AT_OFF"), a_source(world.case, attribution="")]
    assert judged(world.case, sources).why == "not-decided"


def a_source_that_nobody_decided_on_prints_nowhere(world: Any) -> None:
    found = judged(world.case, [a_source(world.case, attribution="")])
    assert (found.printed_as, found.why) == ("", "not-decided")


def a_deep_source_is_used_and_never_named(world: Any) -> None:
    judged(world.case, [a_source(world.case, "Talk at night", secrecy="AT_DEEP", reliability="B")], status="VS_SINGLE")
    text = text_of(brief(world.case))
    assert OUTSIDE[1:] in text and "Talk at night" not in text


def a_speaker_in_the_background_is_named_by_the_words_given(world: Any) -> None:
    assert "According to a witness" in text_of(brief(world.case))


def the_best_source_that_may_be_named_is_named(world: Any) -> None:
    sources = [
        a_source(world.case, "Hidden", reliability="A", secrecy="AT_OFF", attribution="the hidden one"),
        a_source(world.case, "Worst", reliability="C", attribution="the worst of them"),
        a_source(world.case, "Best", reliability="B", attribution="the best of them"),
    ]
    judged(world.case, sources, status="VS_SINGLE")
    text = section(brief(world.case), "5")
    assert "According to the best of them, it is known" in text


def a_removed_source_carries_nothing(world: Any) -> None:
    row = a_source(world.case, removed_at=timezone.now())
    assert judged(world.case, [row]).why == "band"
    kept = a_source(world.case, reliability="B", attribution="who stays")
    gone = a_source(world.case, attribution="who is gone", removed_at=timezone.now())
    judged(world.case, [gone, kept], status="VS_SINGLE")
    assert "who is gone" not in text_of(brief(world.case))


def a_removed_citation_carries_nothing(world: Any) -> None:
    first, kept = a_source(world.case, attribution="who left"), a_source(world.case, attribution="who stays")
    found = judged(world.case, [first, kept], status="VS_SINGLE")
    Citation.objects.filter(claim=found.claim, source=first).update(removed_at=timezone.now())
    assert "who left" not in text_of(brief(world.case))
    Citation.objects.filter(claim=found.claim, source=kept).update(removed_at=timezone.now())
    assert f"claim:{found.claim.number}" in whys(brief(world.case))
    assert OUTSIDE[1:] not in text_of(brief(world.case))


def what_contradicts_a_claim_carries_it_nowhere(world: Any) -> None:
    against = a_source(world.case, attribution="who denies it")
    found = judged(world.case, [a_source(world.case, attribution="who says it", reliability="B"), against])
    Citation.objects.filter(claim=found.claim, source=against).update(kind="contradicts")
    Claim.objects.filter(pk=found.claim.pk).update(status="VS_SINGLE")
    assert "According to who says it" in section(brief(world.case), "5")
    only = judged(world.case, [another := a_source(world.case, attribution="who denies this")])
    Citation.objects.filter(claim=only.claim, source=another).update(kind="contradicts")
    assert judge(Claim.objects.with_evidence().get(pk=only.claim.pk), ALL, wording_of([world.case], "en")).why == "band"


def what_the_authorities_deny_prints_with_who_says_it(world: Any) -> None:
    assert judged(world.case, None, status="VS_DENIED").printed_as == "attributed"


def what_one_source_alone_says_prints_with_its_attribution(world: Any) -> None:
    assert judged(world.case, None, status="VS_SINGLE").printed_as == "attributed"


def what_is_documented_prints_as_fact_and_what_is_weaker_does_not(world: Any) -> None:
    made = {status: judged(world.case, None, status=status) for status in ("VS_DOC", "VS_CORROB", "VS_NEW")}
    assert {status: row.printed_as for status, row in made.items()} == {
        "VS_DOC": "fact",
        "VS_CORROB": "fact",
        "VS_NEW": "",
    }
    assert OUTSIDE in text_of(brief(world.case))


def statuses_without_force_print_nowhere(world: Any) -> None:
    for status in ("VS_NEW", "VS_CONFLICT", "VS_REFUTED", "VS_STALE"):
        assert judged(world.case, None, status=status).why == "band", status


def the_grade_decides_how_far_a_claim_prints(world: Any) -> None:
    bands = {
        grade: judged(world.case, [a_source(world.case, reliability=grade[0])], credibility=int(grade[1])).printed_as
        for grade in ("A1", "A2", "A3", "A4", "B2", "B3", "C2", "C3", "D1", "E1", "F1")
    }
    prints = {"A1": "fact", "A2": "fact", "A3": "attributed", "B2": "fact", "B3": "attributed", "C2": "attributed"}
    assert bands == {grade: prints.get(grade, "") for grade in bands}


def a_bad_source_takes_nothing_from_a_good_one(world: Any) -> None:
    sources = [a_source(world.case, reliability="E"), a_source(world.case, reliability="A")]
    assert judged(world.case, sources).printed_as == "fact"


def a_claim_of_which_nobody_said_what_it_discloses_prints_nowhere(world: Any) -> None:
    row = a_claim(world.case, OUTSIDE, discloses_nothing=False)
    found = judge(Claim.objects.with_evidence().get(pk=row.pk), ALL, wording_of([world.case], "en"))
    assert (found.is_printed, found.why) == (False, "names-no-items")


def a_claim_prints_when_each_of_its_items_is_open(world: Any) -> None:
    row = a_claim(world.case, OUTSIDE, items=("CI_BIO", "CI_HEALTH"))
    made = brief(world.case)
    assert OUTSIDE not in text_of(made)
    assert ["CI_HEALTH"] in [left.items for left in made.withheld if left.what == f"claim:{row.number}"]


def the_list_of_sources_tells_the_weakest_credibility(world: Any) -> None:
    source = a_source(world.case, "Register", attribution="the register", reliability="B")
    a_claim(world.case, "The door was locked.", sources=[source], credibility=1)
    a_claim(world.case, "The lamp was broken.", sources=[source], credibility=2)
    assert "The register (B2)" in section(brief(world.case), "S")


# What consent opens: whose it is, to whom, and which field shows what.


def what_a_contact_agreed_to_opens_nothing_of_the_prisoner(world: Any) -> None:
    Consent.objects.filter(case=world.case).update(withdrawn_at=timezone.now())
    a_consent(world.case, ("CI_BIO",), ("AU_DIPLO",))
    contact = a_contact(world.case, "Milena Vesela")
    a_consent(world.case, ("CI_NAME", "CI_LOCATION"), ("AU_DIPLO",), subject="contact", subject_contact=contact)
    text = text_of(brief(world.case))
    assert "Varanen" not in text and "Colony" not in text


def what_a_contact_agreed_to_outweighs_no_refusal_of_the_prisoner(world: Any) -> None:
    leave_only(world.case, "CI_BIO")
    a_consent(world.case, ("CI_NAME",), ("AU_DIPLO",), giver="CG_FAMILY")
    a_consent(world.case, ("CI_NAME",), ("AU_DIPLO",), status="CS_REFUSED")
    contact = a_contact(world.case, "Milena Vesela")
    a_consent(world.case, ("CI_NAME",), ("AU_DIPLO",), subject="contact", subject_contact=contact)
    assert "Varanen" not in text_of(brief(world.case))


def what_the_prisoner_agreed_to_stays_open_beside_a_refusal_of_a_contact(world: Any) -> None:
    contact = a_contact(world.case, "Milena Vesela")
    a_consent(world.case, ("CI_NAME",), ("AU_DIPLO",), subject="contact", subject_contact=contact, status="CS_REFUSED")
    assert "Varanen" in text_of(brief(world.case))


def consent_for_one_audience_opens_nothing_to_another(world: Any) -> None:
    leave_only(world.case, *ALL, audiences=("AU_OWNGOV",))
    assert "Varanen" not in text_of(brief(world.case)) and "Colony" not in text_of(brief(world.case))
    assert "Varanen" in text_of(brief(world.case, audience="AU_OWNGOV"))


def each_field_stands_behind_its_own_item(world: Any) -> None:
    told = {
        "CI_NAME": ["Varanen"],
        "CI_BIO": ["newspaper editor, P", "Held since", "Court of Appeal", "about tax alone", "arrested him"],
        "CI_LOCATION": ["Colony no. 4"],
        "CI_DOCS": ["Penal Code", "accountant"],
    }
    for item, words in told.items():
        leave_only(world.case, *(ALL - {item}))
        text = text_of(brief(world.case))
        assert [word for word in words if word in text] == [], item
        others = [word for other, rows in told.items() if other != item for word in rows]
        assert [word for word in others if word not in text] == [], item


def a_right_stands_behind_the_item_that_it_discloses(world: Any) -> None:
    for right, item in (("R_HEALTH", "CI_HEALTH"), ("R_TORTURE", "CI_TORTURE"), ("R_RELIGION", "CI_RELIGION")):
        RightImplicated.objects.create(case=world.case, right=right)
        packet = Packet(world.case, "AU_DIPLO", "disclosure", "en")
        assert len(packet.rights(5)) == 1, right
        assert [row.items for row in packet.withheld if row.what == f"right:{right}"] == [[item]]


def what_was_opened_is_counted_with_its_case_once(world: Any) -> None:
    made = brief(world.case)
    assert made.items[world.case.pk] == ALL
    fields = [(row["what"], row["value"]) for row in made.fields]
    packet = Packet(world.case, "AU_DIPLO", "disclosure", "en")
    assert packet.label() == packet.label() and len(packet.fields) == 1
    assert {"name", "place", "charge", "held"} <= {what for what, _v in fields}
    assert set(DISCLOSES) >= {what for what, _value in fields} - {"right"}


# Which form of a name, in which order.


def the_name_stands_in_the_script_of_the_reader(world: Any) -> None:
    assert brief(world.case).title.startswith("Ilias Varanen, ")
    assert "إلياس فارانن" in brief(world.case, language="ar").title


def an_alias_is_no_legal_name(world: Any) -> None:
    Name.objects.filter(case=world.case, script="Latn").update(kind="alias")
    title = brief(world.case).title
    assert "Varanen" not in title and "إلياس فارانن" in title


def a_removed_name_is_printed_nowhere(world: Any) -> None:
    Name.objects.filter(case=world.case, script="Latn").update(removed_at=timezone.now())
    assert "Varanen" not in text_of(brief(world.case))


def facts_stand_by_the_day_they_speak_of(world: Any) -> None:
    a_claim(world.case, "He was warned before.", on="2024-01-05")
    facts = section(brief(world.case), "5").splitlines()
    assert "warned before" in facts[0] and "arrested" in facts[1] and "questioned" in facts[2]


def charges_stand_with_the_oldest_first(world: Any) -> None:
    for year in ("2030", "2019", "2024"):
        Charge.objects.create(case=world.case, law=f"Law of {year}", charged_on=year)
    packet = Packet(world.case, "AU_DIPLO", "disclosure", "en")
    assert [what for what, _said in packet.charge_lines()] == ["charge:1", "charge:2", "charge:3", "charge:4"]
    said = [line for _what, line in packet.charge_lines()]
    assert ["2019" in said[0], "2024" in said[1], "2030" in said[2], "art. 214" in said[3]] == [True] * 4


def rights_beyond_the_room_are_told_as_such(world: Any) -> None:
    for right in ("R_FAIRTRIAL", "R_EXPRESSION"):
        RightImplicated.objects.create(case=world.case, right=right)
    packet = Packet(world.case, "AU_DIPLO", "disclosure", "en")
    assert len(packet.rights(2)) == 2
    assert [(row.what, row.why) for row in packet.withheld] == [("right:R_EXPRESSION", "no-room")]


def an_ask(case: Any, text: str, **fields: Any) -> Ask:
    """Return another ask of the one demand of the packet."""
    demand = fields.pop("demand", None) or Demand.objects.filter(case=case).order_by("created_at")[0]
    to = fields.pop("to", "the Minister of Justice")
    return Ask.objects.create(case=case, demand=demand, to=to, text=text, **fields)


def two_asks_at_most_stand_in_a_text(world: Any) -> None:
    for number in (1, 2):
        an_ask(world.case, f"Open door number {number}")
    made = brief(world.case)
    asks = section(made, "3")
    assert asks.count("\n- ") == 2
    assert sorted(why for what, why in whys(made).items() if what.startswith("ask:")) == ["two-at-most"]


def an_ask_of_another_audience_stands_nowhere(world: Any) -> None:
    an_ask(world.case, "Write to the camp", audience="AU_PUBLIC")
    made = brief(world.case)
    assert "Write to the camp" not in text_of(made) and "other-audience" in whys(made).values()


def an_ask_of_another_addressee_stands_nowhere_in_a_letter_to_one(world: Any) -> None:
    an_ask(world.case, "Open the file", to="the Prosecutor General")
    made = brief(world.case)
    assert "Open the file" not in text_of(made) and "other-addressee" in whys(made).values()
    other = brief(world.case, wishes=Wishes(" THE prosecutor  general"))
    assert "Open the file" in text_of(other) and "independent doctor" not in section(other, "3")


def what_is_written_for_an_audience_comes_before_what_is_for_anybody(world: Any) -> None:
    an_ask(world.case, "Ask for leave to visit", audience="AU_DIPLO")
    asks = section(brief(world.case), "3")
    assert asks.index("leave to visit") < asks.index("independent doctor")


def what_leads_comes_before_the_rest(world: Any) -> None:
    lead = Demand.objects.create(case=world.case, text="See a judge", aim="trial", is_lead=True, rank=9)
    an_ask(world.case, "Bring him before a judge", demand=lead)
    Demand.objects.filter(case=world.case).exclude(pk=lead.pk).update(is_lead=False)
    asks = section(brief(world.case), "3")
    assert asks.index("before a judge") < asks.index("independent doctor")


def each_case_bears_its_letter_and_its_own_consent(world: Any) -> None:
    other = a_case(codename="Sedge", id=uuid.UUID(int=1))
    a_claim(other, "Her door was sealed.", items=("CI_BIO",))
    a_claim(other, "Nothing of her is told here.")
    made = compose([world.case, other], kind="MIN_BRIEF", audience="AU_DIPLO", language="en", today=TODAY)
    text = text_of(made)
    assert "[A2]" in text and "[B1]" in text and "door was sealed" not in text
    assert {row.case for row in made.withheld if row.what == "claim:1"} == {other.reference}
    assert "[1]" in text_of(brief(world.case))
