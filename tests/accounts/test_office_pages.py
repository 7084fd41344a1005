"""The pages about people: for administrators, with a fresh second factor where something changes."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import PendingAct
from tests.accounts.conftest import Office
from tests.accounts.people import a_person
from tests.accounts.signing_in import sign_in

FOR_ADMINISTRATORS = ["/office/people/", "/office/people/invite/", "/office/people/{pk}/"]


@pytest.mark.parametrize("page", FOR_ADMINISTRATORS)
def test_pages_about_people_exist_for_administrators_alone(office: Office, page):
    page = page.format(pk=office.ana.pk)
    assert sign_in(Client(), office.admin, fresh=True).get(page).status_code == 200
    for person in (office.ana, office.noor, a_person("rui", "reviewer"), a_person("omar", "outside_reviewer")):
        assert sign_in(Client(), person, fresh=True).get(page).status_code == 404


def test_a_superuser_without_a_role_sees_no_page_about_people(office: Office):
    root = a_person("root", is_superuser=True)
    client = sign_in(Client(), root, fresh=True)
    for page in (*FOR_ADMINISTRATORS, "/office/acts/", "/audit/"):
        assert client.get(page.format(pk=office.ana.pk)).status_code == 404


def test_pages_that_change_people_ask_for_the_second_factor_first(office: Office):
    client = sign_in(Client(), office.admin)
    assert client.get("/office/people/").status_code == 200
    act = actions.propose_role(actor=office.fara, person=office.ana, role="reviewer")
    for page in ("/office/people/invite/", f"/office/people/{office.ana.pk}/", f"/office/acts/{act.pk}/"):
        assert client.get(page).url.startswith("/second-factor/?next=")


def test_acts_that_wait_are_shown_to_those_who_may_confirm(office: Office):
    actions.propose_role(actor=office.admin, person=office.ana, role="reviewer")
    for person in (office.admin, office.greg):
        assert "Ana" in sign_in(Client(), person).get("/office/acts/").content.decode()
    for person in (office.ana, office.noor):
        assert sign_in(Client(), person).get("/office/acts/").status_code == 404


def test_the_page_of_an_act_says_every_reason_why_not(office: Office):
    act = actions.propose_role(actor=office.admin, person=office.admin, role="reviewer")
    page = sign_in(Client(), office.admin, fresh=True).get(f"/office/acts/{act.pk}/").content.decode()
    for words in ("You proposed this", "This is about you", "must be a reviewer or a director"):
        assert words in page


def test_an_administrator_closes_and_reopens_with_a_second_person(office: Office):
    client = sign_in(Client(), office.admin, fresh=True)
    gone = sign_in(Client(), office.ana)
    assert client.post(f"/office/people/{office.ana.pk}/close/").status_code == 302
    assert gone.get("/account/").url.startswith("/sign-in/")
    epoch = office.ana.session_epoch
    office.ana.refresh_from_db()
    assert office.ana.session_epoch > epoch, "no session of before comes back to life when the account is opened again"
    client.post(f"/office/people/{office.ana.pk}/reopen/")
    sign_in(Client(), office.greg, fresh=True).post(f"/office/acts/{PendingAct.objects.get().pk}/")
    office.ana.refresh_from_db()
    assert office.ana.is_active


def test_an_administrator_ends_a_role_and_withdraws_what_waits(office: Office):
    client = sign_in(Client(), office.admin, fresh=True)
    held = office.noor.office_roles.get()
    client.post(f"/office/roles/{held.pk}/end/")
    assert sign_in(Client(), office.noor).get("/audit/").status_code == 404
    act = actions.propose_role(actor=office.admin, person=office.ana, role="reviewer")
    client.post(f"/office/acts/{act.pk}/withdraw/")
    assert not PendingAct.objects.waiting().exists()
    invitation, _token = actions.invite(actor=office.admin, username="mira", name="Mira", email="")
    client.post(f"/office/invitations/{invitation.pk}/withdraw/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at


def test_links_of_the_office_stand_only_with_those_who_may_follow_them(office: Office):
    assert "/office/people/" in sign_in(Client(), office.admin).get("/account/").content.decode()
    assert "/audit/" in sign_in(Client(), office.noor).get("/account/").content.decode()
    page = sign_in(Client(), office.ana).get("/account/").content.decode()
    assert "/office/people/" not in page and "/audit/" not in page


def test_the_list_of_people_asks_the_database_the_same_number_of_times(office: Office, django_assert_max_num_queries):
    client = sign_in(Client(), office.admin)
    for number in range(12):
        a_person(f"person{number}", "auditor")
    with django_assert_max_num_queries(12):
        client.get("/office/people/")


def test_ones_own_account_is_changed_and_the_page_follows(office: Office):
    client = sign_in(Client(), office.ana)
    client.post("/account/", {"name": "Ana R.", "language": "en", "theme": "dark"})
    office.ana.refresh_from_db()
    assert (office.ana.name, office.ana.theme) == ("Ana R.", "dark")
    assert 'data-theme="dark"' in client.get("/account/").content.decode()


def test_no_role_and_no_loss_is_chosen_in_advance(office: Office):
    client = sign_in(Client(), office.admin, fresh=True)
    page = f"/office/people/{office.ana.pk}/"
    for act, data, said in (
        ("role", {"role": ""}, "Choose a role from the list."),
        ("reset", {"what": "", "reason": "She called me."}, "Say what is lost"),
    ):
        assert said in client.post(f"{page}{act}/", data, follow=True).content.decode()
    html = client.get(page).content.decode()
    assert html.count('<option value="" selected>') == 2 and not PendingAct.objects.exists()


def test_who_may_confirm_a_role_is_named_and_until_when(office: Office):
    client = sign_in(Client(), office.admin, fresh=True)
    page = client.get(f"/office/people/{office.ana.pk}/").content.decode()
    assert f"{office.fara.get_full_name()}, {office.greg.get_full_name()} may confirm it." in page
    assert "Confirmed now, that is " in page
    sent = {"role": "reviewer", "reason": "She has read here for a year."}
    told = client.post(f"/office/people/{office.ana.pk}/role/", sent, follow=True).content.decode()
    assert "may confirm it. After a week it counts for nothing." in told and "It waits until " in told
    act = PendingAct.objects.get()
    for address in ("/office/acts/", f"/office/acts/{act.pk}/"):
        shown = sign_in(Client(), office.greg, fresh=True).get(address).content.decode()
        assert office.fara.get_full_name() in shown and "It waits until " in shown


def test_neither_the_proposer_nor_the_one_who_gains_nor_a_signer_who_was_reset_is_named(office: Office):
    young = a_person("rui", "reviewer")
    young.reset_at = timezone.now()
    young.save()
    actions.propose_role(actor=office.fara, person=office.greg, role="director")
    page = sign_in(Client(), office.fara, fresh=True).get("/office/acts/").content.decode()
    assert "Nobody else here may confirm it now." in page and "may confirm it." not in page


def test_a_signer_in_the_first_day_is_told_until_when(office: Office):
    person = a_person("rui", "reviewer")
    person.reset_at = timezone.now()
    person.save()
    by_admin = sign_in(Client(), office.admin, fresh=True).get(f"/office/people/{person.pk}/")
    for answer in (by_admin, sign_in(Client(), person).get("/account/")):
        assert "That is from " in answer.content.decode()
