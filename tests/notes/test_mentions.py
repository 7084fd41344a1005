"""Whom an @ in a note means."""

from dataclasses import dataclass
from typing import Any

import pytest

from notes.mentions import people_named


@dataclass(frozen=True)
class Somebody:
    """As much of a person as a mention asks of."""

    pk: int
    username: str
    name: str

    def get_full_name(self) -> str:
        return self.name or self.username


ANA, ANAS = Somebody(1, "ana", "Ana"), Somebody(2, "ana.s", "Ana Sousa")
LEILA, ARABIC = Somebody(3, "leila", "Leila Haddad"), Somebody(4, "nour", "نور حداد")
ONE, OTHER = Somebody(5, "mk1", "Mari Kask"), Somebody(6, "mk2", "Mari Kask")
ALL: Any = [ANA, ANAS, LEILA, ARABIC, ONE, OTHER]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@ana look", [ANA]),
        ("@ANA, @Leila Haddad: look.", [ANA, LEILA]),
        ("ask @ana.", [ANA]),
        ("ask @ana.s.", [ANAS]),
        ("(@Ana Sousa)", [ANAS]),
        ("@leila  haddad and nobody else", [LEILA]),
        ("راجعي @نور حداد اليوم", [ARABIC]),
        ("\u200f@\u2068نور حداد\u2069", [ARABIC]),
        ("@mk2 it is", [OTHER]),
        ("write to press@ana.example at once", []),
        ("at the door @9, or 5@home", []),
        ("no sign at all", []),
    ],
)
def test_names_are_read(text: str, meant: list[Somebody]) -> None:
    found = people_named(text, ALL)
    assert found.people == frozenset(meant) and not found.unknown and not found.doubtful


@pytest.mark.parametrize(("text", "name"), [("@anabel look", "anabel"), ("@sam.", "sam"), ("@ana-maria", "ana-maria")])
def test_a_name_of_nobody_here_is_told_as_it_was_written(text: str, name: str) -> None:
    assert people_named(text, ALL).unknown == (name,)


def test_a_name_of_two_people_is_told_as_doubtful() -> None:
    assert people_named("@Mari Kask look", ALL).doubtful == ("Mari",)
