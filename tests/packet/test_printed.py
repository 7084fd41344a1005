"""The packet on one paper for a meeting: marked, whole, without the identity unless that is asked for and recorded."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from casework.models import Case, PacketAnswer, TimelineEvent
from tests.factories import a_case, a_claim, a_detention, a_prisoner, on_case
from tests.packet.filling import words
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    case = a_case(public_label="A newspaper editor")
    a_prisoner(case, "Jan Novak", occupation="Glazier", health="Diabetes")
    a_detention(case, place="Colony no. 4", charge="Media Act")
    a_claim(case, "He was arrested at home.")
    for year in range(1900, 1950):
        TimelineEvent.objects.create(case=case, on=str(year), event=f"In {year}.")
    PacketAnswer.objects.create(case=case, field="arr_warrant", answer="unknown", asked="the family, 9 May")
    return case


def paper(case: Case, name: str = "print_packet") -> str:
    return reverse(f"casework:{name}", args=[case.reference])


def test_the_paper_is_marked_and_holds_the_whole_story_without_the_name(client: Client, case: Case) -> None:
    answer = signed_in(client, case.lead).get(paper(case))
    text = words(answer)
    assert text.count("INTERNAL – not to leave") == 2
    for said in ("A newspaper editor", "Colony no. 4", "Media Act", "In 1900.", "In 1949.", "He was arrested at home."):
        assert said in text
    assert "Unknown the family, 9 May" in text and "Not yet asked" not in text
    assert "Law applied" in text.partition("Not answered yet")[2]
    assert "Novak" not in text and "Glazier" not in text
    assert not Entry.objects.filter(verb="casework.identity.printed").exists()
    assert "<form" not in answer.content.decode().partition("<main")[2]


def test_the_name_is_on_it_where_it_is_asked_for_and_the_trail_says_so(client: Client, case: Case) -> None:
    text = words(signed_in(client, case.lead).get(paper(case, "print_identity")))
    assert "Jan Novak" in text and "Glazier" in text and "Diabetes" not in text
    entry = Entry.objects.get(verb="casework.identity.printed", case_id=case.pk)
    assert entry.actor_id == case.lead_id


def test_who_may_not_see_the_identity_prints_without_it_and_a_stranger_nothing(client: Client, case: Case) -> None:
    signed_in(client, on_case(case, "tomas", "reader"))
    text = words(client.get(paper(case)))
    assert "INTERNAL" in text and "With the name" not in text
    assert client.get(paper(case, "print_identity")).status_code == 403
    signed_in(client, a_person("sam"))
    assert [client.get(paper(case, name)).status_code for name in ("print_packet", "print_identity")] == [404, 404]
    assert not Entry.objects.filter(verb="casework.identity.printed").exists()
