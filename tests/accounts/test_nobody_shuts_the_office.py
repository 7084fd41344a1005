"""Nobody shuts the office alone: by page, by command, by verb, in the database; and one that is shut is recovered."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import PendingAct, PersonRole, User
from accounts.refusals import Refused
from accounts.second_person import may_confirm, two_could_do_it, would_shut_the_office
from accounts.signing import may_sign_now
from audit.models import Entry
from tests.accounts.conftest import Office
from tests.accounts.people import a_person
from tests.accounts.signing_in import sign_in
from work.models import Notice

HOUR = dt.timedelta(hours=1)
A_DAY, THREE_DAYS = 24 * HOUR, 72 * HOUR
Kind = PendingAct.Kind


def close_by_page(actor: User, whom: User, **form: str) -> Any:
    return sign_in(Client(), actor, fresh=True).post(f"/office/people/{whom.pk}/close/", form)


def announced(kind: str, person: User, by: User, *, role: str = "", ago: dt.timedelta, recovery: bool = False):
    """An act that was proposed so long ago, as its verb would have written it: the database has its own clock."""
    at = timezone.now() - ago
    return PendingAct.objects.create(
        kind=kind,
        role=role,
        beneficiary=person,
        proposed_by=by,
        proposed_at=at,
        expires_at=at + dt.timedelta(days=7),
        alone_at=at + (THREE_DAYS if recovery else A_DAY),
        is_recovery=recovery,
    )


def one_signer_left(office: Office) -> None:
    """Greg is gone as nobody may make him go: only Fara is left who confirms."""
    PersonRole.objects.filter(user=office.greg, role="reviewer").update(
        ended_at=timezone.now() - HOUR, ended_by=office.fara
    )


def test_one_administrator_alone_closes_neither_of_the_last_two_who_confirm(office: Office):
    for whom in (office.greg, office.fara):
        page = sign_in(Client(), office.admin, fresh=True).get(f"/office/people/{whom.pk}/").content.decode()
        assert "Propose to close this account" in page and "At once, with all sessions" not in page
        answer = close_by_page(office.admin, whom, reason="Left us.")
        act = PendingAct.objects.get(beneficiary=whom)
        assert answer.url == f"/office/acts/{act.pk}/"
        assert sign_in(Client(), office.admin, fresh=True).post(f"{answer.url}finish/").status_code == 409
        assert sign_in(Client(), office.admin, fresh=True).post(answer.url).status_code == 409
        whom.refresh_from_db()
        assert whom.is_active and whom in may_confirm()


def test_one_administrator_alone_ends_no_role_of_the_last_two_who_confirm(office: Office):
    held = office.greg.office_roles.get(role="reviewer")
    answer = sign_in(Client(), office.admin, fresh=True).post(f"/office/roles/{held.pk}/end/")
    act = PendingAct.objects.get()
    assert answer.url == f"/office/acts/{act.pk}/" and (act.kind, act.role) == ("end_role", "reviewer")
    held.refresh_from_db()
    assert held.ended_at is None


def test_by_verb_too_the_last_two_are_not_closed_at_once(office: Office):
    with pytest.raises(Refused, match="fewer than two"):
        actions.deactivate(actor=office.admin, person=office.greg)
    with pytest.raises(Refused, match="fewer than two"):
        actions.end_role(actor=office.admin, held=office.greg.office_roles.get(role="reviewer"))
    with pytest.raises(Refused, match="fewer than two"):
        actions.end_role(actor=office.greg, held=office.greg.office_roles.get(role="reviewer"))
    assert office.greg in may_confirm()


@pytest.mark.parametrize("who", ["ana", "noor"])
def test_who_administers_nothing_proposes_no_closing(office: Office, who: str):
    actor = getattr(office, who)
    held = office.greg.office_roles.get(role="reviewer")
    for act in (
        lambda: actions.propose_deactivation(actor=actor, person=office.greg),
        lambda: actions.propose_role_end(actor=actor, held=held),
        lambda: actions.propose_recovery(actor=actor, person=office.greg, kind=Kind.RESET_FACTOR, reason="x"),
    ):
        with pytest.raises(Refused):
            act()
    assert not PendingAct.objects.exists()


def test_the_page_says_why_it_waits_who_may_confirm_until_when_and_how_it_is_taken_back(office: Office):
    page = sign_in(Client(), office.admin, fresh=True)
    told = page.post(f"/office/people/{office.greg.pk}/close/", {"reason": "Left us."}, follow=True).content.decode()
    for words in (
        "This is not done yet: it waits. Everybody was told.",
        "Why it waits",
        "one person alone could shut it",
        "Fara may confirm it.",
        "Left us.",
        "it may be done without a second person.",
        "Until it is done it can be taken back",
        "Withdraw the proposal",
    ):
        assert words in told, words
    assert "Do it now" not in told


def test_everybody_is_told_and_no_mail_says_of_whom(office: Office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        close_by_page(office.admin, office.greg)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"fara", "greg", "admin", "ana", "noor"}
    assert len(mail.outbox) == 5 and not any("Greg" in letter.body for letter in mail.outbox)
    assert "Proposed to close an account" in sign_in(Client(), office.ana).get("/notices/").content.decode()
    assert Entry.objects.filter(verb="accounts.deactivate.proposed", actor_id=office.admin.pk).exists()


def test_a_second_person_closes_it_at_once(office: Office):
    answer = close_by_page(office.admin, office.greg)
    assert sign_in(Client(), office.greg, fresh=True).post(answer.url).status_code == 409
    assert sign_in(Client(), office.fara, fresh=True).post(answer.url).status_code == 302
    office.greg.refresh_from_db()
    assert not office.greg.is_active


def test_after_a_day_of_notice_it_is_done_without_a_second_person_and_not_an_hour_before(office: Office):
    early = announced(Kind.DEACTIVATE, office.greg, office.admin, ago=A_DAY - HOUR)
    with pytest.raises(Refused, match="still being told"):
        actions.finish_alone(actor=office.admin, act=early)
    actions.withdraw_act(actor=office.admin, act=early)
    act = announced(Kind.DEACTIVATE, office.greg, office.admin, ago=A_DAY + HOUR)
    client = sign_in(Client(), office.admin, fresh=True)
    assert "Do it now, without a second person" in client.get(f"/office/acts/{act.pk}/").content.decode()
    assert client.post(f"/office/acts/{act.pk}/finish/").status_code == 302
    office.greg.refresh_from_db()
    assert not office.greg.is_active
    assert Entry.objects.filter(verb="accounts.deactivate.finished").exists()
    with pytest.raises(Refused, match="already"):
        actions.finish_alone(actor=office.admin, act=act)


def test_a_role_ends_after_a_day_of_notice(office: Office):
    act = announced(Kind.END_ROLE, office.greg, office.admin, role="reviewer", ago=A_DAY + HOUR)
    call_command("finish_act", act.pk, **{"actor": "admin"})
    assert not office.greg.office_roles.live().filter(role="reviewer").exists()


@pytest.mark.parametrize("who", ["ana", "noor", "greg"])
def test_the_wrong_person_finishes_nothing(office: Office, who: str):
    act = announced(Kind.DEACTIVATE, office.greg, office.admin, ago=A_DAY + HOUR)
    with pytest.raises(Refused):
        actions.finish_alone(actor=getattr(office, who), act=act)
    office.greg.refresh_from_db()
    assert office.greg.is_active


def test_it_is_taken_back_by_whom_it_is_about_and_is_then_not_done(office: Office):
    answer = close_by_page(office.admin, office.greg)
    act = PendingAct.objects.get()
    assert sign_in(Client(), office.greg, fresh=True).post(f"{answer.url}withdraw/").status_code == 302
    with pytest.raises(Refused, match="taken back"):
        actions.finish_alone(actor=office.admin, act=act, at=timezone.now() + A_DAY + HOUR)
    with pytest.raises(Refused, match="withdrawn"):
        actions.second(actor=office.fara, act=act)


def test_after_a_week_it_counts_for_nothing(office: Office):
    act = announced(Kind.DEACTIVATE, office.greg, office.admin, ago=dt.timedelta(days=8))
    with pytest.raises(Refused, match="in a week"):
        actions.finish_alone(actor=office.admin, act=act)


def test_where_two_are_left_it_is_done_at_once(office: Office):
    third = a_person("rui", "reviewer")
    assert not would_shut_the_office(third)
    assert close_by_page(office.admin, third).url == f"/office/people/{third.pk}/"
    third.refresh_from_db()
    assert not third.is_active


def test_who_was_reset_today_is_not_counted_among_those_left(office: Office):
    third = a_person("rui", "reviewer", reset_at=timezone.now())
    assert would_shut_the_office(office.greg) and not would_shut_the_office(third)
    assert not would_shut_the_office(office.admin) and not would_shut_the_office(office.noor)


def test_whoever_confirms_through_another_role_too_loses_one_of_them_at_once(office: Office):
    rui = a_person("rui", "reviewer", "director")
    one_signer_left(office)
    held = rui.office_roles.get(role="director")
    assert not would_shut_the_office(rui, held=held)
    actions.end_role(actor=office.admin, held=held)
    assert would_shut_the_office(rui, held=rui.office_roles.get(role="reviewer"))


def test_the_list_of_people_says_where_the_office_stands(office: Office):
    client = sign_in(Client(), office.admin)
    assert "Without one of them, nothing could be given or reset." in client.get("/office/people/").content.decode()
    a_person("rui", "reviewer")
    assert "One may leave, and the work goes on." in client.get("/office/people/").content.decode()


# --- Recovery: by command, in three days, before everybody's eyes.


def test_an_office_that_two_can_still_work_is_not_recovered(office: Office):
    for kind, whom, role in ((Kind.GRANT_ROLE, "ana", "reviewer"), (Kind.RESET_FACTOR, "greg", "")):
        with pytest.raises(CommandError, match="in the usual way"):
            call_command("recover_office", kind, whom, role=role, reason="x", **{"actor": "admin"})
    assert not PendingAct.objects.exists()


def test_an_office_that_is_shut_is_recovered_in_three_days_and_everybody_is_told(
    office: Office, capsys, django_capture_on_commit_callbacks
):
    one_signer_left(office)
    User.objects.filter(pk=office.fara.pk).update(reset_at=timezone.now())
    assert may_confirm() == [] and not two_could_do_it(office.ana)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("recover_office", "grant_role", "ana", role="reviewer", reason="Greg died.", **{"actor": "admin"})
    act = PendingAct.objects.get()
    assert act.alone_at - act.proposed_at == THREE_DAYS and len(mail.outbox) == 5
    page = sign_in(Client(), office.greg, fresh=True).get(f"/office/acts/{act.pk}/").content.decode()
    assert "It was started on the server" in page and "Greg died." in page
    with pytest.raises(CommandError, match="still being told"):
        call_command("finish_act", act.pk, **{"actor": "admin"})
    assert not office.ana.office_roles.exists()


def test_a_recovered_signer_signs_a_day_after_it_was_finished(office: Office):
    one_signer_left(office)
    User.objects.filter(pk=office.fara.pk).update(reset_at=timezone.now())
    act = announced(Kind.GRANT_ROLE, office.ana, office.admin, role="reviewer", ago=THREE_DAYS + HOUR, recovery=True)
    with pytest.raises(Refused, match="about you"):
        actions.finish_alone(actor=office.ana, act=act)
    call_command("finish_act", act.pk, **{"actor": "admin"})
    held = office.ana.office_roles.get()
    assert held.recovery == act and held.seconded_by is None and may_sign_now(office.ana).code == "role-is-new"


def test_a_recovery_that_two_could_do_by_now_is_not_finished(office: Office):
    act = announced(Kind.GRANT_ROLE, office.ana, office.admin, role="reviewer", ago=THREE_DAYS + HOUR, recovery=True)
    with pytest.raises(Refused, match="in the usual way"):
        actions.finish_alone(actor=office.admin, act=act)
    assert not office.ana.office_roles.exists()


def test_nobody_recovers_a_role_for_themselves(office: Office):
    one_signer_left(office)
    with pytest.raises(Refused, match="about you"):
        actions.propose_recovery(
            actor=office.fara, person=office.fara, kind=Kind.GRANT_ROLE, role="reviewer", reason="x"
        )


def test_an_account_in_other_hands_does_not_take_its_own_recovery_back(office: Office):
    PersonRole.objects.filter(user=office.admin).update(ended_at=timezone.now() - HOUR, ended_by=office.fara)
    call_command("recover_office", "deactivate", "greg", reason="His phone was taken.", **{"actor": "fara"})
    act = PendingAct.objects.get()
    client = sign_in(Client(), office.greg, fresh=True)
    assert client.post(f"/office/acts/{act.pk}/withdraw/").status_code == 409
    act.refresh_from_db()
    assert act.withdrawn_at is None
    actions.withdraw_act(actor=office.fara, act=act)
    act.refresh_from_db()
    assert act.withdrawn_at


# --- The database holds it too.


def insert_act(**columns: Any) -> None:
    now = timezone.now()
    values = {"reason": "", "is_recovery": False, "proposed_at": now, "expires_at": now + A_DAY, **columns}
    with transaction.atomic(), connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO accounts_pendingact ({', '.join(values)}) VALUES ({marks})", [*values.values()])


def test_raw_sql_announces_nothing_for_less_than_its_time(office: Office):
    now = timezone.now()
    base = {
        "proposed_at": now,
        "kind": "deactivate",
        "role": "",
        "beneficiary_id": office.greg.pk,
        "proposed_by_id": office.admin.pk,
    }
    grant = {**base, "kind": "grant_role", "role": "reviewer"}
    for wrong in (
        {**base, "alone_at": now + A_DAY - HOUR},
        {**base, "alone_at": now + A_DAY, "is_recovery": True},
        {**base, "alone_at": None, "is_recovery": True},
        {**grant, "alone_at": now + A_DAY},
    ):
        with pytest.raises(IntegrityError):
            insert_act(**wrong)
    insert_act(**base, alone_at=now + A_DAY)
    insert_act(**grant, alone_at=now + THREE_DAYS, is_recovery=True)


def test_raw_sql_finishes_nothing_early_nor_what_was_never_announced(office: Office):
    early = announced(Kind.DEACTIVATE, office.greg, office.admin, ago=HOUR)
    plain = actions.propose_role(actor=office.admin, person=office.ana, role="reviewer")
    for act in (early, plain):
        for at in (timezone.now(), timezone.now() + dt.timedelta(days=2)):
            with pytest.raises(IntegrityError), transaction.atomic():
                PendingAct.objects.filter(pk=act.pk).update(finished_at=at, finished_by=office.admin)


def test_raw_sql_gives_no_role_by_a_recovery_that_was_not_finished_or_is_another(office: Office):
    now = timezone.now()
    waiting = announced(
        Kind.GRANT_ROLE, office.ana, office.admin, role="reviewer", ago=THREE_DAYS + HOUR, recovery=True
    )
    done = announced(Kind.GRANT_ROLE, office.noor, office.admin, role="reviewer", ago=THREE_DAYS + HOUR, recovery=True)
    done.finished_at, done.finished_by = now, office.admin
    done.save()
    given = {"role": "reviewer", "granted_by": office.admin, "granted_at": now, "effective_at": now + A_DAY}
    for wrong in (
        {"user": office.ana, "recovery": waiting},
        {"user": office.ana, "recovery": done},
        {"user": office.noor, "recovery": done, "role": "director"},
        {"user": office.noor, "recovery": done, "effective_at": now},
        {"user": office.noor},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PersonRole.objects.create(**{**given, **wrong})
    PersonRole.objects.create(**given, user=office.noor, recovery=done)
