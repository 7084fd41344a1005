"""Targets and outcomes of a case, made through the verbs, and the page that shows them as words."""

import datetime as dt
import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.actions import results
from advocacy.models import Outcome, Target
from casework.models import Case
from tests.factories import a_claim

SAID = "The ombudsperson opened an inquiry."


def day(ahead: int = 0) -> dt.date:
    """Return a day so many days from today."""
    return timezone.localdate() + dt.timedelta(days=ahead)


def a_target(case: Case, *, wanted: int = 3, what: str = "OU_INQUIRY", **more: Any) -> Target:
    """Set a target of this year for a case, by its lead."""
    given = {"by": day(90), "counts_from": day(-90)} | more
    return results.set_target(actor=case.lead, case=case, what=what, wanted=wanted, **given)


def told(**more: Any) -> dict[str, Any]:
    """Return what is said of an outcome: an inquiry, opened yesterday, our part unknown."""
    return {"what": "OU_INQUIRY", "on": day(-1).isoformat(), "words": SAID, "effect": "IM_P1", "part": "unknown"} | more


def an_outcome(case: Case, **more: Any) -> Outcome:
    """Record an outcome of a case, by its lead."""
    return results.record_outcome(actor=case.lead, case=case, values=told(**more))


def proved(case: Case, part: str = "strong", **more: Any) -> Outcome:
    """Record an outcome to which our part was strong, with a claim and one other cause."""
    return an_outcome(case, part=part, claim=a_claim(case), other_cause="The bar wrote too.", **more)


def a_harm(case: Case, **more: Any) -> Outcome:
    """Record that the family was called to the police."""
    said = {"what": "OU_REPRISAL_FAM", "effect": "IM_N2", "words": "The wife was called to the police."}
    return an_outcome(case, **(said | more))


def page(client: Client, case: Case) -> str:
    """Return the results of a case as words."""
    return words_of(client.get(reverse("advocacy:results", args=[case.reference])))


def words_of(answer: Any, status: int = 200) -> str:
    """Return what stands on a page, as words."""
    assert answer.status_code == status, (answer.status_code, answer.headers.get("Location"))
    main = answer.content.decode().partition("<main")[2].partition("<footer")[0]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))
