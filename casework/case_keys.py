"""How a case's data key is found, made, renewed and wrapped anew. The master key wraps data keys and nothing else."""

import secrets
import uuid
from collections.abc import Iterable

from casework.models import Case, CaseKey
from sealing import keys
from sealing.errors import DecryptionError


def open_key(owner_id: uuid.UUID, version: int) -> bytes:
    """Return the data key of this version of the case; raises DecryptionError when it was destroyed."""
    row = CaseKey.objects.filter(case_id=owner_id, key_version=version).first()
    if row is None:
        raise DecryptionError("The data key of this case is gone; what it sealed cannot be read again.")
    return bytes.fromhex(row.dek)


def current_key(owner_id: uuid.UUID) -> tuple[int, bytes]:
    """Return the newest data key of the case and its version, for writing."""
    row = CaseKey.objects.filter(case_id=owner_id).order_by("-key_version").first()
    if row is None:
        raise DecryptionError("This case has no data key; nothing can be written to it.")
    return row.key_version, bytes.fromhex(row.dek)


def open_many(case_ids: Iterable[uuid.UUID]) -> None:
    """Open the data keys of these cases in one query, for a page that shows rows of many cases."""
    for row in CaseKey.objects.filter(case_id__in=set(case_ids)).order_by("key_version"):
        keys.hold("case", row.case_id, row.key_version, bytes.fromhex(row.dek))


def make_key(case: Case) -> CaseKey:
    """Give the case a further data key, used for what is written from now on."""
    newest = CaseKey.objects.filter(case=case).order_by("-key_version").first()
    row = CaseKey(case=case, key_version=newest.key_version + 1 if newest else 1, dek=secrets.token_hex(32))
    row.save(force_insert=True)
    if newest is None:
        keys.hold("case", case.pk, row.key_version, bytes.fromhex(row.dek))
    else:
        keys.renewed("case", case.pk)
    return row


keys.register_resolver("case", open_key=open_key, current=current_key)
