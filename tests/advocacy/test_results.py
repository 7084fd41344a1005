"""Results of a case: what was hoped for, what came of it, what our part was; harms at the same size."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from advocacy.actions import results
from advocacy.models import Outcome, Target, TargetFigure
from audit.models import Entry
from casework.access import NotAllowed
from casework.actions.versions import SavedMeanwhile
from casework.models import Case, Claim, Source
from tests.advocacy.results_made import SAID, a_harm, a_target, an_outcome, day, page, proved, told, words_of
from tests.factories import a_case, a_claim, a_source, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return a_case(codename="Sorrel")


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    signed_in(client, case.lead)
    return client


def send(client: Client, name: str, *args: Any, **typed: Any) -> Any:
    """Send a form as a browser does: what stands in it, with what was typed over it."""
    url = reverse(name, args=args)
    shown = client.get(url)
    form = shown.context["form"]
    stands = {field.html_name: str(field.value()) for field in form if isinstance(field.value(), str | int | dt.date)}
    return client.post(url, stands | {"csrf_token": ""} | _token(shown) | typed, follow=True)


def _token(shown: Any) -> dict[str, str]:
    found = re.search(r'name="form_token" value="([^"]+)"', shown.content.decode())
    return {"form_token": found[1]} if found else {}


# Targets.


def test_without_a_target_the_page_asks_what_is_hoped_for_and_by_when(ana: Client, case: Case) -> None:
    words = page(ana, case)
    assert "Next: say what you hope for, by when." in words and "Say what you hope for, by when" in words


def test_a_target_is_set_and_counts_outcomes_of_its_kind_in_its_days(ana: Client, case: Case) -> None:
    typed = {"what": "OU_INQUIRY", "wanted": "3", "by": day(30).isoformat(), "counts_from": day(-10).isoformat()}
    assert "The target stands." in words_of(send(ana, "advocacy:target_new", case.reference, **typed))
    an_outcome(case)
    an_outcome(case, on=day(-11).isoformat())
    an_outcome(case, what="OU_REVIEW")
    words = page(ana, case)
    assert words.count("1 of 3") == 2, "once drawn and once in figures"
    assert "Official inquiry opened" in words and "Under way" in words


def test_with_a_track_only_what_that_track_brought_counts(ana: Client, case: Case) -> None:
    a_target(case, wanted=2, track="policy_advocacy")
    an_outcome(case, track="private_diplomacy")
    an_outcome(case, track="policy_advocacy")
    an_outcome(case)
    assert page(ana, case).count("1 of 2") == 2


def test_a_target_is_adjusted_only_with_a_reason_and_the_earlier_figure_stays(ana: Client, case: Case) -> None:
    target = a_target(case, wanted=2)
    args = ["advocacy:target_adjust", case.reference, target.pk]
    refused = send(ana, *args, wanted="3", reason="")
    assert "Say why the target is adjusted." in words_of(refused, 422)
    assert refused.context["form"]["wanted"].value() == "3", "nothing typed is lost"
    send(ana, *args, wanted="3", reason="A second bench heard it.")
    words = page(ana, case)
    assert words.count("0 of 3") == 2 and "from 2 by" in words and "A second bench heard it." in words
    assert list(target.figures.values_list("number", "wanted")) == [(1, 2), (2, 3)]
    assert Entry.objects.latest("sequence").verb == "advocacy.target.adjusted"


def test_who_adjusts_what_a_colleague_adjusted_first_is_told_and_loses_nothing(ana: Client, case: Case) -> None:
    target = a_target(case, wanted=2)
    url = reverse("advocacy:target_adjust", args=[case.reference, target.pk])
    shown = ana.get(url)
    results.adjust_target(actor=case.lead, target=target, version=1, wanted=9, by=day(90), reason="First")
    typed = {"version": "1", "wanted": "4", "by": day(60).isoformat(), "reason": "Second"} | _token(shown)
    refused = ana.post(url, typed)
    assert "A colleague adjusted this target first." in words_of(refused, 422) and "Second" in words_of(refused, 422)
    again = {field.html_name: str(field.value()) for field in refused.context["form"]} | _token(refused)
    words_of(ana.post(url, again, follow=True))
    assert list(target.figures.values_list("wanted", flat=True)) == [2, 9, 4]
    with pytest.raises(SavedMeanwhile):
        results.adjust_target(actor=case.lead, target=target, version=1, wanted=5, by=day(60), reason="x")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"wanted": 0}, "from 1 to 500"),
        ({"wanted": 501}, "from 1 to 500"),
        ({"what": "OU_NOTHING"}, "Choose one"),
        ({"by": day(-100)}, "before the day from which it counts"),
        ({"track": "nowhere"}, "Choose one"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_target_of_nothing_known_is_refused(case: Case, given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        a_target(case, **given)
    assert not Target.objects.exists()


def test_a_target_is_judged_once_in_words_and_asked_for_when_its_day_is_over(ana: Client, case: Case) -> None:
    target = a_target(case, by=day(-1), counts_from=day(-50))
    words = page(ana, case)
    assert "0 of 3. Say how it went." in words and "Behind" in words
    send(ana, "advocacy:target_judge", case.reference, target.pk, verdict="missed", words="The bench never sat.")
    words = page(ana, case)
    assert "Not reached" in words and "The bench never sat." in words and "Judge" not in words.partition("Targets")[2]
    target.refresh_from_db()
    with pytest.raises(ValidationError, match="was judged"):
        results.judge_target(
            actor=case.lead, target=target, version=target.version, verdict="reached", words="No, it did"
        )
    with pytest.raises(ValidationError, match="was judged"):
        results.adjust_target(
            actor=case.lead, target=target, version=target.version, wanted=1, by=day(3), reason="Less"
        )
    assert ana.get(reverse("advocacy:target_judge", args=[case.reference, target.pk])).status_code == 404


# Outcomes, and our part in them.


@pytest.mark.parametrize("part", ["strong", "some"])
@pytest.mark.parametrize("proof", ["neither", "evidence", "cause", "both"])
def test_strong_and_some_need_evidence_and_one_other_cause_else_it_is_unknown(
    ana: Client, case: Case, part: str, proof: str
) -> None:
    claim = a_claim(case)
    typed = {"what": "OU_INQUIRY", "words": SAID, "effect": "IM_P1", "part": part, "on_2": "2026"}
    typed |= {"claim": str(claim.pk)} if proof in {"evidence", "both"} else {}
    typed |= {"other_cause": "The bar wrote too."} if proof in {"cause", "both"} else {}
    words = words_of(send(ana, "advocacy:outcome_new", case.reference, **typed))
    row = Outcome.objects.get()
    assert row.part == (part if proof == "both" else "unknown")
    assert ("Our part is kept as unknown" in words) is (proof != "both")
    said = {
        "neither": "Neither evidence nor another cause is named.",
        "evidence": "No other cause is named.",
        "cause": "No evidence is named.",
    }
    shown = words_of(ana.get(reverse("advocacy:outcome", args=[case.reference, row.pk])))
    for key, sentence in said.items():
        assert (sentence in words) is (key == proof) and (sentence in shown) is (key == proof)


def test_the_verb_too_keeps_our_part_as_unknown_without_proof(case: Case) -> None:
    assert an_outcome(case, part="strong").part == "unknown"
    assert an_outcome(case, part="some", source=a_source(case)).part == "unknown"
    assert an_outcome(case, part="some", source=a_source(case), other_cause=" ").part == "unknown"
    assert an_outcome(case, part="some", source=a_source(case), other_cause="An election").part == "some"
    assert an_outcome(case, part="none").part == "none"


def test_the_database_holds_that_our_part_has_evidence_and_another_cause(case: Case) -> None:
    row = an_outcome(case)
    for given in ({"part": "strong"}, {"part": "some", "claim": a_claim(case)}, {"part": "always"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Outcome.objects.filter(pk=row.pk).update(**given)


def test_evidence_that_leaves_the_packet_takes_our_part_with_it(ana: Client, case: Case) -> None:
    row = proved(case)
    assert "Strong" in page(ana, case) and Outcome.objects.with_our_part().get() == row
    Claim.objects.filter(pk=row.claim_id).update(removed_at=timezone.now())
    words = page(ana, case)
    assert "Its evidence was taken out of the packet." in words and "Strong" not in words
    assert not Outcome.objects.with_our_part().exists()


def test_evidence_and_other_rows_of_another_case_are_refused(case: Case) -> None:
    other = a_case(codename="Other")
    with pytest.raises(ValidationError, match="not in the packet"):
        an_outcome(case, part="some", claim=a_claim(other), other_cause="x")
    row = an_outcome(case)
    for given in ({"claim": a_claim(other)}, {"source": a_source(other)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Outcome.objects.filter(pk=row.pk).update(**given)
    figure = TargetFigure(
        case=other, target=a_target(case), number=2, wanted=1, by=day(1), reason="x", said_by=case.lead
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        figure.save(force_insert=True)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"words": " "}, "what happened"),
        ({"on": ""}, "at least the year"),
        ({"on": day(2).isoformat()}, "still to come"),
        ({"what": "OU_X"}, "Choose one"),
        ({"what": "OU_DEATH", "effect": "IM_P1"}, "This is a harm"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_an_outcome_without_what_makes_it_one_is_refused(case: Case, given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        an_outcome(case, **given)
    assert not Outcome.objects.exists()


def test_a_faulty_form_comes_back_with_what_was_typed(ana: Client, case: Case) -> None:
    typed = {"what": "OU_DEATH", "words": "He died in custody.", "effect": "IM_P1", "part": "unknown", "on_2": "2026"}
    refused = send(ana, "advocacy:outcome_new", case.reference, **typed)
    words = words_of(refused, 422)
    assert "This is a harm. Say how strong it was" in words and "He died in custody." in words
    assert not Outcome.objects.exists()


def test_a_harm_stands_beside_the_outcomes_and_is_never_deleted(ana: Client, case: Case) -> None:
    row = a_harm(case, part="some", source=a_source(case), other_cause="A raid in the street", answer="We stopped.")
    words = page(ana, case).partition("Harms")[2]
    for said in ("Reprisal against family", "Perhaps ours", "called to the police", "What we did: We stopped."):
        assert said in words
    for gone in (row, a_target(case)):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(gone)._base_manager.filter(pk=gone.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=row.pk).update(effect="IM_P3")


def test_an_outcome_is_withdrawn_with_a_reason_and_stays_readable(ana: Client, case: Case) -> None:
    a_target(case, wanted=1)
    row = an_outcome(case)
    args = ["advocacy:outcome_withdraw", case.reference, row.pk]
    assert "Say why it is withdrawn." in words_of(send(ana, *args, reason=" "), 422)
    send(ana, *args, reason="It was about somebody else.")
    words = page(ana, case)
    assert words.count("0 of 1") >= 2 and SAID in words.partition("Withdrawn")[2]
    assert "It was about somebody else." in words
    row.refresh_from_db()
    with pytest.raises(ValidationError, match="was withdrawn"):
        results.change_outcome(actor=case.lead, outcome=row, version=row.version, values=told(words="Again"))
    row.removed_at = row.removed_by = row.removed_reason = None
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(update_fields=["removed_at", "removed_by", "removed_reason"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=an_outcome(case).pk).update(removed_at=timezone.now())


def test_an_outcome_is_changed_and_who_saves_second_sees_both(ana: Client, case: Case) -> None:
    row = an_outcome(case)
    url = reverse("advocacy:outcome", args=[case.reference, row.pk])
    shown = ana.get(url)
    results.change_outcome(actor=case.lead, outcome=row, version=1, values=told(words="A colleague’s words"))
    typed = told(words="My words", version="1", visibility="VE_NONE") | {"on_2": "2026"} | _token(shown)
    answer = ana.post(url, typed)
    words = words_of(answer, 409)
    assert "A colleague’s words" in words and "My words" in words
    send(ana, "advocacy:outcome", case.reference, row.pk, words="My words", on_2="2026")
    row.refresh_from_db()
    assert row.words == "My words" and Entry.objects.latest("sequence").verb == "advocacy.outcome.changed"


# What the database keeps of figures, and who may.


def test_figures_of_a_target_never_change(case: Case) -> None:
    target = a_target(case)
    figure = target.figures.get()
    for change in ({"wanted": 1}, {"by": day(5)}, {"number": 2}):
        with pytest.raises(DatabaseError), transaction.atomic():
            TargetFigure.objects.filter(pk=figure.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        TargetFigure.objects.filter(pk=figure.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetFigure(case=case, target=target, number=2, wanted=1, by=day(1), said_by=case.lead).save(force_insert=True)
    for change in ({"what": "OU_REVIEW"}, {"counts_from": day(1)}, {"verdict": "reached"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Target.objects.filter(pk=target.pk).update(**change)


def verbs(case: Case) -> dict[str, dict[str, Any]]:
    """Return each verb with what it takes."""
    target, row = a_target(case), an_outcome(case)
    fresh = {"target": target, "version": 1}
    return {
        "set_target": {"case": case, "what": "OU_BAIL", "wanted": 1, "by": day(3), "counts_from": day(0)},
        "adjust_target": {**fresh, "wanted": 1, "by": day(3), "reason": "x"},
        "judge_target": {**fresh, "verdict": "reached", "words": "x"},
        "record_outcome": {"case": case, "values": told()},
        "change_outcome": {"outcome": row, "version": 1, "values": told(words="x")},
        "withdraw_outcome": {"outcome": row, "reason": "x"},
    }


@pytest.mark.parametrize("who", ["a reader", "somebody else", "a superuser"])
def test_nobody_but_who_plans_the_case_writes_its_results(case: Case, who: str) -> None:
    people: dict[str, User] = {
        "a reader": on_case(case, "leila", "reader"),
        "somebody else": a_person("sam"),
        "a superuser": a_person("root", is_superuser=True),
    }
    for name, given in verbs(case).items():
        with pytest.raises(NotAllowed):
            getattr(results, name)(actor=people[who], **given)
    assert (Target.objects.count(), TargetFigure.objects.count(), Outcome.objects.count()) == (1, 1, 1)


def test_the_verbs_too_ask_for_reasons_and_refuse_what_changes_nothing(case: Case) -> None:
    given = verbs(case)
    for name, wrong in (
        ("adjust_target", {"reason": " "}),
        ("adjust_target", {"wanted": 3, "by": day(90)}),
        ("adjust_target", {"by": day(-100)}),
        ("judge_target", {"words": " "}),
        ("judge_target", {"verdict": "forgotten"}),
        ("withdraw_outcome", {"reason": " "}),
    ):
        with pytest.raises(ValidationError):
            getattr(results, name)(actor=case.lead, **(given[name] | wrong))
    assert not Target.objects.get().judged_at and TargetFigure.objects.count() == 1
    assert not Outcome.objects.get().removed_at


def test_a_reader_reads_everything_and_is_offered_no_form(client: Client, case: Case) -> None:
    a_target(case)
    an_outcome(case)
    a_harm(case)
    signed_in(client, on_case(case, "leila", "reader"))
    words = page(client, case)
    assert SAID in words and "called to the police" in words and "1 of 3" in words
    for act in ("Set a", "Record a", "Adjust", "Judge", "Withdraw"):
        assert act not in words
    signed_in(client, a_person("sam"))
    assert client.get(reverse("advocacy:results", args=[case.reference])).status_code == 404


def test_the_page_asks_as_often_for_two_rows_as_for_twenty(
    ana: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    source = a_source(case)
    for _number in range(2):
        a_target(case)
        proved(case)
    page(ana, case)
    with django_assert_max_num_queries(60) as few:
        page(ana, case)
    for _number in range(18):
        target = a_target(case)
        results.adjust_target(actor=case.lead, target=target, version=1, wanted=2, by=day(9), reason="x")
        an_outcome(case, part="some", source=source, other_cause="x")
        a_harm(case)
    with django_assert_max_num_queries(len(few)):
        page(ana, case)
    assert Source.objects.count() >= 1
