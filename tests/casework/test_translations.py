"""Translations of what a packet says: who writes, who signs, when one is stale; through the page and by the verb."""

import html
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.actions import translations
from casework.actions.evidence import change_claim
from casework.actions.translations import Line, field_of
from casework.models import Case, Claim, Translation
from casework.translating.originals import Original, originals_of
from casework.translating.wording import wording_of
from tests.casework.translated import a_reader, a_translation, translated_into
from tests.factories import a_case, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
SAID = "لم تستمع المحكمة إلى المحاسب."


@pytest.fixture
def case() -> Case:
    return a_full_packet()


def original(case: Case, what: str = "claim.text", place: int = 0) -> Original:
    return [one for one in originals_of(Case.objects.get(pk=case.pk)) if one.what == what][place]


def line(one: Original, text: str, before: Translation | None = None, **fields: Any) -> Line:
    version = before.version if before else 0
    return Line(*one.key, **{"text": text, "version": version, "read": one.mac.hex(), **fields})


def translate(case: Case, *lines: Line, actor: Any = None, language: str = "ar") -> int:
    return translations.translate(actor=actor or case.lead, case=case, language=language, lines=lines)


def at(case: Case, name: str = "translation", language: str = "ar") -> str:
    return reverse(f"materials:{name}", args=[case.reference, language])


def as_shown(client: Client, case: Case) -> dict[str, str]:
    """Return the fields of the page as a browser would send them back."""
    form = client.get(at(case)).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields if not name.startswith("right-")}


# Writing


def test_a_line_is_translated_changed_and_emptied(case: Case) -> None:
    one, ana = original(case), case.lead
    assert translate(case, line(one, SAID)) == 1
    row = Translation.objects.get()
    assert (row.text, row.original, row.translated_by, row.signed_by) == (SAID, one.words, ana, None)
    assert translate(case, line(one, SAID, row)) == 0, "the same words change nothing"
    assert translate(case, line(one, SAID + "!", row)) == 1
    row.refresh_from_db()
    assert (row.text, row.version) == (SAID + "!", 2)
    assert translate(case, line(one, "", row)) == 1
    assert not Translation.objects.present().exists() and Translation.objects.count() == 1


@pytest.mark.parametrize(("who", "role", "may"), [
    ("leila", "liaison", False), ("rui", "reviewer", False), ("tomas", "legal", True), ("sam", "communications", True)
])  # fmt: skip
def test_who_writes_the_packet_or_papers_translates_and_nobody_else(case: Case, who: str, role: str, may: bool) -> None:
    person = on_case(case, who, role)
    if may:
        assert translate(case, line(original(case), SAID), actor=person) == 1
        return
    with pytest.raises(PermissionDenied):
        translate(case, line(original(case), SAID), actor=person)
    assert not Translation.objects.exists()


@pytest.mark.parametrize("language", ["en", "xx", "zh-hans"])
def test_a_packet_is_not_translated_into_its_own_language_or_one_that_no_paper_has(case: Case, language: str) -> None:
    with pytest.raises(ValidationError, match="not translated into this language"):
        translate(case, line(original(case), SAID), language=language)


def test_what_somebody_saved_meanwhile_is_told_and_nothing_is_overwritten(case: Case) -> None:
    one, other = original(case), original(case, place=1)
    translate(case, line(one, SAID))
    with pytest.raises(ValidationError) as refused:
        translate(case, line(one, "نص آخر"), line(other, "سطر ثان"))
    assert "You saved this yourself on" in str(refused.value) and SAID in str(refused.value)
    assert list(refused.value.message_dict) == [field_of(*one.key)]
    assert Translation.objects.get().text == SAID, "lines are saved together or not at all"


def test_an_original_that_changed_while_it_was_translated_is_told(case: Case) -> None:
    one = original(case)
    reworded(one.row, "Officers arrested him at home.")
    with pytest.raises(ValidationError, match="Officers arrested him at home"):
        translate(case, line(one, SAID))
    gone = original(case, place=1)
    Claim.objects.filter(pk=gone.row.pk).update(removed_at=timezone.now())
    with pytest.raises(ValidationError, match="taken out of the packet"):
        translate(case, line(gone, SAID))


def reworded(claim: Any, text: str) -> None:
    claim.refresh_from_db()
    items = list(claim.items.values_list("item", flat=True))
    change_claim(actor=claim.case.lead, claim=claim, version=claim.version, values={"text": text}, items=items)


# Staleness


def test_a_changed_original_makes_its_translation_stale_and_nothing_else(case: Case) -> None:
    rows = translated_into(case)
    one = original(case)
    wording = wording_of([case], "ar")
    assert wording.of(one.row, "text") == rows["claim.text"][0].text and not wording.lacks(one.row, "text")
    reworded(one.row, "Officers arrested him at home.")
    claim = Claim.objects.get(pk=one.row.pk)
    wording = wording_of([case], "ar")
    assert wording.of(claim, "text") == "" and wording.lacks(claim, "text")
    assert all(wording.of(other, "text") for other in case.claims.exclude(pk=claim.pk))
    assert wording_of([case], "en").of(claim, "text") == "Officers arrested him at home."


def test_a_translation_of_another_case_says_nothing_of_this_one(case: Case) -> None:
    one, other = original(case), a_case()
    a_translation(one, SAID, case=other)
    assert wording_of([case, other], "ar").of(one.row, "text") == ""


def test_still_right_is_said_of_the_changed_original_and_takes_the_signature(case: Case) -> None:
    one = original(case)
    row = a_translation(one, SAID)
    reworded(one.row, "Officers arrested him at home.")
    now = original(case)
    translate(case, line(now, SAID, row))
    row.refresh_from_db()
    assert not row.is_of(now.words) and row.signed_by, "saving the page alone says nothing"
    translate(case, line(now, SAID, row, is_still_right=True))
    row.refresh_from_db()
    assert row.is_of(now.words) and row.original == now.words and row.signed_by is None


# Signing


def sign(case: Case, actor: Any, *rows: Translation) -> int:
    return translations.sign(actor=actor, case=case, language="ar", rows=[(row.pk, row.version) for row in rows])


def a_waiting(case: Case, **fields: Any) -> Translation:
    return a_translation(original(case), SAID, is_signed=False, **fields)


def test_another_reader_of_the_language_signs_and_a_change_takes_the_signature(case: Case) -> None:
    row, tomas = a_waiting(case), on_case(case, "tomas", "reader")
    a_reader("tomas")
    assert sign(case, tomas, row) == 1
    row.refresh_from_db()
    assert row.signed_by == tomas and row.signed_at
    translate(case, line(original(case), SAID + "!", row))
    row.refresh_from_db()
    assert row.signed_by is None and row.signed_at is None


def test_who_does_not_read_it_translated_it_or_is_not_on_the_case_does_not_sign(case: Case) -> None:
    leila = on_case(case, "leila", "liaison")
    row = a_waiting(case)
    tomas = on_case(case, "tomas", "reader")
    with pytest.raises(ValidationError, match="not said that you read this language"):
        sign(case, tomas, row)
    with pytest.raises(ValidationError, match="translated one of these yourself"):
        sign(case, a_reader("leila"), row)
    assert leila.pk == row.translated_by_id
    with pytest.raises(PermissionDenied):
        sign(case, a_reader("sam"), row)
    row.refresh_from_db()
    assert row.signed_by is None


def test_what_changed_after_it_was_read_is_not_signed(case: Case) -> None:
    row, tomas = a_waiting(case), on_case(case, "tomas", "reader")
    a_reader("tomas")
    with pytest.raises(ValidationError, match="changed after you opened the page"):
        translations.sign(actor=tomas, case=case, language="ar", rows=[(row.pk, row.version + 1)])
    reworded(original(case).row, "Officers arrested him at home.")
    with pytest.raises(ValidationError, match="changed after you opened the page"):
        sign(case, tomas, row)


# What the database keeps


def raw(row: Translation, **columns: Any) -> None:
    with transaction.atomic():
        Translation.objects.filter(pk=row.pk).update(**columns)


def test_the_database_refuses_what_the_verbs_refuse(case: Case) -> None:
    row, omar, tomas = a_waiting(case), a_reader("omar"), a_person("tomas")
    signed = {"signed_at": timezone.now()}
    for columns in (
        {"signed_by": row.translated_by, **signed},
        {"signed_by": omar},
        {"signed_by": tomas, **signed},
        {"what": "ask.to"},
        {"row_id": case.pk},
        {"language": "ru"},
        {"case": a_case()},
        {"what": "claim.circumstances"},
    ):
        with pytest.raises(IntegrityError):
            raw(row, **columns)
    row.text = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(update_fields=["text"])
    raw(row, signed_by=omar, **signed)
    for columns in ({"facts_mac": b"x" * 32}, {"signed_by": a_reader("noor")}):
        with pytest.raises(IntegrityError):
            raw(row, **columns)
    row.refresh_from_db()
    row.text = "كلمات أخرى"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(update_fields=["text"])
    raw(row, signed_by=None, signed_at=None, facts_mac=b"x" * 32)


def test_one_translation_of_the_same_words_stands_and_none_begins_signed_or_is_deleted(case: Case) -> None:
    row = a_waiting(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_waiting(case)
    raw(row, removed_at=timezone.now())
    second = a_waiting(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_translation(original(case, place=1), SAID, is_signed=False, signed_by=a_reader(), signed_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM casework_translation")
    assert set(Translation.objects.values_list("pk", flat=True)) == {row.pk, second.pk}


def test_whoever_reads_a_language_no_more_leaves_what_they_signed(case: Case) -> None:
    row = a_translation(original(case), SAID)
    a_reader("omar", "ru")
    row.version += 1
    row.save(update_fields=["version"])
    assert Translation.objects.get().signed_by_id


# Through the page


def test_the_page_shows_each_original_beside_its_translation_and_saves_what_is_typed(
    client: Client, case: Case
) -> None:
    signed_in(client, case.lead)
    one, other = original(case), original(case, place=1)
    sent = as_shown(client, case) | {field_of(*one.key): SAID, field_of(*other.key): "استُجوب خمسة أيام."}
    page = html.unescape(client.post(at(case), sent, follow=True).content.decode())
    assert "2 lines are saved." in page and SAID in page and one.words in page
    assert page.count("Not signed") == 2 and page.count("Not translated") == len(originals_of(case)) - 2
    assert 'lang="ar" dir="rtl"' in page
    assert "The words “a witness” are not translated. The claim prints only with them." in page
    assert "No sentence of another language prints in their place." in page


def test_a_conflict_keeps_what_was_typed_and_saving_again_takes_it(client: Client, case: Case) -> None:
    signed_in(client, case.lead)
    one = original(case)
    sent = as_shown(client, case) | {field_of(*one.key): "سطري أنا"}
    translate(case, line(one, SAID))
    answer = client.post(at(case), sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and "سطري أنا" in page and SAID in page
    form = answer.context["form"]
    again = {name: str(form[name].value() or "") for name in form.fields if not name.startswith("right-")}
    assert client.post(at(case), again).status_code == 302
    assert Translation.objects.get().text == "سطري أنا"


def test_a_changed_original_opens_its_pair_and_says_what_it_said_before(client: Client, case: Case) -> None:
    one = original(case)
    a_translation(one, SAID)
    before = one.words
    reworded(one.row, "Officers arrested him at home.")
    signed_in(client, case.lead)
    page = html.unescape(client.get(at(case)).content.decode())
    assert "The original changed" in page and "It said when it was translated:" in page
    assert (
        before in page and "Officers arrested him at home." in page and "It still says the same as the original" in page
    )
    sent = as_shown(client, case) | {f"right-{field_of(*one.key)}": "on"}
    assert client.post(at(case), sent).status_code == 302
    assert Translation.objects.get().is_of("Officers arrested him at home.")


def test_a_reader_signs_what_they_tick_and_sees_nothing_of_their_own_to_sign(client: Client, case: Case) -> None:
    first = a_waiting(case)
    second = a_translation(original(case, place=1), "استُجوب خمسة أيام.", is_signed=False)
    tomas = on_case(case, "tomas", "reader")
    signed_in(client, tomas)
    assert "You have not said that you read it" in client.get(at(case)).content.decode()
    a_reader("tomas")
    page = client.get(at(case)).content.decode()
    assert f'value="{first.pk}:1"' in page and f'value="{second.pk}:1"' in page and "Save the lines" not in page
    assert client.post(at(case, "sign_translation"), {}).status_code == 422
    answer = client.post(at(case, "sign_translation"), {"rows": [f"{first.pk}:1"]}, follow=True)
    assert "1 line is signed with your name." in answer.content.decode()
    assert list(Translation.objects.exclude(signed_by=None)) == [first]
    on_case(case, "leila", "liaison")
    signed_in(client, a_reader("leila"))
    assert "1 line of yours waits for another reader" in client.get(at(case)).content.decode()


def test_names_without_a_form_in_these_letters_are_named_to_whom_may_see_identities(client: Client, case: Case) -> None:
    signed_in(client, case.lead)
    assert "The person has no name in these letters." not in client.get(at(case)).content.decode()
    page = client.get(at(case, language="ru")).content.decode()
    assert "The person has no name in these letters." in page and "The leak scan cannot look for it." in page
    signed_in(client, on_case(case, "tomas", "reader"))
    assert "has no name in these letters" not in client.get(at(case, language="ru")).content.decode()


@pytest.mark.parametrize("language", ["en", "xx"])
def test_there_is_no_page_for_the_packets_own_language_or_an_unknown_one(
    client: Client, case: Case, language: str
) -> None:
    signed_in(client, case.lead)
    assert client.get(at(case, language=language)).status_code == 404


def test_somebody_says_on_their_own_page_which_languages_they_read(client: Client) -> None:
    ana = a_person("ana")
    signed_in(client, ana)
    url = reverse("accounts:me")
    sent = {"name": "Ana", "language": "en", "theme": "system", "reads": ["ar", "ru"]}
    assert client.post(url, sent).status_code == 302
    ana.refresh_from_db()
    assert ana.reads == "ar,ru" and ana.does_read("ar") and not ana.does_read("fr")
    assert (
        client.get(url).content.decode().count('checked id="id_reads_') == 2
        or "checked" in client.get(url).content.decode()
    )
    assert client.post(url, {**sent, "reads": ["klingon"]}).status_code != 302


def test_the_language_of_the_packet_is_said_on_the_cover(client: Client, case: Case) -> None:
    signed_in(client, case.lead)
    url = reverse("casework:change_case", args=[case.reference])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"language": "ar"}
    assert client.post(url, sent).status_code == 302
    case.refresh_from_db()
    assert case.language == "ar" and client.get(at(case)).status_code == 404
    assert client.get(at(case, language="en")).status_code == 200
