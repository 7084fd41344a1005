"""What the help page shows."""

from dataclasses import dataclass

from directory.dates import office_time


@dataclass(frozen=True)
class HelpPage:
    """How the work goes and what the words mean (web/help.html): whose clock every hour is of."""

    place: str


def help_page() -> HelpPage:
    """Return the page of this office."""
    return HelpPage(office_time.place())
