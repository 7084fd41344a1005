"""Every key of the site: the master key, the data keys of owners, and the MACs for gate, trail and search."""

import hmac
import uuid
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.fernet import InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from encrypted_model_fields import fields as library

from sealing.errors import DecryptionError, KeyMissing
from sealing.padding import pad, unpad

DATA_KEY_BYTES = 32
VERSIONS = range(1, 256)
SHORTEST_MAC_KEY = 32

OpenKey = Callable[[Any, int], bytes]
CurrentKey = Callable[[Any], tuple[int, bytes]]
Part = bytes | str


@dataclass(frozen=True)
class Resolver:
    """How the data keys of one kind of owner are found."""

    open_key: OpenKey
    current: CurrentKey


@dataclass
class _Opened:
    """The data keys that this request or task has opened so far."""

    by_version: dict[tuple[str, Any, int], tuple[bytes, AESGCM]] = field(default_factory=dict)
    newest: dict[tuple[str, Any], int] = field(default_factory=dict)
    unsettled: set[tuple[str, Any]] = field(default_factory=set)


_resolvers: dict[str, Resolver] = {}
_opened: ContextVar[_Opened | None] = ContextVar("sealing_opened_keys", default=None)


def register_resolver(kind: str, *, open_key: OpenKey, current: CurrentKey) -> None:
    """Say how the data keys of this kind of owner are found; the last word counts."""
    _resolvers[kind] = Resolver(open_key, current)


def data_key(kind: str, owner_id: Any, version: int | None = None) -> bytes:
    """Return the data key of this version, or the newest one; refuses with KeyMissing when there is none."""
    return _entry(kind, owner_id, version)[1]


def current_key(kind: str, owner_id: Any) -> tuple[int, bytes]:
    """Return version and data key for what is written now; refuses with KeyMissing when there is none."""
    version, key, _cipher = _entry(kind, owner_id, None)
    return version, key


def cipher(kind: str, owner_id: Any, version: int | None = None) -> tuple[int, AESGCM]:
    """Return version and AES-256-GCM cipher of a data key, the newest unless a version is named."""
    found, _key, opened = _entry(kind, owner_id, version)
    return found, opened


def hold_key(kind: str, owner_id: Any, version: int, key: bytes) -> None:
    """Keep a data key for this request before its row exists: a new owner's first sealed values need it."""
    _remember(_here(), kind, _owner(owner_id), version, key)
    _here().newest[kind, _owner(owner_id)] = version


def renewed(kind: str, owner_id: Any) -> None:
    """Say that an owner got a further data key in a transaction that may yet fail.

    Until the next forget() its newest key is asked for at each write, so that nothing is ever
    sealed under a key whose row was rolled back.
    """
    here, owner = _here(), _owner(owner_id)
    here.newest.pop((kind, owner), None)
    for known in [k for k in here.by_version if k[:2] == (kind, owner)]:
        del here.by_version[known]
    here.unsettled.add((kind, owner))


def forget_keys() -> None:
    """Drop every opened data key of this request or task."""
    _opened.set(None)


def _entry(kind: str, owner_id: Any, version: int | None) -> tuple[int, bytes, AESGCM]:
    here, owner = _here(), _owner(owner_id)
    wanted = here.newest.get((kind, owner)) if version is None else version
    if wanted is not None:
        known = here.by_version.get((kind, owner, wanted))
        if known is not None:
            return wanted, *known
    resolver = _resolver(kind, owner)
    try:
        found, key = resolver.current(owner) if wanted is None else (wanted, resolver.open_key(owner, wanted))
    except DecryptionError:
        raise
    except LookupError as fault:
        raise KeyMissing(f"The data key of this {kind} cannot be found.") from fault
    if (kind, owner) in here.unsettled:
        return found, key, _cipher_of(kind, found, key)
    opened = _remember(here, kind, owner, found, key)
    if version is None:
        here.newest[kind, owner] = found
    return found, key, opened


def _remember(here: _Opened, kind: str, owner: Any, version: int, key: bytes) -> AESGCM:
    opened = _cipher_of(kind, version, key)
    here.by_version[kind, owner, version] = key, opened
    return opened


def _cipher_of(kind: str, version: int, key: bytes) -> AESGCM:
    if version not in VERSIONS or len(key) != DATA_KEY_BYTES:
        raise KeyMissing(f"The data key of this {kind} has a wrong version or length.")
    return AESGCM(key)


def _resolver(kind: str, owner: Any) -> Resolver:
    if kind not in _resolvers:
        raise KeyMissing(f"Nobody has said how the data key of a {kind} is found.")
    if owner is None:
        raise KeyMissing(f"This row has no {kind} yet: name it before writing or reading sealed values.")
    return _resolvers[kind]


def _here() -> _Opened:
    here = _opened.get()
    if here is None:
        here = _Opened()
        _opened.set(here)
    return here


def _owner(owner_id: Any) -> Any:
    """One spelling for one owner: a UUID given as text is the same owner."""
    if isinstance(owner_id, str):
        try:
            return uuid.UUID(owner_id)
        except ValueError:
            return owner_id
    return owner_id


# --- the master key -------------------------------------------------------------------------------


def master() -> MultiFernet:
    """Return the library's cipher for FIELD_ENCRYPTION_KEY as it is set now: the first key writes, all read."""
    configured = getattr(settings, "FIELD_ENCRYPTION_KEY", None) or ()
    names = (configured,) if isinstance(configured, str | bytes) else tuple(configured)
    return _master(names)


@lru_cache(maxsize=8)
def _master(names: tuple[str, ...]) -> MultiFernet:
    """The library reads its keys once, at import; this reads them once for each value of the setting."""
    if not names:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEY names no key: fill AMPARO_FIELD_KEYS.")
    try:
        return MultiFernet([library.parse_key(name) for name in names])
    except ValueError as fault:
        raise ImproperlyConfigured(f"A key of FIELD_ENCRYPTION_KEY is not a Fernet key: {fault}.") from fault


def master_encrypt(text: str) -> str:
    """Encrypt a text that belongs to no case, padded, under the first master key."""
    return master().encrypt(pad(text.encode())).decode("ascii")


def master_decrypt(token: str) -> str:
    """Open what master_encrypt wrote; refuses with DecryptionError, never giving the token back as if it were text."""
    try:
        return unpad(master().decrypt(token.encode())).decode()
    except (InvalidToken, UnicodeError) as fault:
        raise DecryptionError("A value under the master key cannot be opened with the keys set now.") from fault


def master_rewrap(token: str) -> str:
    """Encrypt a token anew under the first master key without changing what it holds."""
    try:
        return master().rotate(token.encode()).decode("ascii")
    except InvalidToken as fault:
        raise DecryptionError("A value under the master key cannot be opened with the keys set now.") from fault


def is_under_first_master(token: str) -> bool:
    """Say whether a token was written under the first master key, so that it needs none of the others."""
    configured = settings.FIELD_ENCRYPTION_KEY
    first = configured if isinstance(configured, str | bytes) else configured[0]
    try:
        _master((first,)).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


# --- MACs -----------------------------------------------------------------------------------------


def gate_mac(parts: Iterable[Part]) -> bytes:
    """Return the MAC of these parts under the first gate key, each part preceded by its length."""
    return _mac(_gate_keys()[0], parts)


def gate_mac_matches(mac: bytes | memoryview | None, parts: Iterable[Part]) -> bool:
    """Say whether any gate key made this MAC of these parts."""
    return _matches(_gate_keys(), mac, parts)


def audit_mac(parts: Iterable[Part]) -> bytes:
    """Return the MAC of these parts under the key of the trail."""
    return _mac(_secret("AMPARO_AUDIT_KEY"), parts)


def audit_mac_matches(mac: bytes | memoryview | None, parts: Iterable[Part]) -> bool:
    """Say whether the key of the trail made this MAC of these parts."""
    return _matches([_secret("AMPARO_AUDIT_KEY")], mac, parts)


def index_mac(message: bytes) -> bytes:
    """Return the HMAC of a message under the key of the blind index."""
    return hmac.digest(_secret("AMPARO_INDEX_KEY"), message, "sha256")


def token_mac(purpose: str, token: str) -> bytes:
    """Return what is stored of a token that opens something, so that a stolen table opens nothing: its HMAC.

    Without the key nobody can look up in the table what they read somewhere, either: a public page leads to no case.
    """
    return index_mac(f"token {purpose}".encode() + b"\0" + token.encode())


def _mac(key: bytes, parts: Iterable[Part]) -> bytes:
    told = bytearray()
    for part in parts:
        piece = part.encode() if isinstance(part, str) else bytes(part)
        told += len(piece).to_bytes(8, "big")
        told += piece
    return hmac.digest(key, told, "sha256")  # at once: a page looks at hundreds of these


def _matches(candidates: list[bytes], mac: bytes | memoryview | None, parts: Iterable[Part]) -> bool:
    if mac is None:
        return False
    given, pieces = bytes(mac), list(parts)
    return any([hmac.compare_digest(given, _mac(key, pieces)) for key in candidates])


def _secret(setting: str) -> bytes:
    value = getattr(settings, setting, "") or ""
    if len(value) < SHORTEST_MAC_KEY:
        raise ImproperlyConfigured(f"{setting} needs at least {SHORTEST_MAC_KEY} characters.")
    return value if isinstance(value, bytes) else str(value).encode()


def _gate_keys() -> list[bytes]:
    names = getattr(settings, "AMPARO_GATE_KEYS", None) or ()
    listed = [names] if isinstance(names, str) else list(names)
    if not listed:
        raise ImproperlyConfigured("AMPARO_GATE_KEYS names no key.")
    if any(len(name) < SHORTEST_MAC_KEY for name in listed):
        raise ImproperlyConfigured(f"Each of AMPARO_GATE_KEYS needs at least {SHORTEST_MAC_KEY} characters.")
    return [str(name).encode() for name in listed]
