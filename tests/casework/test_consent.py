"""The consent ledger through its pages: answers are recorded, and from there they only shrink."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from casework import events
from casework.actions import consent as consent_actions
from casework.models import Case, Consent, Wish
from casework.pages.consent_matrix import is_withdrawn, matrix, prisoner_ledger
from tests.casework.ledger import DAY, an_answer, at, save
from tests.factories import a_consent, a_contact, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def test_an_answer_is_recorded_item_by_item_and_audience_by_audience(leila: Client, case: Case) -> None:
    answer = save(leila, case, an_answer(proof="Paper in the safe.", giver_name="Himself"), follow=True)
    consent = Consent.objects.get(case=case)
    assert answer.redirect_chain[-1][0] == at("consents", case)
    assert {(g.item, g.audience) for g in consent.grants.all()} == {("CI_NAME", "AU_DIPLO"), ("CI_BIO", "AU_DIPLO")}
    assert (consent.basis, consent.subject, consent.explained_by.username, consent.proof) == (
        "consent",
        "prisoner",
        "leila",
        "Paper in the safe.",
    )
    assert consent.is_live()
    assert consent.granted_until == consent.until_at
    assert consent.until_at - consent.from_at == 180 * DAY
    entry = Entry.objects.get(case_id=case.pk, verb="casework.consent.recorded")
    assert entry.detail == {"grants": ["CI_BIO:AU_DIPLO", "CI_NAME:AU_DIPLO"]}


def test_an_answer_with_something_public_lasts_ninety_days_and_a_day_given_is_kept(leila: Client, case: Case) -> None:
    save(leila, case, an_answer(grants=["CI_BIO:AU_PUBLIC"]))
    public = Consent.objects.get(case=case)
    assert public.until_at - public.from_at == 90 * DAY
    last = timezone.localdate() + 7 * DAY
    save(leila, case, an_answer(giver="CG_FAMILY", until_on=last.isoformat()))
    named = Consent.objects.get(case=case, giver="CG_FAMILY")
    assert timezone.localdate(named.until_at - dt.timedelta(seconds=1)) == last


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"grants": []}, "Tick at least one item for one reader."),
        ({"package": ""}, "Choose one of the answers."),
        ({"grants": ["CI_NAME:AU_NOBODY"]}, "Choose one of the answers in the list."),
        ({"status": "CS_PRESUMED"}, "Choose one of the answers in the list."),
        ({"status": ""}, "Choose one of the answers."),
        ({"giver": "CG_NONE_BEST"}, "Choose one of the answers in the list."),
        ({"from_on": (timezone.localdate() + 2 * DAY).isoformat()}, "This day lies ahead."),
        ({"until_on": (timezone.localdate() - 2 * DAY).isoformat()}, "The last day comes before the first."),
        ({"about": "11111111-1111-1111-1111-111111111111"}, "Choose one of the answers in the list."),
    ],
)
def test_a_faulty_answer_is_refused_and_keeps_what_was_ticked(
    leila: Client, case: Case, changes: dict[str, Any], words: str
) -> None:
    answer = save(leila, case, an_answer(**{"giver_name": "His lawyer"} | changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "His lawyer" in page
    if "grants" not in changes:
        assert re.search(r'value=CI_BIO:AU_DIPLO aria-labelledby="\w+ \w+" checked', page)
        assert page.count(" checked") >= 2
    assert not Consent.objects.exists()


def test_information_of_somebody_else_has_its_own_subject(leila: Client, case: Case) -> None:
    sister = a_contact(case, "Milena Vesela")
    assert "Milena Vesela" in leila.get(at("add_consent", case)).content.decode()
    assert Entry.objects.filter(case_id=case.pk, verb="casework.identity.viewed").exists()
    save(leila, case, an_answer(about=str(sister.pk), giver="CG_FAMILY", grants=["CI_FAMILY:AU_DIPLO"]))
    consent = Consent.objects.get(case=case)
    assert (consent.subject, consent.subject_contact) == ("contact", sister)
    assert not prisoner_ledger(case).answers


def test_a_refusal_stands_until_the_same_giver_answers_anew(leila: Client, case: Case) -> None:
    save(leila, case, an_answer(status="CS_REFUSED", grants=["CI_NAME:AU_PUBLIC"]))
    refusal = Consent.objects.get(status="CS_REFUSED")
    assert prisoner_ledger(case).state("CI_NAME", "AU_PUBLIC") == "CS_REFUSED"
    assert "Withdraw the consent" not in leila.get(at("consent", case, refusal.pk)).content.decode()
    assert leila.post(at("withdraw_consent", case, refusal.pk), {}).status_code == 422
    save(leila, case, an_answer(giver="CG_FAMILY", grants=["CI_NAME:AU_PUBLIC"]))
    assert prisoner_ledger(case).state("CI_NAME", "AU_PUBLIC") == "CS_REFUSED"
    save(leila, case, an_answer(grants=["CI_NAME:AU_PUBLIC"]))
    assert prisoner_ledger(case).state("CI_NAME", "AU_PUBLIC") == "CS_GIVEN"


def test_a_withdrawal_counts_at_once_and_nobody_is_invited_to_ask_again(leila: Client, case: Case, heard: Any) -> None:
    consent = a_consent(case, ["CI_NAME"], ["AU_PUBLIC"])
    form = leila.get(at("withdraw_consent", case, consent.pk)).content.decode()
    assert "No reason is asked." in form
    leila.post(at("withdraw_consent", case, consent.pk), {"pressure": "Two men sat with her."})
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert not consent.is_live()
    assert heard == [("TR_CONSENT", consent.pk)]
    ledger = prisoner_ledger(case)
    assert is_withdrawn(ledger)
    assert ledger.state("CI_NAME", "AU_PUBLIC") == "CS_WITHDRAWN"
    page = leila.get(at("consents", case)).content.decode()
    assert "Nobody asks again" in page
    assert "Record that nobody can be asked" not in page


def test_pressure_is_read_by_few(leila: Client, case: Case) -> None:
    consent = a_consent(case)
    leila.post(at("withdraw_consent", case, consent.pk), {"pressure": "Two men sat with her."})
    page = at("consent", case, consent.pk)
    assert "Two men sat with her." in leila.get(page).content.decode()
    for username, role, reads in (
        ("rui", "reviewer", True),
        ("dara", "director", True),
        ("tomas", "legal", False),
        ("sam", "reader", False),
    ):
        signed_in(leila, on_case(case, username, role))
        assert ("Two men sat with her." in leila.get(page).content.decode()) is reads, username
    signed_in(leila, a_person("leila"))
    leila.post(at("note_pressure", case, consent.pk), {"pressure": "She says it was her own wish."})
    consent.refresh_from_db()
    assert consent.pressure == "She says it was her own wish."


def test_who_gave_it_is_read_by_who_may_see_the_identity_and_each_look_is_recorded(leila: Client, case: Case) -> None:
    consent = a_consent(case, giver_name="Milena Vesela", proof="Paper in the safe.")
    assert "Milena Vesela" in leila.get(at("consent", case, consent.pk)).content.decode()
    assert Entry.objects.filter(case_id=case.pk, verb="casework.identity.viewed").count() == 1
    assert "Milena Vesela" not in leila.get(at("consents", case)).content.decode()
    signed_in(leila, on_case(case, "sam", "reader"))
    page = leila.get(at("consent", case, consent.pk)).content.decode()
    assert "Milena Vesela" not in page
    assert "Paper in the safe." not in page
    assert Entry.objects.filter(case_id=case.pk, verb="casework.identity.viewed").count() == 1


def test_a_consent_gets_shorter_and_never_longer(leila: Client, case: Case, heard: Any) -> None:
    consent = a_consent(case)
    sooner = timezone.localdate() + 5 * DAY
    leila.post(at("shorten_consent", case, consent.pk), {"until_on": sooner.isoformat()})
    consent.refresh_from_db()
    assert timezone.localdate(consent.until_at - dt.timedelta(seconds=1)) == sooner
    assert [code for code, _pk in heard] == ["TR_CONSENT"]
    for day, words in (
        (sooner + 9 * DAY, "A consent only gets shorter."),
        (timezone.localdate() - DAY, "Withdraw the consent instead."),
    ):
        answer = leila.post(at("shorten_consent", case, consent.pk), {"until_on": day.isoformat()})
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_consent_gets_narrower(leila: Client, case: Case, heard: Any) -> None:
    consent = a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_DIPLO", "AU_PUBLIC"])
    answer = leila.post(at("narrow_consent", case, consent.pk), {"grants": ["CI_NAME:AU_DIPLO", "CI_BIO:AU_DIPLO"]})
    assert answer.status_code == 302
    ledger = prisoner_ledger(case)
    assert ledger.state("CI_NAME", "AU_DIPLO") == "CS_GIVEN"
    assert ledger.state("CI_NAME", "AU_PUBLIC") == "CS_WITHDRAWN"
    assert [code for code, _pk in heard] == ["TR_CONSENT"]
    answer = leila.post(at("narrow_consent", case, consent.pk), {})
    assert answer.status_code == 422
    assert "Nothing would be left." in answer.content.decode()
    answer = leila.post(at("narrow_consent", case, consent.pk), {"grants": ["CI_NAME:AU_PUBLIC"]})
    assert answer.status_code == 422


def test_best_interest_takes_two_people_and_ends_after_three_days(leila: Client, case: Case) -> None:
    sent = {"tried": "The sister, twice; the lawyer is away.", "grants": ["CI_HEALTH:AU_UN"]}
    leila.post(at("presume_consent", case), sent)
    consent = Consent.objects.get(case=case)
    assert (consent.basis, consent.giver, consent.status, consent.seconded_by) == (
        "best_interest",
        "CG_NONE_BEST",
        "CS_PRESUMED",
        None,
    )
    assert consent.until_at - consent.from_at == dt.timedelta(hours=72)
    page = leila.get(at("consent", case, consent.pk)).content.decode()
    assert "A second person must agree" in page
    assert "Agree as the second person" not in page
    assert (
        "Ana may do it." in page
        and "Until " in page
        and "Leila" not in page.partition("A second person must agree")[2][:300]
    )
    own = leila.post(at("second_consent", case, consent.pk), {})
    assert own.status_code == 422
    assert "Somebody else must agree." in own.content.decode()
    signed_in(leila, on_case(case, "tomas", "legal"))
    assert leila.get(at("second_consent", case, consent.pk)).status_code == 403
    signed_in(leila, on_case(case, "rui", "reviewer"))
    assert "The sister, twice" in leila.get(at("second_consent", case, consent.pk)).content.decode()
    leila.post(at("second_consent", case, consent.pk), {})
    consent.refresh_from_db()
    assert consent.seconded_by.username == "rui"


def test_nothing_public_is_presumed_and_nothing_against_a_wish_for_silence(leila: Client, case: Case) -> None:
    public = leila.post(at("presume_consent", case), {"tried": "Everybody.", "grants": ["CI_NAME:AU_PUBLIC"]})
    assert public.status_code == 422
    leila.post(at("add_wish", case), {"wants": "silence", "told_by": "By letter, in March."})
    silent = leila.post(at("presume_consent", case), {"tried": "Everybody.", "grants": ["CI_NAME:AU_UN"]})
    assert silent.status_code == 422
    assert "known to want silence" in silent.content.decode()
    assert not Consent.objects.exists()


def test_wishes_are_numbered_and_silence_is_told_to_the_parts_above(leila: Client, case: Case, heard: Any) -> None:
    leila.post(at("add_wish", case), {"wants": "publicity", "told_by": "To his lawyer, alone."})
    leila.post(at("add_wish", case), {"wants": "silence", "told_by": "By letter."})
    rows = list(Wish.objects.filter(case=case).order_by("number"))
    assert [(row.number, row.wants) for row in rows] == [(1, "publicity"), (2, "silence")]
    assert heard == [("TR_SILENCE", rows[1].pk)]
    page = leila.get(at("consents", case)).content.decode()
    assert "Silence or delay" in page
    assert "By letter." in page
    assert "To his lawyer" not in page
    signed_in(leila, on_case(case, "sam", "reader"))
    page = leila.get(at("consents", case)).content.decode()
    assert "Silence or delay" in page
    assert "By letter." not in page


def test_an_alarm_that_fails_undoes_the_withdrawal(leila: Client, case: Case) -> None:
    consent = a_consent(case)

    def broken(**told: Any) -> None:
        raise RuntimeError("nobody heard")

    events.listen(broken)
    try:
        with pytest.raises(RuntimeError):
            consent_actions.withdraw_consent(actor=a_person("leila"), consent=consent)
    finally:
        events._listeners.remove(broken)
    consent.refresh_from_db()
    assert consent.withdrawn_at is None


def test_the_matrix_tells_asked_given_refused_ended_and_never_asked_apart(case: Case) -> None:
    now = timezone.now()
    assert prisoner_ledger(case).state("CI_NAME", "AU_DIPLO") == ""
    a_consent(case, ["CI_NAME"], ["AU_DIPLO"], status="CS_ASKED", created_at=now - 5 * DAY)
    assert prisoner_ledger(case).state("CI_NAME", "AU_DIPLO") == "CS_ASKED"
    a_consent(case, ["CI_NAME"], ["AU_DIPLO"], at=now - 9 * DAY, lasts=8 * DAY, created_at=now - 4 * DAY)
    assert prisoner_ledger(case).state("CI_NAME", "AU_DIPLO") == "CS_EXPIRED"
    a_consent(case, ["CI_NAME"], ["AU_DIPLO"], created_at=now - 3 * DAY)
    assert prisoner_ledger(case).state("CI_NAME", "AU_DIPLO") == "CS_GIVEN"
    assert prisoner_ledger(case).state("CI_PHOTO", "AU_DIPLO") == "CS_REFUSED"
    a_consent(case, ["CI_NAME"], ["AU_DIPLO"], giver="CG_FAMILY", status="CS_DISPUTED", created_at=now - 2 * DAY)
    assert prisoner_ledger(case).state("CI_NAME", "AU_DIPLO") == "CS_GIVEN"
    a_consent(case, ["CI_FAMILY"], ["AU_DIPLO"], giver="CG_FAMILY", status="CS_DISPUTED", created_at=now - 2 * DAY)
    assert prisoner_ledger(case).state("CI_FAMILY", "AU_DIPLO") == "CS_DISPUTED"
    states = {line.item: line.states for line in matrix(prisoner_ledger(case))}
    assert states["CI_NAME"] == ("CS_LIMITED", "CS_REFUSED")


def test_who_does_not_keep_consents_reads_the_ledger_and_writes_nothing(client: Client, case: Case) -> None:
    consent = a_consent(case)
    signed_in(client, on_case(case, "tomas", "legal"))
    page = client.get(at("consents", case)).content.decode()
    assert "The person" in page
    assert "Record an answer" not in page
    for name, args in (
        ("add_consent", []),
        ("presume_consent", []),
        ("add_wish", []),
        ("withdraw_consent", [consent.pk]),
        ("shorten_consent", [consent.pk]),
        ("narrow_consent", [consent.pk]),
        ("note_pressure", [consent.pk]),
    ):
        assert client.get(at(name, case, *args)).status_code == 403, name
        assert client.post(at(name, case, *args), {}).status_code == 403, name
    consent.refresh_from_db()
    assert consent.is_live()


def test_a_stranger_learns_nothing_of_the_ledger(client: Client, case: Case) -> None:
    consent = a_consent(case)
    signed_in(client, a_person("sam"))
    for name, args in (
        ("consents", []),
        ("add_consent", []),
        ("consent", [consent.pk]),
        ("withdraw_consent", [consent.pk]),
        ("add_wish", []),
    ):
        assert client.get(at(name, case, *args)).status_code == 404
        assert client.post(at(name, case, *args), {}).status_code in {404, 405}


def test_the_number_of_queries_does_not_follow_the_number_of_answers(
    leila: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    a_consent(case)
    leila.get(at("consents", case))
    with django_assert_max_num_queries(40) as few:
        leila.get(at("consents", case))
    for code in ("CG_FAMILY", "CG_GUARDIAN", "CG_POA"):
        a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_UN", "AU_PUBLIC"], giver=code)
    with django_assert_max_num_queries(len(few.captured_queries)):
        leila.get(at("consents", case))
