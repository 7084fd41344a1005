"""A letter is addressed as the directory has its reader: office, institution, verified address, salutation."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.actions import entries
from directory.actions.entries import EntryGiven
from directory.models import Actor
from materials.actions import materials
from materials.models import Material
from materials.review.readiness import why_not_ready
from safety.models import LeakFinding
from tests.advocacy.journeys import a_written, in_review
from tests.directory.entries import a_channel, an_entry
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
POSTED = "12 Quay Street\n4000 Ulm"


def a_minister(**fields: Any) -> Actor:
    """Return a minister in an office of a ministry, with a salutation and a verified postal address."""
    ministry = an_entry("Foreign ministry of Orlen")
    office = an_entry("Office of the minister", kind="office", parent=ministry)
    columns = {"kind": "person", "parent": office, "title": "Minister", "salutation": "Dear Minister,", **fields}
    person = an_entry("Maria Lund", **columns)
    a_channel(person, kind="CH_POST", address=POSTED)
    return person


def a_letter(reader: Actor | None, **options: Any) -> Material:
    case = a_full_packet(audiences=["AU_OWNGOV"])
    return a_written(case, kind="OFFICIAL_LETTER", audience="AU_OWNGOV", reader=reader, **options)


def section(material: Material, place: str) -> str:
    return next(row["text"] for row in material.body or [] if row["code"].endswith(f".{place}"))


def test_a_letter_bears_the_address_and_the_salutation_of_its_reader_and_no_gap_for_it() -> None:
    letter = a_letter(a_minister())
    lines = section(letter, "1").splitlines()
    assert lines[1:] == [
        "Maria Lund, Minister",
        "Office of the minister",
        "Foreign ministry of Orlen",
        "12 Quay Street",
        "4000 Ulm",
    ]
    assert section(letter, "8") == "Dear Minister,"
    assert not any("how this reader is addressed" in why for why in why_not_ready(letter))


def test_an_address_that_nobody_verified_lately_stays_out() -> None:
    minister = a_minister()
    minister.channels.update(verified_on=timezone.now().date() - dt.timedelta(days=180))
    assert "Quay" not in section(a_letter(minister), "1") and "Maria Lund" in section(a_letter(minister), "1")


def test_without_a_salutation_in_the_directory_the_letter_has_a_gap() -> None:
    letter = a_letter(a_minister(salutation=""))
    assert section(letter, "8") == ""
    assert any("how this reader is addressed" in why for why in why_not_ready(letter))


def test_the_reader_of_a_letter_is_nobody_who_is_asked_about_in_the_scan() -> None:
    letter = in_review(
        a_full_packet(audiences=["AU_OWNGOV"]), kind="OFFICIAL_LETTER", audience="AU_OWNGOV", reader=a_minister()
    )
    found = LeakFinding.objects.filter(scan__material_id=letter.pk)
    assert not [row for row in found if "Lund" in str(vars(row))] and not found.exists()


def test_composing_again_takes_the_address_as_it_is_now() -> None:
    minister = a_minister(salutation="")
    letter = a_letter(minister)
    told = EntryGiven(name=minister.name, actor_type=minister.actor_type, country=minister.country, salutation="Sir,")
    entries.change(actor=minister.entered_by, entry=minister, version=minister.version, given=told)
    again = materials.compose_again(actor=a_person("ana"), material=letter, version=letter.version)
    assert section(again, "8") == "Sir,"


@pytest.mark.parametrize(
    ("kind", "audience", "reader", "said"),
    [
        ("MIN_BRIEF", "AU_DIPLO", {}, "bears no address"),
        ("OFFICIAL_LETTER", "AU_OWNGOV", {"actor_type": "AC_MEDIA"}, "not written to this reader"),
        ("OFFICIAL_LETTER", "AU_OWNGOV", {"country": "XPR"}, "not written to this reader"),
    ],
)
def test_a_reader_who_does_not_fit_is_refused_and_nothing_is_written(
    kind: str, audience: str, reader: dict[str, Any], said: str
) -> None:
    case = a_full_packet(audiences=[audience])
    assert case.country == "XPR"
    entry = an_entry("Somebody", **{"actor_type": "AC_FM", **reader})
    ana = a_person("ana")
    with pytest.raises(ValidationError, match=said):
        materials.write(actor=ana, cases=[case], kind=kind, audience=audience, language="en", reader=entry)
    assert not Material.objects.exists()


def test_the_reader_is_chosen_in_the_form_and_what_was_chosen_is_kept_when_it_is_refused(client: Client) -> None:
    minister = a_minister()
    ended = an_entry("Ministry of yesterday")
    ended.ended_at, ended.ended_by = timezone.now(), a_person("rui")
    ended.save()
    case = a_full_packet(audiences=["AU_OWNGOV", "AU_DIPLO"])
    new = reverse("materials:material_new", args=[case.reference])
    signed_in(client, a_person("ana"))
    assert "Ministry of yesterday" not in client.get(new).content.decode()
    sent = {"kind": "MIN_BRIEF", "audience": "AU_DIPLO", "language": "en", "reader": str(minister.pk)}
    refused = client.post(new, sent)
    said = refused.content.decode()
    assert refused.status_code == 422 and "This kind of text bears no address. Leave it empty." in said
    assert f'value="{minister.pk}" selected' in said
    made = client.post(new, sent | {"kind": "OFFICIAL_LETTER", "audience": "AU_OWNGOV"})
    assert made.status_code == 302
    assert "Maria Lund" in section(Material.objects.get(), "1")
