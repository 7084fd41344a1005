"""Which rows behind a text carry a mark, told to the one check: its claims and facts, and what materials keep itself."""

from typing import Any

from django.db.models import Q, QuerySet

from casework.models import (
    Ask,
    Charge,
    Citation,
    Claim,
    Demand,
    Detention,
    Name,
    NoStatement,
    Person,
    Place,
    Source,
    Translation,
)
from directory.models import TreatyCorrection
from materials.models import Dispatch, EmergencyCheck, Material, MaterialClaim, MaterialFact
from safety import authenticity
from safety.authenticity import Behind, Reach

Kind = MaterialFact.Kind
OF_FACTS = {
    Name: Kind.NAME,
    Person: Kind.PERSON,
    Place: Kind.PLACE,
    Charge: Kind.CHARGE,
    Ask: Kind.ASK,
    NoStatement: Kind.NO_STATEMENT,
    Translation: Kind.TRANSLATION,
}


def _facts(asked: Behind) -> QuerySet[MaterialFact]:
    return MaterialFact.objects.filter(material=asked.material_id, revision=asked.revision)


def _of_fact(model: Any, kind: str) -> Reach:
    """Return the reach of the rows under facts of this kind; where a text rests on none, nothing is asked.

    What a translation under the text is of counts with them: the gate compares the two.
    """

    def reach(asked: Behind) -> QuerySet[Any] | None:
        if "kinds" not in asked.known:
            asked.known["kinds"] = set(_facts(asked).values_list("kind", flat=True))
        kinds = asked.known["kinds"]
        if not kinds & {kind, Kind.TRANSLATION}:
            return None
        rows: QuerySet[Any] = model._base_manager.all()
        own = Q(pk__in=_facts(asked).filter(kind=kind).values("row_id"))
        return rows.filter(own | _translated(asked) if Kind.TRANSLATION in kinds else own)

    return reach


def _translated(asked: Behind) -> Q:
    """Return the question for the rows whose words the text prints translated."""
    facts = _facts(asked).filter(kind=Kind.TRANSLATION).values("row_id")
    return Q(pk__in=Translation.objects.filter(pk__in=facts).values("row_id"))


def _demands(asked: Behind) -> QuerySet[Demand]:
    """Return the demands that the words name, and those for which they ask somebody."""
    rows = {kind: _facts(asked).filter(kind=kind).values("row_id") for kind in (Kind.DEMAND, Kind.ASK)}
    named = Q(pk__in=rows[Kind.DEMAND]) | Q(asks__pk__in=rows[Kind.ASK]) | _translated(asked)
    return Demand.objects.filter(named).distinct()


def _corrections(asked: Behind) -> QuerySet[TreatyCorrection] | None:
    """Return every correction where the text names a right: of which State a forged one was, nobody knows any more."""
    return TreatyCorrection.objects.all() if _facts(asked).filter(kind=Kind.LAW).exists() else None


def _used_claims(asked: Behind) -> QuerySet[Any]:
    return MaterialClaim.objects.filter(material=asked.material_id, revision=asked.revision).values("claim")


def _claims(asked: Behind) -> QuerySet[Any]:
    return Claim.objects.filter(Q(pk__in=_used_claims(asked)) | _translated(asked)).prefetch_related("items")


def _citations(asked: Behind) -> QuerySet[Any]:
    return Citation.objects.filter(claim__in=_used_claims(asked))


def _sources(asked: Behind) -> QuerySet[Any]:
    return Source.objects.filter(Q(pk__in=_citations(asked).values("source")) | _translated(asked))


def _four_answers(asked: Behind) -> QuerySet[EmergencyCheck] | None:
    if asked.level != "emergency":
        return None
    return EmergencyCheck.objects.filter(material=asked.material_id, revision=asked.revision)


def _dispatches(asked: Behind) -> QuerySet[Dispatch]:
    """Return what this revision left as; sent alone, every such notice: whoever has one unreviewed may send no other."""
    own = Q(material=asked.material_id, revision=asked.revision)
    return Dispatch.objects.filter(own | Q(clearance__is_alone=True) if asked.is_alone else own)


authenticity.register(Material, lambda asked: Material.objects.filter(pk=asked.material_id))
authenticity.register(MaterialFact, _facts, is_made_again=True)
authenticity.register(Claim, _claims)
authenticity.register(Citation, _citations)
authenticity.register(Source, _sources)
authenticity.register(Detention, lambda asked: Detention.objects.filter(case__in=asked.cases))
for _model, _kind in OF_FACTS.items():
    authenticity.register(_model, _of_fact(_model, _kind))
authenticity.register(Demand, _demands)
authenticity.register(TreatyCorrection, _corrections)
authenticity.register(EmergencyCheck, _four_answers, is_made_again=True)
authenticity.register(Dispatch, _dispatches)
