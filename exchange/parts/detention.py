"""Spells of detention with their places and charges, and the timeline."""

from django.utils.translation import gettext as _

from casework.custody import is_to_come
from directory.dates import earliest, latest
from directory.vocabulary import terms
from exchange.parts.words import translations
from exchange.reading import Reader
from exchange.records import ChargeTold, DetentionTold, EventTold, PlaceTold


def detention(told: Reader, claims: int) -> DetentionTold:
    """Return a spell of detention; a day to come, and an end before its beginning, are faults.

    A claim that says one of its facts is one of so many of the case.
    """
    to_come = _("this day is still to come; the end of a term belongs under %(field)s") % {"field": "term_ends"}
    started, ended = _past(told, "start", _("this day is still to come")), _past(told, "end", to_come)
    _in_order(told, "end", started, ended)
    taken_at = told.text("taken_at")
    return DetentionTold(
        started=started,
        ended=ended,
        term_ends=told.date("term_ends"),
        ending=told.text("release"),
        legal_basis=told.text("legal_basis"),
        authority=told.text("authority"),
        taken_by=told.text("taken_by"),
        taken_at=taken_at,
        arrest_claim=_claim(told, "arrest_claim", claims),
        circumstances=told.text("circumstances"),
        warrant=told.text("warrant"),
        acknowledged=told.code("acknowledged", terms("acknowledgement"), may_lack=True),
        basis_kind=told.code("basis_kind", terms("legal_basis_type"), may_lack=True),
        counsel=told.code("counsel", terms("counsel_access"), may_lack=True),
        contact_allowed=told.code("contact_allowed", terms("contact_allowed"), may_lack=True),
        places=tuple(_place(inner, claims) for inner in told.objects("places")),
        charges=tuple(charge(inner, claims) for inner in told.objects("charges")),
        translations=translations(told, taken_at=taken_at),
    )


def _claim(told: Reader, field: str, claims: int) -> int | None:
    """Return the place in the file of the claim that says a fact; nothing where the case has none."""
    return told.number(field, 1, claims) if claims else None


def _place(told: Reader, claims: int) -> PlaceTold:
    since, until, place = told.date("from"), told.date("to"), told.text("place", is_needed=True)
    _in_order(told, "to", since, until)
    return PlaceTold(since, until, place, _claim(told, "claim", claims), translations(told, place=place))


def _in_order(told: Reader, field: str, begins: str, ends: str) -> None:
    """An end that lies before its beginning could not be saved in the form."""
    first, last = earliest(begins), latest(ends)
    if first and last and last < first:
        told.fault(field, _("lies before the first date; look at both again"))


def _past(told: Reader, field: str, to_come: str) -> str:
    """Return a date that is not still to come; one that is gives this fault."""
    day = told.date(field)
    if is_to_come(day):
        told.fault(field, to_come)
    return day


def charge(told: Reader, claims: int) -> ChargeTold:
    """Return a charge with its court and outcome, and the claims that say its stages."""
    law, court = told.text("law", is_needed=True), told.text("court")
    verdict, sentence, trial_place = told.text("verdict"), told.text("sentence"), told.text("trial_place")
    return ChargeTold(
        charged_on=told.date("date"),
        law=law,
        court=court,
        judge=told.text("judge"),
        case_number=told.text("case_number"),
        verdict=verdict,
        sentence=sentence,
        tried_on=told.date("trial"),
        trial_place=trial_place,
        sentenced_on=told.date("sentenced"),
        charge_claim=_claim(told, "charge_claim", claims),
        trial_claim=_claim(told, "trial_claim", claims),
        sentence_claim=_claim(told, "sentence_claim", claims),
        translations=translations(
            told, law=law, court=court, trial_place=trial_place, verdict=verdict, sentence=sentence
        ),
    )


def event(told: Reader, claims: int) -> EventTold:
    """Return an event of the timeline; a claim that proves it is one of so many of the case."""
    proven = _claim(told, "claim", claims)
    return EventTold(
        told.date("date", is_needed=True),
        told.text("calendar"),
        told.text("event", is_needed=True),
        told.flag("expected"),
        proven,
    )
