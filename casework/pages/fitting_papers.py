"""Which paper fits where the person is now: told by the part above that writes papers, offered wherever a fate is seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import User
from casework.models import Case


@dataclass(frozen=True)
class FittingPaper:
    """One kind of paper that fits now: what it is called, where it is written, and whether one is written already."""

    label: str
    url: str
    is_written: bool


@dataclass(frozen=True)
class FittingPapers:
    """The papers that fit now, and a sentence on those that are not the first choice; both empty for who is held."""

    papers: Sequence[FittingPaper] = ()
    not_first: str = ""

    @property
    def next(self) -> FittingPaper | None:
        """Return the first paper that nobody has written yet."""
        return next((paper for paper in self.papers if not paper.is_written), None)


Finder = Callable[[Case, User], FittingPapers]
_finders: list[Finder] = []


def offer_papers(finder: Finder) -> Finder:
    """Have `finder(case, reader)` asked which papers fit. The part above registers it at start-up; once is enough."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def papers_that_fit(case: Case, reader: User) -> FittingPapers:
    """Return the papers that fit where the person is now and that this reader may write."""
    found = [finder(case, reader) for finder in _finders]
    return FittingPapers(
        [paper for one in found for paper in one.papers], " ".join(one.not_first for one in found if one.not_first)
    )
