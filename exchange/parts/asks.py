"""Demands, and what is asked of whom for each."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from casework.models.aims import Aim
from directory.vocabulary import terms
from exchange.faults import shown
from exchange.parts.words import translations
from exchange.reading import Reader
from exchange.records import AskTold, DemandTold


def demands(told: Reader) -> tuple[DemandTold, ...]:
    """Return the demands: a sentence alone, or one with what it is about. One sentence is about one thing."""
    found = dict[str, DemandTold]()
    for one in told.texts_or_objects("demands"):
        demand = DemandTold(one, Aim.OWN) if isinstance(one, str) else _demand(one)
        if found.setdefault(demand.text, demand).aim != demand.aim:
            words = _("“%(value)s” stands twice, about different things; keep one")
            told.fault("demands", words % {"value": shown(demand.text)})
    return tuple(found.values())


def _demand(told: Reader) -> DemandTold:
    text = told.text("text", is_needed=True)
    aim, is_lead = told.code("aim", Aim.values, default=Aim.OWN), told.flag_or_none("leads")
    return DemandTold(text, aim, is_lead, translations(told, text=text))


def ask(told: Reader, known: Iterable[DemandTold]) -> AskTold:
    """Return an ask; one for a demand that the case does not have is a fault."""
    to, text = told.text("to", is_needed=True), told.text("text", is_needed=True)
    demand = told.text("demand", is_needed=True)
    if demand and demand not in {one.text for one in known}:
        told.fault("demand", _("“%(value)s” is not among the demands of the case") % {"value": shown(demand)})
    audience = told.code("audience", terms("consent_audience"), may_lack=True)
    return AskTold(to, text, demand, told.date("by"), audience, translations(told, to=to, text=text))
