"""A case in which every column that a form asks holds words of its own, so that a paper can be searched for each."""

import datetime as dt
from typing import Any

from casework.models import (
    Ask,
    Case,
    Charge,
    Contact,
    Demand,
    Detention,
    Name,
    Person,
    Place,
    RightImplicated,
    TimelineEvent,
)
from papers.composing.composing import compose
from papers.kinds import registry
from tests.factories import a_case, a_claim, an_office

# Each column that a paper prints, with its value and the words that stand in the paper.
PRINTED = {
    "name.value": ("Ilias Varanen", "Varanen"),
    "person.occupation": ("lighthouse keeper", "lighthouse keeper"),
    "person.born": ("1931-01-01", "95"),
    "person.nationality": ("Lower Tarnish", "Lower Tarnish"),
    "detention.started": ("2025-03-14", "14 March 2025"),
    "detention.taken_at": ("Dock Street", "Dock Street"),
    "detention.term_ends": ("2031-08-09", "9 August 2031"),
    "place.place": ("Colony no. 4", "Colony no. 4"),
    "place.since": ("2025-04-02", "2 April 2025"),
    "charge.law": ("Penal Code art. 214", "art. 214"),
    "charge.charged_on": ("2025-05-06", "6 May 2025"),
    "charge.court": ("Harbour Court", "Harbour Court"),
    "charge.tried_on": ("2025-07-08", "8 July 2025"),
    "charge.trial_place": ("Port Tarn", "Port Tarn"),
    "charge.verdict": ("found guilty of smuggling", "smuggling"),
    "charge.sentence": ("six years of labour", "six years of labour"),
    "charge.sentenced_on": ("2025-10-11", "11 October 2025"),
    "case.why_now": ("The appeal is heard on Thursday.", "heard on Thursday"),
    "case.authorities_say": ("The ministry speaks of taxes.", "speaks of taxes"),
    "demand.text": ("Let a doctor see this person", "Let a doctor see"),
    "ask.to": ("the Minister of Salt", "Minister of Salt"),
    "ask.text": ("Ask for a visit of the Red Cross", "visit of the Red Cross"),
    "ask.by": ("2027-02-03", "3 February 2027"),
}
INSIDE = "zz"  # begins the words of each column that no paper prints
TODAY = dt.date(2026, 12, 1)
AUDIENCES = ("AU_DIPLO", "AU_PARL", "AU_SUPPORT")


def a_case_told_in_full() -> Case:
    """Return ana's case with every column filled, without any consent."""
    an_office()
    case = a_case(**_of("case"), **_inside(Case, "summary", "activity"))
    person = Person.objects.create(
        case=case,
        **_of("person"),
        **_inside(Person, "gender", "residence", "document_number", "health", "note"),
    )
    Name.objects.create(case=case, person=person, **_of("name"))
    Name.objects.create(case=case, person=person, kind="alias", value=f"{INSIDE} alias")
    Contact.objects.create(case=case, kind="family", **_inside(Contact, "name", "relation", "phone", "address", "note"))
    quiet = _inside(Detention, "taken_by", "authority", "circumstances", "warrant", "legal_basis", "ending")
    spell = Detention.objects.create(case=case, **_of("detention"), **quiet)
    Place.objects.create(case=case, detention=spell, **_of("place"))
    Charge.objects.create(case=case, detention=spell, **_of("charge"), **_inside(Charge, "judge", "case_number"))
    TimelineEvent.objects.create(case=case, on="2025-12-13", event=f"{INSIDE} event")
    demand = Demand.objects.create(case=case, aim="doctor", **_of("demand"))
    Ask.objects.create(case=case, demand=demand, **_of("ask"))
    RightImplicated.objects.create(case=case, right="R_HEALTH", fact=f"{INSIDE} fact")
    a_claim(case, "The sea was rough.")
    return case


def _of(model: str) -> dict[str, Any]:
    return {name.partition(".")[2]: value for name, (value, _words) in PRINTED.items() if name.startswith(f"{model}.")}


def _inside(model: Any, *names: str) -> dict[str, str]:
    return {name: f"{INSIDE} {model._meta.model_name} {name}" for name in names}


def papers_for(case: Case, audience: str, language: str = "en") -> str:
    """Return every paper that is composed for this audience, one after the other."""
    texts = []
    for kind in registry.composed():
        if audience in kind.audiences and not kind.is_only_for and not kind.is_stop_notice:
            made = compose([case], kind=kind.code, audience=audience, language=language, today=TODAY)
            texts += [made.title, *(section["text"] for section in made.body)]
    return " ".join(" ".join(texts).split())  # the spaces within a date are such as never break
