"""Sessions whose rows do not open them: a read-only copy of the database is no signed-in browser."""

from typing import Any

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from sealing.queries import TEXT, now, written_once

LONGEST_ROW_KEY = 40  # as many characters as Django's column and allauth's hold


def row_key(session_key: str) -> str:
    """Return the name of a session's row: an HMAC, under SECRET_KEY, of what the browser's cookie holds."""
    return salted_hmac("accounts.session", session_key, algorithm="sha256").hexdigest()[:LONGEST_ROW_KEY]


@written_once(row_key=TEXT)
def _live_row(*, row_key: str) -> "QuerySet[AbstractBaseSession]":
    rows = apps.get_model("sessions", "Session")._default_manager
    return rows.filter(session_key=row_key, expire_date__gt=now())[:1]


class SessionStore(DatabaseStore):
    """Django's sessions in the database, each row under the HMAC of its key. What a row is called opens nothing.

    `session_key` is what the cookie holds and is never written; `row_key` is what other tables may hold.
    """

    @property
    def row_key(self) -> str:
        """Return the name of this session's row; empty while there is no session."""
        return row_key(self.session_key) if self.session_key else ""

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(row_key(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session of this key of a cookie, or this one."""
        key = session_key or self.session_key
        if key:
            super().delete(row_key(key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = row_key(row.session_key)
        return row

    async def acreate_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Nothing of ours is asynchronous; but whatever writes, writes no key."""
        return self.create_model_instance(data)

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row = _live_row.first(row_key=self.row_key) if self.session_key else None
        if row is None:
            self._session_key = None
        return row
