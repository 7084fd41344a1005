"""The directory through its pages: written by who may, a channel verified by a second person, found by name, ended."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.actions import channels, entries
from directory.actions.entries import EntryGiven
from directory.models import Actor, Channel
from tests.directory.entries import a_channel, an_entry
from tests.factories import a_case, on_case
from tests.people import a_person, give_office_role, signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


def as_(client: Client, username: str, *, fresh: bool = True) -> Client:
    if username == "ana" and not a_person("ana").memberships.exists():
        a_case()
    return signed_in(client, a_person(username), fresh=fresh)


def at(name: str, row: Any) -> str:
    return reverse(f"directory:{name}", args=[row.pk])


def told(**changed: Any) -> dict[str, Any]:
    return {"kind": "institution", "name": "Ministry of Harbours", "actor_type": "AC_FM", "country": "CHE", **changed}


def verified(client: Client, username: str, row: Channel, **changed: Any) -> Any:
    sent = {"on": TODAY.isoformat(), "how": "Rang the switchboard", **changed}
    return as_(client, username).post(at("channel_verify", row), sent)


def test_an_entry_gets_a_channel_that_counts_once_a_second_person_verified_it(client: Client) -> None:
    answer = as_(client, "ana").post(reverse("directory:entry_add"), told())
    entry = Actor.objects.get()
    assert answer["Location"] == at("channel_add", entry)
    client.post(at("channel_add", entry), {"kind": "CH_POST", "address": "Quay 1\n1000 Orlen"})
    row = Channel.objects.get()
    page = client.get(at("entry", entry)).content.decode()
    assert "Not verified" in page and "a second person verifies it" in page and "Quay 1" in page
    assert not Channel.objects.usable().exists()
    assert verified(client, "rui", row).status_code == 302
    assert Channel.objects.usable().get() == row
    page = client.get(at("entry", entry)).content.decode()
    assert "By Rui: Rang the switchboard" in page and "Verify it again" in page


def test_who_wrote_an_address_down_does_not_verify_it(client: Client) -> None:
    as_(client, "rui")
    row = channels.add_channel(actor=a_person("rui"), entry=an_entry(), kind="CH_EMAIL", address="a@b.example")
    answer = verified(client, "rui", row)
    assert answer.status_code == 422 and "A second person must verify it" in answer.content.decode()
    row.refresh_from_db()
    assert row.verified_on is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": (TODAY + dt.timedelta(days=2)).isoformat()}, "still to come"),
        ({"on": (TODAY - dt.timedelta(days=180)).isoformat()}, "too long ago"),
        ({"how": ""}, "Say through which second way"),
    ],
)
def test_verifying_says_when_and_how(client: Client, wrong: dict[str, str], said: str) -> None:
    row = a_channel(verified_on=None)
    answer = verified(client, "dara", row, **wrong)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_verifying_asks_for_the_second_factor(client: Client) -> None:
    row = a_channel(verified_on=None)
    as_(client, "dara", fresh=False)
    assert "next=" in client.post(at("channel_verify", row), {"on": TODAY.isoformat(), "how": "Rang"})["Location"]
    row.refresh_from_db()
    assert row.verified_on is None


def test_a_new_address_ends_the_old_one_and_begins_unverified(client: Client) -> None:
    old = a_channel()
    as_(client, "rui").post(at("channel_replace", old), {"kind": "CH_POST", "address": "Elsewhere 2"})
    old.refresh_from_db()
    assert old.ended_at and not Channel.objects.usable().exists()
    assert Channel.objects.get(ended_at=None).verified_on is None


@pytest.mark.parametrize(("days", "counts"), [(0, True), (179, True), (180, False)])
def test_what_was_verified_counts_for_180_days(days: int, counts: bool) -> None:
    row = a_channel(verified_on=TODAY - dt.timedelta(days=days))
    assert row.is_verified() is counts and Channel.objects.usable().exists() is counts


def changed(client: Client, entry: Actor, **other: Any) -> Any:
    sent = {"name": entry.name, "actor_type": entry.actor_type, "country": entry.country, "version": entry.version}
    return client.post(at("entry_change", entry), {**sent, **other})


@pytest.mark.parametrize(
    ("other", "stands"),
    [
        ({"salutation": "Excellency,"}, True),
        ({"language": "fr"}, True),
        ({"name": "Another desk"}, False),
        ({"country": "XPR"}, False),
        ({"actor_type": "AC_NGO_INT"}, False),
    ],
)
def test_another_name_state_or_description_is_verified_anew(
    client: Client, settings: Any, other: dict[str, str], stands: bool
) -> None:
    settings.PRACTICE = True
    row = a_channel()
    assert changed(as_(client, "ana"), row.entry, **other).status_code == 302
    row.refresh_from_db()
    assert (row.verified_on is not None) is stands
    assert row.carries_mark() and Actor.objects.get().carries_mark()


def test_a_new_name_of_an_institution_counts_for_what_stands_in_it(client: Client) -> None:
    ministry = an_entry("Ministry of Harbours")
    row = a_channel(an_entry("Desk", kind="office", parent=ministry))
    changed(as_(client, "ana"), ministry, name="Ministry of Lighthouses")
    row.refresh_from_db()
    assert row.verified_on is None


def test_of_two_who_change_an_entry_the_second_sees_both_and_may_save_over_it(client: Client) -> None:
    entry = an_entry("Human rights desk")
    as_(client, "ana")
    changed(client, entry, title="The desk")
    answer = changed(client, entry, salutation="Dear colleagues,")
    page = answer.content.decode()
    assert answer.status_code == 422 and "Somebody saved this entry after you opened it" in page
    assert "What is saved now" in page and "The desk" in page and "Dear colleagues," in page
    differs = page.partition('id="differs-h"')[2].partition("</section>")[0]
    assert "You saved this yourself on" in page and "Formal title" in differs and "Salutation" in differs
    assert changed(client, entry, salutation="Dear colleagues,", version=2).status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.salutation) == ("", "Dear colleagues,")


def test_an_entry_is_found_by_words_of_its_name_and_by_its_state(client: Client) -> None:
    an_entry("Ministry of Foreign Affairs of Orlen")
    an_entry("Friends of the Free Word", "AC_SUPPORTER", country="")
    as_(client, "ana")

    def found(words: str) -> list[str]:
        page = client.post(reverse("directory:actors"), {"words": words}).content.decode()
        return [name for name in ("Orlen", "Free Word") if f"{name}</bdi>" in page]

    assert found("orlen ministry") == ["Orlen"] and found("WORD") == ["Free Word"]
    assert found("Switzerland") == ["Orlen"] and found("Harbour") == []


def test_a_new_name_is_found_and_the_old_one_is_not(client: Client) -> None:
    entry = an_entry("Ministry of Harbours")
    changed(as_(client, "ana"), entry, name="Ministry of Lighthouses")
    page = client.post(reverse("directory:actors"), {"words": "Harbours"}).content.decode()
    assert "Nobody is called so here" in page
    assert "Lighthouses</bdi>" in client.post(reverse("directory:actors"), {"words": "lighthouses"}).content.decode()


def test_the_list_is_read_by_key_and_asks_as_much_for_many_as_for_few(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(45):
        a_channel(an_entry(f"Desk {number}"))
    as_(client, "ana").get(reverse("directory:actors"))
    with django_assert_max_num_queries(14):
        page = client.get(reverse("directory:actors")).content.decode()
    assert "Desk 44<" in page and "Desk 4<" not in page
    (key,) = {part.split('"')[0] for part in page.split("after=")[1:]}
    rest = client.get(reverse("directory:actors"), {"after": key}).content.decode()
    assert "Desk 4<" in rest and "Desk 44<" not in rest


def test_an_empty_directory_says_who_may_write(client: Client) -> None:
    assert "Add the institutions" in as_(client, "ana").get(reverse("directory:actors")).content.decode()
    page = as_(client, "noor").get(reverse("directory:actors")).content.decode()
    assert "Who coordinates a case" in page and reverse("directory:entry_add") not in page


def test_what_stands_in_what_is_asked(client: Client) -> None:
    ministry = an_entry("Ministry")
    as_(client, "ana")
    assert client.post(reverse("directory:entry_add"), told(kind="office")).status_code == 422
    assert client.post(at("entry_add_in", ministry), told(kind="institution")).status_code == 422
    assert client.post(at("entry_add_in", ministry), told(kind="office", name="Desk")).status_code == 302
    desk = Actor.objects.get(kind="office")
    client.post(at("entry_add_in", desk), told(kind="person", name="Ilse Maran"))
    person = Actor.objects.get(kind="person")
    assert person.line == "Ilse Maran, Desk, Ministry" and desk.line == "Desk, Ministry"
    with pytest.raises(ValidationError):
        given = EntryGiven(actor_type="AC_FM", name="Somebody")
        entries.enter(actor=a_person("ana"), kind="person", given=given, parent=person)


def test_what_others_stand_in_is_ended_after_them(client: Client) -> None:
    ministry = an_entry("Ministry")
    desk = an_entry("Desk", kind="office", parent=ministry)
    row = a_channel(desk)
    as_(client, "ana").post(at("entry_end", ministry))
    ministry.refresh_from_db()
    assert ministry.ended_at is None
    client.post(at("entry_end", desk))
    client.post(at("entry_end", ministry))
    ministry.refresh_from_db()
    assert ministry.ended_at and not Channel.objects.usable().filter(pk=row.pk).exists()
    assert "This entry was ended" in client.get(at("entry", ministry)).content.decode()


def test_who_may_not_write_reads_and_to_outside_reviewers_there_is_nothing(client: Client) -> None:
    row = a_channel()
    pages = [reverse("directory:actors"), at("entry", row.entry)]
    forms = [
        reverse("directory:entry_add"),
        at("entry_change", row.entry),
        at("channel_add", row.entry),
        at("channel_verify", row),
    ]
    as_(client, "noor")
    assert [client.get(page).status_code for page in pages] == [200, 200]
    assert [client.get(form).status_code for form in forms] == [403] * 4
    assert "Verify it" not in client.get(pages[1]).content.decode()
    as_(client, "omar")
    assert [client.get(page).status_code for page in [*pages, *forms]] == [404] * 6


@pytest.mark.parametrize("username", ["noor", "admin", "leila"])
def test_the_acts_ask_for_themselves_who_writes(username: str) -> None:
    row, actor = a_channel(), on_case(a_case(), "leila", "reader") if username == "leila" else a_person(username)
    given = EntryGiven(actor_type="AC_FM", name="Somebody")
    for act in (
        lambda: entries.enter(actor=actor, kind="institution", given=given),
        lambda: entries.change(actor=actor, entry=row.entry, version=1, given=given),
        lambda: entries.end(actor=actor, entry=row.entry),
        lambda: channels.add_channel(actor=actor, entry=row.entry, kind="CH_POST", address="Elsewhere"),
        lambda: channels.verify(actor=actor, channel=row, on=TODAY, how="Rang"),
        lambda: channels.end_channel(actor=actor, channel=row),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Actor.objects.count() == Channel.objects.count() == 1


# --- by the database ------------------------------------------------------------------------------


def refused(sql: str, *values: Any) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except (DatabaseError, IntegrityError) as refusal:
        return str(refusal)
    return ""


def test_the_database_takes_no_verified_channel_and_no_verification_by_who_wrote_it() -> None:
    rui = a_person("rui")
    with pytest.raises(DatabaseError, match="born-verified"), transaction.atomic():
        Channel.objects.create(
            entry=an_entry(),
            kind="CH_POST",
            address="x",
            entered_by=rui,
            verified_by=a_person("dara"),
            verified_on=TODAY,
        )
    a_channel(verified_on=None)
    verify = "UPDATE directory_channel SET verified_by_id = %s, verified_on = %s"
    assert "a_second_person_verifies_a_channel" in refused(verify, rui.pk, TODAY)
    assert "may-not-verify" in refused(verify, a_person("noor").pk, TODAY)
    assert "still-to-come" in refused(verify, a_person("dara").pk, TODAY + dt.timedelta(days=9))
    assert refused(verify, a_person("dara").pk, TODAY) == ""


def test_the_database_lets_no_address_change_and_nothing_that_a_channel_was_verified_of() -> None:
    row = a_channel()
    assert "only-these-columns" in refused("UPDATE directory_channel SET address = 'x'")
    assert "only-these-columns" in refused("UPDATE directory_actor SET kind = 'person'")
    for column, value in (("country", "XPR"), ("actor_type", "AC_NGO_INT"), ("name", "x")):
        said = refused(f"UPDATE directory_actor SET {column} = %s", value)
        assert f"an_entry_changes_only_what_nobody_verified: {column.replace('_', '-')}" in said
    assert "never-deleted" in refused("DELETE FROM directory_channel")
    assert "never-deleted" in refused("DELETE FROM directory_actor")
    channels.end_channel(actor=a_person("rui"), channel=row)
    assert "ended-at" in refused("UPDATE directory_channel SET ended_at = NULL, ended_by_id = NULL")
    assert "verified-on" in refused("UPDATE directory_channel SET verified_on = %s", TODAY - dt.timedelta(days=3))


def test_a_row_that_was_changed_outside_the_program_is_not_verified() -> None:
    give_office_role(a_person("tomas"), "reviewer")
    row = a_channel()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_channel SET verified_by_id = %s", [a_person("tomas").pk])
    with pytest.raises(ValidationError, match="outside the program"):
        channels.verify(actor=a_person("dara"), channel=row, on=TODAY, how="Rang")
