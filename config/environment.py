"""Reads AMPARO_* variables (or their *_FILE twins) and tells every fault at once, in sentences."""

import base64
import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

SECRETS = ("AMPARO_SECRET_KEY", "AMPARO_FIELD_KEYS", "AMPARO_INDEX_KEY", "AMPARO_AUDIT_KEY", "AMPARO_GATE_KEYS")
KNOWN = frozenset(
    (
        *SECRETS,
        *("AMPARO_URL", "AMPARO_DATA_DIR", "AMPARO_DATABASE_URL", "AMPARO_OWNER_DATABASE_URL", "AMPARO_REDIS_URL"),
        *("AMPARO_EMAIL_URL", "AMPARO_EMAIL_FROM", "AMPARO_SOURCE_URL"),
        *("AMPARO_PRACTICE", "AMPARO_DEMO_PASSWORD", "AMPARO_EMBEDDED_WORKER", "AMPARO_TIME_ZONE"),
        "AMPARO_COUNTRY",
    )
)
WITH_FILE = frozenset(
    (*SECRETS, "AMPARO_DATABASE_URL", "AMPARO_OWNER_DATABASE_URL", "AMPARO_REDIS_URL", "AMPARO_EMAIL_URL")
)
COUNTRY = re.compile(r"[A-Z]{3}")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_KEY = 32
KEPT = 60  # seconds that a thread keeps its connection between two requests
PREPARED_AFTER = 2
YES, NO = frozenset({"1", "yes", "true", "on"}), frozenset({"", "0", "no", "false", "off"})
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON;"
)


class Faults(ImproperlyConfigured):
    """What is wrong with the settings: every fault, a sentence each."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__("\n".join(["Amparo does not start; its settings say:", *(f"- {line}" for line in sentences)]))


@dataclass(frozen=True)
class Site:
    """Where people reach this site: one address, from which hosts, origins and cookie rules follow."""

    url: str
    hosts: list[str]
    origins: list[str]
    is_secure: bool


@dataclass(frozen=True)
class Redis:
    """One Redis in two databases: the one that the address names is the queue's, the next one is the cache's."""

    queue: str
    cache: str


@dataclass
class Environment:
    """The variables of one process. Readers note faults and go on; `stop_on_faults` tells them together."""

    variables: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    faults: list[str] = field(default_factory=list)

    def stop_on_faults(self) -> None:
        """Refuse to start when anything was wrong."""
        if self.faults:
            raise Faults(self.faults)

    def unknown(self) -> list[str]:
        """Names that begin like ours and mean nothing here: most often a slip of the keyboard."""
        known = KNOWN | {f"{name}_FILE" for name in WITH_FILE}
        ours = (name for name in self.variables if name.startswith("AMPARO_") and not name.startswith("AMPARO_TEST_"))
        return sorted(set(ours) - known)

    def text(self, name: str, default: str = "") -> str:
        """The value of a variable, or of the file that its twin names."""
        path = self.variables.get(f"{name}_FILE", "")
        value = self.variables.get(name, "").strip()
        if not path:
            return value or default
        if value:
            self.faults.append(f"{name} and {name}_FILE are both set; keep one.")
            return value
        try:
            return Path(path).read_text().strip() or default
        except (OSError, UnicodeDecodeError):
            self.faults.append(f"{name}_FILE names {path}, which cannot be read.")
            return default

    def secret(self, name: str) -> str:
        """One key of at least 32 characters."""
        value = self.text(name)
        self._judge_key(name, value)
        return value

    def keys(self, name: str) -> list[str]:
        """A list of keys: the first writes or signs, all read."""
        listed = self.text(name).replace(",", " ").split()
        for key in listed or [""]:
            self._judge_key(name, key)
        return listed

    def field_keys(self, name: str) -> list[str]:
        """A list of Fernet keys: the first writes, all read."""
        listed = self.text(name).replace(",", " ").split()
        if not listed:
            self._judge_key(name, "")
        for number, key in enumerate(listed, 1):
            if not is_fernet_key(key):
                self.faults.append(f"{name}: key {number} of {len(listed)} is not 32 random bytes in URL-safe base64.")
        return listed

    def flag(self, name: str) -> bool:
        """Yes or no."""
        word = self.text(name).lower()
        if word not in YES | NO:
            self.faults.append(f"{name} must be 1 or 0, and is {word!r}.")
        return word in YES

    def time_zone(self, name: str) -> str:
        """A time zone by its place, such as Europe/Lisbon; UTC where none is named."""
        zone = self.text(name, "UTC")
        try:
            ZoneInfo(zone)
        except (LookupError, ValueError, OSError):
            self.faults.append(f"{name} must be a time zone such as Europe/Lisbon or Asia/Manila, and is {zone!r}.")
            return "UTC"
        return zone

    def country(self, name: str) -> str:
        """A country by the three capital letters of ISO 3166-1, such as PRT; empty where none is named."""
        code = self.text(name)
        if code and not COUNTRY.fullmatch(code):
            self.faults.append(f"{name} must be the three letters of a country such as PRT or PHL, and is {code!r}.")
            return ""
        return code

    def folder(self, name: str, default: Path) -> Path:
        """An absolute folder."""
        return Path(self.text(name) or default).expanduser().absolute()

    def site(self) -> Site:
        """The address of the site. Plain http is for this machine and for onion addresses alone."""
        url = self.text("AMPARO_URL", "http://127.0.0.1:8000").rstrip("/")
        parts = split(url)
        host = parts.hostname or ""
        if parts.scheme not in {"http", "https"} or not host or parts.path or parts.query or parts.fragment:
            self.faults.append(
                f"AMPARO_URL must be like https://amparo.example.org and nothing behind it; it is {url!r}."
            )
            return Site(url, [], [], is_secure=False)
        is_loopback = host in {"127.0.0.1", "localhost", "::1"}
        if parts.scheme == "http" and not is_loopback and not host.endswith(".onion"):
            self.faults.append(
                f"AMPARO_URL is {url!r}: plain http is for this machine and for onion addresses alone; use https."
            )
        return Site(url, list(LOOPBACK) if is_loopback else [host], [url], parts.scheme == "https")

    def database(self, name: str, data_dir: Path) -> dict[str, Any] | None:
        """A database as Django wants it; nothing where the variable is absent."""
        url = self.text(name)
        if not url:
            return None
        parts = split(url)
        if parts.scheme == "sqlite" and parts.path:
            return sqlite(Path(unquote(parts.path)))
        if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
            self.faults.append(
                f"{name} must be like postgresql://user:password@host:5432/amparo (its value is not shown)."
            )
            return sqlite(data_dir / "amparo.sqlite3")
        return postgresql(parts)

    def redis(self, name: str) -> Redis | None:
        """A Redis such as redis://user:password@host:6379/0; nothing where the variable is absent."""
        url = self.text(name)
        if not url:
            return None
        parts = split(url)
        number = parts.path.strip("/") or "0"
        if parts.scheme not in {"redis", "rediss"} or not parts.hostname or not number.isdecimal():
            self.faults.append(f"{name} must be like redis://user:password@host:6379/0 (its value is not shown).")
            return None
        queue, cache = (parts._replace(path=f"/{database}").geturl() for database in (int(number), int(number) + 1))
        return Redis(queue, cache)

    def email(self) -> dict[str, Any]:
        """How mail leaves: smtp://user:password@host:587 (with STARTTLS) or smtps://; absent: no mail leaves."""
        url = self.text("AMPARO_EMAIL_URL")
        parts = split(url)
        if url and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname):
            self.faults.append("AMPARO_EMAIL_URL must be like smtp://user:password@host:587 (its value is not shown).")
        is_tls = parts.scheme == "smtps"
        return {
            "is_on": bool(url),
            "host": parts.hostname or "",
            "port": parts.port or (465 if is_tls else 587),
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": is_tls,
            "use_tls": bool(url) and not is_tls and "tls=0" not in parts.query,
        }

    def differ(self, **values: object) -> None:
        """Each key has one use: the same key twice is a fault."""
        seen: dict[str, str] = {}
        for name, value in values.items():
            for key in value if isinstance(value, list) else [value]:
                if key and seen.setdefault(str(key), name) != name:
                    self.faults.append(f"{name} holds the same key as {seen[str(key)]}; each needs its own.")

    def _judge_key(self, name: str, value: str) -> None:
        if not value:
            self.faults.append(f"{name} is missing (or {name}_FILE, a file that holds it).")
        elif len(value) < SHORTEST_KEY:
            self.faults.append(f"{name} is too short: {SHORTEST_KEY} random characters at least.")


def split(url: str) -> SplitResult:
    """The parts of an address; of one that is none, no part."""
    try:
        parts = urlsplit(url)
        return parts if parts.port is None or parts.port > 0 else urlsplit("")
    except ValueError:
        return urlsplit("")


def is_fernet_key(text: str) -> bool:
    """Whether this is 32 bytes in URL-safe base64."""
    try:
        return len(base64.urlsafe_b64decode(text)) == 32
    except (binascii.Error, ValueError):
        return False


def sqlite(path: Path) -> dict[str, Any]:
    """The embedded database: writers wait for each other from their first word, deleted rows are wiped."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": KEPT,  # to open one, set it up and read the schema costs more than most pages
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
    }


def postgresql(parts: SplitResult) -> dict[str, Any]:
    """A PostgreSQL by its URL; `?host=/folder` names a socket, other words of the query go to the driver."""
    query: dict[str, Any] = dict(parse_qsl(parts.query))
    # Prepared after the second use on a connection; a pooler that knows no prepared statements wants prepare_threshold=none.
    threshold = query.pop("prepare_threshold", str(PREPARED_AFTER))
    prepares = {"server_side_binding": True, "prepare_threshold": int(threshold) if threshold.isdecimal() else None}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": KEPT,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "amparo", **prepares, **query},
    }
