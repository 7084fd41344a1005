"""From a copy into the directory and back: who was missing is added, and the copy's form is found as it was left."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import Resolver404, resolve

COPY_FORM = "materials:dispatch"


@dataclass(frozen=True)
class WayBack:
    """The form of a copy that somebody came from, and who was chosen there; empty for who came from elsewhere."""

    path: str = ""
    chosen: str = ""

    @classmethod
    def read(cls, sent: QueryDict) -> "WayBack":
        """Read it from what was sent; an address that is no form of a copy of ours counts as none."""
        path = sent.get("back", "")
        try:
            is_known = bool(path) and resolve(path).view_name == COPY_FORM
        except Resolver404:
            is_known = False
        return cls(path, sent.get("to", "")[:36]) if is_known else cls()

    def address(self, fallback: str) -> str:
        """Return where the copy's form is, with who was chosen, or the fallback."""
        return self.with_it(self.path, is_back=False) if self.path else fallback

    def with_it(self, address: str, *, is_back: bool = True) -> str:
        """Return an address that carries this way on."""
        told = {"back": self.path if is_back else "", "to": self.chosen}
        query = urlencode({name: value for name, value in told.items() if value})
        return f"{address}?{query}" if query else address
