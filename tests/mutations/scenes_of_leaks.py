"""What a text that would leave gives away: words of our own tables, addresses, numbers, names, scripts nobody can check."""

import uuid
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from casework.consent_rule import ledgers_of
from casework.models import Charge, Contact, Name, Person, Place, Source
from safety.leaks import look
from safety.leaks.looking import Hit, Look, hits
from safety.leaks.people import protected_people
from safety.leaks.terms import opened_by_contacts, protected_name, protected_terms, telephone
from tests.factories import a_case, a_claim, a_consent, a_contact, a_detention, a_prisoner, a_source

CASE = uuid.uuid4()
NUMBER = "K-4471/2025"
RESIDENCE = "12 Lantern Yard, Lower Tarn"


def world() -> SimpleNamespace:
    """Return a case in which everything that must not print has a value."""
    case = a_case(codename="Silver Reed")
    a_prisoner(case, "Ilias Varanen", residence=RESIDENCE, document_number="AB 778 120")
    a_detention(case, place="Colony no. 4, Lower Tarn")
    Charge.objects.create(case=case, law="Penal Code art. 214", case_number=NUMBER)
    a_contact(
        case, "Salme Oravets", phone="+372 555 01234", email="salme@reed.example", address="Rope Walk 17", kind="family"
    )
    a_contact(case, "Otto Brandek", kind="lawyer", other_names="Jyri Kotkas\nJ. Kotkanen")
    a_source(case, "Talk", identity="Piet Hollander")
    a_claim(case, "He was taken.")
    return SimpleNamespace(case=case)


def fields_in(case: Any, text: str, *opened: str) -> set[str]:
    """Return which fields a text shows, with these items open."""
    return {hit.field for hit in look([case], {"text": text}, {case.pk: set(opened)}).hits}


def shows(case: Any, field: str, text: str, *opened: str) -> bool:
    """Say whether a text shows a value of this field."""
    return field in fields_in(case, text, *opened)


def the_number_of_the_court_is_found_however_it_is_set(world: Any) -> None:
    field = "casework.charge.case_number"
    for text in (NUMBER, "K 4471 2025", "k4471/2025", "see file K-4471-2025."):
        assert shows(world.case, field, f"In the file {text} stands more."), text
    assert not shows(world.case, field, "In the file K-4472/2025 stands more.")
    assert not shows(world.case, field, NUMBER, "CI_DOCS"), "who may read the papers reads their number"
    assert shows(world.case, field, NUMBER, "CI_LOCATION", "CI_NAME", "CI_BIO")


def the_number_of_a_charge_that_was_removed_is_not_looked_for(world: Any) -> None:
    Charge.objects.filter(case=world.case).update(removed_at=timezone.now())
    assert not shows(world.case, "casework.charge.case_number", NUMBER)


def the_residence_is_found_whatever_is_open(world: Any) -> None:
    every = ("CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS", "CI_FAMILY")
    assert shows(world.case, "casework.person.residence", f"He lives at {RESIDENCE}.", *every)
    assert shows(world.case, "casework.person.residence", "He lives at 12 LANTERN YARD\nLower Tarn.", *every)
    Person.objects.filter(case=world.case).update(removed_at=timezone.now())
    assert not shows(world.case, "casework.person.residence", RESIDENCE)


def the_number_of_a_passport_is_found(world: Any) -> None:
    assert shows(world.case, "casework.person.document_number", "Passport AB778120 was taken.", "CI_NAME", "CI_DOCS")


def a_value_of_four_letters_is_looked_for(world: Any) -> None:
    Person.objects.filter(case=world.case).update(removed_at=timezone.now())
    a_prisoner(world.case, document_number="X9Q2")
    assert shows(world.case, "casework.person.document_number", "It bears X9Q2 on it.")


def where_somebody_is_reached_is_found(world: Any) -> None:
    assert shows(world.case, "casework.contact.email", "Write to salme@reed.example now.", "CI_FAMILY")
    assert shows(world.case, "casework.contact.address", "It lies at Rope Walk 17.", "CI_FAMILY")
    Contact.objects.filter(case=world.case).update(removed_at=timezone.now())
    assert not fields_in(world.case, "It lies at Rope Walk 17; salme@reed.example")


def a_telephone_number_is_found_as_dialled_at_home_and_abroad(world: Any) -> None:
    for text in ("00372 55501234", "555 01234", "five five five o one two three four", "(555) 01-234", "٥٥٥٠١٢٣٤"):
        assert shows(world.case, "casework.contact.phone", f"Call {text} tonight."), text
    assert not shows(world.case, "casework.contact.phone", "Call 555 01235 tonight.")


def the_code_of_a_country_has_one_to_three_figures(world: Any) -> None:
    assert telephone(CASE, "+353 1 555 0177")[0].figures == {"315550177", "15550177"}
    assert telephone(CASE, "+7 555 0177")[0].figures == {"75550177", "5550177"}
    assert telephone(CASE, "+380 555 0177")[0].figures == {"805550177", "5550177"}
    assert telephone(CASE, "0020 555 0177")[0].figures == {"205550177", "5550177"}
    assert telephone(CASE, "015 555 0177")[0].figures == {"155550177"}, "a number of the country itself has no code"


def a_telephone_number_has_six_figures_at_least(world: Any) -> None:
    assert [row.figures for told in ("12345", "123456") for row in telephone(CASE, told)] == [{"123456"}]


def the_codename_is_found_joined_and_parted(world: Any) -> None:
    for text in ("case Silver Reed", "silver reed", "SilverReed", "silver_reed.pdf"):
        assert shows(world.case, "casework.case.codename", text), text
    assert not shows(world.case, "casework.case.codename", "A reed of silver")


def a_codename_of_one_word_counts_with_its_capital(world: Any) -> None:
    case = a_case(codename="Juniper")
    assert shows(case, "casework.case.codename", "We speak of Juniper today.")
    assert not shows(case, "casework.case.codename", "A juniper grows there.")
    assert shows(case, "casework.case.codename", "See #juniper2026 there.")


def the_reference_of_a_case_is_found(world: Any) -> None:
    reference = world.case.reference
    assert shows(world.case, "casework.case.reference", f"Our file {reference}.")
    assert shows(world.case, "casework.case.reference", f"Our file {reference.lower()} is open.")


def the_number_of_a_claim_is_found_by_its_word(world: Any) -> None:
    assert shows(world.case, "casework.claim.number", "as claim 1 says")
    assert not shows(world.case, "casework.claim.number", "as claim 7 says")
    assert not shows(world.case, "casework.claim.number", "One says so; 1 of them.")


def the_place_is_found_until_it_is_open(world: Any) -> None:
    assert shows(world.case, "casework.place.place", "He sits in Colony no. 4, Lower Tarn.", "CI_NAME")
    assert shows(world.case, "casework.place.place", "He sits near Lower Tarn.", "CI_NAME")
    assert not shows(world.case, "casework.place.place", "He sits near Lower Tarn.", "CI_LOCATION")
    assert not shows(world.case, "casework.place.place", "He sits in the Colony.")
    Place.objects.filter(case=world.case).update(removed_at=timezone.now())
    assert not shows(world.case, "casework.place.place", "He sits near Lower Tarn.")


def the_name_of_the_prisoner_is_found_until_it_is_open(world: Any) -> None:
    for text in ("Ilias Varanen", "Varanen, Ilias", "I. Varanen", "VARANEN", "Varanens", "Varanem"):
        assert shows(world.case, "casework.name.value", f"They took {text} away."), text
    assert not shows(world.case, "casework.name.value", "They took Ilias Varanen away.", "CI_NAME")
    Name.objects.filter(case=world.case).update(removed_at=timezone.now())
    assert not shows(world.case, "casework.name.value", "They took Ilias Varanen away.")


def relatives_are_protected_until_the_family_is_open(world: Any) -> None:
    field = "casework.contact.name"
    assert shows(world.case, field, "Salme Oravets wept.", "CI_NAME")
    assert not shows(world.case, field, "Salme Oravets wept.", "CI_FAMILY")
    assert shows(world.case, field, "Otto Brandek spoke.", "CI_FAMILY"), "a lawyer is no relative"
    assert shows(world.case, field, "Jyri Kotkas spoke."), "other spellings are looked for"


def who_told_us_is_protected_until_sources_are_open(world: Any) -> None:
    field = "casework.source.identity"
    assert shows(world.case, field, "Piet Hollander told it.", "CI_NAME", "CI_FAMILY")
    assert not shows(world.case, field, "Piet Hollander told it.", "CI_SOURCE")
    Source.objects.filter(case=world.case).update(removed_at=timezone.now())
    assert not shows(world.case, field, "Piet Hollander told it.")


def whoever_answered_for_the_person_is_protected(world: Any) -> None:
    a_consent(world.case, giver="CG_FAMILY", giver_name="Aino Kask")
    a_consent(world.case, giver="CG_POA", giver_name="Ott Rebane")
    a_consent(world.case, giver="CG_SELF", giver_name="He himself")
    field = "casework.consent.giver_name"
    assert shows(world.case, field, "Aino Kask agreed.") and not shows(
        world.case, field, "Aino Kask agreed.", "CI_FAMILY"
    )
    assert shows(world.case, field, "Ott Rebane agreed.", "CI_FAMILY"), "a power of attorney is held by somebody else"
    assert {row.field for row in protected_people(world.case, {"CI_NAME", "CI_SOURCE", "CI_FAMILY"})} == {
        "casework.contact.name",
        field,
    }


def a_contact_who_agreed_to_be_named_is_named_to_that_audience(world: Any) -> None:
    contact = Contact.objects.filter(case=world.case).order_by("created_at")[1]
    a_consent(world.case, ("CI_NAME",), ("AU_DIPLO",), subject="contact", subject_contact=contact)
    a_consent(world.case, ("CI_BIO",), ("AU_DIPLO",))
    ledger = ledgers_of([world.case])
    assert opened_by_contacts(ledger.values(), "AU_DIPLO", "disclosure") == {contact.pk: {"CI_NAME"}}
    assert opened_by_contacts(ledger.values(), "AU_OWNGOV", "disclosure") == {}
    opened = {contact.pk: {"CI_NAME"}}
    assert [hit.field for hit in look([world.case], {"text": "Otto Brandek spoke."}, opened).hits] == []


def letters_of_two_alphabets_in_one_word_are_a_finding(world: Any) -> None:
    assert shows(world.case, "mixed-scripts", "A wоrd of two alphabets.")
    assert shows(world.case, "mixed-scripts", "A wορd of two alphabets.")
    assert not shows(world.case, "mixed-scripts", "A word, слово, and λόγος.")
    assert not shows(world.case, "mixed-scripts", "Слово 2025 года, word 2025.")


def what_cannot_be_seen_is_a_finding_unless_it_spells(world: Any) -> None:
    assert shows(world.case, "hidden-character", "A wo\u200brd.") and shows(
        world.case, "hidden-character", "A\u202e b."
    )
    assert not shows(world.case, "hidden-character", "می\u200cخواهم")


def one_place_is_told_once_and_in_reading_order(world: Any) -> None:
    name = protected_name(CASE, "casework.name.value", "Ilias Varanen")
    found = hits({"text": "Varanen was seen. They led Ilias Varanen away."}, [name], [CASE])
    assert [(hit.start, hit.words) for hit in found] == [(0, "Varanen"), (27, "Ilias Varanen")]


def the_family_name_of_an_opened_name_is_spared_and_the_given_name_is_not(world: Any) -> None:
    a_contact(world.case, "Marta Varanen", kind="friend")
    field = "casework.contact.name"
    assert not shows(world.case, field, "Ilias Varanen was taken; Varanen is ill.", "CI_NAME")
    assert shows(world.case, field, "Marta was there.", "CI_NAME")
    assert shows(world.case, field, "Ilias Varanen was taken."), "where it is not open it is nobody's to show"


def a_script_without_a_stored_name_cannot_be_checked(world: Any) -> None:
    seen = look([world.case], {"text": "He was taken. Его увезли."}, {})
    assert seen.verdict == "cannot_check" and seen.blind == {"CYRILLIC": 4}
    assert look([world.case], {"text": "He was taken. Его увезли."}, {world.case.pk: {"CI_NAME"}}).blind == {
        "CYRILLIC": 3
    }
    assert look([world.case], {"text": "He was taken."}, {}).verdict == "clean"


def whoever_is_confirmed_to_have_no_form_is_answered_for(world: Any) -> None:
    person = Person.objects.get(case=world.case)
    person.formless_in = "CYRILLIC"
    person.save()
    assert look([world.case], {"text": "Его увезли."}, {}).blind == {"CYRILLIC": 3}
    blind = look([world.case], {"text": "Его увезли."}, {}, has_no_name=True).blind
    assert blind == {"CYRILLIC": 3}, "where no name is kept by intention the others are asked for"


def what_could_not_be_checked_is_never_clean(world: Any) -> None:
    hit = Hit(CASE, "hidden-character", "text", 0, 1, "x")
    assert Look([hit], {"ARABIC": 1}).verdict == Look([], {"ARABIC": 1}).verdict == "cannot_check"
    assert Look([], {}, ("HEBREW",)).verdict == "cannot_check"
    assert (Look([hit], {}).verdict, Look([], {}).verdict) == ("findings", "clean")
    assert Look([], {"ARABIC": 2}, ("HEBREW",)).unchecked == [("ARABIC", 2), ("HEBREW", 0)]


def every_case_of_a_text_is_looked_for(world: Any) -> None:
    other = a_case(codename="Copper Lamp")
    a_prisoner(other, "Nadia Sorrento")
    seen = look([world.case, other], {"title": "Nadia Sorrento", "text": "Ilias Varanen"}, {})
    assert {(hit.part, hit.case_id) for hit in seen.hits} == {("title", other.pk), ("text", world.case.pk)}
    opened = {world.case.pk: {"CI_NAME"}}
    seen = look([world.case, other], {"text": "Nadia Sorrento, Ilias Varanen"}, opened)
    assert {hit.case_id for hit in seen.hits} == {other.pk}, "what one opens the other does not"


def names_are_found_by_their_forms(world: Any) -> None:
    def found(name: str, text: str) -> bool:
        return bool(hits({"text": text}, [protected_name(CASE, "casework.name.value", name)], [CASE]))

    assert found("Yousef Harrany", "Then Yusif Herrani spoke.") and found("Сергей Иванов", "вместе с Ивановым")
    assert found("محمد كريمي", "رسالة لمحمد") and found("张伟明", "昨天伟明被捕") and found("Li Wu", "then Li Wu spoke")
    assert found("Maria Petrova", "avortep came") and not found("Maria Petrova", "a marina")
    assert found("Maria Petrova", "@mariapetrova_77") and found("Maria Petrova", "M a r i a came")


def terms_are_those_of_what_is_there(world: Any) -> None:
    fields = {
        term.field for term in protected_terms([world.case], {world.case.pk: {"CI_NAME", "CI_LOCATION", "CI_DOCS"}})
    }
    assert fields == {
        *(f"casework.contact.{name}" for name in ("name", "email", "address", "phone")),
        *("casework.source.identity", "casework.person.document_number", "casework.person.residence"),
        *("casework.case.reference", "casework.case.codename", "casework.claim.number"),
    }
