"""A paper has a number of its own: drawn, sealed, found by its HMAC, and looked up by who may know of the case."""

import hashlib
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from materials.models import Copy
from materials.models.paper_number import mac_of, new_paper_number, paper_number_in
from sealing import keys
from tests.factories import a_case, on_case
from tests.gate.ready import Ready, make_ready
from tests.people import a_person, signed_in
from tests.security.asking import CHANGES

pytestmark = pytest.mark.django_db
PAPER = reverse("materials:paper")
NO_SUCH = "There is no such paper. Look at each letter once more."


def copies(ready: Ready, number: int = 2) -> list[Copy]:
    """Return so many copies of what is ready."""
    dispatch = ready.a_dispatch(kind="sent")
    dispatch.save(force_insert=True)
    made = [ready.a_copy(dispatch, one) for one in range(1, number + 1)]
    for copy in made:
        copy.save(force_insert=True)
    return made


def ask(client: Client, username: str, number: str) -> Any:
    return signed_in(client, a_person(username)).post(PAPER, {"number": number})


def said(answer: Any) -> bytes:
    """Return what is read, without the token of the form and what was typed."""
    return re.sub(rb'name="number" value="[^"]*"', b"", CHANGES.sub(b"", answer.content))


def test_each_copy_has_a_number_that_follows_from_nothing_and_reads_like_no_reference() -> None:
    ready = make_ready()
    first, second = copies(ready)
    assert first.paper_number != second.paper_number
    for copy in (first, second):
        assert re.fullmatch(r"[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}", copy.paper_number)
        assert not re.fullmatch(r"\w{4}-\w{4}", copy.paper_number), "a reference is told from it at once"
    assert len({new_paper_number() for _ in range(500)}) == 500


def test_a_copy_of_the_database_leads_from_no_paper_to_its_case() -> None:
    (copy,) = copies(make_ready(), 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM materials_copy")
        row = cursor.fetchone()
    number = copy.paper_number
    guesses = [hash_of(number.encode()).digest() for hash_of in (hashlib.sha256, hashlib.sha1, hashlib.md5)]
    for value in row:
        stored = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        assert number.encode() not in stored and not any(guess in stored for guess in guesses)
    assert bytes(copy.paper_mac) == mac_of(number) == keys.token_mac("paper number", number)


def test_the_number_of_a_paper_never_changes_and_is_nobody_else_s() -> None:
    first, second = copies(make_ready())
    first.paper_number = new_paper_number()
    with pytest.raises(IntegrityError, match="a_copy_is_append_only"), transaction.atomic():
        first.save(update_fields=["paper_number", "paper_mac"])
    first.refresh_from_db()
    with pytest.raises(IntegrityError), transaction.atomic():
        Copy.objects.filter(pk=second.pk).update(paper_mac=bytes(first.paper_mac))


@pytest.mark.parametrize(
    "typed", ["K7QFA-29MDT", "k7qfa29mdt", " K7QFA 29MDT ", "K7QFA–29MDT", "K7QFA-٢٩MDT", "\u2066K7QFA-29MDT\u2069"]
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert paper_number_in(typed) == "K7QFA-29MDT"


@pytest.mark.parametrize(
    "typed", ["", "K7QF-29MD", "K7QFA-29MD", "K7QFA-29MDTX", "K7QFA-29MD0", "KIQFA-29MDT", "é" * 10]
)
def test_what_has_not_the_form_of_a_number_is_none(typed: str) -> None:
    assert paper_number_in(typed) == ""


def test_who_sends_papers_of_the_case_is_led_to_the_copy(client: Client) -> None:
    (copy,) = copies(make_ready(), 1)
    answer = ask(client, "ana", copy.paper_number.lower())
    assert answer.status_code == 302 and answer["Location"] == reverse("materials:copy", args=[copy.pk])
    page = client.get(answer["Location"]).content.decode()
    assert copy.paper_number in page and "This paper is copy 1 of revision" in page
    entry = Entry.objects.filter(verb="materials.paper.found").get()
    assert entry.case_id == copy.material.cases.get().pk and entry.target == f"materials.copy:{copy.pk}"


def test_who_only_reads_the_case_is_led_to_the_text_and_learns_no_recipient(client: Client) -> None:
    (copy,) = copies(make_ready(), 1)
    on_case(copy.material.cases.get(), "leila", "liaison")
    answer = ask(client, "leila", copy.paper_number)
    assert answer["Location"] == reverse("materials:material", args=[copy.material_id])
    assert "The human rights desk" not in client.get(answer["Location"]).content.decode()


def test_a_stranger_gets_the_answer_of_a_number_that_nobody_drew(client: Client) -> None:
    ready = make_ready(cases=2)
    (copy,) = copies(ready, 1)
    a_case(lead=a_person("sam"))
    on_case(ready.cases[0], "leila", "liaison")
    for username in ("sam", "leila", "admin"):
        hidden, missing = (ask(client, username, number) for number in (copy.paper_number, new_paper_number()))
        assert hidden.status_code == missing.status_code == 422
        assert NO_SUCH in hidden.content.decode() and said(hidden) == said(missing), username
    assert not Entry.objects.filter(verb="materials.paper.found").exists()


def test_a_number_is_asked_for_by_post_and_stands_in_no_address(client: Client) -> None:
    (copy,) = copies(make_ready(), 1)
    assert signed_in(client, a_person("ana")).get(PAPER, {"number": copy.paper_number}).status_code == 200
    assert copy.paper_number not in ask(client, "ana", copy.paper_number)["Location"]


@pytest.mark.parametrize("number", ["", "K7QF-29MD", "K7QFA-29MDTX"])
def test_a_faulty_number_is_told_beside_its_field_and_kept(client: Client, number: str) -> None:
    answer = ask(client, "ana", number)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_number_error"' in page
    assert f'value="{number}"' in page or not number


def test_a_tag_written_into_the_table_leads_to_no_copy_of_another_number(client: Client) -> None:
    first, second = copies(make_ready())
    other = new_paper_number()
    Copy.objects.filter(pk=first.pk).update(paper_mac=mac_of(other))
    assert ask(client, "ana", other).status_code == 422
    assert ask(client, "ana", second.paper_number).status_code == 302


def test_another_index_key_finds_papers_again_once_tags_are_made_anew(client: Client, settings: Any) -> None:
    (copy,) = copies(make_ready(), 1)
    settings.AMPARO_INDEX_KEY = "another index key of thirty-two letters or more"
    assert ask(client, "ana", copy.paper_number).status_code == 422
    call_command("make_tags", stdout=StringIO())
    assert ask(client, "ana", copy.paper_number).status_code == 302
