"""Papers of historical cases, composed from their packets as they stood on the day on which the paper would have left.

Of each case there are two files beside this one: NAME.json is the packet in the import form of docs/exchange.md, with
public sources alone and none that is younger than the paper; NAME.toml holds what that form does not carry. The texts
stand in NAME-KIND.txt. Consents and the office that signs are fiction.
"""

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from casework.models import Ask, Case, Claim, Person
from exchange import amparo
from exchange.bringing_in import bring_in
from papers.composing.composing import Composed, compose
from papers.composing.length import Length, length_of
from papers.composing.reading_back import read_back
from papers.composing.wishes import Wishes
from papers.formats.plain_text import plain_text
from papers.kinds import registry
from papers.kinds.kind import Kind
from papers.pdf.paper import CopyLine, Text
from tests.factories import a_consent, a_correction, an_office
from tests.people import a_person

HERE = Path(__file__).parent
NAMES = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
ITEMS = ("CI_AFFIL", "CI_NAME", "CI_BIO", "CI_LOCATION", "CI_DOCS", "CI_HEALTH", "CI_TORTURE", "CI_FAMILY", "CI_STATUS")
USED_FOR = dt.timedelta(days=14)


@dataclass(frozen=True)
class ReferencePaper:
    """One paper of one case: its kind, for whom, and which sections only an author can write."""

    name: str
    command: str
    told: dict[str, Any]

    @property
    def kind(self) -> Kind:
        """Return its kind."""
        return registry.by_command()[self.command]

    @property
    def file(self) -> Path:
        """Return where its reviewed text stands."""
        return HERE / f"{self.name}-{self.command}.txt"

    def __str__(self) -> str:
        return f"{self.name}-{self.command}"


@dataclass(frozen=True)
class Written:
    """A paper as it is now: what was composed, its body with what an author adds, and its length."""

    case: Case
    made: Composed
    body: list[dict[str, str]]
    text: Text
    length: Length
    audience: str
    copy: CopyLine

    @property
    def plain(self) -> str:
        """Return the paper as plain text, and beneath it what it leaves out, which no reader is given."""
        rows = [f"{row.what}: {row.why}" for row in self.made.withheld]
        left = "\n".join(["", "===== left out, for whoever reviews =====", *sorted(rows)]) if rows else ""
        return plain_text(self.text, self.copy).decode() + left + ("\n" if left else "")

    def faults(self) -> list[str]:
        """Return what reading the words back finds wrong."""
        level = registry.find(self.text.kind).least_level(self.audience)
        known = {"audience": self.audience, "level": level, "language": self.text.language}
        return read_back([self.case], self.body, **known).faults


@cache
def beside(name: str) -> dict[str, Any]:
    """Return what the import form does not carry of this case."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def every_paper() -> Iterator[ReferencePaper]:
    """Return every paper of every case."""
    for name in NAMES:
        yield from (ReferencePaper(name, row["kind"], row) for row in beside(name)["papers"])


def brought_in(name: str) -> Case:
    """Bring the packet of this case in from its file, and say what the file does not: why now, days, consent, treaties."""
    an_office()
    told = beside(name)
    [outcome] = bring_in(actor=a_person("ana"), cases=amparo.read_file(str(HERE / f"{name}.json")))
    case = Case.objects.get(reference=outcome.reference)
    case.public_label, case.why_now = told["label"], told["why_now"]
    case.authorities_say = told.get("authorities_say", "")
    case.save()
    if "nationality" in told:
        person = Person.objects.get(case=case)
        person.nationality = told["nationality"]
        person.save()
    for claim in Claim.objects.filter(case=case, items=None):
        claim.discloses_nothing = True
        claim.save()
    for row in told.get("treaties", ()):
        a_correction(case, **{"in_force_from": None, **row})
    for paper in told["papers"]:
        _for_one_reader(case, paper)
    a_consent(case, ITEMS, sorted({row["audience"] for row in told["papers"]}), giver="CG_SELF_LAWYER")
    return case


def _for_one_reader(case: Case, paper: dict[str, Any]) -> None:
    """Give the asks of this paper's reader their audience and their day."""
    for ask in Ask.objects.filter(case=case):
        if ask.to == paper["addressee"]:
            ask.audience, ask.by = paper["audience"], paper["by"].isoformat()
            ask.save()


def written(paper: ReferencePaper, case: Case, *, language: str = "en") -> Written:
    """Compose the paper on its own day, and add what only its author can say."""
    day, told = beside(paper.name)["today"], paper.told
    wishes = Wishes(addressee=told["addressee"])
    made = compose([case], kind=paper.kind.code, audience=told["audience"], language=language, today=day, wishes=wishes)
    own = {paper.kind.section_code(place): text for place, text in told.get("author", {}).items()}
    body = [{**row, "text": own.get(row["code"], row["text"])} for row in made.body]
    text = Text(paper.kind.code, language, made.title, body, 1, day)
    copy = CopyLine(1, told["addressee"], "482 915 637", day + USED_FOR)
    return Written(case, made, body, text, length_of(paper.kind, body), told["audience"], copy)
