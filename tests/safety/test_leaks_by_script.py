"""Not checked is not clean: each protected person is asked for in each script of the text."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.models import Entry
from casework.models import Case, Contact, Person, Source
from safety.leaks import look
from safety.leaks.people import scripts_without_a_name
from sealing.letters.scripts import WORDS, base_letters, script_of, scripts_in
from tests.factories import a_case, a_consent, a_contact, a_prisoner, a_source, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db

THAI = "เราขอให้ปล่อยตัวเขาทันที"


def blind_in(case: Case, text: str, *opened: str) -> dict[str, int]:
    """What the scan cannot check in this text, by script."""
    return scripts_without_a_name([case], text, {case.pk: set(opened)})


def a_family() -> Case:
    """A prisoner with a Thai and a Latin form, and a mother and a source with a Latin one alone."""
    case = a_case()
    a_prisoner(case, "Surawat Chaimongkol", ("Zyyy", "สุรวัฒน์ ชัยมงคล"))
    a_contact(case, "Preeya Chaimongkol")
    a_source(case, identity="Tomm Wichai")
    return case


def test_each_person_is_asked_for_and_not_the_prisoner_alone() -> None:
    case = a_family()
    assert blind_in(case, "He has not been seen.") == {}
    assert blind_in(case, THAI) == {"THAI": 2}


def test_relatives_are_asked_for_though_the_name_of_the_prisoner_is_open() -> None:
    assert blind_in(a_family(), THAI, "CI_NAME") == {"THAI": 2}
    assert blind_in(a_family(), THAI, "CI_NAME", "CI_FAMILY") == {"THAI": 1}
    assert blind_in(a_family(), THAI, "CI_NAME", "CI_FAMILY", "CI_SOURCE") == {}


@pytest.mark.parametrize("text", ["Он", "…или ﺩﺭ", "a 中文 b", "ΑΒ", "&#1054;&#1085;", "%D0%9E%D0%BD", "О н"])
def test_two_letters_of_a_script_are_enough_to_be_asked(text: str) -> None:
    assert blind_in(a_family(), text)


@pytest.mark.parametrize("text", ["", "2024, § 5 — 100 %", "α", "<b>12</b> €", "١٢٣ ๑๒๓"])
def test_figures_signs_and_a_single_letter_name_nobody(text: str) -> None:
    assert blind_in(a_family(), text) == {}


def test_a_prisoner_without_any_name_cannot_be_looked_for_unless_that_is_meant() -> None:
    case = a_case()
    assert blind_in(case, "Somebody was taken.") == {"LATIN": 1}
    assert scripts_without_a_name([case], "Somebody was taken.", {}, has_no_name=True) == {}
    a_contact(case, "أمينة")
    assert scripts_without_a_name([case], "Somebody was taken.", {}, has_no_name=True) == {"LATIN": 1}


def test_who_is_confirmed_to_have_no_form_is_answered_for() -> None:
    case = a_family()
    for row in (Contact.objects.get(case=case), Source.objects.get(case=case)):
        row.formless_in = "KHMER THAI"
        row.save()
    assert blind_in(case, THAI) == {}
    assert blind_in(case, "សូមដោះលែង") == {"KHMER": 1}
    Person.objects.get(case=case).delete()
    assert blind_in(case, "ပြန်လွှတ်ပေးပါ") == {"MYANMAR": 3}


def test_one_person_in_two_places_is_asked_for_once_with_the_forms_of_both() -> None:
    case = a_case()
    a_prisoner(case, "Ilias Varanen", ("Cyrl", "Илиас Варанен"))
    a_contact(case, "Salme Varanen", other_names="Салме Варанен")
    a_consent(case, giver="CG_FAMILY", giver_name="Salme Varanen")
    assert blind_in(case, "Письмо без имени.") == {}
    a_consent(case, giver="CG_FAMILY", giver_name="Joosep Varanen")
    assert blind_in(case, "Письмо без имени.") == {"CYRILLIC": 1}


def test_both_forms_of_han_are_one_script_and_kana_is_another() -> None:
    case = a_case()
    a_prisoner(case, ("Hans", "陈卫民"))
    assert blind_in(case, "我們請求公布判決書。") == {}
    assert blind_in(case, "パク・ドユンの釈放を") == {"KANA": 1}


def test_what_was_not_checked_is_never_clean_and_findings_stand_beside_it() -> None:
    case = a_family()
    seen = look([case], {"text": f"Surawat. {THAI}"}, {})
    assert (seen.verdict, [hit.words for hit in seen.hits], seen.blind) == ("cannot_check", ["Surawat"], {"THAI": 2})


def test_the_command_says_script_and_number_and_no_name(monkeypatch: Any) -> None:
    case = a_family()
    on_case(case, "rui", "reviewer")
    told = {}
    for how in ([], ["--json"]):
        out = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.StringIO(THAI))
        with pytest.raises(SystemExit) as ended:
            call_command("leak_scan", case.reference, *how, "--as", "rui", stdout=out)
        assert ended.value.code == 1
        told[bool(how)] = out.getvalue()
    assert "Thai: 2 protected people have no stored name in this script." in told[False]
    assert "cannot_check" in told[False]
    assert "Preeya" not in told[False] + told[True]
    assert "Tomm" not in told[False] + told[True]
    assert json.loads(told[True])["scripts_without_a_name"] == {"THAI": 2}


@pytest.mark.parametrize(("page", "holder"), [("change_contact", Contact), ("source_identity", Source)])
def test_somebody_who_may_change_the_case_notes_that_there_is_no_form(client: Client, page: str, holder: type) -> None:
    case = a_family()
    row = holder.objects.get(case=case)
    typed = {"version": row.version, "kind": "family", "name": "Preeya", "identity": "Tomm Wichai"}
    typed |= {"formless_in": ["THAI", "LAO"]}
    address = reverse(f"casework:{page}", args=[case.reference, row.pk])
    reader = on_case(case, "sam", "reader")
    assert signed_in(client, reader).post(address, typed).status_code in {403, 404}
    ana = signed_in(Client(), a_person("ana"))
    assert ana.post(address, typed).status_code == 302
    assert holder.objects.get(case=case).formless_in == "LAO THAI"
    assert blind_in(case, THAI) == {"THAI": 1}
    assert 'value="THAI" selected' in ana.get(address).content.decode()
    changed = Entry.objects.filter(target__contains=str(row.pk), verb__endswith="changed").order_by("-sequence").first()
    assert changed is not None
    assert changed.actor_id == a_person("ana").pk


def test_a_script_that_nobody_knows_is_refused(client: Client) -> None:
    case = a_family()
    row = Contact.objects.get(case=case)
    typed = {"version": row.version, "kind": "family", "name": "Preeya", "formless_in": ["ELVISH"]}
    address = reverse("casework:change_contact", args=[case.reference, row.pk])
    assert signed_in(client, a_person("ana")).post(address, typed).status_code == 422
    assert not Contact.objects.get(case=case).formless_in


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_every_letter_belongs_to_a_script_that_is_asked_for_or_stands_alone(text: str) -> None:
    counted = [script_of(letter) for letter in text]
    asked = scripts_in(text)
    for script in set(counted) - {""}:
        if script in WORDS and counted.count(script) > 1:
            assert script in asked
    assert base_letters(text) <= len(text)
