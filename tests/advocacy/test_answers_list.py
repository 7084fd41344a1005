"""The list of approaches and answers of a case: newest first, page by page, the same whoever recorded, hidden to strangers."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.answering import rules
from advocacy.models import Reply
from directory.vocabulary import terms
from tests.advocacy.approached import (
    a_browser,
    a_case_of_two,
    a_copy,
    a_promise,
    a_reply,
    an_approach,
    an_ask,
    read,
)
from tests.directory.entries import an_entry
from tests.factories import a_case
from tests.people import a_person

pytestmark = pytest.mark.django_db


def test_approaches_and_copies_stand_in_one_list_newest_first() -> None:
    case, ana, _leila = a_case_of_two()
    an_approach(case, to_name="Oldest office", days=20)
    a_copy(case)
    an_approach(case, to_name="Older office", days=2)
    text = read(a_browser(ana), "advocacy:answers", case.reference)
    places = [text.index(words) for words in ("The human rights desk", "Older office", "Oldest office")]
    assert places == sorted(places)


def test_the_list_pages_by_key_and_loses_none() -> None:
    case, ana, _leila = a_case_of_two()
    for number in range(60):
        an_approach(case, to_name=f"office number {number:02d}.", days=60 - number // 2)
    a_copy(case)
    hers, query, seen, pages = a_browser(ana), "", [], 0
    while True:
        text = read(hers, "advocacy:answers", case.reference, query=query)
        seen += re.findall(r"office number (\d\d)\.</bdi>\s*</h3>", text)
        pages += 1
        found = re.search(r'href="(\?after=[^"]+)" rel="next"', text)
        if not found:
            break
        query = found[1]
    assert (len(seen), len(set(seen)), pages) == (60, 60, 3)
    address = reverse("advocacy:answers", args=[case.reference])
    for wrong in ("nothing", case.pk, an_approach(a_case()).pk):
        assert hers.get(f"{address}?after={wrong}").status_code == 404


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_twenty_rows_ask_the_database_as_often_as_two() -> None:
    case, ana, _leila = a_case_of_two()
    desk, ask = an_entry("A desk"), an_ask(case)
    a_copy(case)

    def more(count: int) -> None:
        for number in range(count):
            row = an_approach(case, to=desk if number % 2 else None, asks=[ask])
            a_promise(row)
            a_reply(row)

    more(2)
    hers = a_browser(ana)
    pages = [
        reverse(f"advocacy:{name}", args=[case.reference]) for name in ("answers", "record_call", "record_approach")
    ]
    few = {page: queries(hers, page) for _warm in range(2) for page in pages}
    more(18)
    assert {page: queries(hers, page) for page in pages} == few and few[pages[0]] <= 30


def test_who_may_not_see_the_case_finds_no_list() -> None:
    case, _ana, _leila = a_case_of_two()
    an_approach(case)
    for who in ("sam", "noor", "admin"):
        theirs = a_browser(a_person(who))
        missing = theirs.get(reverse("advocacy:answers", args=["ZZZZ-ZZZZ"]))
        hidden = theirs.get(reverse("advocacy:answers", args=[case.reference]))
        assert (hidden.status_code, missing.status_code) == (404, 404)


def test_who_only_reads_is_offered_nothing_to_record() -> None:
    case, ana, leila = a_case_of_two()
    a_promise(an_approach(case))
    hers, theirs = (read(a_browser(who), "advocacy:answers", case.reference) for who in (ana, leila))
    for words in ("Record a call", "Record an approach", "Record the answer", "Kept or broken?", "Withdraw"):
        assert words in hers and words not in theirs, words
    assert "They name an observer" in theirs


# The rules.


@pytest.mark.parametrize(
    ("days", "said"), [(0, "(rule R1)"), (13, "(rule R1)"), (14, "(rule R1)"), (28, "(rule R2)"), (99, "(rule R3)")]
)
def test_silence_names_its_rule_and_when_to_remind(days: int, said: str) -> None:
    case, ana, _leila = a_case_of_two()
    an_approach(case, days=days)
    text = read(a_browser(ana), "advocacy:answers", case.reference)
    assert said in text and (f"Waiting {days} days" in text)
    assert ("Remind on" in text) is (days < 14)
    rule = rules.after_silence(days)
    assert rule is None or (rule.next in text and rule.instead in text)


def test_there_is_a_rule_for_everything_that_can_come_back() -> None:
    day = timezone.localdate()
    for code in terms("response_type"):
        if code != "RS_NONE":
            assert rules.after_reply(Reply(kind=code), day=day).after == code
    codes = [rule.code for rule in rules.answer_rules()]
    assert codes == [f"R{number}" for number in range(1, len(codes) + 1)]
    known = {*terms("response_type"), "silence", "missed", "unkept", "broken"} - {"RS_NONE"}
    assert {rule.after for rule in rules.answer_rules()} == known
    assert all(rule.next.endswith((".", "!")) and rule.instead.endswith(".") for rule in rules.answer_rules())


def test_a_promise_past_its_day_has_a_rule_of_its_own() -> None:
    day = timezone.localdate()
    open_one = Reply(kind="RS_PLEDGED", promise="open", due_on=day)
    said: list[tuple[Any, str]] = [(day, "R7"), (day + dt.timedelta(days=1), "R8")]
    assert [(at, rules.after_reply(open_one, day=at).code) for at, _code in said] == said
    assert rules.after_reply(Reply(kind="RS_PLEDGED", promise="broken", due_on=day)).code == "R9"
