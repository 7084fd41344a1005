"""Copies for somebody real: chosen from the directory by a verified channel, made and handed over, listed by who holds them."""

import datetime as dt
import html
import re
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.actions.channels import end_channel
from directory.fitting import READERS, fits
from directory.models import Channel
from directory.vocabulary import terms
from materials.actions import dispatches
from materials.actions.handing_over import hand_over
from materials.leaving.addressees import offered_channels, waiting_channels
from materials.models import Copy, Material
from tests.advocacy.journeys import cleared
from tests.directory.entries import a_channel, an_entry, chosen, to_somebody
from tests.factories import a_case, on_case
from tests.gate.ready import make_ready
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


@pytest.fixture
def ana(client: Client) -> Client:
    return signed_in(client, a_person("ana"))


def to(name: str, row: Any) -> str:
    return reverse(f"materials:{name}", args=[row.pk])


def made(material: Material, to: dispatches.To | None = None) -> Copy:
    """Return a copy that is made, as a worker leaves it."""
    (copy,) = dispatches.dispatch(actor=a_person("ana"), material=material, to=[to or to_somebody()])
    dispatches.leave(actor=a_person("ana"), row=copy.dispatch)
    dispatches.leave(actor=a_person("ana"), row=copy)
    copy.refresh_from_db()
    return copy


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def ticked(answer: Any) -> list[str]:
    """Return the channels that stand ticked on the form of a copy."""
    return re.findall(r'name="recipient" value="([^"]+)"[^>]* checked', words(answer))


# --- who may be chosen ----------------------------------------------------------------------------


def test_the_form_offers_those_whom_the_text_is_written_for_by_verified_channels_alone(ana: Client) -> None:
    material = cleared()
    a_channel(an_entry("Foreign ministry of Orlen"))
    a_channel(an_entry("A friends’ network", "AC_SUPPORTER"))
    a_channel(an_entry("Their own ministry", country=material.cases.get().country))
    a_channel(an_entry("An embassy", "AC_EMBASSY"), verified_on=None)
    a_channel(an_entry("A consulate", "AC_CONSUL"), verified_on=TODAY - dt.timedelta(days=180))
    page = words(ana.get(to("dispatch", material)))
    offered, _heading, rest = page.partition("Written for them, but not verified")
    assert "Foreign ministry of Orlen · By hand" in offered
    assert not any(name in page for name in ("friends’ network", "Their own ministry"))
    assert not any(name in offered for name in ("An embassy", "A consulate"))
    assert "An embassy" in rest and "A consulate" in rest and "180 days are over" in rest


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"verified_on": None}, "Ask a second person to try it"),
        ({"verified_on": TODAY - dt.timedelta(days=180)}, "was verified 180 days ago or more"),
    ],
)
def test_a_copy_through_a_channel_that_does_not_count_is_refused_with_what_mends_it(
    ana: Client, wrong: dict[str, Any], said: str
) -> None:
    row = a_channel(an_entry("An embassy", "AC_EMBASSY"), **wrong)
    answer = ana.post(to("dispatch", cleared()), {"recipient": str(row.pk)})
    assert answer.status_code == 409 and said in words(answer) and not Copy.objects.exists()
    assert str(row.pk) in ticked(answer)


def test_a_channel_that_ends_meanwhile_stops_the_copy_that_waits() -> None:
    material = cleared()
    named = to_somebody()
    (copy,) = dispatches.dispatch(actor=a_person("ana"), material=material, to=[named])
    dispatches.leave(actor=a_person("ana"), row=copy.dispatch)
    end_channel(actor=a_person("rui"), channel=named.sent_to)
    with pytest.raises(dispatches.GateClosed) as closed:
        dispatches.leave(actor=a_person("ana"), row=copy)
    assert closed.value.verdict.codes == ("recipient-not-in-directory",)


def test_an_authority_of_the_holding_state_gets_no_text_for_diplomats(ana: Client) -> None:
    material = cleared()
    sent = chosen("Their own ministry", country=material.cases.get().country)
    answer = ana.post(to("dispatch", material), sent)
    assert answer.status_code == 409 and "serves the State that holds the person" in words(answer)


def test_who_is_not_among_the_readers_is_refused_beside_the_question(ana: Client) -> None:
    answer = ana.post(to("dispatch", cleared()), chosen("A friends’ network", "AC_SUPPORTER"))
    assert answer.status_code == 422 and "and the recipient is none" in words(answer) and not Copy.objects.exists()


def test_no_copy_is_made_for_a_name_that_was_only_typed() -> None:
    with pytest.raises(dispatches.GateClosed) as closed:
        dispatches.dispatch(actor=a_person("ana"), material=cleared(), to=[dispatches.To("Somebody", "by hand")])
    assert closed.value.verdict.codes == ("recipient-not-in-directory",)


@pytest.mark.parametrize("audience", [*READERS, "AU_PUBLIC", "AU_TRUSTED"])
def test_the_list_offers_exactly_whom_the_verb_takes(audience: str) -> None:
    case = a_case()
    rows = [
        a_channel(an_entry(f"{code} {country}", code, country=country))
        for code in terms("actor_type")
        for country in (case.country, "CHE")
    ]
    material = mock.Mock(audience=audience, cases=mock.Mock(all=lambda: [case]))
    taken = {
        row.pk
        for row in rows
        if fits(row.entry.actor_type, row.entry.country, audience=audience, holding={case.country})
    }
    assert {row.pk for row in offered_channels(material)} == taken
    assert waiting_channels(material) == []


def test_who_is_missing_is_added_and_the_form_is_found_as_it_was_left(ana: Client) -> None:
    material = cleared()
    kept = chosen("Foreign ministry of Orlen")
    form = to("dispatch", material)
    begun = ana.post(reverse("directory:entry_add"), {**kept, "to": kept["recipient"], "back": form, "begin": "1"})
    assert begun.status_code == 200 and f'name="back" value="{form}"' in words(begun)
    sent = {"kind": "institution", "name": "Embassy of Orlen", "actor_type": "AC_EMBASSY"}
    way = {"back": form, "to": kept["recipient"]}
    to_channel = ana.post(reverse("directory:entry_add"), {**sent, **way})["Location"]
    assert "channels/add/" in to_channel and kept["recipient"] in to_channel
    page = words(ana.get(to_channel))
    assert f'name="back" value="{form}"' in page
    answer = ana.post(to_channel.partition("?")[0], {"kind": "CH_POST", "address": "Quay 1", **way})
    assert answer["Location"] == f"{form}?to={kept['recipient']}"
    page = words(ana.get(answer["Location"]))
    assert ticked(ana.get(answer["Location"])) == [kept["recipient"]] and "Embassy of Orlen" in page


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "/cases/", "//elsewhere.example/materials/"])
def test_the_way_back_leads_to_the_form_of_a_copy_and_nowhere_else(ana: Client, elsewhere: str) -> None:
    a_case()
    sent = {"kind": "institution", "name": "An embassy", "actor_type": "AC_EMBASSY", "back": elsewhere}
    assert "elsewhere" not in ana.post(reverse("directory:entry_add"), sent)["Location"]


# --- made, and handed over ------------------------------------------------------------------------


def test_a_copy_is_handed_over_once_after_it_was_made_and_says_by_whom(ana: Client) -> None:
    material = cleared()
    copy = made(material)
    assert "Not yet" in words(ana.get(to("copy", copy)))
    assert ana.post(to("handed_over", copy), {"on": TODAY.isoformat()}).status_code == 302
    copy.refresh_from_db()
    assert copy.handed_over_by == a_person("ana") and copy.handed_over_at >= copy.dispatched_at
    assert "Record it" not in words(ana.get(to("copy", copy)))
    with pytest.raises(ValidationError, match="recorded already"):
        hand_over(actor=a_person("ana"), copy=copy, on=TODAY)
    activity = words(ana.get(reverse("casework:activity", args=[material.cases.get().reference])))
    assert "Recorded that a copy was handed over" in activity


@pytest.mark.parametrize(("days", "said"), [(3, "still to come"), (-3, "made later than this day")])
def test_nothing_is_handed_over_before_it_was_made_or_tomorrow(ana: Client, days: int, said: str) -> None:
    copy = made(cleared())
    answer = ana.post(to("handed_over", copy), {"on": (TODAY + dt.timedelta(days=days)).isoformat()})
    assert answer.status_code == 422 and said in words(answer)
    copy.refresh_from_db()
    assert copy.handed_over_at is None


def test_a_copy_that_is_not_made_is_not_handed_over_by_the_verb_or_the_database() -> None:
    (copy,) = dispatches.dispatch(actor=a_person("ana"), material=cleared(), to=[to_somebody()])
    with pytest.raises(ValidationError, match="not made yet"):
        hand_over(actor=a_person("ana"), copy=copy, on=TODAY)
    told = {"handed_over_at": timezone.now(), "handed_over_by": a_person("ana")}
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Copy.objects.filter(pk=copy.pk).update(**told)
    dispatches.leave(actor=a_person("ana"), row=copy.dispatch)
    dispatches.leave(actor=a_person("ana"), row=copy)
    early = {**told, "handed_over_at": timezone.now() - dt.timedelta(hours=1)}
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Copy.objects.filter(pk=copy.pk).update(**early)
    Copy.objects.filter(pk=copy.pk).update(**{**told, "handed_over_at": timezone.now()})
    with pytest.raises(DatabaseError, match="handed-over-at"), transaction.atomic():
        Copy.objects.filter(pk=copy.pk).update(handed_over_at=timezone.now())


def test_who_does_not_send_records_nothing(client: Client) -> None:
    copy = made(cleared())
    case = copy.material.cases.get()
    leila = on_case(case, "leila", "reader")
    assert signed_in(client, leila).post(to("handed_over", copy), {"on": TODAY.isoformat()}).status_code == 404
    with pytest.raises(PermissionDenied):
        hand_over(actor=leila, copy=copy, on=TODAY)


# --- who holds what -------------------------------------------------------------------------------


def test_the_case_and_the_entry_say_who_holds_what(ana: Client) -> None:
    named = to_somebody("Foreign ministry of Orlen")
    copy = made(cleared(), named)
    (waiting,) = dispatches.dispatch(actor=a_person("ana"), material=copy.material, to=[to_somebody("Not made")])
    case = copy.material.cases.get()
    page = words(ana.get(reverse("materials:copies", args=[case.reference])))
    assert "Foreign ministry of Orlen" in page and copy.paper_number in page and "Record it" in page
    assert "Not made" not in page and waiting.paper_number not in page
    page = words(ana.get(reverse("directory:entry", args=[named.sent_to.entry_id])))
    assert copy.paper_number in page and case.codename in page
    Copy.objects.filter(pk=copy.pk).update(stale_at=timezone.now())
    assert "Stale" in words(ana.get(reverse("materials:copies", args=[case.reference])))


def test_somebody_without_the_case_sees_an_entry_as_if_nothing_had_gone_there(client: Client) -> None:
    named, other = to_somebody("Foreign ministry of Orlen"), to_somebody("Another ministry")
    copy = made(cleared(), named)
    case = copy.material.cases.get()
    sam = on_case(a_case(lead=a_person("tomas")), "sam", "coordinator")
    signed_in(client, sam)
    pages = [words(client.get(reverse("directory:entry", args=[row.sent_to.entry_id]))) for row in (named, other)]
    assert copy.paper_number not in pages[0] and case.codename not in pages[0] and "None that you may see." in pages[0]
    assert pages[0].count("<tr") == pages[1].count("<tr")
    assert client.get(reverse("materials:copies", args=[case.reference])).status_code == 404


def test_a_copy_about_two_cases_is_listed_for_who_sends_on_both(client: Client) -> None:
    ready = make_ready("MIN_BRIEF", "AU_DIPLO", cases=2)
    copy = made(ready.material)
    first = ready.cases[0]
    leila = on_case(first, "leila", "coordinator")
    page = words(signed_in(client, leila).get(reverse("materials:copies", args=[first.reference])))
    assert copy.paper_number not in page and "Nobody holds a copy" in page
    entry = Channel.objects.get(copies=copy).entry_id
    assert ready.cases[1].codename not in words(client.get(reverse("directory:entry", args=[entry])))
    page = words(signed_in(client, ready.ana).get(reverse("materials:copies", args=[first.reference])))
    assert copy.paper_number in page


def test_the_list_is_read_by_key_and_asks_as_much_for_many_as_for_few(
    ana: Client, django_assert_max_num_queries: Any
) -> None:
    material = cleared()
    case = material.cases.get()
    entry = an_entry("Foreign ministry of Orlen")
    named = [dispatches.To.through(a_channel(entry)) for _number in range(42)]
    copies = dispatches.dispatch(actor=a_person("ana"), material=material, to=named)
    Copy.objects.filter(pk__in=[copy.pk for copy in copies]).update(dispatched_at=timezone.now())
    address = reverse("materials:copies", args=[case.reference])
    ana.get(address)
    with django_assert_max_num_queries(24):
        page = words(ana.get(address))
    assert page.count("Foreign ministry of Orlen") == 40
    key = page.split("after=")[1].split('"')[0]
    assert words(ana.get(address, {"after": key})).count("Foreign ministry of Orlen") == 2
