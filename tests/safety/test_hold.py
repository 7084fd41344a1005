"""Holding is cheap: anybody on the case, one click, one reason. Lifting takes two people and a second factor."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from advocacy.actions.plans import make_plan
from audit.models import Entry
from casework import notify
from casework.models import CaseKey
from safety import actions
from safety.models import Hold
from sealing import keys
from sealing.errors import DecryptionError
from tests.factories import a_case, on_case, put_on
from tests.people import a_person, give_office_role, signed_in
from tests.safety.answers import PROOF

pytestmark = pytest.mark.django_db
WHY = {"reason": "His brother was summoned.", "kind": "precaution"}


@pytest.fixture
def case():
    case = a_case()
    on_case(case, "rui", "reviewer")
    on_case(case, "sam", "reader")
    return case


def address(name, case, *args):
    return reverse(f"safety:{name}", args=[case.reference, *args])


def asked(case, *, by=None, kind="until_lifted", at=None):
    """Return a hold that somebody asked to lift."""
    row = actions.hold(actor=case.lead, case=case, reason="Stop.", kind=kind)
    return actions.ask_to_lift(actor=by or case.lead, hold=row, reason="The lawyer agrees.", now=at)


@pytest.mark.parametrize(
    "role", ["coordinator", "communications", "liaison", "legal", "reader", "reviewer", "outside_reviewer"]
)
def test_anybody_on_the_case_holds_with_one_click_and_no_second_factor(client, role):
    case = a_case(lead=a_person("tomas"))
    user = a_person("leila")
    put_on(case, user, role)
    signed_in(client, user)
    assert client.get(address("hold", case)).status_code == 200
    assert client.post(address("hold", case), WHY).status_code == 302
    row = Hold.objects.get()
    assert (row.held_by, row.kind, row.reason) == (user, "precaution", WHY["reason"])
    assert row.ends_at == row.held_at + dt.timedelta(hours=24) and row.stands()
    assert WHY["reason"] in client.get(address("hold", case)).content.decode()


def test_an_outside_reviewer_may_hold_and_sees_nothing_else(client, case):
    user = a_person("omar")
    put_on(case, user, "outside_reviewer")
    signed_in(client, user)
    text = client.get(address("hold", case)).content.decode()
    assert "Hold public work" in text and "Materials" not in text
    assert client.get(address("safety", case)).status_code == 404


def test_a_stranger_a_former_member_and_an_administrator_find_nothing(client, case):
    ended = on_case(case, "leila", "liaison")
    case.memberships.filter(user=ended).update(ended_at=timezone.now(), ended_by=case.lead)
    case.caseuserobjectpermission_set.filter(user=ended).delete()
    for user in (a_person("tomas"), ended, a_person("admin")):
        signed_in(client, user)
        assert client.get(address("hold", case)).status_code == 404
        assert client.post(address("hold", case), WHY).status_code == 404
    assert not Hold.objects.exists()


def test_a_hold_without_a_reason_is_refused_beside_its_field(client, case):
    page = signed_in(client, case.lead).post(address("hold", case), {"reason": " ", "kind": "precaution"})
    assert page.status_code == 422 and "faults" in page.content.decode() and not Hold.objects.exists()


def test_holding_twice_with_the_same_words_is_one_hold(client, case):
    signed_in(client, case.lead)
    for _turn in range(2):
        client.post(address("hold", case), WHY)
    assert Hold.objects.count() == 1
    client.post(address("hold", case), WHY | {"reason": "And his house was searched."})
    assert Hold.objects.count() == 2


def test_a_hold_shows_on_every_page_of_the_case_with_who_and_why(client, case):
    actions.hold(actor=a_person("sam"), case=case, reason="His brother was summoned.")
    text = signed_in(client, a_person("rui")).get(address("safety", case)).content.decode()
    assert "Held by <bdi>Sam</bdi>" in text and "His brother was summoned." in text and "On hold" in text
    for name in ("casework:case", "casework:claims", "advocacy:plan", "materials:materials"):
        page = client.get(reverse(name, args=[case.reference])).content.decode()
        assert "Public work, held by <bdi>Sam</bdi>" in page, name


def test_a_precaution_ends_by_itself_and_confirmed_it_does_not(client, case):
    row = actions.hold(actor=case.lead, case=case, reason="Stop.")
    later = timezone.now() + dt.timedelta(hours=25)
    assert row.stands() and not row.stands(at=later)
    assert signed_in(client, a_person("sam")).post(address("confirm_hold", case, row.pk)).status_code == 302
    row = Hold.objects.get()
    assert row.kind == "until_lifted" and row.confirmed_by.username == "sam" and row.stands(at=later)


def test_a_precaution_that_has_ended_cannot_be_confirmed(case):
    row = actions.hold(actor=case.lead, case=case, reason="Stop.", now=timezone.now() - dt.timedelta(hours=25))
    with pytest.raises(ValidationError, match="has ended"):
        actions.confirm_hold(actor=case.lead, hold=row)


# --- lifting


def test_two_people_lift_a_hold_on_a_page_of_its_own(client, case):
    row = actions.hold(actor=case.lead, case=case, reason="Stop.", kind="until_lifted")
    signed_in(client, case.lead).post(address("ask_lift", case, row.pk), {"reason": "The lawyer agrees."})
    signed_in(client, a_person("rui"), fresh=True)
    page = client.get(address("lift", case, row.pk)).content.decode()
    assert "The lawyer agrees." in page and "Stop." in page and 'class="tabs"' not in page
    assert client.post(address("lift", case, row.pk), {"codename": "Wrong"}).status_code == 422
    assert Hold.objects.get().stands()
    assert client.post(address("lift", case, row.pk), {"codename": case.codename.lower()}).status_code == 302
    row = Hold.objects.get()
    assert (row.lift_asked_by.username, row.lifted_by.username, row.stands()) == ("ana", "rui", False)
    assert "Lifted by <bdi>Ana</bdi> and <bdi>Rui</bdi>" in client.get(address("safety", case)).content.decode()


def test_whoever_asked_does_not_lift(client, case):
    row = asked(case, by=a_person("rui"))
    page = signed_in(client, a_person("rui"), fresh=True).post(
        address("lift", case, row.pk), {"codename": case.codename}
    )
    assert page.status_code == 409 and "Another person must lift" in page.content.decode()
    assert Hold.objects.get().stands()


def test_who_may_lift_is_named_with_until_when_and_a_newcomer_is_not(client, case):
    row = asked(case)
    newcomer = a_person("leila", roles=())
    give_office_role(newcomer, "reviewer", at=timezone.now() - dt.timedelta(hours=1))
    put_on(case, newcomer, "reviewer")
    page = signed_in(client, case.lead).get(address("hold", case)).content.decode()
    assert "Rui may do it. Asking counts until " in page and "Leila" not in page
    assert row.stands()


def test_nobody_lifts_what_nobody_asked_for_lately(client, case):
    row = actions.hold(actor=case.lead, case=case, reason="Stop.", kind="until_lifted")
    signed_in(client, a_person("rui"), fresh=True)
    assert client.post(address("lift", case, row.pk), {"codename": case.codename}).status_code == 409
    actions.ask_to_lift(actor=case.lead, hold=row, reason="Long ago.", now=timezone.now() - dt.timedelta(hours=73))
    assert client.post(address("lift", case, row.pk), {"codename": case.codename}).status_code == 409
    assert Hold.objects.get().stands()


def test_without_a_fresh_second_factor_it_is_asked_first(client, case):
    row = asked(case)
    signed_in(client, a_person("rui"))
    for page in (
        client.get(address("lift", case, row.pk)),
        client.post(address("lift", case, row.pk), {"codename": case.codename}),
    ):
        assert page.status_code == 302 and page.url.startswith(reverse("accounts:prove_again"))
    assert Hold.objects.get().stands()


def test_lifting_needs_the_right_and_a_day_in_the_office(client, case):
    row = asked(case)
    for user, status in ((case.lead, 403), (a_person("sam"), 403), (a_person("tomas"), 404)):
        assert signed_in(client, user, fresh=True).get(address("lift", case, row.pk)).status_code == status
    newcomer = a_person("leila", roles=())
    give_office_role(newcomer, "reviewer", at=timezone.now() - dt.timedelta(hours=1))
    put_on(case, newcomer, "reviewer")
    with pytest.raises(ValidationError, match="24 hours"):
        actions.lift_hold(actor=newcomer, hold=row, proof=PROOF)


def test_asking_again_while_somebody_waits_for_the_second_is_refused(case):
    row = asked(case)
    with pytest.raises(ValidationError, match="asked already"):
        actions.ask_to_lift(actor=a_person("sam"), hold=row, reason="Me too.")


def test_a_hold_of_another_case_is_not_found_here(client, case):
    other = a_case(lead=a_person("tomas"))
    row = actions.hold(actor=other.lead, case=other, reason="Stop.")
    signed_in(client, case.lead, fresh=True)
    for name in ("confirm_hold", "ask_lift"):
        assert client.post(address(name, case, row.pk), {"reason": "x"}).status_code == 404
    assert signed_in(client, a_person("rui"), fresh=True).get(address("lift", case, row.pk)).status_code == 404


def test_the_database_lets_nobody_lift_alone_or_unasked(case):
    row = actions.hold(actor=case.lead, case=case, reason="Stop.", kind="until_lifted")
    lifted = {"lifted_by": a_person("rui"), "lifted_at": timezone.now()}
    for change in (
        lifted,
        lifted | {"lift_asked_by": a_person("rui")},
        {"held_by": a_person("sam")},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hold.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=row.pk).delete()
    row.reason = "Other"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_why_a_case_is_held_dies_with_its_key_and_words_about_all_do_not(case):
    row = asked(case)
    wide = Hold.objects.create(scope="office", kind="until_lifted", reason="A leak.", held_by=case.lead)
    keys.forget_keys()
    CaseKey.objects.filter(case=case).delete()
    row.refresh_from_db()
    wide.refresh_from_db()
    for words in ("reason", "lift_reason"):
        with pytest.raises(DecryptionError):
            getattr(row, words)
    assert wide.reason == "A leak."


def test_the_database_keeps_words_about_a_case_from_the_master_key(case):
    given = {"case": case, "kind": "until_lifted", "held_by": case.lead}
    for words in ({"wide_reason": "Stop."}, {"reason": "Stop.", "wide_lift_reason": "Go on."}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hold.objects.create(**given, **words)
    assert Hold.objects.create(**given, reason="Stop.").reason == "Stop."


# --- telling


@pytest.fixture
def heard(monkeypatch):
    heard = []
    monkeypatch.setattr(notify, "_listeners", [lambda **told: heard.append(told)])
    return heard


def test_everybody_else_on_the_case_is_told(case, heard):
    actions.hold(actor=case.lead, case=case, reason="Stop.")
    assert heard[0]["verb"] == "safety.hold.given"
    assert {person.username for person in heard[0]["people"]} == {"rui", "sam"}


def test_a_notice_that_fails_does_not_undo_a_hold(case, monkeypatch):
    def fails(**told):
        raise RuntimeError(told)

    monkeypatch.setattr(notify, "_listeners", [fails])
    assert actions.hold(actor=case.lead, case=case, reason="Stop.").stands()
    assert Entry.objects.filter(verb="safety.hold.given").exists()


# --- the command


def test_the_command_holds_as_a_person_on_the_case(case):
    out = StringIO()
    call_command("hold", case.reference, "--reason", "Stop.", "--until-lifted", "--as", "sam", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer == {
        "reference": case.reference,
        "hold": str(Hold.objects.get().pk),
        "kind": "until_lifted",
        "by": "sam",
        "ends_at": None,
    }


def test_the_command_says_the_same_of_a_hidden_and_a_missing_case(case):
    a_person("tomas")
    words = set()
    for reference, username in ((case.reference, "tomas"), ("AAAA-AAAA", "ana"), (case.reference, "nobody")):
        with pytest.raises(CommandError) as refused:
            call_command("hold", reference, "--reason", "Stop.", "--as", username)
        words.add(str(refused.value))
    assert len(words) == 1 and not Hold.objects.exists()
    with pytest.raises(CommandError, match="Say why"):
        call_command("hold", case.reference, "--reason", " ", "--as", "ana")


def test_the_way_to_the_fallback_plan_is_the_plan_whether_or_not_it_runs(client, case):
    actions.hold(actor=case.lead, case=case, reason="Stop.", kind="until_lifted")
    plan = reverse("advocacy:plan", args=[case.reference])
    page = signed_in(client, case.lead).get(address("hold", case)).content.decode()
    assert f'<a href="{plan}">Open the fallback plan</a>' in page
    assert "Start the fallback plan" in client.get(plan).content.decode()
    make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=timezone.now())
    assert f'<a href="{plan}">Open the fallback plan</a>' in client.get(address("hold", case)).content.decode()
    page = client.get(plan).content.decode()
    assert "Start the fallback plan" not in page and "Fallback" in page
