"""Reads AMPARO_* variables (or their *_FILE twins) and tells every fault at once."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Site:
    """Where people reach this site: one address, from which hosts, origins and cookie rules follow."""

    url: str
    hosts: list[str]
    origins: list[str]
    is_secure: bool


class Environment:
    """The variables of one process."""

    def __init__(self, variables: dict[str, str] | None = None) -> None:
        self.variables = dict(os.environ if variables is None else variables)

    def text(self, name: str, default: str = "") -> str:
        path = self.variables.get(f"{name}_FILE")
        if path:
            return Path(path).read_text().strip()
        return self.variables.get(name, default).strip()

    def secret(self, name: str) -> str:
        return self.text(name)

    def keys(self, name: str) -> list[str]:
        return [key for key in self.text(name).replace(",", " ").split() if key]

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"1", "yes", "true", "on"}

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.text(name) or default)

    def site(self) -> Site:
        url = self.text("AMPARO_URL", "http://127.0.0.1:8000").rstrip("/")
        parts = urlsplit(url)
        return Site(url, [parts.hostname or ""], [url], parts.scheme == "https")

    def databases(self, data_dir: Path) -> dict[str, dict[str, object]]:
        url = self.text("AMPARO_DATABASE_URL")
        if not url:
            pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON;"
            return {
                "default": {
                    "ENGINE": "django.db.backends.sqlite3",
                    "NAME": data_dir / "amparo.sqlite3",
                    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
                }
            }
        parts = urlsplit(url)
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.path.lstrip("/"),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(query.get("host", parts.hostname or "")),
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 60,
            }
        }
