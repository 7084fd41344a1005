"""A changed fact makes what was written from it stale: the material, and the copies that were handed out."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from materials.models import Copy, Material, MaterialCase


def is_stale(material: Any) -> bool:
    """Say whether a fact of one of its cases changed after the text was last looked over by its author."""
    newer = MaterialCase.objects.filter(material=material.pk, case__facts_changed_at__gt=material.edited_at)
    return bool(material.is_stale) or newer.exists()


def mark_stale(*, now: dt.datetime | None = None) -> int:
    """Mark every material and copy whose facts have changed; run by the sweep. Returns how many materials became stale."""
    now = now or timezone.now()
    of_material = MaterialCase.objects.filter(material=OuterRef("pk"), case__facts_changed_at__gt=OuterRef("edited_at"))
    of_copy = MaterialCase.objects.filter(
        material=OuterRef("material_id"), case__facts_changed_at__gt=OuterRef("created_at")
    )
    for copy_id in Copy.objects.filter(Exists(of_copy), stale_at=None).values_list("pk", flat=True):
        Copy.objects.filter(pk=copy_id, stale_at=None).update(stale_at=now)
    return Material.objects.filter(Exists(of_material), is_stale=False).update(is_stale=True)
