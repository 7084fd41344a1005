"""A paper cites the treaties that bound the State on the date of the facts, and the review page says by what source."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Case, RightImplicated
from directory.actions.treaties import correct
from materials.actions.materials import compose_again, why_not_ready, write
from materials.facts_used import changed_facts
from materials.models import Material
from papers.composing.composing import packets_of
from papers.composing.law_words import facts_on
from papers.kinds import registry
from tests.factories import a_case, a_detention, on_case
from tests.materials.packets import a_full_packet
from tests.people import signed_in

pytestmark = pytest.mark.django_db
BINDING = "binding on the State at the time: "


def line(case: Case, right: str = "R_TORTURE", language: str = "en") -> str:
    """Return how a right stands in a minister's briefing."""
    packet = packets_of([case], registry.find("MIN_BRIEF"), "AU_DIPLO", language)[0]
    return packet.right_line(RightImplicated(case=case, right=right))


def held_in(country: str, started: str = "2025-03-14") -> Case:
    case = a_case(country=country, status="DS_PRETRIAL")
    a_detention(case, started=started)
    return case


@pytest.mark.parametrize(
    ("country", "started", "said"),
    [
        ("MMR", "2025-03-14", "Universal Declaration 5)"),
        (
            "CHN",
            "2025-03-14",
            f"Universal Declaration 5; {BINDING}CAT 1-2, 16; signed only, as of June\u00a02022: ICCPR 7)",
        ),
        ("AFG", "1983-04-23", "Universal Declaration 5)"),
        ("AFG", "1983-04", "Universal Declaration 5)"),
        ("AFG", "1983-04-24", f"Universal Declaration 5; {BINDING}ICCPR 7)"),
        ("AFG", "1983-05~", "Universal Declaration 5)"),
        ("TTO", "2005-01-01", f"Universal Declaration 5; {BINDING}ICCPR 7)"),
        ("XPR", "2025-03-14", f"Universal Declaration 5; {BINDING}ICCPR 7; signed only, as of 2020: CAT 1-2, 16)"),
        ("SUN", "1980-01-22", "Universal Declaration 5)"),
    ],
)
def test_a_right_names_only_law_that_bound_the_state_then(country: str, started: str, said: str) -> None:
    assert line(held_in(country, started)).endswith(f"({said}")


def test_a_right_without_an_article_anywhere_stands_by_its_name() -> None:
    assert line(held_in("MMR"), "R_DEFENDER") == "Right to defend human rights"


def test_the_law_reads_in_arabic() -> None:
    said = line(held_in("XPR"), language="ar")
    assert "السارية على الدولة وقت الوقائع: العهد الدولي الخاص بالحقوق المدنية والسياسية، المادة 7" in said
    assert "ICCPR" not in said and "UDHR" not in said


def test_the_date_of_the_facts_is_the_arrest_else_the_day_of_the_status_else_none() -> None:
    def day(case: Case) -> str:
        return facts_on(packets_of([case], registry.find("MIN_BRIEF"), "AU_DIPLO", "en")[0].custody)

    assert day(held_in("XPR", "2025-03~")) == "2025-03~"
    held = a_case(status="DS_PRETRIAL")
    assert day(held) == held.status_on.isoformat()
    free = a_case(status="DS_RELEASED")
    assert day(free) == "" and line(free).endswith("(Universal Declaration 5)")


def a_briefing(case: Case) -> Material:
    return write(actor=case.lead, cases=[case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en")


def leaves(case: Case) -> None:
    said = {"status": "ended", "in_force_from": dt.date(1992, 3, 23), "ended_on": dt.date(2024, 1, 1)}
    told = {"as_of": dt.date(2026, 5, 1), "source": "the depositary", "reason": "It left."}
    correct(actor=case.lead, country=case.country, treaty="ICCPR", **said, **told)


def test_a_corrected_treaty_makes_a_text_that_cites_it_stale_and_composing_again_follows() -> None:
    case = a_full_packet(status="DS_PRETRIAL")
    material = a_briefing(case)
    law = next(row["text"] for row in material.body if row["code"] == "MIN_BRIEF.6")
    assert f"{BINDING}ICCPR 9" in law
    assert not changed_facts(material)
    leaves(case)
    assert [fact.kind for fact in changed_facts(material)] == ["law"]
    assert any("A fact of the case changed" in reason for reason in why_not_ready(material))
    made = compose_again(actor=case.lead, material=material, version=Material.objects.get(pk=material.pk).version)
    law = next(row["text"] for row in made.body if row["code"] == "MIN_BRIEF.6")
    assert "Universal Declaration 3, 9)" in law and "ICCPR" not in law
    assert not changed_facts(made)


def test_a_correction_of_another_state_or_of_a_text_without_rights_changes_nothing() -> None:
    case = a_full_packet(status="DS_PRETRIAL")
    material = a_briefing(case)
    other = a_full_packet(status="DS_PRETRIAL", country="NZL")
    RightImplicated.objects.filter(case=other).delete()
    without = a_briefing(other)
    leaves(other)
    assert not changed_facts(material) and not changed_facts(without)


def test_the_review_page_says_of_each_article_by_what_source_and_as_of_when(client: Client) -> None:
    case = a_full_packet(status="DS_PRETRIAL")
    RightImplicated.objects.create(case=case, right="R_NOSELFINCRIM")
    material = a_briefing(case)
    signed_in(client, on_case(case, "rui", "reviewer"))
    page = client.get(reverse("materials:review", args=[material.pk])).content.decode()
    law = page.partition('id="law-h"')[2].partition("</section>")[0]
    assert "ICCPR 9" in law and "in force for it since 23 March 1992" in law and "invented for practice" in law
    assert "as of 2020" in law and "Signed only: said so, never cited as binding" in law
    assert "No source tells of it" in law
    printed = "".join(row["text"] for row in material.body)
    assert "invented for practice" not in printed
