"""Which page of the table of claims is asked for, and the way from it to a row or a source that stands open."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class PageAsked:
    """What begins the page, whether those that need an answer alone, and what stands open: a row, a source, or all of them.

    `after` is the number of the claim after which the page begins, in the order that is asked for.
    """

    after: int = 0
    is_needing: bool = False
    is_open: bool = False
    row: int = 0
    source: int = 0
    here: str = ""
    is_by_date: bool = False

    def query(self, **opened: int) -> str:
        """Return the query of this page, or of another (`after`), with what is to stand open there; empty for the first."""
        told: dict[str, int | str] = {"after": self.after, **opened}
        told |= {"needs": "answer"} if self.is_needing else {}
        told |= {"rows": "open"} if self.is_open else {}
        told |= {"order": "date"} if self.is_by_date else {}
        return urlencode({name: value for name, value in told.items() if value})

    def to_row(self, number: int, place: str = "text") -> str:
        """Return the way to a box of a claim, which stands open there."""
        return f"?{self.query(row=number)}#id_c{number}-{place}"

    def to_source(self, number: int, place: str = "reliability") -> str:
        """Return the way to a box of a source, which stands open there."""
        return f"?{self.query(source=number)}#id_s{number}-{place}"
