"""What a protective notice says around the answers: State, age, nationality, the hour, whether the name may be said."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Case, Consent
from materials.models import Material
from tests.advocacy.alarms import a_recipient, as_, as_typed, raised, wait

pytestmark = pytest.mark.django_db


def words_of(material: Material) -> str:
    return "\n".join(row["text"] for row in material.body).replace("\u00a0", " ")


def test_the_notice_says_state_age_nationality_and_until_when_it_is_valid(client: Client) -> None:
    before = timezone.now()
    material = raised(client, age="34", nationality="Verenian")
    said = words_of(material)
    assert "State: Belarus." in said and "Age: 34." in said and "Nationality: Verenian." in said
    assert f"{before:%H:%M} UTC" in said or f"{timezone.now():%H:%M} UTC" in said
    assert "Valid for 72 hours, until" in said
    assert material.stop_on == timezone.localdate(before + dt.timedelta(hours=72))
    assert Consent.objects.get().grants.filter(item="CI_STATUS").exists()


def test_what_is_not_known_is_not_printed_and_discloses_nothing(client: Client) -> None:
    said = words_of(raised(client))
    assert "Age" not in said and "Nationality" not in said
    assert not Consent.objects.get().grants.filter(item="CI_STATUS").exists()


def test_the_hour_at_which_it_was_known_is_printed_and_counts_the_hours(client: Client) -> None:
    known = timezone.localtime() - dt.timedelta(hours=10)
    material = raised(client, known_at=known.strftime("%Y-%m-%dT%H:%M"))
    utc, until = known.astimezone(dt.UTC), known.astimezone(dt.UTC) + dt.timedelta(hours=72)
    said = words_of(material)
    assert f"{utc:%H:%M} UTC. Valid for 72 hours, until {until.day} {until:%B %Y}, {until:%H:%M} UTC." in said


@pytest.mark.parametrize("hours", [-2, 80])
def test_an_hour_to_come_or_long_past_is_refused_with_nothing_written(client: Client, hours: int) -> None:
    row = a_recipient()
    as_(client, "ana")
    at = timezone.localtime() - dt.timedelta(hours=hours)
    answer = client.post(reverse("advocacy:urgent"), as_typed(row, known_at=at.strftime("%Y-%m-%dT%H:%M")))
    assert answer.status_code == 422 and "an hour of the last three days" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("ticked", "said", "not_said"),
    [
        ({"may_be_named": "on"}, "The person may be named to the authorities.", "do not name"),
        ({}, "Please do not name the person to the authorities.", "may be named"),
    ],
)
def test_a_tick_alone_writes_the_handling_line(
    client: Client, ticked: dict[str, Any], said: str, not_said: str
) -> None:
    found = words_of(raised(client, **ticked))
    assert said in found and not_said not in found


def test_a_recipient_known_to_pass_the_name_on_is_refused_without_the_tick(client: Client) -> None:
    wait(0)
    consulate = a_recipient("Consulate in Orlen", "AU_DIPLO", passes_name_on=True)
    as_(client, "ana")
    answer = client.post(reverse("advocacy:urgent"), as_typed(consulate))
    assert answer.status_code == 422 and "known to pass the name to the holding State" in answer.content.decode()
    assert not Case.objects.exists()
    label = as_typed(consulate, name="A nurse of the night shift", is_label="on")
    assert client.post(reverse("advocacy:urgent"), label).status_code == 302
    assert client.post(reverse("advocacy:urgent"), as_typed(consulate, may_be_named="on")).status_code == 302
