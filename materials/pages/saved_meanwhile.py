"""What a colleague saved of a text, beside what was typed or ticked meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from casework.pages.conflict import ConflictPage, meanwhile
from directory.compared import compared, differences, differing, of_lists
from materials.forms.choosing import ChoosingForm
from materials.forms.materials import EditMaterialForm
from materials.models import Material


def saved_meanwhile_page(
    saved: Material, case: Case, again: EditMaterialForm, typed: Mapping[str, Any], reader: User
) -> ConflictPage:
    """Return what is saved now, box by box, with the form that still holds what was typed."""
    rows = compared(again, again.stored(), typed)
    back = reverse("materials:material", args=[saved.pk])
    return ConflictPage(case, again, meanwhile(case, saved, reader), rows, differing(rows), back, "materials")


def chosen_meanwhile(saved: Material, case: Case, form: ChoosingForm, reader: User) -> str:
    """Return who saved a text while another person ticked what it prints, when, and which rows differ."""
    rows = {f"tick-{row.key}": row for offered in form.rows.values() for row in offered if not row.why}
    ticked = form.cleaned_data if form.is_valid() else {}
    stored = [row.said for row in rows.values() if row.place]
    prints = of_lists(_("What prints"), stored, [row.said for name, row in rows.items() if ticked.get(name)])
    told = [f"{meanwhile(case, saved, reader)}.", differences([prints]), _("Your ticks stand: look, then redraw.")]
    return " ".join(words for words in told if words)
