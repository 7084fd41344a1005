"""Materials by their title and kind, and copies by who got them, for the search over all cases (casework/finding/shelves.py)."""

import uuid
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.pages.addresses import address_of
from casework.finding.shelves import Shelf, ShelfRows, register_shelf
from materials.material_keys import MATERIAL_KEYS
from materials.models import Copy, Material
from papers.kind_labels import kind_choices
from sealing.queries import KEY, PERSON, among, array_of, several, written_once


@written_once(cases=several(KEY))
def _titled(*, cases: list[uuid.UUID]) -> QuerySet[Any]:
    found = Material.objects.filter(case_links__case_id__in=cases)
    return found.annotate(case_id=F("case_links__case_id")).only("title", "kind").order_by("-edited_at", "pk")


@written_once(cases=several(KEY))
def _received(*, cases: list[uuid.UUID]) -> QuerySet[Any]:
    found = Copy.objects.filter(material__case_links__case_id__in=cases)
    found = found.annotate(case_id=F("material__case_links__case_id"))
    return found.only("material_id", "recipient_name").order_by("-created_at", "pk")


@cache
def kind_in_words(kind: str) -> tuple[str, ...]:
    """Return what a kind of material is called in each language of the pages."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(str(dict(kind_choices())[kind]))
    return tuple(dict.fromkeys(found))


@written_once(user=PERSON, rows=array_of(KEY))
def _readable_materials(*, user: User, rows: Sequence[uuid.UUID]) -> QuerySet[Material, uuid.UUID]:
    return Material.objects.visible_to(user).filter(among("pk", rows)).order_by().values_list("pk", flat=True)


@written_once(user=PERSON, rows=array_of(KEY))
def _readable_copies(*, user: User, rows: Sequence[uuid.UUID]) -> QuerySet[Copy, uuid.UUID]:
    return Copy.objects.where(user, may="dispatch").filter(among("pk", rows)).order_by().values_list("pk", flat=True)


def readable_materials(user: User, rows: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of these materials that this person may read: every case of each is open."""
    return set(_readable_materials(user=user, rows=sorted(rows)))


def readable_copies(user: User, rows: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of these copies that are shown to this person: to those who may dispatch their material."""
    return set(_readable_copies(user=user, rows=sorted(rows)))


register_shelf(
    Shelf(
        "materials",
        _("Materials"),
        "view_case",
        (ShelfRows(_titled, ("title",), MATERIAL_KEYS, "pk", beside=lambda row: kind_in_words(row.kind)),),
        lambda _case, row: address_of("materials:material", row),
        is_by_row=True,
        may_read=readable_materials,
    )
)
register_shelf(
    Shelf(
        "recipients",
        _("Who got a copy"),
        "dispatch",
        (ShelfRows(_received, ("recipient_name",), MATERIAL_KEYS, "material_id"),),
        lambda _case, row: address_of("materials:copy", row),
        is_by_row=True,
        may_read=readable_copies,
    )
)
