"""How long a sealed value is tells neither a word from another one nor a date from a year."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from casework.models import CaseKey, Name, Person
from sealing import keys
from sealing.errors import DecryptionError
from sealing.padding import pad, padded_length, unpad
from tests.factories import a_case, a_prisoner


@given(st.binary(max_size=3000))
def test_what_is_padded_comes_back_as_it_was(plain: bytes) -> None:
    padded = pad(plain)
    assert unpad(padded) == plain and len(padded) == padded_length(len(plain) + 1)


@given(st.integers(min_value=1, max_value=10**9))
def test_padding_adds_little_and_leaves_few_lengths(length: int) -> None:
    padded = padded_length(length)
    assert length <= padded and padded_length(padded) == padded
    assert padded % 32 == 0 if length <= 256 else padded <= length * 1.12


def test_of_a_million_lengths_few_remain() -> None:
    assert len({padded_length(length) for length in range(1, 1_000_000)}) < 300


@pytest.mark.parametrize("bare", [b"", b"male", b"\x80male", b"\x00" * 32])
def test_what_was_never_padded_is_not_opened(bare: bytes) -> None:
    with pytest.raises(DecryptionError):
        unpad(bare)


def stored_lengths(table: str, column: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT LENGTH({column}) FROM {table} WHERE {column} IS NOT NULL")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_a_stolen_table_tells_no_word_by_its_length() -> None:
    for occupation, born, name in (
        ("cook", "1971", "Bo"),
        ("newspaper editor", "1971-03-14~", "Ilias Varanen of Lower Tarn"),
    ):
        a_prisoner(a_case(), name, occupation=occupation, born=born)
    assert Person.objects.count() == Name.objects.count() == 2 == CaseKey.objects.count()
    for table, column in (("casework_person", "occupation"), ("casework_person", "born"), ("casework_name", "value")):
        assert len(stored_lengths(table, column)) == 1, column


def test_what_stands_under_the_master_key_is_padded_too() -> None:
    words = [keys.master_encrypt(word) for word in ("Bo", "Ilias Varanen of Lower Tarn")]
    assert len({len(token) for token in words}) == 1
    assert keys.master_decrypt(words[1]) == "Ilias Varanen of Lower Tarn"
