"""What stands beside a form when somebody else saved the row first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from casework.actions.rows import is_changed
from casework.forms.dates import ImpreciseDateField, WordedDateField
from casework.forms.versioned import RowForm
from casework.models import Case, Claim
from casework.pages.rows import SummaryRow
from directory.dates import told
from directory.vocabulary import label


@dataclass(frozen=True)
class ConflictPage:
    """What is stored now, question by question, beside what was typed (casework/conflict.html)."""

    case: Case
    form: RowForm
    rows: Sequence[SummaryRow]
    back_url: str
    tab: str = "packet"
    carried: Sequence[tuple[str, str]] = ()
    """What else was sent and is not saved yet: it is sent again with this row."""


def conflict_page(
    case: Case, form: RowForm, saved: Model, *, back_url: str, tab: str, carried: Sequence[tuple[str, str]] = ()
) -> ConflictPage:
    """Return what is stored for each question of a form that holds what was typed."""
    kept = {field.name for field in saved._meta.get_fields()}
    rows = [_compared(form, saved, name) for name in form.fields if name != "version" and name in kept]
    return ConflictPage(case, form, rows, back_url, tab, carried)


def _compared(form: RowForm, saved: Model, name: str) -> SummaryRow:
    """Return the label of a question and what is stored for it now."""
    shown = getattr(saved, f"get_{name}_display", None)
    stored, typed = getattr(saved, name), form.cleaned_data.get(name)
    if isinstance(saved, Claim) and name == "items":
        stored, typed = sorted(row.item for row in saved.items.all()), sorted(typed or ())
        value = ", ".join(label("consent_item", item) for item in stored)
    elif isinstance(form.fields[name], ImpreciseDateField | WordedDateField):
        value = told.shown(stored) if stored else ""
    else:
        value = shown() if shown else stored
    note = _("differs from yours") if is_changed(stored, typed) else ""
    return SummaryRow(str(form[name].label), value or _("Not written down"), note=note, is_typed=True)
