"""Addresses of many rows: Django works one out for each name, and the references and keys of the rows are put into it."""

import re
import uuid
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

REFERENCE = "AAAA-AAAA"
KEY = uuid.UUID("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")
LIKE_A_REFERENCE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


def address_of(name: str, *values: str | uuid.UUID) -> str:
    """Return what reverse() would for references of cases and keys of rows; raises NoReverseMatch as it does."""
    if any(isinstance(value, str) and not LIKE_A_REFERENCE.fullmatch(value) for value in values):
        return reverse(name, args=values)
    kinds = tuple(KEY if isinstance(value, uuid.UUID) else REFERENCE for value in values)
    written = _written(name, kinds, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return written.format(*values)


@lru_cache(maxsize=512)
def _written(name: str, kinds: tuple[str | uuid.UUID, ...], _urlconf: str, _prefix: str) -> str:
    """Return the address with a place for each value; no address of ours holds a brace."""
    address = reverse(name, args=kinds or None)
    for kind in kinds:
        address = address.replace(str(kind), "{}", 1)
    return address
