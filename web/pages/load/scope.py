"""Of whom the load is told: one's own steps, those of one case, or those of every case that one may see."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.http import urlencode

from accounts.models import User
from advocacy.models import Milestone
from advocacy.models.plan import MilestoneQuerySet
from casework.access import sees_many
from casework.models import Case

MINE, ONE_CASE, OFFICE = "mine", "case", "office"


@dataclass(frozen=True)
class LoadScope:
    """Whose steps are asked for, by whom; nothing outside the cases of the reader is ever in it."""

    reader: User
    of: str
    reference: str = ""
    case: Case | None = None
    is_row_by_row: bool = True

    @property
    def asked(self) -> Mapping[str, str]:
        """Return what the address of a page of this scope holds."""
        return {"of": self.of} | ({"case": self.reference} if self.of == ONE_CASE else {})

    def address(self, **more: str) -> str:
        """Return the address of another page of this scope."""
        return f"?{urlencode({**self.asked, **more})}"

    def steps(self) -> MilestoneQuerySet:
        """Return the open steps; none of a case that the reader may not see, nor while no case is named."""
        if self.of == ONE_CASE and self.case is None:
            return Milestone.objects.none()
        rows = Milestone.objects.visible_to(self.reader, row_by_row=self.is_row_by_row).open()
        if self.of == OFFICE:
            return rows
        return rows.filter(case=self.case) if self.case else rows.filter(owner=self.reader)


def scope_of(reader: User, *, of: str, reference: str = "") -> LoadScope:
    """Return the scope that was asked for, one's own where it is none; a hidden case is as one that is not there."""
    if of == OFFICE:
        return LoadScope(reader, OFFICE, is_row_by_row=sees_many(reader))
    if of != ONE_CASE:
        return LoadScope(reader, MINE)
    wanted = reference.replace("\0", "").strip().upper()
    seen = Case.objects.visible_to(reader).filter(reference=wanted).only("reference", "codename")
    return LoadScope(reader, ONE_CASE, wanted, seen.first() if wanted else None)
