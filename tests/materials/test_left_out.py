"""What a text leaves out is listed, always: asked of the text itself, and again after it was edited."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from casework.models import Ask, Charge, RightImplicated
from materials.actions import materials
from materials.actions.materials import StatedDisclosures
from materials.models import Material
from papers.composing.composing import compose
from papers.composing.left_out import holdings
from papers.composing.packet import Packet
from papers.composing.wishes import Wishes
from papers.kinds import registry
from tests.factories import a_claim
from tests.materials.packets import a_full_packet, fit_for
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
FOUR = (
    ("2018", "four years"),
    ("2019", "life plus twenty years"),
    ("2020", "fifty lashes"),
    ("2021", "death"),
)
each_composed = pytest.mark.parametrize("kind", registry.composed(), ids=lambda kind: kind.code)


def brief(case: Any, **options: Any) -> Any:
    chosen = {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en", "today": TODAY}
    return compose([case], **{**chosen, **options})


def text_of(made: Any) -> str:
    return "\n".join([made.title, *(section["text"] for section in made.body)])


def whys(made: Any) -> dict[str, str]:
    return {row.what: row.why for row in made.withheld}


def a_packet_with_four_charges(law: str = "Penal Code art. 14") -> Any:
    case = a_full_packet()
    Charge.objects.filter(case=case).delete()
    for year, sentence in FOUR:
        Charge.objects.create(case=case, law=law, sentence=sentence, charged_on=year, verdict="guilty")
    return case


def test_four_charges_all_print_with_verdict_and_sentence() -> None:
    made = brief(a_packet_with_four_charges())
    for year, sentence in FOUR:
        assert f"Charge of {year}: Penal Code art. 14. Verdict: guilty. Sentence: {sentence}." in text_of(made)
    assert not [what for what in whys(made) if what.startswith("charge")]


def test_charges_that_find_no_room_are_counted_with_why(client: Client) -> None:
    case = a_packet_with_four_charges(law="A law with a very long name " * 6)
    made = brief(case)
    missing = [what for what, why in whys(made).items() if what.startswith("charge:") and why == "no-room"]
    assert len(missing) == 4 - text_of(made).count("Charge of ") > 0
    assert "Sentence: death." in text_of(made), "the newest stays"
    material = materials.write(
        actor=a_person("ana"), cases=[case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en"
    )
    signed_in(client, a_person("ana"))
    page = " ".join(client.get(f"/materials/{material.pk}/").content.decode().split())
    assert f"{len(missing)} charges" in page and "left out for room" in page
    things = len(material.withheld["rows"])
    assert f'Kept from this audience <span class="count">{things}</span>' in page.replace("</h2> <span", " <span")


@pytest.mark.parametrize(
    ("forgotten", "empty", "listed"),
    [
        ("charges", lambda _packet: [], {"charge:1", "charge:2", "charge:3", "charge:4"}),
        ("rights", lambda _packet, _most: [], {"right:R_LIBERTY"}),
        ("asks", lambda _packet: [], {"ask:1"}),
        ("claims", lambda _packet, _use, **_options: [], {"claim:1", "claim:2", "claim:3", "claim:4"}),
        ("place", lambda _packet: "", {"place"}),
        ("held", lambda _packet: "", {"held"}),
    ],
)
def test_what_a_writer_forgets_is_listed_all_the_same(
    forgotten: str, empty: Any, listed: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_packet_with_four_charges()
    monkeypatch.setattr(Packet, forgotten, empty)
    assert listed <= set(whys(brief(case)))


def test_without_consent_every_charge_is_listed_and_none_prints() -> None:
    case = a_packet_with_four_charges()
    case.consents.update(withdrawn_at=dt.datetime.now(dt.UTC))
    made = brief(case)
    assert "Penal" not in text_of(made)
    assert [whys(made)[f"charge:{number}"] for number in (1, 2, 3, 4)] == ["no-consent"] * 4


@each_composed
def test_everything_of_a_packet_stands_in_the_text_or_on_the_list(kind: Any) -> None:
    audience = kind.audiences[0]
    case = a_packet_with_four_charges()
    for right in ("R_TORTURE", "R_FAIRTRIAL", "R_EXPRESSION", "R_HEALTH"):
        RightImplicated.objects.create(case=case, right=right)
    for number in range(9):
        a_claim(case, f"Thing {number} happened.", on=f"2026-0{number + 1}-01")
    a_claim(case, "It was not so.", use="authorities", status="VS_NEW")
    demand = case.demands.get()
    for audience_of_ask, to in (("", "the King"), ("AU_PARL", "a committee"), (audience, "the Minister of Justice")):
        Ask.objects.create(case=case, demand=demand, to=to, text=f"Do what {to} can do", audience=audience_of_ask)
    fit_for(kind, case)
    made = compose([case], kind=kind.code, audience=audience, language="en", stop_on=TODAY, today=TODAY)
    packet = Packet(case, audience, kind.least_level(audience), "en", today=TODAY)
    marks = {f"[{number}]" for number in range(1, 40) if f"[{number}]" in text_of(made)}
    listed = whys(made)
    held = holdings(packet)
    assert len(held) > 25
    for holding in held:
        printed = f"[{holding.label}]" in marks or (
            not holding.label and all(line in text_of(made) for line in holding.said.splitlines())
        )
        assert printed != (holding.what in listed), holding


def test_the_first_fact_and_the_newest_print_and_the_others_are_listed() -> None:
    case = a_full_packet()
    for number in range(8):
        a_claim(case, f"Thing {number} happened.", on=f"2026-0{number + 1}-01")
    made = brief(case)
    facts = next(section["text"] for section in made.body if section["code"].endswith(".5"))
    assert facts.splitlines()[0].endswith("[1]") and "Thing 7 happened." in facts and "Thing 0" not in facts
    assert whys(made)["claim:5"] == "no-room"


def test_a_paper_for_one_reader_carries_that_reader_s_asks_and_lists_the_others() -> None:
    case = a_full_packet()
    Ask.objects.create(case=case, demand=case.demands.get(), to="the Minister of Health", text="Send a doctor")
    made = brief(case)
    assert "We ask the Minister of Justice:" in text_of(made) and "Health" not in text_of(made)
    assert whys(made)["ask:2"] == "other-addressee"
    other = brief(case, wishes=Wishes("The minister of  Health"))
    assert "We ask the Minister of Health:" in text_of(other) and "of Justice:" not in text_of(other)
    assert whys(other)["ask:1"] == "other-addressee" and "ask:2" not in whys(other)
    page = compose([case], kind="SUPPORTER", audience="AU_SUPPORT", language="en", stop_on=TODAY, today=TODAY)
    assert "We ask the Minister of Justice:" in text_of(page) and "We ask the Minister of Health:" in text_of(page)


def test_the_addressee_that_was_chosen_is_kept_when_it_is_composed_again() -> None:
    case, ana = a_full_packet(), a_person("ana")
    Ask.objects.create(case=case, demand=case.demands.get(), to="the Minister of Health", text="Send a doctor")
    material = materials.write(
        actor=ana,
        cases=[case],
        kind="MIN_BRIEF",
        audience="AU_DIPLO",
        language="en",
        addressee="the Minister of Health",
    )
    again = materials.compose_again(actor=ana, material=material, version=material.version)
    assert "Send a doctor" in str(again.body) and "independent doctor see him. By" not in str(again.body)


def test_what_an_editor_takes_out_is_listed_and_what_is_put_in_is_not() -> None:
    case, ana = a_full_packet(), a_person("ana")
    material = materials.write(actor=ana, cases=[case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en")
    facts = next(row for row in material.body if row["code"].endswith(".5"))
    first, second = facts["text"].splitlines()

    def saved(text: str) -> dict[str, str]:
        row = Material.objects.get(pk=material.pk)
        told = StatedDisclosures(is_nothing_further=True)
        materials.edit(
            actor=ana, material=row, version=row.version, title=row.title, texts={facts["code"]: text}, told=told
        )
        return {one["what"]: one["why"] for one in Material.objects.get(pk=material.pk).withheld["rows"]}

    assert "claim:2" not in saved(f"{first}\n{second}")
    assert saved(first)["claim:2"] == "edited-out" and saved(first)["claim:3"] == "no-consent"
    assert "claim:2" not in saved(f"{first}\n{second}")
