"""The kinds of paper beside the minister's: what each prints, what it leaves as a gap, and what it never says."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Ask, Case, Charge, Claim, TimelineEvent
from materials.actions import materials
from materials.models import Material
from materials.review.readiness import why_not_ready
from papers.composing.composing import Composed, compose
from papers.composing.paper_blocks import paper_words
from papers.kinds import registry
from papers.kinds.kind import Kind
from papers.pdf.paper import Text, sheet
from tests.advocacy.journeys import a_written
from tests.factories import a_claim, a_source
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
STOP = dt.date(2030, 1, 5)
OF = {kind.command: kind for kind in registry.composed()}


def packet_for(command: str, **options: Any) -> Case:
    return a_full_packet(audiences=[OF[command].audiences[0]], **options)


def composed(command: str, case: Case, **options: Any) -> Composed:
    kind = OF[command]
    return compose([case], kind=kind.code, audience=kind.audiences[0], language="en", today=TODAY, **options)


def texts(made: Composed | Material) -> dict[str, str]:
    """Return the text of each section by its place."""
    return {row["code"].rpartition(".")[2]: row["text"] for row in made.body or []}


def why_left_out(made: Composed) -> dict[str, str]:
    return {row.what: row.why for row in made.withheld}


def written(command: str, case: Case, **options: Any) -> Material:
    kind = OF[command]
    return a_written(case, kind=kind.code, audience=kind.audiences[0], **options)


def many_facts(case: Case, count: int) -> None:
    court = a_source(case, "Minutes", reliability="B", attribution="the minutes of the court")
    for number in range(count):
        day = dt.date(2025, 4, 1) + dt.timedelta(days=number)
        said = f"The court sat on the matter of witness number {number}, and sent everybody home again without a word."
        a_claim(case, said, sources=[court], items=["CI_BIO"], on=day.isoformat())


def test_a_chronology_is_a_table_of_date_event_and_source_in_signed_text_and_drawn() -> None:
    made = composed("commission", packet_for("commission"))
    lines = texts(made)["5"].splitlines()
    assert lines[0] == "|= Date | Event | Source"
    assert (
        lines[1].startswith("| about 14\u00a0March\u00a02025 | Officers of the Interior Ministry") and "[1]" in lines[1]
    )
    assert "According to a witness, he was questioned" in lines[2]
    drawn = paper_words("COMM_BRIEF", "en", made.title, made.body)
    [table] = [block for row in drawn.sections for block in row.blocks if block.is_table]
    assert [len(line.cells) for line in table.lines] == [3, 3, 3] and [line.is_head for line in table.lines] == [
        1,
        0,
        0,
    ]
    assert [piece.label for piece in table.lines[1].cells[2]] == ["1"]
    assert "".join(piece.text for piece in table.lines[1].cells[1]).strip().endswith("at his office.")
    html = sheet(Text("COMM_BRIEF", "en", made.title, made.body, 1, TODAY), None)
    assert html.count('<th scope="col">') == 3 and html.count("<tr>") == 3


def test_forty_facts_leave_the_first_and_the_newest_in_the_table_and_list_the_rest() -> None:
    case = packet_for("commission")
    many_facts(case, 40)
    made = composed("commission", case)
    table, listed = texts(made)["5"], why_left_out(made)
    assert "Officers of the Interior Ministry" in table and "witness number 39," in table
    printed = {f"claim:{number}" for number in re.findall(r"\[(\d+)\]", " ".join(texts(made).values()))}
    rest = {f"claim:{claim.number}" for claim in Claim.objects.filter(case=case, use="fact")} - printed
    assert len(rest) > 10 and all(listed[what] in {"no-room", "no-consent"} for what in rest)
    assert "no-room" in {listed[what] for what in rest}


def test_every_number_of_a_source_leads_to_it_and_back_in_a_long_paper_and_in_no_other() -> None:
    made = composed("commission", packet_for("commission"))
    html = sheet(Text("COMM_BRIEF", "en", made.title, made.body, 1, TODAY), None)
    targets, ids = re.findall(r'href="#([\w-]+)"', html), re.findall(r'<a id="([\w-]+)"', html)
    assert {"source-1", "note-1", "source-2", "note-2"} <= set(targets) == set(ids) and len(ids) == len(set(ids))
    brief = composed("minister", packet_for("minister"))
    assert "href=" not in sheet(Text("MIN_BRIEF", "en", brief.title, brief.body, 1, TODAY), None)


def test_paragraphs_of_a_long_paper_are_numbered_through_and_bullets_are_not() -> None:
    made = composed("commission", packet_for("commission"))
    drawn = paper_words("COMM_BRIEF", "en", made.title, made.body)
    shown = [row for row in drawn.sections if row.role in {"plain", "chronology"}]
    lines = [line for row in shown for block in row.blocks for line in block.lines]
    numbers = [line.marker for line in lines if line.marker]
    assert numbers == [f"{number}." for number in range(1, len(numbers) + 1)] and len(numbers) > 10


def test_the_method_counts_the_sources_that_may_print_by_grade_and_says_nothing_where_none_may() -> None:
    case = packet_for("commission")
    secret = a_source(case, "A cousin", reliability="B", secrecy="AT_OFF", attribution="")
    a_claim(case, "He was seen.", sources=[secret], items=["CI_BIO"])
    assert "by reliability: A\u00a01, C\u00a01." in texts(composed("commission", case))["3"]
    bare = a_full_packet(items=(), audiences=())
    assert "by reliability" not in texts(composed("commission", bare))["3"]


def test_the_charges_stand_in_order_and_findings_after_them() -> None:
    case = packet_for("commission")
    first = Charge.objects.get(case=case)
    first.charged_on = "2025-05"
    first.save()
    Charge.objects.create(case=case, law="Media Act art. 3", charged_on="2025-03-20")
    law = texts(composed("commission", case))["7"].splitlines()
    assert [line.partition(": ")[0] for line in law[:2]] == [
        "Charge of 20\u00a0March\u00a02025",
        "Charge of May\u00a02025",
    ]
    assert law[-1] == "2\u00a0June\u00a02026: The court did not hear the accountant. [4]"


def test_a_demand_alone_is_no_request_and_the_gap_says_what_to_do() -> None:
    case = packet_for("commission")
    Ask.objects.filter(case=case).update(removed_at=timezone.now())
    material = written("commission", case)
    assert texts(material)["12"] == ""
    assert any("“What we ask” is empty" in why and "Write an ask" in why for why in why_not_ready(material))


def test_an_event_prints_by_its_claim_alone_and_one_that_none_proves_is_listed() -> None:
    case = packet_for("commission")
    court = a_source(case, "Letter of the court", attribution="the court")
    ahead = a_claim(case, "The appeal is to be heard.", sources=[court], items=["CI_DOCS"], on="2027-01-12")
    TimelineEvent.objects.create(case=case, on="2027-01-12", event="Hearing", is_expected=True, claim=ahead)
    TimelineEvent.objects.create(case=case, on="2026-05", event="A cell was searched by men in masks.")
    made = composed("commission", case)
    assert texts(made)["10"].splitlines() == [
        "The Court of Appeal sits on 26 November.°",
        f"12\u00a0January\u00a02027: The appeal is to be heard. [{ahead.number}]",
    ]
    assert "The appeal" not in texts(made)["5"] and "masks" not in str(made.body)
    assert why_left_out(made)["event:2"] == "no-claim"


def test_a_letter_carries_one_request_and_is_refused_until_somebody_writes_how_its_reader_is_addressed() -> None:
    case = packet_for("letter")
    demand = case.demands.get()
    Ask.objects.create(case=case, demand=demand, to="the Minister of Justice", text="Receive his lawyer")
    material = written("letter", case)
    assert texts(material)["5"].count("\n- ") == 1 and "Receive his lawyer" not in str(material.body)
    assert texts(material)["1"].splitlines()[1] == "The Minister of Justice"
    assert texts(material)["2"].startswith("We write to you about Ilias Varanen")
    with pytest.raises(ValidationError, match="how this reader is addressed"):
        materials.send_to_review(actor=a_person("ana"), material=material)
    body = {row["code"]: row["text"] for row in material.body or []}
    body["OFFICIAL_LETTER.8"] = "Excellency,"
    told = materials.StatedDisclosures(is_nothing_further=True)
    saved = materials.edit(
        actor=a_person("ana"),
        material=material,
        version=material.version,
        title=material.title or "",
        texts=body,
        told=told,
    )
    assert materials.send_to_review(actor=a_person("ana"), material=saved).status == "in_review"
    body["OFFICIAL_LETTER.5"] += "\n- Receive his lawyer."
    with pytest.raises(ValidationError, match="more than one ask"):
        materials.edit(
            actor=a_person("ana"),
            material=materials.take_back(actor=a_person("ana"), material=saved),
            version=saved.version,
            title=saved.title or "",
            texts=body,
            told=told,
        )


def test_a_letter_is_drawn_without_headings_and_they_are_not_read_for_leaks_either() -> None:
    made = composed("letter", packet_for("letter"))
    html = sheet(Text("OFFICIAL_LETTER", "en", made.title, made.body, 1, TODAY), None)
    assert "<h2" not in html and "respectfully ask you" in html


def test_an_appeal_asks_for_salutation_pronoun_and_last_day_and_writes_none_of_them_itself() -> None:
    material = written("urgent", packet_for("urgent"))
    told = " ".join(why_not_ready(material))
    for gap in ("How to address them", "Name and pronoun", "Until when"):
        assert f"“{gap}” is empty" in told
    assert texts(material)["8"] == texts(material)["11"] == texts(material)["12"] == ""
    lasting = composed("urgent", packet_for("urgent"), stop_on=STOP)
    assert texts(lasting)["7"].startswith("Please act until 5\u00a0January\u00a02030.")
    letter = texts(lasting)["4"]
    assert letter.startswith("I write to you about Ilias Varanen") and "- Let an independent doctor see him." in letter


def test_what_is_said_aloud_holds_nothing_private_and_the_member_reads_it_beneath() -> None:
    case = packet_for("question", items=("CI_NAME", "CI_BIO", "CI_DOCS", "CI_HEALTH"))
    made = texts(composed("question", case))
    assert "lost much weight" not in made["2"] + made["3"] and "lost much weight" in made["4"]
    assert len(made["2"].split()) <= 60 and len(made["3"].split()) <= 150
    assert "May I ask what will be done about this" in made["2"]


def test_a_speech_without_a_fact_is_a_gap_and_no_speech() -> None:
    made = texts(composed("question", a_full_packet(items=("CI_NAME",), audiences=["AU_PARL"])))
    assert made["3"] == ""


def test_a_holding_line_is_a_fact_an_ask_and_that_we_say_no_more() -> None:
    made = texts(composed("holding", packet_for("holding")))
    assert made["1"].startswith("Officers of the Interior Ministry arrested him") and made["1"].count(".") == 1
    assert made["2"].count("- ") == 1
    assert made["3"] == "We do not speak about anything that could put somebody at risk."


@pytest.mark.parametrize("kind", [kind for kind in OF.values() if not kind.is_only_for], ids=lambda kind: kind.code)
def test_a_person_chooses_each_kind_in_the_browser_and_reads_its_draft(client: Client, kind: Kind) -> None:
    signed_in(client, a_person("ana"))
    case = a_full_packet(audiences=[kind.audiences[0]])
    address = reverse("materials:material_new", args=[case.reference])
    page = client.get(address).content.decode()
    assert f'value="{kind.code}"' in page and f'value="{kind.audiences[0]}"' in page
    stop = {"stop_on": timezone.localdate() + dt.timedelta(days=20)}
    sent = {"kind": kind.code, "audience": kind.audiences[0], "language": "en", **stop}
    answer = client.post(address, sent, follow=True)
    made = Material.objects.get(cases=case)
    assert answer.status_code == 200 and made.kind == kind.code
    assert client.get(reverse("materials:material_edit", args=[made.pk])).status_code == 200


def test_the_edit_page_counts_the_words_beside_each_section_and_those_just_typed(client: Client) -> None:
    material = written("question", packet_for("question"))
    signed_in(client, a_person("ana"))
    address = reverse("materials:material_edit", args=[material.pk])
    count = len(re.sub(r"\[\d+\]|(?m:^- )", "", texts(material)["2"]).split())
    assert f"{count} of about 60 words." in client.get(address).content.decode()
    long = {"text-QUESTION-2": "word " * 63 + "[1]", "version": material.version, "title": ""}
    answer = client.post(address, long).content.decode()
    assert "63 of about 60 words. 3 words too many." in answer
