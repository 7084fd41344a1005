"""A MAC of a known text under each key that only makes MACs: compared at start-up, so that a wrong key refuses."""

from collections.abc import Callable, Iterable

from django.db import models
from django.utils.crypto import salted_hmac

from sealing import keys

KNOWN_TEXT = ("key mark", "This was marked when the site began.")


def index_mark() -> bytes:
    return keys.index_mac("\0".join(KNOWN_TEXT).encode())


def secret_mark() -> bytes:
    return salted_hmac(*KNOWN_TEXT, algorithm="sha256").digest()


MAKERS: dict[str, Callable[[], bytes]] = {
    "AMPARO_INDEX_KEY": index_mark,
    "AMPARO_AUDIT_KEY": lambda: keys.audit_mac(KNOWN_TEXT),
    "AMPARO_GATE_KEYS": lambda: keys.gate_mac(KNOWN_TEXT),
    "AMPARO_SECRET_KEY": secret_mark,
}


class KeyMarkQuerySet(models.QuerySet["KeyMark"]):
    """The marks of all keys."""

    def wrong(self) -> Iterable[str]:
        """Return the variables whose keys are not those of this database. What was never marked is marked now."""
        for variable, make in MAKERS.items():
            mark, _is_new = self.get_or_create(variable=variable, defaults={"mac": make()})
            if bytes(mark.mac) == make():
                continue
            if variable == "AMPARO_GATE_KEYS" and keys.gate_mac_matches(mark.mac, KNOWN_TEXT):
                self.renew(variable)  # a new key stands first; the one behind it may go one day
                continue
            yield variable

    def renew(self, variable: str) -> None:
        """Say that the key set now is the one of this database: after everything was made anew under it."""
        self.update_or_create(variable=variable, defaults={"mac": MAKERS[variable]()})


class KeyMark(models.Model):
    """The MAC of a known text under one key; it tells nothing of the key."""

    variable = models.CharField(max_length=30, primary_key=True)
    mac = models.BinaryField()

    objects = KeyMarkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.variable
