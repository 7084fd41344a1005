"""A changed fact makes what was written from it stale: the material, and the copies that were handed out."""

import datetime as dt
from typing import Any

from django.utils import timezone

from materials.facts_used import has_changed, revisions_on_changed_facts
from materials.models import Copy, Material


def is_stale(material: Any) -> bool:
    """Say whether a fact that the present words use changed, and nobody ruled that they still hold."""
    return has_changed(material)


def mark_stale(*, now: dt.datetime | None = None) -> int:
    """Mark every material and copy whose facts have changed; run by the sweep. Returns how many materials became stale."""
    now = now or timezone.now()
    marked = 0
    for material_id, revision in revisions_on_changed_facts():
        Copy.objects.filter(material=material_id, revision=revision, stale_at=None).update(stale_at=now)
        marked += Material.objects.filter(pk=material_id, revision=revision, is_stale=False).update(is_stale=True)
    return marked
