"""What a fate concerns, in one place: the demands and asks that stand, and what the parts above have out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from casework.access import may
from casework.custody import Custody, custody_of
from casework.forms.fate import FateForm
from casework.models import Case
from casework.models.aims import Aim
from casework.pages.asks import DemandRow, asks_panel
from casework.pages.fitting_papers import FittingPapers, papers_that_fit
from casework.pages.rows import TaskRow
from directory.dates import in_words
from directory.vocabulary import label


@dataclass(frozen=True)
class ConcernedList:
    """One list of what a part above has out or in hand about the person."""

    code: str
    title: str
    rows: Sequence[TaskRow]
    empty: str


@dataclass(frozen=True)
class FatePage:
    """What is known of the person now, and the question what happened (casework/fate.html)."""

    case: Case
    tab: str
    form: FateForm
    custody: Custody
    status_label: str
    status_day: str


@dataclass(frozen=True)
class ConcernedDemand:
    """One demand with its asks, and whether it makes sense where the person is now."""

    row: DemandRow
    makes_sense: bool

    @property
    def may_be_kept(self) -> bool:
        """Say whether a person may say that it makes sense: only of words of our own nothing else is known."""
        return not self.makes_sense and self.row.demand.aim == Aim.OWN


@dataclass(frozen=True)
class ConcernedPage:
    """What happened to the person, and what it concerns (casework/concerned.html)."""

    case: Case
    tab: str
    custody: Custody
    status_label: str
    status_day: str
    demands: Sequence[ConcernedDemand]
    fitting: FittingPapers
    lists: Sequence[ConcernedList]
    may_change: bool
    fate_url: str


Lister = Callable[[Case, User], ConcernedList]
_listers: list[Lister] = []


def list_concerned(lister: Lister) -> Lister:
    """Have `lister(case, reader)` asked for what it has out about the person. Parts above register it at start-up."""
    if lister not in _listers:
        _listers.append(lister)
    return lister


def fate_page(case: Case, form: FateForm) -> FatePage:
    """Return the question what happened, beside what is known of the person now."""
    return FatePage(
        case=case,
        tab="packet",
        form=form,
        custody=custody_of(case),
        status_label=label("detention_status", case.status),
        status_day=in_words(case.status_on.isoformat()),
    )


def concerned_page(case: Case, reader: User) -> ConcernedPage:
    """Return what is known of the person now, every demand and ask that stands, and the lists of the parts above."""
    return ConcernedPage(
        case=case,
        tab="packet",
        custody=custody_of(case),
        status_label=label("detention_status", case.status),
        status_day=in_words(case.status_on.isoformat()),
        demands=[ConcernedDemand(row, row.demand.makes_sense_at(case.status)) for row in asks_panel(case)],
        fitting=papers_that_fit(case, reader),
        lists=[lister(case, reader) for lister in _listers],
        may_change=may(reader, "change_case", case),
        fate_url=reverse("casework:fate", args=[case.reference]),
    )
