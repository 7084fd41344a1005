"""Who answers and how fast: a season of six weeks equals a hand count, and of other cases nothing is told."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Approach, Reply
from advocacy.pages.who_answers import MOST_ENTRIES, AnsweringLine, who_answers_page
from casework.models import Case
from materials.actions.handing_over import hand_over
from tests.advocacy.journeys import cleared
from tests.advocacy.seasons import answered, approached
from tests.directory.entries import an_entry, to_somebody
from tests.factories import a_case, put_on
from tests.materials.test_who_holds_what import made
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
PAGE = "advocacy:who_answers"
SINCE = timezone.localdate() - dt.timedelta(days=365)


def a_season(case: Case) -> None:
    """Four ministries, two ombudspersons, one rapporteur and three members of parliament, asked within six weeks."""
    ministries = [an_entry(f"Ministry {name}") for name in ("North", "South", "East", "West")]
    north, south, east, west = (approached(case, each, 42) for each in ministries)
    answered(north, 40, "RS_ACK")  # after 2 days
    answered(north, 10, "RS_ACTED", "positive")  # and again; the first one counts
    answered(south, 32, "RS_PLEDGED", "positive", promise="open")  # after 10
    answered(east, 22, "RS_REFUSED", "negative")  # after 20
    approached(case, ministries[0], 12, "call")  # waits 12
    assert west.pk  # waits 42
    for name, days in (("First ombudsperson", 30), ("Second ombudsperson", 14)):
        asked = approached(case, an_entry(name, "AC_NHRI"), days, "submission")
        if days == 30:
            answered(asked, 25, "RS_INFO")  # after 5
    approached(case, an_entry("The rapporteur", "AC_UNSP"), 35, "submission")
    for number in (1, 2, 3):
        member = approached(case, an_entry(f"Member {number}", "AC_MP", country="FRA"), 20 + number, "meeting")
        if number > 1:
            answered(member, 20, "RS_PLEDGED", "positive", promise=("kept", "broken")[number - 2])  # after 2 and 3


def line_of(lines: Any, words: str) -> AnsweringLine:
    (found,) = [line for line in lines if line.words.startswith(words)]
    return found


def page_of(client: Client, **asked: str) -> str:
    answer = client.get(reverse(PAGE), asked)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_a_season_of_six_weeks_equals_a_hand_count(client: Client) -> None:
    case = a_case()
    a_season(case)
    page = who_answers_page(a_person("ana"))
    # Eleven approaches, six answered after 2, 10, 20, 5, 2 and 3 days; those still waiting 12, 42, 14, 35 and 21.
    # The share still silent: 9 of 11 after 2 days, 8 after 3, 7 after 5, 6 after 10; then two waits end, of 12 and 14
    # days, so that of the last four one answers after 20 days: 6/11 x 3/4 = 41 %. Half had answered by then.
    assert [(each.number, each.base) for each in page.figures] == [
        ("20 days", ""),
        ("6", "of 11"),
        ("5", "of 11"),
        ("1", "of 3"),
    ]
    ministries = line_of(page.by_kind, "Foreign ministry")
    assert (ministries.approaches, ministries.answered, ministries.waiting) == (5, 3, 2)
    # 2, 10, 12+, 20, 42+: 4/5, 3/5, and then one of the two who still waited: 3/10.
    assert (ministries.median, ministries.half) == (20, "20 days")
    assert list(ministries.within) == ["70 %", "–", "–"], "nobody has waited for sixty days"
    members = line_of(page.by_kind, "Member of parliament")
    assert (members.approaches, members.half, list(members.within)) == (3, "too few to say", ["–", "–", "–"])
    assert {way.words: (way.approaches, way.answered, way.helped, way.refused) for way in page.by_way} == {
        "Letter": (4, 3, 1, 1),
        "Call": (1, 0, 0, 0),
        "Submission": (3, 1, 0, 0),
        "Meeting": (3, 2, 2, 0),
    }
    assert page.refusals == [("Refused to act", 1)]
    told = page_of(signed_in(client, a_person("ana")))
    assert "Ministry North" in told and "20 days" in told and told.count("<svg") == 1
    assert re.search(r"of 11\s*</dd>", told)


def test_one_state_alone_counts_those_that_serve_it_and_their_promises(client: Client) -> None:
    a_season(a_case())
    page = who_answers_page(a_person("ana"), state="FRA")
    assert [line.words for line in page.by_kind] == ["Member of parliament"]
    assert page.figures[-1].base == "of 2" and page.figures[-1].number == "1"
    assert who_answers_page(a_person("ana"), state="NOWHERE").figures[1].base == "of 11", (
        "a State unknown here asks for all"
    )
    told = page_of(signed_in(client, a_person("ana")), state="FRA")
    assert "Member 1" in told and "Ministry North" not in told


def test_whoever_may_not_see_the_case_reads_no_count_no_name_and_no_hint(client: Client) -> None:
    a_season(a_case())
    sam = a_person("sam")
    own = a_case(lead=sam)
    assert who_answers_page(sam).by_kind == [] and who_answers_page(sam).states == []
    stranger = page_of(signed_in(client, sam))
    assert "copies that were handed over, where you may send them" in stranger
    assert "No approach in this time" in stranger and "Ministry" not in stranger and "France" not in stranger
    approached(own, an_entry("Ministry of the South Sea"), 3)
    assert line_of(who_answers_page(sam).by_kind, "Foreign ministry").approaches == 1


def test_the_page_is_reached_from_the_directory_and_from_the_answers_of_a_case(client: Client) -> None:
    listed = signed_in(client, a_person("ana")).get(reverse("directory:actors")).content.decode()
    assert f'href="{reverse(PAGE)}"' in listed
    answers = client.get(reverse("advocacy:answers", args=[a_case().reference])).content.decode()
    assert f'href="{reverse(PAGE)}"' in answers


def test_an_outside_reviewer_learns_of_no_such_page(client: Client) -> None:
    case = a_case()
    omar = a_person("omar")
    put_on(case, omar, "outside_reviewer")
    assert signed_in(client, omar).get(reverse(PAGE)).status_code == 404


def test_what_was_withdrawn_missed_or_older_is_not_counted() -> None:
    case, desk = a_case(), an_entry()
    ana = a_person("ana")
    gone = approached(case, desk, 5)
    gone.removed_at, gone.removed_by, gone.withdrawn_because = timezone.now(), ana, "Recorded twice"
    gone.save(update_fields=["removed_at", "removed_by", "withdrawn_because"])
    approached(case, desk, 5, "call", is_missed=True)
    approached(case, desk, 400)
    kept = approached(case, desk, 4)
    first = answered(kept, 3)
    assert [(row.entry, row.answered_on) for row in Approach.objects.waits_for(ana, since=SINCE)] == [
        (desk.pk, first.received_on)
    ]
    assert who_answers_page(ana, months="36").figures[1].base == "of 2"
    assert who_answers_page(ana, months="999").months == 12


def test_two_letters_of_one_day_to_one_office_are_two_approaches() -> None:
    case, desk = a_case(), an_entry()
    for _letter in range(2):
        approached(case, desk, 3)
    assert who_answers_page(a_person("ana")).figures[1].base == "of 2"


def test_a_copy_that_was_handed_over_is_an_approach_by_itself() -> None:
    material = cleared()
    case = material.cases.get()
    copy = made(material, to_somebody("Desk of the copy"))
    ana = a_person("ana")
    assert list(Approach.objects.waits_for(ana, since=SINCE)) == [], "made is not handed over"
    hand_over(actor=ana, copy=copy, on=timezone.localdate())
    (waited,) = Approach.objects.waits_for(ana, since=SINCE)
    assert (waited.way, waited.answered_on, waited.approached_on) == ("", None, timezone.localdate())
    answered(copy, 0, "RS_ACTED", "positive", case=case)
    page = who_answers_page(ana)
    assert [(way.words, way.answered, way.helped) for way in page.by_way] == [("Numbered copy", 1, 1)]
    assert page.by_entry[0].words.startswith("Desk of the copy")
    assert list(Approach.objects.waits_for(a_person("sam"), since=SINCE)) == []


def test_an_office_that_is_not_in_the_directory_counts_by_its_kind_alone() -> None:
    approached(a_case(), None, 3)
    page = who_answers_page(a_person("ana"))
    assert [line.words for line in page.by_kind] == ["Not in the directory"] and page.by_entry == []


def test_the_number_of_questions_does_not_grow_with_approaches_cases_or_entries(client: Client) -> None:
    ana = signed_in(client, a_person("ana"))

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            page_of(ana)
        return len(counted)

    for _number in range(2):
        approached(a_case(), an_entry(), 3)
    page_of(ana)
    few = asked()
    for number in range(20):
        answered(approached(a_case(), an_entry(f"Desk {number}", "AC_MP", country="FRA"), 3), 1)
    assert asked() == few


def test_entries_beyond_what_a_page_holds_are_counted_and_named_as_left_off(client: Client) -> None:
    case = a_case()
    for number in range(MOST_ENTRIES + 2):
        approached(case, an_entry(f"Desk {number}"), 3)
    page = who_answers_page(a_person("ana"))
    assert (len(page.by_entry), page.left_off) == (MOST_ENTRIES, 2)
    assert "2 more, approached less often, are not shown." in page_of(signed_in(client, a_person("ana")))


def test_promises_are_counted_by_what_became_of_them() -> None:
    case = a_case()
    for state in ("open", "kept", "kept", "broken"):
        answered(approached(case, an_entry(), 5), 2, "RS_PLEDGED", promise=state)
    assert Reply.objects.promises_for(a_person("ana"), since=SINCE) == {"open": 1, "kept": 2, "broken": 1}
    assert Reply.objects.promises_for(a_person("sam"), since=SINCE) == {"open": 0, "kept": 0, "broken": 0}
