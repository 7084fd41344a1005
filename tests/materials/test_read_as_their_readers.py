"""What readers of the historical papers stumbled over, each mended in the composer for every case."""

import datetime as dt
from typing import Any

import pytest

from casework.models import Case, Charge, Detention, Place
from papers.composing.choice import Choice
from papers.composing.composing import Composed, compose
from papers.composing.wishes import Wishes
from papers.formats.plain_text import plain_text
from papers.kinds import registry
from papers.pdf.paper import Text
from tests.factories import a_claim, a_source
from tests.materials.packets import a_full_packet

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
LONG = "The court sat on the matter of a witness, and sent everybody home again without one word of why or until when."


def composed(command: str, case: Case, **options: Any) -> Composed:
    kind = registry.by_command()[command]
    chosen = {"kind": kind.code, "audience": kind.audiences[0], "language": "en", **options}
    return compose([case], today=TODAY, **chosen)


def text_of(made: Composed, place: str) -> str:
    text = next(row["text"] for row in made.body if row["code"].endswith(f".{place}"))
    return text.replace("\u00a0", " ")


def packet_for(command: str) -> Case:
    return a_full_packet(audiences=[registry.by_command()[command].audiences[0]])


def held_since(case: Case, day: str) -> None:
    for row in [*Detention.objects.filter(case=case), *Place.objects.filter(case=case)]:
        setattr(row, "started" if isinstance(row, Detention) else "since", day)
        row.save()


def test_where_room_is_short_the_newest_fact_stays_and_an_older_one_goes() -> None:
    case = packet_for("minister")
    for month in range(1, 6):
        a_claim(case, LONG, items=["CI_BIO"], on=f"2026-0{month}-01")
    newest = a_claim(case, "He was moved to solitary confinement.", items=["CI_BIO"], on="2026-11-01")
    made = composed("minister", case)
    assert f"- 1 November 2026: He was moved to solitary confinement. [{newest.number}]" in text_of(made, "5")
    assert text_of(made, "5").startswith("- about 14 March 2025: Officers of the Interior Ministry")
    assert "no-room" in {row.why for row in made.withheld if row.what.startswith("claim:")}


def test_a_place_says_since_when_before_where_and_only_where_that_is_another_day() -> None:
    case = packet_for("minister")
    assert "Held in Colony no. 4, Lower Tarn.°" in text_of(composed("minister", case), "2")
    row = Place.objects.get(case=case)
    row.since = "2026-02-01"
    row.save()
    assert "Held since 1 February 2026 in Colony no. 4, Lower Tarn.°" in text_of(composed("minister", case), "2")


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2025-03-14", "Held since 14 March 2025: 616 days by 20 November 2026."),
        ("2004-11-18", "Held since 18 November 2004: 8037 days, over 21 years, by 20 November 2026."),
        ("2004-11", "Held since November 2004: about 21 years by 20 November 2026."),
    ],
)
def test_years_are_told_beside_days_that_nobody_counts(since: str, said: str) -> None:
    case = packet_for("minister")
    held_since(case, since)
    assert said in text_of(composed("minister", case), "2")


def test_a_charge_names_its_court() -> None:
    case = packet_for("minister")
    row = Charge.objects.get(case=case)
    row.court = "District Court, Port Tarn"
    row.save()
    assert "art. 214 (2). Court: District Court, Port Tarn." in text_of(composed("minister", case), "6")


@pytest.mark.parametrize(("command", "place"), [("minister", "6"), ("letter", "4")])
def test_where_room_is_short_the_ground_and_the_newest_finding_stay(command: str, place: str) -> None:
    case = packet_for(command)
    ground = a_claim(case, "The warrant names no law.", items=["CI_DOCS"], on="2025-03-14", use="ground")
    for _one in range(6):
        a_claim(case, LONG, items=["CI_DOCS"], use="dispute")
    newest = a_claim(case, "A working group found it arbitrary.", items=["CI_DOCS"], on="2026-10-01", use="law")
    text = text_of(composed(command, case), place)
    assert text.startswith(f"14 March 2025: The warrant names no law. [{ground.number}]")
    assert text.endswith(f"1 October 2026: A working group found it arbitrary. [{newest.number}]")
    assert text.count(LONG) < 6


def test_a_letter_says_since_when_and_where_and_tells_no_state_its_own_name() -> None:
    made = composed("letter", packet_for("letter"))
    assert text_of(made, "3").endswith(
        "Held since about 14 March 2025: about 616 days by 20 November 2026.\nHeld in Colony no. 4, Lower Tarn."
    )
    assert made.title == "Re: Ilias Varanen, newspaper editor"
    assert text_of(made, "2") == "We write to you about Ilias Varanen, newspaper editor, with one request."


def test_a_letter_names_the_newest_charge_and_lists_the_others_unless_its_author_chose() -> None:
    case = packet_for("letter")
    row = Charge.objects.get(case=case)
    row.charged_on = "2025-03-20"
    row.save()
    Charge.objects.create(case=case, law="Media Act art. 3", charged_on="2025-05-02")
    made = composed("letter", case)
    assert text_of(made, "4").startswith("Charge of 2 May 2025: Media Act art. 3.")
    assert "Penal Code" not in text_of(made, "4") and ("charge:1", "no-room") in [
        (r.what, r.why) for r in made.withheld
    ]
    both = tuple(str(charge.pk) for charge in Charge.objects.filter(case=case).order_by("created_at"))
    chosen = composed("letter", case, wishes=Wishes(choices={case.pk: Choice(both)}))
    assert text_of(chosen, "4").startswith("Charge of 20 March 2025: Penal Code art. 214 (2).\nCharge of 2 May 2025")


def test_a_letter_abroad_names_the_state() -> None:
    made = composed("letter", a_full_packet(), audience="AU_DIPLO")
    assert "Ilias Varanen, newspaper editor, Practice Republic, with one request." in text_of(made, "2")


def test_what_the_authorities_said_bears_its_day() -> None:
    case = packet_for("minister")
    said = a_claim(
        case, "The ministry says that it is about tax.", items=["CI_BIO"], on="2026-10-02", use="authorities"
    )
    assert (
        text_of(composed("minister", case), "7")
        == f"2 October 2026: The ministry says that it is about tax. [{said.number}]"
    )


def test_a_source_begins_its_line_with_a_capital_and_keeps_its_words_in_a_sentence() -> None:
    case = packet_for("minister")
    source = a_source(case, "Report", reliability="B", attribution="the bar association, report of 2026")
    a_claim(case, "The hearing was closed.", sources=[source], items=["CI_BIO"], status="VS_SINGLE", on="2026-10-02")
    made = composed("minister", case)
    assert "According to the bar association, report of 2026, the hearing was closed." in text_of(made, "5")
    assert "- The bar association, report of 2026 (B1)" in text_of(made, "S")


def test_a_summary_says_since_when_and_asks_in_one_paragraph_and_why_now_stands_under_steps() -> None:
    case = packet_for("commission")
    lines = text_of(composed("commission", case), "2").splitlines()
    assert lines[0] == "Held since about 14 March 2025: about 616 days by 20 November 2026.°"
    assert lines[-1] == "We ask the Minister of Justice: Let an independent doctor see him."
    assert text_of(composed("commission", case), "10") == "The Court of Appeal sits on 26 November.°"
    assert composed("commission", case).title == "Ilias Varanen, newspaper editor, Practice Republic"


def test_a_wish_that_follows_a_colon_begins_small_where_it_is_no_name() -> None:
    case = packet_for("commission")
    demand = case.demands.get()
    demand.text = "His release"
    demand.save()
    assert text_of(composed("commission", case), "12").endswith("What must change: his release.")


def test_the_cells_of_a_table_in_plain_text_begin_with_their_words() -> None:
    made = composed("commission", packet_for("commission"))
    text = plain_text(Text("COMM_BRIEF", "en", made.title, made.body, 1, TODAY), None).decode()
    assert "Date\tEvent\tSource" in text and "\t " not in text


def test_sources_of_one_grade_stand_as_they_were_added_whatever_the_database_gives_first() -> None:
    case = packet_for("minister")
    first, second = (a_source(case, name, reliability="B", attribution=name) for name in ("Register", "Minutes"))
    claim = a_claim(case, "The hearing was closed.", sources=[second, first], items=["CI_BIO"], status="VS_SINGLE")
    said = f"- According to Register, the hearing was closed. [{claim.number}]"
    assert said in text_of(composed("minister", case), "5")
    second.created_at, first.created_at = first.created_at, second.created_at
    second.save()
    first.save()
    assert said.replace("Register", "Minutes") in text_of(composed("minister", case), "5")


def test_charges_without_a_day_stand_as_they_were_added() -> None:
    case = packet_for("minister")
    rows = [Charge.objects.create(case=case, law=f"Media Act art. {number}") for number in range(5)]
    laws = text_of(composed("minister", case), "6")
    assert [laws.index(str(row.law)) for row in rows] == sorted(laws.index(str(row.law)) for row in rows)
