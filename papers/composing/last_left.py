"""What left last about a case, and what changed in the packet since: plain data that whoever keeps papers hands over."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class LastLeft:
    """The paper that left last about one case for one audience, and which facts changed or came after it.

    Plain words and keys, so that it can be kept beside a text as it stands here.
    """

    kind: str
    revision: int
    on: str
    """The day on which it left, as YYYY-MM-DD."""
    claims: tuple[str, ...] = ()
    """The claims that it printed and that say something else now, and those that came after it."""
    rows: tuple[str, ...] = ()
    """Other rows that changed or came after it: charges, places, times in detention."""

    @property
    def day(self) -> dt.date:
        """Return the day on which it left."""
        return dt.date.fromisoformat(self.on)
