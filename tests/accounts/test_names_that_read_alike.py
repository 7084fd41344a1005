"""Nobody is called so that they are taken for a colleague, or so that nobody can read it: by page, by command, by verb."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import Invitation, User
from accounts.names import reads_the_same
from accounts.refusals import Refused
from directory.actions import recipients
from sealing import folding
from tests.accounts.conftest import Office
from tests.accounts.people import a_person
from tests.accounts.signing_in import sign_in

NEW = "nine quiet lanterns under water"
ALIKE = [
    ("Ilona", "llona"),
    ("Ilona", "1lona"),
    ("Ilona", "|lona"),
    ("Ilona", "\u0661lona"),
    ("Ilona", "\u0406lona"),
    ("Otto", "0tto"),
    ("Marna", "Mama"),
    ("Vviktor", "Wiktor"),
    ("Jos\u00e9", "JOSE"),
    ("Ana Sol", "AnaSol"),
    ("Paco", "\u0420\u0430\u0441\u043e"),
    ("Ana", "\uff21\uff4e\uff41"),
]
APART = [("Ana", "Ina"), ("Otto", "Ottilie"), ("Rui", "Lui"), ("Mama", "Nana"), ("Ali", "Alla")]
UNREADABLE = [
    "Gr\u200beg",
    "Greg\u202e",
    "Greg\nRui",
    "Greg\x00",
    "Greg\u2028Rui",
    "Gr\u0435t",
    "\u3164",
    "Gr\u00adeta",
]


@pytest.mark.parametrize(("held", "wanted"), ALIKE)
def test_nobody_is_invited_under_or_takes_a_name_that_is_taken_for_anothers(office: Office, held: str, wanted: str):
    a_person("somebody", name=held)
    with pytest.raises(Refused):
        actions.invite(actor=office.admin, username="new", name=wanted, email="")
    with pytest.raises(CommandError):
        call_command("create_invitation", "new", wanted, actor="admin")
    sign_in(Client(), office.noor).post("/account/", {"name": wanted, "language": "en", "theme": "system"})
    assert User.objects.get(pk=office.noor.pk).name == "Noor" and not Invitation.objects.exists()


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_are_told_apart_are_both_taken(one: str, other: str):
    assert not reads_the_same(one, other)


@pytest.mark.parametrize("wanted", ["i1ona", "IlonA", "llona", "1lona", "\u0456lona"])
def test_sign_in_names_too(office: Office, wanted: str):
    a_person("Ilona", name="Ilona M.")
    if wanted == "i1ona":
        assert not reads_the_same("Ilona", wanted)
        return
    with pytest.raises(Refused, match=r"reads like|two alphabets"):
        actions.invite(actor=office.admin, username=wanted, name="Somebody New", email="")


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_nobody_can_read_is_no_name_anywhere(office: Office, name: str):
    for username, shown in ((name, "Somebody New"), ("new", name)):
        with pytest.raises(Refused):
            actions.invite(actor=office.admin, username=username, name=shown, email="")
        with pytest.raises(CommandError):
            call_command("create_invitation", username, shown, actor="admin")
    client = sign_in(Client(), office.admin, fresh=True)
    client.post("/office/people/invite/", {"username": "new", "name": f"{name} x", "email": "n@office.example"})
    client.post("/account/", {"name": f"{name} x", "language": "en", "theme": "system"})
    assert not Invitation.objects.exists() and User.objects.get(pk=office.admin.pk).name == "Admin"


@pytest.mark.parametrize("username", ["two words", "greta\n", "gre/ta", ""])
def test_a_command_makes_no_sign_in_name_that_the_page_refuses(office: Office, username: str):
    with pytest.raises(CommandError):
        call_command("create_invitation", username, "Greta", actor="admin")


def test_the_page_says_it_at_each_question_and_keeps_what_was_typed(office: Office):
    client = sign_in(Client(), office.admin, fresh=True)
    sent = {"username": "gReg", "name": "GREG", "email": "mira@office.example"}
    answer = client.post("/office/people/invite/", sent)
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"username", "name"}
    assert 'value="mira@office.example"' in answer.content.decode()


def test_two_invitations_do_not_read_alike_and_one_that_is_too_old_is_in_nobodys_way(office: Office):
    first, _token = actions.invite(actor=office.admin, username="ilona", name="Ilona", email="")
    for username, name in (("ILONA", "Other"), ("other", "1lona")):
        with pytest.raises(Refused):
            actions.invite(actor=office.admin, username=username, name=name, email="")
    Invitation.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    actions.invite(actor=office.admin, username="ilona", name="1lona", email="")


def test_who_took_the_name_meanwhile_closes_the_door(office: Office):
    door, _token = actions.invite(actor=office.admin, username="mira", name="Ilona", email="")
    a_person("other", name="1lona")
    with pytest.raises(Refused, match="cannot be used any more"):
        actions.accept_invitation(invitation=door, password=NEW)


@pytest.mark.parametrize("second", ["far4:F4ra:x@office.example:reviewer", "greg:FARA:x@office.example:reviewer"])
def test_the_first_two_are_not_called_alike(db: None, second: str):
    call = ("make_first_people", "fara:Fara:fara@office.example:director", second)
    if "FARA" in second:
        with pytest.raises(CommandError, match="two people"):
            call_command(*call)
        assert not User.objects.exists()
    else:
        call_command(*call)


def test_a_recipient_is_entered_under_a_name_that_can_be_read(office: Office):
    for name in ("Consulate\u202e", "Consul\u0430te", "Consulate\nof Freedonia"):
        with pytest.raises(ValidationError) as refused:
            recipients.enter(
                actor=office.greg,
                name=name,
                audience="AU_DIPLO",
                channel="+1 555 0100",
                verified_on=timezone.localdate(),
                passes_name_on=False,
            )
        assert set(refused.value.error_dict) == {"name"}


def test_the_leak_scan_does_not_take_a_one_for_a_letter():
    assert folding.squash("1lona") != folding.squash("Ilona")
    assert [token for token, _start, _end in folding.tokens("10 Ilona")] == ["10", "ilona"]
