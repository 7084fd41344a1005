"""What is kept in step with every change of a spell of detention, whoever makes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.custody import is_to_come, spell_that_counts
from casework.models import Case, Detention
from directory import dates

TO_COME = {
    "started": _("This day is still to come. Write here what has happened."),
    "ended": _("This day is still to come. When a term runs to it, write it under “Term ends on”."),
}


def refuse_days_to_come(values: Mapping[str, Any]) -> None:
    """Refuse a spell that begins or ends on a day that is still to come, at its field."""
    faults = {field: words for field, words in TO_COME.items() if is_to_come(values.get(field))}
    if faults:
        raise ValidationError(faults)


def present_spells(case: Case) -> list[Detention]:
    """Return the spells of detention of the case that nobody has removed; one query."""
    return list(Detention.objects.filter(case=case).present())


def settle_year(case: Case) -> int | None:
    """Keep the year of the spell that counts in clear: lists sort by it, and nothing finer stands there."""
    case.year_detained = year_begun(present_spells(case))
    Case.objects.filter(pk=case.pk).update(year_detained=case.year_detained)
    return case.year_detained


def year_begun(spells: Sequence[Detention]) -> int | None:
    """Return the year in which the spell that counts began; None where that is not known."""
    spell = spell_that_counts(spells)
    begun = dates.earliest(spell.started) if spell else None
    return begun.year if begun else None
