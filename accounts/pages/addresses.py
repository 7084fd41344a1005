"""Addresses of many rows: Django works one out for each name, and the references and keys of the rows are put into it."""

import re
import uuid
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

REFERENCE = "AAAA-AAAA"
KEY = uuid.UUID("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")
LIKE_A_REFERENCE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")
WORD = re.compile(r"[a-z_]{2,40}")  # the code of a question or a kind of row; there are few, and they tell of nobody


def address_of(name: str, *values: str | uuid.UUID) -> str:
    """Return what reverse() would for references of cases, keys of rows and words; raises NoReverseMatch as it does."""
    kinds: list[str | uuid.UUID] = []
    held: list[str | uuid.UUID] = []
    for value in values:
        if isinstance(value, uuid.UUID):
            kinds.append(KEY)
            held.append(value)
        elif not isinstance(value, str):
            return reverse(name, args=values)
        elif LIKE_A_REFERENCE.fullmatch(value):
            kinds.append(REFERENCE)
            held.append(value)
        elif WORD.fullmatch(value):
            kinds.append(value)
        else:
            return reverse(name, args=values)
    written = _written(name, tuple(kinds), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return written.format(*held)


@lru_cache(maxsize=512)
def _written(name: str, kinds: tuple[str | uuid.UUID, ...], _urlconf: str, _prefix: str) -> str:
    """Return the address with a place for each value; no address of ours holds a brace."""
    address = reverse(name, args=kinds or None)
    for kind in kinds:
        if kind in (KEY, REFERENCE):
            address = address.replace(str(kind), "{}", 1)
    return address
