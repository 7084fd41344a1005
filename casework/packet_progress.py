"""What is missing in a packet. A fact answers, and so do "unknown", "refused to say" and "not needed"; blank does not.

The questions are those of reference/packet_fields.csv that a packet of this version has a place for. Each names the
form that asks for it (WGAD and others) and the page on which it is answered.
"""

import csv
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from casework.custody import Custody, custody_of, spell_that_counts
from casework.models import Case, Citation, Claim, ClaimItem, Demand, PacketAnswer, RightImplicated
from directory.dates import sort_key
from sealing.queries import KEY, WrittenQuery, prefetched, row_of, several, written_once

REFERENCE = Path(__file__).parent / "reference"


@dataclass(frozen=True)
class PacketRows:
    """The present rows of a packet, read once."""

    case: Case
    person: Any
    names: list[Any]
    detentions: list[Any]
    places: list[Any]
    charges: list[Any]
    rights: list[Any]
    demands: list[Any]
    asks: list[Any]
    claims: list[Any]

    def held(self, field: str) -> Any:
        """Return a field of the spell of detention that counts, or nothing."""
        return getattr(self.spell, field) if self.spell else None

    @cached_property
    def spell(self) -> Any:
        """Return the spell of detention that counts, or nothing."""
        return spell_that_counts(self.detentions)

    @property
    def custody(self) -> Custody:
        """Return whether the person is held, since when, where and by whom, from the rows in hand."""
        return custody_of(self.case, spells=self.detentions, places=self.places)

    def described(self, field: str) -> Any:
        """Return a field of the description of the person, or nothing."""
        return getattr(self.person, field) if self.person else None


@dataclass(frozen=True)
class PacketQuestion:
    """One question of a packet: its words, who asks for it, and the page that answers it."""

    code: str
    english: str
    forms: tuple[str, ...]
    sensitivity: int
    page: str
    is_answered: Callable[[PacketRows], Any]

    @property
    def label(self) -> str:
        """Return the question in the reader's language."""
        return gettext(self.english)


def _legal(facts: PacketRows) -> list[str]:
    return [row.value for row in facts.names if row.kind == "legal"]


def _charged(field: str) -> Callable[[PacketRows], bool]:
    return lambda facts: any(getattr(row, field) for row in facts.charges)


def _person(field: str) -> Callable[[PacketRows], Any]:
    return lambda facts: facts.described(field)


def _held(field: str) -> Callable[[PacketRows], Any]:
    return lambda facts: facts.held(field)


def _cover(field: str) -> Callable[[PacketRows], Any]:
    return lambda facts: getattr(facts.case, field)


# What answers a question, and the page where its fact is written: identity, detention, cover, or a list of rows.
PLACES: dict[str, tuple[str, Callable[[PacketRows], Any]]] = {
    "id_family_name": ("identity", _legal),
    "id_given_names": ("identity", lambda facts: any(len(name.split()) > 1 for name in _legal(facts))),
    "id_other_names": ("identity", lambda facts: len(facts.names) > 1),
    "id_public_label": ("cover", _cover("public_label")),
    "id_sex_gender": ("identity", _person("gender")),
    "id_dob": ("identity", _person("born")),
    "id_nationalities": ("identity", _person("nationality")),
    "id_document": ("identity", _person("document_number")),
    "id_profession": ("identity", lambda facts: facts.described("occupation") or facts.case.activity),
    "id_affiliation": ("cover", _cover("activity")),
    "id_residence": ("identity", _person("residence")),
    "arr_date": ("detention", _held("started")),
    "arr_place": ("detention", _held("taken_at")),
    "arr_forces": ("detention", _held("taken_by")),
    "arr_warrant": ("detention", _held("warrant")),
    "arr_law": ("detention", _held("legal_basis")),
    "det_forces": ("detention", _held("authority")),
    "det_places": ("places", lambda facts: facts.places),
    "det_reasons": ("cover", _cover("authorities_say")),
    "det_law": ("charges", _charged("law")),
    "det_ack": ("detention", _held("acknowledged")),
    "det_contacts": ("detention", _held("contact_allowed")),
    "det_health": ("identity", _person("health")),
    "chg_list": ("charges", lambda facts: facts.charges),
    "chg_basis_type": ("detention", _held("basis_kind")),
    "trial_court": ("charges", _charged("court")),
    "trial_counsel": ("detention", _held("counsel")),
    "trial_verdict": ("charges", _charged("verdict")),
    "circ_narrative": ("detention", _held("circumstances")),
    "rights_list": ("rights", lambda facts: facts.rights),
    "urg_demand": ("demands", lambda facts: facts.demands),
    "urg_ask": ("asks", lambda facts: facts.asks),
    "ctx_state_view": ("cover", _cover("authorities_say")),
    "evi_list": ("claims", lambda facts: facts.claims),
}
OF_ALL_FORMS = frozenset({"all", "all materials", "materials"})


@cache
def questions() -> dict[str, PacketQuestion]:
    """Return the questions that a packet has a place for, by code, in the order of the field list."""
    with (REFERENCE / "packet_fields.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] in PLACES]
    found = {}
    for row in rows:
        page, is_answered = PLACES[row["code"]]
        forms = tuple(part.strip().split()[0].rstrip("*") for part in row["used_by_form"].split(";") if part.strip())
        if row["used_by_form"] in OF_ALL_FORMS:
            forms = ("all",)
        asked = PacketQuestion(row["code"], row["label"], forms, int(row["sensitivity_0_3"]), page, is_answered)
        found[asked.code] = asked
    return found


@dataclass(frozen=True)
class QuestionLine:
    """One question of one packet: answered by a fact, by an answer that is none, or blank."""

    question: PacketQuestion
    is_answered: bool
    answer: PacketAnswer | None

    @property
    def is_blank(self) -> bool:
        """Say whether nobody answered in any way."""
        return not self.is_answered and self.answer is None


@dataclass(frozen=True)
class Meter:
    """How far a packet serves one form."""

    lines: tuple[QuestionLine, ...]

    @property
    def total(self) -> int:
        """Return how many questions the form asks."""
        return len(self.lines)

    @property
    def done(self) -> int:
        """Return how many are answered, by a fact or otherwise."""
        return sum(not line.is_blank for line in self.lines)

    @property
    def missing(self) -> list[QuestionLine]:
        """Return the blank ones in the order of the form."""
        return [line for line in self.lines if line.is_blank]


def facts_of(case: Case) -> PacketRows:
    """Read the present rows of the packet, one query a kind."""
    claims = _claims(case=case)
    keys = [row.pk for row in claims]
    prefetched(claims, "citations", _citations(claims=keys), by="claim_id")
    prefetched(claims, "items", _items(claims=keys), by="claim_id")
    return PacketRows(
        case=case,
        person=_description.first(case=case),
        names=_names(case=case),
        detentions=sorted(_detentions(case=case), key=lambda row: sort_key(row.started)),
        places=_places(case=case),
        charges=_charges(case=case),
        rights=_implicated(case=case),
        demands=_demands(case=case),
        asks=_asks(case=case),
        claims=claims,
    )


def _rows_of_a_case(name: str, *order: str, most: int | None = None) -> WrittenQuery[Any]:
    """Return the query for the present rows of one kind."""
    return written_once(case=row_of(Case))(partial(_present, name, order, most))


def _present(name: str, order: tuple[str, ...], most: int | None, *, case: Case) -> Any:
    return getattr(case, name).present().order_by(*order)[:most]


_description = _rows_of_a_case("persons", "pk", most=1)
_names = _rows_of_a_case("names", "created_at")
_detentions = _rows_of_a_case("detentions", "created_at")
_places = _rows_of_a_case("places", "created_at")
_charges = _rows_of_a_case("charges", "created_at")
_implicated = _rows_of_a_case("rightimplicateds", *RightImplicated._meta.ordering)
_demands = _rows_of_a_case("demands", *Demand._meta.ordering)
_asks = _rows_of_a_case("asks", "created_at")
_claims = _rows_of_a_case("claims", *Claim._meta.ordering)
_answered = _rows_of_a_case("packetanswers")


@written_once(claims=several(KEY))
def _citations(*, claims: list[uuid.UUID]) -> QuerySet[Citation]:
    return Citation.objects.select_related("source").filter(claim__in=claims)


@written_once(claims=several(KEY))
def _items(*, claims: list[uuid.UUID]) -> QuerySet[ClaimItem]:
    return ClaimItem.objects.filter(claim__in=claims)


def question_lines(facts: PacketRows) -> dict[str, QuestionLine]:
    """Return every question of the packet with its state, by code."""
    answers = {row.field: row for row in _answered(case=facts.case)}
    return {
        code: QuestionLine(asked, bool(asked.is_answered(facts)), answers.get(code))
        for code, asked in questions().items()
    }


def meter(lines: dict[str, QuestionLine], form: str) -> Meter:
    """Return how far the packet serves one form, such as WGAD."""
    return Meter(tuple(line for line in lines.values() if form in line.question.forms))


def packet_meter(lines: dict[str, QuestionLine]) -> Meter:
    """Return how far the whole packet is answered; what stays closed until it is asked for (sensitivity 3) does not count."""
    return Meter(tuple(line for line in lines.values() if line.question.sensitivity < 3))
