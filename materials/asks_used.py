"""Whether what a material asks still makes sense for the person: refused before review, and said by somebody.

The gate asks the same in SQL (`safety.conditions.asks`). Demands count by what they are about; words of one's own count
by what a person said of them. Where the person may be held nothing is asked: every demand was written for that.
"""

import uuid
from collections.abc import Iterable

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Ask, Case, Demand
from casework.models.aims import HELD, Situation, situation_of
from directory.vocabulary import label
from materials.models import Dispatch, Material, MaterialFact
from papers.composing.overtaken import sentence
from safety import gate

ASKED = MaterialFact.Kind.ASKED


def why_overtaken(material: Material) -> list[str]:
    """Return every reason why what the present words ask may be overtaken by what happened to the person."""
    return [*overtaken_asks(material), *(not_looked_at(case) for case in cases_to_look_at(material))]


def overtaken_asks(material: Material) -> list[str]:
    """Return a sentence for each ask and demand of the present words that makes no sense any more."""
    rows = gate.refused_rows(gate.Leaving.of(material), ["asks-overtaken-by-fate"])["asks-overtaken-by-fate"]
    facts = MaterialFact.objects.filter(pk__in=[uuid.UUID(key) for _case, key in rows]).select_related("case")
    return list(dict.fromkeys(sentence_of(fact) for fact in facts.order_by("kind", "made_at", "pk")))


def sentence_of(fact: MaterialFact) -> str:
    """Return what an overtaken ask or demand under a revision asks, and what to do."""
    if fact.kind == MaterialFact.Kind.ASK:
        ask = Ask.objects.select_related("demand").get(pk=str(fact.row_id))
        return sentence(ask.demand, fact.case, ask.text or "")
    demand = Demand.objects.get(pk=str(fact.row_id))
    return sentence(demand, fact.case, demand.text or "")


def not_looked_at(case: Case) -> str:
    """Return that somebody must say of the words as they are that they ask nothing in vain."""
    return _(
        "%(codename)s is recorded as “%(status)s”, and nobody has said that what this text asks makes sense all the same."
        " Edit the words, then tick it."
    ) % {"codename": case, "status": label("detention_status", case.status)}


def needs_a_look(cases: Iterable[Case]) -> list[Case]:
    """Return the cases of people who are not held any more: of them somebody says that an ask makes sense."""
    return [case for case in cases if situation_of(case.status) != HELD]


def cases_to_look_at(material: Material) -> list[Case]:
    """Return the cases of which nobody has said that the present words ask nothing in vain."""
    cases = needs_a_look(Case.objects.filter(material_links__material=material).order_by("pk"))
    said = MaterialFact.objects.filter(material=material, revision=material.revision, kind=ASKED)
    known = set(said.values_list("case_id", "code"))
    return [case for case in cases if (case.pk, str(situation_of(case.status))) not in known]


def say_asks_make_sense(material: Material, *, actor: User) -> None:
    """Note of the present words that what they ask makes sense where the people are now; the caller has asked for that.

    Of words that are out it counts when a second person agrees.
    """
    needs_second = Dispatch.objects.filter(material=material, revision=material.revision).exists()
    for case in cases_to_look_at(material):
        situation = Situation(situation_of(case.status))
        earlier = MaterialFact.objects.filter(material=material, revision=material.revision, case=case, kind=ASKED)
        MaterialFact(
            material=material,
            revision=material.revision,
            number=int(earlier.aggregate(last=Max("number"))["last"] or 1)
            + 1,  # a ruling, as one may come after the review
            case=case,
            kind=ASKED,
            code=situation.value,
            words=str(situation.label),
            made_by=actor,
            needs_second=needs_second,
        ).save(force_insert=True)
