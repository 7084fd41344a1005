"""Reads the whole chain again and names each place where it was touched."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from audit.chain import COLUMNS, as_bytes, canonical
from audit.models import Anchor, Entry
from sealing import keys

STEP = 2000
PAGE = (
    f"SELECT {', '.join(COLUMNS)}, mac FROM {Entry._meta.db_table}"  # noqa: S608 - names of ours
    " WHERE sequence > %s ORDER BY sequence LIMIT %s"
)


@dataclass(frozen=True)
class ChainFault:
    """One place where the trail is not as it was written."""

    sequence: int
    code: str
    sentence: str


def verify(heads: tuple[tuple[int, bytes], ...] = ()) -> list[ChainFault]:
    """Every fault of the chain, against its MACs, its anchors, and the heads that somebody kept outside."""
    faults: list[ChainFault] = []
    anchors = [(anchor.sequence, bytes(anchor.mac)) for anchor in Anchor.objects.order_by("sequence")]
    wanted: dict[int, set[bytes]] = {}
    for sequence, mac in [*anchors, *heads]:
        wanted.setdefault(sequence, set()).add(mac)
    last, previous = 0, b""
    for row in _rows():
        faults += _faults_of(row, last, previous, wanted.pop(int(row[1]), set()))
        last, previous = int(row[1]), as_bytes(row[-1])
    for sequence in sorted(wanted):
        sentence = _("Entry %(sequence)d was anchored and is gone.") % {"sequence": sequence}
        faults.append(ChainFault(sequence, "anchored-entry-gone", sentence))
    return faults


def _faults_of(row: tuple[Any, ...], last: int, previous: bytes, anchored: set[bytes]) -> Iterator[ChainFault]:
    sequence, mac = int(row[1]), as_bytes(row[-1])
    if sequence != last + 1:
        words = _("Entries %(first)d to %(last)d are gone.") % {
            "first": last + 1,
            "last": sequence - 1,
        }
        yield ChainFault(sequence, "entries-gone", words)
    if as_bytes(row[-2]) != previous:
        words = _("Entry %(sequence)d does not follow the one before it.") % {"sequence": sequence}
        yield ChainFault(sequence, "chain-broken", words)
    if not keys.audit_mac_matches(mac, canonical(row[:-1])):
        words = _("Entry %(sequence)d was changed after it was written.") % {"sequence": sequence}
        yield ChainFault(sequence, "entry-changed", words)
    if anchored - {mac}:
        words = _("Entry %(sequence)d is not the one that was anchored.") % {"sequence": sequence}
        yield ChainFault(sequence, "anchor-differs", words)


def _rows() -> Iterator[tuple[Any, ...]]:
    last = -(2**62)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(PAGE, [last, STEP])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < STEP:
            return
        last = int(rows[-1][1])
