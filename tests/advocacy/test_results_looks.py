"""The pages of results in a real Chromium: light and dark, narrow and wide, left to right and right to left."""

from typing import Any

import pytest
from django.urls import reverse

from advocacy.actions import office_results, results
from tests.advocacy.results_made import a_harm, a_target, an_outcome, day, proved
from tests.browser.taken import faults_of_pages
from tests.factories import a_case, a_source, on_case
from tests.people import a_person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(600)]
ARABIC = "فتحت أمينة المظالم تحقيقا في التوقيف."
LONG = "averylongwordthatdoesnotend" * 6


def pages(client: Any) -> dict[str, str]:
    """Take each page as the person who meets it."""
    case, empty = a_case(codename="Sorrel"), a_case(codename="Heron")
    target = a_target(case)
    results.adjust_target(actor=case.lead, target=target, version=1, wanted=4, by=day(30), reason=f"{ARABIC} {LONG}")
    over = a_target(case, what="OU_REVIEW", by=day(-1), track="policy_advocacy")
    results.judge_target(actor=case.lead, target=over, version=1, verdict="missed", words="The bench never sat.")
    row = proved(case, who_else=LONG)
    an_outcome(case, words=ARABIC, part="some", source=a_source(case))
    a_harm(case, answer="We stopped for three weeks.")
    results.withdraw_outcome(actor=case.lead, outcome=an_outcome(case), reason="It was about somebody else.")
    dara = a_person("dara")
    office = office_results.set_office_target(actor=dara, country="XPR", year=2026, what="OU_INQUIRY", wanted=3)
    signed_in(client, case.lead)

    def take(name: str, *args: Any, query: str = "", data: Any = None) -> str:
        url = reverse(f"advocacy:{name}", args=args) + query
        return str((client.post(url, data) if data is not None else client.get(url)).content.decode())

    here = case.reference
    taken = {
        "results": take("results", here),
        "results-empty": take("results", empty.reference),
        "target-new": take("target_new", here),
        "target-refused": take("target_new", here, data={"wanted": "0"}),
        "target-adjust": take("target_adjust", here, target.pk),
        "target-judge": take("target_judge", here, target.pk),
        "outcome-new": take("outcome_new", here, query="?of=harm"),
        "outcome-refused": take("outcome_new", here, data={"what": "OU_DEATH", "effect": "IM_P1"}),
        "outcome": take("outcome", here, row.pk),
        "withdraw": take("outcome_withdraw", here, row.pk),
        "all": take("all_results"),
        "board": take("results_board"),
        "plan": take("plan", here),
    }
    signed_in(client, on_case(case, "leila", "reader"))
    taken["results-read"] = take("results", here)
    signed_in(client, dara)
    set_there = {
        "office-all": take("all_results"),
        "office-new": take("office_target_new"),
        "office-refused": take("office_target_new", data={"wanted": "x"}),
        "office-adjust": take("office_target_adjust", office.pk),
    }
    return taken | set_there


def test_the_pages_of_results_are_whole_in_every_mode(client: Any) -> None:
    faults = faults_of_pages(pages(client))
    assert faults == [], "\n".join(faults)
