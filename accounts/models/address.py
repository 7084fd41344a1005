"""One e-mail address is one account: the form in which two spellings of an address are one, and the column that holds it."""

import unicodedata
from typing import Any

from django.db import models


def folded_address(text: str) -> str:
    """Return the form in which spellings of one address are the same: surrounding space, case, width and composed letters
    set aside, the domain as the network writes it. Empty for nothing.
    """
    # A capital I with a dot becomes what PostgreSQL lowers it to; Python would leave the dot behind.
    composed = unicodedata.normalize("NFKC", text).replace("\u0130", "i")
    plain = unicodedata.normalize("NFKC", composed.casefold()).strip()
    name, at, domain = plain.rpartition("@")
    return f"{name}{at}{_as_the_network_writes_it(domain)}"


def _as_the_network_writes_it(domain: str) -> str:
    dotted = domain.replace("\u3002", ".").rstrip(".")
    try:
        return dotted.encode("idna").decode("ascii").lower()
    except UnicodeError:  # no domain that a message could reach; compared as it stands
        return dotted


class FoldedAddressField(models.CharField):  # type: ignore[type-arg]  # Django's own class takes no arguments
    """The folded form of another column, written with every save of the row: nobody sets it."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 600, "default": "", "blank": True, "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = folded_address(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, folded)
        return folded
