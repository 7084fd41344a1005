"""Names typed with one error, in another script or joined otherwise: what is found below the list, and for whom."""

import html
import re
import uuid
from typing import Any

import pytest

from audit.models import Entry
from audit.since import TrailMoment
from casework.access import settle_rights
from casework.actions.asks import add_ask, add_demand
from casework.actions.detention import add_charge, add_detention, add_place, change_place
from casework.actions.people import add_contact, add_name, change_name
from casework.actions.removal import remove, undo
from casework.finding import found as finding
from casework.finding import kept_words
from casework.finding.found import found_nearby
from casework.finding.kept_words import KeptWords
from casework.models import Case, CaseKey, Membership, Name
from sealing import keys
from sealing.queries import KEY, written_once
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from tests.web.test_hot_pages import compiled_by

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> KeptWords:
    """The index of a process that has just begun."""
    fresh = KeptWords()
    monkeypatch.setattr(finding, "KEPT_WORDS", fresh)
    return fresh


def a_named_case(codename: str, *names: str, **fields: Any) -> Case:
    case = a_case(codename=codename, **fields)
    for value in names:
        add_name(actor=case.lead, case=case, kind="legal", script="Latn", value=value)
    return case


def near(user: Any, typed: str, shelf: str = "names") -> list[tuple[str, str, str]]:
    """What this person finds on a shelf: codename, value and likeness."""
    found = found_nearby(user, typed, known=(), sees_many=False)
    return [
        (one.case.codename, one.value, one.likeness.name)
        for on in found.shelves
        if on.shelf.name == shelf
        for one in on.values
    ]


ONE_LETTER = [
    ("Jan Novotny", "Novetny"),
    ("Jan Novotny", "Novtny"),
    ("Jan Novotny", "Novottny"),
    ("Jan Novotny", "Noovtny"),
    ("Jan Novotny", "jan novotni"),
    ("Хасан Каримов", "Карумов"),
    ("Хасан Каримов", "Кримов"),
    ("Хасан Каримов", "Карримов"),
    ("Хасан Каримов", "Кармиов"),
    ("سمير الحسيني", "الحصيني"),
    ("سمير الحسيني", "الحسني"),
    ("سمير الحسيني", "الحسسيني"),
    ("سمير الحسيني", "الحيسني"),
    ("Omar Al-Sayed", "Alsaied"),
    ("Omar Al-Sayed", "al Saied"),
    ("Sean O'Malley", "OMaley"),
    ("عبد الرحمن", "عبدالرحمان"),
]
HEARD = [
    ("Yousef Haddad", "Yusuf"),
    ("Юсуф Хаддад", "Yousef"),
    ("Mustafa Demir", "مصطفى"),
    ("مصطفى كمال", "Mustapha"),
    ("Тарас Шевченко", "Shevtchenko"),
    ("خالد منصور", "Khaled Mansour"),
]
EXACT = [
    ("Omar Al-Sayed", "Alsayed"),
    ("Omar Alsayed", "al Sayed"),
    ("عبدالرحمن", "عبد الرحمن"),
    ("O'Malley", "OMalley"),
]


@pytest.mark.parametrize(("stored", "typed"), ONE_LETTER)
def test_a_name_with_one_letter_changed_missing_doubled_or_swapped_is_found(stored: str, typed: str) -> None:
    case = a_named_case("Heron", stored)
    a_named_case("Quince", "Petra Lindqvist")
    assert near(case.lead, typed) == [("Heron", stored, "ONE_LETTER")]


@pytest.mark.parametrize(("stored", "typed"), HEARD)
def test_a_name_heard_alike_is_found_across_scripts(stored: str, typed: str) -> None:
    case = a_named_case("Heron", stored)
    a_named_case("Quince", "Petra Lindqvist")
    assert near(case.lead, typed) == [("Heron", stored, "HEARD_ALIKE")]


@pytest.mark.parametrize(("stored", "typed"), EXACT)
def test_joined_particles_are_the_same_name(stored: str, typed: str) -> None:
    case = a_named_case("Heron", stored)
    assert near(case.lead, typed) == [("Heron", stored, "SAME")]


@pytest.mark.parametrize("typed", ["Nobetni", "Jan Lindqvest", "Jen", "Nov", "J", "", "123", "\U0010ffff"])
def test_two_errors_short_words_and_names_of_two_cases_find_nothing(typed: str) -> None:
    case = a_named_case("Heron", "Jan Novotny")
    a_named_case("Quince", "Petra Lindqvist")
    assert near(case.lead, typed) == []


def test_contacts_are_found_in_each_of_their_spellings() -> None:
    case = a_case(codename="Heron")
    add_contact(
        actor=case.lead, case=case, values={"kind": "family", "name": "Eva Sterner", "other_names": "Ewa\nEvelina"}
    )
    assert near(case.lead, "Evelena") == [("Heron", "Evelina", "ONE_LETTER")]


def test_only_who_may_open_the_identity_finds_a_name_and_nobody_is_told_of_a_hidden_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = a_named_case("Heron", "Jan Novotny")
    hidden = [a_named_case(f"Hidden {number}", "Jan Novotny", lead=a_person("sam")) for number in range(3)]
    assert near(case.lead, "Novetny") == [("Heron", "Jan Novotny", "ONE_LETTER")]
    assert len(near(hidden[0].lead, "Novetny")) == 3
    assert near(on_case(case, "leila", "reader"), "Novetny") == []
    assert near(on_case(case, "rui", "reviewer"), "Novetny") == [("Heron", "Jan Novotny", "ONE_LETTER")]
    assert near(a_person("olga"), "Novetny") == near(a_person("admin"), "Novetny") == []
    monkeypatch.setattr(finding, "MOST_SHOWN", 1)
    monkeypatch.setattr(finding, "MOST_READ", 1)
    on = found_nearby(case.lead, "Novetny", known=(), sees_many=False).shelves[0]
    assert (len(on.values), on.is_more) == (1, False)
    assert found_nearby(hidden[0].lead, "Novetny", known=(), sees_many=False).shelves[0].is_more


def test_who_sees_more_than_a_thousand_cases_finds_the_same_and_no_more() -> None:
    case = a_named_case("Heron", "Jan Novotny")
    a_named_case("Hidden", "Jan Novotny", lead=a_person("sam"))
    found = found_nearby(case.lead, "Novetny", known=(), sees_many=True)
    assert [one.case.codename for one in found.shelves[0].values] == ["Heron"] and found.is_whole
    assert found_nearby(on_case(case, "leila", "reader"), "Novetny", known=(), sees_many=True).shelves == ()


def test_a_right_that_ends_counts_at_the_next_search() -> None:
    case = a_named_case("Heron", "Jan Novotny")
    rui = on_case(case, "rui", "reviewer")
    assert near(rui, "Novetny")
    Membership.objects.filter(user=rui).update(ended_at=case.opened_at)
    settle_rights(case, rui)
    assert near(rui, "Novetny") == []


def test_a_changed_name_and_a_removed_one_count_at_the_next_search_in_every_process(
    kept: KeptWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_named_case("Heron", "Jan Novotny")
    assert near(case.lead, "Novetny")
    other = KeptWords()
    monkeypatch.setattr(finding, "KEPT_WORDS", other)
    assert near(case.lead, "Novetny")
    row = case.names.get()
    row = change_name(actor=case.lead, row=row, version=1, values={"value": "Jan Lindqvist"})
    for process in (kept, other):
        monkeypatch.setattr(finding, "KEPT_WORDS", process)
        assert near(case.lead, "Novetny") == []
        assert near(case.lead, "Lindqvest") == [("Heron", "Jan Lindqvist", "ONE_LETTER")]
    remove(actor=case.lead, row=row)
    for process in (kept, other):
        monkeypatch.setattr(finding, "KEPT_WORDS", process)
        assert near(case.lead, "Lindqvest") == []
    undo(actor=case.lead, row=row)
    assert near(case.lead, "Lindqvest")


def test_places_courts_and_who_is_asked_lead_to_the_case_and_follow_its_changes() -> None:
    case = a_case(codename="Heron", status="DS_PRETRIAL")
    spell = add_detention(actor=case.lead, case=case, values={"taken_at": "Harbour square"})
    place = add_place(actor=case.lead, detention=spell, values={"place": "Westmark remand prison"})
    add_charge(
        actor=case.lead, case=case, detention=spell, values={"law": "Article 1", "court": "District court of Ostrava"}
    )
    demand = add_demand(actor=case.lead, case=case, values={"text": "A doctor", "aim": "own", "is_lead": True})
    add_ask(
        actor=case.lead,
        case=case,
        values={"demand": demand, "to": "Ministry of Justice", "text": "Ask.", "audience": "AU_DIPLO"},
    )
    reader = on_case(case, "leila", "reader")
    assert near(reader, "Westmark", "places") == [("Heron", "Westmark remand prison", "SAME")]
    assert near(reader, "Harper square", "places") == []
    assert near(reader, "Harbor", "places") == [("Heron", "Harbour square", "ONE_LETTER")]
    assert near(reader, "court Ostrave", "courts") == [("Heron", "District court of Ostrava", "ONE_LETTER")]
    assert near(reader, "ministry justice", "addressees") == [("Heron", "Ministry of Justice", "SAME")]
    assert near(a_person("sam"), "Westmark", "places") == near(reader, "Westmark", "courts") == []
    change_place(actor=case.lead, row=place, version=1, values={"place": "Northgate"})
    assert near(reader, "Westmark", "places") == []
    assert near(reader, "Northgate", "places")


def test_rows_that_no_process_has_read_yet_are_announced_and_read_by_the_next_searches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_words, "READ_AT_ONCE", 2)
    monkeypatch.setattr(kept_words, "_following", written_once(after=KEY)(kept_words._following.build))
    cases = [a_named_case(f"Word {number}", "Jan Novotny") for number in range(3)]
    for many in (False, True):
        monkeypatch.setattr(finding, "KEPT_WORDS", KeptWords())
        ask = [found_nearby(cases[0].lead, "Novetny", known=(), sees_many=many) for _round in range(2)]
        assert [(found.is_whole, len(found.shelves[0].values)) for found in ask] == [(False, 2), (True, 3)]


def test_a_trail_that_is_another_one_has_everything_read_anew(kept: KeptWords) -> None:
    case = a_named_case("Heron", "Jan Novotny")
    assert near(case.lead, "Novetny")
    Name.objects.all().update(removed_at=case.opened_at)
    row = Name.objects.get()
    row.value, row.removed_at = "Jan Lindqvist", None
    row.save()
    assert near(case.lead, "Lindqvest") == []  # nobody told the trail
    kept._moment = TrailMoment(kept._moment.sequence, b"another")
    assert near(case.lead, "Lindqvest")


def test_a_search_takes_the_same_number_of_queries_for_one_case_and_for_many(
    django_assert_max_num_queries: Any, kept: KeptWords
) -> None:
    case = a_named_case("Heron", "Jan Novotny")
    counts = []
    for number in range(2):
        kept.forget()
        for _state in ("cold", "warm"):
            with django_assert_max_num_queries(25) as asked:
                near(case.lead, "Novetny")
            counts.append(len(asked))
        for more in range(5):
            a_named_case(f"Word {number} {more}", "Jan Novotny", "Ivan Novotny")
    assert counts[:2] == counts[2:]


def test_the_page_shows_names_apart_records_the_look_and_keeps_the_words_out_of_address_and_session(
    client: Any,
) -> None:
    case = a_named_case("Heron", "Jan Novotny")
    a_named_case("Quince", "Jan Novetny")
    signed_in(client, case.lead)
    sent = client.post("/cases/search/", {"words": "Novetny"})
    assert "ovetny" not in sent["Location"]
    page = client.get(sent["Location"]).content.decode()
    listed, _heading, nearly = page.partition("Names that are nearly so")
    assert "Quince" in listed and "Heron" not in listed and "Quince" not in nearly
    assert "Heron" in nearly and "Jan Novotny" in nearly and "One letter is different" in nearly
    seen = Entry.objects.filter(verb="casework.identity.viewed")
    assert [(entry.case_id, entry.detail) for entry in seen] == [(case.pk, {"fields": ["name"]})]
    assert "ovetny" not in str(dict(client.session))


def test_the_page_of_a_reader_shows_no_name_and_records_nothing(client: Any) -> None:
    case = a_named_case("Heron", "Jan Novotny")
    signed_in(client, on_case(case, "leila", "reader"))
    page = client.post("/cases/search/", {"words": "Novetny"}, follow=True).content.decode()
    assert "nearly so" not in page and "Novotny" not in page and "Heron" not in page
    assert not Entry.objects.filter(verb="casework.identity.viewed").exists()


def test_one_group_alone_shows_what_the_page_of_all_has_no_room_for(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_SHOWN", 2)
    cases = [a_named_case(f"Word {number}", "Jan Novotny") for number in range(4)]
    signed_in(client, cases[0].lead)
    address = client.post("/cases/search/", {"words": "Novetny"})["Location"]
    page = client.get(address).content.decode()
    assert page.count("<bdi>Jan Novotny</bdi>") == 2
    more = html.unescape(re.findall(r'href="([^"]*found=names)"', page)[0])
    page = client.get(f"/cases/{more}").content.decode()
    assert page.count("<bdi>Jan Novotny</bdi>") == 4 and "Back to everything that was found" in page
    assert Entry.objects.filter(verb="casework.identity.viewed").count() == 6
    assert "Jan Novotny" not in client.get(f"{address}&found=nothing").content.decode()


def test_what_is_kept_in_memory_holds_no_word(kept: KeptWords) -> None:
    case = a_named_case("Heron", "Jan Novotny")
    assert near(case.lead, "Novetny")
    index = kept._index
    assert {type(key) for key in (*index._words, *index._near)} == {int}
    assert {type(case) for case in index._cases} == {uuid.UUID} and "ovotny" not in repr(vars(index))


def test_a_page_of_many_names_takes_as_many_queries_as_one_of_few(
    client: Any, kept: KeptWords, django_assert_max_num_queries: Any
) -> None:
    case, counts = a_named_case("Heron", "Jan Novotny"), []
    a_named_case("Quince", "Jan Novotny")
    signed_in(client, case.lead)
    for _round in range(2):
        address = client.post("/cases/search/", {"words": "Novetny"})["Location"]
        client.get(address)
        with django_assert_max_num_queries(45) as asked:
            client.get(address)
        counts.append(len(asked))
        for number in range(6):
            a_named_case(f"Word {number}", "Jan Novotny")
    assert counts[0] == counts[1]


def test_a_warm_search_that_finds_names_compiles_nothing(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_named_case("Heron", "Jan Novotny")
    signed_in(client, case.lead)

    def ask() -> Any:
        page = client.post("/cases/search/", {"words": "Novetny"}, follow=True).content.decode()
        assert "Jan Novotny" in page

    ask()
    ask()
    assert compiled_by(ask, monkeypatch) == []


def test_a_case_whose_key_was_destroyed_is_passed_over_and_the_others_are_found(kept: KeptWords) -> None:
    case = a_named_case("Heron", "Jan Novotny")
    a_named_case("Quince", "Jan Novotny")
    assert len(near(case.lead, "Novetny")) == 2
    CaseKey.objects.filter(case=case).delete()
    for _state in ("known before", "read anew"):
        keys.forget_keys()
        assert [codename for codename, _value, _how in near(case.lead, "Novetny")] == ["Quince"]
        kept.forget()
