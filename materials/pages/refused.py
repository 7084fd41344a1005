"""What the pages of materials show of a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from casework.models import Case
from materials.models import Material
from materials.review.refusals import RefusalLine, shown
from safety import gate


@dataclass(frozen=True)
class RefusalList:
    """Every reason why not, under one title (parts/refusals.html)."""

    title: str
    rows: Sequence[RefusalLine]


def refusal_list(
    verdict: gate.Verdict,
    title: str,
    *,
    material: Material,
    cases: list[Case],
    viewer: User,
    leaving: gate.Leaving | None = None,
) -> RefusalList:
    """Return the verdict as the refusal list shows it to this viewer."""
    return RefusalList(title, shown(verdict.refusals, material=material, cases=cases, viewer=viewer, leaving=leaving))
