"""Who was approached about a case: recorded in one form, by who plans the case, and withdrawn with a reason."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.actions.approaches import NewApproach, record_approach, withdraw_approach
from advocacy.models import Approach, Reply
from audit.models import Entry
from casework.access import NotAllowed
from casework.models import Case
from directory.models import Actor
from tests.advocacy.approached import (
    A_YEAR_AGO,
    TOLD,
    WORDS,
    a_browser,
    a_case_of_two,
    a_copy,
    a_reply,
    an_approach,
    an_ask,
    an_office_with,
    read,
)
from tests.directory.entries import an_entry
from tests.factories import a_case, a_consent
from tests.people import a_person

pytestmark = pytest.mark.django_db


def sent(browser: Client, case: Case, name: str = "record_call", query: str = "", **typed: Any) -> Any:
    """Send a form that was opened."""
    return browser.post(reverse(f"advocacy:{name}", args=[case.reference]) + query, typed)


def faults(answer: Any) -> dict[str, Any]:
    return dict(answer.context["form"].errors)


def a_promised_call(**more: Any) -> dict[str, Any]:
    due = timezone.localdate() + dt.timedelta(days=3)
    return {
        "outcome": "RS_PLEDGED",
        "promised": "They name an observer",
        "due_on": due.isoformat(),
        "words": WORDS,
        **more,
    }


# A call.


def test_a_call_is_recorded_with_its_answer_in_two_loads() -> None:
    case, ana, _leila = a_case_of_two()
    office, ilse = an_office_with()
    ask = an_ask(case)
    hers = a_browser(ana)
    opened = read(hers, "advocacy:record_call", case.reference, query=f"?to={office.pk}")
    assert "Ilse Maran" in opened and "Nobody" in opened and ask.text in opened and "checked" not in opened
    answer = sent(hers, case, query=f"?to={office.pk}", met=str(ilse.pk), asks=[str(ask.pk)], **a_promised_call())
    row = Approach.objects.get(case=case)
    assert answer.status_code == 302 and answer["Location"].endswith(f"/answers/#a-{row.pk}")
    assert (row.kind, row.actor, row.met, row.made_by, row.is_missed) == ("call", office, ilse, ana, False)
    assert [link.ask for link in row.ask_links.all()] == [ask]
    assert abs(row.happened_at - timezone.now()) < dt.timedelta(minutes=1)
    reply = row.replies.get()
    assert (reply.kind, reply.promised, reply.words, reply.promise) == (
        "RS_PLEDGED",
        "They name an observer",
        WORDS,
        "open",
    )
    shown = read(hers, "advocacy:answers", case.reference)
    assert "Open promises" in shown and WORDS in shown and "Ilse Maran" in shown and "rule R7" in shown
    verbs = [entry.verb for entry in Entry.objects.order_by("sequence")]
    assert verbs[-2:] == ["advocacy.approach.recorded", "advocacy.reply.recorded"]


def test_a_call_that_nobody_took_asks_for_two_answers_and_is_no_approach_to_anybody() -> None:
    case, ana, _leila = a_case_of_two()
    office, _ilse = an_office_with()
    hers, tomorrow = a_browser(ana), timezone.localdate() + dt.timedelta(days=1)
    answer = sent(hers, case, query=f"?to={office.pk}", met="nobody")
    assert answer.status_code == 422 and list(faults(answer)) == ["follow_up_on"]
    answer = sent(hers, case, query=f"?to={office.pk}", met="nobody", follow_up_on=tomorrow.isoformat())
    assert answer.status_code == 302
    row = Approach.objects.get(case=case)
    assert row.is_missed and row.follow_up_on == tomorrow and not Reply.objects.exists()
    assert list(Approach.objects.waits_for(ana, since=A_YEAR_AGO)) == [] and not Approach.objects.unanswered().exists()
    assert "Nobody took it" in read(hers, "advocacy:answers", case.reference)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"met": "nobody", "words": WORDS, "follow_up_on": "2099-01-01"}, "words"),
        ({"met": "other"}, "outcome"),
        ({"met": "other", "outcome": "RS_PLEDGED"}, "promised"),
        ({"met": "other", "outcome": "RS_REFUSED", "promised": "A visit"}, "promised"),
        ({"outcome": "RS_REFUSED"}, "met"),
        ({"met": "other", "outcome": "RS_REFUSED", "on": "2030-01-01"}, "on"),
    ],
)
def test_half_a_call_comes_back_with_everything_that_was_typed(typed: dict[str, str], at: str) -> None:
    case, ana, _leila = a_case_of_two()
    typed = {"to_name": "Ministry of Justice", **typed}
    answer = sent(a_browser(ana), case, **typed)
    assert answer.status_code == 422 and at in faults(answer)
    assert {name: answer.context["form"].data[name] for name in typed} == typed
    assert not Approach.objects.exists()


def test_a_call_to_an_office_that_is_not_in_the_directory_keeps_its_name_sealed() -> None:
    case, ana, _leila = a_case_of_two()
    answer = sent(a_browser(ana), case, to_name="The night desk", met="other", met_name="A clerk", outcome="RS_TOKEN")
    assert answer.status_code == 302
    row = Approach.objects.get(case=case)
    assert (row.actor, row.to_name, row.met_name) == (None, "The night desk", "A clerk")
    both = sent(a_browser(ana), case, to_name="x", to=str(an_entry("A court").pk), met="other", outcome="RS_TOKEN")
    assert both.status_code == 422 and "to" in faults(both)


def test_a_call_that_takes_an_approach_up_goes_to_the_same_office() -> None:
    case, ana, _leila = a_case_of_two()
    first = an_approach(case, to_name="The night desk", follow_up_on=timezone.localdate())
    assert list(Approach.objects.to_ring_again()) == [first]
    answer = sent(a_browser(ana), case, query=f"?follows={first.pk}", met="other", outcome="RS_TOKEN")
    assert answer.status_code == 302
    second = Approach.objects.exclude(pk=first.pk).get()
    assert (second.follows, second.to_name) == (first, "The night desk")
    assert list(Approach.objects.to_ring_again()) == []


def test_what_consent_does_not_allow_is_named_before_the_call_is_saved() -> None:
    case, ana, _leila = a_case_of_two()
    a_consent(case, ("CI_NAME",), ("AU_DIPLO",))
    office, ilse = an_office_with()
    hers, typed = a_browser(ana), {"met": str(ilse.pk), "outcome": "RS_TOKEN"}
    told = ["CI_NAME", "CI_HEALTH"]
    asked = sent(hers, case, query=f"?to={office.pk}", told_items=told, **typed)
    assert asked.status_code == 409 and not Approach.objects.exists()
    said = str(faults(asked)["__all__"])
    assert "Health" in said and "Name" not in said
    again = {"seen_double": asked.context["form"].data["seen_double"], "told_items": told, **typed}
    assert sent(hers, case, query=f"?to={office.pk}", **again).status_code == 302
    assert Approach.objects.get().told_items == ["CI_HEALTH", "CI_NAME"]
    assert sent(hers, case, query=f"?to={office.pk}", told_items=["CI_NAME"], **typed).status_code == 302


def test_to_an_office_that_nobody_knows_nothing_is_allowed() -> None:
    case, ana, _leila = a_case_of_two()
    a_consent(case, ("CI_NAME",), ("AU_DIPLO",))
    typed = {"to_name": "Somebody", "met": "other", "outcome": "RS_TOKEN", "told_items": ["CI_NAME"]}
    assert sent(a_browser(ana), case, **typed).status_code == 409


# Every other approach.


def test_an_approach_is_recorded_with_what_was_told_and_how_far_it_may_go() -> None:
    case, ana, leila = a_case_of_two()
    copy = a_copy(case)
    typed = {
        "kind": "meeting",
        "to_name": "The Minister",
        "on": timezone.localdate().isoformat(),
        "made_by": str(leila.pk),
        "copy": str(copy.pk),
        "told": TOLD,
        "handling_level": "TLP_AMBER",
        "attribution_rule": "AT_CHATHAM",
    }
    assert sent(a_browser(ana), case, "record_approach", **typed).status_code == 302
    row = Approach.objects.get(case=case)
    assert (row.made_by, row.copy, row.told, row.is_hour_told) == (leila, copy, TOLD, False)
    shown = read(a_browser(leila), "advocacy:answers", case.reference)
    assert TOLD in shown and "Organisation and named partners" in shown and "Record the answer" not in shown


def bad(**more: Any) -> Any:
    return lambda case: NewApproach(**{"kind": "letter", "to_name": "A court", **more})


@pytest.mark.parametrize(
    ("new", "at"),
    [
        (lambda case: NewApproach(kind="letter"), "to"),
        (lambda case: NewApproach(kind="letter", to=an_entry(), to_name="x"), "to"),
        (lambda case: bad(happened_at=timezone.now() + dt.timedelta(hours=1))(case), "on"),
        (lambda case: bad(asks=[an_ask(a_case())])(case), "asks"),
        (lambda case: bad(copy=a_copy(a_case()))(case), "copy"),
        (lambda case: bad(follows=an_approach(a_case()))(case), "__all__"),
        (lambda case: bad(made_by=a_person("sam"))(case), "made_by"),
        (lambda case: bad(met=an_entry("A clerk", kind="person"))(case), "met"),
        (lambda case: bad(is_missed=True)(case), "met"),
        (lambda case: bad(handling_level="TLP_BLUE")(case), "handling_level"),
        (lambda case: bad(told_items=["CI_SHOE"])(case), "told_items"),
        (lambda case: bad(follow_up_on=timezone.localdate() - dt.timedelta(days=1))(case), "follow_up_on"),
        (lambda case: bad(kind="visit")(case), "__all__"),
    ],
)
def test_an_approach_that_cannot_be_is_refused(new: Any, at: str) -> None:
    case = a_case_of_two()[0]
    with pytest.raises(ValidationError) as refused:
        record_approach(actor=case.lead, case=case, new=new(case))
    said = getattr(refused.value, "error_dict", {"__all__": []})
    assert at in said and not Approach.objects.filter(case=case).exists()


# Withdrawn, with a reason.


def test_an_approach_is_withdrawn_with_a_reason_and_stays_readable() -> None:
    case, ana, leila = a_case_of_two()
    row = an_approach(case)
    address = reverse("advocacy:withdraw_approach", args=[case.reference, row.pk])
    assert a_browser(ana).post(address, {"reason": " "}).status_code == 422
    assert a_browser(ana).post(address, {"reason": "It was another case"}).status_code == 302
    row.refresh_from_db()
    assert (row.removed_by, row.withdrawn_because) == (ana, "It was another case")
    shown = read(a_browser(leila), "advocacy:answers", case.reference)
    assert "It was another case" in shown and list(Approach.objects.waits_for(ana, since=A_YEAR_AGO)) == []
    with pytest.raises(ValidationError):
        withdraw_approach(actor=ana, approach=row, reason="Once more")


def test_an_approach_that_was_answered_is_not_withdrawn() -> None:
    case, ana, _leila = a_case_of_two()
    row = an_approach(case)
    a_reply(row)
    with pytest.raises(ValidationError):
        withdraw_approach(actor=ana, approach=row, reason="Wrong")


# Who may.


@pytest.mark.parametrize("who", ["leila", "sam"])
def test_who_does_not_plan_the_case_records_and_withdraws_nothing(who: str) -> None:
    case, _ana, _leila = a_case_of_two()
    row, person = an_approach(case), a_person(who)
    with pytest.raises(NotAllowed):
        record_approach(actor=person, case=case, new=NewApproach(kind="letter", to_name="A court"))
    with pytest.raises(NotAllowed):
        withdraw_approach(actor=person, approach=row, reason="x")
    status = 403 if who == "leila" else 404
    theirs = a_browser(person)
    for name in ("record_call", "record_approach"):
        address = reverse(f"advocacy:{name}", args=[case.reference])
        assert (theirs.get(address).status_code, theirs.post(address, {}).status_code) == (status, status)
    assert Approach.objects.count() == 1


def test_an_address_that_names_what_is_not_there_is_no_page() -> None:
    case, ana, _leila = a_case_of_two()
    elsewhere, ended = an_approach(a_case()), an_entry("A court")
    Actor.objects.filter(pk=ended.pk).update(ended_at=timezone.now(), ended_by=ana)
    address = reverse("advocacy:record_call", args=[case.reference])
    for query in (f"?follows={elsewhere.pk}", "?follows=x", "?to=x", f"?to={case.pk}"):
        assert a_browser(ana).get(address + query).status_code == 404, query


def test_no_approach_is_about_an_ask_that_was_removed() -> None:
    case, ana, _leila = a_case_of_two()
    ask = an_ask(case)
    ask.removed_at, ask.removed_by = timezone.now(), ana
    ask.save(update_fields=["removed_at", "removed_by"])
    with pytest.raises(ValidationError, match="This ask is not there any more"):
        an_approach(case, asks=[ask])
    assert not Approach.objects.exists()
