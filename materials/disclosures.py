"""What one revision of a material uses: claims, as fact or attributed, and the consent items it discloses."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from materials.models import Material, MaterialClaim, MaterialItem
from sealing import keys

Items = dict[uuid.UUID, frozenset[str]]
Claims = dict[uuid.UUID, str]


def parts(claims: Claims, items: Items, contacts: Iterable[tuple[uuid.UUID, uuid.UUID, str]] = ()) -> list[str]:
    """Return the uses in a fixed order: (claim, printed as), then (case, whose, item)."""
    said = [f"claim {claim} {printed_as}" for claim, printed_as in claims.items()]
    said += [f"item {case} - {item}" for case, names in items.items() for item in names]
    said += [f"item {case} {contact} {item}" for case, contact, item in contacts]
    return ["uses", *sorted(said)]


def parts_of(material_id: uuid.UUID, revision: int) -> list[str]:
    """Return the uses that are stored for this revision."""
    claims = MaterialClaim.objects.filter(material_id=material_id, revision=revision).values_list(
        "claim_id", "printed_as"
    )
    rows = MaterialItem.objects.filter(material_id=material_id, revision=revision).values_list(
        "case_id", "contact_id", "item"
    )
    items: dict[uuid.UUID, frozenset[str]] = {}
    for case, contact, item in rows:
        if contact is None:
            items[case] = items.get(case, frozenset()) | {item}
    return parts(dict(claims), items, [row for row in rows if row[1] is not None])


def uses_mac(material_id: uuid.UUID, revision: int) -> bytes:
    """Return the MAC of the uses stored for this revision; a review binds it."""
    return keys.gate_mac(parts_of(material_id, revision))


def disclosure_digest(claims: Claims, items: Items) -> str:
    """Return a short fingerprint of the uses, so that changing them alone raises the revision too."""
    return hashlib.sha256("\n".join(parts(claims, items)).encode()).hexdigest()


def keep_disclosures(material: Material, claims: Claims, items: Items) -> None:
    """Insert the uses of the present revision, once; they never change afterwards."""
    if MaterialClaim.objects.filter(material=material, revision=material.revision).exists():
        return
    if MaterialItem.objects.filter(material=material, revision=material.revision).exists():
        return
    revision = material.revision
    MaterialClaim.objects.bulk_create(
        [
            MaterialClaim(material=material, revision=revision, claim_id=claim, printed_as=printed_as)
            for claim, printed_as in claims.items()
        ]
    )
    MaterialItem.objects.bulk_create(
        [
            MaterialItem(material=material, revision=revision, case_id=case, item=item)
            for case, names in items.items()
            for item in sorted(names)
        ]
    )


def items_of(material: Any, revision: int | None = None) -> Items:
    """Return the items about the prisoner that a revision (the present one) discloses, by case."""
    rows = MaterialItem.objects.filter(material_id=material.pk, revision=revision or material.revision, contact=None)
    found: dict[uuid.UUID, frozenset[str]] = {}
    for row in rows:
        found[row.case_id] = found.get(row.case_id, frozenset()) | {row.item}
    return found
