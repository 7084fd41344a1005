"""No one person becomes two: by page, by command, by verb. (Raw SQL: test_what_raw_sql_may_not_do.)"""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import PendingAct, PersonRole, User
from accounts.refusals import Refused
from accounts.sign_in import factors
from accounts.signing import may_sign_now
from audit.models import Entry
from tests.accounts.conftest import Office
from tests.accounts.people import a_person, hold_role
from tests.accounts.signing_in import sign_in
from work.models import Notice

A_DAY = dt.timedelta(hours=24)
Kind = PendingAct.Kind


def propose_by_page(actor: User, whom: User, **form: str) -> Any:
    return sign_in(Client(), actor, fresh=True).post(f"/office/people/{whom.pk}/role/", form)


def confirm_by_page(actor: User, act: PendingAct) -> Any:
    return sign_in(Client(), actor, fresh=True).post(f"/office/acts/{act.pk}/")


def test_two_people_give_a_signing_role_and_it_counts_after_a_day(office: Office):
    assert propose_by_page(office.admin, office.ana, role="reviewer").status_code == 302
    act = PendingAct.objects.get()
    assert not office.ana.office_roles.exists()
    assert confirm_by_page(office.greg, act).status_code == 302
    held = office.ana.office_roles.get()
    assert (held.granted_by, held.seconded_by) == (office.admin, office.greg)
    assert may_sign_now(office.ana).code == "role-is-new"
    assert may_sign_now(office.ana, timezone.now() + A_DAY + dt.timedelta(minutes=1)) is None


def test_an_administrator_alone_gives_no_signing_role_by_page(office: Office):
    for whom in (office.admin, office.ana):
        propose_by_page(office.admin, whom, role="director")
        act = PendingAct.objects.get(beneficiary=whom)
        answer = confirm_by_page(office.admin, act)
        assert answer.status_code == 409 and "You proposed this" in answer.content.decode()
    assert not PersonRole.objects.filter(role="director").exclude(user=office.fara).exists()


def test_an_administrator_alone_gives_no_signing_role_by_command(office: Office, capsys):
    call_command("grant_role", "admin", "reviewer", **{"actor": "admin"})
    act = PendingAct.objects.get()
    with pytest.raises(CommandError) as refused:
        call_command("second_act", act.pk, **{"actor": "admin"})
    assert refused.value.returncode == 1 and "You proposed this" in str(refused.value)
    assert not office.admin.office_roles.filter(role="reviewer").exists()


def test_an_administrator_alone_resets_no_factor_by_page(office: Office):
    factors.give_factor(office.greg)
    client = sign_in(Client(), office.admin, fresh=True)
    client.post(f"/office/people/{office.greg.pk}/reset/", {"what": "reset_factor", "reason": "lost phone"})
    act = PendingAct.objects.get()
    assert confirm_by_page(office.admin, act).status_code == 409
    assert factors.has_factor(office.greg)


def test_an_administrator_alone_resets_no_factor_by_command(office: Office):
    factors.give_factor(office.greg)
    call_command("reset_factor", "greg", **{"actor": "admin"})
    with pytest.raises(CommandError):
        call_command("second_act", PendingAct.objects.get().pk, **{"actor": "admin"})
    assert factors.has_factor(office.greg)


def test_an_administrator_with_a_second_account_of_her_own_making_gets_nowhere(office: Office):
    puppet = a_person("puppet", "administrator", "auditor")
    propose_by_page(office.admin, office.admin, role="reviewer")
    act = PendingAct.objects.get()
    answer = confirm_by_page(puppet, act)
    assert answer.status_code == 409 and "reviewer or a director" in answer.content.decode()
    assert not office.admin.office_roles.filter(role="reviewer").exists()


def test_a_director_who_administers_makes_no_account_that_proposes_for_her(office: Office):
    propose_by_page(office.fara, office.ana, role="administrator")
    assert not office.ana.office_roles.exists()
    act = PendingAct.objects.get()
    assert confirm_by_page(office.fara, act).status_code == 409
    with pytest.raises(CommandError):
        call_command("second_act", act.pk, **{"actor": "fara"})
    with pytest.raises(Refused, match="second person"):
        actions.give_role(actor=office.fara, person=office.ana, role="administrator")
    with pytest.raises(Refused, match="may propose"):
        actions.propose_role(actor=office.ana, person=office.noor, role="reviewer")
    assert not office.ana.office_roles.exists()


def test_two_people_make_an_administrator_who_acts_at_once(office: Office):
    call_command("grant_role", "ana", "administrator", **{"actor": "admin"})
    call_command("second_act", PendingAct.objects.get().pk, **{"actor": "greg"})
    assert sign_in(Client(), office.ana).get("/office/people/").status_code == 200


def test_what_somebody_proposed_falls_with_their_right_to_propose(office: Office):
    act = actions.propose_role(actor=office.admin, person=office.ana, role="reviewer")
    actions.deactivate(actor=office.fara, person=office.admin)
    with pytest.raises(Refused, match="propose it again"):
        actions.second(actor=office.greg, act=act)
    assert not office.ana.office_roles.exists()


def test_whoever_gains_from_an_act_does_not_confirm_it(office: Office):
    act = actions.propose_reset(actor=office.admin, person=office.greg, what=Kind.RESET_FACTOR)
    with pytest.raises(Refused, match="This is about you"):
        actions.second(actor=office.greg, act=act)


def test_whoever_was_given_the_right_to_sign_today_confirms_nothing_yet(office: Office):
    hold_role(office.ana, "reviewer", ago=dt.timedelta(hours=2))
    act = actions.propose_role(actor=office.admin, person=office.noor, role="reviewer")
    with pytest.raises(Refused):
        actions.second(actor=office.ana, act=act)


def test_an_outside_reviewer_confirms_no_act_of_the_office(office: Office):
    outsider = a_person("omar", "outside_reviewer")
    act = actions.propose_role(actor=office.admin, person=office.noor, role="reviewer")
    with pytest.raises(Refused):
        actions.second(actor=outsider, act=act)
    assert sign_in(Client(), outsider, fresh=True).get("/office/acts/").status_code == 404


def test_an_act_is_confirmed_once_and_never_after_a_week_or_a_withdrawal(office: Office):
    act = actions.propose_role(actor=office.admin, person=office.ana, role="reviewer")
    with pytest.raises(Refused, match="a week"):
        actions.second(actor=office.fara, act=act, at=act.expires_at)
    actions.second(actor=office.fara, act=act)
    with pytest.raises(Refused, match="already"):
        actions.second(actor=office.greg, act=act)
    other = actions.propose_role(actor=office.admin, person=office.noor, role="reviewer")
    actions.withdraw_act(actor=office.admin, act=other)
    with pytest.raises(Refused, match="withdrawn"):
        actions.second(actor=office.greg, act=other)
    assert office.ana.office_roles.count() == 1


def test_a_reset_ends_sessions_takes_the_factor_and_stops_signing_for_a_day(office: Office):
    client = sign_in(Client(), office.greg)
    act = actions.propose_reset(actor=office.admin, person=office.greg, what=Kind.RESET_FACTOR, reason="lost")
    assert client.get("/account/").status_code == 200
    actions.second(actor=office.fara, act=act)
    assert client.get("/account/").status_code == 302
    office.greg.refresh_from_db()
    assert not factors.has_factor(office.greg)
    assert may_sign_now(office.greg).code == "account-was-reset"
    assert may_sign_now(office.greg, timezone.now() + A_DAY + dt.timedelta(minutes=1)) is None


def test_a_password_reset_gives_a_one_time_address_to_the_person_and_counts_the_day_from_its_use(
    office: Office, django_capture_on_commit_callbacks
):
    act = actions.propose_reset(actor=office.admin, person=office.greg, what=Kind.RESET_PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        actions.second(actor=office.fara, act=act)
    office.greg.refresh_from_db()
    assert not office.greg.has_usable_password()
    door = office.greg.invitations.get()
    letters = [letter for letter in mail.outbox if "/invitation/" in letter.body]
    assert [letter.to for letter in letters] == [[office.greg.email]]
    actions.accept_invitation(invitation=door, password="nine quiet lanterns under water")
    office.greg.refresh_from_db()
    assert may_sign_now(office.greg).code == "account-was-reset"


def test_a_new_account_does_not_sign_for_a_day_and_the_first_two_do(office: Office):
    fresh = a_person("fresh", "reviewer", joined=dt.timedelta(hours=3))
    assert may_sign_now(fresh).code == "account-is-new"
    User.objects.filter(pk=office.fara.pk)
    assert may_sign_now(office.fara, office.fara.joined_at + dt.timedelta(minutes=1)) is None


def test_using_recovery_codes_is_no_reset(office: Office):
    factors.give_factor(office.greg)
    held = office.greg.authenticator_set.get(type="recovery_codes")
    assert held.wrap().validate_code(factors.recovery_codes_left(office.greg)[0])
    office.greg.refresh_from_db()
    assert may_sign_now(office.greg) is None


def test_who_holds_no_signing_role_never_signs(office: Office):
    for person in (office.ana, office.admin, office.noor):
        assert may_sign_now(person).code == "no-signing-role"


def test_an_ended_role_and_a_closed_account_sign_nothing(office: Office):
    for name in ("rui", "dara"):
        a_person(name, "reviewer")
    actions.end_role(actor=office.admin, held=office.greg.office_roles.get(role="reviewer"))
    assert may_sign_now(office.greg).code == "no-signing-role"
    actions.deactivate(actor=office.admin, person=office.fara)
    office.fara.refresh_from_db()
    assert may_sign_now(office.fara).code == "not-active"


def test_all_who_sign_are_told_without_a_name_in_the_mail(office: Office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.propose_role(actor=office.admin, person=office.ana, role="reviewer")
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"fara", "greg", "ana"}
    assert {letter.to[0] for letter in mail.outbox} == {p.email for p in (office.fara, office.greg, office.ana)}
    for letter in mail.outbox:
        assert "Ana" not in letter.body + letter.subject and "reviewer" not in letter.body
    page = sign_in(Client(), office.fara).get("/notices/").content.decode()
    assert "Proposed an office role" in page and "Ana" in page


def test_each_act_stands_in_the_trail(office: Office):
    act = actions.propose_role(actor=office.admin, person=office.ana, role="reviewer")
    actions.second(actor=office.greg, act=act)
    verbs = list(Entry.objects.order_by("sequence").values_list("verb", "actor_id"))
    assert ("accounts.role.proposed", office.admin.pk) in verbs
    assert ("accounts.role.seconded", office.greg.pk) in verbs


def test_a_role_that_signs_nothing_is_given_by_one_administrator(office: Office):
    propose_by_page(office.admin, office.ana, role="auditor")
    assert office.ana.office_roles.get().role == "auditor"
    with pytest.raises(Refused, match="second person"):
        actions.give_role(actor=office.admin, person=office.ana, role="director")


@pytest.mark.parametrize("who", ["ana", "noor"])
def test_who_is_no_administrator_changes_nobody(office: Office, who):
    actor = getattr(office, who)
    for act in (
        lambda: actions.give_role(actor=actor, person=actor, role="administrator"),
        lambda: actions.propose_role(actor=actor, person=actor, role="reviewer"),
        lambda: actions.propose_reset(actor=actor, person=office.greg, what=Kind.RESET_FACTOR),
        lambda: actions.deactivate(actor=actor, person=office.greg),
        lambda: actions.invite(actor=actor, username="x", name="X", email="x@x.example"),
        lambda: actions.end_role(actor=actor, held=office.greg.office_roles.first()),
    ):
        with pytest.raises(Refused):
            act()


def test_the_last_administrator_stays(office: Office):
    for person in (office.fara, office.greg):
        actions.end_role(actor=office.admin, held=person.office_roles.get(role="administrator"))
    with pytest.raises(Refused, match="last administrator"):
        actions.end_role(actor=office.admin, held=office.admin.office_roles.get())
    with pytest.raises(Refused):
        actions.deactivate(actor=office.admin, person=office.admin)


def test_opening_a_closed_account_takes_two(office: Office):
    a_person("rui", "reviewer")
    actions.deactivate(actor=office.admin, person=office.greg)
    act = actions.propose_reactivation(actor=office.admin, person=office.greg)
    with pytest.raises(Refused):
        actions.second(actor=office.admin, act=act)
    actions.second(actor=office.fara, act=act)
    office.greg.refresh_from_db()
    assert office.greg.is_active and may_sign_now(office.greg).code == "account-was-reset"


@pytest.mark.parametrize("command", ["changepassword", "createsuperuser"])
def test_the_commands_of_django_that_open_or_make_an_account_are_refused(office: Office, command: str):
    before = User.objects.count(), office.greg.password
    with pytest.raises(CommandError) as refused:
        call_command(command, "greg")
    assert refused.value.returncode == 1 and "--as USERNAME" in str(refused.value)
    office.greg.refresh_from_db()
    assert (User.objects.count(), office.greg.password) == before


@pytest.mark.parametrize("name", ["Greg", "GREG ", "Gr\u0435g", "G\u200breg"])
def test_nobody_takes_the_name_of_a_colleague(office: Office, name: str):
    """A second person reads names; one who looks like the reviewer must not be made one."""
    client = sign_in(Client(), office.ana)
    client.post("/account/", {"name": name, "language": "en", "theme": "system"})
    office.ana.refresh_from_db()
    assert office.ana.name == "Ana"
    with pytest.raises(Refused, match="called so already"):
        actions.invite(actor=office.admin, username="new", name=name, email="")
    with pytest.raises(Refused, match="reads like"):
        actions.invite(actor=office.admin, username=name.strip(), name="New", email="")
    assert client.post("/account/", {"name": "Ana Greg", "language": "en", "theme": "system"}).status_code == 302
