"""The wrapped data keys of one kind of owner: found, made, renewed. The master key wraps data keys and nothing else."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import models

from sealing import keys
from sealing.errors import DecryptionError, KeyMissing
from sealing.queries import KEY, NUMBER, WrittenQuery, several, written_once


class OwnerKeys:
    """The data keys of cases, or of materials: rows with a link to the owner, `key_version` and the wrapped `dek`."""

    def __init__(self, kind: str, model: type[models.Model]) -> None:
        self.kind, self.rows, self.column = kind, model._default_manager, f"{kind}_id"
        key, wrapped = f"{self.column}__in", (self.column, "key_version", "dek")
        self._of_version: WrittenQuery[Any] = written_once(owner=KEY, version=NUMBER)(
            lambda owner, version: self.rows.filter(**{self.column: owner}, key_version=version)[:1]
        )
        self._of_many: WrittenQuery[Any] = written_once(owners=several(KEY))(
            lambda owners: self.rows.filter(**{key: owners}).order_by("key_version").values_list(*wrapped)
        )
        keys.register_resolver(kind, open_key=self.open_key, current=self.current_key)

    def open_key(self, owner_id: Any, version: int) -> bytes:
        """Return the data key of this version; raises DecryptionError when it was destroyed."""
        row: Any = self._of_version.first(owner=owner_id, version=version)
        if row is None:
            raise DecryptionError(f"The data key of this {self.kind} is gone; what it sealed cannot be read again.")
        return bytes.fromhex(row.dek)

    def current_key(self, owner_id: Any) -> tuple[int, bytes]:
        """Return the newest data key of the owner and its version, for writing; raises DecryptionError without one."""
        row = self._newest(owner_id)
        if row is None:
            raise DecryptionError(f"This {self.kind} has no data key; nothing can be written to it.")
        return row.key_version, bytes.fromhex(row.dek)

    def open_many(self, owner_ids: Iterable[Any]) -> None:
        """Open the data keys of these owners in one query, for a page that shows rows of many of them."""
        for owner_id, version, dek in self._of_many(owners=list(dict.fromkeys(owner_ids))):
            keys.hold_key(self.kind, owner_id, version, bytes.fromhex(dek))

    def first(self, owner_id: Any) -> Any:
        """Hold a first data key for a new owner, and return its row: save it in the same transaction, after the owner's."""
        row: Any = self.rows.model(
            **{self.column: owner_id}, key_version=keys.VERSIONS.start, dek=secrets.token_hex(keys.DATA_KEY_BYTES)
        )
        keys.hold_key(self.kind, owner_id, row.key_version, bytes.fromhex(row.dek))
        return row

    def make(self, owner_id: Any) -> Any:
        """Give the owner a further data key, used for what is written from now on; what was sealed before stays readable.

        Raises KeyMissing when the owner has had as many keys as one byte can number.
        """
        newest = self._newest(owner_id)
        version = newest.key_version + 1 if newest else keys.VERSIONS.start
        if version not in keys.VERSIONS:
            raise KeyMissing(
                f"This {self.kind} has had {keys.VERSIONS.stop - 1} data keys and can have no further one."
            )
        row: Any = self.rows.model(**{self.column: owner_id}, key_version=version, dek=secrets.token_hex(32))
        row.save(force_insert=True)
        if newest is None:
            keys.hold_key(self.kind, owner_id, version, bytes.fromhex(row.dek))
        else:
            keys.renewed(self.kind, owner_id)
        return row

    def _newest(self, owner_id: Any) -> Any:
        return self.rows.filter(**{self.column: owner_id}).order_by("-key_version").first()
