"""Which forms about materials that came too late are still shown: those of materials whose cases their writer still sees."""

from typing import Any

from django.urls import ResolverMatch

from accounts import drafts
from materials.models import Material

ABOUT_MATERIALS = ("materials/", "review/", "urgent/")


def may_return_to_material(person: Any, page: ResolverMatch) -> bool:
    """Say whether the page is about no material, or about one that the person may see now."""
    if not page.route.startswith(ABOUT_MATERIALS) or "pk" not in page.kwargs:
        return True
    return bool(Material.objects.visible_to(person).filter(pk=page.kwargs["pk"]).exists())


drafts.register_door(may_return_to_material)
