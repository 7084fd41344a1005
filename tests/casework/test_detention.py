"""Detention, places, charges and what is missing: with imprecise dates, in words, and only for who may know."""

import pytest
from django.urls import reverse

from casework.models import Case, Charge, Detention, PacketAnswer, Place
from casework.packet_progress import facts_of, meter, question_lines
from tests.factories import a_case, a_claim, a_contact, a_detention, a_prisoner
from tests.packet.filling import answer, fill
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def address(name, case, *args):
    return reverse(f"casework:{name}", args=[case.reference, *args])


def test_a_detention_with_an_imprecise_date_is_told_as_far_as_it_is_known(client):
    case = a_case()
    signed_in(client, case.lead)
    data = {"started_0": "14", "started_1": "3", "started_2": "2025", "started_3": "on", "authority": "Prison service"}
    assert client.post(address("add_detention", case), data | {"counsel": "CA_PRIVATE"}).status_code == 302
    assert Detention.objects.get().started == "2025-03-14~"
    assert Case.objects.get().year_detained == 2025
    page = client.get(address("case", case)).content.decode()
    assert (
        "about 14 March 2025" in page and "(about " in page and "Prison service" in page and "Private meetings" in page
    )


def test_days_are_exact_only_from_an_exact_date(client):
    case = a_case()
    a_detention(case, started="2025-03-14")
    page = signed_in(client, case.lead).get(address("case", case)).content.decode()
    assert "14 March 2025" in page and "about 14 March" not in page and "days on" in page and "(about" not in page


def test_a_date_told_in_another_calendar_is_converted(client):
    case = a_case()
    data = {"started_0": "24", "started_1": "12", "started_2": "1403", "started_4": "solar"}
    signed_in(client, case.lead).post(address("add_detention", case), data)
    assert Detention.objects.get().started == "2025-03-14"


def test_an_end_before_the_beginning_is_refused_at_its_field_and_nothing_is_lost(client):
    case = a_case()
    data = {"started_2": "2025", "ended_2": "2024", "circumstances": "at the newspaper's office"}
    answer = signed_in(client, case.lead).post(address("add_detention", case), data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "This lies before the first date." in page
    assert "at the newspaper&#x27;s office" in page and not Detention.objects.exists()


def test_places_and_charges_are_added_changed_and_removed(client):
    case = a_case()
    signed_in(client, case.lead)
    first = client.post(address("add_place", case), {"place": "Colony no. 4"}, follow=True).content.decode()
    assert "A place belongs to a detention." in first and not Place.objects.exists()
    a_detention(case)
    client.post(address("add_place", case), {"place": "Colony no. 4", "since_1": "6", "since_2": "2026"})
    client.post(
        address("add_charge", case), {"law": "Media Act, art. 9", "court": "District Court", "case_number": "12/345"}
    )
    page = client.get(address("case", case)).content.decode()
    assert "Colony no. 4" in page and "June 2026" in page and "Media Act, art. 9" in page and "12/345" not in page
    place, charge = Place.objects.get(), Charge.objects.get()
    client.post(address("change_place", case, place.pk), {"place": "Colony no. 5", "version": "1"})
    client.post(address("change_charge", case, charge.pk), {"law": "Media Act, art. 10", "version": "1"})
    gone = client.post(address("remove", case, "charge", charge.pk), follow=True).content.decode()
    assert "Colony no. 5" in gone and "Media Act" not in gone and "The charge was removed." in gone
    assert "Media Act, art. 10" in client.post(address("undo", case, "charge", charge.pk), follow=True).content.decode()
    kept = client.post(address("remove", case, "detention", place.detention_id), follow=True).content.decode()
    assert "Places or charges belong to this detention." in kept


def test_with_two_detentions_one_says_to_which_a_place_belongs(client):
    case = a_case()
    old, new = a_detention(case, started="1990"), a_detention(case, started="2025")
    signed_in(client, case.lead)
    assert "Which detention" in client.get(address("add_place", case)).content.decode()
    client.post(address("add_place", case), {"place": "Remand prison", "spell": str(old.pk)})
    assert Place.objects.get().detention == old != new


def test_case_numbers_and_judges_are_shown_with_the_identity_alone(client):
    case = a_case()
    Charge.objects.create(case=case, law="Media Act", judge="Judge Dread", case_number="12/345")
    signed_in(client, case.lead)
    assert "12/345" not in client.get(address("case", case)).content.decode()
    shown = client.get(address("identity", case)).content.decode()
    assert "12/345" in shown and "Judge Dread" in shown


def test_a_blank_question_is_missing_and_unknown_is_an_answer(client):
    case = a_case()
    a_detention(case, legal_basis="Penal Code")
    signed_in(client, case.lead)
    before = meter(question_lines(facts_of(case)), "WGAD")
    page = client.get(address("case", case)).content.decode()
    assert "Not yet asked" in page and f"{before.done} of {before.total}" in page
    unheard = fill(client, case, answer("arr_warrant", "unknown"), place="?answer=arr_warrant")
    assert unheard.status_code == 422 and "are answers only then" in unheard.content.decode()
    asked = answer("arr_warrant", "unknown", asked="family, 9 November")
    fill(client, case, asked, place="?answer=arr_warrant")
    after = meter(question_lines(facts_of(case)), "WGAD")
    assert (after.done, after.total) == (before.done + 1, before.total)
    page = client.get(address("case", case)).content.decode()
    assert "family, 9 November" in page and f"{after.done} of {after.total}" in page
    fill(client, case, answer("arr_warrant", "refused", by="family, 12 November"), place="?answer=arr_warrant")
    assert PacketAnswer.objects.present().get().answer == "refused"


def test_the_questions_of_the_form_count_what_the_packet_holds():
    case = a_case(authorities_say="tax alone")
    empty = meter(question_lines(facts_of(case)), "WGAD")
    a_prisoner(case, "Jan Novak", born="1970", gender="man", nationality="Verenia", occupation="editor")
    a_detention(case, place="Remand prison", charge="Media Act", warrant="no", taken_by="police")
    full = meter(question_lines(facts_of(case)), "WGAD")
    assert full.total == empty.total > 15 and full.done >= empty.done + 12
    assert "arr_warrant" not in [line.question.code for line in full.missing]


def test_a_stranger_finds_none_of_these_pages(client):
    case = a_case()
    detention = a_detention(case, place="Colony", charge="Media Act")
    rows = {
        "change_detention": detention,
        "change_place": detention.places.get(),
        "change_charge": detention.charges.get(),
    }
    signed_in(client, a_person("sam"))
    for name, row in rows.items():
        for method in (client.get, client.post):
            assert method(address(name, case, row.pk)).status_code == 404
    for name in ("case", "add_detention", "add_place", "add_charge", "change_case", "activity", "access"):
        assert client.get(address(name, case)).status_code == 404
    own = a_case(codename="Quince", lead=a_person("sam"))
    for name, row in rows.items():
        assert client.get(address(name, own, row.pk)).status_code == 404


def test_the_queries_of_the_packet_do_not_grow_with_its_rows(client, django_assert_max_num_queries):
    case = a_case()
    a_prisoner(case, "Jan Novak")
    a_claim(case)
    a_detention(case, place="One", charge="One")
    signed_in(client, case.lead)
    client.get(address("case", case))
    with django_assert_max_num_queries(32) as few:
        client.get(address("case", case))
    for number in range(8):
        a_claim(case)
        a_contact(case, f"Contact {number}")
        a_detention(case, started=f"20{10 + number}", place=f"Place {number}", charge=f"Law {number}")
    with django_assert_max_num_queries(len(few)):
        client.get(address("case", case))
