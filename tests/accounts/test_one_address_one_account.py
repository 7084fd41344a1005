"""One e-mail address is one account, however it is spelled: by page, by command, by verb, and in the database."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from accounts import actions
from accounts.models import Invitation, User
from accounts.models.address import folded_address
from accounts.refusals import Refused
from tests.accounts.conftest import Office
from tests.accounts.people import a_person
from tests.accounts.signing_in import sign_in

NEW = "nine quiet lanterns under water"
SPELLINGS = [
    "greg@office.example",
    " Greg@Office.EXAMPLE ",
    "GREG@office.example",
    "\uff47reg@office.example",
    "greg@office\u3002example",
    "greg@office.example.",
]
TAKEN = "Somebody here has this address, or is invited under it."


@pytest.mark.parametrize("email", SPELLINGS)
def test_an_address_that_somebody_has_is_not_invited_however_it_is_spelled(office: Office, email: str):
    with pytest.raises(Refused, match="has this address"):
        actions.invite(actor=office.admin, username="mira", name="Mira", email=email)
    with pytest.raises(CommandError, match="has this address"):
        call_command("create_invitation", "mira", "Mira", email=email, actor="admin")


def test_a_domain_in_other_letters_is_the_domain_of_the_network(office: Office):
    a_person("mira", email="mira@b\u00fccher.example")
    assert folded_address("mira@xn--bcher-kva.example") == folded_address("Mira@B\u00dcCHER.example")
    with pytest.raises(Refused, match="has this address"):
        actions.invite(actor=office.admin, username="new", name="New", email="mira@xn--bcher-kva.example")


def test_the_page_says_it_at_the_question_and_keeps_what_was_typed(office: Office):
    client = sign_in(Client(), office.admin, fresh=True)
    sent = {"username": "mira", "name": "Mira Lis", "email": "GREG@office.example"}
    answer = client.post("/office/people/invite/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and answer.context["form"].errors["email"][0].startswith(TAKEN)
    assert 'value="Mira Lis"' in page and 'value="GREG@office.example"' in page
    assert not Invitation.objects.exists()


def test_an_account_and_an_invitation_get_the_same_answer_and_a_stranger_to_people_gets_none(office: Office):
    actions.invite(actor=office.admin, username="mira", name="Mira", email="mira@office.example")
    said = []
    for email in ("greg@office.example", "MIRA@office.example"):
        with pytest.raises(Refused) as refused:
            actions.invite(actor=office.admin, username="nora", name="Nora", email=email)
        said.append(str(refused.value))
    assert said[0] == said[1]
    for email in ("greg@office.example", "nobody@office.example"):
        with pytest.raises(Refused) as refused:
            actions.invite(actor=office.ana, username="greg", name="Greg", email=email)
        assert refused.value.reasons == ("Only an administrator may do this.",)


def test_an_invitation_that_is_too_old_makes_room_for_a_new_one(office: Office):
    old, _token = actions.invite(actor=office.admin, username="mira", name="Mira", email="mira@office.example")
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    new, _token = actions.invite(actor=office.admin, username="mira", name="Mira", email="MIRA@office.example")
    assert actions.accept_invitation(invitation=new, password=NEW).email_folded == "mira@office.example"


def test_who_came_meanwhile_under_the_address_or_the_name_closes_the_door(client: Client, office: Office):
    for username, email in (("mira", "mira@office.example"), ("nora", "nora@office.example")):
        door, token = actions.invite(actor=office.admin, username=username, name=username.title(), email=email)
        other = "nora" if username == "nora" else "other"
        a_person(other, name=f"Quite {other}", email="x@office.example" if username == "nora" else email.upper())
        with pytest.raises(Refused, match="cannot be used any more"):
            actions.accept_invitation(invitation=door, password=NEW)
        client.get(f"/invitation/{token}/")
        answer = client.post("/invitation/", {"password1": NEW, "password2": NEW})
        assert answer.status_code == 410 and "address" not in answer.content.decode()


def test_people_without_an_address_are_as_many_as_they_are(office: Office):
    for name in ("mira", "nora"):
        actions.invite(actor=office.admin, username=name, name=name.title(), email="")
        a_person(f"{name}2", email="")


def test_raw_sql_gives_nobody_the_address_of_another_in_other_capitals(office: Office):
    for sql in (
        "UPDATE accounts_user SET email = 'GREG@office.example' WHERE id = %s",
        "UPDATE accounts_user SET email_folded = 'greg@office.example' WHERE id = %s",
        "UPDATE accounts_user SET email_folded = '' WHERE id = %s",
        "UPDATE accounts_user SET email = '' WHERE id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [office.ana.pk])


def test_an_address_is_invited_once_in_the_database_too(office: Office):
    actions.invite(actor=office.admin, username="mira", name="Mira", email="mira@office.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(username="x", name="X", email="MIRA@office.example", token_sha256="x")


def test_two_letters_that_the_database_lowers_to_one_are_one_letter_to_the_rule(db: None):
    """Its index on lower(email) must refuse nothing that the rule calls two addresses: every letter there is."""
    letters = [chr(code) for code in range(0x80, 0x110000) if chr(code).isalpha()]
    lowered = []
    with connection.cursor() as cursor:
        for start in range(0, len(letters), 10_000):
            cursor.execute("SELECT LOWER(%s)", ["\n".join(letters[start : start + 10_000])])
            lowered += cursor.fetchone()[0].split("\n")
    pairs = zip(letters, lowered, strict=True)
    assert [
        f"{ord(a):x}" for a, b in pairs if folded_address(f"{a}@b.example") != folded_address(f"{b}@b.example")
    ] == []


LETTERS = st.sampled_from(["a", "A", "\uff21", "\u00e9", "e\u0301", "\u00c9", "\u00df", "ss", "i", "I", "\u0130", " "])
DOMAINS = st.sampled_from(["b.example", "B.EXAMPLE", "b.example.", "\u00e9.example", "xn--9ca.example", "c.example"])
ADDRESSES = st.builds(
    lambda name, domain: f"{name}@{domain}", st.lists(LETTERS, min_size=1, max_size=3).map("".join), DOMAINS
)


@limits(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=ADDRESSES, other=ADDRESSES)
def test_the_rule_and_the_database_say_the_same_of_two_addresses(db: None, one: str, other: str):
    """What the database refuses, the rule calls the same; and folding twice is folding once."""
    is_same = folded_address(one) == folded_address(other)
    assert folded_address(folded_address(one)) == folded_address(one)
    with transaction.atomic():
        User.objects.create(username="one", name="One", email=one, joined_at=timezone.now())
        try:
            with transaction.atomic():
                User.objects.create(username="other", name="Other", email=other, joined_at=timezone.now())
        except IntegrityError:
            refused = True
        else:
            refused = False
        transaction.set_rollback(True)
    assert refused == is_same
