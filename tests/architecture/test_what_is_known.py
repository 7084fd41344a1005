"""The codes that the database takes are those that the model offers: the list stands twice, and both say the same."""

from django.apps import apps
from django.db import models

from sealing.inventory import OWN_APPS


def known() -> dict[str, tuple[set[str], set[str]]]:
    """Each constraint that one field holds one of some codes, with those codes and the choices of the field."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label not in OWN_APPS:
            continue
        for constraint in model._meta.constraints:
            if not isinstance(constraint, models.CheckConstraint) or not constraint.name.endswith("_is_known"):
                continue
            ((lookup, codes),) = [pair for pair in constraint.condition.children if isinstance(pair, tuple)]
            field = model._meta.get_field(lookup.removesuffix("__in"))
            choices = {str(code) for code, _label in field.flatchoices if code}
            found[constraint.name] = (set(codes), choices or set(codes))
    return found


def test_each_code_that_the_database_takes_is_a_choice_and_no_other() -> None:
    rows = known()
    assert len(rows) >= 14
    assert {name: sorted(codes ^ choices) for name, (codes, choices) in rows.items() if codes != choices} == {}
