"""Names planted in every field that is not open stand in no paper: text layer, tags, metadata, links, every part of a DOCX.

Each kind × language × audience, on three scenes: a group paper of two cases, a text that names nobody, and everything
withheld. A public word is looked for first, by each reader, so that one that sees nothing is red. Text and DOCX for every
cell of the matrix; a PDF for the first audience of each kind, read by every reader of `pdf_readers`.
"""

import datetime as dt
import io
import re
import socket
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pikepdf
import pytest
from django.utils import timezone

from casework.models import Ask, Case, Charge, Demand, Place, RightImplicated, TimelineEvent
from materials.leaving.frozen_text import letterhead_of
from papers.composing import words
from papers.composing.composing import compose
from papers.composing.naming import Naming
from papers.composing.wishes import Wishes
from papers.formats.registry import draw
from papers.kinds import registry
from papers.kinds.kind import Kind
from papers.pdf.paper import CopyLine, Text
from tests.factories import (
    a_case,
    a_claim,
    a_consent,
    a_contact,
    a_detention,
    a_logo,
    a_prisoner,
    a_source,
    an_office,
)
from tests.materials import pdf_readers
from tests.materials.packets import fit_for
from tests.materials.test_formats import in_all_parts
from tests.materials.test_signed_is_printed import each_language, letters, needs_a_printer
from tools.machine import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]  # what is drawn is the same on both engines
TODAY = dt.date(2026, 11, 20)
PUBLIC, LABEL = "cormorant", "heron keeper"
COPY = CopyLine(3, f"The {PUBLIC} office", "K7QFA-29MDT", dt.date(2026, 12, 4))
AUDIENCES = sorted({audience for kind in registry.composed() for audience in kind.audiences})
KINDS = sorted(registry.composed(), key=lambda kind: kind.is_only_for)  # what is only for the dead changes the cases
FIRST, LAST = ("Drim", "Falk", "Gost", "Hurn", "Jask", "Kelv", "Murd", "Nast"), ("avel", "obrin", "ulka", "yzor")
ARABIC = "زرغلان"


class Planted:
    """Words that stand nowhere else, each kept with where it was planted."""

    def __init__(self) -> None:
        self.fresh = (first + last for first, last in product(FIRST, LAST))
        self.where: dict[str, str] = {}

    def __call__(self, where: str) -> str:
        word = next(self.fresh) if len(self.where) < 32 else f"{FIRST[len(self.where) % 8]}{len(self.where)}owitz"
        self.where[word] = where
        return word


def a_planted_case(plant: Planted, codename: str, *, items: tuple[str, ...], is_named: bool = False) -> Case:
    """Return a case with a word planted in every field that these items do not open."""
    case = a_case(codename=codename)
    plant.where |= {codename: "codename", case.reference: "reference"}
    case.public_label = f"A {LABEL}"
    case.summary, case.activity = plant("summary"), plant("activity")
    is_told = "CI_BIO" in items
    case.why_now = "The Court sits on 26 November." if is_told else plant("why now")
    case.authorities_say = "The Ministry says it is about tax." if is_told else plant("authorities")
    case.save()
    if is_named:
        person = a_prisoner(case, "Ilias Varanen")
    else:
        person = a_prisoner(case, f"{plant('given name')} {plant('family name')}", ("Arab", ARABIC))
        plant.where[ARABIC] = "name in Arabic"
    of_person = ["residence", "document_number", "health", "note", "nationality", *([] if is_told else ["occupation"])]
    for field in of_person:
        setattr(person, field, plant(f"person.{field}"))
    person.save()
    _people_around(plant, case)
    _detention(plant, case)
    _evidence(plant, case, items)
    given = {field: plant(f"consent.{field}") for field in ("giver_name", "limits", "proof", "explained")}
    a_consent(case, items, AUDIENCES if items else (), **given)
    return case


def _people_around(plant: Planted, case: Case) -> None:
    for kind in ("family", "lawyer"):
        fields = ("other_names", "relation", "phone", "email", "address", "safe_channel", "note")
        a_contact(case, plant(f"{kind} name"), kind=kind, **{field: plant(f"{kind}.{field}") for field in fields})


def _detention(plant: Planted, case: Case) -> None:
    fields = ("authority", "taken_at", "taken_by", "circumstances", "legal_basis")
    told = {field: plant(f"detention.{field}") for field in fields}
    spell = a_detention(case, started="2025-03-14", place=plant("place"), **told)
    Place.objects.create(case=case, detention=spell, since="2026-03", place=plant("second place"))
    columns = ("law", "court", "judge", "case_number", "trial_place", "verdict", "sentence")
    days = {"charged_on": "2025-05", "tried_on": "2025-06", "sentenced_on": "2025-07"}
    Charge.objects.create(case=case, **days, **{name: plant(f"charge.{name}") for name in columns})
    TimelineEvent.objects.create(case=case, on="2026-05", event=f"A visit by {plant('event')}.")


def _evidence(plant: Planted, case: Case, items: tuple[str, ...]) -> None:
    court = a_source(case, "Judgment", attribution="the court record")
    secret = {"secrecy": "AT_OFF", "attribution": "", "kind": "S_WITNESS"}
    informant = a_source(case, plant("informant"), identity=plant("who the informant is"), **secret)
    hidden = a_source(
        case,
        plant("title of a hidden source"),
        identity=plant("who the witness is"),
        kind="S_WITNESS",
        secrecy="AT_BACKGROUND",
        attribution="a witness",
    )
    a_claim(case, f"He was seen by {plant('claim of an informant')}.", sources=[informant], items=["CI_BIO"])
    for month in ("2025-03", "2025-09~", "2026-02-04"):  # enough of them that the chronology is drawn
        a_claim(case, "The office closed.", sources=[court], items=["CI_BIO"], on=month)
    a_claim(case, f"He is ill, says {plant('claim on health')}.", sources=[court], items=["CI_HEALTH"], on="2026-07")
    a_claim(
        case, f"{plant('what the law says')} ruled.", sources=[court], items=["CI_DOCS"], on="2026-06-02", use="law"
    )
    if "CI_BIO" in items:
        a_claim(case, "Officers arrested him.", sources=[court], items=["CI_BIO"], on="2025-03-14")
        a_claim(case, "He was questioned.", sources=[hidden], items=["CI_BIO"], on="2025-03-15", credibility=2)
    else:
        a_claim(case, f"{plant('claim on life')} took him.", sources=[court], items=["CI_BIO"], on="2025-03-14")
    demand = Demand.objects.create(case=case, text="Let an independent doctor see him", aim="doctor")
    asked = {"to": "the Minister of Justice", "text": "Let an independent doctor see him", "by": "2026-12-15"}
    Ask.objects.create(case=case, demand=demand, **asked)
    RightImplicated.objects.create(case=case, right="R_HEALTH", fact=plant("fact of a right"))


@dataclass(frozen=True)
class Scene:
    """Cases with what is protected in them, and how the text names people."""

    cases: list[Case]
    planted: dict[str, str]
    naming: str = Naming.NAMED


def a_group() -> Scene:
    """Two cases: of the first the name is open, of the second it is not."""
    plant = Planted()
    first = a_planted_case(plant, "Quillfish", items=("CI_NAME", "CI_BIO"), is_named=True)
    return Scene([first, a_planted_case(plant, "Wolverine", items=("CI_BIO",))], plant.where)


def pseudonymous() -> Scene:
    """The name is open, and the author chose to name nobody."""
    plant = Planted()
    case = a_planted_case(plant, "Quillfish", items=("CI_NAME", "CI_BIO"))
    return Scene([case], plant.where, Naming.PSEUDONYMOUS)


def all_withheld() -> Scene:
    """Nobody agreed to anything."""
    plant = Planted()
    return Scene([a_planted_case(plant, "Quillfish", items=())], plant.where)


SCENES: list[Callable[[], Scene]] = [a_group, pseudonymous, all_withheld]
each_scene = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)


def a_text(scene: Scene, kind: Kind, audience: str, language: str) -> Text:
    fit_for(kind, *scene.cases)
    for case in scene.cases:  # written in the language of the paper, so that nothing waits for a translation
        case.language = language
        case.save(update_fields=["language"])
    made = compose(
        scene.cases,
        kind=kind.code,
        audience=audience,
        language=language,
        stop_on=timezone.localdate() + dt.timedelta(days=17),
        today=TODAY,
        wishes=Wishes(naming=scene.naming),
    )
    return Text(kind.code, language, made.title, made.body, 6, TODAY, letterhead_of(kind.code))


def around_the_case(case: Case) -> list[str]:
    """Return what no file may tell of us: who wrote it, on which machine, in which folder."""
    return [case.lead.username, case.lead.name, socket.gethostname(), str(ROOT), "/tmp"]


def leaks(said: str, scene: Scene) -> list[str]:
    """Return each planted word that stands in what was read, with where it was planted."""
    flat = letters(said).casefold()
    found = [f"{where}: {word}" for word, where in scene.planted.items() if letters(word).casefold() in flat]
    for word in around_the_case(scene.cases[0]):
        if re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", said, re.IGNORECASE):
            found.append(f"of us: {word}")
    return found


def sees(said: str, kind: Kind, scene: Scene) -> bool:
    """Say whether the public words are found: that of the copy, and the label where the paper is about somebody."""
    seen = letters(said)  # one reader turns the words of a line of two directions, and none of them a word
    return PUBLIC in seen and (kind.is_stop_notice or all(word in seen for word in LABEL.split()))


@each_scene
@each_language
def test_no_planted_name_stands_in_docx_or_plain_text(scene: Callable[[], Scene], language: str) -> None:
    an_office()
    a_logo()
    seen = scene()
    cells = 0
    for kind in KINDS:
        for audience in kind.audiences:
            text = a_text(seen, kind, audience, language)
            plain, docx = draw("txt", text, COPY).decode(), draw("docx", text, COPY)
            parts = in_all_text_of(docx)
            for said in (plain, parts):
                assert sees(said, kind, seen), (kind.code, audience)
                assert leaks(said, seen) == [], (kind.code, audience)
            assert draw("docx", text, COPY) == docx
            cells += 1
    assert cells == sum(len(kind.audiences) for kind in KINDS) > 15


def in_all_text_of(docx: bytes) -> str:
    """Return every part of a DOCX that is text; the logo, its one picture, is looked at by its own tests."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as packed, zipfile.ZipFile(out, "w") as texts:
        for name in packed.namelist():
            texts.writestr(name, b"" if name.startswith("word/media/") else packed.read(name))
    return in_all_parts(out.getvalue())


@needs_a_printer
@each_scene
@each_language
def test_no_planted_name_stands_anywhere_in_a_pdf(scene: Callable[[], Scene], language: str) -> None:
    an_office()
    a_logo()
    seen = scene()
    for kind in KINDS:
        data = draw("pdf", a_text(seen, kind, kind.audiences[0], language), COPY)
        for name, read in pdf_readers.ALL.items():
            said = read(data)
            assert sees(said, kind, seen), (kind.code, name)
            assert leaks(said, seen) == [], (kind.code, name)
        assert leaks(every_string(data), seen) == [], kind.code


def every_string(data: bytes) -> str:
    """Return every string, name and stream of a PDF: metadata, outline, names of targets, words of links and pictures."""
    with pikepdf.open(io.BytesIO(data)) as paper:
        found = [str(paper.trailer.get("/Info", ""))]
        for one in paper.objects:
            found += strings_of(one)
            if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/Metadata":
                found.append(one.read_bytes().decode())
    return "\n".join(found)


def strings_of(one: Any) -> Iterator[str]:
    if isinstance(one, pikepdf.String | pikepdf.Name):
        yield str(one)
    elif isinstance(one, pikepdf.Array):
        for part in one:
            if not getattr(part, "is_indirect", False):
                yield from strings_of(part)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for name, part in one.items():
            yield str(name)
            if not getattr(part, "is_indirect", False):
                yield from strings_of(part)


@needs_a_printer
def test_a_planted_name_that_slips_in_is_seen_in_every_form() -> None:
    seen = all_withheld()
    word = next(word for word, where in seen.planted.items() if where == "family name")
    text = a_text(seen, registry.find("SUPPORTER"), "AU_SUPPORT", "en")
    open_text = replace(text, body=[*text.body[:-1], {**text.body[-1], "text": f"Ask {word}."}])
    drawn = draw("pdf", open_text, COPY)
    told = [
        draw("txt", open_text, COPY).decode(),
        in_all_text_of(draw("docx", open_text, COPY)),
        *(read(drawn) for read in pdf_readers.ALL.values()),
        every_string(draw("pdf", replace(text, body=[{**row, "heading": word} for row in text.body]), COPY)),
    ]
    for said in told:
        assert leaks(said, seen) == [f"family name: {word}"]


def test_every_language_of_papers_is_in_the_matrix() -> None:
    assert {code for code, _name in words.languages()} <= set(words.NAMES)
