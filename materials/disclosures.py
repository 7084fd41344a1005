"""What one revision of a material uses: claims, as fact or attributed, and the consent items it discloses."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from casework.consent_rule import ledgers_of
from casework.models import Case, Contact
from materials.models import Material, MaterialClaim, MaterialItem
from materials.text_as_read import parts_as_read
from safety.leaks import third_persons
from safety.leaks.terms import opened_by_contacts
from sealing import keys

Items = dict[uuid.UUID, frozenset[str]]
Claims = dict[uuid.UUID, str]
Contacts = list[tuple[uuid.UUID, uuid.UUID, str]]  # case, whose, item


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


def disclosure_digest(claims: Claims, items: Items, contacts: Contacts) -> str:
    """Return a short fingerprint of the uses, so that changing them alone raises the revision too."""
    return hashlib.sha256("\n".join(parts(claims, items, contacts)).encode()).hexdigest()


def contacts_named(cases: Iterable[Case], material: Material) -> Contacts:
    """Return whom the words name by that person's own consent: so the gate asks for it wherever the text leaves."""
    ledgers = ledgers_of(cases)
    agreed = opened_by_contacts(ledgers.values(), material.audience, material.level)
    text = "\n".join(parts_as_read(material.title, material.body).values()) if agreed else ""
    return [
        (row.case_id, row.pk, "CI_NAME")
        for row in Contact.objects.filter(pk__in=agreed, case__in=ledgers).order_by("pk")
        if third_persons.is_named(row, text)
    ]


def keep_disclosures(material: Material, claims: Claims, items: Items, contacts: Contacts) -> None:
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
        + [
            MaterialItem(material=material, revision=revision, case_id=case, contact_id=contact, item=item)
            for case, contact, item in contacts
        ]
    )


def contacts_of(material: Any) -> Contacts:
    """Return whom the present revision names by that person's own consent."""
    rows = MaterialItem.objects.filter(material_id=material.pk, revision=material.revision).exclude(contact=None)
    return list(rows.order_by("contact_id").values_list("case_id", "contact_id", "item"))


def claims_of(material: Any) -> Claims:
    """Return the claims that the present revision uses, and how each is printed."""
    rows = MaterialClaim.objects.filter(material_id=material.pk, revision=material.revision)
    return dict(rows.values_list("claim_id", "printed_as"))


def items_of(material: Any, revision: int | None = None) -> Items:
    """Return the items about the prisoner that a revision (the present one) discloses, by case."""
    rows = MaterialItem.objects.filter(material_id=material.pk, revision=revision or material.revision, contact=None)
    found: dict[uuid.UUID, frozenset[str]] = {}
    for row in rows:
        found[row.case_id] = found.get(row.case_id, frozenset()) | {row.item}
    return found


def items_of_contacts(material: Any) -> Items:
    """Return the items about people around the prisoner that the revision discloses, by contact."""
    rows = MaterialItem.objects.filter(material_id=material.pk, revision=material.revision).exclude(contact=None)
    found: Items = {}
    for row in rows:
        if row.contact_id:
            found[row.contact_id] = found.get(row.contact_id, frozenset()) | {row.item}
    return found
