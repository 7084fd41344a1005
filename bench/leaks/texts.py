"""The measured set: invented cases, texts that give somebody away by kind, and texts that give away nobody."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework.models import Case, Claim, Contact, Name, Source
from tests.factories import a_case, a_contact, a_detention, a_prisoner, a_source

HERE = Path(__file__).parent
CLAIM = 7
RECIPIENT = "{recipient}"
ESCAPE = re.compile(r"\\(\\|n|r|u[0-9a-f]{4})")
ESCAPES = {"\\": "\\", "n": "\n", "r": "\r"}
SCRIPTS_KNOWN = {"Latn", "Arab", "Cyrl", "Hans", "Hant"}


@dataclass(frozen=True)
class Text:
    """One text of the set, its case and its kind."""

    case: str
    kind: str
    text: str

    def parts(self, case: Case) -> dict[str, str]:
        """Return the text by part, with the numbers of the stored case in the places kept for them."""
        reference = case.reference
        told = {
            "{reference}": reference,
            "{reference_joined}": reference.replace("-", ""),
            "{reference_small}": reference.lower(),
            "{reference_spaced}": " ".join(reference.replace("-", "")),
            "{claim}": str(CLAIM),
        }
        words = self.text
        for place, value in told.items():
            words = words.replace(place, value)
        if words.startswith(RECIPIENT):
            return {"recipient": words.removeprefix(RECIPIENT), "text": ""}
        return {"text": words}


@dataclass(frozen=True)
class Naming:
    """One text about a prisoner, its kind, and who else is named in it, if anybody."""

    kind: str
    name: str
    text: str


def evasions() -> list[Text]:
    """Return the texts that name somebody who is protected: to call one clean is to miss it."""
    return _read("evasions.tsv")


def innocent() -> list[Text]:
    """Return the texts that name nobody who is protected: what is found in them is false."""
    return _read("innocent.tsv")


def third_persons() -> list[Naming]:
    """Return texts about one prisoner with the name of somebody else, or with nobody's: then what is found is false."""
    return [Naming(*row) for row in _rows("third_persons.tsv")]


def the_prisoner() -> Case:
    """Store the case that these texts are about."""
    case = a_case(codename="Third Person", country="BLR")
    a_prisoner(case, "Ilias Varanen", ("Cyrl", "Илиас Варанен"))
    return case


def stored_cases() -> dict[str, Case]:
    """Store every case of the set with its people, and return them by key."""
    told = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    return {key: _stored(values) for key, values in told.items()}


def _read(name: str) -> list[Text]:
    return [Text(*row) for row in _rows(name)]


def _rows(name: str) -> Iterator[tuple[str, str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").split("\n")
    for line in lines:
        if line and not line.startswith("#"):
            first, second, text = line.split("\t")
            yield first, second, ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    return ESCAPES.get(code) or chr(int(code[1:], 16))


def _stored(told: dict[str, Any]) -> Case:
    case = a_case(codename=told["codename"], country=told["country"])
    person = a_prisoner(case)
    a_detention(case, place=told["place"])
    Claim.objects.create(case=case, number=CLAIM, text="The hearing was put off.", discloses_nothing=True)
    for row in told["people"]:
        forms = {script: value for script, value in row.items() if script[0].isupper()}
        if row["role"] == "prisoner":
            for script, value in forms.items():
                known = script if script in SCRIPTS_KNOWN else Name.Script.OTHER
                Name.objects.create(case=case, person=person, script=known, value=value)
        elif row["role"] == "source":
            source: Source = a_source(case)
            source.identity = " / ".join(forms.values())
            source.save()
        else:
            first, *others = forms.values()
            kind = Contact.Kind.LAWYER if row["role"] == "lawyer" else Contact.Kind.FAMILY
            reach = {"phone": row.get("telephone"), "email": row.get("email")}
            a_contact(case, first, kind=kind, other_names="\n".join(others) or None, **reach)
    return case
