"""What the page of a refused act shows."""

from dataclasses import dataclass

from accounts.pages.refused import Reason
from casework.models import Case


@dataclass(frozen=True)
class RefusedPage:
    """Every reason why not, and the way back (safety/refused.html)."""

    case: Case
    title: str
    rows: list[Reason]
    back_url: str
    tab: str = "safety"
