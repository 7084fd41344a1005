"""Queries that are written once: Django turns each into SQL at its first use, later uses bind their values to that text.

How to write one stands in docs/architecture.md, "A hot page"; why it is safe, in docs/decisions.
"""

from sealing.queries.arrays import among
from sealing.queries.code_order import begins_with, end_of
from sealing.queries.kinds import (
    BYTES,
    DAY,
    FLAG,
    KEY,
    MOMENT,
    NUMBER,
    PERSON,
    TEXT,
    ValueKind,
    array_of,
    is_nobody,
    row_of,
    several,
)
from sealing.queries.moment import now
from sealing.queries.prefetched import Prefetched, prefetched
from sealing.queries.written import QueryNotWhole, TooManyShapes, WrittenQuery, known_queries, written_once

__all__ = [
    "BYTES",
    "DAY",
    "FLAG",
    "KEY",
    "MOMENT",
    "NUMBER",
    "PERSON",
    "TEXT",
    "Prefetched",
    "QueryNotWhole",
    "TooManyShapes",
    "ValueKind",
    "WrittenQuery",
    "among",
    "array_of",
    "begins_with",
    "end_of",
    "is_nobody",
    "known_queries",
    "now",
    "prefetched",
    "row_of",
    "several",
    "written_once",
]
