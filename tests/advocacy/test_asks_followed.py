"""Demands and asks, followed: asked, answered, promised, met in part, met, verified by a second person, gone back."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.actions.asks import NewStanding, say_how_an_ask_stands
from advocacy.models import AskStanding
from casework.models import Ask
from tests.advocacy.approached import a_browser, a_case_of_two, a_promise, an_approach, an_ask, read
from tests.factories import a_case, a_claim, on_case
from tests.people import a_person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PAGE, FORM = "advocacy:asks_followed", "advocacy:ask_standing"


def said(ask: Ask, state: str = "met", *, by: str = "ana", after: int | None = None, **more: Any) -> AskStanding:
    """Say how an ask stands, on what was said last unless another number is given."""
    last = ask.standings.count() if after is None else after
    new = NewStanding(**{"state": state, "words": "An observer sat in the room", "on": TODAY, **more})
    return say_how_an_ask_stands(actor=a_person(by), ask=ask, after=last, new=new)


def test_a_person_follows_an_ask_from_asking_to_what_a_second_person_verified() -> None:
    case, ana, _leila = a_case_of_two()
    on_case(case, "tomas", "coordinator")
    ask, claim = an_ask(case), a_claim(case)
    own, colleague = a_browser(ana), a_browser(a_person("tomas"))
    assert "No approach about it is recorded." in read(own, PAGE, case.reference)
    a_promise(an_approach(case, asks=[ask]), due=3)
    page = read(own, PAGE, case.reference)
    assert "Asked once, " in page and "Pledged action" in page and "They name an observer, by" in page
    assert "Not kept so far" not in page

    form = read(own, FORM, case.reference, ask.pk)
    assert 'value="met"' in form and 'value="verified"' not in form, "nothing is met yet"
    typed = {"state": "met", "words": "An observer sat in the room", "on_0": "", "after": "0", "claim": ""}
    refused = own.post(reverse(FORM, args=[case.reference, ask.pk]), typed | {"words": ""})
    assert refused.status_code == 422 and "Say in one sentence what is so now." in refused.content.decode()
    sent = {**typed, **day_of(form)}
    assert own.post(reverse(FORM, args=[case.reference, ask.pk]), sent).status_code == 302
    assert 'value="verified"' not in read(own, FORM, case.reference, ask.pk), "not by who said that it is met"

    form = read(colleague, FORM, case.reference, ask.pk)
    sent = {"state": "verified", "words": "She is on the list of the court", "claim": str(claim.pk), "after": "1"}
    answer = colleague.post(reverse(FORM, args=[case.reference, ask.pk]), sent | day_of(form))
    assert answer.status_code == 302
    page = read(own, PAGE, case.reference)
    assert (
        "Met, and verified" in page and "She is on the list of the court" in page and "said by <bdi>Tomas</bdi>" in page
    )
    assert f"Claim {claim.number}" in page and "Said before" in page and "An observer sat in the room" in page


def day_of(form: str) -> dict[str, str]:
    """Return the boxes of the day as the form offers them."""
    return dict(re.findall(r'<input[^>]*name="(on[^"]*)"[^>]*value="([^"]+)"', form))


def test_a_reader_reads_it_and_may_not_say_it_and_a_stranger_learns_of_no_case() -> None:
    case, _ana, leila = a_case_of_two()
    ask = an_ask(case)
    said(ask)
    reader, stranger = a_browser(leila), a_browser(a_person("sam"))
    page = read(reader, PAGE, case.reference)
    assert "An observer sat in the room" in page and "Say how it stands" not in page
    assert reader.get(reverse(FORM, args=[case.reference, ask.pk])).status_code == 403
    for name, args in ((PAGE, [case.reference]), (FORM, [case.reference, ask.pk])):
        assert stranger.get(reverse(name, args=args)).status_code == 404
    for person in (leila, a_person("sam")):
        with pytest.raises(PermissionDenied):
            say_how_an_ask_stands(actor=person, ask=ask, after=1, new=NewStanding("back", "It ended", TODAY))
    assert ask.standings.count() == 1


def test_an_ask_of_another_case_is_not_there() -> None:
    case, ana, _leila = a_case_of_two()
    other = an_ask(a_case(lead=a_person("sam")))
    assert a_browser(ana).get(reverse(FORM, args=[case.reference, other.pk])).status_code == 404


@pytest.mark.parametrize(
    ("spoiled", "field", "sentence"),
    [
        ({"words": " "}, "words", "Say in one sentence"),
        ({"on": TODAY + dt.timedelta(days=1)}, "on", "still to come"),
        ({"state": "won"}, "state", "Choose one of the answers"),
        ({"state": "verified"}, "state", "A second person verifies"),
    ],
)
def test_what_cannot_be_said_is_refused_in_words_and_nothing_is_kept(
    spoiled: dict[str, Any], field: str, sentence: str
) -> None:
    case, _ana, _leila = a_case_of_two()
    ask = an_ask(case)
    with pytest.raises(ValidationError) as refused:
        said(ask, **spoiled)
    assert sentence in str(refused.value.message_dict[field]) and not ask.standings.exists()


def test_verified_needs_a_claim_of_the_case_another_person_and_met_as_the_last_word() -> None:
    case, ana, _leila = a_case_of_two()
    on_case(case, "tomas", "coordinator")
    ask, claim = an_ask(case), a_claim(case)
    said(ask, "partly")
    with pytest.raises(ValidationError, match="A second person verifies"):
        said(ask, "verified", claim=claim)
    with pytest.raises(ValidationError, match="Choose the claim"):
        said(ask, "verified", by="tomas")
    with pytest.raises(ValidationError, match="not in the packet"):
        said(ask, "verified", by="tomas", claim=a_claim(a_case()))
    said(ask, "back", words="They were sent away again")
    with pytest.raises(ValidationError, match="A second person verifies"):
        said(ask, "verified", by="tomas", claim=claim)
    said(ask, "met")
    assert said(ask, "verified", by="tomas", claim=claim).number == 4
    assert ana.pk == ask.standings.get(number=3).said_by_id


def test_nothing_is_said_of_an_ask_that_was_removed_nor_shown_by_a_claim_that_was() -> None:
    case, ana, _leila = a_case_of_two()
    ask, claim = an_ask(case), a_claim(case)
    for row in (claim, ask):
        row.removed_at, row.removed_by = timezone.now(), ana
        row.save(update_fields=["removed_at", "removed_by"])
        with pytest.raises(ValidationError, match="not in the packet|not there any more"):
            said(ask, claim=None if row is ask else claim)
    assert not ask.standings.exists()


def test_whoever_read_an_older_state_reads_first_what_a_colleague_said() -> None:
    case, ana, _leila = a_case_of_two()
    ask = an_ask(case)
    said(ask)
    with pytest.raises(ValidationError, match="Somebody said meanwhile"):
        said(ask, "back", after=0)
    form = {"state": "back", "words": "They left", "after": "0", "on": TODAY.isoformat()}
    shown = read(a_browser(ana), FORM, case.reference, ask.pk)
    answer = a_browser(ana).post(reverse(FORM, args=[case.reference, ask.pk]), form | day_of(shown))
    assert answer.status_code == 422 and "They left" in answer.content.decode(), "nothing that was typed is lost"


def test_the_database_lets_nothing_be_rewritten_nor_verified_by_who_said_it() -> None:
    case, ana, _leila = a_case_of_two()
    tomas = on_case(case, "tomas", "coordinator")
    ask, claim = an_ask(case), a_claim(case)
    first = said(ask)

    def row(**other: Any) -> AskStanding:
        columns = {"case": case, "ask": ask, "number": 2, "state": "verified", "on": TODAY, "words": "So it is"}
        return AskStanding(**{**columns, "claim": claim, "said_by": tomas, **other})

    elsewhere = a_case()
    for wrong in (
        row(said_by=ana),
        row(claim=None),
        row(number=3),
        row(number=1),
        row(words=None),
        row(state="won"),
        row(claim=a_claim(elsewhere)),
        row(ask=an_ask(elsewhere)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save(force_insert=True)
    for change in ({"state": "open"}, {"on": TODAY - dt.timedelta(days=3)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AskStanding.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        AskStanding.objects.filter(pk=first.pk).delete()
    row().save(force_insert=True)
    assert AskStanding.objects.filter(case=case).newest().get().state == "verified"


def test_a_day_to_look_again_that_has_come_is_said_and_only_of_the_last_word() -> None:
    case, ana, _leila = a_case_of_two()
    ask = an_ask(case)
    said(ask, look_again_on=TODAY)
    page = read(a_browser(ana), PAGE, case.reference)
    assert "Look again now" in page and "look again on" in page
    said(ask, "back", words="The observer was sent away")
    assert "Look again now" not in read(a_browser(ana), PAGE, case.reference)


def test_a_promise_is_called_unkept_the_day_after_its_day() -> None:
    case, ana, _leila = a_case_of_two()
    ask = an_ask(case)
    a_promise(an_approach(case, asks=[ask], days=9), due=-1, received=5)
    assert "Not kept so far" in read(a_browser(ana), PAGE, case.reference)


def test_a_call_that_nobody_took_asked_nobody() -> None:
    case, ana, _leila = a_case_of_two()
    ask = an_ask(case)
    an_approach(case, asks=[ask], kind="call", is_missed=True)
    assert "No approach about it is recorded." in read(a_browser(ana), PAGE, case.reference)


def test_the_number_of_questions_does_not_grow_with_asks_approaches_or_sayings() -> None:
    case, ana, _leila = a_case_of_two()
    browser = a_browser(ana)

    def grown(many: int) -> int:
        for _number in range(many):
            ask = an_ask(case)
            a_promise(an_approach(case, asks=[ask]))
            said(ask, claim=a_claim(case))
        read(browser, PAGE, case.reference)
        with CaptureQueriesContext(connection) as asked:
            read(browser, PAGE, case.reference)
        return len(asked)

    assert grown(2) == grown(10)


def test_the_page_is_reached_from_the_answers_and_says_what_to_do_where_no_demand_is() -> None:
    case, ana, _leila = a_case_of_two()
    browser = a_browser(ana)
    assert reverse(PAGE, args=[case.reference]) in read(browser, "advocacy:answers", case.reference)
    assert "No demand yet" in read(browser, PAGE, case.reference)
