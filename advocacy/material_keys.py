"""How a material's data key is found and made."""

import secrets
import uuid

from advocacy.models import Material, MaterialKey
from sealing import keys
from sealing.errors import DecryptionError


def open_key(owner_id: uuid.UUID, version: int) -> bytes:
    """Return the data key of this version of the material; raises DecryptionError when it was destroyed."""
    row = MaterialKey.objects.filter(material_id=owner_id, key_version=version).first()
    if row is None:
        raise DecryptionError("The data key of this material is gone; its words cannot be read again.")
    return bytes.fromhex(row.dek)


def current_key(owner_id: uuid.UUID) -> tuple[int, bytes]:
    """Return the newest data key of the material and its version, for writing."""
    row = MaterialKey.objects.filter(material_id=owner_id).order_by("-key_version").first()
    if row is None:
        raise DecryptionError("This material has no data key; nothing can be written to it.")
    return row.key_version, bytes.fromhex(row.dek)


def make_key(material: Material) -> MaterialKey:
    """Give the material a further data key, used for what is written from now on."""
    newest = MaterialKey.objects.filter(material=material).order_by("-key_version").first()
    row = MaterialKey(material=material, key_version=newest.key_version + 1 if newest else 1, dek=secrets.token_hex(32))
    row.save(force_insert=True)
    if newest is None:
        keys.hold("material", material.pk, row.key_version, bytes.fromhex(row.dek))
    else:
        keys.renewed("material", material.pk)
    return row


keys.register_resolver("material", open_key=open_key, current=current_key)
