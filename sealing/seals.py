"""One sealed value: version of the data key, nonce, AES-256-GCM text, bound to a label and a row."""

import os
import uuid
from contextvars import ContextVar
from typing import Any

from cryptography.exceptions import InvalidTag

from sealing import keys
from sealing.errors import DecryptionError, KeyMissing
from sealing.padding import STEP, pad, unpad

NONCE_BYTES = 12
TAG_BYTES = 16
SHORTEST = 1 + NONCE_BYTES + STEP + TAG_BYTES

_openings: ContextVar[list[int] | None] = ContextVar("sealing_openings", default=None)


class Sealed:
    """Ciphertext as it stands in a row. It says nothing when printed and refuses to become text."""

    __slots__ = ("blob",)

    def __init__(self, blob: bytes | memoryview) -> None:
        self.blob = bytes(blob)

    def __repr__(self) -> str:
        return "<sealed>"

    def __str__(self) -> str:
        raise DecryptionError("A sealed value was about to be printed: read it from its row.")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.blob == other.blob

    def __hash__(self) -> int:
        return hash(self.blob)

    @property
    def version(self) -> int:
        """The version of the data key that sealed this value."""
        return self.blob[0] if self.blob else 0


def opened() -> int:
    """Return how many values this context has decrypted, for tests that nothing opens what is not shown."""
    count = _openings.get()
    return count[0] if count else 0


def seal(plain: bytes, *, kind: str, owner_id: Any, binding: bytes) -> Sealed:
    """Seal bytes, padded, under the owner's newest data key, bound to label and row; refuses with KeyMissing without a key."""
    version, cipher = keys.cipher(kind, owner_id)
    nonce = os.urandom(NONCE_BYTES)
    return Sealed(bytes((version,)) + nonce + cipher.encrypt(nonce, pad(plain), binding))


def unseal(sealed: Sealed, *, kind: str, owner_id: Any, binding: bytes, where: str) -> bytes:
    """Open a sealed value; refuses with DecryptionError naming `where` when key, label or row do not fit."""
    count = _openings.get()
    if count is None:
        count = [0]
        _openings.set(count)
    count[0] += 1
    blob = sealed.blob
    if len(blob) < SHORTEST:
        raise DecryptionError(f"{where} holds something that was never sealed.")
    try:
        _version, cipher = keys.cipher(kind, owner_id, blob[0])
        return unpad(cipher.decrypt(blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :], binding))
    except KeyMissing as fault:
        raise KeyMissing(f"{where} cannot be opened. {fault}") from fault
    except DecryptionError as fault:
        raise DecryptionError(f"{where} cannot be opened. {fault}") from fault
    except InvalidTag:
        raise DecryptionError(f"{where} cannot be opened: key, row or bytes do not fit.") from None


def binding(label: str, pk: Any, where: str) -> bytes:
    """Return what a sealed value is bound to: its frozen label and the UUID of its row."""
    if pk is None:
        raise DecryptionError(f"{where} belongs to a row without a primary key: give it one in Python.")
    row = pk if isinstance(pk, uuid.UUID) else uuid.UUID(str(pk))
    return f"{label}:{row}".encode()
