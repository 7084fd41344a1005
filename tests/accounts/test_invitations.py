"""Coming in: by invitation, once, within three days; and the first two people."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts import actions
from accounts.models import Invitation, PersonRole, User
from accounts.models.invitation import token_digest
from accounts.refusals import Refused
from accounts.signing import may_sign_now
from tests.accounts.conftest import Office
from tests.accounts.signing_in import sign_in

NEW = "nine quiet lanterns under water"


def invited_by_page(office: Office, capture, **more: str) -> str:
    client = sign_in(Client(), office.admin, fresh=True)
    form = {"username": "mira", "name": "Mira", "email": "mira@office.example", **more}
    with capture(execute=True):
        assert client.post("/office/people/invite/", form).status_code == 302
    return re.search(r"/invitation/[^\s]+", mail.outbox[-1].body)[0]


def test_an_invited_person_chooses_a_password_and_joins_without_any_right(
    client, office: Office, django_capture_on_commit_callbacks
):
    address = invited_by_page(office, django_capture_on_commit_callbacks)
    assert "Mira" not in mail.outbox[-1].body and "Admin" not in mail.outbox[-1].body
    answer = client.get(address)
    assert answer.url == "/invitation/", "the secret leaves the address at once"
    answer = client.post("/invitation/", {"password1": NEW, "password2": NEW})
    assert answer.url == "/sign-in/"
    mira = User.objects.get(username="mira")
    assert not mira.office_roles.exists() and may_sign_now(mira).code == "no-signing-role"
    client.post("/sign-in/", {"login": "mira", "password": NEW})
    assert client.get("/account/").url == "/account/second-factor/"


def test_an_invitation_works_once(client, office: Office, django_capture_on_commit_callbacks):
    address = invited_by_page(office, django_capture_on_commit_callbacks)
    client.get(address)
    client.post("/invitation/", {"password1": NEW, "password2": NEW})
    other = Client()
    assert other.get(address, follow=True).status_code == 410
    assert other.post("/invitation/", {"password1": NEW, "password2": NEW}).status_code == 410


def test_two_tabs_cannot_use_one_invitation_twice(office: Office):
    invitation, _token = actions.invite(actor=office.admin, username="mira", name="Mira", email="")
    actions.accept_invitation(invitation=invitation, password=NEW)
    with pytest.raises(Refused, match="used already"):
        actions.accept_invitation(invitation=invitation, password=NEW)
    assert User.objects.filter(username="mira").count() == 1


def test_an_invitation_ends_after_72_hours_or_when_withdrawn(client, office: Office):
    invitation, token = actions.invite(actor=office.admin, username="mira", name="Mira", email="")
    assert invitation.expires_at - invitation.invited_at <= dt.timedelta(hours=72, seconds=1)
    assert not Invitation.objects.open(invitation.expires_at).exists()
    actions.withdraw_invitation(actor=office.admin, invitation=invitation)
    assert client.get(f"/invitation/{token}/", follow=True).status_code == 410


def test_the_secret_of_an_invitation_is_stored_nowhere(office: Office):
    _invitation, token = actions.invite(actor=office.admin, username="mira", name="Mira", email="")
    assert len(token) >= 43, "256 bits"
    with connection.cursor() as cursor:
        cursor.execute("SELECT token_sha256 FROM accounts_invitation")
        assert cursor.fetchall() == [(token_digest(token),)]


def test_a_guessed_invitation_opens_nothing(client, office: Office):
    assert client.get("/invitation/guess/").url == "/invitation/", "no refusal is logged with the secret in it"
    assert client.get("/invitation/").status_code == 410


@pytest.mark.parametrize("name", ["ANA", "ana"])
def test_a_taken_sign_in_name_is_not_invited(office: Office, name):
    with pytest.raises(Refused, match="taken"):
        actions.invite(actor=office.admin, username=name, name="Other", email="")


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "fourteen chars",
        "passwordpassword",
        "aaaaaaaaaaaaaaaaaaaa",
        "mira mira mira mira",
        "amparo-amparo-amparo",
        "mira und amparo 7",
    ],
)
def test_a_weak_password_is_refused_with_the_reason(client, office: Office, password):
    _invitation, token = actions.invite(actor=office.admin, username="mira", name="Mira", email="")
    client.get(f"/invitation/{token}/")
    answer = client.post("/invitation/", {"password1": password, "password2": password})
    assert answer.status_code == 200 and answer.context["form"].errors["password1"]
    assert not User.objects.filter(username="mira").exists()


def test_no_kind_of_letter_is_asked_for(client, office: Office):
    _invitation, token = actions.invite(actor=office.admin, username="mira", name="Mira", email="")
    client.get(f"/invitation/{token}/")
    assert client.post("/invitation/", {"password1": NEW, "password2": NEW}).status_code == 302


def test_an_invitation_by_command_prints_the_address_and_needs_an_administrator(office: Office, capsys):
    call_command("create_invitation", "mira", "Mira", actor="admin")
    assert "/invitation/" in capsys.readouterr().out
    with pytest.raises(CommandError) as refused:
        call_command("create_invitation", "nora", "Nora", actor="ana")
    assert refused.value.returncode == 1
    with pytest.raises(CommandError) as wrong:
        call_command("create_invitation", "nora", "Nora", actor="nobody")
    assert wrong.value.returncode == 2


FIRST, SECOND = "fara:Fara:fara@office.example:director", "greg:Greg:greg@office.example:reviewer"


def test_the_first_two_people_confirm_each_other_and_sign_at_once(db, capsys):
    call_command("make_first_people", FIRST, SECOND)
    fara, greg = User.objects.order_by("username")
    assert capsys.readouterr().out.count("/invitation/") == 2
    assert fara.office_roles.get(role="director").seconded_by == greg
    assert greg.office_roles.get(role="reviewer").seconded_by == fara
    for door in Invitation.objects.all():
        actions.accept_invitation(invitation=door, password=NEW)
    for person in User.objects.all():
        assert may_sign_now(person) is None


@pytest.mark.parametrize("second", ["FARA:Fara:f@office.example:reviewer", "greg:Greg:fara@office.example:reviewer"])
def test_one_person_is_not_the_first_two(db, second):
    with pytest.raises(CommandError) as refused:
        call_command("make_first_people", FIRST, second)
    assert refused.value.returncode == 1 and not User.objects.exists()


def test_there_are_no_first_people_twice(office: Office):
    with pytest.raises(CommandError, match="people here already"):
        call_command("make_first_people", "x:X:x@office.example:director", "y:Y:y@office.example:reviewer")
    assert PersonRole.objects.filter(is_founding=True).count() == 4


def test_the_code_of_a_demo_person_is_printed_on_practice_sites_only(office: Office, settings, capsys):
    sign_in(Client(), office.ana)
    settings.PRACTICE = True
    call_command("demo_code", "ana")
    assert re.fullmatch(r"\d{6}\n", capsys.readouterr().out)
    settings.PRACTICE = False
    with pytest.raises(CommandError) as refused:
        call_command("demo_code", "ana")
    assert refused.value.returncode == 1


@pytest.mark.parametrize(
    "typed", ["mira@office.example\r\nBcc: spy@evil.example", "mira@office.example\nspy@evil.example"]
)
def test_an_address_brings_no_further_line_into_a_mail(office: Office, django_capture_on_commit_callbacks, typed: str):
    client = sign_in(Client(), office.admin, fresh=True)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/office/people/invite/", {"username": "mira", "name": "Mira", "email": typed})
    assert answer.status_code in {200, 422} and answer.context["form"].errors["email"]
    assert not Invitation.objects.exists() and not mail.outbox
