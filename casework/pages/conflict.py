"""What stands beside a form when somebody else saved the row first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from casework.actions.rows import is_changed
from casework.forms.dates import ImpreciseDateField
from casework.forms.versioned import RowForm
from casework.models import Case
from casework.pages.rows import SummaryRow
from directory.dates import told


@dataclass(frozen=True)
class ConflictPage:
    """What is stored now, question by question, beside what was typed (casework/conflict.html)."""

    case: Case
    form: RowForm
    rows: Sequence[SummaryRow]
    back_url: str
    tab: str = "packet"


def conflict_page(case: Case, form: RowForm, saved: Model, *, back_url: str, tab: str) -> ConflictPage:
    """Return what is stored for each question of a form that holds what was typed."""
    kept = {field.name for field in saved._meta.get_fields()}
    rows = [_compared(form, saved, name) for name in form.fields if name != "version" and name in kept]
    return ConflictPage(case, form, rows, back_url, tab)


def _compared(form: RowForm, saved: Model, name: str) -> SummaryRow:
    """Return the label of a question and what is stored for it now."""
    shown = getattr(saved, f"get_{name}_display", None)
    value = shown() if shown else getattr(saved, name)
    if isinstance(form.fields[name], ImpreciseDateField):
        value = told.shown(value) if value else ""
    typed = form.cleaned_data.get(name)
    note = _("differs from yours") if is_changed(getattr(saved, name), typed) else ""
    return SummaryRow(str(form[name].label), value or _("Not written down"), note=note, is_typed=True)
