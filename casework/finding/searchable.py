"""Which rows of a case are gone through for words that were written there: one record a kind.

An app above registers its own rows, and they are found and shown as these are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.pages.addresses import address_of
from casework.models import (
    Ask,
    Case,
    Charge,
    Claim,
    Demand,
    Detention,
    Place,
    RightImplicated,
    Source,
)
from sealing.queries import WrittenQuery, row_of, written_once

Way = Callable[[Case, Any], str]


@dataclass(frozen=True)
class SearchableRows:
    """One kind of row: its heading, its rows in one query, the columns that hold words, and the way to each row.

    `title` is what leads to a row; who lacks the right `may` on the case is shown none of them, found or not.
    """

    name: str
    heading: str | Promise
    rows: WrittenQuery[Any]
    columns: tuple[str, ...]
    title: Callable[[Any], str]
    url: Way
    may: str = "view_case"


_registered: list[SearchableRows] = []


def register_searchable(rows: SearchableRows) -> None:
    """Have these rows gone through too; a name stands once."""
    if rows.name not in {known.name for known in searchable_rows()}:
        _registered.append(rows)


def searchable_rows() -> Sequence[SearchableRows]:
    """Return every kind of row that is gone through, in the order of the page."""
    return (*OF_THE_PACKET, *_registered)


def present_rows(model: Any, *columns: str) -> WrittenQuery[Any]:
    """Return the query for the rows of a case that nobody removed, in the order in which they were written."""

    def present(*, case: Case) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.present().filter(case=case).only("case_id", *columns)
        return found.order_by("created_at", "pk")

    return written_once(case=row_of(Case))(present)


def to_page(name: str, place: str = "") -> Way:
    """Return the way to a page of the case, and to a place on it."""
    return lambda case, _row: address_of(name, case.reference) + place


def to_row(name: str) -> Way:
    """Return the way to the page of a row."""
    return lambda case, row: address_of(name, case.reference, row.pk)


STORY = to_page("casework:case", "#detention-h")
ASKS = to_page("casework:asks")
OF_A_SPELL = ("taken_at", "taken_by", "authority", "circumstances", "warrant", "legal_basis", "ending")
OF_A_CHARGE = ("law", "court", "trial_place", "verdict", "sentence")
OF_A_SOURCE = ("title", "attribution", "reliability_reason", "link")
OF_THE_PACKET: tuple[SearchableRows, ...] = (
    SearchableRows(
        "claims",
        gettext_lazy("Claims"),
        present_rows(Claim, "text", "number"),
        ("text",),
        lambda row: _("Claim %(number)d") % {"number": row.number},
        to_row("casework:claim"),
    ),
    SearchableRows(
        "sources",
        gettext_lazy("Sources"),
        present_rows(Source, *OF_A_SOURCE),
        OF_A_SOURCE,
        lambda _row: _("Source"),
        to_row("casework:source"),
    ),
    SearchableRows(
        "detentions",
        gettext_lazy("Detention"),
        present_rows(Detention, *OF_A_SPELL),
        OF_A_SPELL,
        lambda _row: _("Detention"),
        STORY,
    ),
    SearchableRows(
        "places", gettext_lazy("Places"), present_rows(Place, "place"), ("place",), lambda _row: _("Place"), STORY
    ),
    SearchableRows(
        "charges",
        gettext_lazy("Charges"),
        present_rows(Charge, *OF_A_CHARGE),
        OF_A_CHARGE,
        lambda _row: _("Charge"),
        STORY,
    ),
    SearchableRows(
        "rights",
        gettext_lazy("Rights put in question"),
        present_rows(RightImplicated, "fact"),
        ("fact",),
        lambda _row: _("The fact that shows a right"),
        ASKS,
    ),
    SearchableRows(
        "demands", gettext_lazy("Demands"), present_rows(Demand, "text"), ("text",), lambda _row: _("Demand"), ASKS
    ),
    SearchableRows(
        "asks", gettext_lazy("Asks"), present_rows(Ask, "to", "text"), ("to", "text"), lambda _row: _("Ask"), ASKS
    ),
)
