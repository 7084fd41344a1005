"""A form that came too late is shown by the rights of now: whoever was taken off a case reads it no more."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Draft, User
from casework.actions.members import end_member
from casework.models import Case, Membership
from tests.factories import a_case, on_case, put_on
from tests.gate.ready import make_ready
from tests.people import a_person, signed_in

WORDS = "Barnabas Thistlewood, the brother"
pytestmark = pytest.mark.django_db


def kept(user: User, path: str) -> Draft:
    return Draft.objects.create(user=user, path=path, body=json.dumps([["value", WORDS]]))


def is_shown(user: User, draft: Draft) -> bool:
    client = signed_in(Client(), user)
    page, own = client.get(f"/drafts/{draft.pk}/"), client.get("/account/")
    is_there = page.status_code == 200 and WORDS in page.content.decode()
    assert is_there == (str(draft.pk) in own.content.decode())
    assert is_there or page.status_code == 404
    return is_there


def taken_off(case: Case, user: User) -> None:
    for row in Membership.objects.filter(case=case, user=user, ended_at=None):
        end_member(actor=case.lead, membership=row)


def test_a_kept_form_of_a_case_is_gone_for_whoever_was_taken_off_it():
    case = a_case()
    tomas = on_case(case, "tomas", "legal")
    draft = kept(tomas, reverse("casework:add_claim", args=[case.reference]))
    assert is_shown(tomas, draft)
    taken_off(case, tomas)
    assert not is_shown(tomas, draft)
    put_on(case, tomas, "reader")
    assert is_shown(tomas, draft)


def test_a_kept_form_of_an_identity_needs_the_right_to_see_it():
    case = a_case()
    tomas = on_case(case, "tomas", "legal")
    draft = kept(tomas, reverse("casework:change_identity", args=[case.reference]))
    assert is_shown(tomas, draft)
    taken_off(case, tomas)
    put_on(case, tomas, "reader")
    assert not is_shown(tomas, draft)


def test_a_kept_form_of_a_material_goes_with_its_case():
    ready = make_ready("MIN_BRIEF", "AU_DIPLO")
    case = ready.cases[0]
    tomas = on_case(case, "tomas", "communications")
    draft = kept(tomas, reverse("materials:material_edit", args=[ready.material.pk]))
    assert is_shown(tomas, draft)
    taken_off(case, tomas)
    assert not is_shown(tomas, draft)


def test_a_kept_form_about_no_case_stays():
    ana = a_person("ana")
    assert is_shown(ana, kept(ana, "/account/"))
    assert is_shown(ana, kept(ana, reverse("advocacy:urgent")))
