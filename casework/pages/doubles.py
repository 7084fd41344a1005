"""What is in a packet already, for whoever is about to write it a second time: of this case alone, and by what they may see."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms.doubles import Double
from accounts.models import User
from casework.access import rights_on
from casework.models import Case
from sealing.folding import fold


def double_of_contact(case: Case, reader: User, name: str) -> Double | None:
    """Return somebody around the prisoner who is called so; nobody to a reader who may not see who stands around."""
    if "view_identity" not in rights_on(reader, case):
        return None
    wanted = fold(name)
    for row in case.contacts.present().order_by("created_at"):
        if wanted in _folded([row.name or "", *(row.other_names or "").splitlines()]):
            url = reverse("casework:contact", args=[case.reference, row.pk])
            return Double(_("There is already somebody of this name among the people around."), url, str(row.pk))
    return None


def double_of_source(case: Case, title: str) -> Double | None:
    """Return a source of this case of the same title."""
    wanted = fold(title)
    for row in case.sources.present().order_by("created_at"):
        if fold(row.title or "") == wanted:
            url = reverse("casework:source", args=[case.reference, row.pk])
            return Double(_("There is already a source that is called so."), url, row.pk.hex[:10])
    return None


def double_of_name(lines: Sequence[Mapping[str, Any]]) -> Double | None:
    """Return the name that two of the lines say in the same script and as the same kind; both stand on the page."""
    said: set[tuple[str, str, str]] = set()
    for line in lines:
        one = fold(line.get("value") or ""), line.get("script", ""), line.get("kind", "")
        if line.get("remove") or not one[0]:
            continue
        if one in said:
            words = _("Two lines say the same name, in the same script and as the same kind.")
            return Double(words, "#names-h", "|".join(one[1:]) + str(len(lines)))
        said.add(one)
    return None


def _folded(names: Iterable[str]) -> set[str]:
    return {folded for folded in map(fold, names) if folded}
