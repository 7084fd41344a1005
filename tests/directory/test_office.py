"""How the office signs: by an administrator, into the trail, and on every paper that asks for an answer."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import Refused
from audit.models import Entry
from casework.models import Case
from directory.actions import office
from directory.models import OfficeContact, OfficeIdentity
from materials.actions.materials import StatedDisclosures, compose_again, edit, send_to_review, why_not_ready, write
from materials.leaving.frozen_text import draft_of, letterhead_of
from materials.models import Material
from papers.composing.gaps import CONTACT, CONTACT_WORDS
from papers.letterhead import Letterhead
from papers.pdf.paper import sheet
from tests.factories import a_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
HARROW = {"name": "Mina Quill", "role": "case officer", "channel": "mina@tarnwatch.example"}


def named(**changed: Any) -> OfficeContact:
    return office.enter_contact(actor=a_person("admin"), **{**HARROW, "is_default": False, **changed})


def test_the_first_contact_signs_until_another_one_is_chosen_or_they_end() -> None:
    first = named()
    assert OfficeContact.objects.signing() == first
    second = named(name="Teo Alder")
    assert OfficeContact.objects.signing() == first
    office.let_sign(actor=a_person("admin"), contact=second)
    assert OfficeContact.objects.signing() == second
    office.end_contact(actor=a_person("admin"), contact=second)
    assert OfficeContact.objects.signing() is None
    with pytest.raises(ValidationError, match="has ended"):
        office.let_sign(actor=a_person("admin"), contact=second)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"directory.contact.entered", "directory.contact.signs", "directory.contact.ended"} <= verbs


@pytest.mark.parametrize("username", ["ana", "rui", "dara", "noor", "omar"])
def test_nobody_but_an_administrator_says_how_the_office_signs(client: Client, username: str) -> None:
    a_case()
    row, actor = named(), a_person(username)
    for act in (office.let_sign, office.end_contact):
        with pytest.raises(Refused):
            act(actor=actor, contact=row)
    with pytest.raises(Refused):
        office.enter_contact(actor=actor, **HARROW, is_default=False)
    with pytest.raises(Refused):
        office.change_identity(actor=actor, name="x", address="y", reads=())
    signed_in(client, actor)
    assert client.get(reverse("directory:office_identity")).status_code == 404
    assert client.post(reverse("directory:contact_end", args=[row.pk])).status_code == 404
    assert OfficeContact.objects.signing() == row and not OfficeIdentity.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": " "}, {"role": ""}, {"channel": " "}])
def test_a_contact_is_whole_or_is_not_named(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        named(**wrong)
    assert not OfficeContact.objects.exists()


def test_raw_sql_names_nobody_and_changes_no_letterhead() -> None:
    row = named()
    office.change_identity(actor=a_person("admin"), name="Tarn Watch", address="Lane 3", reads=["fr"])
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficeContact(**HARROW, entered_by=a_person("rui")).save()
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficeIdentity(name="x", address="y", made_by=a_person("rui")).save()
    for sql in ("UPDATE directory_officeidentity SET name = 'x'", "UPDATE directory_officecontact SET channel = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_an_administrator_types_the_letterhead_and_nothing_typed_is_lost(client: Client) -> None:
    signed_in(client, a_person("admin"))
    address = reverse("directory:office_identity")
    refused = client.post(address, {"name": "Tarn Watch", "address": "", "reads": ["fr"]})
    assert refused.status_code == 422 and "Tarn Watch" in refused.content.decode()
    assert client.post(address, {"name": "Tarn Watch", "address": "Lane 3", "reads": ["fr"]}).status_code == 302
    page = client.get(address).content.decode()
    assert "Tarn Watch" in page and "Nobody signs for the office" in page
    entering = reverse("directory:contact_enter")
    assert client.post(entering, {**HARROW, "channel": ""}).status_code == 422
    assert client.post(entering, HARROW).status_code == 302
    page = client.get(address).content.decode()
    assert "Mina Quill" in page and "Nobody signs for the office" not in page


def a_briefing(case: Case, language: str = "en") -> Material:
    return write(actor=case.lead, cases=[case], kind="MIN_BRIEF", audience="AU_DIPLO", language=language)


def contact_of(material: Material) -> str:
    return next(row["text"] for row in material.body if row["code"] == "MIN_BRIEF.10")


def test_a_paper_names_who_signs_and_which_languages_are_read() -> None:
    case = a_full_packet(status="DS_PRETRIAL")
    said = contact_of(a_briefing(case))
    assert said.startswith("Please answer Mina Quill, case officer: desk@tarnwatch.example.")
    assert "We read answers in: English, French." in said and "15\u00a0December\u00a02026" in said
    assert "الإنجليزيّة، الفرنسيّة" in contact_of(a_briefing(case, "ar"))


def test_a_paper_without_a_named_contact_is_refused_and_says_where_to_mend_it() -> None:
    case = a_full_packet(status="DS_PRETRIAL")
    contact = OfficeContact.objects.signing()
    assert contact
    material = a_briefing(case)
    assert str(CONTACT) not in why_not_ready(material)
    office.end_contact(actor=a_person("admin"), contact=contact)
    assert str(CONTACT) in why_not_ready(material), "who ended does not answer any more"
    with pytest.raises(ValidationError, match="Office: how we sign"):
        send_to_review(actor=case.lead, material=material)
    fresh = Material.objects.get(pk=material.pk)
    fresh = compose_again(actor=case.lead, material=fresh, version=fresh.version)
    assert contact_of(fresh) == "" and why_not_ready(fresh).count(str(CONTACT)) == 1
    named(name="Teo Alder")
    told = StatedDisclosures(is_nothing_further=True)
    words = {"MIN_BRIEF.10": "Please answer Teo Alder."}
    fresh = edit(actor=case.lead, material=fresh, version=fresh.version, title=fresh.title, texts=words, told=told)
    assert str(CONTACT) in why_not_ready(fresh), "a name without a way to reach them is no contact"
    words = {"MIN_BRIEF.10": "Please answer Teo Alder, mina@tarnwatch.example."}
    fresh = edit(actor=case.lead, material=fresh, version=fresh.version, title=fresh.title, texts=words, told=told)
    assert str(CONTACT) not in why_not_ready(fresh)


def test_the_letterhead_is_the_one_of_its_day() -> None:
    case = a_full_packet(status="DS_PRETRIAL")
    before = timezone.now() - dt.timedelta(days=10)
    office.change_identity(actor=a_person("admin"), name="Tarn Watch Abroad", address="Quay 9", reads=())
    assert letterhead_of("MIN_BRIEF", before) == Letterhead("Tarn Watch", ("3 Harbour Lane", "Port Tarn"))
    text = draft_of(a_briefing(case))
    assert text.letterhead == Letterhead("Tarn Watch Abroad", ("Quay 9",))
    assert "<b>Tarn Watch Abroad</b>" in sheet(text, None)
    assert letterhead_of("PROTECTIVE_NOTICE") is None


def test_a_paper_in_another_language_names_the_contact_in_its_words_or_is_refused() -> None:
    case = a_full_packet(status="DS_PRETRIAL", language="ar")
    assert "Mina Quill، مسؤولة الملف" in contact_of(a_briefing(case, "ar"))
    office.end_contact(actor=a_person("admin"), contact=OfficeContact.objects.signing())
    row = named(name="Teo Alder", role="head of casework", channel="teo@tarnwatch.example")
    material = a_briefing(case, "ar")
    assert contact_of(material) == ""
    lacking = str(CONTACT_WORDS) % {"language": "Arabic"}
    assert why_not_ready(material).count(lacking) == 1 and str(CONTACT) not in why_not_ready(material)
    told = StatedDisclosures(is_nothing_further=True)
    words = {"MIN_BRIEF.10": "نرجو الرد على Teo Alder, head of casework: teo@tarnwatch.example."}
    typed = edit(
        actor=case.lead, material=material, version=material.version, title=material.title, texts=words, told=told
    )
    assert lacking in why_not_ready(typed), "words of another language do not stand there as they are"
    said = {"name": "تيو ألدر", "role": "رئيس القسم", "channel": "teo@tarnwatch.example"}
    office.say_in_language(actor=a_person("admin"), contact=row, language="ar", **said)
    fresh = compose_again(actor=case.lead, material=typed, version=typed.version)
    assert "تيو ألدر، رئيس القسم: teo@tarnwatch.example" in contact_of(fresh)
    assert lacking not in why_not_ready(fresh) and str(CONTACT) not in why_not_ready(fresh)
    assert "Teo Alder, head of casework" in contact_of(a_briefing(case, "en")), "and English keeps its own"


def test_the_words_of_a_contact_are_written_on_a_page_and_the_newest_count(client: Client) -> None:
    row = named(name="Teo Alder", role="head of casework", channel="teo@tarnwatch.example")
    signed_in(client, a_person("admin"), fresh=True)
    page = reverse("directory:contact_words", args=[row.pk])
    html = client.get(page).content.decode()
    assert 'value="fr"' in html and 'value="en"' not in html.partition("<main")[2]
    for role in ("responsable", "cheffe de dossier"):
        said = {"language": "fr", "name": "Téo Alder", "role": role, "channel": "teo@tarnwatch.example"}
        assert client.post(page, said).status_code == 302
    found = row.words_in("fr")
    assert found and (found.name, found.role) == ("Téo Alder", "cheffe de dossier")
    assert "French" in client.get(reverse("directory:office_identity")).content.decode()
    refused = client.post(page, {"language": "fr", "name": "", "role": "directrice", "channel": "y"})
    assert refused.status_code == 422
    assert "Write the name that may be printed." in refused.content.decode()
    assert "directrice" in refused.content.decode()


def test_the_words_of_a_contact_stay_and_are_not_said_of_one_who_ended_or_in_their_own_language() -> None:
    row = named(name="Teo Alder", role="head of casework", channel="teo@tarnwatch.example")
    said = {"name": "Téo Alder", "role": "responsable", "channel": "teo@tarnwatch.example"}
    for language in ("en", "de"):
        with pytest.raises(ValidationError):
            office.say_in_language(actor=a_person("admin"), contact=row, language=language, **said)
    with pytest.raises(Refused):
        office.say_in_language(actor=a_person("rui"), contact=row, language="fr", **said)
    office.say_in_language(actor=a_person("admin"), contact=row, language="fr", **said)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE directory_officecontactwords SET role = 'x'")
    office.end_contact(actor=a_person("admin"), contact=row)
    with pytest.raises(ValidationError):
        office.say_in_language(actor=a_person("admin"), contact=row, language="es", **said)
