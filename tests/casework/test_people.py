"""Names and contacts: sealed until asked for, each view recorded, nothing typed lost."""

import pytest
from django.urls import reverse

from audit.models import Entry
from casework.models import Contact, Name, NameTag, Person
from tests.factories import a_case, a_contact, a_prisoner, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def address(name, case, *args):
    return reverse(f"casework:{name}", args=[case.reference, *args])


def typed(names, version=0, **fields):
    """The form of the identity as a browser sends it; `names` are (pk, version, script, value) or script and value."""
    data = {"version": str(version), "names-TOTAL_FORMS": str(len(names)), "names-INITIAL_FORMS": "0", **fields}
    for number, line in enumerate(names):
        pk, held, script, value = line if len(line) == 4 else ("", "", *line)
        data |= {f"names-{number}-value": value, f"names-{number}-script": script, f"names-{number}-kind": "legal"}
        data |= {f"names-{number}-pk": str(pk), f"names-{number}-version": str(held)}
    return data


def test_names_in_several_scripts_are_written_on_one_page_and_stay_sealed_on_the_packet(client):
    case = a_case(codename="Heron")
    signed_in(client, case.lead)
    names = [("Latn", "Jan Novak"), ("Arab", "يان نوفاك"), ("Cyrl", "Ян Новак")]
    answer = client.post(address("change_identity", case), typed(names, occupation="printer", born_2="1970"))
    assert answer.status_code == 302
    assert [row.value for row in case.names.order_by("created_at")] == [value for _script, value in names]
    assert Person.objects.get().born == "1970"
    packet = client.get(address("case", case)).content.decode()
    assert "Sealed, 3 scripts." in packet and "Show identity" in packet
    for secret in ("Novak", "نوفاك", "Новак", "1970", "printer"):
        assert secret not in packet
    shown = client.get(address("identity", case)).content.decode()
    assert "Jan Novak" in shown and "يان نوفاك" in shown and "printer" in shown


def test_how_the_person_is_spoken_of_is_chosen_sealed_and_shown_only_with_the_identity(client):
    case = a_case(codename="Heron")
    signed_in(client, case.lead)
    names = [("Latn", "Jan Novak")]
    page = client.get(address("change_identity", case)).content.decode()
    assert "As the person chose." in page and '<option value="" selected>Not said</option>' in page
    assert client.post(address("change_identity", case), typed(names, spoken_of="woman")).status_code == 302
    assert Person.objects.get().spoken_of == "woman"
    assert "As a woman" not in client.get(address("case", case)).content.decode()
    assert "As a woman" in client.get(address("identity", case)).content.decode()


def test_another_word_for_how_the_person_is_spoken_of_is_refused_beside_its_field(client):
    case = a_case(codename="Heron")
    answer = signed_in(client, case.lead).post(
        address("change_identity", case), typed([("Latn", "Jan Novak")], spoken_of="robot", occupation="printer")
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose one of the answers in the list." in page and 'value="printer"' in page
    assert not Person.objects.exists()


def test_a_view_of_the_identity_is_recorded_with_its_fields(client):
    case = a_case()
    a_prisoner(case, "Jan Novak", born="1970", health="diabetes")
    rui = on_case(case, "rui", "reviewer")
    signed_in(client, rui).get(address("identity", case))
    entry = Entry.objects.filter(verb="casework.identity.viewed").get()
    assert entry.actor_id == rui.pk and entry.case_id == case.pk
    assert entry.facts() == {"fields": ["name", "born", "health"]}
    activity = client.get(address("activity", case)).content.decode()
    assert "Looked at the identity" in activity and "diabetes" not in activity


def test_without_the_right_to_identity_only_codename_and_reference_are_seen(client):
    case = a_case(codename="Heron")
    a_prisoner(case, "Jan Novak", health="diabetes")
    contact = a_contact(case, "Eva Stern", phone="+420 123")
    reader = on_case(case, "leila", "reader")
    signed_in(client, reader)
    page = client.get(address("case", case)).content.decode()
    assert "Sealed, 1 script." in page and "Show identity" not in page and "Show contacts" not in page
    assert "Novak" not in page and "Stern" not in page and "diabetes" not in page
    for name, args in (
        ("identity", ()),
        ("change_identity", ()),
        ("contacts", ()),
        ("contact", (contact.pk,)),
        ("change_contact", (contact.pk,)),
    ):
        answer = client.get(address(name, case, *args))
        assert (
            answer.status_code == 403
            and "Novak" not in answer.content.decode()
            and "Stern" not in answer.content.decode()
        )
    assert not Entry.objects.filter(verb__in=["casework.identity.viewed", "casework.contact.viewed"]).exists()
    for name, args in (("identity", ()), ("change_identity", ()), ("contacts", ()), ("contact", (contact.pk,))):
        assert signed_in(client, a_person("sam")).get(address(name, case, *args)).status_code == 404


def test_another_line_keeps_everything_typed_and_saves_nothing(client):
    case = a_case()
    signed_in(client, case.lead)
    data = typed([("Latn", "Jan Novak")], occupation="printer") | {"more": "1"}
    page = client.post(address("change_identity", case), data).content.decode()
    assert "Jan Novak" in page and "printer" in page and 'name="names-1-value"' in page
    assert not Name.objects.exists()


def test_faults_stand_at_their_fields_and_nothing_is_lost(client):
    case = a_case()
    person = a_prisoner(case, "Jan Novak")
    name = person.names.get()
    data = typed(
        [(name.pk, name.version, "Latn", ""), ("Latn", "Honza")],
        version=1,
        born_0="40",
        born_1="1",
        born_2="1970",
        note="keep me",
    )
    answer = signed_in(client, case.lead).post(address("change_identity", case), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Day: write a number from 1 to 31" in page and "Write the name, or tick" in page
    assert "keep me" in page and "Honza" in page and 'value="40"' in page
    name.refresh_from_db()
    assert name.value == "Jan Novak"


def test_two_people_change_the_identity_and_the_second_sees_both_texts(client):
    case = a_case()
    person = a_prisoner(case, "Jan Novak", occupation="baker")
    name = person.names.get()
    signed_in(client, case.lead)
    client.post(
        address("change_identity", case), typed([(name.pk, 1, "Latn", "Jan Novak")], version=1, occupation="printer")
    )
    line = [(name.pk, 1, "Latn", "Jan P. Novak")]
    second = client.post(address("change_identity", case), typed(line, version=1, occupation="editor"))
    page = second.content.decode()
    assert second.status_code == 409 and "printer" in page and "editor" in page and "Jan P. Novak" in page
    person.refresh_from_db()
    assert person.occupation == "printer"
    third = client.post(address("change_identity", case), typed(line, version=2, occupation="editor"))
    assert third.status_code == 302
    name.refresh_from_db()
    assert name.value == "Jan P. Novak"


def test_search_tags_follow_a_name_when_it_is_changed_and_removed(client):
    case = a_case()
    person = a_prisoner(case)
    signed_in(client, case.lead)
    client.post(address("change_identity", case), typed([("Latn", "Jan Novak")], version=person.version))
    name = Name.objects.get()
    assert NameTag.objects.filter(row_id=name.pk, purpose="name").count() == 3
    client.post(address("change_identity", case), typed([(name.pk, 1, "Latn", "Jan")], version=person.version))
    assert NameTag.objects.filter(row_id=name.pk, purpose="name").count() == 1
    removing = typed([(name.pk, 2, "Latn", "Jan")], version=person.version) | {"names-0-remove": "on"}
    client.post(address("change_identity", case), removing)
    assert not NameTag.objects.exists() and Name.objects.get().removed_at is not None


def test_a_contact_is_added_changed_removed_and_brought_back(client):
    case = a_case()
    signed_in(client, case.lead)
    client.post(address("add_contact", case), {"kind": "lawyer", "name": "Eva Stern", "phone": "+420 123 456 789"})
    row = Contact.objects.get()
    assert "Eva Stern" in client.get(address("contacts", case)).content.decode()
    assert "+420 123 456 789" in client.get(address("contact", case, row.pk)).content.decode()
    changed = {"kind": "lawyer", "name": "Eva Sternova", "version": "1"}
    assert client.post(address("change_contact", case, row.pk), changed).status_code == 302
    stale = client.post(address("change_contact", case, row.pk), changed | {"name": "Ewa"})
    assert stale.status_code == 409 and "Eva Sternova" in stale.content.decode() and "Ewa" in stale.content.decode()
    gone = client.post(address("remove", case, "contact", row.pk), follow=True)
    page = gone.content.decode()
    assert "The contact was removed." in page and address("undo", case, "contact", row.pk) in page
    assert "Eva Sternova" not in page and not NameTag.objects.exists()
    back = client.post(address("undo", case, "contact", row.pk), follow=True).content.decode()
    assert "The contact is back." in back and "Eva Sternova" in back and NameTag.objects.exists()


def test_a_removed_contact_comes_back_for_ten_minutes_only(client):
    import datetime as dt

    from django.utils import timezone

    case = a_case()
    row = a_contact(case)
    Contact.objects.filter(pk=row.pk).update(removed_at=timezone.now() - dt.timedelta(minutes=11))
    page = signed_in(client, case.lead).post(address("undo", case, "contact", row.pk), follow=True).content.decode()
    assert "more than ten minutes ago" in page and Contact.objects.get().removed_at is not None


def test_only_who_may_change_the_case_removes_rows(client):
    case = a_case()
    row = a_contact(case)
    signed_in(client, on_case(case, "leila", "liaison"))
    assert client.post(address("remove", case, "contact", row.pk)).status_code == 403
    assert signed_in(client, a_person("sam")).post(address("remove", case, "contact", row.pk)).status_code == 404
    other = a_case(codename="Quince", lead=a_person("sam"))
    assert client.post(address("remove", other, "contact", row.pk)).status_code == 404
    assert client.post(address("remove", other, "nonsense", row.pk)).status_code == 404
    assert client.get(address("remove", other, "contact", row.pk)).status_code == 405
    row.refresh_from_db()
    assert row.removed_at is None


def test_a_name_that_gives_the_codename_away_is_said_at_once(client):
    case = a_case(codename="Heron")
    signed_in(client, case.lead)
    page = client.post(address("change_identity", case), typed([("Latn", "Jan Heron")]), follow=True).content.decode()
    assert "The codename now gives something away." in page


def test_a_name_pasted_from_a_messenger_is_kept_without_its_marks_of_direction_and_with_its_joiners(client):
    case = a_case(codename="Heron")
    signed_in(client, case.lead)
    names = [("Latn", "\u2068Vedran \u202bOskolov\u202c\u2069"), ("Arab", "سید علی\u200cنقی")]
    assert client.post(address("change_identity", case), typed(names)).status_code == 302
    assert [row.value for row in case.names.order_by("created_at")] == ["Vedran Oskolov", "سید علی\u200cنقی"]
