"""Results of all cases that one may see: nothing of others that fewer than five cases share, on screen and on paper."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.refusals import Refused
from advocacy.actions import office_results
from advocacy.models import OfficeTarget, OfficeTargetFigure
from advocacy.pages.all_results import AllResultsPage, all_results_page, board_page
from audit.models import Entry
from casework.models import Case
from tests.advocacy.results_made import a_harm, a_target, an_outcome, proved, words_of
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
THIS_YEAR = {"on": "2026-03"}
FEW = "fewer than five"


def cases(number: int, *, lead: User | None = None, country: str = "XPR", **outcome: Any) -> list[Case]:
    """Return so many cases of somebody, each with one inquiry of this year."""
    made = [a_case(lead=lead or a_person("sam"), country=country) for _number in range(number)]
    for case in made:
        an_outcome(case, **(THIS_YEAR | outcome))
    return made


def rows_of(page: AllResultsPage) -> list[tuple[str, int, int, str]]:
    return [(row.label, row.seen, row.ours, row.elsewhere) for row in page.changes]


INQUIRY = "Official inquiry opened"


def test_what_one_sees_is_exact_with_our_part_in_it() -> None:
    ana = a_person("ana")
    one, other = cases(2, lead=ana)
    proved(one, **THIS_YEAR)
    a_harm(other, **THIS_YEAR)
    page = all_results_page(ana)
    assert rows_of(page) == [(INQUIRY, 3, 1, FEW)]
    assert [(row.label, row.seen) for row in page.harms] == [("Reprisal against family", 1)]
    assert [(figure.number, figure.base) for figure in page.figures] == [("0", "of 0"), ("1", "of 3"), ("0", "of 1")]


@pytest.mark.parametrize("hidden", [0, 1, 4, 5])
def test_of_cases_that_one_does_not_see_nothing_stands_that_fewer_than_five_share(hidden: int) -> None:
    ana = a_person("ana")
    cases(2, lead=ana)
    before = all_results_page(ana)
    cases(hidden)
    page = all_results_page(ana)
    assert rows_of(page) == [(INQUIRY, 2, 0, "5" if hidden == 5 else FEW)]
    assert (page == before) is (hidden < 5), "whether any are hidden does not show"


def test_many_outcomes_of_one_hidden_case_are_still_one_case() -> None:
    (case,) = cases(1)
    for _number in range(9):
        an_outcome(case, **THIS_YEAR)
    page = all_results_page(a_person("ana"))
    assert (
        not page.changes and [one.value for one in page.countries] == [""] and [one.value for one in page.years] == [""]
    )


def test_a_sum_holds_no_country_and_no_year_that_is_hidden() -> None:
    cases(5)
    cases(4, country="NZL")
    cases(4, on="2025")
    ana = a_person("ana")
    assert rows_of(all_results_page(ana)) == [(INQUIRY, 0, 0, "5")]
    assert rows_of(all_results_page(ana, country="NZL")) == [] and rows_of(all_results_page(ana, year="2025")) == []
    assert [one.value for one in all_results_page(ana).countries] == ["", "XPR"]


def test_whoever_sees_all_cases_reads_every_figure() -> None:
    made = cases(3)
    ana = a_person("ana")
    for case in made:
        on_case(case, "ana", "reader")
    assert rows_of(all_results_page(ana)) == [(INQUIRY, 3, 0, FEW)]
    assert rows_of(all_results_page(a_person("root", is_superuser=True))) == [], "a superuser sees no case"


def test_country_and_year_narrow_what_is_counted_and_a_withdrawn_outcome_counts_nowhere(client: Client) -> None:
    ana = a_person("ana")
    cases(2, lead=ana)
    cases(1, lead=ana, country="NZL", on="2024")
    signed_in(client, ana)
    url = reverse("advocacy:all_results")
    assert f"{INQUIRY} 3 0" in words_of(client.get(url))
    assert f"{INQUIRY} 1 0" in words_of(client.get(url + "?country=NZL&year=2024"))
    assert INQUIRY not in words_of(client.get(url + "?country=NZL&year=2026"))
    assert f"{INQUIRY} 3 0" in words_of(client.get(url + "?country=&year=x"))


def test_the_page_asks_as_often_for_two_cases_as_for_twenty(client: Client, django_assert_max_num_queries: Any) -> None:
    ana, dara = a_person("ana"), a_person("dara")
    cases(2, lead=ana)
    office_results.set_office_target(actor=dara, country="", year=2026, what="OU_INQUIRY", wanted=5)
    signed_in(client, ana)
    url = reverse("advocacy:all_results")
    words_of(client.get(url))
    with django_assert_max_num_queries(40) as few:
        words_of(client.get(url))
    for case in cases(8, lead=ana):
        a_target(case)
    cases(10)
    for what in ("OU_REVIEW", "OU_STATEMENT", "OU_BAIL"):
        office_results.set_office_target(actor=dara, country="XPR", year=2026, what=what, wanted=5)
    with django_assert_max_num_queries(len(few)):
        words_of(client.get(url))


# Targets of the office.


def test_a_director_sets_a_target_of_the_office_and_adjusts_it_with_a_reason(client: Client) -> None:
    dara = a_person("dara")
    cases(2, lead=dara)
    cases(5)
    cases(4, country="NZL")
    signed_in(client, dara)
    url = reverse("advocacy:office_target_new")
    assert "Write how many." in words_of(client.post(url, {"what": "OU_INQUIRY", "year": "2026"}), 422)
    client.post(url, {"what": "OU_INQUIRY", "year": "2026", "wanted": "9", "country": "XPR"} | _token(client, url))
    target = OfficeTarget.objects.get()
    adjust = reverse("advocacy:office_target_adjust", args=[target.pk])
    typed = {"version": "1", "wanted": "7"} | _token(client, adjust)
    assert "Say why the target is adjusted." in words_of(client.post(adjust, typed), 422)
    client.post(adjust, typed | {"reason": "Two cases are closed."} | _token(client, adjust))
    words = words_of(client.get(reverse("advocacy:all_results")))
    assert words.count("7 of 7") == 2 and "from 9, on" in words and "Two cases are closed." in words
    assert Entry.objects.latest("sequence").verb == "advocacy.office_target.adjusted"
    late = {"version": "1", "wanted": "2", "reason": "Typed before"} | _token(client, adjust)
    words = words_of(client.post(adjust, late), 422)
    assert "A colleague adjusted this target first." in words and "Typed before" in words
    assert list(target.figures.values_list("wanted", flat=True)) == [9, 7]
    signed_in(client, a_person("ana"))
    assert words_of(client.get(reverse("advocacy:all_results"))).count("7 of 7") == 2, "seven cases share it elsewhere"
    assert client.get(url).status_code == client.get(adjust).status_code == 404


def _token(client: Client, url: str) -> dict[str, str]:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(url).content.decode())
    return {"form_token": found[1]} if found else {}


def test_nobody_but_a_director_sets_targets_of_the_office() -> None:
    given = {"country": "XPR", "year": 2026, "what": "OU_BAIL", "wanted": 3}
    for who in ("ana", "rui", "admin", "noor"):
        with pytest.raises(Refused):
            office_results.set_office_target(actor=a_person(who), **given)
    dara = a_person("dara")
    target = office_results.set_office_target(actor=dara, **given)
    with pytest.raises(Refused):
        office_results.adjust_office_target(
            actor=a_person("ana"), target=target, version=1, wanted=2, reason="Fewer cases"
        )
    for wrong in ({}, {"wanted": 0}, {"country": "QQQ"}, {"year": 20}, {"what": "OU_X"}):
        with pytest.raises(ValidationError):
            office_results.set_office_target(actor=dara, **(given | wrong))


def test_the_database_rewrites_no_figure_of_the_office() -> None:
    given = {"country": "XPR", "year": 2026, "what": "OU_BAIL", "wanted": 3}
    target = office_results.set_office_target(actor=a_person("dara"), **given)
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficeTargetFigure.objects.filter(target=target).update(wanted=1)
    for row in (target.figures.get(), target):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficeTarget.objects.filter(pk=target.pk).update(year=2025)


# The half page.


def test_the_half_page_tells_no_name_no_codename_and_no_small_number(client: Client) -> None:
    dara = a_person("dara")
    office_results.set_office_target(actor=dara, country="", year=2026, what="OU_INQUIRY", wanted=9)
    made = cases(4, lead=dara)
    for _number in range(6):
        a_harm(made[0], **THIS_YEAR)
    signed_in(client, dara)
    words = words_of(client.get(reverse("advocacy:results_board")))
    assert f"Target: {INQUIRY}, All countries, 2026 {FEW} 9" in words
    assert f"Outcome: {INQUIRY} {FEW}" in words and f"Harm: Reprisal against family {FEW}" in words
    for case in made:
        assert case.codename not in words and case.reference not in words
    cases(1, lead=dara)
    words = words_of(client.get(reverse("advocacy:results_board")))
    assert f"Target: {INQUIRY}, All countries, 2026 5 9" in words and f"Outcome: {INQUIRY} 5" in words
    assert f"Harm: Reprisal against family {FEW}" in words, "six harms of one case are one case"


def test_one_case_in_several_years_is_one_case_on_paper() -> None:
    dara = a_person("dara")
    (case,) = cases(1, lead=dara)
    for year in range(2015, 2026):
        an_outcome(case, on=str(year))
    assert [row.number for row in board_page(dara).changes] == [FEW]


def test_who_reviews_from_outside_finds_neither_page(client: Client) -> None:
    signed_in(client, a_person("omar"))
    for name in ("all_results", "results_board", "office_target_new"):
        assert client.get(reverse(f"advocacy:{name}")).status_code == 404
