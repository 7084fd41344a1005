"""The trail: append what was done, and prove that nothing was changed since."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, models, transaction
from django.utils import timezone

from audit.anchors import anchor
from audit.chain import COLUMNS, as_bytes, canonical
from audit.checking import ChainFault, verify
from audit.models import Entry
from sealing import keys

__all__ = ["ChainFault", "Happened", "anchor", "record", "record_each", "record_many", "verify"]

TABLE = Entry._meta.db_table
HEAD = f"SELECT sequence, mac FROM {TABLE} ORDER BY sequence DESC LIMIT 1"  # noqa: S608 - names of ours
MARKS = ", ".join(["%s"] * (len(COLUMNS) + 1))
APPEND = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}, mac) VALUES ({MARKS})"  # noqa: S608 - names of ours
# One message, two statements: the second sees what was committed while the first waited.
HEAD_ALONE = f"SELECT pg_advisory_xact_lock(4702111234); {HEAD}"
FIELDS = [Entry._meta.get_field(name) for name in COLUMNS]


class HasKey(Protocol):
    """Anything that stands for a person or a case: only its key is read."""

    pk: Any


def record(
    *,
    actor: HasKey | None,
    verb: str,
    case: HasKey | uuid.UUID | str | None = None,
    about: models.Model | None = None,
    **detail: Any,
) -> Entry:
    """Append one entry in the caller's transaction: it stands if the act stands, and falls with it.

    `detail` holds codes and ids. It is sealed under the key of the case, or hardened where there is no case.
    On PostgreSQL the chain is held until the transaction ends: call this last in a verb.
    """
    entry = _entry(actor, verb, _case_id(case), about, detail)
    _append([entry])
    return entry


def record_each(*, actor: HasKey, verb: str, cases: Iterable[models.Model], **detail: Any) -> None:
    """Append one entry about each of these cases, as `record` does, in as many queries as for one; none for none.

    For a page that shows something of many cases. The caller has opened their keys.
    """
    record_many(actor=actor, happened=[Happened(verb, case, case, detail) for case in cases])


@dataclass(frozen=True)
class Happened:
    """One thing that was done, as it goes to the trail: what `record` is told by name."""

    verb: str
    case: models.Model | None = None
    about: models.Model | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def record_many(*, actor: HasKey, happened: Iterable[Happened]) -> None:
    """Append one entry for each, in this order, as `record` does, in as many queries as for one; none for none.

    For a verb that does the same to many cases at once. The caller has opened their keys, and calls this last.
    """
    entries = [_entry(actor, one.verb, _case_id(one.case), one.about, dict(one.detail)) for one in happened]
    if entries:
        _append(entries)


def _entry(
    actor: HasKey | None, verb: str, case_id: uuid.UUID | None, about: models.Model | None, detail: dict[str, Any]
) -> Entry:
    entry = Entry(
        at=timezone.now(),
        actor_id=None if actor is None else actor.pk,
        verb=verb,
        case_id=case_id,
        target="" if about is None else f"{about._meta.label_lower}:{about.pk}",
    )
    if detail and entry.case_id is not None:
        entry.detail = json.loads(json.dumps(detail, cls=DjangoJSONEncoder))
    elif detail:
        entry.office_detail = json.dumps(detail, cls=DjangoJSONEncoder)
    return entry


@transaction.atomic(savepoint=False)
def _append(entries: Sequence[Entry]) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(HEAD_ALONE)
            cursor.nextset()
        else:
            cursor.execute(HEAD)
        sequence, previous = cursor.fetchone() or (0, b"")
        rows = []
        for entry in entries:
            entry.sequence, entry.previous_mac = sequence + 1, as_bytes(previous)
            # Exactly what will stand in the row, ciphertext included: the MAC runs over it.
            columns = [column.get_db_prep_save(column.pre_save(entry, add=True), connection) for column in FIELDS]
            entry.mac = keys.audit_mac(canonical(columns))
            sequence, previous = entry.sequence, entry.mac
            rows.append([*columns, entry.mac])
        cursor.executemany(APPEND, rows) if len(rows) > 1 else cursor.execute(APPEND, rows[0])
        if cursor.rowcount != len(rows):  # a trigger or rule of somebody else's may swallow a row without a fault
            raise IntegrityError("The trail did not take an entry; what was to be recorded is not done.")
    for entry in entries:
        entry._state.adding = False


def _case_id(case: HasKey | uuid.UUID | str | None) -> uuid.UUID | None:
    if case is None or isinstance(case, uuid.UUID):
        return case
    if isinstance(case, str):
        return uuid.UUID(case)
    return uuid.UUID(str(case.pk))
