"""Which columns of a case a paper prints, and which consent items it discloses there: the one registry of both.

Composing asks here before it prints, and each form of a case says from here who may read a field outside. A column that
is not named here is printed by no paper. What a claim discloses is said of each claim by itself (`ClaimItem`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from casework.models import Name, RightImplicated


@dataclass(frozen=True)
class PrintedField:
    """One thing that a paper prints of a case: what it is called, which items it discloses, from which columns.

    Without items it is printed for every reader: nobody is asked for a consent before.
    """

    what: str
    items: frozenset[str]
    columns: frozenset[str] = frozenset()


def _told(what: str, items: str = "", *columns: str) -> PrintedField:
    return PrintedField(what, frozenset(items.split()), frozenset(columns))


FIELDS = (
    _told("name", "CI_NAME", "name.value"),
    _told("occupation", "CI_BIO", "person.occupation"),
    _told("age", "CI_BIO", "person.born"),
    _told("gender", "CI_BIO", "person.spoken_of"),
    _told("nationality", "CI_STATUS", "person.nationality"),
    _told("held", "CI_BIO", "detention.started", "detention.ended", "case.status"),
    _told("term", "CI_DOCS", "detention.term_ends"),
    _told("place", "CI_LOCATION", "place.place", "place.since"),
    _told("taken_at", "CI_LOCATION"),  # printed as the stage of the arrest, with its day
    _told("charge", "CI_DOCS", *(f"charge.{name}" for name in ("law", "charged_on", "court", "verdict", "sentence"))),
    _told("why_now", "CI_BIO", "case.why_now"),
    _told("authorities", "CI_BIO", "case.authorities_say"),
)
DISCLOSES: Mapping[str, frozenset[str]] = {field.what: field.items for field in FIELDS}


def _stage(what: str, items: frozenset[str], *columns: str) -> PrintedField:
    return PrintedField(what, items, frozenset(columns))


# The stages of a case tell what these fields tell.
STAGES = (
    _stage("detention", DISCLOSES["held"], "detention.started", "detention.arrest_claim"),
    _stage("end", DISCLOSES["held"], "detention.ended"),
    _stage(
        "arrest",
        DISCLOSES["held"] | DISCLOSES["taken_at"],
        "detention.taken_at",
        "detention.started",
        "detention.arrest_claim",
    ),
    _stage("charge", DISCLOSES["charge"], "charge.charged_on", "charge.charge_claim"),
    _stage("trial", DISCLOSES["charge"], "charge.tried_on", "charge.trial_place", "charge.trial_claim"),
    _stage("sentence", DISCLOSES["charge"], "charge.sentenced_on", "charge.sentence_claim"),
    _stage("transfer", DISCLOSES["place"], "place.place", "place.since", "place.claim"),
)
STAGE_DISCLOSES: Mapping[str, frozenset[str]] = {stage.what: stage.items for stage in STAGES}
FREELY = (
    _told("label", "", "case.public_label"),
    _told("country", "", "case.country"),
    _told("demand", "", "demand.text"),
    _told("ask", "", "ask.to", "ask.text", "ask.by"),
    _told("no_statement", "", "nostatement.as_of"),
)
PRINTED_NAMES = frozenset({Name.Kind.LEGAL, Name.Kind.TRANSLITERATION})  # an alias is printed by no paper
OF_A_RIGHT = {
    "R_RELIGION": "CI_RELIGION",
    "R_TORTURE": "CI_TORTURE",
    "R_HEALTH": "CI_HEALTH",
    "R_FAMILY": "CI_FAMILY",
    "R_ASYLUM": "CI_STATUS",
    "R_NATIONALITY": "CI_STATUS",
}


def items_of_right(code: str) -> frozenset[str]:
    """Return the consent items that naming a right of this code discloses."""
    return frozenset({OF_A_RIGHT.get(code, "CI_BIO")})


def right_items(row: RightImplicated) -> frozenset[str]:
    """Return the consent items that naming this right discloses."""
    return items_of_right(row.right)


def ways_out(column: str) -> Collection[frozenset[str]]:
    """Return the items of each way in which a paper prints a column such as `person.born`; none: no paper prints it."""
    return _ways().get(column, ())


@cache
def _ways() -> Mapping[str, frozenset[frozenset[str]]]:
    found: dict[str, set[frozenset[str]]] = {}
    for printed in (*FIELDS, *STAGES, *FREELY):
        for column in printed.columns:
            found.setdefault(column, set()).add(printed.items)
    return {column: frozenset(ways) for column, ways in found.items()}
