"""A newer answer: it begins from the present one, shows what it ends and what rests on it, and ends nothing before that."""

import html
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from casework.access import NotAllowed
from casework.actions.consent import record_consent
from casework.consent_rule import ledger_of
from casework.models import Case, Consent, Wish
from casework.pages.consent_matrix import prisoner_ledger
from consents.actions.answers import save_answer
from consents.changes import ToldAnswer, changes_of
from consents.forms.matrix import set_by_lines
from tests.casework.ledger import DAY, SEEN, an_answer, at, save
from tests.factories import a_case, a_consent, a_contact, on_case
from tests.people import a_person

pytestmark = pytest.mark.django_db

EVERY_NAME_BOX = {"CI_NAME:AU_SUPPORT", "CI_NAME:AU_PUBLIC", "CI_NAME:AU_MEDIA_BG", "CI_NAME:AU_UNPUB"}


def told(**values: Any) -> ToldAnswer:
    """Return his own yes to his name for diplomats, with these values of the answer in place of ours."""
    pairs = {name: values.pop(name, frozenset()) for name in ("taken_out", "ends")}
    grants = values.pop("grants", frozenset({("CI_NAME", "AU_DIPLO")}))
    given = {"giver": "CG_SELF", "status": "CS_GIVEN", "subject": "prisoner", "from_at": timezone.now()}
    return ToldAnswer({**given, **values}, grants, **pairs)


def test_a_newer_answer_begins_from_the_present_one_and_ends_only_what_was_seen_to_end(
    leila: Client, case: Case, heard: Any
) -> None:
    earlier = a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_PUBLIC"], created_at=timezone.now() - DAY)
    form = leila.get(at("add_consent", case)).content.decode()
    assert str(earlier.pk) in form and "They begin from the answer of" in form
    assert (
        "value=CI_NAME:AU_PUBLIC" in form and len(re.findall(r"\bchecked>", form)) == 4
    )  # two boxes, the package, the group
    sent = an_answer(begins_from=str(earlier.pk), grants=["CI_NAME:AU_PUBLIC", "CI_NAME:AU_PARL"])
    asked = leila.post(at("add_consent", case), sent)
    page = asked.content.decode()
    assert asked.status_code == 200 and "If you save this, 1 thing ends" in page and "Biography" in page
    assert Consent.objects.count() == 1 and heard == []
    save(leila, case, sent)
    ledger = prisoner_ledger(case)
    assert ledger.state("CI_NAME", "AU_PUBLIC") == ledger.state("CI_NAME", "AU_PARL") == "CS_GIVEN"
    assert ledger.state("CI_BIO", "AU_PUBLIC") == "CS_WITHDRAWN"
    assert [code for code, _pk in heard] == ["TR_CONSENT"]


def test_what_was_left_out_is_kept_with_one_tick(leila: Client, case: Case, heard: Any) -> None:
    earlier = a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_PUBLIC"], created_at=timezone.now() - DAY)
    sent = an_answer(begins_from=str(earlier.pk), grants=["CI_NAME:AU_PARL"])
    assert "Keep what was allowed before" in leila.post(at("add_consent", case), sent).content.decode()
    save(leila, case, sent | {"keep": "on"})
    ledger = prisoner_ledger(case)
    assert {ledger.state(item, "AU_PUBLIC") for item in ("CI_NAME", "CI_BIO")} == {"CS_GIVEN"}
    assert ledger.state("CI_NAME", "AU_PARL") == "CS_GIVEN" and heard == []


def test_another_audience_ends_nothing(leila: Client, case: Case, heard: Any) -> None:
    a_consent(case, ["CI_NAME"], ["AU_PUBLIC", "AU_DIPLO"])
    page = leila.post(at("add_consent", case), an_answer(grants=["CI_NAME:AU_PARL"])).content.decode()
    assert "If you save this, nothing ends" in page and "Begins" in page
    save(leila, case, an_answer(grants=["CI_NAME:AU_PARL"]))
    ledger = prisoner_ledger(case)
    assert {ledger.state("CI_NAME", code) for code in ("AU_PUBLIC", "AU_DIPLO", "AU_PARL")} == {"CS_GIVEN"}
    assert heard == []


def test_a_refusal_after_somebody_elses_yes_is_shown_first_and_stops_what_stood_on_it(
    leila: Client, case: Case, heard: Any
) -> None:
    a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_PUBLIC"], giver="CG_FAMILY")
    sent = an_answer(status="CS_REFUSED", grants=["CI_NAME:AU_PUBLIC"])
    asked = leila.post(at("add_consent", case), sent)
    assert "1 thing ends" in asked.content.decode() and Consent.objects.count() == 1
    assert "Keep what was allowed before" not in asked.content.decode()
    save(leila, case, sent)
    ledger = prisoner_ledger(case)
    assert ledger.state("CI_NAME", "AU_PUBLIC") == "CS_REFUSED"
    assert ledger.state("CI_BIO", "AU_PUBLIC") == "CS_GIVEN"
    assert [code for code, _pk in heard] == ["TR_CONSENT"]


def test_what_changed_since_it_was_shown_is_shown_again_and_not_saved(leila: Client, case: Case) -> None:
    sent = an_answer()
    seen = SEEN.search(leila.post(at("add_consent", case), sent).content.decode())
    assert seen
    more = sent | {"seen": seen[1], "save": "1", "grants": ["CI_NAME:AU_DIPLO", "CI_BIO:AU_DIPLO", "CI_BIO:AU_UN"]}
    answer = leila.post(at("add_consent", case), more)
    assert answer.status_code == 200 and "Begins" in answer.content.decode() and not Consent.objects.exists()
    for nothing_seen in ({}, {"seen": "0" * 32}):
        assert leila.post(at("add_consent", case), sent | {"save": "1"} | nothing_seen).status_code == 200
    assert not Consent.objects.exists()


def test_what_is_shown_is_what_the_ledger_says_afterwards(case: Case) -> None:
    """The rule is asked of answers that do not exist yet: it says what it says once they are written."""
    leila, sister = on_case(case, "leila", "liaison"), a_contact(case, "Milena Vesela")
    a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_DIPLO", "AU_UN"], created_at=timezone.now() - DAY)
    a_consent(case, ["CI_NAME", "CI_PHOTO"], ["AU_PUBLIC"], giver="CG_FAMILY")
    a_consent(case, ["CI_NAME"], ["AU_DIPLO"], subject="contact", subject_contact=sister)
    a_consent(case, ["CI_DOCS"], ["AU_UN"], status="CS_REFUSED", giver="CG_FAMILY")
    for answer in (
        told(ends=frozenset({("CI_BIO", "AU_UN")}), taken_out=frozenset({("CI_PHOTO", "AU_PUBLIC")})),
        told(status="CS_REFUSED", grants=frozenset({("CI_NAME", "AU_DIPLO"), ("CI_NAME", "AU_UN")})),
        told(giver="CG_FAMILY", grants=frozenset({("CI_DOCS", "AU_UN"), ("CI_LOCATION", "AU_DIPLO")})),
        told(subject="contact", subject_contact=sister, grants=frozenset({("CI_FAMILY", "AU_UN")}), **PROVEN),
        told(
            ends=frozenset({("CI_NAME", "AU_DIPLO"), ("CI_BIO", "AU_DIPLO")}), grants=frozenset({("CI_BIO", "AU_UN")})
        ),
    ):
        changes = changes_of(ledger_of(case), answer)
        foreseen = {row.key: row.after.why for row in changes.every}
        save_answer(actor=leila, case=case, told=answer)
        after = changes_of(ledger_of(case), answer)
        assert {row.key: row.before.why for row in after.every if row.key in foreseen} == foreseen


def test_a_wish_for_silence_keeps_closed_what_is_allowed_and_the_page_says_so(leila: Client, case: Case) -> None:
    Wish.objects.create(case=case, number=1, wants="silence", created_by=case.lead)
    page = leila.post(at("add_consent", case), an_answer()).content.decode()
    assert "Stays closed" in page and "Begins" not in page


def test_nobody_opens_what_the_person_closed_and_the_page_says_why(leila: Client, case: Case) -> None:
    a_consent(case, ["CI_NAME"], ["AU_OWNGOV", "AU_DIPLO"], status="CS_REFUSED")
    sent = an_answer(giver="CG_FAMILY", package="name", groups=["own"], grants=[])
    why = {
        "CG_FAMILY": "goes beyond the person’s own answer",
        "CG_LAWYER": "A lawyer alone gives name, place and charge",
    }
    for giver, words in why.items():
        answer = save(leila, case, sent | {"giver": giver})
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 422 and words in page and 'href="#id_package' in page, giver
        assert "(Named diplomats)" in page
    assert Consent.objects.count() == 1
    save(leila, case, sent | {"package": "story"})
    assert prisoner_ledger(case).state("CI_BIO", "AU_DIPLO") == "CS_GIVEN"
    save(leila, case, sent | {"giver": "CG_SELF"})
    assert prisoner_ledger(case).state("CI_NAME", "AU_DIPLO") == "CS_GIVEN"


def test_the_action_itself_refuses_what_is_beyond_and_whoever_keeps_no_consents(case: Case) -> None:
    a_consent(case, ["CI_NAME"], ["AU_DIPLO"], status="CS_REFUSED")
    leila = on_case(case, "leila", "liaison")
    with pytest.raises(ValidationError, match="goes beyond"):
        save_answer(actor=leila, case=case, told=told(giver="CG_FAMILY"))
    for username, role in (("tomas", "legal"), ("rui", "reviewer")):
        with pytest.raises(NotAllowed):
            save_answer(actor=on_case(case, username, role), case=case, told=told())
    with pytest.raises(NotAllowed):
        save_answer(actor=a_person("sam"), case=case, told=told())
    assert Consent.objects.count() == 1


def test_what_was_taken_out_is_refused_so_that_nobody_else_opens_it(case: Case) -> None:
    leila, photo = on_case(case, "leila", "liaison"), ("CI_PHOTO", "AU_DIPLO")
    save_answer(actor=leila, case=case, told=told(taken_out=frozenset({photo})))
    assert prisoner_ledger(case).state(*photo) == "CS_REFUSED"
    assert Consent.objects.get(status="CS_REFUSED").giver == "CG_SELF"
    wife = told(giver="CG_FAMILY", grants=frozenset({photo}), **PROVEN)
    with pytest.raises(ValidationError, match="goes beyond"):
        save_answer(actor=leila, case=case, told=wife)


def test_an_answer_fails_whole_where_what_was_taken_out_cannot_be_written(case: Case, monkeypatch: Any) -> None:
    leila, real = on_case(case, "leila", "liaison"), record_consent

    def broken(**given: Any) -> Any:
        if given["values"]["status"] == "CS_REFUSED":
            raise ValidationError("no")
        return real(**given)

    monkeypatch.setattr("consents.actions.answers.record_consent", broken)
    with pytest.raises(ValidationError):
        save_answer(actor=leila, case=case, told=told(taken_out=frozenset({("CI_PHOTO", "AU_DIPLO")})))
    assert not Consent.objects.exists()


def test_after_a_withdrawal_the_page_does_not_open_unless_something_was_said_unasked(leila: Client, case: Case) -> None:
    consent = a_consent(case)
    leila.post(at("withdraw_consent", case, consent.pk), {})
    ledger, add = at("consents", case), at("add_consent", case)
    assert leila.get(add).url == ledger
    page = leila.get(ledger).content.decode()
    assert "Nobody asks again" in page and f'class="button" href="{add}' not in page
    assert f'href="{add}?unasked=1"' in page
    form = leila.get(f"{add}?unasked=1")
    assert form.status_code == 200 and "Nothing stands yet" in form.content.decode()
    assert leila.post(add, an_answer()).status_code == 200  # what was typed meanwhile is not thrown away


def test_a_case_of_others_is_not_found(leila: Client) -> None:
    hidden = a_case(lead=a_person("tomas"))
    earlier = a_consent(hidden)
    assert leila.get(at("add_consent", hidden)).status_code == 404
    assert leila.post(at("add_consent", hidden), an_answer()).status_code == 404
    mine = Case.objects.exclude(pk=hidden.pk).get()
    form = leila.get(at("add_consent", mine), {"from": str(earlier.pk)}).content.decode()
    assert f'value="{earlier.pk}"' not in form and "Nothing stands yet" in form


def test_the_first_box_of_a_line_sets_and_clears_it_and_single_boxes_count_otherwise() -> None:
    row = "row:CI_NAME:1"
    assert set_by_lines([], [row], []) == EVERY_NAME_BOX
    assert set_by_lines(EVERY_NAME_BOX, [], [row]) == set()
    less = EVERY_NAME_BOX - {"CI_NAME:AU_PUBLIC"}
    assert set_by_lines(less, [row], [row]) == less
    assert set_by_lines(less, [], [row]) == less
    assert len(set_by_lines([], ["col:AU_UN"], [])) == 16


PROVEN = {"giver_name": "He", "method": "CM_SIGNED", "language": "His own", "proof": "Paper", "explained": "All"}
