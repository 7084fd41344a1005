"""Who is on a case: added, seconded, ended; and nobody is let in by themself, by page or by command."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.access import rights_on
from casework.actions.members import add_member, end_overdue
from casework.models import Case, Membership
from tests.factories import a_case, on_case, put_on
from tests.people import a_person, signed_in
from web.sweeps import requeue_stale_jobs
from work.models import Notice

pytestmark = pytest.mark.django_db


def address(name, case, *args):
    return reverse(f"casework:{name}", args=[case.reference, *args])


def test_a_coordinator_puts_a_colleague_on_the_case_who_sees_it_at_once(client):
    case = a_case(codename="Heron")
    leila = a_person("leila")
    assert not Case.objects.visible_to(leila).exists()
    signed_in(client, case.lead, fresh=True)
    answer = client.post(address("add_member", case), {"user": leila.pk, "role": "liaison"})
    assert answer.status_code == 302
    assert rights_on(leila, case) == {"view_case", "view_identity", "add_to_packet", "keep_consent"}
    assert Entry.objects.filter(verb="casework.member.added", case_id=case.pk).count() == 1
    page = client.get(address("access", case)).content.decode()
    assert "Leila" in page and "Family liaison" in page


def test_changing_access_asks_for_a_fresh_second_factor_first(client):
    case = a_case()
    leila = a_person("leila")
    row = put_on(case, leila, "reader")
    signed_in(client, case.lead)
    for name, args in (("add_member", ()), ("second_member", (row.pk,)), ("end_member", (row.pk,))):
        for method in (client.get, client.post):
            answer = method(address(name, case, *args))
            assert answer.status_code == 302 and answer.url.startswith(reverse("accounts:prove_again"))
    row.refresh_from_db()
    assert row.ended_at is None and Membership.objects.count() == 2


def test_a_role_is_taken_away_at_once(client):
    case = a_case(codename="Heron")
    leila = on_case(case, "leila", "liaison")
    reader = signed_in(client, leila)
    assert reader.get(address("case", case)).status_code == 200
    row = Membership.objects.get(user=leila)
    signed_in(client, case.lead, fresh=True)
    assert client.post(address("end_member", case, row.pk)).status_code == 302
    assert signed_in(client, leila).get(address("case", case)).status_code == 404
    assert rights_on(leila, case) == frozenset()
    assert "Who was on it" in signed_in(client, case.lead).get(address("access", case)).content.decode()


def test_one_of_two_roles_leaves_the_rights_of_the_other():
    case = a_case()
    leila = on_case(case, "leila", "liaison")
    second = put_on(case, leila, "reader")
    from casework.actions.members import end_member

    end_member(actor=case.lead, membership=Membership.objects.get(user=leila, role="liaison"))
    assert rights_on(leila, case) == {"view_case"}
    end_member(actor=leila, membership=second)
    assert rights_on(leila, case) == frozenset()


def test_somebody_always_manages_access_and_a_lead_is_followed(client):
    case = a_case()
    tomas = on_case(case, "tomas", "legal")
    own = Membership.objects.get(user=case.lead)
    signed_in(client, case.lead, fresh=True)
    refused = client.post(address("end_member", case, own.pk))
    assert refused.status_code == 409 and "Nobody would be left who manages access" in refused.content.decode()
    own.refresh_from_db()
    assert own.ended_at is None and "manage_access" in rights_on(case.lead, case)
    put_on(case, tomas, "coordinator")
    signed_in(client, tomas, fresh=True).post(address("end_member", case, own.pk))
    case.refresh_from_db()
    assert case.lead == tomas


def test_only_who_manages_access_may_change_it(client):
    case = a_case()
    leila = on_case(case, "leila", "liaison")
    other = put_on(case, a_person("tomas"), "reader")
    signed_in(client, leila, fresh=True)
    assert client.get(address("access", case)).status_code == 200
    refused = client.post(address("add_member", case), {"user": leila.pk, "role": "reader"})
    assert refused.status_code == 403 and "say who works on this case" in refused.content.decode()
    assert client.post(address("end_member", case, other.pk)).status_code == 403
    for name, args in (("access", ()), ("add_member", ()), ("end_member", (other.pk,)), ("second_member", (other.pk,))):
        assert signed_in(client, a_person("sam"), fresh=True).get(address(name, case, *args)).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "director", "outside_reviewer"])
def test_a_signing_role_goes_only_to_whom_the_office_gave_it(client, role):
    case = a_case()
    leila = a_person("leila")
    signed_in(client, case.lead, fresh=True)
    refused = client.post(address("add_member", case), {"user": leila.pk, "role": role})
    assert refused.status_code == 422 and "The office has not given this signing role" in refused.content.decode()
    assert not Membership.objects.filter(user=leila).exists()
    holder = a_person({"reviewer": "rui", "director": "dara", "outside_reviewer": "omar"}[role])
    assert client.post(address("add_member", case), {"user": holder.pk, "role": role}).status_code == 302
    assert Membership.objects.get(user=holder).is_in_force


def test_who_asks_for_oneself_waits_for_a_second_person_who_is_somebody_else(client):
    case = a_case()
    rui = on_case(case, "rui", "reviewer")
    signed_in(client, case.lead, fresh=True)
    client.post(address("add_member", case), {"user": case.lead_id, "role": "communications"})
    row = Membership.objects.get(role="communications")
    assert not row.is_in_force
    assert "waits for a second person" in client.get(address("access", case)).content.decode().lower()
    assert "Rui may do it." in client.get(address("access", case)).content.decode()
    own = client.post(address("second_member", case, row.pk))
    assert own.status_code == 409 and "Somebody else must agree" in own.content.decode()
    assert signed_in(client, rui, fresh=True).get(address("second_member", case, row.pk)).status_code == 200
    client.post(address("second_member", case, row.pk))
    row.refresh_from_db()
    assert row.is_in_force and row.seconded_by == rui
    assert Notice.objects.filter(kind="casework.member.asked", user=rui).exists()


def run(*args, **options):
    out = io.StringIO()
    call_command("add_to_case", *args, stdout=out, **options)
    return out.getvalue()


def test_an_administrator_alone_adds_herself_to_no_case_by_command():
    case = a_case()
    admin, rui = a_person("admin"), on_case(case, "rui", "reviewer")
    assert "Asked" in run(case.reference, "admin", "coordinator", actor="admin")
    assert rights_on(admin, case) == frozenset() and not Case.objects.visible_to(admin).exists()
    assert Notice.objects.filter(kind="casework.member.asked", user=rui).exists()
    with pytest.raises(CommandError):
        run(case.reference, "admin", "coordinator", actor="admin", second=True)
    assert rights_on(admin, case) == frozenset()
    run(case.reference, "admin", "coordinator", actor="rui", second=True)
    assert "change_case" in rights_on(admin, case)


def test_the_command_obeys_the_rules_of_the_page():
    case = a_case()
    tomas, sam = a_person("tomas"), a_person("sam")
    a_person("admin")
    for who in ("admin", "sam"):
        with pytest.raises(CommandError) as refused:
            run(case.reference, "tomas", "reader", actor=who)
        assert str(refused.value) == "There is no such case for this person."
    with pytest.raises(CommandError):
        run(case.reference, "sam", "reader", actor="sam")
    with pytest.raises(CommandError):
        run(case.reference, "tomas", "reviewer", actor="ana")
    with pytest.raises(CommandError) as wrong:
        run(case.reference, "tomas", "king", actor="ana")
    assert wrong.value.returncode == 2
    assert '"is_in_force": true' in run(case.reference, "tomas", "legal", actor="ana", json=True)
    assert "change_case" in rights_on(tomas, case) and rights_on(sam, case) == frozenset()


def test_a_role_with_an_end_ends_by_the_sweep():
    case = a_case()
    leila = a_person("leila")
    until = timezone.now() + dt.timedelta(days=1)
    add_member(actor=case.lead, case=case, user=leila, role="reader", until=until)
    assert end_overdue() == 0 and rights_on(leila, case)
    requeue_stale_jobs(now=until)
    assert Membership.objects.get(user=leila).ended_at == until and rights_on(leila, case) == frozenset()
    assert end_overdue(at=until) == 0


def test_a_role_for_a_time_ends_at_its_hour_also_when_no_sweep_runs(client):
    case = a_case()
    leila, tomas = a_person("leila"), a_person("tomas")
    until = timezone.now() + dt.timedelta(days=1)
    add_member(actor=case.lead, case=case, user=leila, role="liaison", until=until)
    add_member(actor=case.lead, case=case, user=tomas, role="liaison", until=until)
    add_member(actor=case.lead, case=case, user=tomas, role="reader")
    assert "view_identity" in rights_on(leila, case) and "view_identity" in rights_on(tomas, case)
    with time_machine.travel(until + dt.timedelta(seconds=1), tick=False):
        assert rights_on(leila, case) == frozenset() and not Case.objects.visible_to(leila).exists()
        assert signed_in(client, leila).get(address("case", case)).status_code == 404
        assert signed_in(client, leila).get(reverse("safety:hold", args=[case.reference])).status_code == 404
        assert rights_on(tomas, case) == {"view_case"}
        assert signed_in(client, tomas).get(address("case", case)).status_code == 200
