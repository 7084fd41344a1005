"""Sending alone is bounded: one notice that nobody looked at a person, three an office, and nobody who is new."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from advocacy.actions.sending import send
from advocacy.actions.signers import look_back
from casework.actions.consent import second_consent
from casework.models import Consent, Membership
from materials.models import Dispatch, Material
from safety.verdict import GateClosed
from tests.advocacy.alarms import a_recipient, as_, has_a_role, raised, signed, to, wait
from tests.advocacy.journeys import PROOF
from tests.factories import on_case
from tests.gate.near_misses import triggers_off
from tests.gate.ready import make_ready
from tests.people import a_person

pytestmark = pytest.mark.django_db


def left_alone(who: User) -> Dispatch:
    """Return a notice that this person sent alone and nobody has looked at, still in time."""
    has_a_role(who)
    ready = make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", alone=True)
    row = ready.a_dispatch(review_due_at=timezone.now() + dt.timedelta(hours=20), created_by=who)
    row.save()
    return row


def test_a_second_notice_waits_until_somebody_looked_at_the_first_or_signs_it(client: Client) -> None:
    wait(0)
    first = raised(client)
    second = raised(client, a_recipient("Consulate"), name="Somebody Else")
    assert client.post(to("urgent_send", first)).status_code == 302
    answer = client.post(to("urgent_send", second))
    assert answer.status_code == 409 and "nobody has looked at yet" in answer.content.decode()
    assert Dispatch.objects.count() == 1
    as_(client, "rui", fresh=True)
    assert client.post(to("urgent_look_back", first), {"note": "It was right."}).status_code == 302
    as_(client, "ana")
    assert client.post(to("urgent_send", second)).status_code == 302


def test_what_a_second_person_signed_is_bounded_by_nothing(client: Client) -> None:
    wait(0)
    first = raised(client)
    second = raised(client, a_recipient("Consulate"), name="Somebody Else")
    client.post(to("urgent_send", first))
    assert signed(client, second).status_code == 302
    as_(client, "ana")
    assert client.post(to("urgent_send", second)).status_code == 302


def test_a_person_without_a_role_calls_the_signers_and_does_not_send(client: Client) -> None:
    wait(0)
    material = raised(client)
    ana = a_person("ana")
    for row in Membership.objects.filter(user=ana, is_opening=False):
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
    answer = client.post(to("urgent_send", material))
    assert answer.status_code == 409 and "no role on a case" in answer.content.decode()
    assert not Dispatch.objects.exists()
    for hours, status in ((23, 409), (25, 302)):
        with triggers_off():
            Membership.objects.filter(user=ana).update(granted_at=timezone.now() - dt.timedelta(hours=hours))
        assert client.post(to("urgent_send", material)).status_code == status


def test_an_account_of_today_calls_the_signers_and_does_not_send(client: Client) -> None:
    wait(0)
    ana = a_person("ana", at=timezone.now() - dt.timedelta(hours=23))
    material = raised(client)
    answer = client.post(to("urgent_send", material))
    assert answer.status_code == 409 and "less than 24 hours old" in answer.content.decode()
    assert not Dispatch.objects.exists()
    with triggers_off():
        User.objects.filter(pk=ana.pk).update(joined_at=timezone.now() - dt.timedelta(hours=25))
    assert client.post(to("urgent_send", material)).status_code == 302


@pytest.mark.parametrize("hours", [23, 25])
def test_an_account_of_today_agrees_to_no_best_interest(client: Client, hours: int) -> None:
    leila = a_person("leila", at=timezone.now() - dt.timedelta(hours=hours))
    material, consent = raised(client), Consent.objects.get()
    on_case(material.cases.get(), "leila", "liaison")
    if hours < 24:
        with pytest.raises(ValidationError, match="less than 24 hours old"):
            second_consent(actor=leila, consent=consent)
    else:
        assert second_consent(actor=leila, consent=consent).seconded_by == leila


def test_three_notices_wait_for_a_look_and_a_fourth_of_somebody_else_does_too(client: Client) -> None:
    wait(0)
    waiting = [left_alone(a_person(username)) for username in ("tomas", "sam", "leila")]
    material = raised(client)
    answer = client.post(to("urgent_send", material))
    assert answer.status_code == 409 and "Three notices that were sent alone" in answer.content.decode()
    look_back(actor=a_person("rui"), dispatch=waiting[1], proof=PROOF, note="It was right.")
    assert client.post(to("urgent_send", material)).status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql_only
def test_of_two_notices_sent_at_once_one_leaves(client: Client) -> None:
    wait(0)
    notices = [raised(client), raised(client, a_recipient("Consulate"), name="Somebody Else")]
    start, refused = threading.Barrier(2, timeout=30), []

    def press(material: Material) -> None:
        start.wait()
        try:
            send(actor=User.objects.get(username="ana"), material=material)
        except GateClosed as closed:
            refused.append(closed.verdict.codes)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[material]) for material in notices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=50)
    assert Dispatch.objects.count() == 1 and refused == [("own-lone-notice-unseen",)]
