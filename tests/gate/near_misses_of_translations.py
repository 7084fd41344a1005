"""Translations under a text: one that is right, and what makes it wrong while every fact is as it was noted."""

from typing import Any

from casework.models import Ask, Case, Charge, Claim, Demand, Detention, Person, Place, Source, Translation, TypedWords
from casework.translating.originals import Original
from materials.models import MaterialFact
from tests.casework.translated import a_translation
from tests.factories import a_claim, a_detention, a_prisoner, a_source
from tests.gate.ready import Ready

SAYS = "What it says."
MODELS: dict[str, Any] = {
    "case": Case,
    "person": Person,
    "place": Place,
    "charge": Charge,
    "claim": Claim,
    "source": Source,
    "demand": Demand,
    "ask": Ask,
}


def an_original(case: Any, what: str = TypedWords.DEMAND) -> Original:
    """Return words of a row of this case, of which no text knows yet."""
    model, field = what.split(".")
    row = case if model == "case" else _new_row(case, model)
    setattr(row, field, SAYS)
    row.save()
    return Original(TypedWords(what), row, SAYS)


def _new_row(case: Any, model: str) -> Any:
    if model in {"place", "charge"}:
        spell = Detention.objects.filter(case=case).first() or a_detention(case)
        return MODELS[model].objects.create(case=case, detention=spell)
    if model == "ask":
        return Ask.objects.create(case=case, demand=Demand.objects.create(case=case, text="A visit."))
    if model == "person":
        return Person.objects.filter(case=case).first() or a_prisoner(case, "Ilan Vey")
    made = {"detention": a_detention, "claim": a_claim, "source": a_source, "demand": lambda of: Demand(case=of)}
    return made[model](case)


def noted(ready: Ready, row: Translation, **columns: Any) -> MaterialFact:
    """Note a translation under the present revision as it is, with some columns otherwise."""
    told = {"material": ready.material, "revision": ready.material.revision, "case": row.case, "kind": "translated"}
    told |= {"row_id": row.pk, "row_mac": bytes(row.facts_mac or b""), "made_by": ready.ana} | columns
    return MaterialFact.objects.create(**told)


def not_signed(ready: Ready, case: Any, _row: Any) -> None:
    """Let the text print a translation that nobody has signed."""
    noted(ready, a_translation(an_original(case), "كلمات", is_signed=False, translated_by=ready.ana))
