"""A note is sealed with its text, and a text without one is sealed as it always was."""

import copy
import pickle

from sealing.fields import NotedText, SealedNotedField, SealedTextField, note_of


def test_a_text_without_a_note_is_the_same_to_the_last_byte() -> None:
    field = SealedNotedField(label="x")
    for text in ("1953-08-19", NotedText("1953-08-19")):
        assert field.to_bytes(text) == SealedTextField(label="x").to_bytes("1953-08-19") == b"1953-08-19"
    assert note_of(field.from_bytes(b"1953-08-19")) == ""


def test_a_note_comes_back_with_its_text_and_through_copies() -> None:
    field = SealedNotedField(label="x")
    kept = field.from_bytes(field.to_bytes(NotedText("1953-08-19", "solar:1332-5-28")))
    for one in (kept, copy.deepcopy(kept), pickle.loads(pickle.dumps(kept))):  # noqa: S301 -- our own bytes
        assert (one, note_of(one)) == ("1953-08-19", "solar:1332-5-28")


def test_a_noted_text_compares_as_its_text() -> None:
    assert NotedText("1953", "a") == "1953" == NotedText("1953", "b")
    assert note_of(None) == note_of("1953") == ""
